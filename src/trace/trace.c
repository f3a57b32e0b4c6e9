#include "trace/trace.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/limits.h"
#include "base/pages.h"
#include "trace/format.h"
#include "trace/known-formats.h"

/* As much as is read at once: larger buffers fall out of the second-level cache and are not faster. */
#define BUFFER_BYTES   (256u * 1024)
#define FILL_MIN_BYTES (32u * 1024)
/* Enough to tell every format that is known by name. */
#define MAGIC_BYTES 512u

static const LecTraceFormat *const formats[] = { &lec_pcap_format, &lec_pcapng_format };

LecBatch *
lec_batch_new (void)
{
  return lec_pages_new (sizeof (LecBatch)); /* zeroed where it is touched, which is little of it in most batches */
}

void
lec_batch_free (LecBatch *batch)
{
  if (batch == NULL)
    return;
  free (batch->buffer);
  lec_pages_free (batch, sizeof *batch);
}

/* Makes room for N_BYTES, of which the first KEPT stay. Page-aligned, as the kernel's copy is quickest so. */
static void
grow (uint8_t **buffer, size_t *room, size_t n_bytes, size_t kept)
{
  uint8_t *larger;

  if (n_bytes <= *room)
    return;
  n_bytes = (MAX (n_bytes, BUFFER_BYTES) + 4095) & ~(size_t) 4095;
  larger = aligned_alloc (4096, n_bytes);
  if (larger == NULL)
    g_error ("out of memory");
  if (kept > 0)
    memcpy (larger, *buffer, kept);
  free (*buffer);
  *buffer = larger;
  *room = n_bytes;
}

/* Reads until the first WANTED bytes are there, or the end is. FALSE on an error. */
static gboolean
read_ahead (LecTrace *trace, size_t wanted, GError **error)
{
  while (trace->carried < wanted) {
    const char *trouble = NULL;
    ssize_t n;

    grow (&trace->carry, &trace->carry_room, wanted, trace->carried);
    n = lec_byte_source_read (trace->source, trace->carry + trace->carried, wanted - trace->carried, &trouble);
    if (n < 0 && trace->carried == 0) {
      g_set_error (error, LEC_ERROR, LEC_ERROR_DAMAGED, "%s", trouble);
      return FALSE;
    }
    if (n <= 0)
      break;
    trace->carried += (size_t) n;
  }
  return TRUE;
}

static gboolean
find_format (LecTrace *trace, GError **error)
{
  /* Not more than a magic takes: a pipe may give no more for a long time. */
  if (!read_ahead (trace, 4, error))
    return FALSE;
  if (trace->carried == 0) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_EMPTY, _ ("The trace is empty: there is not a single byte in it."));
    return FALSE;
  }
  for (unsigned i = 0; i < G_N_ELEMENTS (formats); i++) {
    if (formats[i]->recognise (trace->carry, trace->carried)) {
      trace->format = formats[i];
      return TRUE;
    }
  }
  if (read_ahead (trace, MAGIC_BYTES, error))
    lec_known_formats_explain (trace->carry, trace->carried, error);
  return FALSE;
}

static gboolean
begin (LecTrace *trace, GError **error)
{
  LecScan scan = { .wanted = 1 };

  while (scan.wanted > 0) {
    size_t had = trace->carried;

    scan = (LecScan){ 0 };
    if (!trace->format->begin (trace, trace->carry, trace->carried, &scan, error))
      return FALSE;
    if (scan.wanted > 0 && !read_ahead (trace, scan.wanted, error))
      return FALSE;
    if (scan.wanted > 0 && trace->carried == had) {
      g_set_error (error, LEC_ERROR, LEC_ERROR_DAMAGED,
                   _ ("The trace is cut off in its header: %zu of %zu bytes are there."), trace->carried, scan.wanted);
      return FALSE;
    }
  }
  trace->carried -= scan.used;
  trace->offset = scan.used;
  memmove (trace->carry, trace->carry + scan.used, trace->carried);
  return TRUE;
}

LecTrace *
lec_trace_open (const char *path, GError **error)
{
  g_autoptr (LecTrace) trace = g_new0 (LecTrace, 1);
  const char *compression;

  lec_trace_facts_init (&trace->facts);
  trace->fill_bytes = BUFFER_BYTES;
  trace->source = lec_byte_source_open (path, error);
  if (trace->source == NULL || !find_format (trace, error) || !begin (trace, error))
    return NULL;
  compression = lec_byte_source_compression (trace->source);
  if (compression != NULL) {
    char *name = trace->format_name;

    /* Translators: a file format in a compression, as “pcapng in gzip”. */
    trace->format_name = g_strdup_printf (_ ("%s in %s"), name, compression);
    g_free (name);
  }
  return g_steal_pointer (&trace);
}

