/* The frame as the trace recorded it: what is known before its first byte is looked at. */
#include <glib/gi18n-lib.h>

#include "protocol/encapsulation.h"
#include "protocol/protocols.h"

enum {
  FRAME,
  SECTION_NUMBER,
  INTERFACE_ID,
  INTERFACE_NAME,
  INTERFACE_DESCRIPTION,
  INTERFACE_QUEUE,
  FLAGS,
  FLAGS_DIRECTION,
  FLAGS_RECEPTION,
  FLAGS_FCS_LENGTH,
  FLAGS_RESERVED,
  FLAGS_CRC_ERROR,
  FLAGS_TOO_LONG,
  FLAGS_TOO_SHORT,
  FLAGS_GAP,
  FLAGS_UNALIGNED,
  FLAGS_DELIMITER,
  FLAGS_PREAMBLE,
  FLAGS_SYMBOL,
  PACKET_ID,
  VERDICT,
  VERDICT_HARDWARE,
  VERDICT_TC,
  VERDICT_XDP,
  VERDICT_UNKNOWN,
  ENCAP_TYPE,
  TIME,
  TIME_EPOCH,
  TIME_DELTA,
  TIME_RELATIVE,
  NUMBER,
  LEN,
  CAP_LEN,
  DROP_COUNT,
  COMMENT,
  PROTOCOLS,
  SUMMARY,
  MODULE,
  CUT,
  MALFORMED,
  LIMIT,
};

/* epb_flags, draft-ietf-opsawg-pcapng §4.3.1. */
static const LecValueName directions[] = {
  { 0, N_ ("not told") }, { 1, N_ ("inbound") }, { 2, N_ ("outbound") }, { 0, NULL }
};
static const LecValueName receptions[] = { { 0, N_ ("not told") },  { 1, N_ ("unicast") },     { 2, N_ ("multicast") },
                                           { 3, N_ ("broadcast") }, { 4, N_ ("promiscuous") }, { 0, NULL } };

/* Linux: enum xdp_action, and the TC_ACT_ of its pkt_cls.h. */
static const LecValueName xdp_verdicts[] = { { 0, "XDP_ABORTED" }, { 1, "XDP_DROP" },     { 2, "XDP_PASS" },
                                             { 3, "XDP_TX" },      { 4, "XDP_REDIRECT" }, { 0, NULL } };
static const LecValueName tc_verdicts[] = { { (uint64_t) -1, "TC_ACT_UNSPEC" },
                                            { 0, "TC_ACT_OK" },
                                            { 1, "TC_ACT_RECLASSIFY" },
                                            { 2, "TC_ACT_SHOT" },
                                            { 3, "TC_ACT_PIPE" },
                                            { 4, "TC_ACT_STOLEN" },
                                            { 5, "TC_ACT_QUEUED" },
                                            { 6, "TC_ACT_REPEAT" },
                                            { 7, "TC_ACT_REDIRECT" },
                                            { 8, "TC_ACT_TRAP" },
                                            { 0, NULL } };

