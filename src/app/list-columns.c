#include "app/list-columns.h"

#include <glib/gi18n-lib.h>

#include "app/cut-text.h"
#include "app/list-cells.h"
#include "app/list-refill.h"
#include "app/list-widths.h"

#define SAVE_DELAY_MS 400
#define LARGEST_WIDTH 5000
#define VERDICT_TITLE "⚑"
#define COLUMNS_TYPE  "a(sib)"

typedef struct {
  const char *name;
  const char *title; /* over the column */
  const char *label; /* in menus */
} StandardColumn;

static const StandardColumn standard_columns[LEC_N_COLUMNS] = {
  [LEC_COLUMN_NUMBER] = { "number", N_ ("#"), N_ ("Number") },
  [LEC_COLUMN_VERDICT] = { "verdict", VERDICT_TITLE, N_ ("Verdict") },
  [LEC_COLUMN_TIME] = { "time", N_ ("Time"), N_ ("Time") },
  [LEC_COLUMN_ELAPSED] = { "elapsed", N_ ("Elapsed"), N_ ("Elapsed") },
  [LEC_COLUMN_SOURCE] = { "source", N_ ("Source"), N_ ("Source") },
  [LEC_COLUMN_DESTINATION] = { "destination", N_ ("Destination"), N_ ("Destination") },
  [LEC_COLUMN_MODULE] = { "module", N_ ("Module"), N_ ("Module") },
  [LEC_COLUMN_SUMMARY] = { "summary", N_ ("Summary"), N_ ("Summary") },
};

/* Fields that the menu offers besides, by names of their own. */
static const struct {
  const char *field;
  const char *title;
  const char *label;
} offered_columns[] = {
  { "wireshark.verdict", N_ ("Wireshark"), N_ ("By Wireshark's Rules") },
};

struct LecListColumns {
  LecMessageList *list;
  GtkColumnView *view;
  GSettings *settings;
  const LecListCellFunctions *functions;
  LecRowDress *dress; /* borrowed, NULL = nothing to show */
  GPtrArray *columns; /* LecListColumn, owned */
  GSimpleActionGroup *actions;
  GMenu *menu;
  GMenu *shown_section;
  LecListWidths *widths;
  LecListRefill *refill;
  LecTimeFormat time_format;
  guint save_source;
  guint fit_source;
  gboolean restoring; /* what changes now is not the user's doing */
};

/* Action names are letters, digits, dashes and dots; field names have underscores. */
static char *
dup_action_name (const char *column)
{
  return g_strdelimit (g_strconcat ("show-", column, NULL), "_", '-');
}

static void
column_free (LecListColumn *column)
{
  gtk_column_view_column_set_factory (column->view_column, NULL);
  g_clear_object (&column->view_column);
  g_ptr_array_unref (column->items);
  g_free (column->name);
  g_free (column);
}

static LecListColumn *
find (LecListColumns *self, const char *name)
{
  for (guint i = 0; i < self->columns->len; i++) {
    LecListColumn *column = g_ptr_array_index (self->columns, i);

    if (g_strcmp0 (column->name, name) == 0)
      return column;
  }
  return NULL;
}

LecListColumn *
lec_list_columns_at (LecListColumns *self, guint position)
{
  g_autoptr (GtkColumnViewColumn) view_column =
      g_list_model_get_item (gtk_column_view_get_columns (self->view), position);

  for (guint i = 0; i < self->columns->len; i++) {
    LecListColumn *column = g_ptr_array_index (self->columns, i);

    if (column->view_column == view_column)
      return column;
  }
  return NULL;
}

static gboolean
save (void *data)
{
  LecListColumns *self = data;
  GVariantBuilder builder;
  guint n_columns = g_list_model_get_n_items (gtk_column_view_get_columns (self->view));

  self->save_source = 0;
  g_variant_builder_init (&builder, G_VARIANT_TYPE (COLUMNS_TYPE));
  for (guint i = 0; i < n_columns; i++) {
    const LecListColumn *column = lec_list_columns_at (self, i);

    if (column)
      g_variant_builder_add (&builder, "(sib)", column->name, column->width,
                             gtk_column_view_column_get_visible (column->view_column));
  }
  g_settings_set_value (self->settings, "columns", g_variant_builder_end (&builder));
  return G_SOURCE_REMOVE;
}

