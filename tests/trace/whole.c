#include "whole.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"

void
remove_file (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_remove (path);
  g_rmdir (folder);
}

Whole
whole_read (const char *path)
{
  g_autoptr (GError) error = NULL;
  Whole whole = { .records = g_array_new (FALSE, FALSE, sizeof (LecRecord)),
                  .bytes = g_ptr_array_new_with_free_func (g_free) };
  LecBatch *batch = lec_batch_new ();
  gboolean more = TRUE;

  whole.trace = lec_trace_open (path, &error);
  g_assert_no_error (error);
  while (more) {
    more = lec_trace_read_batch (whole.trace, batch);
    for (uint32_t i = 0; i < batch->n_records; i++) {
      LecRecord record = batch->records[i];

      record.bytes = g_memdup2 (record.bytes, record.captured_bytes);
      g_ptr_array_add (whole.bytes, (uint8_t *) record.bytes);
      g_array_append_val (whole.records, record);
    }
  }
  lec_batch_free (batch);
  return whole;
}

Whole
whole_of (const Writer *writer)
{
  g_autofree char *path = writer_save (writer, "trace");
  Whole whole = whole_read (path);

  remove_file (path);
  return whole;
}

void
whole_clear (Whole *whole)
{
  g_clear_pointer (&whole->trace, lec_trace_free);
  g_clear_pointer (&whole->records, g_array_unref);
  g_clear_pointer (&whole->bytes, g_ptr_array_unref);
}

const LecRecord *
whole_frame (const Whole *whole, guint i)
{
  g_assert_cmpuint (i, <, whole->records->len);
  return &g_array_index (whole->records, LecRecord, i);
}

void
assert_frame (const Whole *whole, guint i, unsigned number, uint32_t captured, uint32_t original)
{
  const LecRecord *record = whole_frame (whole, i);
  g_auto (Writer) expected = writer_new (FALSE);

  put_frame (&expected, number, captured);
  g_assert_cmpuint (record->original_bytes, ==, original);
  g_assert_cmpmem (record->bytes, record->captured_bytes, expected.bytes->data, captured);
}

void
assert_whole (const Whole *whole)
{
  const LecDamage *damage = lec_trace_damage (whole->trace);

  g_assert_cmpstr (damage == NULL ? NULL : damage->message, ==, NULL);
}

void
assert_damage (const Whole *whole, uint64_t offset)
{
  const LecDamage *damage = lec_trace_damage (whole->trace);

  g_assert_nonnull (damage);
  g_assert_cmpuint (damage->offset, ==, offset);
  g_assert_cmpuint (strlen (damage->message), >, 10);
}

void
assert_read_again (const Whole *whole)
{
  g_autoptr (LecTraceCache) cache = lec_trace_cache_new (whole->trace);

  /* Backwards, and with jumps, so that the cache's pages have to change. */
  for (guint i = whole->records->len; i-- > 0;) {
    const LecRecord *record = whole_frame (whole, (guint) (((guint64) i * 7919) % whole->records->len));
    LecRecord again;

    g_assert_true (lec_trace_read_record (cache, record->place, &again));
    g_assert_cmpint (again.time_ns, ==, record->time_ns);
    g_assert_cmpuint (again.place, ==, record->place);
    g_assert_cmpuint (again.original_bytes, ==, record->original_bytes);
    g_assert_cmpuint (again.link_type, ==, record->link_type);
    g_assert_cmpuint (again.noted, ==, record->noted);
    g_assert_cmpuint (again.outbound, ==, record->outbound);
    g_assert_cmpuint (again.inbound, ==, record->inbound);
    g_assert_cmpmem (again.bytes, again.captured_bytes, record->bytes, record->captured_bytes);
  }
}

void
assert_refused (const Writer *writer, int code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = writer_save (writer, "trace");

  g_assert_null (lec_trace_open (path, &error));
  g_assert_error (error, LEC_ERROR, code);
  g_assert_cmpuint (strlen (error->message), >, 10);
  remove_file (path);
}
