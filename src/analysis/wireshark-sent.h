/* What one direction sent and the other has not acknowledged yet, as Wireshark's rules keep it: every sending by
 * itself, repeats included, oldest first. One thread. */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* What is sent beyond so many is not kept. */
#define LEC_WIRESHARK_SENT_MAX 10000u

typedef struct {
  int64_t time_ns;
  uint32_t frame;
  uint32_t sequence; /* of its first byte that is not acknowledged */
  uint32_t end;      /* behind its last byte; SYN and FIN count as one */
} LecWiresharkSending;

/* sendings: LecWiresharkSending from `first` on, NULL = never any. ordered: they stand in the order of their bytes,
 * too, and far from a turn of the numbers. */
typedef struct {
  GArray *sendings;
  uint32_t first;
  gboolean ordered;
  uint32_t least_sequence; /* where they are not ordered: no sending begins before, … */
  uint32_t least_end;      /* … and none ends before */
  gboolean extent_known;   /* the three below are valid */
  uint32_t extent_base;    /* what they are counted from */
  uint32_t extent_start;
  uint32_t extent_end;
} LecWiresharkSent;

void lec_wireshark_sent_clear (LecWiresharkSent *sent);
uint32_t lec_wireshark_sent_n (const LecWiresharkSent *sent);
/* The oldest, or NULL. */
const LecWiresharkSending *lec_wireshark_sent_oldest (const LecWiresharkSent *sent);
/* Nothing where it is full. */
void lec_wireshark_sent_add (LecWiresharkSent *sent, const LecWiresharkSending *sending);
/* All before ACKNOWLEDGMENT goes; what it reaches into begins there now. Returns the oldest that ended exactly at it;
 * its frame is 0 where there is none. */
LecWiresharkSending lec_wireshark_sent_acknowledge (LecWiresharkSent *sent, uint32_t acknowledgment);
/* How far the last byte is from the first one, both as numbers counted from FIRST_SEQUENCE on: where that count turned
 * between them, it is no length but a number above G_MAXINT32. */
uint32_t lec_wireshark_sent_span (LecWiresharkSent *sent, uint32_t first_sequence);

G_END_DECLS
