/* The filter over the list: what is applied, what is being typed, and what is wrong with it. */
#pragma once

#include "app/document.h"

G_BEGIN_DECLS

#define LEC_TYPE_FILTER_BAR (lec_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (LecFilterBar, lec_filter_bar, LEC, FILTER_BAR, GtkWidget)

/* Property "document", readable and writable. */
void lec_filter_bar_take_focus (LecFilterBar *bar);
/* Puts TEXT into the entry and applies it. FALSE where it is not understood: it stays there to be seen. */
gboolean lec_filter_bar_apply (LecFilterBar *bar, const char *text);
/* Puts TEXT into the entry and leaves it to the user to apply it. */
void lec_filter_bar_propose (LecFilterBar *bar, const char *text);
/* What stands in the entry, applied or not. Borrowed. */
const char *lec_filter_bar_text (LecFilterBar *bar);
/* Takes all tiers away. */
void lec_filter_bar_clear (LecFilterBar *bar);
/* Keeps what the entry holds as a tier, and empties it for one more that narrows that. */
void lec_filter_bar_narrow (LecFilterBar *bar);

G_END_DECLS
