#include "analysis/report.h"

#include "base/publish.h"

LecReport *
lec_report_new (LecTrustScan *scan, const _Atomic unsigned *cancel)
{
  int64_t start_us = g_get_monotonic_time ();
  g_autoptr (LecReport) report = g_new0 (LecReport, 1);

  lec_trust_scan_judge (scan, &report->trust, cancel);
  report->story = lec_story_new (lec_trust_scan_index (scan), cancel);
  if (cancel && LEC_GET (*cancel))
    return NULL;
  report->took_us = g_get_monotonic_time () - start_us;
  return g_steal_pointer (&report);
}

void
lec_report_free (LecReport *report)
{
  if (!report)
    return;
  g_clear_pointer (&report->story, g_ptr_array_unref);
  g_free (report);
}