static void
layout_changed (LecListColumns *self)
{
  if (self->restoring)
    return;
  g_clear_handle_id (&self->save_source, g_source_remove);
  self->save_source = g_timeout_add (SAVE_DELAY_MS, save, self);
}

static void
width_changed (LecListColumn *column)
{
  if (column->columns->restoring)
    return;
  column->width =
      lec_list_widths_from_px (column->columns->widths, gtk_column_view_column_get_fixed_width (column->view_column));
  layout_changed (column->columns);
}

/* What GTK has no call for: titles that do not fit are cut as cells are, and the one of the verdicts, a sign, is named
 * for whoever hears it, or wonders. */
static void
dress_titles (LecListColumns *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));

  for (GtkWidget *title = gtk_widget_get_first_child (header); title; title = gtk_widget_get_next_sibling (title)) {
    GtkWidget *box = gtk_widget_get_first_child (title);
    GtkWidget *label = box ? gtk_widget_get_first_child (box) : NULL;

    if (!GTK_IS_LABEL (label))
      continue;
    if (gtk_label_get_ellipsize (GTK_LABEL (label)) == PANGO_ELLIPSIZE_NONE) {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      lec_cut_text_explain (label);
    }
    if (strcmp (gtk_label_get_text (GTK_LABEL (label)), VERDICT_TITLE) == 0) {
      const char *name = _ (standard_columns[LEC_COLUMN_VERDICT].label);

      gtk_widget_set_tooltip_text (title, name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (title), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
  }
}

static void
fit (LecListColumns *self)
{
  gboolean restoring = self->restoring;

  self->restoring = TRUE;
  lec_list_widths_fit (self->widths, self->columns, self->time_format);
  self->restoring = restoring;
}

static void
show_changed (GSimpleAction *action, GVariant *state, LecListColumn *column)
{
  g_simple_action_set_state (action, state);
  gtk_column_view_column_set_visible (column->view_column, g_variant_get_boolean (state));
  fit (column->columns);
  dress_titles (column->columns);
  layout_changed (column->columns);
}

static const char *
column_title (int id, const char *name)
{
  if (id >= 0)
    return _ (standard_columns[id].title);
  for (unsigned i = 0; i < G_N_ELEMENTS (offered_columns); i++)
    if (strcmp (offered_columns[i].field, name) == 0)
      return _ (offered_columns[i].title);
  return name;
}

const char *
lec_list_column_label (const LecListColumn *column)
{
  if (column->id >= 0)
    return _ (standard_columns[column->id].label);
  for (unsigned i = 0; i < G_N_ELEMENTS (offered_columns); i++)
    if (strcmp (offered_columns[i].field, column->name) == 0)
      return _ (offered_columns[i].label);
  return column->name;
}

static void
add_to_menu (LecListColumns *self, LecListColumn *column)
{
  g_autofree char *name = dup_action_name (column->name);
  g_autofree char *detailed = g_strconcat ("columns.", name, NULL);
  g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (
      name, NULL, g_variant_new_boolean (gtk_column_view_column_get_visible (column->view_column)));

  g_signal_connect (action, "change-state", G_CALLBACK (show_changed), column);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
  g_menu_append (self->shown_section, lec_list_column_label (column), detailed);
}

static LecListColumn *
new_column (LecListColumns *self, int id, const char *name, const LecName *field, int width, gboolean visible)
{
  LecListColumn *column = g_new0 (LecListColumn, 1);
  GtkListItemFactory *factory;

  column->columns = self;
  column->id = id;
  column->name = g_strdup (name);
  column->field = field;
  column->width = CLAMP (width, 10, LARGEST_WIDTH);
  column->items = g_ptr_array_new ();
  factory = lec_list_cells_new (column, self->list, self->functions);
  column->view_column = gtk_column_view_column_new (column_title (id, name), factory);
  gtk_column_view_column_set_resizable (column->view_column, TRUE);
  gtk_column_view_column_set_fixed_width (column->view_column, lec_list_widths_to_px (self->widths, width));
  gtk_column_view_column_set_expand (column->view_column, id == LEC_COLUMN_SUMMARY);
  gtk_column_view_column_set_visible (column->view_column, visible);
  gtk_column_view_column_set_header_menu (column->view_column, G_MENU_MODEL (self->menu));
  g_ptr_array_add (self->columns, column);
  /* The number carries the row's classes and its name: without it a row would say nothing. */
  if (id != LEC_COLUMN_NUMBER)
    add_to_menu (self, column);
  g_signal_connect_swapped (column->view_column, "notify::fixed-width", G_CALLBACK (width_changed), column);
  return column;
}

static LecListColumn *
new_standard_column (LecListColumns *self, int id)
{
  return new_column (self, id, standard_columns[id].name, NULL, lec_list_widths_usual (id), TRUE);
}

/* Before the summary, where that is still the last. */
static guint
position_for_field (LecListColumns *self)
{
  guint position = g_list_model_get_n_items (gtk_column_view_get_columns (self->view));
  const LecListColumn *last = position ? lec_list_columns_at (self, position - 1) : NULL;

  return last && last->id == LEC_COLUMN_SUMMARY ? position - 1 : position;
}

static void
reset (GSimpleAction *action, GVariant *parameter, void *data)
{
  LecListColumns *self = data;

  self->restoring = TRUE;
  for (guint i = self->columns->len; i-- > 0;) {
    LecListColumn *column = g_ptr_array_index (self->columns, i);
    g_autofree char *name = dup_action_name (column->name);

    gtk_column_view_remove_column (self->view, column->view_column);
    if (column->id >= 0)
      column->width = lec_list_widths_usual (column->id);
    gtk_column_view_column_set_fixed_width (column->view_column, lec_list_widths_to_px (self->widths, column->width));
    g_action_group_change_action_state (G_ACTION_GROUP (self->actions), name, g_variant_new_boolean (column->id >= 0));
  }
  for (int id = 0; id < LEC_N_COLUMNS; id++)
    gtk_column_view_append_column (self->view, find (self, standard_columns[id].name)->view_column);
  /* Hidden now; the menu still offers them. */
  for (guint i = 0; i < self->columns->len; i++) {
    const LecListColumn *column = g_ptr_array_index (self->columns, i);

    if (column->id < 0)
      gtk_column_view_insert_column (self->view, position_for_field (self), column->view_column);
  }
  dress_titles (self);
  self->restoring = FALSE;
  g_settings_reset (self->settings, "columns");
}

static int
standard_column (const char *name)
{
  for (int id = 0; id < LEC_N_COLUMNS; id++) {
    if (g_strcmp0 (standard_columns[id].name, name) == 0)
      return id;
  }
  return -1;
}

/* The columns of the memory that are there without a session; the others come with lec_list_columns_set_session(). */
static void
restore_standard (LecListColumns *self)
{
  g_autoptr (GVariant) saved = g_settings_get_value (self->settings, "columns");
  GVariantIter iter;
  const char *name;
  int width;
  gboolean visible;

  g_variant_iter_init (&iter, saved);
  while (g_variant_iter_next (&iter, "(&sib)", &name, &width, &visible)) {
    int id = standard_column (name);

    if (id >= 0 && !find (self, name))
      gtk_column_view_append_column (
          self->view, new_column (self, id, name, NULL, width, visible || id == LEC_COLUMN_NUMBER)->view_column);
  }
  for (int id = 0; id < LEC_N_COLUMNS; id++) {
    if (!find (self, standard_columns[id].name))
      gtk_column_view_append_column (self->view, new_standard_column (self, id)->view_column);
  }
  dress_titles (self);
}

static gboolean
fit_again (void *data)
{
  LecListColumns *self = data;

  self->fit_source = 0;
  if (self->dress && lec_list_widths_outdated (self->widths))
    fit (self);
  return G_SOURCE_REMOVE;
}

/* Not while the view is being laid out. */
static void
view_resized (LecListColumns *self)
{
  if (!self->fit_source)
    self->fit_source = g_idle_add (fit_again, self);
}

LecListColumns *
lec_list_columns_new (LecMessageList *list, GtkColumnView *view, GSettings *settings,
                      const LecListCellFunctions *functions)
{
  LecListColumns *self = g_new0 (LecListColumns, 1);
  g_autoptr (GMenu) reset_section = g_menu_new ();
  g_autoptr (GSimpleAction) reset_action = g_simple_action_new ("reset", NULL);

  self->list = list;
  self->view = view;
  self->settings = g_object_ref (settings);
  self->functions = functions;
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) column_free);
  self->actions = g_simple_action_group_new ();
  self->menu = g_menu_new ();
  self->shown_section = g_menu_new ();
  self->widths = lec_list_widths_new (view);
  self->restoring = TRUE;
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (self->shown_section));
  g_menu_append (reset_section, _ ("_Usual Columns"), "columns.reset");
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (reset_section));
  g_signal_connect (reset_action, "activate", G_CALLBACK (reset), self);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (reset_action));
  restore_standard (self);
  /* Rows are known by their cells in the column of numbers, which is always there. */
  self->refill = lec_list_refill_new (view, find (self, standard_columns[LEC_COLUMN_NUMBER].name)->items);
  g_signal_connect_swapped (gtk_column_view_get_columns (view), "items-changed", G_CALLBACK (layout_changed), self);
  g_signal_connect_swapped (gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (view)), "notify::page-size",
                            G_CALLBACK (view_resized), self);
  self->restoring = FALSE;
  return self;
}

