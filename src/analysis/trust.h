/* Is a trace fit to be judged? What its capture did to it, counted, and where it was taken. trust-text.c has the words.
 *
 * A scan goes over the columns of the index as frames come, each once; the rest is asked of conversations and counters
 * each time. One thread owns the scan; the index may be written meanwhile. */
#pragma once

#include "analysis/capture-point.h"

G_BEGIN_DECLS

/* In the order in which they weigh. */
typedef enum {
  LEC_TRUST_CLOCK,      /* the clock ran backwards: n times, `most` ns at most, for the first time so far at `frame` */
  LEC_TRUST_DROPPED,    /* frames that the capture itself says it lost; of `most` it says where */
  LEC_TRUST_UNCAPTURED, /* acknowledged, and not in the trace: n acknowledgments, `most` bytes in all */
  LEC_TRUST_ONE_WAY,    /* conversations of which only one direction is there, of all of TCP */
  LEC_TRUST_COPIES,     /* frames that were captured twice */
  LEC_TRUST_NO_HANDSHAKE, /* conversations that began before the capture, of all of TCP */
  LEC_TRUST_SUPER_FRAMES, /* frames longer than the network carries; `most` bytes the longest */
  LEC_TRUST_CUT,          /* frames cut short */
  LEC_TRUST_DAMAGED,      /* the file is cut off or damaged, and read as far as `frame` */
  LEC_N_TRUST
} LecTrustKind;

typedef enum {
  LEC_FIT,
  LEC_FIT_WITH_CARE,
  LEC_HARDLY_FIT,
} LecFitness;

typedef struct {
  uint64_t n;  /* 0 = there is none */
  uint64_t of; /* … of so many; 0 = does not apply */
  int64_t most;
  uint32_t frame;  /* the worst, 0 = none in particular */
  uint8_t fitness; /* LecFitness of a trace with this remark alone */
} LecTrustFact;

typedef struct {
  gboolean so_far; /* the trace is still being read */
  uint32_t n_frames;
  unsigned n_remarks; /* facts with n > 0 */
  uint8_t fitness;    /* LecFitness */
  LecTrustFact facts[LEC_N_TRUST];
  LecCapturePoint point;
} LecTrust;

typedef struct LecTrustScan LecTrustScan;

LecTrustScan *lec_trust_scan_new (LecIndex *index);
void lec_trust_scan_free (LecTrustScan *scan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecTrustScan, lec_trust_scan_free)
/* What it scans. Borrowed. */
LecIndex *lec_trust_scan_index (const LecTrustScan *scan);
/* Judges by what there is so far. Takes time that grows with the frames since the last call and with all
 * conversations; gives up soon once *CANCEL (or NULL) becomes non-zero, and *TRUST is then of no use. */
void lec_trust_scan_judge (LecTrustScan *scan, LecTrust *trust, const _Atomic unsigned *cancel);

G_END_DECLS
