/* BSD loopback: 4 bytes with the address family, in the byte order of the machine that captured (LINKTYPE_NULL) or in
 * network order (LINKTYPE_LOOP). */
#include <glib/gi18n-lib.h>

#include "protocol/loopback.h"
#include "protocol/ip-payload.h"
#include "protocol/protocols.h"

enum { LOOPBACK, FAMILY };

static const LecValueName family_names[] = {
  { 2, "IPv4" }, { 10, "IPv6" }, { 23, "IPv6" }, { 24, "IPv6" }, { 28, "IPv6" }, { 30, "IPv6" }, { 0, NULL },
};

static const LecField fields[] = {
  [LOOPBACK] = { "null", "Loopback", N_ ("Loopback"), LEC_TYPE_PROTOCOL },
  [FAMILY] = { "null.family", "Loopback.Family", N_ ("Family"), LEC_TYPE_UINT32, .values = family_names },
  { NULL },
};

LecProtocolId
lec_loopback_protocol_of (uint32_t family)
{
  const char *name = lec_value_name (family_names, family);

  return !name ? LEC_PROTOCOL_DATA : name[3] == '4' ? LEC_PROTOCOL_IPV4 : LEC_PROTOCOL_IPV6;
}

static void
dissect (LecDissection *dissection, LecReader *reader)
{
  unsigned layer = lec_dissection_layer (dissection);
  uint32_t offset = lec_reader_offset (reader);
  uint32_t family = lec_loopback_family (lec_read_u32 (reader));

  lec_open_group (dissection, &fields[LOOPBACK], offset, MIN (4, lec_reader_offset (reader) - offset), NULL);
  lec_add_state (dissection, reader);
  if (reader->state)
    lec_head_note_state (dissection, reader);
  else
    lec_add_uint (dissection, &fields[FAMILY], offset, 4, family);
  lec_close (dissection);
  if (reader->state)
    return;
  if (lec_loopback_protocol_of (family) == LEC_PROTOCOL_DATA)
    lec_dissect_data (dissection, reader);
  else
    lec_dissect_next (dissection, lec_loopback_protocol_of (family), reader);
  if (lec_dissection_wants_summary (dissection, layer))
    lec_dissection_set_summary (dissection, layer, _ ("Address family %u"), family);
}

const LecProtocol lec_loopback_protocol = {
  LEC_PROTOCOL_LOOPBACK, "null", "Loopback", NULL, N_ ("Loopback"), fields, NULL, dissect,
};
