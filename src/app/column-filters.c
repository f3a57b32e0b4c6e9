#include "app/column-filters.h"

#include <glib/gi18n-lib.h>

#include "app/column-text.h"
#include "app/list-header.h"

/* A word is typed as one, not letter by letter. */
#define TYPING_MS 200

/* The entry of one column. */
typedef struct {
  LecListColumn *column; /* borrowed */
  GtkWidget *entry;
  char *part; /* of the applied filter: what the entry's text stands for; NULL = none */
} Filter;

struct _LecColumnFilters {
  GtkWidget parent;
  LecMessageList *list;
  GtkColumnView *view;
  LecListColumns *columns;
  LecDocument *document; /* or NULL */
  GPtrArray *filters;    /* of Filter, in the order in which columns came */
  guint typing_source;
  gboolean updating; /* entries or the filter change by our own hand */
};

G_DEFINE_FINAL_TYPE (LecColumnFilters, lec_column_filters, GTK_TYPE_WIDGET)

static void
filter_free (Filter *filter)
{
  gtk_widget_unparent (filter->entry);
  g_free (filter->part);
  g_free (filter);
}

static const char *
text_of (const Filter *filter)
{
  return gtk_editable_get_text (GTK_EDITABLE (filter->entry));
}

/* From the entries to the filter. */

static char *
dup_part (LecColumnFilters *self, const Filter *filter)
{
  return lec_column_text_dup_expression (filter->column->id, filter->column->field, text_of (filter),
                                         lec_document_time_format (self->document));
}

/* TEXT with the entry's new part in place of its old one. */
static char *
replace_part (LecColumnFilters *self, Filter *filter, const char *text)
{
  g_autofree char *part = dup_part (self, filter);
  g_autofree char *rest = filter->part ? lec_column_text_dup_without (text, filter->part) : NULL;
  g_autofree char *base = rest ? g_steal_pointer (&rest) : g_strdup (text);

  g_free (filter->part);
  filter->part = g_steal_pointer (&part);
  if (!filter->part)
    return g_steal_pointer (&base);
  return *base ? lec_filter_dup_join (base, "and", filter->part) : g_strdup (filter->part);
}

static void
apply (LecColumnFilters *self)
{
  g_autofree char *text = NULL;

  g_clear_handle_id (&self->typing_source, g_source_remove);
  if (!self->document)
    return;
  text = g_strdup (lec_document_entry_text (self->document));
  for (guint i = 0; i < self->filters->len; i++) {
    g_autofree char *former = text;
    text = replace_part (self, g_ptr_array_index (self->filters, i), former);
  }
  self->updating = TRUE;
  if (g_strcmp0 (text, lec_document_entry_text (self->document)) != 0)
    lec_document_set_filter (self->document, text, NULL);
  self->updating = FALSE;
}

static gboolean
typing_paused (gpointer data)
{
  LecColumnFilters *self = data;

  self->typing_source = 0;
  apply (self);
  return G_SOURCE_REMOVE;
}

static void
typed (LecColumnFilters *self)
{
  if (self->updating)
    return;
  g_clear_handle_id (&self->typing_source, g_source_remove);
  self->typing_source = g_timeout_add (TYPING_MS, typing_paused, self);
}

void
lec_column_filters_clear (LecColumnFilters *self)
{
  self->updating = TRUE;
  for (guint i = 0; i < self->filters->len; i++) {
    const Filter *filter = g_ptr_array_index (self->filters, i);
    gtk_editable_set_text (GTK_EDITABLE (filter->entry), "");
  }
  self->updating = FALSE;
  apply (self);
}

/* From the filter to the entries. */

static void
filter_changed (LecColumnFilters *self)
{
  const char *text = lec_document_entry_text (self->document);

  if (self->updating)
    return;
  self->updating = TRUE;
  for (guint i = 0; i < self->filters->len; i++) {
    Filter *filter = g_ptr_array_index (self->filters, i);
    g_autofree char *rest = filter->part ? lec_column_text_dup_without (text, filter->part) : NULL;

    if (!filter->part || rest)
      continue;
    g_clear_pointer (&filter->part, g_free);
    gtk_editable_set_text (GTK_EDITABLE (filter->entry), "");
  }
  self->updating = FALSE;
}

