/* The values of a field that occur in a trace, and in how many frames each: what somebody is likely to compare it with.
 *
 * Counted over the index's tables where those know the field (ports, addresses, streams, HTTP's methods and statuses,
 * verdicts); else by dissecting frames, of which there are only so many. It takes time that grows with the trace: a
 * worker's work. */
#pragma once

#include "filter/filter.h"

G_BEGIN_DECLS

/* VALUE as a filter writes it ("80", "\"GET\""). The count is that of `field == value`'s frames, where not `partial`.
 */
typedef struct {
  char *text;
  char *meaning; /* what else is known of it, translated ("HTTP", "Not Found", a host's name), or NULL */
  uint64_t n_frames;
} LecTraceValue;

/* Immutable once made: any thread. The most frequent first, and not all of many. */
typedef struct {
  const LecName *name; /* the registry's */
  uint32_t n_frames;   /* of the trace, when it was counted */
  LecTraceValue *values;
  unsigned n_values;
  gboolean partial; /* not all frames were looked at: each has at least so many */
} LecTraceValues;

/* FALSE: NAME has no values that are worth a list. */
gboolean lec_trace_values_wanted (const LecRegistry *registry, const LecName *name);
/* NULL once *CANCEL, which may be NULL, becomes non-zero. */
LecTraceValues *lec_trace_values_new (const LecRegistry *registry, LecIndex *index, LecFrameReader *reader,
                                      const LecName *name, const _Atomic unsigned *cancel);
void lec_trace_values_free (LecTraceValues *values);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecTraceValues, lec_trace_values_free)

G_END_DECLS
