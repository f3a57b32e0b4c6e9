/* The filters that were applied to a document one after the other, with a place in between "back" and "forward". Each
 * is kept whole, with its tiers and the parts that were off, and with where the list stood when it was left. */
#pragma once

#include "app/filter-tiers.h"
#include "app/list-place.h"

G_BEGIN_DECLS

typedef struct LecFilterTrail LecFilterTrail;

/* Begins with no filter. */
LecFilterTrail *lec_filter_trail_new (void);
void lec_filter_trail_free (LecFilterTrail *trail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecFilterTrail, lec_filter_trail_free)

/* The filter that is applied now is going to be left, with the list at PLACE. */
void lec_filter_trail_leave (LecFilterTrail *trail, const LecListPlace *place);
/* TIERS, copied, are what is applied now; what was "forward" is forgotten. Nothing happens where they were already. */
void lec_filter_trail_visit (LecFilterTrail *trail, const LecFilterTiers *tiers);
/* The filter one step back or forward, NULL = none; PLACE, which may be NULL, is where the list stood. Borrowed, until
 * the next change. */
const LecFilterTiers *lec_filter_trail_peek (const LecFilterTrail *trail, int step, LecListPlace *place);
/* The step itself. */
void lec_filter_trail_move (LecFilterTrail *trail, int step);

G_END_DECLS
