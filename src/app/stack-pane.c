#include "app/stack-pane.h"

#include "app/cut-text.h"
#include "app/pane-parts.h"

#include <glib/gi18n-lib.h>

typedef struct {
  GtkWidget *column;
  GtkWidget *title;
  GtkWidget *boxes;      /* GtkListBox: row i is layer n − 1 − i */
  LecSharedTree *shared; /* or NULL */
} Side;

struct _LecStackPane {
  GtkWidget parent;
  GtkWidget *pages; /* the boxes, or the empty state */
  Side sides[2];
  gboolean marking; /* the selection changes by program */
};

G_DEFINE_FINAL_TYPE (LecStackPane, lec_stack_pane, GTK_TYPE_WIDGET)

enum { LAYER_SELECTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static GtkWidget *
new_line (const char *text, const char *class)
{
  GtkWidget *line = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (line), 0);
  gtk_label_set_ellipsize (GTK_LABEL (line), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (line, class);
  lec_cut_text_explain (line);
  return line;
}

static GtkWidget *
new_box (const LecTree *tree, const LecTreeLayer *layer)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *text = layer->summary != NULL && layer->summary[0] != '\0' ? layer->summary : _ (layer->protocol->label);
  g_autofree char *summary = lec_pane_dup_short (text);
  g_autofree char *heading = g_strdup_printf ("%u  %s", lec_tree_frame (tree), layer->protocol->module);
  g_autofree char *name = g_strdup_printf ("%s: %s", heading, summary);
  gtk_box_append (GTK_BOX (box), new_line (heading, "heading"));
  gtk_box_append (GTK_BOX (box), new_line (summary, "summary"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static void
fill_side (Side *side, LecSharedTree *shared)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (side->boxes)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (side->boxes), child);
  g_set_object (&side->shared, shared);
  gtk_widget_set_visible (side->column, shared != NULL);
  if (shared == NULL)
    return;
  const LecTree *tree = lec_shared_tree_get (shared);
  for (unsigned i = lec_tree_n_layers (tree); i > 0; i--)
    gtk_list_box_append (GTK_LIST_BOX (side->boxes), new_box (tree, lec_tree_layer (tree, i - 1)));
}

void
lec_stack_pane_set_trees (LecStackPane *pane, LecSharedTree *const sides[2], gboolean is_operation)
{
  pane->marking = TRUE;
  for (unsigned i = 0; i < 2; i++) {
    fill_side (&pane->sides[i], sides[i]);
    gtk_widget_set_visible (pane->sides[i].title, is_operation);
  }
  pane->marking = FALSE;
  gtk_stack_set_visible_child_name (GTK_STACK (pane->pages), sides[0] != NULL || sides[1] != NULL ? "boxes" : "empty");
}

/* The layer whose node is NODE or holds it; −1 = none. */
static int
layer_of (const LecTree *tree, int32_t node)
{
  for (; node >= 0; node = lec_tree_node (tree, (unsigned) node)->parent)
    for (unsigned i = 0; i < lec_tree_n_layers (tree); i++)
      if (lec_tree_layer (tree, i)->node == node)
        return (int) i;
  return -1;
}

void
lec_stack_pane_mark (LecStackPane *pane, unsigned side, int32_t node)
{
  pane->marking = TRUE;
  for (unsigned i = 0; i < 2; i++) {
    Side *at = &pane->sides[i];
    int layer = i == side && at->shared != NULL ? layer_of (lec_shared_tree_get (at->shared), node) : -1;
    int row = layer < 0 ? -1 : (int) lec_tree_n_layers (lec_shared_tree_get (at->shared)) - 1 - layer;
    gtk_list_box_select_row (GTK_LIST_BOX (at->boxes),
                             row < 0 ? NULL : gtk_list_box_get_row_at_index (GTK_LIST_BOX (at->boxes), row));
  }
  pane->marking = FALSE;
}

static void
row_selected (GtkListBox *boxes, GtkListBoxRow *row, LecStackPane *pane)
{
  unsigned side = GTK_WIDGET (boxes) == pane->sides[1].boxes;
  if (pane->marking || row == NULL || pane->sides[side].shared == NULL)
    return;
  const LecTree *tree = lec_shared_tree_get (pane->sides[side].shared);
  unsigned layer = lec_tree_n_layers (tree) - 1 - (unsigned) gtk_list_box_row_get_index (row);
  g_signal_emit (pane, signals[LAYER_SELECTED], 0, side, lec_tree_layer (tree, layer)->node);
}

static void
lec_stack_pane_dispose (GObject *object)
{
  LecStackPane *pane = LEC_STACK_PANE (object);
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (pane))) != NULL)
    gtk_widget_unparent (child);
  for (unsigned i = 0; i < 2; i++)
    g_clear_object (&pane->sides[i].shared);
  G_OBJECT_CLASS (lec_stack_pane_parent_class)->dispose (object);
}

static void
lec_stack_pane_class_init (LecStackPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = lec_stack_pane_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "layers");
  signals[LAYER_SELECTED] = g_signal_new ("layer-selected", LEC_TYPE_STACK_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT);
}

static void
make_side (LecStackPane *pane, Side *side, const char *title, GtkWidget *both)
{
  side->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  side->title = new_line (title, "side-title");
  side->boxes = gtk_list_box_new ();
  gtk_widget_set_hexpand (side->column, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (side->boxes), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect (side->boxes, "row-selected", G_CALLBACK (row_selected), pane);
  gtk_box_append (GTK_BOX (side->column), side->title);
  gtk_box_append (GTK_BOX (side->column), side->boxes);
  gtk_box_append (GTK_BOX (both), side->column);
}

static void
lec_stack_pane_init (LecStackPane *pane)
{
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *empty = lec_pane_empty_new (_ ("Select a message to see the layers it is made of."), NULL);
  gtk_box_set_homogeneous (GTK_BOX (both), TRUE);
  make_side (pane, &pane->sides[0], _ ("Request"), both);
  make_side (pane, &pane->sides[1], _ ("Response"), both);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), both);
  pane->pages = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (pane->pages), empty, "empty");
  gtk_stack_add_named (GTK_STACK (pane->pages), scroller, "boxes");
  gtk_widget_set_parent (pane->pages, GTK_WIDGET (pane));
}
