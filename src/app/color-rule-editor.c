#include "app/color-rule-editor.h"

#include "filter/filter.h"
#include "protocol/registry.h"

#include <glib/gi18n-lib.h>

/* What WCAG 2.1 (1.4.3) asks of text. */
#define ENOUGH_CONTRAST 4.5

enum { KIND_TEXT, KIND_TINT, N_KINDS };

struct _LecColorRuleEditor {
  GtkWidget parent;
  GtkWidget *grid;
  GtkEditable *name, *filter;
  GtkLabel *problem;
  GtkCheckButton *has_text, *has_tint, *bold;
  GtkDropDown *sign;
  GtkWidget *colors[N_KINDS][LEC_N_COLOR_APPEARANCES]; /* GtkColorButton */
  GtkWidget *contrasts[LEC_N_COLOR_APPEARANCES];       /* GtkLabel */
  LecRegistry *registry; /* that filters are checked against; an own one: no trace need be open */
  LecColorRule *rule;    /* as last valid; NULL = none is shown */
  gboolean filling;      /* widgets change by program */
};

G_DEFINE_FINAL_TYPE (LecColorRuleEditor, lec_color_rule_editor, GTK_TYPE_WIDGET)

enum { EDITED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *const backgrounds[LEC_N_COLOR_APPEARANCES] = { LEC_COLOR_BACKGROUND_LIGHT,
                                                                  LEC_COLOR_BACKGROUND_DARK };

/* The first is none. Others that a file names are kept, as the last choice. */
static const struct {
  const char *icon;
  const char *label;
} signs[] = {
  { NULL, N_ ("None") },
  { "lectern-retransmission-symbolic", N_ ("Round Arrow") },
  { "lectern-spurious-symbolic", N_ ("Round Arrow with a Bar") },
  { "lectern-reordered-symbolic", N_ ("Up and Down") },
  { "lectern-lost-symbolic", N_ ("Cross in a Gap") },
  { "lectern-not-captured-symbolic", N_ ("Frame in a Gap") },
  { "lectern-unseen-symbolic", N_ ("Crossed-out Eye") },
  { "lectern-network-duplicate-symbolic", N_ ("Fork") },
  { "lectern-capture-duplicate-symbolic", N_ ("Two Rings") },
  { "lectern-zero-window-symbolic", N_ ("Crossed-out Circle") },
  { "lectern-reset-symbolic", N_ ("Cross") },
  { "lectern-suspicious-symbolic", N_ ("Cross and Exclamation Mark") },
  { "lectern-no-answer-symbolic", N_ ("Question Mark") },
  { "lectern-unanswered-symbolic", N_ ("Hourglass") },
  { "lectern-keep-alive-symbolic", N_ ("Heart") },
  { "lectern-start-end-symbolic", N_ ("Two Arrows") },
  { "lectern-success-symbolic", N_ ("Tick") },
  { "lectern-redirect-symbolic", N_ ("Bent Arrow") },
  { "lectern-not-modified-symbolic", N_ ("Equals Sign") },
  { "lectern-client-error-symbolic", N_ ("Exclamation Mark") },
  { "lectern-server-error-symbolic", N_ ("Two Exclamation Marks") },
};

static unsigned
sign_position (const char *icon)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_strcmp0 (signs[i].icon, icon) == 0)
      return i;
  return G_N_ELEMENTS (signs);
}

/* Colours. */

static char *
dup_color (GtkWidget *button)
{
  GdkRGBA rgba;
  gtk_color_chooser_get_rgba (GTK_COLOR_CHOOSER (button), &rgba);
  return g_strdup_printf ("#%02x%02x%02x", (unsigned) (rgba.red * 255 + 0.5f), (unsigned) (rgba.green * 255 + 0.5f),
                          (unsigned) (rgba.blue * 255 + 0.5f));
}

static void
show_color (GtkWidget *button, const char *color, const char *otherwise)
{
  GdkRGBA rgba;
  if (gdk_rgba_parse (&rgba, color != NULL ? color : otherwise))
    gtk_color_chooser_set_rgba (GTK_COLOR_CHOOSER (button), &rgba);
}

static void
show_contrast (LecColorRuleEditor *editor)
{
  for (unsigned i = 0; i < LEC_N_COLOR_APPEARANCES; i++) {
    const char *text = editor->rule->text[i];
    const char *tint = editor->rule->tint[i];
    double contrast = lec_color_contrast (text, tint != NULL ? tint : backgrounds[i]);
    g_autofree char *figure = contrast > 0 ? g_strdup_printf (_ ("%.1f : 1"), contrast) : g_strdup ("–");
    g_autofree char *warned = g_strdup_printf (_ ("%s, hard to read"), figure);
    gboolean enough = contrast == 0 || contrast >= ENOUGH_CONTRAST;
    gtk_label_set_text (GTK_LABEL (editor->contrasts[i]), enough ? figure : warned);
    if (enough)
      gtk_widget_remove_css_class (editor->contrasts[i], "problem");
    else
      gtk_widget_add_css_class (editor->contrasts[i], "problem");
  }
}

