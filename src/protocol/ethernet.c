/* Ethernet II and IEEE 802.3.
 *
 *   0              6              12      14
 *   +--------------+--------------+-------+----------- … --+---------+-----+
 *   | destination  | source       | type  | payload        | trailer | FCS |
 *   +--------------+--------------+-------+----------- … --+---------+-----+
 *
 * A type below 1536 is a length, and an LLC header follows (IEEE 802.3 §3.2.6). */
#include <glib/gi18n-lib.h>

#include "protocol/ethertype.h"
#include "protocol/ip-payload.h"
#include "protocol/protocols.h"
#include "protocol/value-text.h"

enum { ETHERNET, DST, SRC, TYPE, LEN, PADDING, TRAILER, FCS, FCS_STATUS };

static const LecField fields[] = {
  [ETHERNET] = { "eth", "Ethernet", N_ ("Ethernet"), LEC_TYPE_PROTOCOL },
  [DST] = { "eth.dst", "Ethernet.DestinationAddress", N_ ("Destination"), LEC_TYPE_MAC,
            .explanation =
                N_ ("The hardware address of the next station on this link: of the router, where the packet leaves the "
                    "network. ff:ff:ff:ff:ff:ff is all stations (IEEE 802.3 §3.2.3).") },
  [SRC] = { "eth.src", "Ethernet.SourceAddress", N_ ("Source"), LEC_TYPE_MAC },
  [TYPE] = { "eth.type", "Ethernet.Type", N_ ("Type"), LEC_TYPE_UINT16, LEC_SHOW_HEX, .values = lec_ethertype_names,
             .explanation = N_ ("Which protocol the payload is of: an EtherType (IEEE 802.3 §3.2.6, RFC 9542).") },
  [LEN] = { "eth.len", "Ethernet.Length", N_ ("Length"), LEC_TYPE_UINT16 },
  [PADDING] = { "eth.padding", "Ethernet.Padding", N_ ("Padding"), LEC_TYPE_BYTES,
                .explanation =
                    N_ ("Bytes without meaning that fill the frame up to the shortest allowed, 60 bytes and a checksum "
                        "(IEEE 802.3 §4.2.3.3).") },
  [TRAILER] = { "eth.trailer", "Ethernet.Trailer", N_ ("Trailer"), LEC_TYPE_BYTES },
  [FCS] = { "eth.fcs", "Ethernet.FrameCheckSequence", N_ ("Frame check sequence"), LEC_TYPE_UINT32, LEC_SHOW_HEX },
  { NULL },
};

static const LecAlias aliases[] = {
  { "eth.addr", "Ethernet.Address", N_ ("Source or destination"), { "eth.src", "eth.dst" } },
  { NULL },
};

static void
dissect_802_3 (LecDissection *dissection, LecReader *reader, uint16_t length)
{
  /* A frame that claims more than there is still shows what is there. */
  LecReader body = lec_reader_take (reader, MIN (length, lec_reader_reported_left (reader)));

  /* IPX without LLC, as Novell did it, begins with a checksum of all ones. */
  if (lec_reader_peek (&body, 0) == 0xff && lec_reader_peek (&body, 1) == 0xff)
    lec_dissect_data (dissection, &body);
  else
    lec_dissect_next (dissection, LEC_PROTOCOL_LLC, &body);
}

void
lec_add_trailer (LecDissection *dissection, LecReader *reader, uint32_t frame_bytes)
{
  uint32_t offset = lec_reader_offset (reader);
  LecBytes rest = lec_read_some (reader, G_MAXUINT32);
  gboolean fills_up = frame_bytes <= 60;

  for (uint32_t i = 0; i < rest.length; i++)
    fills_up = fills_up && !rest.data[i];
  if (rest.length)
    lec_add_bytes (dissection, &fields[fills_up ? PADDING : TRAILER], offset, rest);
}

static void
dissect (LecDissection *dissection, LecReader *reader)
{
  unsigned layer = lec_dissection_layer (dissection);
  uint32_t fcs_bytes = dissection->fcs_bytes;
  /* The reader without the frame check sequence, which is only there where nothing was cut off. */
  gboolean has_fcs = fcs_bytes && lec_reader_left (reader) == lec_reader_reported_left (reader) &&
                     lec_reader_left (reader) >= 14 + fcs_bytes;
  LecReader frame = lec_reader_take (reader, lec_reader_reported_left (reader) - (has_fcs ? fcs_bytes : 0));
  uint32_t offset = lec_reader_offset (&frame);
  LecBytes destination = lec_read_bytes (&frame, 6);
  LecBytes source = lec_read_bytes (&frame, 6);
  uint16_t type = lec_read_u16 (&frame);
  char from[LEC_ADDRESS_TEXT] = "", to[LEC_ADDRESS_TEXT] = "";
  gboolean with_text = dissection->sink->wants_text || dissection->summaries != LEC_SUMMARY_NONE;

  if (source.length && with_text)
    lec_address_text (source.data, 6, from);
  if (destination.length && with_text)
    lec_address_text (destination.data, 6, to);
  lec_open_group (dissection, &fields[ETHERNET], offset, MIN (14, frame.captured), "%s → %s", from, to);
  if (destination.length)
    lec_add_bytes (dissection, &fields[DST], offset, destination);
  if (source.length)
    lec_add_bytes (dissection, &fields[SRC], offset + 6, source);
  lec_add_state (dissection, &frame);
  if (!frame.state)
    lec_add_uint (dissection, &fields[type < LEC_ETHERTYPE_FIRST ? LEN : TYPE], offset + 12, 2, type);
  lec_close (dissection);

  if (frame.state) {
    lec_head_note_state (dissection, &frame);
  } else {
    if (type < LEC_ETHERTYPE_FIRST)
      dissect_802_3 (dissection, &frame, type);
    else
      lec_dissect_ethertype (dissection, type, &frame);
    lec_add_trailer (dissection, &frame, frame.reported);
  }
  if (has_fcs) {
    uint32_t fcs_offset = lec_reader_offset (reader);
    LecBytes fcs = lec_read_some (reader, fcs_bytes);
    if (fcs.length == 4)
      lec_add_uint (dissection, &fields[FCS], fcs_offset, 4,
                    (uint32_t) fcs.data[0] << 24 | (uint32_t) fcs.data[1] << 16 | (uint32_t) fcs.data[2] << 8 |
                        fcs.data[3]);
  }
  if (lec_dissection_wants_summary (dissection, layer)) {
    const char *name = lec_value_name (lec_ethertype_names, type);
    if (name)
      lec_dissection_set_summary (dissection, layer, "%s → %s, %s", from, to, _ (name));
    else
      lec_dissection_set_summary (dissection, layer,
                                  type < LEC_ETHERTYPE_FIRST ? _ ("%s → %s, length %u") : _ ("%s → %s, type 0x%04x"),
                                  from, to, type);
  }
}

const LecProtocol lec_ethernet_protocol = {
  LEC_PROTOCOL_ETHERNET, "eth", "Ethernet", NULL, N_ ("Ethernet"), fields, aliases, dissect,
};
