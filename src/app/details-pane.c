#include "app/details-pane.h"

#include "app/details-columns.h"
#include "app/field-menu.h"
#include "app/footer.h"
#include "app/pane-parts.h"
#include "app/term-drag.h"
#include "app/term-menu.h"

#include <glib/gi18n-lib.h>

struct _LecDetailsPane {
  GtkWidget parent;
  GtkWidget *stack;              /* the tree, or the empty state */
  GtkWidget *view;               /* GtkColumnView */
  GtkWidget *list;               /* the GtkListView inside it, borrowed */
  GtkWidget *footer;             /* LecFooter */
  LecSharedTree *shared;         /* or NULL */
  GtkSingleSelection *selection; /* the view's, borrowed; NULL while empty */
  GtkTreeListModel *rows;        /* the selection's, borrowed */
  GHashTable *opened;            /* path of a node → whether the user wants it open */
  char *wanted_path;             /* of the field selected last; NULL = none yet */
  LecDetailsColumns *columns;    /* the view's */
  gboolean restoring;            /* expansion and selection are not the user's */
};

G_DEFINE_FINAL_TYPE (LecDetailsPane, lec_details_pane, GTK_TYPE_WIDGET)

enum { FIELD_SELECTED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Rows below this are not opened by themselves: a hostile message has a hundred thousand. */
#define MOST_RESTORED_ROWS 2000u

/* Opening, and what is remembered of it. */

static GListModel *
make_children (gpointer item, gpointer data)
{
  return lec_details_node_dup_children (item);
}

/* Unless the user said otherwise: the topmost layer that is more than bytes is open, and the first plain group right
 * below it (of HTTP, the headers). */
static gboolean
wants_open (LecDetailsPane *pane, const LecTreeNode *node, int32_t index, int32_t topmost, const char *path)
{
  const LecTree *tree = lec_shared_tree_get (pane->shared);
  gpointer open;
  if (g_hash_table_lookup_extended (pane->opened, path, NULL, &open))
    return GPOINTER_TO_INT (open);
  if (node->parent < 0)
    return index == topmost;
  if (node->parent != topmost || node->field->type != LEC_TYPE_NONE)
    return FALSE;
  int32_t first = lec_tree_node (tree, (unsigned) topmost)->first_child;
  while (lec_tree_node (tree, (unsigned) first)->field->type != LEC_TYPE_NONE)
    first = lec_tree_node (tree, (unsigned) first)->next_sibling;
  return first == index;
}

static gboolean
starts_with_path (const char *longer, const char *path)
{
  size_t length = strlen (path);
  return longer != NULL && strncmp (longer, path, length) == 0 && longer[length] == '/';
}

static void
restore_expansion (LecDetailsPane *pane)
{
  const LecTree *tree = lec_shared_tree_get (pane->shared);
  int32_t wanted = pane->wanted_path != NULL ? lec_details_find_path (tree, pane->wanted_path) : -1;
  int32_t topmost = -1;
  for (unsigned i = 0; i < MOST_RESTORED_ROWS && i < g_list_model_get_n_items (G_LIST_MODEL (pane->rows)); i++) {
    g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (pane->rows, i);
    LecDetailsNode *item = lec_details_node_of_row (row);
    const LecTreeNode *node = lec_details_node_get (item);
    if (!gtk_tree_list_row_is_expandable (row))
      continue;
    if (topmost < 0 && node->parent < 0 && !g_str_equal (node->field->name, "data"))
      topmost = lec_details_node_index (item);
    g_autofree char *path = lec_details_dup_path (tree, lec_details_node_index (item));
    if (wants_open (pane, node, lec_details_node_index (item), topmost, path) ||
        (wanted >= 0 && starts_with_path (pane->wanted_path, path)))
      gtk_tree_list_row_set_expanded (row, TRUE);
  }
}

/* Any change of the rows that is not ours is the user opening or closing the row above the change. */
static void
rows_changed (GListModel *rows, unsigned position, unsigned removed, unsigned added, LecDetailsPane *pane)
{
  if (added > 0)
    lec_details_columns_make_room (pane->columns, rows);
  if (pane->restoring || position == 0 || (removed > 0) == (added > 0))
    return;
  g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (pane->rows, position - 1);
  if (row == NULL || !gtk_tree_list_row_is_expandable (row))
    return;
  char *path =
      lec_details_dup_path (lec_shared_tree_get (pane->shared), lec_details_node_index (lec_details_node_of_row (row)));
  g_hash_table_replace (pane->opened, path, GINT_TO_POINTER (gtk_tree_list_row_get_expanded (row)));
}

/* Selecting. */

static LecDetailsNode *
selected_node (LecDetailsPane *pane)
{
  return pane->selection != NULL ? lec_details_node_of_row (gtk_single_selection_get_selected_item (pane->selection))
                                 : NULL;
}

static void
append_place (GString *text, const LecTree *tree, const LecTreeNode *node)
{
  uint32_t offset, length;
  lec_details_bytes (&node->span, &offset, &length);
  if (length == 0) {
    g_string_append_printf (text, " · %s", _ ("worked out, not in the bytes"));
    return;
  }
  g_string_append (text, " · ");
  if (node->span.source == 0)
    g_string_append_printf (text, ngettext ("%u byte at %u of frame %u", "%u bytes at %u of frame %u", length), length,
                            offset, lec_tree_frame (tree));
  else
    g_string_append_printf (text, ngettext ("%u byte at %u of %s", "%u bytes at %u of %s", length), length, offset,
                            lec_tree_source (tree, node->span.source)->name);
}

static void
explain (LecDetailsPane *pane, LecDetailsNode *item)
{
  g_autoptr (GString) text = g_string_new (NULL);
  if (item != NULL) {
    const LecTreeNode *node = lec_details_node_get (item);
    g_string_append (text, _ (node->field->label));
    append_place (text, lec_shared_tree_get (pane->shared), node);
    if (node->field->explanation != NULL)
      g_string_append_printf (text, " · %s", _ (node->field->explanation));
    g_string_append_printf (text, " · %s", node->field->name);
  } else {
    g_string_append (text, _ ("Select a field to read what it means and see its bytes."));
  }
  lec_footer_set_text (LEC_FOOTER (pane->footer), text->str);
  gtk_widget_set_visible (pane->footer, pane->shared != NULL);
}

static void
selected_changed (LecDetailsPane *pane)
{
  LecDetailsNode *item = selected_node (pane);
  explain (pane, item);
  if (item != NULL && !pane->restoring) {
    g_free (pane->wanted_path);
    pane->wanted_path = lec_details_dup_path (lec_shared_tree_get (pane->shared), lec_details_node_index (item));
  }
  g_signal_emit (pane, signals[FIELD_SELECTED], 0, item != NULL ? lec_details_node_index (item) : -1);
}

/* The row that shows NODE, with its ancestors opened; GTK_INVALID_LIST_POSITION where it is none of the tree. */
static unsigned
open_to (LecDetailsPane *pane, int32_t node)
{
  const LecTree *tree = lec_shared_tree_get (pane->shared);
  for (unsigned i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pane->rows)); i++) {
    g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (pane->rows, i);
    int32_t at = lec_details_node_index (lec_details_node_of_row (row));
    if (at == node)
      return i;
    int32_t ancestor = node;
    while (ancestor >= 0 && ancestor != at)
      ancestor = lec_tree_node (tree, (unsigned) ancestor)->parent;
    if (ancestor == at)
      gtk_tree_list_row_set_expanded (row, TRUE);
  }
  return GTK_INVALID_LIST_POSITION;
}