/* From the rule to the widgets, and back. */

void
lec_color_rule_editor_set (LecColorRuleEditor *editor, const LecColorRule *rule)
{
  LecColorRule *copy = rule != NULL ? lec_color_rule_copy (rule) : NULL;
  lec_color_rule_free (editor->rule);
  editor->rule = copy;
  gtk_widget_set_sensitive (editor->grid, copy != NULL);
  if (copy == NULL)
    return;
  editor->filling = TRUE;
  gtk_editable_set_text (editor->name, lec_color_rule_label (copy));
  gtk_editable_set_text (editor->filter, copy->filter);
  gtk_check_button_set_active (editor->has_text, copy->text[LEC_COLOR_LIGHT] != NULL);
  gtk_check_button_set_active (editor->has_tint, copy->tint[LEC_COLOR_LIGHT] != NULL);
  gtk_check_button_set_active (editor->bold, copy->bold);
  gtk_drop_down_set_selected (editor->sign, sign_position (copy->sign));
  for (unsigned i = 0; i < LEC_N_COLOR_APPEARANCES; i++) {
    show_color (editor->colors[KIND_TEXT][i], copy->text[i], i == LEC_COLOR_LIGHT ? "#202020" : "#e8e8e8");
    show_color (editor->colors[KIND_TINT][i], copy->tint[i], backgrounds[i]);
  }
  editor->filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (editor->problem), FALSE);
  show_contrast (editor);
}

LecColorRule *
lec_color_rule_editor_dup (LecColorRuleEditor *editor)
{
  return editor->rule != NULL ? lec_color_rule_copy (editor->rule) : NULL;
}

/* Shows what is wrong with the filter, or with the name; TRUE where nothing is. */
static gboolean
check (LecColorRuleEditor *editor)
{
  LecFilterProblem problem = { 0 };
  g_autoptr (LecFilter) filter = lec_filter_new (editor->registry, gtk_editable_get_text (editor->filter), &problem);
  g_autofree char *message = NULL;
  if (gtk_editable_get_text (editor->name)[0] == '\0')
    message = g_strdup (_ ("A rule needs a name."));
  else if (gtk_editable_get_text (editor->filter)[0] == '\0')
    message = g_strdup (_ ("A rule needs a filter."));
  else if (filter == NULL)
    message = g_strdup_printf (_ ("Filter, character %u: %s"), problem.position + 1,
                               problem.message != NULL ? problem.message : "");
  lec_filter_problem_clear (&problem);
  gtk_label_set_text (editor->problem, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (editor->problem), message != NULL);
  return message == NULL;
}

static void
take_colors (LecColorRuleEditor *editor)
{
  for (unsigned i = 0; i < LEC_N_COLOR_APPEARANCES; i++) {
    g_free (editor->rule->text[i]);
    g_free (editor->rule->tint[i]);
    editor->rule->text[i] =
        gtk_check_button_get_active (editor->has_text) ? dup_color (editor->colors[KIND_TEXT][i]) : NULL;
    editor->rule->tint[i] =
        gtk_check_button_get_active (editor->has_tint) ? dup_color (editor->colors[KIND_TINT][i]) : NULL;
  }
}

/* A half-typed filter may be a valid one that colours half the trace: what is typed is checked at once, and taken over
 * with Enter or when the entry is left. */
static void
typed (LecColorRuleEditor *editor)
{
  if (!editor->filling && editor->rule != NULL)
    check (editor);
}

/* A shipped rule is shown by its name in the user's language, and keeps its own for as long as that stays. */
static gboolean
is_renamed (LecColorRuleEditor *editor)
{
  return g_strcmp0 (gtk_editable_get_text (editor->name), lec_color_rule_label (editor->rule)) != 0;
}

static gboolean
is_typed_over (LecColorRuleEditor *editor)
{
  return editor->rule != NULL &&
         (is_renamed (editor) || g_strcmp0 (gtk_editable_get_text (editor->filter), editor->rule->filter) != 0);
}

static void
edited (LecColorRuleEditor *editor)
{
  if (editor->filling || editor->rule == NULL || !check (editor))
    return;
  unsigned sign = gtk_drop_down_get_selected (editor->sign);
  if (is_renamed (editor)) {
    g_free (editor->rule->name);
    editor->rule->name = g_strdup (gtk_editable_get_text (editor->name));
  }
  g_free (editor->rule->filter);
  editor->rule->filter = g_strdup (gtk_editable_get_text (editor->filter));
  editor->rule->bold = gtk_check_button_get_active (editor->bold);
  if (sign < G_N_ELEMENTS (signs)) {
    g_free (editor->rule->sign);
    editor->rule->sign = g_strdup (signs[sign].icon);
  }
  take_colors (editor);
  show_contrast (editor);
  g_signal_emit (editor, signals[EDITED], 0);
}

