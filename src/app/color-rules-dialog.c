#include "app/color-rules-dialog.h"

#include "app/color-rule-editor.h"
#include "app/color-style.h"
#include "app/cut-text.h"
#include "app/mnemonic.h"
#include "app/pane-parts.h"
#include "app/term-drag.h"

#include <glib/gi18n-lib.h>

/* Changes are written once the user has paused, and when the dialog closes. */
#define SAVE_DELAY_MS 500

struct _LecColorRulesDialog {
  GtkWindow parent;
  LecColorRules *rules;
  GtkListBox *list; /* row i is rule i */
  LecColorRuleEditor *editor;
  GtkLabel *message;
  unsigned save_source;
  gboolean unsaved;
  gboolean editing; /* a change of the rules is ours, and the list knows of it */
};

G_DEFINE_FINAL_TYPE (LecColorRulesDialog, lec_color_rules_dialog, GTK_TYPE_WINDOW)

/* Keeping. */

static void
tell (LecColorRulesDialog *dialog, const char *text)
{
  gtk_label_set_text (dialog->message, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (dialog->message), text != NULL);
}

static void
save (LecColorRulesDialog *dialog)
{
  g_autoptr (GError) error = NULL;
  g_clear_handle_id (&dialog->save_source, g_source_remove);
  if (!dialog->unsaved)
    return;
  dialog->unsaved = FALSE;
  if (lec_color_rules_save (dialog->rules, &error))
    return;
  g_autofree char *text = g_strdup_printf (_ ("The rules could not be kept: %s"), error->message);
  tell (dialog, text);
}

static gboolean
save_now (gpointer data)
{
  LecColorRulesDialog *dialog = data;
  dialog->save_source = 0;
  save (dialog);
  return G_SOURCE_REMOVE;
}

static void
save_soon (LecColorRulesDialog *dialog)
{
  dialog->unsaved = TRUE;
  g_clear_handle_id (&dialog->save_source, g_source_remove);
  dialog->save_source = g_timeout_add (SAVE_DELAY_MS, save_now, dialog);
}

/* The list. */

static unsigned
selected_rule (LecColorRulesDialog *dialog)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (dialog->list);
  return row != NULL ? (unsigned) gtk_list_box_row_get_index (row) : G_MAXUINT;
}

static unsigned
rule_of_widget (GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW);
  return row != NULL ? (unsigned) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : G_MAXUINT;
}

static void
select_rule (LecColorRulesDialog *dialog, unsigned i)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (dialog->list, (int) i);
  gtk_list_box_select_row (dialog->list, row);
}

static void
switched (GtkSwitch *toggle, GParamSpec *pspec, LecColorRulesDialog *dialog)
{
  unsigned i = rule_of_widget (GTK_WIDGET (toggle));
  if (dialog->editing || i >= lec_color_rules_n_rules (dialog->rules))
    return;
  LecColorRule *rule = lec_color_rule_copy (lec_color_rules_get (dialog->rules, i));
  rule->on = gtk_switch_get_active (toggle);
  dialog->editing = TRUE;
  lec_color_rules_set (dialog->rules, i, rule);
  dialog->editing = FALSE;
  if (i == selected_rule (dialog))
    lec_color_rule_editor_set (dialog->editor, lec_color_rules_get (dialog->rules, i));
  save_soon (dialog);
}

static void
move_rule (LecColorRulesDialog *dialog, unsigned from, unsigned to)
{
  if (from >= lec_color_rules_n_rules (dialog->rules) || to >= lec_color_rules_n_rules (dialog->rules) || from == to)
    return;
  lec_color_rules_move (dialog->rules, from, to);
  select_rule (dialog, to);
  save_soon (dialog);
}

static void
move_up (GtkButton *button, LecColorRulesDialog *dialog)
{
  unsigned i = rule_of_widget (GTK_WIDGET (button));
  if (i > 0)
    move_rule (dialog, i, i - 1);
}

static void
move_down (GtkButton *button, LecColorRulesDialog *dialog)
{
  unsigned i = rule_of_widget (GTK_WIDGET (button));
  move_rule (dialog, i, i + 1);
}

/* Dragging a row onto another puts it there. */

