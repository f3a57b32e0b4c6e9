/* What a format's reader must offer, and the inside of a trace that it works on. Private to src/trace. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "trace/byte-source.h"
#include "trace/time-scale.h"
#include "trace/trace.h"

G_BEGIN_DECLS

/* The interface number of a record that names no interface that there is. */
#define LEC_INTERFACE_NONE 0xffffu

/* What begin and scan have done with the bytes given to them. */
typedef enum {
  LEC_SCAN_MORE, /* the next record needs `wanted` bytes from `used` on, or (0) the batch is full */
  LEC_SCAN_STOP, /* no more records: the damage has been told */
} LecScanEnd;

typedef struct {
  LecScanEnd end;
  size_t used;
  size_t wanted;
} LecScan;

/* One per format, const. Everything but read_record and read_notes runs in the reading thread. */
typedef struct {
  /* Whether a trace that starts with these bytes has this format. */
  gboolean (*recognise) (const uint8_t *bytes, size_t n_bytes);
  /* Reads the header and makes trace->state. FALSE where nothing can be shown. Called again with more bytes while it
   * wants them and there are any. */
  gboolean (*begin) (LecTrace *trace, const uint8_t *bytes, size_t n_bytes, LecScan *scan, GError **error);
  /* Adds the records of bytes[0 … n_bytes) to BATCH until it is full; bytes[0] stands at OFFSET of the trace. */
  LecScan (*scan) (LecTrace *trace, const uint8_t *bytes, size_t n_bytes, uint64_t offset, LecBatch *batch);
  /* No more is to come. */
  void (*finish) (LecTrace *trace);
  void (*free_state) (void *state);
  /* Any thread. */
  gboolean (*read_record) (LecTraceCache *cache, LecPlace place, LecRecord *record);
  void (*read_notes) (LecTraceCache *cache, LecPlace place, LecNotes *notes);
} LecTraceFormat;

extern const LecTraceFormat lec_pcap_format;
extern const LecTraceFormat lec_pcapng_format;

/* An interface as the readers need it. Immutable once published; a later one may take its place. */
typedef struct {
  LecInterface facts;
  LecTimeScale scale;
} LecTraceInterface;

/* What the trace says about itself beside its records. The reading thread adds; any thread reads. */
typedef struct {
  /* LEC_LIMIT_INTERFACES pointers, of which those below n_interfaces are set: a release store publishes each. */
  _Atomic (LecTraceInterface *) *interfaces;
  _Atomic uint32_t n_interfaces;
  GPtrArray *replaced;          /* interfaces that others may still look at. Reading thread */
  _Atomic (LecDamage *) damage; /* set once, by any thread */

  pthread_mutex_t lock; /* guards what follows; taken for a few blocks of a trace, never for a frame */
  uint32_t n_names;
  GByteArray *names;    /* octet: length of the address; the address; the name with its NUL; and so on */
  GString *description;
} LecTraceFacts;

void lec_trace_facts_init (LecTraceFacts *facts);
void lec_trace_facts_clear (LecTraceFacts *facts);

struct LecTrace {
  LecByteSource *source;
  const LecTraceFormat *format;
  void *state; /* the format's own */
  char *format_name;
  LecTraceFacts facts;

  /* Reading thread. `carry` are bytes that were read and not yet scanned; carry[0] stands at `offset`. */
  uint64_t offset;
  uint8_t *carry;
  size_t carried;
  size_t carry_room;
  size_t wanted;     /* bytes that the next record needs, as far as is known */
  size_t fill_bytes; /* how far to fill a buffer so that its records just fit a batch */
  uint64_t n_frames;
  gboolean ended;
};

/* For formats. The trace takes INTERFACE; FALSE (and it is freed) where there are too many. */
LecTraceInterface *lec_trace_interface_new (void);
gboolean lec_trace_add_interface (LecTrace *trace, LecTraceInterface *interface);
/* Publishes interface NUMBER anew with these counts (−1 = not told). */
void lec_trace_set_counts (LecTrace *trace, uint32_t number, int64_t received_frames, int64_t dropped_frames);
const LecTraceInterface *lec_trace_peek_interface (const LecTrace *trace, uint32_t number);
/* Any thread: tells damage, if it is the first. */
void lec_trace_add_damage (LecTrace *trace, uint64_t offset, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* Adds a line to the description; TEXT need not be valid UTF-8. */
void lec_trace_add_description (LecTrace *trace, const char *label, const char *text, size_t text_bytes);
void lec_trace_add_name (LecTrace *trace, const uint8_t *address, unsigned address_bytes, const char *name,
                         size_t name_bytes);

/* For formats' read_record and read_notes: N_BYTES from OFFSET on, valid until the next call; NULL where the file does
 * not have them (any more). */
const uint8_t *lec_trace_cache_bytes (LecTraceCache *cache, uint64_t offset, size_t n_bytes);
LecTrace *lec_trace_cache_trace (const LecTraceCache *cache);

G_END_DECLS
