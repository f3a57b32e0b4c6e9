#include "protocol/icmp-common.h"

const char *
lec_icmp_code_name (const LecIcmpCode *codes, uint8_t type, uint8_t code)
{
  for (; codes->name; codes++)
    if (codes->type == type && codes->code == code)
      return codes->name;
  return NULL;
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
