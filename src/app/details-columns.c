#include "app/details-columns.h"

#include "app/cut-text.h"
#include "app/pane-parts.h"

#include <glib/gi18n-lib.h>

/* What style.css puts at both sides of a cell, and a little more. */
#define CELL_PADDING_CHARS 2u
/* Of a value, when the pane is narrow: what comes after it can be scrolled to. */
#define LEAST_VALUE_CHARS 16
/* Of a name; and the share of the pane up to which long ones are given room. */
#define LEAST_NAME_CHARS    12u
#define MOST_NAME_CHARS     40u
#define LARGEST_NAMES_SHARE 0.5
/* Rows below are not asked how long their names are: a hostile message has a hundred thousand. */
#define MOST_MEASURED_ROWS 300u

enum { NAME, VALUE, OFFSET, LENGTH, TYPE, N_COLUMNS };

struct LecDetailsColumns {
  GtkColumnView *view;
  GtkColumnViewColumn *columns[N_COLUMNS]; /* borrowed from the view */
  double char_px;                          /* width of a character of the font that widths were made for */
  double wanted_name_chars;                /* for the longest of the names shown, with its place in the tree */
  double chosen_name_chars;                /* by the user, 0 = they left it to us */
  guint fit_source;
  gboolean fitting; /* widths change by program */
};

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
  unsigned width_chars; /* 0 = has a rule of its own */
  gboolean is_number;
} DetailsColumn;

static const DetailsColumn kinds[N_COLUMNS] = {
  [NAME] = { N_ ("Name"), name_text, 0, FALSE },      [VALUE] = { N_ ("Value"), value_text, 0, FALSE },
  [OFFSET] = { N_ ("Offset"), offset_text, 6, TRUE }, [LENGTH] = { N_ ("Bits"), length_text, 6, TRUE },
  [TYPE] = { N_ ("Type"), type_text, 8, FALSE },
};

static void
setup_cell (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  const DetailsColumn *kind = data;
  GtkWidget *text = gtk_inscription_new (NULL);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), kind->is_number ? 1 : 0);
  gtk_widget_set_hexpand (text, TRUE);
  lec_cut_text_explain (text);
  if (kind == &kinds[VALUE])
    gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), LEAST_VALUE_CHARS);
  GtkWidget *child = text;
  if (kind == &kinds[NAME]) {
    child = gtk_tree_expander_new ();
    gtk_tree_expander_set_child (GTK_TREE_EXPANDER (child), text);
  } else if (kind->is_number) {
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
  const DetailsColumn *kind = data;
  GtkTreeListRow *row = gtk_list_item_get_item (list_item);
  const LecTreeNode *node = lec_details_node_get (lec_details_node_of_row (row));
  GtkWidget *child = gtk_list_item_get_child (list_item);
  g_autoptr (GString) text = g_string_new (NULL);
  kind->append (text, node);
  if (kind == &kinds[NAME]) {
    gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (child), row);
    name_row (child, node);
    child = gtk_tree_expander_get_child (GTK_TREE_EXPANDER (child));
  }
  gtk_inscription_set_text (GTK_INSCRIPTION (child), text->str);
}

static void
unbind_cell (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);
  if (GTK_IS_TREE_EXPANDER (child))
    gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (child), NULL);
}

GtkListItem *
lec_details_columns_item_at (LecDetailsColumns *self, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);
  for (; widget != NULL && widget != GTK_WIDGET (self->view); widget = gtk_widget_get_parent (widget)) {
    /* Beside the text is still the cell. */
    GtkWidget *first = gtk_widget_get_first_child (widget);
    GtkListItem *item = g_object_get_data (G_OBJECT (widget), item_key);
    if (item == NULL && first != NULL)
      item = g_object_get_data (G_OBJECT (first), item_key);
    if (item != NULL)
      return item;
  }
  return NULL;
}

/* Widths. */

static void
set_width (LecDetailsColumns *self, unsigned i, double chars)
{
  self->fitting = TRUE;
  gtk_column_view_column_set_fixed_width (self->columns[i], (int) (chars * self->char_px));
  self->fitting = FALSE;
}

static void
fit_names (LecDetailsColumns *self)
{
  int view_px = gtk_widget_get_width (GTK_WIDGET (self->view));
  /* Before the first message the view is not on the screen, and has no size yet. */
  double most = view_px > 0 ? MAX (view_px * LARGEST_NAMES_SHARE / self->char_px, LEAST_NAME_CHARS) : MOST_NAME_CHARS;
  if (self->chosen_name_chars == 0)
    set_width (self, NAME, CLAMP (self->wanted_name_chars, LEAST_NAME_CHARS, most));
}

