#include "app/style.h"

/* Sizes that the zoom goes through, per cent. Each has a style class. */
static const int zoom_steps[] = { 50, 60, 70, 80, 90, 100, 110, 120, 135, 150, 175, 200, 250, 300 };
#define ZOOM_NORMAL 5
/* Beyond this, per cent, what is read grows alone: the header bar would leave no room for it. */
#define ZOOM_LARGEST_HEADER 200

/* Numbers of org.freedesktop.appearance color-scheme. */
#define PORTAL_PREFERS_DARK 1

struct _LecStyle {
  GObject parent;
  GSettings *settings;
  GSettings *desktop; /* org.gnome.desktop.interface where that schema is there, else NULL */
  GDBusProxy *portal; /* NULL until it answered, or where there is none */
  GCancellable *cancellable;
  gboolean toolkit_dark; /* GTK itself was set up to be dark, by its settings file or its theme */
  gboolean system_dark;  /* the desktop prefers it */
  gboolean dark;
  int zoom; /* one of zoom_steps */
};

G_DEFINE_FINAL_TYPE (LecStyle, lec_style, G_TYPE_OBJECT)

/* Windows. */

static void
set_class (GtkWidget *widget, const char *class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, class);
  else
    gtk_widget_remove_css_class (widget, class);
}

static void
dress_window (LecStyle *style, GtkWidget *window)
{
  set_class (window, "dark", style->dark);
  for (unsigned i = 0; i < G_N_ELEMENTS (zoom_steps); i++) {
    g_autofree char *class = g_strdup_printf ("zoom-%d", zoom_steps[i]);
    set_class (window, class, zoom_steps[i] == style->zoom && i != ZOOM_NORMAL);
  }
}

static void
windows_changed (LecStyle *style, unsigned position, unsigned removed, unsigned added, GListModel *windows)
{
  for (unsigned i = position; i < position + added; i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
    dress_window (style, window);
  }
}

static void
dress_windows (LecStyle *style)
{
  GListModel *windows = gtk_window_get_toplevels ();
  windows_changed (style, 0, 0, g_list_model_get_n_items (windows), windows);
}

/* Light and dark. */

static void
update_dark (LecStyle *style)
{
  g_autofree char *appearance = g_settings_get_string (style->settings, "appearance");
  gboolean dark = g_str_equal (appearance, "dark") ||
                  (g_str_equal (appearance, "system") && (style->system_dark || style->toolkit_dark));
  if (dark == style->dark)
    return;
  style->dark = dark;
  g_object_set (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", dark, NULL);
  dress_windows (style);
}

static void
set_system_dark (LecStyle *style, gboolean dark)
{
  style->system_dark = dark;
  update_dark (style);
}

static void
desktop_changed (LecStyle *style)
{
  g_autofree char *scheme = g_settings_get_string (style->desktop, "color-scheme");
  set_system_dark (style, g_str_equal (scheme, "prefer-dark"));
}

static void
take_portal_value (LecStyle *style, GVariant *value)
{
  /* Read() wraps the value in one variant more than its signal does. */
  g_autoptr (GVariant) inner = g_variant_ref (value);
  while (g_variant_is_of_type (inner, G_VARIANT_TYPE_VARIANT)) {
    GVariant *next = g_variant_get_variant (inner);
    g_variant_unref (inner);
    inner = next;
  }
  if (g_variant_is_of_type (inner, G_VARIANT_TYPE_UINT32))
    set_system_dark (style, g_variant_get_uint32 (inner) == PORTAL_PREFERS_DARK);
}

static void
portal_signal (GDBusProxy *portal, const char *sender, const char *signal, GVariant *parameters, LecStyle *style)
{
  const char *group = NULL;
  const char *key = NULL;
  g_autoptr (GVariant) value = NULL;
  if (!g_str_equal (signal, "SettingChanged") || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ssv)")))
    return;
  g_variant_get (parameters, "(&s&sv)", &group, &key, &value);
  if (g_str_equal (group, "org.freedesktop.appearance") && g_str_equal (key, "color-scheme"))
    take_portal_value (style, value);
}

static void
portal_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  if (answer == NULL || !g_variant_is_of_type (answer, G_VARIANT_TYPE ("(v)")))
    return;
  g_autoptr (GVariant) value = g_variant_get_child_value (answer, 0);
  take_portal_value (data, value);
}

static void
portal_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GDBusProxy *portal = g_dbus_proxy_new_for_bus_finish (result, &error);
  if (portal == NULL) /* no session bus, or the style is gone: light stays */
    return;
  LecStyle *style = data;
  style->portal = portal;
  g_autofree char *owner = g_dbus_proxy_get_name_owner (portal);
  if (owner == NULL)
    return;
  g_signal_connect (portal, "g-signal", G_CALLBACK (portal_signal), style);
  g_dbus_proxy_call (portal, "Read", g_variant_new ("(ss)", "org.freedesktop.appearance", "color-scheme"),
                     G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, style->cancellable, portal_answered, style);
}

/* Asked before anything here changes it. */
static gboolean
toolkit_prefers_dark (void)
{
  g_autofree char *theme = NULL;
  gboolean dark;

  g_object_get (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", &dark, "gtk-theme-name", &theme,
                NULL);
  return dark || (theme != NULL && g_str_has_suffix (theme, "-dark"));
}

