#include "app/list-cells.h"

#include <glib/gi18n-lib.h>

#include "app/cut-text.h"
#include "app/number-cell.h"

#define INDENTATION_PX 16

/* What a factory's callbacks work on. */
typedef struct {
  LecListColumn *column;
  LecMessageList *list;
  const LecListCellFunctions *functions;
} Factory;

static GQuark
cell_quark (void)
{
  return g_quark_from_static_string ("lec-list-cell");
}

const LecListCell *
lec_list_cell_of (GtkWidget *widget)
{
  GtkWidget *child = widget ? gtk_widget_get_first_child (widget) : NULL;
  const LecListCell *cell = child ? g_object_get_qdata (G_OBJECT (child), cell_quark ()) : NULL;

  for (; !cell && widget && !GTK_IS_LIST_VIEW (widget); widget = gtk_widget_get_parent (widget))
    cell = g_object_get_qdata (G_OBJECT (widget), cell_quark ());
  return cell;
}

static void
number_toggled (LecNumberCell *number, GtkListItem *item)
{
  const LecListCell *cell = g_object_get_qdata (G_OBJECT (number), cell_quark ());
  const Factory *factory = g_object_get_data (G_OBJECT (item), "lec-factory");

  if (gtk_list_item_get_item (cell->item))
    factory->functions->toggle (factory->list, gtk_list_item_get_position (cell->item));
}

static void
sign_pressed (GtkGestureClick *gesture, int n_press, double x, double y, GtkListItem *item)
{
  const Factory *factory = g_object_get_data (G_OBJECT (item), "lec-factory");
  GtkWidget *sign = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  if (gtk_list_item_get_item (item) && gtk_image_get_icon_name (GTK_IMAGE (sign)))
    factory->functions->sign_pressed (factory->list, gtk_list_item_get_position (item), sign);
}

static GtkWidget *
new_number (GtkListItem *item)
{
  GtkWidget *number = lec_number_cell_new ();

  g_signal_connect (number, "toggle", G_CALLBACK (number_toggled), item);
  return number;
}

