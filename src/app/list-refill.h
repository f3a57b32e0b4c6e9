/* Filling the rows of the message list again, after what they show has changed: those in view at once, those that GTK
 * keeps around them in between. */
#pragma once

#include "app/row-dress.h"

G_BEGIN_DECLS

typedef struct LecListRefill LecListRefill;

/* VIEW, and ITEMS, must outlive it. ITEMS are the GtkListItems of the cells in one column that is always there: rows
 * are known by them. */
LecListRefill *lec_list_refill_new (GtkColumnView *view, const GPtrArray *items);
void lec_list_refill_free (LecListRefill *refill);

/* DRESS is borrowed, until lec_list_refill_stop(). */
void lec_list_refill_start (LecListRefill *refill, LecRowDress *dress);
void lec_list_refill_stop (LecListRefill *refill);

G_END_DECLS