void
lec_list_columns_free (LecListColumns *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  if (self->save_source) {
    g_source_remove (self->save_source);
    save (self);
  }
  g_clear_handle_id (&self->fit_source, g_source_remove);
  g_signal_handlers_disconnect_by_data (gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->view)), self);
  lec_list_refill_free (self->refill);
  g_signal_handlers_disconnect_by_data (columns, self);
  for (guint i = 0; i < self->columns->len; i++) {
    LecListColumn *column = g_ptr_array_index (self->columns, i);

    g_signal_handlers_disconnect_by_data (column->view_column, column);
    gtk_column_view_remove_column (self->view, column->view_column);
  }
  g_ptr_array_unref (self->columns);
  lec_list_widths_free (self->widths);
  g_object_unref (self->actions);
  g_object_unref (self->shown_section);
  g_object_unref (self->menu);
  g_object_unref (self->settings);
  g_free (self);
}

LecRowDress *
lec_list_columns_dress (LecListColumns *self)
{
  return self->dress;
}

static void
add_field (LecListColumns *self, const LecName *field, guint position, int width, gboolean visible)
{
  LecListColumn *column = new_column (self, -1, field->name, field, width, visible);

  gtk_column_view_insert_column (self->view, position, column->view_column);
}

static void
offer_fields (LecListColumns *self, const LecRegistry *registry)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (offered_columns); i++)
    if (!find (self, offered_columns[i].field))
      add_field (self, lec_registry_find (registry, offered_columns[i].field), position_for_field (self),
                 lec_list_widths_usual (-1), FALSE);
}

