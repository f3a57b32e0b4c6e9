#include "app/window.h"

#include <glib/gi18n-lib.h>

struct _LecWindow {
  GtkApplicationWindow parent;
  LecDocument *document;
};

enum { PROP_DOCUMENT = 1, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE(LecWindow, lec_window, GTK_TYPE_APPLICATION_WINDOW)

static void
lec_window_get_property(GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  LecWindow *self = LEC_WINDOW(object);

  if (property == PROP_DOCUMENT)
    g_value_set_object(value, self->document);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, property, pspec);
}

static void
lec_window_dispose(GObject *object)
{
  LecWindow *self = LEC_WINDOW(object);

  g_clear_object(&self->document);
  G_OBJECT_CLASS(lec_window_parent_class)->dispose(object);
}

static void
lec_window_class_init(LecWindowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS(class);

  object_class->get_property = lec_window_get_property;
  object_class->dispose = lec_window_dispose;
  properties[PROP_DOCUMENT] =
      g_param_spec_object("document", NULL, NULL, G_TYPE_OBJECT, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties(object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_template_from_resource(GTK_WIDGET_CLASS(class), "/io/github/lectern/Lectern/window.ui");
}

static void
lec_window_init(LecWindow *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
}

LecWindow *
lec_window_new(LecApplication *application)
{
  return g_object_new(LEC_TYPE_WINDOW, "application", application, NULL);
}

LecDocument *
lec_window_document(LecWindow *self)
{
  return self->document;
}
