/* What Wireshark 4.0 would flag of each segment of a TCP conversation, so that who knows its words can compare them
 * with Lectern's verdicts. The rules are told from its documentation and from what tshark 4.0.17 says of made and found
 * captures; they are its rules of thumb, and not Lectern's opinion.
 *
 * They go through the segments once, in the order of the capture, and never come back to one. A number of 0 counts as
 * not known in some of them, whatever it was, and times that go backwards count as very long. */
#pragma once

#include "analysis/wireshark-sent.h"
#include "protocol/head.h"

G_BEGIN_DECLS

/* In the order of wireshark.analysis.* in protocol/wireshark.c. */
typedef enum {
  LEC_WIRESHARK_RETRANSMISSION = 1 << 0, /* also where it is fast or spurious */
  LEC_WIRESHARK_FAST_RETRANSMISSION = 1 << 1,
  LEC_WIRESHARK_SPURIOUS_RETRANSMISSION = 1 << 2,
  LEC_WIRESHARK_OUT_OF_ORDER = 1 << 3,
  LEC_WIRESHARK_LOST_SEGMENT = 1 << 4,
  LEC_WIRESHARK_ACK_LOST_SEGMENT = 1 << 5,
  LEC_WIRESHARK_DUPLICATE_ACK = 1 << 6,
  LEC_WIRESHARK_KEEP_ALIVE = 1 << 7,
  LEC_WIRESHARK_KEEP_ALIVE_ACK = 1 << 8,
  LEC_WIRESHARK_ZERO_WINDOW = 1 << 9,
  LEC_WIRESHARK_ZERO_WINDOW_PROBE = 1 << 10,
  LEC_WIRESHARK_ZERO_WINDOW_PROBE_ACK = 1 << 11,
  LEC_WIRESHARK_WINDOW_FULL = 1 << 12,
  LEC_WIRESHARK_WINDOW_UPDATE = 1 << 13,
  LEC_WIRESHARK_REUSED_PORTS = 1 << 14,
} LecWiresharkFlags;

#define LEC_WIRESHARK_N_FLAGS 15u

/* What is said of one segment. */
typedef struct {
  uint32_t flags;           /* LecWiresharkFlags */
  uint32_t duplicate;       /* DUPLICATE_ACK: the how manieth … */
  uint32_t duplicate_of;    /* … of the acknowledgment in that frame; 0 = not known */
  uint32_t rto_frame;       /* RETRANSMISSION: what is taken for the timer ran from there on; 0 = not told */
  uint32_t acks_frame;      /* the segment that it acknowledges to the last byte; 0 = none */
  uint32_t bytes_in_flight; /* 0 = not told */
  int64_t initial_rtt_ns;   /* 0 = not told: not known, or nothing else was worked out; negative where the clock went
                               backwards */
} LecWiresharkFinding;
_Static_assert(sizeof (LecWiresharkFinding) == 32, "a million of them are 32 MB");

/* One direction, by the side that sends. */
typedef struct {
  LecWiresharkSent sent;
  int64_t next_ns;         /* time of the segment that brought `next` */
  int64_t last_ns;         /* of its last segment */
  uint32_t next;           /* behind the highest byte */
  uint32_t next_frame;     /* that brought it */
  uint32_t edge;           /* behind the last byte before the first gap, as the rules see it */
  uint32_t acknowledgment; /* of its last segment */
  uint32_t first_sequence; /* valid where first_known */
  uint32_t duplicates;     /* of `acknowledgment`; G_MAXUINT32: the other side was told to have acknowledged too much */
  uint32_t duplicates_of;  /* the frame that they repeat */
  uint32_t sacked_bytes;   /* that its last segment says it has of the other's */
  uint16_t window;         /* of its last segment, as sent */
  int8_t window_shift;     /* −1 not known, −2 not used */
  uint8_t last;            /* what its last segment was: see wireshark-rules.c */
  gboolean first_known;
  gboolean seen;
  gboolean flight_unknown; /* there was a gap, and no acknowledgment since */
} LecWiresharkSide;

typedef struct {
  LecWiresharkSide side[2];
  int64_t syn_ns; /* the last SYN without ACK, 0 = none */
  int64_t initial_rtt_ns;
} LecWiresharkFlow;

void lec_wireshark_flow_init (LecWiresharkFlow *flow);
void lec_wireshark_flow_clear (LecWiresharkFlow *flow);
/* Takes the next segment, in frame FRAME at TIME_NS, that SIDE sends. REUSED: it is the first of a conversation between
 * ports that were used before. */
void lec_wireshark_flow_segment (LecWiresharkFlow *flow, unsigned side, uint32_t frame, int64_t time_ns,
                                 const LecHead *head, gboolean reused, LecWiresharkFinding *finding);

G_END_DECLS
