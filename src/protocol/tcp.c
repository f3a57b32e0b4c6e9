/* Transmission Control Protocol (RFC 9293 §3.1).
 *
 *    0       4           10          16                      31
 *   +-------------------------------+------------------------+
 *   | source port                   | destination port       |
 *   +-------------------------------+------------------------+
 *   | sequence number                                        |
 *   +--------------------------------------------------------+
 *   | acknowledgement number                                 |
 *   +-------+-------+---------------+------------------------+
 *   |offset |reservd|CEUAPRSF flags | window                 |
 *   +-------+-------+---------------+------------------------+
 *   | checksum                      | urgent pointer         |
 *   +-------------------------------+------------------------+
 *   | options …                                              | */
#include <glib/gi18n-lib.h>

#include "protocol/ip-checksum.h"
#include "protocol/ip-payload.h"
#include "protocol/protocols.h"
#include "protocol/services.h"
#include "protocol/tcp.h"

#define HEADER_BYTES 20u
#define FIELD(name)  (&lec_tcp_fields[LEC_TCP_FIELD_##name])

/* One segment's header, as its dissection needs it again and again. */
typedef struct {
  uint16_t source_port;
  uint16_t destination_port;
  uint32_t sequence;
  uint32_t acknowledgment;
  uint16_t flags; /* 12 bits */
  uint16_t window;
  uint32_t header_bytes;
  uint32_t payload_bytes;
  uint32_t sequence_base; /* what is taken off to show numbers; 0 where they are shown as sent */
  uint32_t acknowledgment_base;
  int shift; /* of the window: −1 unknown, −2 not used */
} Segment;

/* RFC 9293 §3.4: SYN and FIN take a place in the sequence. */
static uint32_t
next_sequence (const Segment *segment)
{
  return segment->sequence + segment->payload_bytes + ((segment->flags & (LEC_TCP_SYN | LEC_TCP_FIN)) != 0);
}

/* Fills what the rest of the trace knows. A side whose start was not seen counts its first segment as byte 1. */
static void
ask_stream (LecDissection *dissection, Segment *segment)
{
  LecSurroundings *surroundings = dissection->surroundings;
  gboolean absolute = surroundings && surroundings->absolute_sequence_numbers;
  const LecStreamFacts *facts = &dissection->stream;
  unsigned side = 0;

  segment->sequence_base = segment->sequence - ((segment->flags & LEC_TCP_SYN) == 0);
  segment->acknowledgment_base = segment->flags & LEC_TCP_ACK ? segment->acknowledgment - 1 : 0;
  segment->shift = -1;
  if (dissection->quoted) {
    absolute = TRUE;
  } else {
    dissection->has_stream = surroundings && surroundings->stream &&
                             surroundings->stream (surroundings, dissection->frame, &dissection->stream);
  }
  if (dissection->has_stream && !dissection->quoted) {
    side = facts->side & 1;
    segment->shift = facts->window_shift[side];
    if (facts->sequence_known[side])
      segment->sequence_base = facts->first_sequence[side];
    if (facts->sequence_known[!side] && segment->flags & LEC_TCP_ACK)
      segment->acknowledgment_base = facts->first_sequence[!side];
  }
  if (absolute)
    segment->sequence_base = segment->acknowledgment_base = 0;
}

static void
fill_head (LecHead *head, const Segment *segment, const LecReader *payload)
{
  head->flags |= LEC_HEAD_TRANSPORT;
  head->source_port = segment->source_port;
  head->destination_port = segment->destination_port;
  head->sequence = segment->sequence;
  head->acknowledgment = segment->acknowledgment;
  head->tcp_flags = (uint8_t) segment->flags;
  head->window = segment->window;
  head->payload = payload->bytes;
  head->payload_captured = payload->captured;
  head->payload_bytes = payload->reported;
}

/* As tshark draws them: a letter for a set bit, a dot in the middle for a clear one. */
static const char *
flag_letters (uint16_t flags, char text[32])
{
  static const char letters[] = "RRRACEUAPRSF";
  char *at = text;

  for (unsigned i = 0; i < 12; i++) {
    if (flags >> (11 - i) & 1)
      *at++ = letters[i];
    else
      at = (char *) memcpy (at, "·", strlen ("·")) + strlen ("·");
  }
  *at = '\0';
  return text;
}

static void
add_flags (LecDissection *dissection, uint32_t offset, uint16_t flags)
{
  char letters[32];

  lec_open_bits (dissection, FIELD (FLAGS), offset, 2, flags);
  for (unsigned i = LEC_TCP_FIELD_FLAG_RES; i <= LEC_TCP_FIELD_FLAG_FIN; i++)
    lec_add_bits (dissection, &lec_tcp_fields[i], offset, 2, flags);
  lec_add_computed_string (dissection, FIELD (FLAGS_STR),
                           lec_wants_field (dissection, FIELD (FLAGS_STR)) ? flag_letters (flags, letters) : "");
  lec_close (dissection);
  if (flags & LEC_TCP_SYN)
    lec_add_computed (dissection, flags & LEC_TCP_ACK ? FIELD (CONNECTION_SYNACK) : FIELD (CONNECTION_SYN), 0);
  if (flags & LEC_TCP_FIN)
    lec_add_computed (dissection, FIELD (CONNECTION_FIN), 0);
  if (flags & LEC_TCP_RST)
    lec_add_computed (dissection, FIELD (CONNECTION_RST), 0);
}

