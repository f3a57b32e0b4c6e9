/* User Datagram Protocol (RFC 768): source port 2, destination port 2, length 2, checksum 2. */
#include <glib/gi18n-lib.h>

#include "protocol/ip-checksum.h"
#include "protocol/ip-payload.h"
#include "protocol/protocols.h"
#include "protocol/services.h"
#include "protocol/udp-application.h"

#define HEADER_BYTES 8u

enum {
  UDP,
  SRCPORT,
  DSTPORT,
  LENGTH,
  CHECKSUM,
  CHECKSUM_STATUS,
  CHECKSUM_CALCULATED,
  STREAM,
  PAYLOAD,
};

static const LecField fields[] = {
  [UDP] = { "udp", "UDP", N_ ("User Datagram Protocol"), LEC_TYPE_PROTOCOL },
  [SRCPORT] = { "udp.srcport", "UDP.SourcePort", N_ ("Source port"), LEC_TYPE_UINT16, LEC_SHOW_PORT },
  [DSTPORT] = { "udp.dstport", "UDP.DestinationPort", N_ ("Destination port"), LEC_TYPE_UINT16, LEC_SHOW_PORT },
  [LENGTH] = { "udp.length", "UDP.Length", N_ ("Length"), LEC_TYPE_UINT16,
               .explanation = N_ ("Bytes of header and payload (RFC 768).") },
  [CHECKSUM] = { "udp.checksum", "UDP.Checksum", N_ ("Checksum"), LEC_TYPE_UINT16, LEC_SHOW_HEX,
                 .explanation =
                     N_ ("Over addresses, header and payload. Over IPv4 a sender may leave it out by sending 0.") },
  [CHECKSUM_STATUS] = { "udp.checksum.status", "UDP.ChecksumStatus", N_ ("Checksum status"), LEC_TYPE_UINT8,
                        .values = lec_checksum_status_names },
  [CHECKSUM_CALCULATED] = { "udp.checksum_calculated", NULL, N_ ("Should be"), LEC_TYPE_UINT16, LEC_SHOW_HEX },
  [STREAM] = { "udp.stream", "UDP.Stream", N_ ("Conversation"), LEC_TYPE_UINT32 },
  [PAYLOAD] = { "udp.payload", "UDP.Payload", N_ ("Payload"), LEC_TYPE_BYTES },
  { NULL },
};

static const LecAlias aliases[] = {
  { "udp.port", "UDP.Port", N_ ("Source or destination port"), { "udp.srcport", "udp.dstport" } },
  { NULL },
};

static void
add_checksum (LecDissection *dissection, const LecReader *datagram, uint32_t offset, uint16_t stored)
{
  LecChecksumReason reason = LEC_CHECKSUM_CHECKED;
  LecChecksumStatus status = LEC_CHECKSUM_NOT_PRESENT;
  uint16_t expected = stored;

  if (stored && !lec_wants_field (dissection, &fields[CHECKSUM_STATUS]) &&
      !lec_wants_field (dissection, &fields[CHECKSUM_CALCULATED]))
    status = LEC_CHECKSUM_UNVERIFIED;
  else if (stored)
    status = lec_checksum_judge (dissection, datagram, LEC_IP_UDP, stored, &expected, &reason);
  lec_add_checksum (dissection, &fields[CHECKSUM], &fields[CHECKSUM_STATUS], &fields[CHECKSUM_CALCULATED], offset,
                    stored, expected, status, reason);
}

static void
dissect (LecDissection *dissection, LecReader *reader)
{
  unsigned layer = lec_dissection_layer (dissection);
  LecSurroundings *surroundings = dissection->surroundings;
  uint32_t offset = lec_reader_offset (reader);
  LecReader datagram = *reader; /* becomes what the length says, header included */
  uint16_t source = lec_read_u16 (reader), destination = lec_read_u16 (reader);
  uint16_t length = lec_read_u16 (reader), checksum = lec_read_u16 (reader);

  if (reader->state || (length && length < HEADER_BYTES)) {
    if (!reader->state)
      reader->state |= LEC_READ_MALFORMED;
    lec_open_group (dissection, &fields[UDP], offset, lec_reader_offset (reader) - offset, NULL);
    lec_add_state (dissection, reader);
    lec_close (dissection);
    lec_head_note_state (dissection, reader);
    return;
  }
  /* A length of 0 is that of a jumbogram (RFC 2675 §4); one too large is cut to what the packet has. */
  uint32_t payload_bytes = lec_reader_reported_left (reader);
  if (length)
    payload_bytes = MIN (payload_bytes, length - HEADER_BYTES);
  LecReader payload = lec_reader_take (reader, payload_bytes);
  datagram = lec_reader (datagram.bytes + datagram.position, HEADER_BYTES + payload.captured,
                         HEADER_BYTES + payload.reported, offset);

  if (!dissection->quoted) {
    LecHead *head = &dissection->head;
    head->flags |= LEC_HEAD_TRANSPORT;
    head->source_port = source;
    head->destination_port = destination;
    head->payload = payload.bytes;
    head->payload_captured = payload.captured;
    head->payload_bytes = payload.reported;
    if (surroundings && surroundings->stream)
      dissection->has_stream = surroundings->stream (surroundings, dissection->frame, &dissection->stream);
  }
  lec_open_group (dissection, &fields[UDP], offset, HEADER_BYTES, "%u → %u", source, destination);
  lec_add_uint (dissection, &fields[SRCPORT], offset, 2, source);
  lec_add_uint (dissection, &fields[DSTPORT], offset + 2, 2, destination);
  lec_add_uint (dissection, &fields[LENGTH], offset + 4, 2, length);
  add_checksum (dissection, &datagram, offset + 6, checksum);
  if (dissection->has_stream && !dissection->quoted)
    lec_add_computed (dissection, &fields[STREAM], dissection->stream.stream);
  if (payload.captured)
    lec_add_bytes (dissection, &fields[PAYLOAD], lec_reader_offset (&payload),
                   (LecBytes){ payload.bytes, payload.captured });
  if (surroundings && surroundings->verdicts && !dissection->quoted)
    surroundings->verdicts (surroundings, dissection, dissection->frame);
  lec_close (dissection);

  LecProtocolId next = lec_udp_application (source, destination, payload.bytes, payload.captured, payload.reported);
  if (next == LEC_PROTOCOL_UDP)
    lec_dissect_data (dissection, &payload);
  else
    lec_dissect_next (dissection, next, &payload);
  if (lec_dissection_wants_summary (dissection, layer)) {
    char from[32], to[32];
    lec_dissection_set_summary (dissection, layer, _ ("SrcPort: %s, DstPort: %s, Length: %u"),
                                lec_port_text (source, from), lec_port_text (destination, to), payload.reported);
  }
}

const LecProtocol lec_udp_protocol = {
  LEC_PROTOCOL_UDP, "udp", "UDP", NULL, N_ ("User Datagram Protocol"), fields, aliases, dissect,
};