static void
select_position (LecDetailsPane *pane, unsigned position)
{
  if (position == GTK_INVALID_LIST_POSITION)
    return;
  gtk_single_selection_set_selected (pane->selection, position);
  gtk_widget_activate_action (pane->list, "list.scroll-to-item", "u", position);
}

void
lec_details_pane_select (LecDetailsPane *pane, int32_t node)
{
  if (pane->selection != NULL && node >= 0)
    select_position (pane, open_to (pane, node));
}

void
lec_details_pane_set_tree (LecDetailsPane *pane, LecSharedTree *shared)
{
  gtk_column_view_set_model (GTK_COLUMN_VIEW (pane->view), NULL);
  pane->selection = NULL;
  pane->rows = NULL;
  g_set_object (&pane->shared, shared);
  gtk_stack_set_visible_child_name (GTK_STACK (pane->stack), shared != NULL ? "tree" : "empty");
  explain (pane, NULL);
  if (shared == NULL)
    return;
  pane->restoring = TRUE;
  pane->rows = gtk_tree_list_model_new (lec_details_dup_top (shared), FALSE, FALSE, make_children, NULL, NULL);
  restore_expansion (pane);
  lec_details_columns_start_over (pane->columns);
  lec_details_columns_make_room (pane->columns, G_LIST_MODEL (pane->rows));
  pane->selection =
      g_object_new (GTK_TYPE_SINGLE_SELECTION, "autoselect", FALSE, "can-unselect", TRUE, "model", pane->rows, NULL);
  g_signal_connect_object (pane->rows, "items-changed", G_CALLBACK (rows_changed), pane, 0);
  g_signal_connect_object (pane->selection, "notify::selected-item", G_CALLBACK (selected_changed), pane,
                           G_CONNECT_SWAPPED);
  gtk_column_view_set_model (GTK_COLUMN_VIEW (pane->view), GTK_SELECTION_MODEL (pane->selection));
  g_object_unref (pane->rows);
  g_object_unref (pane->selection); /* the view holds both */
  int32_t wanted =
      pane->wanted_path != NULL ? lec_details_find_path (lec_shared_tree_get (shared), pane->wanted_path) : -1;
  if (wanted >= 0)
    lec_details_pane_select (pane, wanted);
  else
    g_signal_emit (pane, signals[FIELD_SELECTED], 0, -1);
  pane->restoring = FALSE;
}