/* Times that count from the row above, or of day, are no field's. */
static void
options_changed (LecColumnFilters *self)
{
  for (guint i = 0; i < self->filters->len; i++) {
    const Filter *filter = g_ptr_array_index (self->filters, i);
    gboolean possible =
        !self->document || lec_column_text_is_possible (filter->column->id, lec_document_time_format (self->document));

    gtk_widget_set_sensitive (filter->entry, possible);
    gtk_widget_set_tooltip_text (filter->entry,
                                 possible ? NULL : _ ("Only times since the start can be looked for here"));
  }
}

void
lec_column_filters_set_document (LecColumnFilters *self, LecDocument *document)
{
  if (self->document)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_handle_id (&self->typing_source, g_source_remove);
  g_set_object (&self->document, NULL);
  lec_column_filters_clear (self);
  g_set_object (&self->document, document);
  if (!document)
    return;
  g_signal_connect_swapped (document, "filter-changed", G_CALLBACK (filter_changed), self);
  g_signal_connect_swapped (document, "options-changed", G_CALLBACK (options_changed), self);
  options_changed (self);
}

/* Keys: out of the row downwards; Escape empties the entry first. */

static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, LecColumnFilters *self)
{
  GtkWidget *entry = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  gboolean empty = *gtk_editable_get_text (GTK_EDITABLE (entry)) == '\0';

  if (state & gtk_accelerator_get_default_mod_mask ())
    return FALSE;
  if (key == GDK_KEY_Escape && !empty) {
    gtk_editable_set_text (GTK_EDITABLE (entry), "");
    return TRUE;
  }
  if (key != GDK_KEY_Escape && key != GDK_KEY_Down && key != GDK_KEY_Return && key != GDK_KEY_KP_Enter)
    return FALSE;
  if (self->typing_source)
    apply (self);
  lec_message_list_take_focus (self->list);
  return TRUE;
}

/* Tab leads to entries that are out of view, too: the list is scrolled to them. */
static void
entry_entered (GtkEventControllerFocus *controller, LecColumnFilters *self)
{
  GtkWidget *entry = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  GtkAdjustment *sideways = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->view));
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (entry, GTK_WIDGET (self), &bounds))
    return;
  double left = bounds.origin.x + gtk_adjustment_get_value (sideways);
  gtk_adjustment_clamp_page (sideways, left, left + bounds.size.width);
}

/* Columns. */