static const LecField fields[] = {
  [FRAME] = { "frame", "CapFile", N_ ("Frame"), LEC_TYPE_PROTOCOL },
  [SECTION_NUMBER] = { "frame.section_number", NULL, N_ ("Section number"), LEC_TYPE_UINT32 },
  [INTERFACE_ID] = { "frame.interface_id", "CapFile.InterfaceId", N_ ("Interface number"), LEC_TYPE_UINT32 },
  [INTERFACE_NAME] = { "frame.interface_name", "CapFile.InterfaceName", N_ ("Interface name"), LEC_TYPE_STRING },
  [INTERFACE_DESCRIPTION] = { "frame.interface_description", NULL, N_ ("Interface description"), LEC_TYPE_STRING },
  [INTERFACE_QUEUE] = { "frame.interface_queue", NULL, N_ ("Interface queue"), LEC_TYPE_UINT32,
                        .explanation = N_ ("Which of the network card's receive queues this frame came in through.") },
  [FLAGS] = { "frame.packet_flags", NULL, N_ ("Packet flags"), LEC_TYPE_UINT32, LEC_SHOW_HEX,
              .explanation = N_ ("What the capturing machine noted beside the frame: which way it went, how it was "
                                 "addressed, and what the network card found wrong with it.") },
  [FLAGS_DIRECTION] = { "frame.packet_flags_direction", NULL, N_ ("Direction"), LEC_TYPE_UINT32, LEC_SHOW_HEX, 0x3,
                        directions,
                        N_ ("Inbound frames were received by the capturing machine, outbound ones sent by it.") },
  [FLAGS_RECEPTION] = { "frame.packet_flags_reception_type", NULL, N_ ("Reception type"), LEC_TYPE_UINT32,
                        LEC_SHOW_DECIMAL, 0x1c, receptions },
  [FLAGS_FCS_LENGTH] = { "frame.packet_flags_fcs_length", NULL, N_ ("Check sequence length"), LEC_TYPE_UINT32,
                         LEC_SHOW_DECIMAL, 0x1e0 },
  [FLAGS_RESERVED] = { "frame.packet_flags_reserved", NULL, N_ ("Reserved"), LEC_TYPE_UINT32, LEC_SHOW_DECIMAL,
                       0xfe00 },
  [FLAGS_CRC_ERROR] = { "frame.packet_flags_crc_error", NULL, N_ ("Check sequence wrong"), LEC_TYPE_BOOLEAN,
                        .mask = 0x1000000 },
  [FLAGS_TOO_LONG] = { "frame.packet_flags_packet_too_error", NULL, N_ ("Too long"), LEC_TYPE_BOOLEAN,
                       .mask = 0x2000000 },
  [FLAGS_TOO_SHORT] = { "frame.packet_flags_packet_too_short_error", NULL, N_ ("Too short"), LEC_TYPE_BOOLEAN,
                        .mask = 0x4000000 },
  [FLAGS_GAP] = { "frame.packet_flags_wrong_inter_frame_gap_error", NULL, N_ ("Wrong gap between frames"),
                  LEC_TYPE_BOOLEAN, .mask = 0x8000000 },
  [FLAGS_UNALIGNED] = { "frame.packet_flags_unaligned_frame_error", NULL, N_ ("Unaligned"), LEC_TYPE_BOOLEAN,
                        .mask = 0x10000000 },
  [FLAGS_DELIMITER] = { "frame.packet_flags_start_frame_delimiter_error", NULL, N_ ("Start delimiter wrong"),
                        LEC_TYPE_BOOLEAN, .mask = 0x20000000 },
  [FLAGS_PREAMBLE] = { "frame.packet_flags_preamble_error", NULL, N_ ("Preamble wrong"), LEC_TYPE_BOOLEAN,
                       .mask = 0x40000000 },
  [FLAGS_SYMBOL] = { "frame.packet_flags_symbol_error", NULL, N_ ("Symbol wrong"), LEC_TYPE_BOOLEAN,
                     .mask = 0x80000000 },
  [PACKET_ID] = { "frame.packet_id", NULL, N_ ("Packet identifier"), LEC_TYPE_UINT64,
                  .explanation = N_ ("The same packet seen on several interfaces has the same identifier.") },
  [VERDICT] = { "frame.verdict", NULL, N_ ("Verdict"), LEC_TYPE_STRING,
                .explanation = N_ ("What the capturing machine did with the packet, as its network card or a program "
                                   "in its kernel decided.") },
  [VERDICT_HARDWARE] = { "frame.verdict.hw", NULL, N_ ("By the hardware"), LEC_TYPE_BYTES },
  [VERDICT_TC] = { "frame.verdict.ebpf_tc", NULL, N_ ("By traffic control"), LEC_TYPE_INT64, LEC_SHOW_DECIMAL, 0,
                   tc_verdicts },
  [VERDICT_XDP] = { "frame.verdict.ebpf_xdp", NULL, N_ ("By the express data path"), LEC_TYPE_INT64, LEC_SHOW_DECIMAL,
                    0, xdp_verdicts },
  [VERDICT_UNKNOWN] = { "frame.verdict.unknown", NULL, N_ ("Of an unknown kind"), LEC_TYPE_BYTES },
  [ENCAP_TYPE] = { "frame.encap_type", NULL, N_ ("Link type"), LEC_TYPE_INT32,
                   .explanation = N_ ("What the frame's first bytes are the header of. The name is libpcap's, the "
                                      "number that filters compare is Wireshark's.") },
  [TIME] = { "frame.time", "CapFile.Timestamp", N_ ("Time"), LEC_TYPE_TIME,
             .explanation = N_ (
                 "When the capturing machine's clock saw this frame. It is the moment of capture, not of sending.") },
  [TIME_EPOCH] = { "frame.time_epoch", NULL, N_ ("Time since 1970"), LEC_TYPE_DURATION },
  [TIME_DELTA] = { "frame.time_delta", "CapFile.TimeDelta", N_ ("Time since the frame before"), LEC_TYPE_DURATION },
  [TIME_RELATIVE] = { "frame.time_relative", "CapFile.DeltaFromFirst", N_ ("Time since the first frame"),
                      LEC_TYPE_DURATION },
  [NUMBER] = { "frame.number", "CapFile.FrameNumber", N_ ("Frame number"), LEC_TYPE_UINT32,
               .explanation =
                   N_ ("The frame's place in the trace, counted from 1. It never changes, whatever is filtered.") },
  [LEN] = { "frame.len", "CapFile.OriginalLength", N_ ("Length on the wire"), LEC_TYPE_UINT32 },
  [CAP_LEN] = { "frame.cap_len", "CapFile.CapturedLength", N_ ("Length in the trace"), LEC_TYPE_UINT32,
                .explanation =
                    N_ ("How many of the frame's bytes the capture kept. Fewer than were on the wire means that the "
                        "capture was told to cut frames short (its snap length).") },
  [DROP_COUNT] = { "frame.drop_count", NULL, N_ ("Frames dropped before it"), LEC_TYPE_UINT64,
                   .explanation = N_ ("How many frames the capture lost between this one and the one before it on the "
                                      "same interface. They were on the wire, but are not in the trace.") },
  [COMMENT] = { "frame.comment", "CapFile.Comment", N_ ("Comment"), LEC_TYPE_STRING },
  [PROTOCOLS] = { "frame.protocols", NULL, N_ ("Protocols in this frame"), LEC_TYPE_STRING },
  [SUMMARY] = { "_ws.col.info", "CapFile.Summary", N_ ("Summary"), LEC_TYPE_STRING,
                .explanation = N_ ("What the list says of the frame or of one of its layers, to search for words.") },
  [MODULE] = { "_ws.col.protocol", "CapFile.Module", N_ ("Module"), LEC_TYPE_STRING,
               .explanation = N_ ("What the list says of a frame in the column “Module”: its topmost protocol.") },
  [CUT] = { "lectern.cut", NULL, N_ ("Cut short"), LEC_TYPE_NONE,
            .explanation =
                N_ ("The capture did not keep all bytes of this frame, and some of them would have been read here.") },
  [MALFORMED] = { "_ws.malformed", NULL, N_ ("Malformed"), LEC_TYPE_NONE,
                  .explanation =
                      N_ ("The lengths in this message do not fit together: it was damaged, or something else is taken "
                          "for this protocol.") },
  [LIMIT] = { "lectern.limit", NULL, N_ ("Limit reached"), LEC_TYPE_NONE,
              .explanation =
                  N_ ("Looking further would take memory or time without bound, as only damaged or hostile traffic "
                      "needs.") },
  { NULL },
};

