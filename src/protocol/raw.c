/* Packets without a link header: the first 4 bits are IP's version. */
#include <glib/gi18n-lib.h>

#include "protocol/protocols.h"

static const LecField fields[] = {
  { "raw", "RawIP", N_ ("Raw IP packet"), LEC_TYPE_PROTOCOL },
  { NULL },
};

static void
dissect (LecDissection *dissection, LecReader *reader)
{
  unsigned layer = lec_dissection_layer (dissection);
  uint8_t version = lec_reader_peek (reader, 0) >> 4;

  lec_open_group (dissection, fields, lec_reader_offset (reader), 0, _ ("no link header"));
  lec_close (dissection);
  if (version == 4 || version == 6)
    lec_dissect_next (dissection, version == 4 ? LEC_PROTOCOL_IPV4 : LEC_PROTOCOL_IPV6, reader);
  else
    lec_dissect_data (dissection, reader);
  if (lec_dissection_wants_summary (dissection, layer))
    lec_dissection_set_summary (dissection, layer, _ ("No IP packet"));
}

const LecProtocol lec_raw_protocol = {
  LEC_PROTOCOL_RAW, "raw", "Raw IP", NULL, N_ ("Raw IP packet"), fields, NULL, dissect,
};
