/* Traces of TCP told segment by segment, written byte by byte as pcapng and run through the index pass. */
#pragma once

#include "loaded.h"

/* One frame. What is not said is as in the most ordinary segment. */
typedef struct {
  double ms;          /* since the trace began */
  unsigned side;      /* 0 = 192.0.2.1, 1 = 198.51.100.2 */
  const char *flags;  /* letters: S F R P A E(CE) C(WR); "D" = a datagram of UDP instead */
  uint32_t sequence;  /* from the side's own start, which is the SYN's */
  uint32_t ack;       /* from the other side's */
  uint32_t bytes;     /* of payload */
  uint16_t id;        /* IP identification, 0 = none */
  uint16_t window;    /* 0 = 8192; see SHUT */
  uint8_t hops;       /* TTL, 0 = 64 */
  uint8_t ecn;        /* the last two bits of the second byte of the IP header */
  uint16_t mss;       /* option, 0 = none */
  uint8_t scale;      /* option: shift + 1, 0 = none */
  uint32_t timestamp; /* option, 0 = none */
  uint32_t echo;
  uint32_t sack[2]; /* option, as `ack`; 0 = none */
  uint16_t vlan;    /* tag, 0 = none */
  uint8_t interface;
  uint16_t port;     /* of side 0, 0 = 40000 */
  uint32_t start;    /* added to the side's start: a port's next connection */
  gboolean wrong;    /* the TCP checksum is that of other bytes */
  uint16_t checksum; /* this one instead, 0 = the right one */
} StoryFrame;

#define SHUT 1u /* as a window: 0 */

/* N frames. IPv4, or IPv6 where IPV6. */
LecIndex *story_index (const StoryFrame *frames, unsigned n, gboolean ipv6);
#define STORY(frames) story_index (frames, G_N_ELEMENTS (frames), FALSE)

/* Fails unless FRAME has exactly the verdicts of WORDS, "kind kind …" in the order of their names ("" = none). */
void story_assert (const LecIndex *index, uint32_t frame, const char *words);
/* The one of KIND, which has to be there. */
const LecVerdict *story_verdict (const LecIndex *index, uint32_t frame, LecVerdictKind kind);
void story_assert_outcome (const LecIndex *index, uint32_t conversation, const char *words);