static uint32_t
scaled_window (const Segment *segment)
{
  gboolean scaled = segment->shift > 0 && !(segment->flags & LEC_TCP_SYN);

  return (uint32_t) segment->window << (scaled ? MIN (segment->shift, 14) : 0);
}

/* RFC 7323 §2.2: the window in a SYN is never scaled. */
static void
add_window (LecDissection *dissection, const Segment *segment, uint32_t offset)
{
  lec_add_uint (dissection, FIELD (WINDOW_VALUE), offset, 2, segment->window);
  if (segment->flags & LEC_TCP_SYN) {
    lec_add_computed (dissection, FIELD (WINDOW), segment->window);
    return;
  }
  if (segment->shift == -1)
    lec_add_computed_text (dissection, FIELD (WINDOW), segment->window,
                           _ ("%u as sent; the scale factor is not known, because the handshake is not in the trace"),
                           segment->window);
  else
    lec_add_computed (dissection, FIELD (WINDOW), scaled_window (segment));
  if (!dissection->quoted)
    lec_add_computed (dissection, FIELD (WINDOW_FACTOR),
                      segment->shift < 0 ? (uint64_t) (int64_t) segment->shift : UINT64_C (1) << segment->shift);
}

static void
add_numbers (LecDissection *dissection, const Segment *segment, uint32_t offset)
{
  lec_add_uint (dissection, FIELD (SEQ), offset + 4, 4, segment->sequence - segment->sequence_base);
  lec_add_uint (dissection, FIELD (SEQ_RAW), offset + 4, 4, segment->sequence);
  lec_add_computed (dissection, FIELD (NXTSEQ), next_sequence (segment) - segment->sequence_base);
  lec_add_uint (dissection, FIELD (ACK), offset + 8, 4, segment->acknowledgment - segment->acknowledgment_base);
  lec_add_uint (dissection, FIELD (ACK_RAW), offset + 8, 4, segment->acknowledgment);
}

static void
add_checksum (LecDissection *dissection, const LecReader *whole, uint32_t offset, uint16_t stored)
{
  LecChecksumReason reason = LEC_CHECKSUM_CUT;
  uint16_t expected = stored;
  LecChecksumStatus status = LEC_CHECKSUM_UNVERIFIED;

  if (lec_wants_field (dissection, FIELD (CHECKSUM_STATUS)) ||
      lec_wants_field (dissection, FIELD (CHECKSUM_CALCULATED)))
    status = lec_checksum_judge (dissection, whole, LEC_IP_TCP, stored, &expected, &reason);

  lec_add_checksum (dissection, FIELD (CHECKSUM), FIELD (CHECKSUM_STATUS), FIELD (CHECKSUM_CALCULATED), offset, stored,
                    expected, status, reason);
}

/* In the shape that Message Analyzer's users know. */
static void
set_summary (LecDissection *dissection, unsigned layer, const Segment *segment, int negotiated_shift)
{
  static const char letters[] = "CEUAPRSF";
  char flags[9], from[32], to[32], scale[64] = "";

  for (unsigned i = 0; i < 8; i++)
    flags[i] = segment->flags >> (7 - i) & 1 ? letters[i] : '.';
  flags[8] = '\0';
  if (negotiated_shift >= 0)
    g_snprintf (scale, sizeof scale, _ ("(negotiating scale factor: %d)"), negotiated_shift);
  else if (!(segment->flags & LEC_TCP_SYN) && segment->shift >= 0)
    g_snprintf (scale, sizeof scale, _ ("(scale factor: %d)"), segment->shift);
  lec_dissection_set_summary (
      dissection, layer, _ ("Flags: %s, SrcPort: %s, DstPort: %s, Length: %u, Seq Range: %u - %u, Ack: %u, Win: %u%s"),
      flags, lec_port_text (segment->source_port, from), lec_port_text (segment->destination_port, to),
      segment->payload_bytes, segment->sequence - segment->sequence_base,
      next_sequence (segment) - segment->sequence_base, segment->acknowledgment - segment->acknowledgment_base,
      scaled_window (segment), scale);
}

/* A header that is not all there, as in most ICMP errors, which quote 8 bytes of it (RFC 792). */
static void
dissect_part (LecDissection *dissection, LecReader *reader)
{
  uint32_t offset = lec_reader_offset (reader);
  uint32_t captured = lec_reader_left (reader);
  LecReader part = *reader;

  lec_open_group (dissection, FIELD (SELF), offset, captured, NULL);
  if (captured >= 4) {
    uint16_t source = lec_read_u16 (&part), destination = lec_read_u16 (&part);
    lec_add_uint (dissection, FIELD (SRCPORT), offset, 2, source);
    lec_add_uint (dissection, FIELD (DSTPORT), offset + 2, 2, destination);
  }
  if (captured >= 8)
    lec_add_uint (dissection, FIELD (SEQ_RAW), offset + 4, 4, lec_read_u32 (&part));
  lec_reader_skip (reader, HEADER_BYTES);
  if (!dissection->quoted)
    lec_add_state (dissection, reader);
  lec_close (dissection);
  lec_head_note_state (dissection, reader);
}