/* The names of fields are the registry's, which is the session's. */
void
lec_list_columns_set_dress (LecListColumns *self, LecRowDress *dress)
{
  g_autoptr (GVariant) saved = g_settings_get_value (self->settings, "columns");
  GVariantIter iter;
  const char *name;
  int width;
  gboolean visible;
  guint position = 0;
  const LecRegistry *registry;

  self->dress = dress;
  lec_list_refill_stop (self->refill);
  if (!dress)
    return;
  registry = lec_session_registry (lec_row_dress_session (dress));
  self->restoring = TRUE;
  g_variant_iter_init (&iter, saved);
  for (; g_variant_iter_next (&iter, "(&sib)", &name, &width, &visible); position++) {
    const LecName *field = find (self, name) ? NULL : lec_registry_find (registry, name);

    if (field)
      add_field (self, field, MIN (position, g_list_model_get_n_items (gtk_column_view_get_columns (self->view))),
                 width, visible);
  }
  for (guint i = 0; i < self->columns->len; i++) {
    LecListColumn *column = g_ptr_array_index (self->columns, i);

    if (column->id < 0)
      column->field = lec_registry_find (registry, column->name);
  }
  offer_fields (self, registry);
  fit (self);
  self->restoring = FALSE;
}

static const LecName *
find_field (LecListColumns *self, const char *name)
{
  return self->dress ? lec_registry_find (lec_session_registry (lec_row_dress_session (self->dress)), name) : NULL;
}