const LecField *const lec_field_cut = &fields[CUT];
const LecField *const lec_field_malformed = &fields[MALFORMED];
const LecField *const lec_field_limit = &fields[LIMIT];
const LecField *const lec_field_summary = &fields[SUMMARY];
const LecField *const lec_field_module = &fields[MODULE];

/* The protocol of a LINKTYPE_ value (tcpdump.org, "Link-layer header types"). */
static LecProtocolId
link_protocol (uint16_t link_type)
{
  static const struct {
    uint16_t link_type;
    LecProtocolId protocol;
  } links[] = {
    { 1, LEC_PROTOCOL_ETHERNET }, { 0, LEC_PROTOCOL_LOOPBACK }, { 108, LEC_PROTOCOL_LOOPBACK },
    { 113, LEC_PROTOCOL_COOKED }, { 276, LEC_PROTOCOL_COOKED }, { 101, LEC_PROTOCOL_RAW },
    { 12, LEC_PROTOCOL_RAW },     { 14, LEC_PROTOCOL_RAW },     { 228, LEC_PROTOCOL_IPV4 },
    { 229, LEC_PROTOCOL_IPV6 },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (links); i++)
    if (links[i].link_type == link_type)
      return links[i].protocol;
  return LEC_PROTOCOL_DATA;
}