void
lec_trace_free (LecTrace *trace)
{
  if (trace == NULL)
    return;
  if (trace->state != NULL)
    trace->format->free_state (trace->state);
  lec_byte_source_free (trace->source);
  lec_trace_facts_clear (&trace->facts);
  free (trace->carry);
  g_free (trace->format_name);
  g_free (trace);
}

const char *
lec_trace_format (const LecTrace *trace)
{
  return trace->format_name;
}

void
lec_trace_cancel (LecTrace *trace)
{
  lec_byte_source_cancel (trace->source);
}

void
lec_trace_progress (const LecTrace *trace, uint64_t *read_bytes, uint64_t *total_bytes)
{
  lec_byte_source_progress (trace->source, read_bytes, total_bytes);
}

static void
end (LecTrace *trace)
{
  if (trace->ended)
    return;
  trace->ended = TRUE;
  if (trace->format->finish != NULL)
    trace->format->finish (trace);
}

/* The source gave no more. Is that where the trace should end? */
static void
end_of_bytes (LecTrace *trace, size_t left, const char *trouble)
{
  uint64_t size, taken;

  end (trace);
  lec_byte_source_progress (trace->source, &taken, &size);
  if (lec_byte_source_cancelled (trace->source))
    return;
  if (trouble != NULL)
    lec_trace_add_damage (trace, trace->offset + left, "%s", trouble);
  else if (taken < size && lec_byte_source_compression (trace->source) == NULL)
    lec_trace_add_damage (trace, trace->offset + left, _ ("The file became shorter while it was read."));
  else if (left > 0)
    lec_trace_add_damage (trace, trace->offset,
                          _ ("The trace is cut off in the middle of a record: %zu of %zu bytes are there."), left,
                          trace->wanted);
}

/* Fills as many bytes as make a full batch: what is read beyond that has to be carried over to the next. */
static void
adapt_fill (LecTrace *trace, const LecBatch *batch, const LecScan *scan)
{
  if (batch->n_records == LEC_BATCH_RECORDS)
    trace->fill_bytes = CLAMP (scan->used + scan->used / 64, FILL_MIN_BYTES, BUFFER_BYTES);
  else
    trace->fill_bytes = MIN (trace->fill_bytes + trace->fill_bytes / 8, BUFFER_BYTES);
}

/* Reads once behind the HAVE bytes of the batch's buffer. FALSE at the end. */
static gboolean
fill (LecTrace *trace, LecBatch *batch, size_t *have, const char **trouble)
{
  size_t target = MAX (trace->fill_bytes, trace->wanted);
  ssize_t n;

  grow (&batch->buffer, &batch->buffer_bytes, target, *have);
  if (*have >= target)
    return TRUE;
  n = lec_byte_source_read (trace->source, batch->buffer + *have, target - *have, trouble);
  *have += (size_t) MAX (n, 0);
  return n > 0;
}

static void
carry_over (LecTrace *trace, const uint8_t *bytes, size_t n_bytes)
{
  grow (&trace->carry, &trace->carry_room, n_bytes, 0);
  if (n_bytes > 0)
    memcpy (trace->carry, bytes, n_bytes);
  trace->carried = n_bytes;
}

gboolean
lec_trace_read_batch (LecTrace *trace, LecBatch *batch)
{
  const char *trouble = NULL;
  size_t have = trace->carried;
  LecScan scan = { 0 };
  gboolean more = TRUE;

  batch->n_records = 0;
  if (lec_byte_source_cancelled (trace->source))
    end (trace);
  if (trace->ended)
    return FALSE;
  grow (&batch->buffer, &batch->buffer_bytes, MAX (have, BUFFER_BYTES), 0);
  if (have > 0)
    memcpy (batch->buffer, trace->carry, have);

  /* What a pipe has given is shown before it is asked for more. */
  if (have > 0 && lec_byte_source_is_slow (trace->source))
    scan = trace->format->scan (trace, batch->buffer, have, trace->offset, batch);
  while (more && batch->n_records == 0 && scan.end == LEC_SCAN_MORE) {
    trace->offset += scan.used;
    have -= scan.used;
    trace->wanted = scan.wanted;
    if (scan.used > 0)
      memmove (batch->buffer, batch->buffer + scan.used, have);
    more = fill (trace, batch, &have, &trouble);
    scan = trace->format->scan (trace, batch->buffer, have, trace->offset, batch);
  }
  trace->offset += scan.used;
  trace->wanted = scan.wanted;
  carry_over (trace, batch->buffer + scan.used, have - scan.used);
  adapt_fill (trace, batch, &scan);
  trace->n_frames += batch->n_records;

  if (scan.end == LEC_SCAN_STOP)
    end (trace);
  else if (!more && scan.wanted > 0)
    end_of_bytes (trace, trace->carried, trouble);
  else if (trace->n_frames > LEC_LIMIT_FRAMES - LEC_BATCH_RECORDS) {
    lec_trace_add_damage (trace, trace->offset, _ ("There are more frames than Lectern can number."));
    end (trace);
  }
  return !trace->ended;
}
