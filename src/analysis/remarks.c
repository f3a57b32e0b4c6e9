#include "analysis/remarks.h"

#include "analysis/capture-point.h"
#include "base/publish.h"

#define TCP 6
/* Headers without options, of IP and TCP together, that a maximum segment size leaves out (RFC 6691 §2). */
#define IPV4_TCP_HEADER_BYTES 40u
#define IPV6_TCP_HEADER_BYTES 60u
#define ETHERNET_LINK_TYPE    1
#define ETHERNET_PAYLOAD      1500u
/* What may stand around the packet besides the link's header: two VLAN tags and a check sequence. */
#define EXTRAS_BYTES 12u

static const struct {
  uint16_t link_type;
  uint8_t header_bytes;
} links[] = {
  { ETHERNET_LINK_TYPE, 14 },
  { 113, 16 },
  { 276, 20 },
  { 0, 4 },
  { 108, 4 },
  { 101, 0 },
  { 12, 0 },
  { 14, 0 },
  { 228, 0 },
  { 229, 0 },
};

const char *
lec_remark_name (LecRemark remark)
{
  static const char *const names[] = { "cut-short", "super-frame", "handshake-missing", "one-way" };
  return names[remark];
}

/* The largest packet that SIDE may send; 0 = unknown. Within a machine no link sets a bound. */
static uint32_t
largest_packet (const LecIndex *index, uint32_t conversation, unsigned side, uint16_t link_type)
{
  const LecConversation *row = lec_index_conversation (index, conversation);
  uint32_t mss = LEC_GET (lec_index_opening (index, conversation)->mss[!side]);

  if (row->ip_protocol == TCP && mss)
    return mss + (row->address[0].n_bytes == 16 ? IPV6_TCP_HEADER_BYTES : IPV4_TCP_HEADER_BYTES);
  return link_type == ETHERNET_LINK_TYPE && !lec_conversation_is_local (row) ? ETHERNET_PAYLOAD : 0;
}

uint32_t
lec_remarks_longest_frame (const LecIndex *index, uint32_t conversation, unsigned side, uint16_t link_type)
{
  uint32_t packet = largest_packet (index, conversation, side, link_type);

  if (!packet || LEC_GET (lec_index_conversation (index, conversation)->traits) & LEC_TRAIT_TUNNELLED)
    return G_MAXUINT32;
  for (unsigned i = 0; i < G_N_ELEMENTS (links); i++)
    if (links[i].link_type == link_type)
      return packet + links[i].header_bytes + EXTRAS_BYTES;
  return G_MAXUINT32;
}

/* Of one frame nothing can be said. Where nobody answers, nothing is missing: then all is sent again and again. */
static gboolean
goes_one_way (const LecConversation *conversation)
{
  uint32_t n_frames[2] = { LEC_GET (conversation->n_frames[0]), LEC_GET (conversation->n_frames[1]) };

  if (n_frames[0] && n_frames[1])
    return FALSE;
  uint32_t n_resent = LEC_GET (conversation->n_retransmissions[0]) + LEC_GET (conversation->n_retransmissions[1]);
  return n_frames[0] + n_frames[1] > MAX (1, LEC_GET (conversation->n_syns)) &&
         n_resent < (n_frames[0] + n_frames[1]) / 2;
}

unsigned
lec_remarks_of_conversation (const LecConversation *conversation)
{
  unsigned remarks = 0;

  if (conversation->ip_protocol != TCP)
    return 0;
  if (LEC_GET (conversation->handshake) == LEC_HANDSHAKE_MISSING)
    remarks |= 1u << LEC_REMARK_NO_HANDSHAKE;
  if (goes_one_way (conversation))
    remarks |= 1u << LEC_REMARK_ONE_WAY;
  return remarks;
}

unsigned
lec_remarks_of_frame (const LecIndex *index, uint32_t frame)
{
  uint8_t state = lec_index_state (index, frame);
  uint32_t conversation = lec_index_conversation_of (index, frame);
  unsigned remarks = state & LEC_FRAME_CUT ? 1u << LEC_REMARK_CUT : 0;

  if (conversation == G_MAXUINT32)
    return remarks;
  remarks |= lec_remarks_of_conversation (lec_index_conversation (index, conversation));
  const LecInterface *interface =
      lec_trace_interface (index->trace, LEC_PLACE_INTERFACE (lec_index_place (index, frame)));
  if (interface &&
      LEC_COLUMN (&index->length, uint16_t, frame) >
          lec_remarks_longest_frame (index, conversation, (state & LEC_FRAME_SIDE) != 0, interface->link_type))
    remarks |= 1u << LEC_REMARK_SUPER_FRAME;
  return remarks;
}