static void
add_times (LecDissection *dissection)
{
  LecSurroundings *surroundings = dissection->surroundings;
  int64_t previous_ns = dissection->time_ns, first_ns = dissection->time_ns;

  lec_add_computed (dissection, &fields[TIME], (uint64_t) dissection->time_ns);
  lec_add_computed (dissection, &fields[TIME_EPOCH], (uint64_t) dissection->time_ns);
  if (surroundings && surroundings->times)
    surroundings->times (surroundings, dissection->frame, &previous_ns, &first_ns);
  lec_add_computed (dissection, &fields[TIME_DELTA], (uint64_t) (dissection->time_ns - previous_ns));
  lec_add_computed (dissection, &fields[TIME_RELATIVE], (uint64_t) (dissection->time_ns - first_ns));
}

static void
add_interface (LecDissection *dissection)
{
  if (dissection->interface == G_MAXUINT32)
    return;
  lec_add_computed (dissection, &fields[SECTION_NUMBER], dissection->section);
  lec_add_computed (dissection, &fields[INTERFACE_ID], dissection->interface);
  if (dissection->interface_name)
    lec_add_computed_string (dissection, &fields[INTERFACE_NAME], dissection->interface_name);
  if (dissection->interface_description)
    lec_add_computed_string (dissection, &fields[INTERFACE_DESCRIPTION], dissection->interface_description);
}

static void
add_flags (LecDissection *dissection, uint32_t flags)
{
  lec_open_uint (dissection, &fields[FLAGS], 0, 0, flags);
  for (unsigned i = FLAGS_DIRECTION; i <= FLAGS_SYMBOL; i++)
    lec_add_computed (dissection, &fields[i], (flags & fields[i].mask) >> __builtin_ctzll (fields[i].mask));
  lec_close (dissection);
}

static void
append_verdict (GString *text, const LecNotedVerdict *verdict)
{
  const char *name = NULL;

  if (verdict->kind == LEC_NOTED_VERDICT_TC)
    name = lec_value_name (tc_verdicts, (uint64_t) verdict->number);
  else if (verdict->kind == LEC_NOTED_VERDICT_XDP)
    name = lec_value_name (xdp_verdicts, (uint64_t) verdict->number);
  if (text->len)
    g_string_append (text, ", ");
  if (name)
    g_string_append (text, name);
  else if (verdict->kind == LEC_NOTED_VERDICT_TC || verdict->kind == LEC_NOTED_VERDICT_XDP)
    g_string_append_printf (text, "%s %" G_GINT64_FORMAT, verdict->kind == LEC_NOTED_VERDICT_TC ? "TC" : "XDP",
                            verdict->number);
  else if (verdict->kind == LEC_NOTED_VERDICT_HARDWARE)
    g_string_append (text, "hardware");
  else
    g_string_append_printf (text, "kind %u", verdict->kind);
}

static void
add_verdict_number (LecDissection *dissection, const LecField *field, int64_t number)
{
  const char *name = lec_value_name (field->values, (uint64_t) number);

  if (name)
    lec_add_computed_text (dissection, field, (uint64_t) number, "%s(%" G_GINT64_FORMAT ")", name, number);
  else
    lec_add_computed (dissection, field, (uint64_t) number);
}

