#include "app/list-refill.h"

#include "app/list-cells.h"

/* For rows out of view, at a time. */
#define SLICE_US 4000

struct LecListRefill {
  GtkColumnView *view;
  const GPtrArray *items;
  LecRowDress *dress;
  guint source;
  guint next_hidden; /* the row that source looks at next */
};

LecListRefill *
lec_list_refill_new (GtkColumnView *view, const GPtrArray *items)
{
  LecListRefill *self = g_new0 (LecListRefill, 1);

  self->view = view;
  self->items = items;
  return self;
}

void
lec_list_refill_free (LecListRefill *self)
{
  lec_list_refill_stop (self);
  g_free (self);
}

void
lec_list_refill_stop (LecListRefill *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
}

/* The positions in view; all rows are of one height. */
static void
visible_range (LecListRefill *self, guint *first, guint *last)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));
  GtkSelectionModel *model = gtk_column_view_get_model (self->view);
  guint n_rows = model ? g_list_model_get_n_items (G_LIST_MODEL (model)) : 0;
  double height = n_rows ? gtk_adjustment_get_upper (adjustment) / n_rows : 1;

  height = MAX (height, 1);
  *first = (guint) (gtk_adjustment_get_value (adjustment) / height);
  *last = *first + (guint) (gtk_adjustment_get_page_size (adjustment) / height) + 1;
}

static GtkListItem *
row_at (LecListRefill *self, guint i)
{
  return i < self->items->len ? g_ptr_array_index (self->items, i) : NULL;
}

static gboolean
is_between (GtkListItem *item, guint first, guint last)
{
  guint position = gtk_list_item_get_position (item);

  return position >= first && position <= last;
}

static gboolean
refill_hidden (void *data)
{
  LecListRefill *self = data;
  gint64 end_us = g_get_monotonic_time () + SLICE_US;
  GtkListItem *item;
  guint first, last;

  visible_range (self, &first, &last);
  while ((item = row_at (self, self->next_hidden))) {
    self->next_hidden++;
    if (!is_between (item, first, last))
      lec_list_cells_fill_row (item, self->dress);
    if (g_get_monotonic_time () > end_us)
      return G_SOURCE_CONTINUE;
  }
  self->source = 0;
  return G_SOURCE_REMOVE;
}

void
lec_list_refill_start (LecListRefill *self, LecRowDress *dress)
{
  GtkListItem *item;
  guint first, last;

  self->dress = dress;
  visible_range (self, &first, &last);
  for (guint i = 0; (item = row_at (self, i)); i++) {
    if (is_between (item, first, last))
      lec_list_cells_fill_row (item, dress);
  }
  self->next_hidden = 0;
  if (!self->source)
    self->source = g_idle_add (refill_hidden, self);
}
