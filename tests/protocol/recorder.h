/* A sink that writes down what a dissection announces, for tests to look up by name. */
#pragma once

#include "protocol/dissection.h"
#include "protocol/registry.h"

typedef struct {
  const LecField *field;
  LecSpan span;
  uint64_t number;
  char *text;   /* the override, or NULL */
  char *plain;  /* as tshark prints it */
  char *people; /* as the tree shows it */
  unsigned depth;
} Recorded;

typedef struct {
  LecSink sink;
  GPtrArray *fields; /* of Recorded */
  unsigned depth;
  unsigned n_sources;
} Recorder;

void recorder_init (Recorder *recorder);
void recorder_clear (Recorder *recorder);
/* The Nth field of that name, from 0, or NULL. */
const Recorded *recorder_nth (const Recorder *recorder, const char *name, unsigned n);
/* The first one's plain value; fails the test where there is none. */
const char *recorder_value (const Recorder *recorder, const char *name);
/* All plain values of the name, separated by commas; to be freed. */
char *recorder_values (const Recorder *recorder, const char *name);

/* Dissects BYTES as a frame of LINK_TYPE into RECORDER; `dissection` is to be cleared by the caller. */
void record_frame (Recorder *recorder, LecDissection *dissection, uint16_t link_type, const uint8_t *bytes,
                   uint32_t captured, uint32_t original);
/* Dissects BYTES as a message of PROTOCOL alone, with nothing below it; likewise. */
void record_message (Recorder *recorder, LecDissection *dissection, LecProtocolId protocol, const uint8_t *bytes,
                     uint32_t captured, uint32_t reported);
/* The same of the bytes that HEX spells, whole. */
void record_hex (Recorder *recorder, LecDissection *dissection, LecProtocolId protocol, const char *hex);
void record_clear (Recorder *recorder, LecDissection *dissection);
/* Dissects BYTES as record_message() does with every length from 0 to LENGTH, once as cut by the snap length and once
 * as sent, in memory of exactly that size. */
void record_message_cut (LecProtocolId protocol, const uint8_t *bytes, uint32_t length);
/* The bytes that HEX spells (spaces do not matter); to be freed. */
uint8_t *bytes_of_hex (const char *hex, uint32_t *length);

/* A frame made by hand, and its dissection. */
typedef struct {
  Recorder recorder;
  LecDissection dissection;
  uint8_t *bytes;
  uint32_t length;
} Frame;

void frame_clear (Frame *frame);
/* Fails the test where all plain values of the name, separated by commas, are not EXPECTED. */
void frame_assert_value (const Frame *frame, const char *name, const char *expected);
