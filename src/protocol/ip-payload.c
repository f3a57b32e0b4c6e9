#include "protocol/ip-payload.h"

#include <glib/gi18n-lib.h>

#include "protocol/value-text.h"

const LecValueName lec_ip_protocol_names[] = {
  { 0, N_ ("Hop-by-hop options") },
  { 1, "ICMP" },
  { 2, "IGMP" },
  { 4, "IPv4" },
  { 6, "TCP" },
  { 17, "UDP" },
  { 33, "DCCP" },
  { 41, "IPv6" },
  { 43, N_ ("Routing header") },
  { 44, N_ ("Fragment header") },
  { 46, "RSVP" },
  { 47, "GRE" },
  { 50, "ESP" },
  { 51, "AH" },
  { 58, "ICMPv6" },
  { 59, N_ ("Nothing follows") },
  { 60, N_ ("Destination options") },
  { 88, "EIGRP" },
  { 89, "OSPF" },
  { 103, "PIM" },
  { 108, "IPComp" },
  { 112, "VRRP" },
  { 115, "L2TP" },
  { 132, "SCTP" },
  { 135, N_ ("Mobility header") },
  { 136, "UDP-Lite" },
  { 0, NULL },
};

/* IANA, "Differentiated Services Field Codepoints". */
const LecValueName lec_dscp_names[] = {
  { 0, N_ ("Default") }, { 1, "LE" },    { 8, "CS1" },   { 10, "AF11" }, { 12, "AF12" }, { 14, "AF13" },
  { 16, "CS2" },         { 18, "AF21" }, { 20, "AF22" }, { 22, "AF23" }, { 24, "CS3" },  { 26, "AF31" },
  { 28, "AF32" },        { 30, "AF33" }, { 32, "CS4" },  { 34, "AF41" }, { 36, "AF42" }, { 38, "AF43" },
  { 40, "CS5" },         { 44, "VA" },   { 46, "EF" },   { 48, "CS6" },  { 56, "CS7" },  { 0, NULL },
};

/* RFC 3168 §5. */
const LecValueName lec_ecn_names[] = {
  { 0, N_ ("Not ECN-capable") }, { 1, "ECT(1)" }, { 2, "ECT(0)" }, { 3, N_ ("Congestion experienced") }, { 0, NULL },
};

LecProtocolId
lec_ip_protocol_of (uint8_t number)
{
  static const struct {
    uint8_t number;
    uint8_t protocol;
  } protocols[] = {
    { LEC_IP_TCP, LEC_PROTOCOL_TCP },       { LEC_IP_UDP, LEC_PROTOCOL_UDP },   { LEC_IP_ICMP, LEC_PROTOCOL_ICMP },
    { LEC_IP_IGMP, LEC_PROTOCOL_IGMP },     { LEC_IP_IPV4, LEC_PROTOCOL_IPV4 }, { LEC_IP_IPV6, LEC_PROTOCOL_IPV6 },
    { LEC_IP_ICMPV6, LEC_PROTOCOL_ICMPV6 },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (protocols); i++)
    if (protocols[i].number == number)
      return protocols[i].protocol;
  return LEC_PROTOCOL_DATA;
}

void
lec_dissect_ip_payload (LecDissection *dissection, uint8_t number, LecReader *reader)
{
  if (number == LEC_IP_AH)
    number = lec_dissect_ah (dissection, reader);
  if (!dissection->quoted) {
    dissection->head.ip_protocol = number;
    dissection->head.payload = reader->bytes + reader->position;
    dissection->head.payload_captured = lec_reader_left (reader);
    dissection->head.payload_bytes = lec_reader_reported_left (reader);
  }
  if (number == LEC_IP_ESP)
    lec_dissect_esp (dissection, reader);
  else if (lec_ip_protocol_of (number) == LEC_PROTOCOL_DATA)
    lec_dissect_data (dissection, reader);
  else
    lec_dissect_next (dissection, lec_ip_protocol_of (number), reader);
}

void
lec_add_host (LecDissection *dissection, const LecField *field, const uint8_t *address, unsigned n_bytes)
{
  LecSurroundings *surroundings = dissection->surroundings;
  gboolean asks = surroundings && surroundings->name_of;
  const char *name = !lec_wants_field (dissection, field) ? ""
                     : asks                               ? surroundings->name_of (surroundings, address, n_bytes)
                                                          : NULL;
  char text[LEC_ADDRESS_TEXT];

  if (name || !dissection->sink->wants_text)
    lec_add_computed_string (dissection, field, name ? name : lec_address_text (address, n_bytes, text));
}

