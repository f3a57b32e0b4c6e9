#include "app/details-pane.h"

#include "app/field-menu.h"
#include "app/pane-parts.h"

#include <glib/gi18n-lib.h>

struct _LecDetailsPane {
  GtkWidget parent;
  GtkWidget *stack; /* the tree, or the empty state */
  GtkWidget *view;  /* GtkColumnView */
  GtkWidget *list;  /* the GtkListView inside it, borrowed */
  GtkWidget *footer;
  GtkWidget *explanation;        /* label in the footer */
  GtkWidget *menu;               /* GtkPopoverMenu, made when first wanted */
  LecSharedTree *shared;         /* or NULL */
  GtkSingleSelection *selection; /* the view's, borrowed; NULL while empty */
  GtkTreeListModel *rows;        /* the selection's, borrowed */
  GHashTable *opened;            /* path of a node → whether the user wants it open */
  char *wanted_path;             /* of the field selected last; NULL = none yet */
  int char_width;                /* that the columns' widths were made for */
  gboolean restoring;            /* expansion and selection are not the user's */
};

G_DEFINE_FINAL_TYPE (LecDetailsPane, lec_details_pane, GTK_TYPE_WIDGET)

enum { FIELD_SELECTED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* What style.css puts at both sides of a cell, and a little more. */
#define CELL_PADDING_CHARS 2u
/* Rows below this are not opened by themselves: a hostile message has a hundred thousand. */
#define MOST_RESTORED_ROWS 2000u
/* Of a value, when the pane is narrow: what comes after it can be scrolled to. */
#define LEAST_VALUE_CHARS 16

static const char item_key[] = "lec-list-item";

/* What the columns say. */

static void
name_text (GString *text, const LecTreeNode *node)
{
  g_string_append (text, _ (node->field->label));
}

static void
value_text (GString *text, const LecTreeNode *node)
{
  g_autofree char *shown = node->text != NULL ? lec_pane_dup_short (node->text) : NULL;
  if (shown != NULL)
    g_string_append (text, shown);
}

static void
offset_text (GString *text, const LecTreeNode *node)
{
  if (node->span.length_bits > 0)
    g_string_append_printf (text, "%u", node->span.offset_bits);
}

static void
length_text (GString *text, const LecTreeNode *node)
{
  if (node->span.length_bits > 0)
    g_string_append_printf (text, "%u", node->span.length_bits);
}

static void
type_text (GString *text, const LecTreeNode *node)
{
  g_string_append (text, lec_details_type_label (node->field));
}

typedef struct {
  const char *title;
  void (*append) (GString *text, const LecTreeNode *node);
  unsigned width_chars; /* natural; 0 = takes what is left */
  gboolean is_number;
} DetailsColumn;

static const DetailsColumn columns[] = {
  { N_ ("Name"), name_text, 23, FALSE },   { N_ ("Value"), value_text, 0, FALSE },
  { N_ ("Offset"), offset_text, 6, TRUE }, { N_ ("Bits"), length_text, 6, TRUE },
  { N_ ("Type"), type_text, 8, FALSE },
};

/* The item of a list item: rows of the tree list model hold nodes. */
static LecDetailsNode *
node_of_row (GtkTreeListRow *row)
{
  LecDetailsNode *item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
  if (item != NULL)
    g_object_unref (item); /* the row holds it */
  return item;
}

static void
setup_cell (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  const DetailsColumn *column = data;
  GtkWidget *text = gtk_inscription_new (NULL);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), column->is_number ? 1 : 0);
  gtk_widget_set_hexpand (text, TRUE);
  if (column->width_chars == 0)
    gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), LEAST_VALUE_CHARS);
  GtkWidget *child = text;
  if (column == columns) {
    child = gtk_tree_expander_new ();
    gtk_tree_expander_set_child (GTK_TREE_EXPANDER (child), text);
  } else if (column->is_number) {
    gtk_widget_add_css_class (text, "dim-label");
  }
  g_object_set_data (G_OBJECT (child), item_key, list_item);
  gtk_list_item_set_child (list_item, child);
}