static void
entry_left (LecColorRuleEditor *editor)
{
  if (is_typed_over (editor))
    edited (editor);
}

/* Making it. */

static void
add_colors (LecColorRuleEditor *editor)
{
  static const char *const names[N_KINDS][LEC_N_COLOR_APPEARANCES] = {
    { N_ ("Text, light appearance"), N_ ("Text, dark appearance") },
    { N_ ("Tint, light appearance"), N_ ("Tint, dark appearance") },
  };
  for (unsigned kind = 0; kind < N_KINDS; kind++)
    for (unsigned i = 0; i < LEC_N_COLOR_APPEARANCES; i++) {
      GtkWidget *button = gtk_color_button_new ();
      gtk_color_button_set_title (GTK_COLOR_BUTTON (button), _ (names[kind][i]));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (names[kind][i]), -1);
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      g_signal_connect_swapped (button, "color-set", G_CALLBACK (edited), editor);
      gtk_grid_attach (GTK_GRID (editor->grid), button, 1 + (int) i, 4 + (int) kind, 1, 1);
      editor->colors[kind][i] = button;
    }
  for (unsigned i = 0; i < LEC_N_COLOR_APPEARANCES; i++) {
    editor->contrasts[i] = gtk_label_new (NULL);
    gtk_label_set_xalign (GTK_LABEL (editor->contrasts[i]), 0);
    gtk_label_set_wrap (GTK_LABEL (editor->contrasts[i]), TRUE);
    gtk_grid_attach (GTK_GRID (editor->grid), editor->contrasts[i], 1 + (int) i, 6, 1, 1);
  }
}

static void
lec_color_rule_editor_dispose (GObject *object)
{
  LecColorRuleEditor *editor = LEC_COLOR_RULE_EDITOR (object);
  editor->filling = TRUE;
  g_clear_pointer (&editor->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (lec_color_rule_editor_parent_class)->dispose (object);
}

static void
lec_color_rule_editor_finalize (GObject *object)
{
  LecColorRuleEditor *editor = LEC_COLOR_RULE_EDITOR (object);
  lec_color_rule_free (editor->rule);
  lec_registry_free (editor->registry);
  G_OBJECT_CLASS (lec_color_rule_editor_parent_class)->finalize (object);
}

static void
lec_color_rule_editor_class_init (LecColorRuleEditorClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  const struct {
    const char *name;
    gssize offset;
  } children[] = {
    { "grid", G_STRUCT_OFFSET (LecColorRuleEditor, grid) },
    { "name", G_STRUCT_OFFSET (LecColorRuleEditor, name) },
    { "filter", G_STRUCT_OFFSET (LecColorRuleEditor, filter) },
    { "problem", G_STRUCT_OFFSET (LecColorRuleEditor, problem) },
    { "has_text", G_STRUCT_OFFSET (LecColorRuleEditor, has_text) },
    { "has_tint", G_STRUCT_OFFSET (LecColorRuleEditor, has_tint) },
    { "bold", G_STRUCT_OFFSET (LecColorRuleEditor, bold) },
    { "sign", G_STRUCT_OFFSET (LecColorRuleEditor, sign) },
  };
  G_OBJECT_CLASS (class)->dispose = lec_color_rule_editor_dispose;
  G_OBJECT_CLASS (class)->finalize = lec_color_rule_editor_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/lectern/Lectern/color-rule-editor.ui");
  for (unsigned i = 0; i < G_N_ELEMENTS (children); i++)
    gtk_widget_class_bind_template_child_full (widget_class, children[i].name, FALSE, children[i].offset);
  gtk_widget_class_bind_template_callback (widget_class, edited);
  gtk_widget_class_bind_template_callback (widget_class, typed);
  gtk_widget_class_bind_template_callback (widget_class, entry_left);
  signals[EDITED] =
      g_signal_new ("edited", LEC_TYPE_COLOR_RULE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lec_color_rule_editor_init (LecColorRuleEditor *editor)
{
  editor->registry = lec_registry_new ();
  editor->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (editor));
  GtkStringList *names = gtk_string_list_new (NULL);
  for (unsigned i = 0; i < G_N_ELEMENTS (signs); i++)
    gtk_string_list_append (names, _ (signs[i].label));
  gtk_string_list_append (names, _ ("Another Icon"));
  gtk_drop_down_set_model (editor->sign, G_LIST_MODEL (names));
  g_object_unref (names);
  add_colors (editor);
  editor->filling = FALSE;
  lec_color_rule_editor_set (editor, NULL);
}