static gboolean
sign_tooltip (GtkWidget *sign, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip, GtkListItem *item)
{
  LecRowItem *row = gtk_list_item_get_item (item);
  const LecListCell *cell = lec_list_cell_of (sign);
  LecRowDress *dress = cell ? lec_list_columns_dress (cell->column->columns) : NULL;
  g_autofree char *text = NULL;

  if (!row || !dress || !gtk_image_get_icon_name (GTK_IMAGE (sign)))
    return FALSE;
  text = lec_row_dress_dup_tooltip (dress, lec_row_item_row (row), gtk_list_item_get_position (item));
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

static GtkWidget *
new_sign (GtkListItem *item)
{
  GtkWidget *sign = g_object_new (GTK_TYPE_IMAGE, "halign", GTK_ALIGN_START, "has-tooltip", TRUE, NULL);
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (sign, "query-tooltip", G_CALLBACK (sign_tooltip), item);
  g_signal_connect (click, "released", G_CALLBACK (sign_pressed), item);
  gtk_widget_add_controller (sign, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_css_class (sign, "sign");
  return sign;
}

static GtkWidget *
new_text (const LecListColumn *column)
{
  GtkWidget *text = g_object_new (GTK_TYPE_INSCRIPTION, "min-chars", 1, "nat-chars", 3, "min-lines", 1, "nat-lines", 1,
                                  "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, "xalign", 0.0, NULL);

  lec_cut_text_explain (text);
  if (column->id == LEC_COLUMN_SUMMARY)
    gtk_widget_add_css_class (text, "summary");
  else if (column->id == LEC_COLUMN_MODULE)
    gtk_widget_add_css_class (text, "module");
  return text;
}

static void
free_cell (gpointer data)
{
  LecListCell *cell = data;

  g_clear_object (&cell->filled);
  g_free (cell);
}

static void
setup_cell (GtkSignalListItemFactory *base, GtkListItem *item, Factory *factory)
{
  LecListColumn *column = factory->column;
  LecListCell *cell = g_new (LecListCell, 1);
  GtkWidget *child;

  if (column->id == LEC_COLUMN_NUMBER)
    child = new_number (item);
  else if (column->id == LEC_COLUMN_VERDICT)
    child = new_sign (item);
  else
    child = new_text (column);
  *cell = (LecListCell){ column, item, NULL };
  g_object_set_qdata_full (G_OBJECT (child), cell_quark (), cell, free_cell);
  g_object_set_data (G_OBJECT (item), "lec-factory", factory);
  gtk_list_item_set_child (item, child);
  g_ptr_array_add (column->items, item);
}

static void
teardown_cell (GtkSignalListItemFactory *base, GtkListItem *item, Factory *factory)
{
  g_ptr_array_remove_fast (factory->column->items, item);
}

static void
fill_sign (LecRowDress *dress, const LecRow *row, guint position, GtkImage *sign)
{
  const char *icon = lec_row_dress_sign (dress, row, position);
  g_autofree char *text = lec_row_dress_dup_tooltip (dress, row, position);

  gtk_accessible_update_property (GTK_ACCESSIBLE (sign), GTK_ACCESSIBLE_PROPERTY_LABEL, text ? text : "", -1);
  if (g_strcmp0 (icon, gtk_image_get_icon_name (sign)) == 0)
    return;
  if (icon)
    gtk_image_set_from_icon_name (sign, icon);
  else
    gtk_image_clear (sign);
}

static void
fill_field (const LecListColumn *column, LecRowDress *dress, const LecRow *row, GtkInscription *text)
{
  g_autoptr (GString) value = g_string_new (NULL);

  if (column->field)
    lec_row_append_field (value, lec_row_dress_session (dress), row, column->field);
  gtk_inscription_set_text (text, value->str);
}

static void
fill_standard (int id, LecRowDress *dress, const LecRow *row, guint position, GtkWidget *child)
{
  const char *text = lec_row_dress_text (dress, row, position)->texts[id]->str;

  if (id == LEC_COLUMN_NUMBER) {
    lec_number_cell_set_row (LEC_NUMBER_CELL (child), row, text);
    lec_row_dress_apply (dress, row, position, gtk_widget_get_parent (gtk_widget_get_parent (child)));
  } else {
    gtk_inscription_set_text (GTK_INSCRIPTION (child), text);
  }
  if (id == LEC_COLUMN_SUMMARY)
    gtk_widget_set_margin_start (child, row->depth * INDENTATION_PX);
}

static void
fill_cell (const LecListColumn *column, GtkListItem *item)
{
  LecRowItem *row_item = gtk_list_item_get_item (item);
  LecRowDress *dress = lec_list_columns_dress (column->columns);
  GtkWidget *child = gtk_list_item_get_child (item);
  guint position = gtk_list_item_get_position (item);
  const LecRow *row;

  if (!row_item || !dress)
    return;
  row = lec_row_item_row (row_item);
  if (column->id < 0)
    fill_field (column, dress, row, GTK_INSCRIPTION (child));
  else if (column->id == LEC_COLUMN_VERDICT)
    fill_sign (dress, row, position, GTK_IMAGE (child));
  else
    fill_standard (column->id, dress, row, position, child);
}

/* When rows come before it, GTK binds each row anew that has a widget. It says what it said, but where that is the time
 * since the row before. */
static void
bind_cell (GtkSignalListItemFactory *base, GtkListItem *item, Factory *factory)
{
  LecListCell *cell = g_object_get_qdata (G_OBJECT (gtk_list_item_get_child (item)), cell_quark ());
  LecRowDress *dress = lec_list_columns_dress (factory->column->columns);
  gboolean is_other = g_set_object (&cell->filled, gtk_list_item_get_item (item));

  if (is_other || !dress || lec_row_dress_needs_previous (dress))
    fill_cell (factory->column, item);
}

static void
free_factory (gpointer data, GClosure *closure)
{
  g_free (data);
}

GtkListItemFactory *
lec_list_cells_new (LecListColumn *column, LecMessageList *list, const LecListCellFunctions *functions)
{
  GtkListItemFactory *base = gtk_signal_list_item_factory_new ();
  Factory *factory = g_new (Factory, 1);

  *factory = (Factory){ column, list, functions };
  g_signal_connect_data (base, "setup", G_CALLBACK (setup_cell), factory, free_factory, 0);
  g_signal_connect (base, "bind", G_CALLBACK (bind_cell), factory);
  g_signal_connect (base, "teardown", G_CALLBACK (teardown_cell), factory);
  return base;
}

void
lec_list_cells_fill_row (GtkListItem *item, LecRowDress *dress)
{
  LecRowItem *row_item = gtk_list_item_get_item (item);
  GtkWidget *row_widget;

  if (!row_item ||
      !lec_row_list_get (lec_row_dress_rows (dress), gtk_list_item_get_position (item), lec_row_item_row (row_item)))
    return;
  row_widget = gtk_widget_get_parent (gtk_widget_get_parent (gtk_list_item_get_child (item)));
  for (GtkWidget *cell_widget = gtk_widget_get_first_child (row_widget); cell_widget;
       cell_widget = gtk_widget_get_next_sibling (cell_widget)) {
    const LecListCell *cell = lec_list_cell_of (cell_widget);

    if (cell)
      fill_cell (cell->column, cell->item);
  }
}
