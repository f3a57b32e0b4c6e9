/* A trace: a file, a compressed file or a pipe, read as records.
 *
 * One thread reads forwards, in batches. Any thread may meanwhile have a record's bytes again by its place, through a
 * LecTraceCache of its own. Nothing is mapped: a file that shrinks under us is damage, not a fault. A pipe or a
 * compressed trace is spooled to an unlinked temporary file as it is read, and records are had again from there. */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct LecTrace LecTrace;
typedef struct LecTraceCache LecTraceCache;

/* Where a record stands: its byte offset in the (uncompressed) trace, 48 bits, and the number of its interface. */
typedef uint64_t LecPlace; /* interface 65535: the record names none that there is */
#define LEC_PLACE(offset, interface) ((LecPlace) (offset) << 16 | (uint16_t) (interface))
#define LEC_PLACE_OFFSET(place)      ((uint64_t) (place) >> 16)
#define LEC_PLACE_INTERFACE(place)   ((uint32_t) ((place) &0xffff))

/* One record in a batch's buffer. Time is in nanoseconds since 1970 UTC. */
typedef struct {
  int64_t time_ns;
  LecPlace place;
  const uint8_t *bytes; /* in the batch's buffer */
  uint32_t captured_bytes;
  uint32_t original_bytes; /* as the trace says; may be less than captured in a broken trace */
  uint16_t link_type;      /* LINKTYPE_ value of the interface */
  uint8_t noted : 1;       /* has comments or other notes beside its direction (lec_trace_read_notes) */
  uint8_t outbound : 1;    /* the trace says that this machine sent it */
  uint8_t inbound : 1;
} LecRecord;

/* The link type of a record of which the trace does not say it. */
#define LEC_LINK_TYPE_UNKNOWN 0xffffu

#define LEC_BATCH_RECORDS 1024

/* What is handed from the reading thread to the next: a buffer of its own and the records in it. */
typedef struct {
  uint8_t *buffer;
  size_t buffer_bytes;
  uint32_t n_records;
  LecRecord records[LEC_BATCH_RECORDS];
} LecBatch;

LecBatch *lec_batch_new (void);
void lec_batch_free (LecBatch *batch);

/* An interface of the trace. Numbers count through all sections from 0. Immutable once published; when the reading has
 * ended, one with the counts of received and dropped frames takes its place. */
typedef struct {
  char *name;          /* UTF-8 or NULL */
  char *description;   /* UTF-8 or NULL */
  uint32_t section;    /* of a pcapng trace, from 1; 0 = the format has none */
  uint32_t id;         /* number within its section, from 0 */
  char *filter;        /* capture filter, or NULL */
  uint32_t snap_bytes; /* 0 = no limit */
  uint16_t link_type;
  uint8_t fcs_bytes; /* frame check sequence at the end of each frame */
  gboolean big_endian;
  uint64_t ticks_per_second;
  int64_t time_offset_s;
  int64_t received_frames; /* −1 = not told */
  int64_t dropped_frames;  /* −1 = not told */
} LecInterface;

/* Something wrong with the trace, or worth knowing about it. */
typedef struct {
  uint64_t offset; /* of the byte in the (uncompressed) trace */
  char *message;   /* a translated sentence without the offset */
} LecDamage;

/* Opens PATH ("-": standard input; a pipe or socket is read as it comes). NULL and a LEC_ERROR where nothing can be
 * shown at all; damage further in does not fail the opening. Waits for a pipe's first bytes: not for the GTK thread. */
LecTrace *lec_trace_open (const char *path, GError **error);
void lec_trace_free (LecTrace *trace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecTrace, lec_trace_free)

/* Reading thread: fills BATCH with the next records, blocking on a pipe for as long as nothing comes. Returns FALSE
 * at the end (batch->n_records may still be > 0): whole, damaged (see lec_trace_damage) or cancelled. */
