/* Where what a verdict is about was lost, as seen from the place of capture. */
#pragma once

#include "analysis/index.h"

G_BEGIN_DECLS

typedef enum {
  LEC_LOSS_NONE,       /* nothing was */
  LEC_LOSS_BEFORE,     /* between the sender and here */
  LEC_LOSS_AFTER,      /* between here and the receiver */
  LEC_LOSS_UNCAPTURED, /* it passed here, and the capture missed it */
  LEC_LOSS_UNCLEAR,    /* something may have been, and the trace does not tell what or where */
} LecLoss;

/* Changes as later frames tell more. */
LecLoss lec_verdict_loss (const LecVerdict *verdict);
/* The word of the command line's JSON and of lectern.verdict.place: "before"; NULL where nothing was lost. */
const char *lec_loss_name (LecLoss loss);

G_END_DECLS
