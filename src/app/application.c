#include "app/application.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "app-config.h"
#include "app/paths.h"
#include "app/window.h"

struct _LecApplication {
  GtkApplication parent;
  GSettings *settings;
  GtkCssProvider *style;
};

G_DEFINE_FINAL_TYPE(LecApplication, lec_application, GTK_TYPE_APPLICATION)

static void
application_startup(GApplication *base)
{
  LecApplication *self = LEC_APPLICATION(base);

  G_APPLICATION_CLASS(lec_application_parent_class)->startup(base);
  g_set_application_name("Lectern");
  gtk_window_set_default_icon_name(LECTERN_APPLICATION_ID);
  gtk_css_provider_load_from_resource(self->style, "/io/github/lectern/Lectern/style.css");
  gtk_style_context_add_provider_for_display(gdk_display_get_default(), GTK_STYLE_PROVIDER(self->style),
                                             GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
application_activate(GApplication *base)
{
  gtk_window_present(GTK_WINDOW(lec_window_new(LEC_APPLICATION(base))));
}

static void
application_open(GApplication *base, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++) {
    LecWindow *window = lec_window_new(LEC_APPLICATION(base));

    gtk_window_present(GTK_WINDOW(window));
  }
}

static int
application_handle_local_options(GApplication *base, GVariantDict *options)
{
  if (!g_variant_dict_contains(options, "version"))
    return -1;
  g_print("Lectern %s\n", LECTERN_VERSION);
  return 0;
}

static void
lec_application_finalize(GObject *object)
{
  LecApplication *self = LEC_APPLICATION(object);

  g_clear_object(&self->settings);
  g_clear_object(&self->style);
  G_OBJECT_CLASS(lec_application_parent_class)->finalize(object);
}

static void
lec_application_class_init(LecApplicationClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS(class);
  GApplicationClass *application_class = G_APPLICATION_CLASS(class);

  object_class->finalize = lec_application_finalize;
  application_class->startup = application_startup;
  application_class->activate = application_activate;
  application_class->open = application_open;
  application_class->handle_local_options = application_handle_local_options;
}

static const GOptionEntry options[] = {
    {"version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_("Show the version"), NULL},
    {NULL},
};

static void
lec_application_init(LecApplication *self)
{
  self->settings = lec_paths_settings();
  self->style = gtk_css_provider_new();
  g_application_add_main_option_entries(G_APPLICATION(self), options);
}

LecApplication *
lec_application_new(void)
{
  setlocale(LC_ALL, "");
  bindtextdomain(GETTEXT_PACKAGE, LECTERN_LOCALEDIR);
  bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
  return g_object_new(LEC_TYPE_APPLICATION, "application-id", LECTERN_APPLICATION_ID, "flags",
                      G_APPLICATION_HANDLES_OPEN, "resource-base-path", "/io/github/lectern/Lectern", NULL);
}

GSettings *
lec_application_settings(LecApplication *self)
{
  return self->settings;
}
