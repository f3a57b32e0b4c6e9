/* All that is said of a trace as a whole: whether it is fit to be judged, and its story. Made in one go, then
 * immutable. */
#pragma once

#include "analysis/story.h"
#include "analysis/trust.h"

G_BEGIN_DECLS

typedef struct {
  LecTrust trust;
  GPtrArray *story; /* LecStoryLine, the most important first */
  int64_t took_us;  /* to make it */
} LecReport;

/* By what the index of SCAN has so far, which stays where it was: see lec_trust_scan_judge() for the time it takes, and
 * CANCEL, with which it returns NULL. The thread that owns SCAN. */
LecReport *lec_report_new (LecTrustScan *scan, const _Atomic unsigned *cancel);
void lec_report_free (LecReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecReport, lec_report_free)

G_END_DECLS