/* Acting on a field. */

static void
activate_row (LecDetailsPane *pane, unsigned position)
{
  g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (pane->rows, position);
  LecDetailsNode *item = lec_details_node_of_row (row);
  uint32_t frame = item != NULL ? lec_field_frame (lec_details_node_get (item)) : 0;
  if (frame != 0)
    gtk_widget_activate_action (GTK_WIDGET (pane), "win.go-to-frame", "u", frame);
  else if (row != NULL && gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

static GMenuModel *
menu_at (GtkWidget *view, double x, double y, gpointer data)
{
  LecDetailsPane *pane = data;
  GtkListItem *item = x >= 0 ? lec_details_columns_item_at (pane->columns, x, y) : NULL;
  if (pane->selection == NULL || (x >= 0 && item == NULL))
    return NULL;
  if (item != NULL)
    gtk_single_selection_set_selected (pane->selection, gtk_list_item_get_position (item));
  LecDetailsNode *selected = selected_node (pane);
  return selected != NULL ? lec_field_menu_new (lec_details_node_get (selected)) : NULL;
}

static LecTerm *
term_at (GtkWidget *view, double x, double y, gpointer data)
{
  LecDetailsPane *pane = data;
  GtkListItem *item = lec_details_columns_item_at (pane->columns, x, y);
  LecDetailsNode *node = item != NULL ? lec_details_node_of_row (gtk_list_item_get_item (item)) : NULL;
  g_autoptr (GPtrArray) terms = lec_terms_new ();
  if (node != NULL)
    lec_field_add_term (terms, lec_details_node_get (node));
  return terms->len > 0 ? lec_term_copy (lec_terms_get (terms, 0)) : NULL;
}

/* Right opens, or goes in; Left closes, or goes out. */
static gboolean
step_sideways (LecDetailsPane *pane, gboolean inwards)
{
  unsigned position = pane->selection != NULL ? gtk_single_selection_get_selected (pane->selection) : 0;
  g_autoptr (GtkTreeListRow) row = pane->rows != NULL ? gtk_tree_list_model_get_row (pane->rows, position) : NULL;
  if (row == NULL)
    return FALSE;
  gboolean open = gtk_tree_list_row_get_expanded (row);
  if (gtk_tree_list_row_is_expandable (row) && open != inwards) {
    gtk_tree_list_row_set_expanded (row, inwards);
  } else if (inwards && open) {
    select_position (pane, position + 1);
  } else if (!inwards) {
    g_autoptr (GtkTreeListRow) above = gtk_tree_list_row_get_parent (row);
    if (above != NULL)
      select_position (pane, gtk_tree_list_row_get_position (above));
  }
  return TRUE;
}

static gboolean
key_pressed (GtkEventControllerKey *controller, unsigned key, unsigned code, GdkModifierType state,
             LecDetailsPane *pane)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  if (key == GDK_KEY_c && modifiers == GDK_CONTROL_MASK && selected_node (pane) != NULL) {
    const LecTreeNode *node = lec_details_node_get (selected_node (pane));
    g_autofree char *value = g_utf8_make_valid (node->text != NULL ? node->text : "", -1);
    gtk_widget_activate_action (GTK_WIDGET (pane), "win.copy-text", "s", value);
    return TRUE;
  }
  if (modifiers == 0 && (key == GDK_KEY_Right || key == GDK_KEY_Left))
    return step_sideways (pane, key == GDK_KEY_Right);
  return FALSE;
}

void
lec_details_pane_grab_focus (LecDetailsPane *pane)
{
  gtk_widget_child_focus (pane->list, GTK_DIR_TAB_FORWARD);
}

/* Making it. */

static void
css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (lec_details_pane_parent_class)->css_changed (widget, change);
  lec_details_columns_follow_text (LEC_DETAILS_PANE (widget)->columns, widget);
}

