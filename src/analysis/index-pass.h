/* The index pass: reads a trace from front to back and fills its index.
 *
 * Two threads: one reads and dissects heads, batch by batch; the other follows conversations, verdicts, streams and
 * operations, and publishes. Batches go round through two blocking queues. */
#pragma once

#include "analysis/index.h"

G_BEGIN_DECLS

typedef struct LecIndexPass LecIndexPass;

/* Called by the pass's second thread after every published block, and once more when all is final. Must be quick and
 * must not call into GTK. */
typedef void (*LecIndexPassFunc) (LecIndex *index, void *data);

LecIndexPass *lec_index_pass_new (LecIndex *index, LecIndexPassFunc published, void *data);
/* Runs in the calling thread (which is the second one) until the trace ends, is damaged, or is cancelled. */
void lec_index_pass_run (LecIndexPass *pass);
/* Any thread. What was read stays and is made final. */
void lec_index_pass_cancel (LecIndexPass *pass);
void lec_index_pass_free (LecIndexPass *pass);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecIndexPass, lec_index_pass_free)

G_END_DECLS