static void
name_row (GtkWidget *cell_child, const LecTreeNode *node)
{
  GtkWidget *cell = gtk_widget_get_parent (cell_child);
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  if (row == NULL)
    return;
  g_autofree char *value = lec_pane_dup_short (node->text != NULL ? node->text : "");
  g_autofree char *label =
      value[0] != '\0' ? g_strdup_printf ("%s: %s", _ (node->field->label), value) : g_strdup (_ (node->field->label));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
bind_cell (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  const DetailsColumn *column = data;
  GtkTreeListRow *row = gtk_list_item_get_item (list_item);
  const LecTreeNode *node = lec_details_node_get (node_of_row (row));
  GtkWidget *child = gtk_list_item_get_child (list_item);
  g_autoptr (GString) text = g_string_new (NULL);
  column->append (text, node);
  if (column == columns) {
    gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (child), row);
    name_row (child, node);
    child = gtk_tree_expander_get_child (GTK_TREE_EXPANDER (child));
  }
  gtk_inscription_set_text (GTK_INSCRIPTION (child), text->str);
  gtk_widget_set_tooltip_text (child, text->len > 24 ? text->str : NULL);
}

static void
unbind_cell (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);
  if (GTK_IS_TREE_EXPANDER (child))
    gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (child), NULL);
}

static void
add_column (LecDetailsPane *pane, const DetailsColumn *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell), (gpointer) column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell), (gpointer) column);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cell), (gpointer) column);
  GtkColumnViewColumn *made = gtk_column_view_column_new (_ (column->title), factory);
  gtk_column_view_column_set_resizable (made, TRUE);
  if (column->width_chars == 0)
    gtk_column_view_column_set_expand (made, TRUE);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (pane->view), made);
  g_object_unref (made);
}

/* Widths follow the font; they are left alone, as the user may have dragged them, for as long as it stays the same. */
static void
set_column_widths (LecDetailsPane *pane)
{
  /* The pane's own: the view's still has the old font when the pane hears of the new one. */
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (pane));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int char_width = PANGO_PIXELS (pango_font_metrics_get_approximate_char_width (metrics));
  GListModel *made = gtk_column_view_get_columns (GTK_COLUMN_VIEW (pane->view));
  pango_font_metrics_unref (metrics);
  for (unsigned i = 0; i < G_N_ELEMENTS (columns); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (made, i);
    if (columns[i].width_chars > 0)
      gtk_column_view_column_set_fixed_width (column, (int) (columns[i].width_chars + CELL_PADDING_CHARS) * char_width);
  }
}

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
    LecDetailsNode *item = node_of_row (row);
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
  if (pane->restoring || position == 0 || (removed > 0) == (added > 0))
    return;
  g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (pane->rows, position - 1);
  if (row == NULL || !gtk_tree_list_row_is_expandable (row))
    return;
  char *path = lec_details_dup_path (lec_shared_tree_get (pane->shared), lec_details_node_index (node_of_row (row)));
  g_hash_table_replace (pane->opened, path, GINT_TO_POINTER (gtk_tree_list_row_get_expanded (row)));
}

/* Selecting. */

