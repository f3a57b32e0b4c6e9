#include "app/list-header.h"

#include "app/term-drag.h"

typedef struct {
  GtkWidget *header;
  LecListColumns *columns;
} Target;

GtkWidget *
lec_list_header_of (GtkColumnView *view)
{
  return gtk_widget_get_first_child (GTK_WIDGET (view));
}

/* The title that a column dropped at X would stand before, and its place among the columns; NULL = behind the last. */
static GtkWidget *
title_after (GtkWidget *header, double x, guint *position)
{
  GtkWidget *title = gtk_widget_get_first_child (header);
  graphene_rect_t bounds;

  for (*position = 0; title; title = gtk_widget_get_next_sibling (title), (*position)++)
    if (gtk_widget_get_visible (title) && gtk_widget_compute_bounds (title, header, &bounds) &&
        x < bounds.origin.x + bounds.size.width / 2)
      return title;
  return NULL;
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
  GtkWidget *title = title_after (target->header, hover->x, &position);

  unmark (data);
  if (!hover->term->field)
    return FALSE;
  if (title)
    gtk_widget_add_css_class (title, "drop-before");
  else
    gtk_widget_add_css_class (gtk_widget_get_last_child (target->header), "drop-after");
  return TRUE;
}

static void
add_column (const LecTermHover *hover, gpointer data)
{
  const Target *target = data;
  guint position;

  title_after (target->header, hover->x, &position);
  if (hover->term->field)
    lec_list_columns_add_at (target->columns, hover->term->field, position);
}

static const LecTermDropFunctions drop_functions = { mark, unmark, add_column };

void
lec_list_header_accept_terms (GtkColumnView *view, LecListColumns *columns)
{
  Target *target = g_new (Target, 1);

  *target = (Target){ lec_list_header_of (view), columns };
  g_object_set_data_full (G_OBJECT (target->header), "lec-target", target, g_free);
  lec_term_drop_attach (target->header, &drop_functions, target);
}
