/* A trace read from its first to its last batch, kept for looking at. */
#pragma once

#include "trace/trace.h"
#include "writer.h"

typedef struct {
  LecTrace *trace;
  GArray *records;  /* of LecRecord, with bytes of their own */
  GPtrArray *bytes; /* those */
} Whole;

/* Fails the test where the trace cannot be opened. */
Whole whole_read (const char *path);
Whole whole_of (const Writer *writer);
void whole_clear (Whole *whole);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Whole, whole_clear)

const LecRecord *whole_frame (const Whole *whole, guint i);
/* Frame I holds CAPTURED bytes as put_frame (NUMBER) writes them. */
void assert_frame (const Whole *whole, guint i, unsigned number, uint32_t captured, uint32_t original);
/* No damage, or damage at OFFSET. */
void assert_whole (const Whole *whole);
void assert_damage (const Whole *whole, uint64_t offset);
/* Each record had again is equal to what was read. */
void assert_read_again (const Whole *whole);
/* Opening fails with CODE. */
void assert_refused (const Writer *writer, int code);
void remove_file (const char *path);