gboolean lec_trace_read_batch (LecTrace *trace, LecBatch *batch);
/* Any thread: makes lec_trace_read_batch() return FALSE soon. What was read stays. */
void lec_trace_cancel (LecTrace *trace);
/* Any thread, for progress: bytes of the file consumed, and its size (0 = unknown, a pipe). */
void lec_trace_progress (const LecTrace *trace, uint64_t *read_bytes, uint64_t *total_bytes);

/* "pcap", "pcap (nanoseconds)", "pcapng" and so on; with " in gzip" and the like where compressed. Borrowed. */
const char *lec_trace_format (const LecTrace *trace);
/* Any thread. Interfaces are only ever added; NULL where NUMBER is none. Borrowed. */
uint32_t lec_trace_n_interfaces (const LecTrace *trace);
const LecInterface *lec_trace_interface (const LecTrace *trace, uint32_t number);
/* Any thread: the first damage met so far, or NULL. Borrowed; does not change once there. */
const LecDamage *lec_trace_damage (const LecTrace *trace);
/* Any thread: comments of sections and the program, machine and system that wrote the trace, a line each, or NULL. */
char *lec_trace_dup_description (LecTrace *trace);
/* Any thread: calls EACH with the address (4 or 16 bytes) and the name of each record of the trace's name tables, but
 * of no more than the first LIMIT. Returns how many there are in all, so far. */
typedef void (*LecTraceNameFunc) (const uint8_t *address, unsigned address_bytes, const char *name, void *data);
uint32_t lec_trace_foreach_name (LecTrace *trace, uint32_t limit, LecTraceNameFunc each, void *data);

/* A small cache of file pages for reading records again; one per thread that does so. */
LecTraceCache *lec_trace_cache_new (LecTrace *trace);
/* The same for one who reads a record here and one there, with little of what stands around. */
LecTraceCache *lec_trace_cache_new_scattered (LecTrace *trace);
void lec_trace_cache_free (LecTraceCache *cache);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecTraceCache, lec_trace_cache_free)

/* Reads the record at PLACE again. record->bytes stay valid until the next call on this cache. FALSE where the file
 * no longer gives them (it shrank): then the record has 0 captured bytes. */
gboolean lec_trace_read_record (LecTraceCache *cache, LecPlace place, LecRecord *record);

/* What the kernel or the network card did with a packet: pcapng epb_verdict. */
typedef enum {
  LEC_NOTED_VERDICT_HARDWARE,
  LEC_NOTED_VERDICT_TC,  /* Linux traffic control's eBPF: TC_ACT_…, signed */
  LEC_NOTED_VERDICT_XDP, /* Linux express data path's eBPF: XDP_…, signed */
} LecNotedVerdictKind;

typedef struct {
  uint8_t kind;    /* LecNotedVerdictKind or one that is not known */
  uint8_t n_bytes; /* of a hardware's or unknown verdict, cut to the room there is */
  uint8_t bytes[30];
  int64_t number; /* TC, XDP */
} LecNotedVerdict;

#define LEC_NOTED_VERDICTS_MAX 4

/* What the trace notes beside a record. Free with lec_notes_clear(). */
typedef struct {
  char **comments;        /* NULL-terminated, or NULL */
  gboolean has_flags;
  uint32_t flags;         /* pcapng epb_flags */
  int64_t dropped_frames; /* lost between this record and the one before on its interface; −1 = not told */
  int64_t packet_id;      /* −1 = not told */
  int64_t queue;          /* −1 = not told */
  unsigned n_verdicts;
  LecNotedVerdict verdicts[LEC_NOTED_VERDICTS_MAX];
} LecNotes;

void lec_trace_read_notes (LecTraceCache *cache, LecPlace place, LecNotes *notes);
void lec_notes_clear (LecNotes *notes);

/* The name of a link type ("EN10MB"), from libpcap; a number where it has none. Free with g_free(). */
char *lec_link_type_dup_name (uint16_t link_type);

G_END_DECLS
