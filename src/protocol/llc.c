/* IEEE 802.2 Logical Link Control, and SNAP above it (IEEE 802 §9.2, RFC 1042). */
#include <glib/gi18n-lib.h>

#include "protocol/ethertype.h"
#include "protocol/ip-payload.h"
#include "protocol/protocols.h"

enum { LLC, DSAP, SSAP, CONTROL, OUI, TYPE, PID };

static const LecValueName sap_names[] = {
  { 0x00, N_ ("Null") }, { 0x06, "IP" },  { 0x42, N_ ("Spanning tree") }, { 0xaa, "SNAP" }, { 0xe0, "NetWare" },
  { 0xf0, "NetBIOS" },   { 0xfe, "ISO" }, { 0xff, N_ ("Global") },        { 0, NULL },
};

static const LecField fields[] = {
  [LLC] = { "llc", "LLC", N_ ("Logical link control"), LEC_TYPE_PROTOCOL },
  [DSAP] = { "llc.dsap", "LLC.DSAP", N_ ("Destination service"), LEC_TYPE_UINT8, LEC_SHOW_HEX, .values = sap_names },
  [SSAP] = { "llc.ssap", "LLC.SSAP", N_ ("Source service"), LEC_TYPE_UINT8, LEC_SHOW_HEX, .values = sap_names },
  [CONTROL] = { "llc.control", "LLC.Control", N_ ("Control"), LEC_TYPE_UINT16, LEC_SHOW_HEX },
  [OUI] = { "llc.oui", "LLC.OrganizationCode", N_ ("Organization"), LEC_TYPE_UINT24 },
  [TYPE] = { "llc.type", "LLC.Type", N_ ("Type"), LEC_TYPE_UINT16, LEC_SHOW_HEX, .values = lec_ethertype_names },
  [PID] = { "llc.pid", "LLC.ProtocolId", N_ ("Protocol of that organization"), LEC_TYPE_UINT16, LEC_SHOW_HEX },
  { NULL },
};

static void
dissect (LecDissection *dissection, LecReader *reader)
{
  unsigned layer = lec_dissection_layer (dissection);
  uint32_t offset = lec_reader_offset (reader);
  uint8_t dsap = lec_read_u8 (reader);
  uint8_t ssap = lec_read_u8 (reader);
  /* Unnumbered frames have one byte of control, the others two (IEEE 802.2 §5.4). */
  gboolean unnumbered = (lec_reader_peek (reader, 0) & 3) == 3;
  uint16_t control = unnumbered ? lec_read_u8 (reader) : lec_read_u16_le (reader);
  gboolean snap = dsap == 0xaa && ssap == 0xaa && control == 0x03;
  uint32_t oui = snap ? lec_read_u24 (reader) : 0;
  uint16_t type = snap ? lec_read_u16 (reader) : 0;
  /* Organization 0 and, for bridged frames, 0x0000f8 use EtherTypes (RFC 1042). */
  gboolean by_ethertype = snap && (oui == 0 || oui == 0x0000f8);

  lec_open_group (dissection, &fields[LLC], offset, lec_reader_offset (reader) - offset, NULL);
  if (reader->state) {
    lec_add_state (dissection, reader);
    lec_head_note_state (dissection, reader);
  } else {
    lec_add_uint (dissection, &fields[DSAP], offset, 1, dsap);
    lec_add_uint (dissection, &fields[SSAP], offset + 1, 1, ssap);
    lec_add_uint (dissection, &fields[CONTROL], offset + 2, unnumbered ? 1 : 2, control);
    if (snap) {
      lec_add_uint (dissection, &fields[OUI], offset + 3, 3, oui);
      lec_add_uint (dissection, &fields[by_ethertype ? TYPE : PID], offset + 6, 2, type);
    }
  }
  lec_close (dissection);
  if (reader->state)
    return;
  if (by_ethertype && lec_ethertype_protocol (type) != LEC_PROTOCOL_DATA)
    lec_dissect_next (dissection, lec_ethertype_protocol (type), reader);
  else
    lec_dissect_data (dissection, reader);
  if (!lec_dissection_wants_summary (dissection, layer))
    return;
  const char *name = lec_value_name (sap_names, dsap);
  if (snap)
    lec_dissection_set_summary (dissection, layer, _ ("SNAP, organization 0x%06x, type 0x%04x"), oui, type);
  else if (name)
    lec_dissection_set_summary (dissection, layer, "%s (0x%02x)", _ (name), dsap);
  else
    lec_dissection_set_summary (dissection, layer, _ ("Service 0x%02x to 0x%02x"), ssap, dsap);
}

const LecProtocol lec_llc_protocol = {
  LEC_PROTOCOL_LLC, "llc", "LLC", NULL, N_ ("Logical link control"), fields, NULL, dissect,
};