static void
show (LecListColumns *self, const LecListColumn *column)
{
  g_autofree char *action = dup_action_name (column->name);

  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), action, g_variant_new_boolean (TRUE));
}

gboolean
lec_list_columns_add (LecListColumns *self, const char *name)
{
  const LecName *field = find_field (self, name);
  LecListColumn *column = field ? find (self, field->name) : NULL;

  if (column)
    show (self, column);
  else if (field)
    add_field (self, field, position_for_field (self), lec_list_widths_usual (-1), TRUE);
  return field != NULL;
}

static guint
position_of (LecListColumns *self, const LecListColumn *column)
{
  guint position = 0;

  while (lec_list_columns_at (self, position) != column)
    position++;
  return position;
}

gboolean
lec_list_columns_add_at (LecListColumns *self, const char *name, guint position)
{
  const LecName *field = find_field (self, name);
  LecListColumn *column = field ? find (self, field->name) : NULL;

  if (column) {
    guint from = position_of (self, column);
    gtk_column_view_insert_column (self->view, from < position ? position - 1 : position, column->view_column);
    show (self, column);
    dress_titles (self);
  } else if (field) {
    add_field (self, field, position, lec_list_widths_usual (-1), TRUE);
  }
  return field != NULL;
}

void
lec_list_columns_refresh (LecListColumns *self)
{
  if (self->dress)
    lec_list_refill_start (self->refill, self->dress);
}

void
lec_list_columns_fit (LecListColumns *self, LecTimeFormat time_format)
{
  self->time_format = time_format;
  fit (self);
}

void
lec_list_columns_follow_text (LecListColumns *self, LecTimeFormat time_format)
{
  if (lec_list_widths_outdated (self->widths))
    lec_list_columns_fit (self, time_format);
}

void
lec_list_columns_hold_number (LecListColumns *self, uint32_t largest, LecTimeFormat time_format)
{
  if (lec_list_widths_hold_number (self->widths, largest))
    lec_list_columns_fit (self, time_format);
}

GMenuModel *
lec_list_columns_menu (LecListColumns *self)
{
  return G_MENU_MODEL (self->menu);
}

GActionGroup *
lec_list_columns_actions (LecListColumns *self)
{
  return G_ACTION_GROUP (self->actions);
}

const LecListCell *
lec_list_columns_cell (LecListColumns *self, guint position, int id)
{
  for (guint i = 0; i < self->columns->len; i++) {
    LecListColumn *column = g_ptr_array_index (self->columns, i);

    for (guint j = 0; column->id == id && j < column->items->len; j++) {
      GtkListItem *item = g_ptr_array_index (column->items, j);

      if (gtk_list_item_get_item (item) && gtk_list_item_get_position (item) == position)
        return lec_list_cell_of (gtk_list_item_get_child (item));
    }
  }
  return NULL;
}

/* The number is always there. */
guint
lec_list_columns_next_row (LecListColumns *self, guint position)
{
  const GPtrArray *items = find (self, standard_columns[LEC_COLUMN_NUMBER].name)->items;
  guint next = G_MAXUINT;

  for (guint i = 0; i < items->len; i++) {
    GtkListItem *item = g_ptr_array_index (items, i);

    if (gtk_list_item_get_item (item) && gtk_list_item_get_position (item) >= position)
      next = MIN (next, gtk_list_item_get_position (item));
  }
  return next;
}
