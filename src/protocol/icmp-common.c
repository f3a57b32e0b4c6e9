#include "protocol/icmp-common.h"

#include <glib/gi18n-lib.h>

#include "protocol/ip-checksum.h"

/* The translated name of CODE, or NULL. */
static const char *
code_name_of (const LecIcmpCode *codes, uint8_t type, uint8_t code)
{
  for (; codes->name; codes++)
    if (codes->type == type && codes->code == code)
      return _ (codes->name);
  return NULL;
}

/* The translated name of TYPE, or what stands for an unknown one. */
static const char *
type_name_of (const LecIcmpKind *kind, uint8_t type)
{
  const char *name = lec_value_name (kind->type->values, type);

  return name ? _ (name) : _ ("unknown message");
}

/* Opens the node of the message at which READER stands, and announces type, code and checksum. */
static void
open_message (LecDissection *dissection, LecReader *reader, const LecIcmpKind *kind)
{
  LecReader whole =
      lec_reader (reader->bytes + reader->position, lec_reader_left (reader), lec_reader_reported_left (reader), 0);
  uint8_t type = lec_reader_peek (reader, 0);
  uint16_t expected;
  LecChecksumReason reason;

  lec_open_group (dissection, kind->message, lec_reader_offset (reader), lec_reader_left (reader), "%s",
                  type_name_of (kind, type));
  lec_take_uint (dissection, reader, kind->type, 1);
  uint32_t offset = lec_reader_offset (reader);
  uint8_t code = lec_read_u8 (reader);
  uint16_t stored = lec_read_u16 (reader);
  if (reader->state)
    return;
  const char *code_name = code_name_of (kind->codes, type, code);
  lec_add_uint_text (dissection, kind->code, offset, 1, code, "%u%s%s", code, code_name ? ": " : "",
                     code_name ? code_name : "");
  LecChecksumStatus status =
      kind->pseudo_header ? lec_checksum_judge (dissection, &whole, kind->pseudo_header, stored, &expected, &reason)
                          : lec_checksum_judge_alone (dissection, &whole, stored, &expected, &reason);
  lec_add_checksum (dissection, kind->checksum, kind->checksum_status, kind->checksum_calculated, offset + 1, stored,
                    expected, status, reason);
}

static void
summarise (LecDissection *dissection, unsigned layer, const LecIcmpKind *kind, LecReader body, uint8_t type,
           uint8_t code)
{
  const char *name = type_name_of (kind, type);
  const char *code_name = code_name_of (kind->codes, type, code);

  if (!lec_dissection_wants_summary (dissection, layer))
    return;
  if (type == kind->echo || type == kind->echo_reply) {
    uint16_t ident = lec_read_u16 (&body);
    uint16_t sequence = lec_read_u16 (&body);
    lec_dissection_set_summary (dissection, layer, _ ("%s, identifier %u, sequence %u"), name, ident, sequence);
  } else if (!kind->summarise || !kind->summarise (dissection, layer, name, body, type)) {
    lec_dissection_set_summary (dissection, layer, "%s%s%s", name, code_name ? ", " : "", code_name ? code_name : "");
  }
}

void
lec_icmp_add_partner (LecDissection *dissection, const LecIcmpEchoFields *fields, gboolean is_reply)
{
  LecSurroundings *surroundings = dissection->surroundings;
  int64_t asked_ns;

  if (!surroundings || !surroundings->partner || dissection->quoted)
    return;
  uint32_t partner = surroundings->partner (surroundings, dissection->frame);
  if (partner == 0)
    return;
  lec_add_computed (dissection, is_reply ? fields->response_to : fields->response_in, partner);
  if (is_reply && surroundings->time_of && surroundings->time_of (surroundings, partner, &asked_ns))
    lec_add_computed_real (dissection, fields->response_time, (double) (dissection->time_ns - asked_ns) / 1e6);
}

void
lec_icmp_dissect_quoted (LecDissection *dissection, LecProtocolId protocol, LecReader *reader)
{
  gboolean former = dissection->quoted;

  if (lec_reader_left (reader) == 0)
    return;
  dissection->quoted = TRUE;
  lec_dissect_next (dissection, protocol, reader);
  dissection->quoted = former;
}

void
lec_icmp_dissect (LecDissection *dissection, LecReader *reader, const LecIcmpKind *kind)
{
  LecSurroundings *surroundings = dissection->surroundings;
  unsigned layer = lec_dissection_layer (dissection);
  uint8_t type = lec_reader_peek (reader, 0);
  uint8_t code = lec_reader_peek (reader, 1);
  gboolean quotes = FALSE;

  open_message (dissection, reader, kind);
  LecReader body = *reader;
  uint32_t quoted = kind->dissect_rest (dissection, reader, type, code, &quotes);
  lec_add_state (dissection, reader);
  if (surroundings && surroundings->verdicts && !dissection->quoted)
    surroundings->verdicts (surroundings, dissection, dissection->frame);
  lec_close (dissection);
  summarise (dissection, layer, kind, body, type, code);
  if (quotes && reader->state == LEC_READ_OK) {
    uint32_t left = lec_reader_reported_left (reader);
    LecReader packet = lec_reader_take (reader, quoted && quoted <= left ? quoted : left);
    lec_icmp_dissect_quoted (dissection, kind->quoted, &packet);
  }
  if (lec_reader_left (reader))
    lec_dissect_data (dissection, reader);
}