static void
add_filter (LecColumnFilters *self, LecListColumn *column)
{
  Filter *filter = g_new0 (Filter, 1);
  GtkEventController *keys = gtk_event_controller_key_new (), *focus = gtk_event_controller_focus_new ();
  g_autofree char *name = g_strdup_printf (_ ("Filter of the column %s"), lec_list_column_label (column));

  filter->column = column;
  filter->entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (filter->entry), 0);
  gtk_entry_set_placeholder_text (GTK_ENTRY (filter->entry), _ ("contains"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (filter->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (filter->entry, keys);
  g_signal_connect (focus, "enter", G_CALLBACK (entry_entered), self);
  gtk_widget_add_controller (filter->entry, focus);
  g_signal_connect_swapped (filter->entry, "changed", G_CALLBACK (typed), self);
  g_signal_connect_object (column->view_column, "notify::fixed-width", G_CALLBACK (gtk_widget_queue_allocate), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (column->view_column, "notify::visible", G_CALLBACK (gtk_widget_queue_allocate), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (filter->entry, GTK_WIDGET (self));
  g_ptr_array_add (self->filters, filter);
}

static Filter *
find (LecColumnFilters *self, const LecListColumn *column)
{
  for (guint i = 0; i < self->filters->len; i++) {
    Filter *filter = g_ptr_array_index (self->filters, i);

    if (filter->column == column)
      return filter;
  }
  return NULL;
}

/* Tab goes from entry to entry as they stand. */
static void
columns_changed (LecColumnFilters *self)
{
  guint n_columns = g_list_model_get_n_items (gtk_column_view_get_columns (self->view));
  GtkWidget *previous = NULL;

  for (guint i = 0; i < n_columns; i++) {
    LecListColumn *column = lec_list_columns_at (self->columns, i);

    if (!column || column->id == LEC_COLUMN_VERDICT)
      continue;
    if (!find (self, column))
      add_filter (self, column);
    gtk_widget_insert_after (find (self, column)->entry, GTK_WIDGET (self), previous);
    previous = find (self, column)->entry;
  }
  if (self->document)
    options_changed (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Its place, and those of the entries. */

gboolean
lec_column_filters_place (LecColumnFilters *self, GtkWidget *relative_to, GdkRectangle *place)
{
  GtkWidget *header = lec_list_header_of (self->view);
  GtkWidget *title = gtk_widget_get_first_child (header);
  graphene_rect_t all, one;
  double x, y;

  if (!title || !gtk_widget_compute_bounds (header, relative_to, &all) ||
      !gtk_widget_compute_bounds (title, relative_to, &one) ||
      !gtk_widget_translate_coordinates (GTK_WIDGET (self->view), relative_to, 0, 0, &x, &y))
    return FALSE;
  int top = (int) (one.origin.y + one.size.height);
  *place = (GdkRectangle){ (int) x, top, gtk_widget_get_width (GTK_WIDGET (self->view)),
                           MAX (0, (int) (all.origin.y + all.size.height) - top) };
  return TRUE;
}

/* As high as it wants to be, and no higher: an entry writes at the height that it measured. */
static void
allocate_entry (GtkWidget *entry, const LecListTitle *title, int height)
{
  int wanted;

  gtk_widget_measure (entry, GTK_ORIENTATION_VERTICAL, -1, NULL, &wanted, NULL, NULL);
  gtk_widget_size_allocate (
      entry, &(GtkAllocation){ (int) title->x + 1, (height - wanted) / 2, MAX (1, (int) title->width - 2), wanted },
      -1);
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LecColumnFilters *self = LEC_COLUMN_FILTERS (widget);
  g_autoptr (GArray) titles = lec_list_titles (self->view);

  for (guint i = 0; i < self->filters->len; i++) {
    const Filter *filter = g_ptr_array_index (self->filters, i);
    gtk_widget_set_child_visible (filter->entry, gtk_column_view_column_get_visible (filter->column->view_column));
  }
  for (guint i = 0; i < titles->len; i++) {
    const LecListTitle *title = &g_array_index (titles, LecListTitle, i);
    const LecListColumn *column = lec_list_columns_at (self->columns, title->position);
    const Filter *filter = column ? find (self, column) : NULL;

    if (filter)
      allocate_entry (filter->entry, title, height);
  }
}

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
         int *natural_baseline)
{
  *minimum = *natural = 0;
  for (GtkWidget *entry = gtk_widget_get_first_child (widget); entry; entry = gtk_widget_get_next_sibling (entry)) {
    int least, wanted;

    gtk_widget_measure (entry, orientation, -1, &least, &wanted, NULL, NULL);
    if (orientation == GTK_ORIENTATION_VERTICAL)
      *minimum = *natural = MAX (*minimum, least);
  }
}

/* The widget. */

static void
lec_column_filters_dispose (GObject *object)
{
  LecColumnFilters *self = LEC_COLUMN_FILTERS (object);

  g_clear_handle_id (&self->typing_source, g_source_remove);
  if (self->document)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);
  g_clear_pointer (&self->filters, g_ptr_array_unref);
  G_OBJECT_CLASS (lec_column_filters_parent_class)->dispose (object);
}

static void
lec_column_filters_class_init (LecColumnFiltersClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lec_column_filters_dispose;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  gtk_widget_class_set_css_name (widget_class, "column-filters");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
lec_column_filters_init (LecColumnFilters *self)
{
  self->filters = g_ptr_array_new_with_free_func ((GDestroyNotify) filter_free);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Column Filters"), -1);
}

GtkWidget *
lec_column_filters_new (LecMessageList *list, GtkColumnView *view, LecListColumns *columns)
{
  LecColumnFilters *self = g_object_new (LEC_TYPE_COLUMN_FILTERS, NULL);
  GtkAdjustment *sideways = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (view));

  self->list = list;
  self->view = view;
  self->columns = columns;
  g_signal_connect_object (gtk_column_view_get_columns (view), "items-changed", G_CALLBACK (columns_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sideways, "value-changed", G_CALLBACK (gtk_widget_queue_allocate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sideways, "changed", G_CALLBACK (gtk_widget_queue_allocate), self, G_CONNECT_SWAPPED);
  columns_changed (self);
  return GTK_WIDGET (self);
}