/* The first value says them all by name, untranslated, as filters compare it; those below it are the numbers. */
static void
add_verdicts (LecDissection *dissection, const LecNotes *notes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!notes->n_verdicts)
    return;
  for (unsigned i = 0; i < notes->n_verdicts; i++)
    append_verdict (text, &notes->verdicts[i]);
  lec_open_string (dissection, &fields[VERDICT], 0, 0, text->str, (gssize) text->len);
  for (unsigned i = 0; i < notes->n_verdicts; i++) {
    const LecNotedVerdict *verdict = &notes->verdicts[i];
    const LecBytes bytes = { verdict->bytes, verdict->n_bytes };

    if (verdict->kind == LEC_NOTED_VERDICT_TC)
      add_verdict_number (dissection, &fields[VERDICT_TC], verdict->number);
    else if (verdict->kind == LEC_NOTED_VERDICT_XDP)
      add_verdict_number (dissection, &fields[VERDICT_XDP], verdict->number);
    else
      lec_add_computed_bytes (
          dissection, &fields[verdict->kind == LEC_NOTED_VERDICT_HARDWARE ? VERDICT_HARDWARE : VERDICT_UNKNOWN], bytes);
  }
  lec_close (dissection);
}

static void
add_capture_notes (LecDissection *dissection, const LecNotes *notes)
{
  if (notes->queue >= 0)
    lec_add_computed (dissection, &fields[INTERFACE_QUEUE], (uint64_t) notes->queue);
  if (notes->has_flags)
    add_flags (dissection, notes->flags);
  if (notes->packet_id >= 0)
    lec_add_computed (dissection, &fields[PACKET_ID], (uint64_t) notes->packet_id);
  add_verdicts (dissection, notes);
}

static void
add_link_type (LecDissection *dissection)
{
  g_autofree char *name = dissection->sink->wants_text ? lec_link_type_dup_name (dissection->link_type) : NULL;

  if (dissection->link_type != LEC_LINK_TYPE_UNKNOWN)
    lec_add_computed_text (dissection, &fields[ENCAP_TYPE], lec_encapsulation (dissection->link_type), "%s", name);
}

static void
add_comments (LecDissection *dissection, const LecNotes *notes)
{
  if (notes->dropped_frames >= 0)
    lec_add_computed (dissection, &fields[DROP_COUNT], (uint64_t) notes->dropped_frames);
  for (char **comment = notes->comments; comment && *comment; comment++)
    lec_add_computed_string (dissection, &fields[COMMENT], *comment);
}

static void
dissect (LecDissection *dissection, LecReader *reader)
{
  LecProtocolId next = link_protocol (dissection->link_type);

  lec_open_group (dissection, &fields[FRAME], 0, dissection->captured_bytes, _ ("%u, %u of %u bytes captured"),
                  dissection->frame, dissection->captured_bytes, dissection->original_bytes);
  add_interface (dissection);
  if (dissection->notes)
    add_capture_notes (dissection, dissection->notes);
  add_link_type (dissection);
  add_times (dissection);
  lec_add_computed (dissection, &fields[NUMBER], dissection->frame);
  lec_add_computed (dissection, &fields[LEN], dissection->original_bytes);
  lec_add_computed (dissection, &fields[CAP_LEN], dissection->captured_bytes);
  if (dissection->notes)
    add_comments (dissection, dissection->notes);
  lec_close (dissection);

  lec_dissect_next (dissection, next, reader);
  if (lec_dissection_wants_summary (dissection, 0))
    lec_dissection_set_summary (dissection, 0, _ ("%u bytes, %u captured"), dissection->original_bytes,
                                dissection->captured_bytes);
}

void
lec_frame_finish (LecDissection *dissection)
{
  lec_add_computed_string (dissection, &fields[PROTOCOLS], dissection->path);
}

const LecProtocol lec_frame_protocol = {
  LEC_PROTOCOL_FRAME, "frame", "Frame", "CapFile", N_ ("Frame"), fields, NULL, dissect,
};
