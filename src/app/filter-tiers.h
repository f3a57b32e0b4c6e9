/* The filter of a window as a stack of tiers: each narrows what the one before it lets pass. The last is the one that
 * stands in the entry; it is divided into its parts, which can be taken out one by one and put back.
 *
 * What can be switched off, inverted and removed by itself is a piece: a tier that was kept, or a part of the last.
 * Pieces are numbered in the order in which they are read: the kept tiers, then the parts. */
#pragma once

#include "filter/filter.h"

G_BEGIN_DECLS

typedef struct LecFilterTiers LecFilterTiers;

typedef struct {
  const char *text; /* as it was written; a part is an expression of its own */
  gboolean is_tier; /* one that was kept */
  gboolean on;
} LecFilterPiece;

/* One empty tier. */
LecFilterTiers *lec_filter_tiers_new (void);
LecFilterTiers *lec_filter_tiers_copy (const LecFilterTiers *tiers);
void lec_filter_tiers_free (LecFilterTiers *tiers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecFilterTiers, lec_filter_tiers_free)
gboolean lec_filter_tiers_equal (const LecFilterTiers *a, const LecFilterTiers *b);

/* The last tier: what of its parts is on. Borrowed, until the next change. */
const char *lec_filter_tiers_text (const LecFilterTiers *tiers);
/* All that is in force as one filter, as it was written where that is one tier alone; "" = nothing is. Free with
 * g_free(). */
char *lec_filter_tiers_dup_filter (const LecFilterTiers *tiers);
/* The same in the language. */
char *lec_filter_tiers_dup_expression (const LecFilterTiers *tiers);

/* The tiers that were kept. */
unsigned lec_filter_tiers_n_kept (const LecFilterTiers *tiers);
unsigned lec_filter_tiers_n_pieces (const LecFilterTiers *tiers);
/* Its text is borrowed, until the next change. */
LecFilterPiece lec_filter_tiers_piece (const LecFilterTiers *tiers, unsigned i);
/* The parts of the last tier are joined with "or". */
gboolean lec_filter_tiers_alternatives (const LecFilterTiers *tiers);

/* TEXT becomes the last tier; EXPRESSION is what it says in the language (lec_filter_expression()). Where it still
 * holds one of the parts that were on, those that are off stay with it. */
void lec_filter_tiers_write (LecFilterTiers *tiers, const char *text, const char *expression);
/* Keeps the last tier, and puts an empty one behind it. FALSE where it lets everything pass. */
gboolean lec_filter_tiers_narrow (LecFilterTiers *tiers);
/* Makes the kept tier I the last one, to be written on; what was the last is kept in its place. */
void lec_filter_tiers_edit (LecFilterTiers *tiers, unsigned i);
void lec_filter_tiers_switch (LecFilterTiers *tiers, unsigned i, gboolean on);
void lec_filter_tiers_invert (LecFilterTiers *tiers, unsigned i);
void lec_filter_tiers_remove (LecFilterTiers *tiers, unsigned i);

G_END_DECLS
