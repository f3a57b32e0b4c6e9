#include "app/list-header.h"

#include "app/term-drag.h"

typedef struct {
  GtkColumnView *view;
  GtkWidget *header;
  LecListColumns *columns;
} Target;

GtkWidget *
lec_list_header_of (GtkColumnView *view)
{
  return gtk_widget_get_first_child (GTK_WIDGET (view));
}

static int
compare_x (const void *a, const void *b)
{
  float left = ((const LecListTitle *) a)->x, right = ((const LecListTitle *) b)->x;

  return (left > right) - (left < right);
}

/* The first shown column from POSITION on. */
static guint
next_shown (GtkColumnView *view, guint position)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  for (; position < g_list_model_get_n_items (columns); position++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, position);

    if (gtk_column_view_column_get_visible (column))
      break;
  }
  return position;
}

/* GTK keeps the widgets of titles in the order in which they were made, and only places them in the columns' order. */
GArray *
lec_list_titles (GtkColumnView *view)
{
  GArray *titles = g_array_new (FALSE, FALSE, sizeof (LecListTitle));
  guint position = next_shown (view, 0);
  graphene_rect_t bounds;

  for (GtkWidget *title = gtk_widget_get_first_child (lec_list_header_of (view)); title;
       title = gtk_widget_get_next_sibling (title)) {
    if (!gtk_widget_get_visible (title) || !gtk_widget_compute_bounds (title, GTK_WIDGET (view), &bounds))
      continue;
    LecListTitle found = { title, bounds.origin.x, bounds.size.width, 0 };
    g_array_append_val (titles, found);
  }
  g_array_sort (titles, compare_x);
  for (guint i = 0; i < titles->len; i++) {
    g_array_index (titles, LecListTitle, i).position = position;
    position = next_shown (view, position + 1);
  }
  return titles;
}

/* The title that a column dropped at X would stand before, NULL = behind the last; and its place. */
static GtkWidget *
title_after (const Target *target, double x, guint *position)
{
  g_autoptr (GArray) titles = lec_list_titles (target->view);
  double view_x = x, y;

  gtk_widget_translate_coordinates (target->header, GTK_WIDGET (target->view), x, 0, &view_x, &y);
  *position = g_list_model_get_n_items (gtk_column_view_get_columns (target->view));
  for (guint i = 0; i < titles->len; i++) {
    const LecListTitle *at = &g_array_index (titles, LecListTitle, i);

    if (view_x >= at->x + at->width / 2)
      continue;
    *position = at->position;
    return at->title;
  }
  return NULL;
}

static GtkWidget *
last_title (const Target *target)
{
  g_autoptr (GArray) titles = lec_list_titles (target->view);

  return titles->len ? g_array_index (titles, LecListTitle, titles->len - 1).title : NULL;
}

static void
unmark (gpointer data)
{
  const Target *target = data;

  for (GtkWidget *title = gtk_widget_get_first_child (target->header); title;
       title = gtk_widget_get_next_sibling (title)) {
    gtk_widget_remove_css_class (title, "drop-before");
    gtk_widget_remove_css_class (title, "drop-after");
  }
}

static gboolean
mark (const LecTermHover *hover, gpointer data)
{
  const Target *target = data;
  guint position;
  GtkWidget *title = title_after (target, hover->x, &position);

  unmark (data);
  if (!hover->term->field)
    return FALSE;
  if (title)
    gtk_widget_add_css_class (title, "drop-before");
  else if (last_title (target))
    gtk_widget_add_css_class (last_title (target), "drop-after");
  return TRUE;
}

static void
add_column (const LecTermHover *hover, gpointer data)
{
  const Target *target = data;
  guint position;

  title_after (target, hover->x, &position);
  if (hover->term->field)
    lec_list_columns_add_at (target->columns, hover->term->field, position);
}

static const LecTermDropFunctions drop_functions = { mark, unmark, add_column };

void
lec_list_header_accept_terms (GtkColumnView *view, LecListColumns *columns)
{
  Target *target = g_new (Target, 1);

  *target = (Target){ view, lec_list_header_of (view), columns };
  g_object_set_data_full (G_OBJECT (target->header), "lec-target", target, g_free);
  lec_term_drop_attach (target->header, &drop_functions, target);
}
