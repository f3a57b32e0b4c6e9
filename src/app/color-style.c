#include "app/color-style.h"

static const char *const appearance_prefix[LEC_N_COLOR_APPEARANCES] = { "", "window.dark " };

/* The classes hold on anything that is not selected; a row has its bar drawn inside, so that columns stay aligned. */
static void
append_rule (GString *css, const LecColorRule *rule)
{
  const char *text_class = lec_color_rule_class (rule, "text");
  const char *tint_class = lec_color_rule_class (rule, "tint");
  for (unsigned i = 0; i < LEC_N_COLOR_APPEARANCES; i++) {
    const char *prefix = appearance_prefix[i];
    if (rule->text[i] != NULL) {
      g_string_append_printf (css, "%s.%s:not(:selected) { color: %s; }\n", prefix, text_class, rule->text[i]);
      g_string_append_printf (css, "%srow.%s:not(:selected) { box-shadow: inset 4px 0 %s; }\n", prefix, text_class,
                              rule->text[i]);
    }
    if (rule->tint[i] != NULL)
      g_string_append_printf (css, "%s.%s:not(:selected) { background-color: %s; }\n", prefix, tint_class,
                              rule->tint[i]);
  }
}

static void
reload (LecColorRules *rules, GtkCssProvider *provider)
{
  g_autoptr (GString) css = g_string_new (".look-bold { font-weight: bold; }\n");
  static const char *const backgrounds[] = { LEC_COLOR_BACKGROUND_LIGHT, LEC_COLOR_BACKGROUND_DARK };
  for (unsigned i = 0; i < LEC_N_COLOR_APPEARANCES; i++)
    g_string_append_printf (css, "%s.paper, %scolumnview.trace > listview { background-color: %s; }\n",
                            appearance_prefix[i], appearance_prefix[i], backgrounds[i]);
  for (unsigned i = 0; i < lec_color_rules_n_rules (rules); i++)
    append_rule (css, lec_color_rules_get (rules, i));
  gtk_css_provider_load_from_data (provider, css->str, (gssize) css->len);
}

void
lec_color_style_install (LecColorRules *rules, GdkDisplay *display)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  g_signal_connect_data (rules, "changed", G_CALLBACK (reload), g_object_ref (provider),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  reload (rules, provider);
}

static gboolean
same_classes (const char *const *a, const char *const *b)
{
  while (*a != NULL && *a == *b)
    a++, b++;
  return *a == *b;
}

void
lec_color_look_apply (const LecColorLook *look, GtkWidget *row)
{
  static const char key[] = "lec-color-classes";
  static const char *const none[] = { NULL };
  const char *const *former = g_object_get_data (G_OBJECT (row), key);
  const char *const *classes = look != NULL ? look->classes : none;
  if (same_classes (former != NULL ? former : none, classes))
    return;
  for (unsigned i = 0; former != NULL && former[i] != NULL; i++)
    gtk_widget_remove_css_class (row, former[i]);
  for (unsigned i = 0; classes[i] != NULL; i++)
    gtk_widget_add_css_class (row, classes[i]);
  /* Class names are interned: a copy of the pointers outlives the look. */
  gpointer copy = look != NULL ? g_memdup2 (look->classes, sizeof look->classes) : NULL;
  g_object_set_data_full (G_OBJECT (row), key, copy, g_free);
}

void
lec_color_rule_apply (const LecColorRule *rule, GtkWidget *widget)
{
  gtk_widget_add_css_class (widget, lec_color_rule_class (rule, "text"));
  gtk_widget_add_css_class (widget, lec_color_rule_class (rule, "tint"));
}