static void
lec_details_pane_dispose (GObject *object)
{
  LecDetailsPane *pane = LEC_DETAILS_PANE (object);
  GtkWidget *child;
  pane->selection = NULL;
  pane->rows = NULL;
  g_clear_pointer (&pane->columns, lec_details_columns_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (pane))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&pane->shared);
  G_OBJECT_CLASS (lec_details_pane_parent_class)->dispose (object);
}

static void
lec_details_pane_finalize (GObject *object)
{
  LecDetailsPane *pane = LEC_DETAILS_PANE (object);
  g_hash_table_unref (pane->opened);
  g_free (pane->wanted_path);
  G_OBJECT_CLASS (lec_details_pane_parent_class)->finalize (object);
}

static void
lec_details_pane_class_init (LecDetailsPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = lec_details_pane_dispose;
  G_OBJECT_CLASS (class)->finalize = lec_details_pane_finalize;
  widget_class->css_changed = css_changed;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "details");
  signals[FIELD_SELECTED] = g_signal_new ("field-selected", LEC_TYPE_DETAILS_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

/* Returns what it scrolls in. */
static GtkWidget *
make_view (LecDetailsPane *pane)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  pane->view = gtk_column_view_new (NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), pane->view);
  gtk_widget_add_css_class (pane->view, "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (pane->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Details"), -1);
  pane->columns = lec_details_columns_new (GTK_COLUMN_VIEW (pane->view));
  for (GtkWidget *child = gtk_widget_get_first_child (pane->view); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      pane->list = child;
  g_signal_connect_swapped (pane->view, "activate", G_CALLBACK (activate_row), pane);

  lec_term_menu_attach (pane->view, menu_at, pane);
  lec_term_drag_attach (pane->view, term_at, pane);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), pane);
  gtk_widget_add_controller (pane->view, keys);
  return scroller;
}

static void
lec_details_pane_init (LecDetailsPane *pane)
{
  pane->opened = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (pane))),
                                  GTK_ORIENTATION_VERTICAL);

  GtkWidget *scroller = make_view (pane);
  gtk_widget_set_vexpand (scroller, TRUE);
  GtkWidget *empty = lec_pane_empty_new (_ ("Select a message to see every field of it here."), NULL);
  pane->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (pane->stack), empty, "empty");
  gtk_stack_add_named (GTK_STACK (pane->stack), scroller, "tree");
  gtk_widget_set_parent (pane->stack, GTK_WIDGET (pane));

  pane->footer = lec_footer_new ();
  gtk_widget_set_visible (pane->footer, FALSE);
  gtk_widget_set_parent (pane->footer, GTK_WIDGET (pane));
}