void
lec_ip_fragment_ask (LecDissection *dissection, LecIpFragment *fragment, const LecReader *body,
                     const LecIpFragmentFields *fields)
{
  LecSurroundings *surroundings = dissection->surroundings;

  if (dissection->quoted)
    return;
  LecHead *head = &dissection->head;
  head->flags |= LEC_HEAD_FRAGMENT;
  head->ip_protocol = fragment->ip_protocol;
  head->fragment_identification = fragment->identification;
  head->fragment_offset_bytes = fragment->offset_bytes;
  head->fragment_more = fragment->more;
  head->fragment = body->bytes + body->position;
  head->fragment_captured = lec_reader_left (body);
  head->fragment_bytes = lec_reader_reported_left (body);

  if (!surroundings || !surroundings->datagram || dissection->source)
    return;
  if (!surroundings->datagram (surroundings, dissection->frame, &fragment->datagram, &fragment->pieces,
                               &fragment->completed_in)) {
    fragment->datagram = (LecBytes){ NULL, 0 };
    if (fragment->completed_in)
      lec_add_computed (dissection, fields->reassembled_in, fragment->completed_in);
    return;
  }
  for (unsigned i = 0; fragment->pieces && i < fragment->pieces->len; i++)
    lec_add_computed (dissection, fields->fragment, g_array_index (fragment->pieces, LecPiece, i).frame);
  lec_add_computed (dissection, fields->count, fragment->pieces ? fragment->pieces->len : 0);
  lec_add_computed (dissection, fields->length, fragment->datagram.length);
}

void
lec_ip_fragment_dissect (LecDissection *dissection, LecIpFragment *fragment, LecReader *body)
{
  if (fragment->datagram.length) {
    const LecPiece *pieces = fragment->pieces ? &g_array_index (fragment->pieces, LecPiece, 0) : NULL;
    uint16_t former = lec_add_source (dissection, _ ("Reassembled datagram"), fragment->datagram, pieces,
                                      fragment->pieces ? fragment->pieces->len : 0);
    LecReader datagram = lec_reader (fragment->datagram.data, fragment->datagram.length, fragment->datagram.length, 0);
    lec_dissect_ip_payload (dissection, fragment->ip_protocol, &datagram);
    dissection->source = former;
  } else {
    lec_dissect_data (dissection, body);
  }
  g_clear_pointer (&fragment->pieces, g_array_unref);
}

void
lec_head_note_state (LecDissection *dissection, const LecReader *reader)
{
  if (dissection->quoted)
    return;
  if (reader->state & LEC_READ_CUT)
    dissection->head.flags |= LEC_HEAD_CUT;
  if (reader->state & LEC_READ_MALFORMED)
    dissection->head.flags |= LEC_HEAD_MALFORMED;
}

LecHead *
lec_ip_head (LecDissection *dissection, uint32_t version_flag)
{
  LecHead *head = &dissection->head;

  if (dissection->quoted)
    return NULL;
  if (head->flags & LEC_HEAD_IP)
    head->flags |= LEC_HEAD_TUNNELLED;
  head->flags &= ~(uint32_t) (LEC_HEAD_IPV6 | LEC_HEAD_CONGESTION);
  head->flags |= LEC_HEAD_IP | version_flag;
  return head;
}

void
lec_dissect_damaged_ip (LecDissection *dissection, const LecField *field, LecReader *reader, uint32_t offset)
{
  if (!reader->state)
    reader->state |= LEC_READ_MALFORMED;
  lec_open_group (dissection, field, offset, lec_reader_offset (reader) - offset, NULL);
  lec_add_state (dissection, reader);
  lec_close (dissection);
  lec_head_note_state (dissection, reader);
}

void
lec_add_ip_too_long (LecDissection *dissection, const LecField *field, uint32_t claimed, uint32_t available)
{
  if (dissection->quoted)
    return;
  lec_add_computed_text (dissection, field, 0, _ ("It says %u bytes, but the frame has only %u for it"), claimed,
                         available);
  dissection->head.flags |= LEC_HEAD_MALFORMED;
}

char *
lec_ip_protocol_text (uint8_t number)
{
  const char *name = lec_value_name (lec_ip_protocol_names, number);

  return name ? g_strdup (_ (name)) : g_strdup_printf (_ ("protocol %u"), number);
}

void
lec_ip_fragment_summarise (LecDissection *dissection, unsigned layer, const LecIpFragment *fragment,
                           uint32_t body_bytes)
{
  g_autofree char *name = lec_ip_protocol_text (fragment->ip_protocol);
  uint32_t end = fragment->offset_bytes + body_bytes;

  if (fragment->completed_in)
    lec_dissection_set_summary (dissection, layer, _ ("%s fragment, bytes %u to %u, whole in frame %u"), name,
                                fragment->offset_bytes, end, fragment->completed_in);
  else
    lec_dissection_set_summary (dissection, layer, _ ("%s fragment, bytes %u to %u%s"), name, fragment->offset_bytes,
                                end, fragment->more ? _ (", more to come") : "");
}
