/* What can be done with a field: as a menu, and as the link that a frame number is. */
#pragma once

#include <gtk/gtk.h>

#include "session/tree.h"

G_BEGIN_DECLS

/* All items activate actions of the window. Free with g_object_unref(). */
GMenuModel *lec_field_menu_new (const LecTreeNode *node);
/* Adds the term that NODE stands for to TERMS, where it stands for one. */
void lec_field_add_term (GPtrArray *terms, const LecTreeNode *node);
/* The frame that NODE's value is the number of, 0 = it is none. */
uint32_t lec_field_frame (const LecTreeNode *node);

G_END_DECLS