/* The portal knows every desktop's preference; GNOME's own settings serve where no portal runs, GTK's where nobody has
 * any. */
static void
follow_system (LecStyle *style)
{
  style->toolkit_dark = toolkit_prefers_dark ();
  GSettingsSchemaSource *schemas = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
      schemas != NULL ? g_settings_schema_source_lookup (schemas, "org.gnome.desktop.interface", TRUE) : NULL;
  if (schema != NULL && g_settings_schema_has_key (schema, "color-scheme")) {
    style->desktop = g_settings_new ("org.gnome.desktop.interface");
    g_signal_connect_object (style->desktop, "changed::color-scheme", G_CALLBACK (desktop_changed), style,
                             G_CONNECT_SWAPPED);
    desktop_changed (style);
  }
  g_dbus_proxy_new_for_bus (G_BUS_TYPE_SESSION, G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES, NULL,
                            "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
                            "org.freedesktop.portal.Settings", style->cancellable, portal_ready, style);
}

/* Size. */

static unsigned
nearest_step (int zoom)
{
  unsigned best = 0;
  for (unsigned i = 1; i < G_N_ELEMENTS (zoom_steps); i++)
    if (ABS (zoom_steps[i] - zoom) < ABS (zoom_steps[best] - zoom))
      best = i;
  return best;
}

static void
update_zoom (LecStyle *style)
{
  style->zoom = zoom_steps[nearest_step (g_settings_get_int (style->settings, "zoom"))];
  dress_windows (style);
}

static void
zoom_in (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LecStyle *style = data;
  unsigned step = nearest_step (style->zoom);
  if (step + 1 < G_N_ELEMENTS (zoom_steps))
    g_settings_set_int (style->settings, "zoom", zoom_steps[step + 1]);
}

static void
zoom_out (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LecStyle *style = data;
  unsigned step = nearest_step (style->zoom);
  if (step > 0)
    g_settings_set_int (style->settings, "zoom", zoom_steps[step - 1]);
}

static void
zoom_normal (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LecStyle *style = data;
  g_settings_set_int (style->settings, "zoom", zoom_steps[ZOOM_NORMAL]);
}

/* Icons grow with the text: their sizes are in em. */
static GtkCssProvider *
new_zoom_provider (void)
{
  g_autoptr (GString) css = g_string_new (NULL);
  for (unsigned i = 0; i < G_N_ELEMENTS (zoom_steps); i++) {
    if (i != ZOOM_NORMAL)
      g_string_append_printf (css, "window.zoom-%d { font-size: %d%%; }\n", zoom_steps[i], zoom_steps[i]);
    if (zoom_steps[i] > ZOOM_LARGEST_HEADER)
      g_string_append_printf (css, "window.zoom-%d > headerbar { font-size: %d%%; }\n", zoom_steps[i],
                              100 * ZOOM_LARGEST_HEADER / zoom_steps[i]);
  }
  GtkCssProvider *provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_data (provider, css->str, (gssize) css->len);
  return provider;
}

void
lec_style_add_actions (LecStyle *style, GtkApplication *application)
{
  static const GActionEntry entries[] = {
    { "zoom-in", zoom_in },
    { "zoom-out", zoom_out },
    { "zoom-normal", zoom_normal },
  };
  static const struct {
    const char *action;
    const char *keys[4];
  } accelerators[] = {
    { "app.zoom-in", { "<Control>plus", "<Control>equal", "<Control>KP_Add" } },
    { "app.zoom-out", { "<Control>minus", "<Control>KP_Subtract" } },
    { "app.zoom-normal", { "<Control>0", "<Control>KP_0" } },
  };
  g_autoptr (GAction) appearance = g_settings_create_action (style->settings, "appearance");
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), style);
  g_action_map_add_action (G_ACTION_MAP (application), appearance);
  for (unsigned i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (application, accelerators[i].action, accelerators[i].keys);
}

static void
lec_style_dispose (GObject *object)
{
  LecStyle *style = LEC_STYLE (object);
  g_cancellable_cancel (style->cancellable);
  if (style->portal != NULL)
    g_signal_handlers_disconnect_by_data (style->portal, style);
  g_clear_object (&style->portal);
  g_clear_object (&style->desktop);
  g_clear_object (&style->settings);
  g_clear_object (&style->cancellable);
  G_OBJECT_CLASS (lec_style_parent_class)->dispose (object);
}

static void
lec_style_class_init (LecStyleClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lec_style_dispose;
}

static void
lec_style_init (LecStyle *style)
{
  style->cancellable = g_cancellable_new ();
  style->zoom = zoom_steps[ZOOM_NORMAL];
}

LecStyle *
lec_style_new (GSettings *settings, GdkDisplay *display)
{
  LecStyle *style = g_object_new (LEC_TYPE_STYLE, NULL);
  g_autoptr (GtkCssProvider) sheet = gtk_css_provider_new ();
  g_autoptr (GtkCssProvider) zoom = new_zoom_provider ();
  style->settings = g_object_ref (settings);
  gtk_css_provider_load_from_resource (sheet, "/io/github/lectern/Lectern/style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (sheet),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (zoom),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (windows_changed), style,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::appearance", G_CALLBACK (update_dark), style, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::zoom", G_CALLBACK (update_zoom), style, G_CONNECT_SWAPPED);
  follow_system (style);
  update_dark (style);
  update_zoom (style);
  return style;
}