static gboolean
read_segment (LecReader *reader, Segment *segment, uint16_t *checksum, uint16_t *urgent_pointer)
{
  segment->source_port = lec_read_u16 (reader);
  segment->destination_port = lec_read_u16 (reader);
  segment->sequence = lec_read_u32 (reader);
  segment->acknowledgment = lec_read_u32 (reader);
  uint16_t bits = lec_read_u16 (reader);
  segment->header_bytes = (bits >> 12) * 4u;
  segment->flags = bits & 0x0fff;
  segment->window = lec_read_u16 (reader);
  *checksum = lec_read_u16 (reader);
  *urgent_pointer = lec_read_u16 (reader);
  return !reader->state;
}

static void
dissect (LecDissection *dissection, LecReader *reader)
{
  unsigned layer = lec_dissection_layer (dissection);
  LecSurroundings *surroundings = dissection->surroundings;
  uint32_t offset = lec_reader_offset (reader);
  LecReader whole = lec_reader (reader->bytes + reader->position, lec_reader_left (reader),
                                lec_reader_reported_left (reader), offset);
  LecReader start = *reader;
  LecHead *head = dissection->quoted ? NULL : &dissection->head;
  Segment segment = { 0 };
  uint16_t checksum, urgent_pointer;

  if (!read_segment (reader, &segment, &checksum, &urgent_pointer)) {
    dissect_part (dissection, &start);
    return;
  }
  uint32_t option_bytes = segment.header_bytes - HEADER_BYTES;
  gboolean bad = segment.header_bytes < HEADER_BYTES || option_bytes > lec_reader_reported_left (reader);
  LecReader options = lec_reader_take (reader, bad ? 0 : option_bytes);
  LecReader header_state = *reader;
  LecReader payload = lec_reader_take (reader, lec_reader_reported_left (reader));
  segment.payload_bytes = bad ? 0 : payload.reported;
  if (bad)
    header_state.state |= LEC_READ_MALFORMED;
  lec_head_note_state (dissection, &header_state);
  ask_stream (dissection, &segment);
  if (head && !bad)
    fill_head (head, &segment, &payload);

  lec_open_group (dissection, FIELD (SELF), offset, HEADER_BYTES + options.captured, "%u → %u", segment.source_port,
                  segment.destination_port);
  lec_add_uint (dissection, FIELD (SRCPORT), offset, 2, segment.source_port);
  lec_add_uint (dissection, FIELD (DSTPORT), offset + 2, 2, segment.destination_port);
  if (dissection->has_stream && !dissection->quoted)
    lec_add_computed (dissection, FIELD (STREAM), dissection->stream.stream);
  if (!dissection->quoted)
    lec_add_computed (dissection, FIELD (LEN), segment.payload_bytes);
  add_numbers (dissection, &segment, offset);
  lec_add_scaled_bits (dissection, FIELD (HDR_LEN), offset + 12, 1, (segment.header_bytes / 4) << 4, 4);
  add_flags (dissection, offset + 12, segment.flags);
  add_window (dissection, &segment, offset + 14);
  add_checksum (dissection, &whole, offset + 16, checksum);
  lec_add_uint (dissection, FIELD (URGENT_POINTER), offset + 18, 2, urgent_pointer);
  if (options.captured)
    lec_tcp_options (dissection, &options, segment.acknowledgment_base, head);
  lec_add_state (dissection, &header_state);
  if (payload.captured && !bad)
    lec_add_bytes (dissection, FIELD (PAYLOAD), lec_reader_offset (&payload),
                   (LecBytes){ payload.bytes, payload.captured });
  if (surroundings && surroundings->verdicts && !dissection->quoted)
    surroundings->verdicts (surroundings, dissection, dissection->frame);
  if (surroundings && surroundings->replay && !dissection->quoted)
    surroundings->replay (surroundings, dissection, dissection->frame);
  lec_close (dissection);

  /* The options may be those of a quoted segment, which the head does not tell about. */
  int negotiated = head && segment.flags & LEC_TCP_SYN && head->flags & LEC_HEAD_SCALE ? head->window_shift : -1;
  if (!bad)
    lec_tcp_payload (dissection, &payload);
  if (lec_dissection_wants_summary (dissection, layer))
    set_summary (dissection, layer, &segment, negotiated);
}

const LecProtocol lec_tcp_protocol = {
  LEC_PROTOCOL_TCP, "tcp", "TCP", NULL, N_ ("Transmission Control Protocol"), lec_tcp_fields, lec_tcp_aliases, dissect,
};