static GdkContentProvider *
drag_prepare (GtkDragSource *source, double x, double y, GtkWidget *row)
{
  return gdk_content_provider_new_typed (G_TYPE_UINT, (unsigned) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
}

static gboolean
dropped (GtkDropTarget *target, const GValue *value, double x, double y, LecColorRulesDialog *dialog)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  unsigned from = g_value_get_uint (value);
  unsigned to = (unsigned) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  move_rule (dialog, from, to);
  return TRUE;
}

static GtkWidget *
new_button (const char *icon, const char *what, const char *label, GCallback clicked, LecColorRulesDialog *dialog)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *name = g_strdup_printf ("%s: %s", what, label);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (button, "clicked", clicked, dialog);
  return button;
}

/* The rule as a row of the message list would look: sign, text, tint, bold. */
static GtkWidget *
new_preview (const LecColorRule *rule)
{
  GtkWidget *preview = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (lec_color_rule_label (rule));
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  lec_cut_text_explain (name);
  gtk_box_append (GTK_BOX (preview), lec_decoration_new (rule->sign));
  gtk_box_append (GTK_BOX (preview), name);
  gtk_widget_add_css_class (preview, "rule-preview");
  lec_color_rule_apply (rule, preview);
  if (rule->bold)
    gtk_widget_add_css_class (preview, "look-bold");
  gtk_widget_set_tooltip_text (preview, rule->filter);
  return preview;
}

static GtkWidget *
new_row_content (LecColorRulesDialog *dialog, const LecColorRule *rule)
{
  const char *label = lec_color_rule_label (rule);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *toggle = gtk_switch_new ();
  g_autofree char *name = g_strdup_printf (_ ("Use the rule %s"), label);
  gtk_switch_set_active (GTK_SWITCH (toggle), rule->on);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (toggle, "notify::active", G_CALLBACK (switched), dialog);
  gtk_box_append (GTK_BOX (box), toggle);
  gtk_box_append (GTK_BOX (box), new_preview (rule));
  gtk_box_append (GTK_BOX (box), new_button ("go-up-symbolic", _ ("Move Up"), label, G_CALLBACK (move_up), dialog));
  gtk_box_append (GTK_BOX (box),
                  new_button ("go-down-symbolic", _ ("Move Down"), label, G_CALLBACK (move_down), dialog));
  return box;
}

static GtkWidget *
new_row (LecColorRulesDialog *dialog, const LecColorRule *rule)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_UINT, GDK_ACTION_MOVE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), new_row_content (dialog, rule));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, lec_color_rule_label (rule), -1);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare), row);
  g_signal_connect (target, "drop", G_CALLBACK (dropped), dialog);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
  return row;
}

static void
fill_list (LecColorRulesDialog *dialog)
{
  unsigned selected = selected_rule (dialog);
  GtkWidget *child;
  if (dialog->editing)
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (dialog->list))) != NULL)
    gtk_list_box_remove (dialog->list, child);
  for (unsigned i = 0; i < lec_color_rules_n_rules (dialog->rules); i++)
    gtk_list_box_append (dialog->list, new_row (dialog, lec_color_rules_get (dialog->rules, i)));
  select_rule (dialog, selected < lec_color_rules_n_rules (dialog->rules) ? selected : 0);
}

static void
row_selected (GtkListBox *list, GtkListBoxRow *row, LecColorRulesDialog *dialog)
{
  unsigned i = row != NULL ? (unsigned) gtk_list_box_row_get_index (row) : G_MAXUINT;
  if (!dialog->editing && dialog->rules != NULL)
    lec_color_rule_editor_set (
        dialog->editor, i < lec_color_rules_n_rules (dialog->rules) ? lec_color_rules_get (dialog->rules, i) : NULL);
}

/* The edited row alone is made anew, so that the form keeps the focus. */
static void
rule_edited (LecColorRulesDialog *dialog)
{
  unsigned i = selected_rule (dialog);
  if (i >= lec_color_rules_n_rules (dialog->rules))
    return;
  dialog->editing = TRUE;
  lec_color_rules_set (dialog->rules, i, lec_color_rule_editor_dup (dialog->editor));
  gtk_list_box_row_set_child (gtk_list_box_get_row_at_index (dialog->list, (int) i),
                              new_row_content (dialog, lec_color_rules_get (dialog->rules, i)));
  dialog->editing = FALSE;
  save_soon (dialog);
}

/* Actions. */

