/* A details tree as GTK's models want it: one object a node, made when its parent is opened. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "session/tree.h"

G_BEGIN_DECLS

/* A LecTree with a count of those who look at it: model items may outlive the pane's interest in them. */
#define LEC_TYPE_SHARED_TREE (lec_shared_tree_get_type ())
G_DECLARE_FINAL_TYPE (LecSharedTree, lec_shared_tree, LEC, SHARED_TREE, GObject)

/* Takes TREE over. */
LecSharedTree *lec_shared_tree_new (LecTree *tree);
const LecTree *lec_shared_tree_get (LecSharedTree *shared);

#define LEC_TYPE_DETAILS_NODE (lec_details_node_get_type ())
G_DECLARE_FINAL_TYPE (LecDetailsNode, lec_details_node, LEC, DETAILS_NODE, GObject)

/* The node that a row of the tree list model holds. ROW may be NULL. Borrowed. */
LecDetailsNode *lec_details_node_of_row (GtkTreeListRow *row);
const LecTreeNode *lec_details_node_get (LecDetailsNode *item);
/* Its index in the tree. */
int32_t lec_details_node_index (LecDetailsNode *item);
/* NULL for a leaf. Free with g_object_unref(). */
GListModel *lec_details_node_dup_children (LecDetailsNode *item);
/* The tree's top nodes, the topmost layer first, as the stack has them. */
GListModel *lec_details_dup_top (LecSharedTree *shared);

/* Where NODE stands, in names: "http/http.headers/http.location[0]". The same field of another message of its kind
 * has the same path. Free with g_free(). */
char *lec_details_dup_path (const LecTree *tree, int32_t node);
/* The node of PATH, −1 = the tree has none. */
int32_t lec_details_find_path (const LecTree *tree, const char *path);

/* What the type column says; translated, borrowed. */
const char *lec_details_type_label (const LecField *field);
/* Whole bytes that SPAN touches. */
void lec_details_bytes (const LecSpan *span, uint32_t *offset, uint32_t *length);

G_END_DECLS