static LecDetailsNode *
selected_node (LecDetailsPane *pane)
{
  return pane->selection != NULL ? node_of_row (gtk_single_selection_get_selected_item (pane->selection)) : NULL;
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
  gtk_label_set_text (GTK_LABEL (pane->explanation), text->str);
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
    int32_t at = lec_details_node_index (node_of_row (row));
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
  LecDetailsNode *item = node_of_row (row);
  uint32_t frame = item != NULL ? lec_field_frame (lec_details_node_get (item)) : 0;
  if (frame != 0)
    gtk_widget_activate_action (GTK_WIDGET (pane), "win.go-to-frame", "u", frame);
  else if (row != NULL && gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

/* The list item's child under a point of the view, or the selected row's; NULL where there is none. */
static GtkWidget *
child_at (LecDetailsPane *pane, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (pane->view, x, y, GTK_PICK_DEFAULT);
  while (widget != NULL && widget != pane->view) {
    if (g_object_get_data (G_OBJECT (widget), item_key) != NULL)
      return widget;
    /* Beside the text is still the cell. */
    GtkWidget *first = gtk_widget_get_first_child (widget);
    if (first != NULL && g_object_get_data (G_OBJECT (first), item_key) != NULL)
      return first;
    widget = gtk_widget_get_parent (widget);
  }
  return NULL;
}

static void
show_menu (LecDetailsPane *pane, double x, double y)
{
  LecDetailsNode *item = selected_node (pane);
  if (item == NULL)
    return;
  g_autoptr (GMenuModel) model = lec_field_menu_new (lec_details_node_get (item));
  if (pane->menu == NULL) {
    pane->menu = gtk_popover_menu_new_from_model (model);
    gtk_widget_set_parent (pane->menu, GTK_WIDGET (pane));
    gtk_popover_set_has_arrow (GTK_POPOVER (pane->menu), FALSE);
    gtk_widget_set_halign (pane->menu, GTK_ALIGN_START);
  } else {
    gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (pane->menu), model);
  }
  double at_x = x, at_y = y;
  gtk_widget_translate_coordinates (pane->view, GTK_WIDGET (pane), x, y, &at_x, &at_y);
  gtk_popover_set_pointing_to (GTK_POPOVER (pane->menu), &(GdkRectangle){ (int) at_x, (int) at_y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (pane->menu));
}

static void
right_pressed (GtkGestureClick *gesture, int n_press, double x, double y, LecDetailsPane *pane)
{
  GtkWidget *child = child_at (pane, x, y);
  GtkListItem *item = child != NULL ? g_object_get_data (G_OBJECT (child), item_key) : NULL;
  if (item == NULL || pane->selection == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_single_selection_set_selected (pane->selection, gtk_list_item_get_position (item));
  show_menu (pane, x, y);
}

/* The menu key opens the menu below the row that has the focus. */
static void
show_menu_at_focus (LecDetailsPane *pane)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (pane)));
  double x = 24, y = 24;
  if (focus != NULL && gtk_widget_is_ancestor (focus, pane->view))
    gtk_widget_translate_coordinates (focus, pane->view, 24, gtk_widget_get_height (focus), &x, &y);
  show_menu (pane, x, y);
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
  if (key == GDK_KEY_Menu || (key == GDK_KEY_F10 && modifiers == GDK_SHIFT_MASK)) {
    show_menu_at_focus (pane);
    return TRUE;
  }
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
  set_column_widths (LEC_DETAILS_PANE (widget));
}

static void
lec_details_pane_dispose (GObject *object)
{
  LecDetailsPane *pane = LEC_DETAILS_PANE (object);
  GtkWidget *child;
  pane->selection = NULL;
  pane->rows = NULL;
  g_clear_pointer (&pane->menu, gtk_widget_unparent);
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

static void
make_view (LecDetailsPane *pane)
{
  pane->view = gtk_column_view_new (NULL);
  gtk_widget_add_css_class (pane->view, "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (pane->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Details"), -1);
  for (unsigned i = 0; i < G_N_ELEMENTS (columns); i++)
    add_column (pane, &columns[i]);
  for (GtkWidget *child = gtk_widget_get_first_child (pane->view); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      pane->list = child;
  g_signal_connect_swapped (pane->view, "activate", G_CALLBACK (activate_row), pane);

  GtkGesture *click = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (right_pressed), pane);
  gtk_widget_add_controller (pane->view, GTK_EVENT_CONTROLLER (click));
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), pane);
  gtk_widget_add_controller (pane->view, keys);
}

static void
lec_details_pane_init (LecDetailsPane *pane)
{
  pane->opened = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (pane))),
                                  GTK_ORIENTATION_VERTICAL);
  make_view (pane);

  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), pane->view);
  gtk_widget_set_vexpand (scroller, TRUE);
  GtkWidget *empty = lec_pane_empty_new (_ ("Select a message to see every field of it here."), NULL);
  pane->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (pane->stack), empty, "empty");
  gtk_stack_add_named (GTK_STACK (pane->stack), scroller, "tree");
  gtk_widget_set_parent (pane->stack, GTK_WIDGET (pane));

  pane->footer = lec_pane_footer_new (&pane->explanation);
  gtk_widget_set_visible (pane->footer, FALSE);
  gtk_widget_set_parent (pane->footer, GTK_WIDGET (pane));
}

GtkWidget *
lec_details_pane_new (void)
{
  return g_object_new (LEC_TYPE_DETAILS_PANE, NULL);
}