static gboolean
fit_again (gpointer data)
{
  LecDetailsColumns *self = data;
  self->fit_source = 0;
  fit_names (self);
  return G_SOURCE_REMOVE;
}

/* Not while the view is being laid out. */
static void
view_resized (LecDetailsColumns *self)
{
  if (self->fit_source == 0)
    self->fit_source = g_idle_add (fit_again, self);
}

static void
names_resized (LecDetailsColumns *self)
{
  if (!self->fitting)
    self->chosen_name_chars = gtk_column_view_column_get_fixed_width (self->columns[NAME]) / self->char_px;
}

void
lec_details_columns_start_over (LecDetailsColumns *self)
{
  self->wanted_name_chars = 0;
}

void
lec_details_columns_make_room (LecDetailsColumns *self, GListModel *rows)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self->view), NULL);
  const PangoFontDescription *font =
      pango_context_get_font_description (gtk_widget_get_pango_context (GTK_WIDGET (self->view)));
  /* What an expander takes, and each level of indentation. */
  double level_px = 1.5 * pango_font_description_get_size (font) / PANGO_SCALE;
  for (unsigned i = 0; i < MIN (g_list_model_get_n_items (rows), MOST_MEASURED_ROWS); i++) {
    g_autoptr (GtkTreeListRow) row = g_list_model_get_item (rows, i);
    const LecTreeNode *node = lec_details_node_get (lec_details_node_of_row (row));
    int text_px;
    pango_layout_set_text (layout, _ (node->field->label), -1);
    pango_layout_get_pixel_size (layout, &text_px, NULL);
    double chars = (text_px + (gtk_tree_list_row_get_depth (row) + 1) * level_px) / self->char_px + CELL_PADDING_CHARS;
    self->wanted_name_chars = MAX (self->wanted_name_chars, chars);
  }
  fit_names (self);
}

void
lec_details_columns_follow_text (LecDetailsColumns *self, GtkWidget *pane)
{
  /* The pane's own: the view's still has the old font when the pane hears of the new one. */
  PangoFontMetrics *metrics = pango_context_get_metrics (gtk_widget_get_pango_context (pane), NULL, NULL);
  double char_px = pango_font_metrics_get_approximate_char_width (metrics) / (double) PANGO_SCALE;
  pango_font_metrics_unref (metrics);
  if (char_px == self->char_px)
    return;
  self->char_px = char_px;
  for (unsigned i = 0; i < N_COLUMNS; i++)
    if (kinds[i].width_chars > 0)
      set_width (self, i, kinds[i].width_chars + CELL_PADDING_CHARS);
  if (self->chosen_name_chars > 0)
    set_width (self, NAME, self->chosen_name_chars);
  fit_names (self);
}

/* Making them. */

/* Titles of numbers stand over them. GTK has no call for that. */
static void
align_titles (LecDetailsColumns *self)
{
  GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (self->view)));
  for (unsigned i = 0; i < N_COLUMNS && title != NULL; i++, title = gtk_widget_get_next_sibling (title)) {
    GtkWidget *box = gtk_widget_get_first_child (title);
    if (kinds[i].is_number && box != NULL)
      gtk_widget_set_halign (box, GTK_ALIGN_END);
  }
}

static GtkColumnViewColumn *
add_column (LecDetailsColumns *self, const DetailsColumn *kind)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell), (gpointer) kind);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell), (gpointer) kind);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cell), (gpointer) kind);
  g_autoptr (GtkColumnViewColumn) made = gtk_column_view_column_new (_ (kind->title), factory);
  gtk_column_view_column_set_resizable (made, TRUE);
  gtk_column_view_column_set_expand (made, kind == &kinds[VALUE]);
  gtk_column_view_append_column (self->view, made);
  return made;
}

LecDetailsColumns *
lec_details_columns_new (GtkColumnView *view)
{
  LecDetailsColumns *self = g_new0 (LecDetailsColumns, 1);
  self->view = view;
  for (unsigned i = 0; i < N_COLUMNS; i++)
    self->columns[i] = add_column (self, &kinds[i]);
  align_titles (self);
  lec_details_columns_follow_text (self, GTK_WIDGET (view));
  g_signal_connect_swapped (self->columns[NAME], "notify::fixed-width", G_CALLBACK (names_resized), self);
  g_signal_connect_swapped (gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (view)), "notify::page-size",
                            G_CALLBACK (view_resized), self);
  return self;
}

void
lec_details_columns_free (LecDetailsColumns *self)
{
  g_clear_handle_id (&self->fit_source, g_source_remove);
  g_signal_handlers_disconnect_by_data (gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->view)), self);
  g_signal_handlers_disconnect_by_data (self->columns[NAME], self);
  g_free (self);
}
