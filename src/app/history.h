/* Where the user has been: frames that were selected, with a place in between "back" and "forward". */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct LecHistory LecHistory;

LecHistory *lec_history_new (void);
void lec_history_free (LecHistory *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecHistory, lec_history_free)

/* FRAME is where the user is now; what was "forward" is forgotten. Nothing happens where it is there already. */
void lec_history_visit (LecHistory *history, uint32_t frame);
/* The frame one step back or forward, 0 = none; and the step itself. */
uint32_t lec_history_peek (const LecHistory *history, int step);
void lec_history_move (LecHistory *history, int step);

G_END_DECLS
