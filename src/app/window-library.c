#include "app/window-private.h"

#include "app/filter-editor.h"
#include "app/filter-library-window.h"
#include "app/help-window.h"

#include <glib/gi18n-lib.h>

static LecFilterLibrary *
library_of (LecWindow *self)
{
  return lec_application_filter_library (LEC_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
}

static void
show_library (LecWindow *self, gboolean history)
{
  if (!self->filter_library)
    g_set_weak_pointer (&self->filter_library,
                        lec_filter_library_window_new (GTK_WINDOW (self), library_of (self), self->settings));
  lec_filter_library_window_open (LEC_FILTER_LIBRARY_WINDOW (self->filter_library), history);
}

static void
filter_library (GSimpleAction *action, GVariant *parameter, void *data)
{
  show_library (data, FALSE);
}

static void
filter_history (GSimpleAction *action, GVariant *parameter, void *data)
{
  show_library (data, TRUE);
}

/* The applied filter; while there is none, what is being typed. */
static void
save_filter (GSimpleAction *action, GVariant *parameter, void *data)
{
  LecWindow *self = data;
  const char *applied = lec_document_filter_text (self->document);
  const char *text = *applied ? applied : lec_filter_bar_text (self->filter_bar);
  g_autoptr (LecNamedFilter) filter = NULL;

  if (!*text) {
    lec_window_tell (self, GTK_MESSAGE_INFO, _ ("There is no filter to save: none is applied."), NULL, NULL, NULL);
    return;
  }
  filter = lec_named_filter_new ("", NULL, NULL, text);
  gtk_window_present (GTK_WINDOW (lec_filter_editor_new (GTK_WINDOW (self), library_of (self), filter)));
}

/* The help's examples come here. */
static void
try_filter (GSimpleAction *action, GVariant *parameter, void *data)
{
  LecWindow *self = data;

  lec_filter_bar_propose (self->filter_bar, g_variant_get_string (parameter, NULL));
  gtk_window_present (GTK_WINDOW (self));
}

static void
help (GSimpleAction *action, GVariant *parameter, void *data)
{
  LecWindow *self = data;

  if (!self->help)
    g_set_weak_pointer (&self->help, lec_help_window_new (GTK_WINDOW (self), "filter-language"));
  gtk_window_present (GTK_WINDOW (self->help));
}

static const GActionEntry help_entries[] = {
  { "help", help, NULL, NULL, NULL },
};

/* Those that need a trace. */
static const GActionEntry entries[] = {
  { "filter-library", filter_library, NULL, NULL, NULL },
  { "filter-history", filter_history, NULL, NULL, NULL },
  { "save-filter", save_filter, NULL, NULL, NULL },
  { "try-filter", try_filter, "s", NULL, NULL },
};

void
lec_window_add_library_actions (LecWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), help_entries, G_N_ELEMENTS (help_entries), self);
}

void
lec_window_update_library_actions (LecWindow *self)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (entries); i++) {
    GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), entries[i].name);

    g_simple_action_set_enabled (G_SIMPLE_ACTION (action), self->document != NULL);
  }
}
