#include "app/application.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "app-config.h"
#include "app/color-style.h"
#include "app/paths.h"
#include "app/window.h"

struct _LecApplication {
  GtkApplication parent;
  GSettings *settings;
  LecStyle *style; /* from startup on */
  LecColorRules *color_rules;
  LecFilterLibrary *filter_library;
};

G_DEFINE_FINAL_TYPE (LecApplication, lec_application, GTK_TYPE_APPLICATION)

static void
new_window (GSimpleAction *action, GVariant *parameter, void *data)
{
  g_application_activate (G_APPLICATION (data));
}

static void
quit (GSimpleAction *action, GVariant *parameter, void *data)
{
  GList *windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (data)));

  for (GList *link = windows; link; link = link->next)
    gtk_window_close (link->data);
  g_list_free (windows);
}

static void
about (GSimpleAction *action, GVariant *parameter, void *data)
{
  GtkWindow *dialog = g_object_new (
      GTK_TYPE_ABOUT_DIALOG, "transient-for", gtk_application_get_active_window (GTK_APPLICATION (data)), "modal", TRUE,
      "program-name", "Lectern", "version", LECTERN_VERSION, "logo-icon-name", LECTERN_APPLICATION_ID, "license-type",
      GTK_LICENSE_GPL_3_0, "comments", _ ("Opens a network trace and shows what happened"),
      /* TRANSLATORS: your own names, a line each */
      "translator-credits", _ ("translator-credits"), NULL);

  gtk_window_present (dialog);
  /* The first label has the focus now, and has selected all of itself. */
  if (GTK_IS_LABEL (gtk_window_get_focus (dialog)))
    gtk_label_select_region (GTK_LABEL (gtk_window_get_focus (dialog)), 0, 0);
  gtk_window_set_focus (dialog, NULL);
}

static const GActionEntry entries[] = {
  { "new-window", new_window, NULL, NULL, NULL },
  { "quit", quit, NULL, NULL, NULL },
  { "about", about, NULL, NULL, NULL },
};

static void
application_startup (GApplication *base)
{
  LecApplication *self = LEC_APPLICATION (base);

  G_APPLICATION_CLASS (lec_application_parent_class)->startup (base);
  g_set_application_name ("Lectern");
  gtk_window_set_default_icon_name (LECTERN_APPLICATION_ID);
  self->style = lec_style_new (self->settings, gdk_display_get_default ());
  lec_style_add_actions (self->style, GTK_APPLICATION (self));
  lec_color_style_install (self->color_rules, gdk_display_get_default ());
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  lec_window_add_keys (GTK_APPLICATION (self));
}

/* GTK makes the window of the shortcuts as wide as all of its two columns, whatever the screen: there it scrolls. */
static void
let_scroll (GtkWindow *window)
{
  g_autoptr (GtkWidget) content = g_object_ref (gtk_window_get_child (window));
  GtkWidget *scroller =
      g_object_new (GTK_TYPE_SCROLLED_WINDOW, "propagate-natural-width", TRUE, "propagate-natural-height", TRUE, NULL);

  gtk_window_set_child (window, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), content);
  gtk_window_set_child (window, scroller);
}

static void
application_window_added (GtkApplication *base, GtkWindow *window)
{
  GtkShortcutsWindow *shortcuts;

  GTK_APPLICATION_CLASS (lec_application_parent_class)->window_added (base, window);
  shortcuts = GTK_IS_APPLICATION_WINDOW (window)
                  ? gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (window))
                  : NULL;
  if (shortcuts)
    let_scroll (GTK_WINDOW (shortcuts));
}

static void
application_activate (GApplication *base)
{
  gtk_window_present (GTK_WINDOW (lec_window_new (LEC_APPLICATION (base))));
}

/* A window for each file. */
static void
application_open (GApplication *base, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++) {
    LecWindow *window = lec_window_new (LEC_APPLICATION (base));

    lec_window_open (window, files[i]);
    gtk_window_present (GTK_WINDOW (window));
  }
}

/* Standard input belongs to the process that was started with it: it cannot be handed over to another. */
static gboolean
application_local_command_line (GApplication *base, char ***arguments, int *status)
{
  if (g_strv_contains ((const char *const *) *arguments, "-"))
    g_application_set_flags (base, g_application_get_flags (base) | G_APPLICATION_NON_UNIQUE);
  return G_APPLICATION_CLASS (lec_application_parent_class)->local_command_line (base, arguments, status);
}

static int
application_handle_local_options (GApplication *base, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;
  g_print ("Lectern %s\n", LECTERN_VERSION);
  return 0;
}

static void
lec_application_finalize (GObject *object)
{
  LecApplication *self = LEC_APPLICATION (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->style);
  g_clear_object (&self->color_rules);
  g_clear_object (&self->filter_library);
  G_OBJECT_CLASS (lec_application_parent_class)->finalize (object);
}

static void
lec_application_class_init (LecApplicationClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GApplicationClass *application_class = G_APPLICATION_CLASS (class);

  object_class->finalize = lec_application_finalize;
  application_class->startup = application_startup;
  application_class->activate = application_activate;
  application_class->open = application_open;
  application_class->local_command_line = application_local_command_line;
  application_class->handle_local_options = application_handle_local_options;
  GTK_APPLICATION_CLASS (class)->window_added = application_window_added;
}

static LecColorRules *
new_color_rules (void)
{
  g_autoptr (GBytes) shipped =
      g_resources_lookup_data ("/io/github/lectern/Lectern/color-rules.ini", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "lectern", "color-rules.ini", NULL);
  return lec_color_rules_new (shipped, path);
}

static LecFilterLibrary *
new_filter_library (void)
{
  g_autoptr (GBytes) shipped =
      g_resources_lookup_data ("/io/github/lectern/Lectern/filter-library.ini", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "lectern", "filters.ini", NULL);
  return lec_filter_library_new (shipped, path);
}

static const GOptionEntry options[] = {
  { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
  { NULL },
};

static void
lec_application_init (LecApplication *self)
{
  self->settings = lec_paths_settings ();
  self->color_rules = new_color_rules ();
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

LecApplication *
lec_application_new (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LECTERN_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  return g_object_new (LEC_TYPE_APPLICATION, "application-id", LECTERN_APPLICATION_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path", "/io/github/lectern/Lectern", NULL);
}

GSettings *
lec_application_settings (LecApplication *self)
{
  return self->settings;
}

LecColorRules *
lec_application_color_rules (LecApplication *self)
{
  return self->color_rules;
}

LecFilterLibrary *
lec_application_filter_library (LecApplication *self)
{
  if (!self->filter_library)
    self->filter_library = new_filter_library ();
  return self->filter_library;
}
