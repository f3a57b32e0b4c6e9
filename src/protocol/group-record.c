#include "protocol/group-record.h"

#include <glib/gi18n-lib.h>

const LecValueName lec_group_record_types[] = {
  { 1, N_ ("only from these sources") },
  { 2, N_ ("from all but these sources") },
  { 3, N_ ("now only from these sources") },
  { 4, N_ ("now from all but these sources") },
  { 5, N_ ("these sources too") },
  { 6, N_ ("these sources no more") },
  { 0, NULL },
};

void
lec_add_group_sources (LecDissection *dissection, LecReader *reader, const LecField *field, unsigned address_bytes,
                       uint64_t n)
{
  while (n-- && lec_reader_left (reader))
    lec_take_bytes (dissection, reader, field, address_bytes);
}

/*     +--------+--------+--------+--------+
 *     |  type  |  words |  N of sources   |
 *     +--------+--------+--------+--------+
 *     | group, sources, words of further data …  */
void
lec_add_group_record (LecDissection *dissection, LecReader *reader, const LecGroupRecordFields *fields)
{
  uint32_t n_addresses = 1 + ((uint32_t) lec_reader_peek (reader, 2) << 8 | lec_reader_peek (reader, 3));
  uint32_t length = 4 + fields->address_bytes * n_addresses + 4u * lec_reader_peek (reader, 1);

  lec_open_group (dissection, fields->record, lec_reader_offset (reader), MIN (length, lec_reader_left (reader)), NULL);
  lec_take_uint (dissection, reader, fields->type, 1);
  uint64_t words = lec_take_uint (dissection, reader, fields->aux_words, 1);
  uint64_t n = lec_take_uint (dissection, reader, fields->n_sources, 2);
  lec_take_bytes (dissection, reader, fields->group, fields->address_bytes);
  lec_add_group_sources (dissection, reader, fields->source, fields->address_bytes, n);
  if (words)
    lec_take_bytes (dissection, reader, fields->aux_data, (uint32_t) words * 4);
  lec_close (dissection);
}
