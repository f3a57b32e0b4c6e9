/* The frame as the trace recorded it: what is known before its first byte is looked at. */
#include <glib/gi18n-lib.h>

#include "protocol/protocols.h"

enum {
  FRAME,
  INTERFACE_ID,
  INTERFACE_NAME,
  INTERFACE_DESCRIPTION,
  TIME,
  TIME_EPOCH,
  TIME_DELTA,
  TIME_RELATIVE,
  NUMBER,
  LEN,
  CAP_LEN,
  COMMENT,
  PROTOCOLS,
  CUT,
  MALFORMED,
  LIMIT,
};

static const LecField fields[] = {
  [FRAME] = { "frame", "CapFile", N_ ("Frame"), LEC_TYPE_PROTOCOL },
  [INTERFACE_ID] = { "frame.interface_id", "CapFile.InterfaceId", N_ ("Interface number"), LEC_TYPE_UINT32 },
  [INTERFACE_NAME] = { "frame.interface_name", "CapFile.InterfaceName", N_ ("Interface name"), LEC_TYPE_STRING },
  [INTERFACE_DESCRIPTION] = { "frame.interface_description", NULL, N_ ("Interface description"), LEC_TYPE_STRING },
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
  [COMMENT] = { "frame.comment", "CapFile.Comment", N_ ("Comment"), LEC_TYPE_STRING },
  [PROTOCOLS] = { "frame.protocols", NULL, N_ ("Protocols in this frame"), LEC_TYPE_STRING },
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
  lec_add_computed (dissection, &fields[INTERFACE_ID], dissection->interface);
  if (dissection->interface_name)
    lec_add_computed_string (dissection, &fields[INTERFACE_NAME], dissection->interface_name);
  if (dissection->interface_description)
    lec_add_computed_string (dissection, &fields[INTERFACE_DESCRIPTION], dissection->interface_description);
}

static void
dissect (LecDissection *dissection, LecReader *reader)
{
  LecProtocolId next = link_protocol (dissection->link_type);

  lec_open_group (dissection, &fields[FRAME], 0, dissection->captured_bytes, _ ("%u, %u of %u bytes captured"),
                  dissection->frame, dissection->captured_bytes, dissection->original_bytes);
  add_interface (dissection);
  add_times (dissection);
  lec_add_computed (dissection, &fields[NUMBER], dissection->frame);
  lec_add_computed (dissection, &fields[LEN], dissection->original_bytes);
  lec_add_computed (dissection, &fields[CAP_LEN], dissection->captured_bytes);
  for (char **comment = dissection->comments; comment && *comment; comment++)
    lec_add_computed_string (dissection, &fields[COMMENT], *comment);
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