static void
add_rule_for (LecColorRulesDialog *dialog, const char *name, const char *filter)
{
  unsigned n = lec_color_rules_n_rules (dialog->rules);
  if (n >= LEC_COLOR_RULES_MAX) {
    tell (dialog, _ ("There are as many rules as can be."));
    return;
  }
  LecColorRule *rule = g_new0 (LecColorRule, 1);
  rule->name = g_strdup (name);
  rule->filter = g_strdup (filter);
  rule->text[LEC_COLOR_LIGHT] = g_strdup ("#0b4c94");
  rule->tint[LEC_COLOR_LIGHT] = g_strdup ("#deecff");
  rule->text[LEC_COLOR_DARK] = g_strdup ("#9cc8ff");
  rule->tint[LEC_COLOR_DARK] = g_strdup ("#142a45");
  rule->on = TRUE;
  lec_color_rules_set (dialog->rules, n, rule);
  /* First in the list: an added rule is meant to be seen. */
  lec_color_rules_move (dialog->rules, n, 0);
  select_rule (dialog, 0);
  save_soon (dialog);
}

static void
add_rule (GtkWidget *widget, const char *name, GVariant *parameter)
{
  add_rule_for (LEC_COLOR_RULES_DIALOG (widget), _ ("New rule"), "tcp.port == 80");
}

static void
remove_rule (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LecColorRulesDialog *dialog = LEC_COLOR_RULES_DIALOG (widget);
  unsigned i = selected_rule (dialog);
  if (i >= lec_color_rules_n_rules (dialog->rules))
    return;
  lec_color_rules_remove (dialog->rules, i);
  save_soon (dialog);
}

static void
reset_rules (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LecColorRulesDialog *dialog = LEC_COLOR_RULES_DIALOG (widget);
  g_clear_handle_id (&dialog->save_source, g_source_remove);
  dialog->unsaved = FALSE;
  tell (dialog, NULL);
  lec_color_rules_reset (dialog->rules);
}

/* Named by what it stands for, until it is given a better name. */
void
lec_color_rules_dialog_add (LecColorRulesDialog *dialog, const char *filter)
{
  add_rule_for (dialog, filter, filter);
}

static void
term_dropped (const LecTermHover *hover, gpointer data)
{
  lec_color_rules_dialog_add (LEC_COLOR_RULES_DIALOG (data), hover->term->expression);
}

static const LecTermDropFunctions drop_functions = { .drop = term_dropped };

/* Making it. */

static void
lec_color_rules_dialog_dispose (GObject *object)
{
  LecColorRulesDialog *dialog = LEC_COLOR_RULES_DIALOG (object);
  if (dialog->rules != NULL) {
    save (dialog);
    g_signal_handlers_disconnect_by_data (dialog->rules, dialog);
  }
  g_clear_object (&dialog->rules);
  G_OBJECT_CLASS (lec_color_rules_dialog_parent_class)->dispose (object);
}

static void
lec_color_rules_dialog_class_init (LecColorRulesDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = lec_color_rules_dialog_dispose;
  g_type_ensure (LEC_TYPE_COLOR_RULE_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/lectern/Lectern/color-rules-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LecColorRulesDialog, list);
  gtk_widget_class_bind_template_child (widget_class, LecColorRulesDialog, editor);
  gtk_widget_class_bind_template_child (widget_class, LecColorRulesDialog, message);
  gtk_widget_class_bind_template_callback (widget_class, row_selected);
  gtk_widget_class_bind_template_callback (widget_class, rule_edited);
  gtk_widget_class_install_action (widget_class, "rules.add", NULL, add_rule);
  gtk_widget_class_install_action (widget_class, "rules.remove", NULL, remove_rule);
  gtk_widget_class_install_action (widget_class, "rules.reset", NULL, reset_rules);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
lec_color_rules_dialog_init (LecColorRulesDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
  lec_mnemonic_name_all (GTK_WIDGET (dialog));
  lec_term_drop_attach (GTK_WIDGET (dialog), &drop_functions, dialog);
}

GtkWidget *
lec_color_rules_dialog_new (GtkWindow *parent, LecColorRules *rules)
{
  LecColorRulesDialog *dialog =
      g_object_new (LEC_TYPE_COLOR_RULES_DIALOG, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  dialog->rules = g_object_ref (rules);
  g_signal_connect_swapped (rules, "changed", G_CALLBACK (fill_list), dialog);
  tell (dialog, lec_color_rules_problem (rules));
  fill_list (dialog);
  return GTK_WIDGET (dialog);
}
