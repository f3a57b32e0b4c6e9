/* Bytes that no protocol here knows. */

#include "protocol/protocols.h"

enum { DATA, DATA_DATA, DATA_LEN };

static const LecField fields[] = {
  [DATA] = { "data", "Data", N_ ("Data"), LEC_TYPE_PROTOCOL },
  [DATA_DATA] = { "data.data", NULL, N_ ("Bytes"), LEC_TYPE_BYTES,
                  .explanation = N_ (
                      "Bytes that no protocol known here has a layout for. What they mean is up to the program that "
                      "sent them.") },
  [DATA_LEN] = { "data.len", NULL, N_ ("Length"), LEC_TYPE_INT32 },
  { NULL },
};

static void
dissect (LecDissection *dissection, LecReader *reader)
{
  unsigned layer = lec_dissection_layer (dissection);
  uint32_t offset = lec_reader_offset (reader);
  uint32_t reported = lec_reader_reported_left (reader);
  LecBytes bytes = lec_read_some (reader, G_MAXUINT32);

  lec_open_group (dissection, &fields[DATA], offset, bytes.length,
                  g_dngettext (GETTEXT_PACKAGE, "%u byte", "%u bytes", reported), reported);
  if (bytes.length)
    lec_add_bytes (dissection, &fields[DATA_DATA], offset, bytes);
  lec_add_computed (dissection, &fields[DATA_LEN], reported);
  lec_close (dissection);
  if (lec_dissection_wants_summary (dissection, layer) && layer < 2)
    lec_dissection_set_summary (dissection, layer, g_dngettext (GETTEXT_PACKAGE, "%u byte", "%u bytes", reported),
                                reported);
}

const LecProtocol lec_data_protocol = { LEC_PROTOCOL_DATA, "data", "Data", NULL, N_ ("Data"), fields, NULL, dissect };
