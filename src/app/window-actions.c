#include "app/window-private.h"

#include "app/color-rules-dialog.h"
#include "app/properties-window.h"
#include "app/term.h"
#include "base/text.h"
#include "session/problem.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Going through the trace */

static void
tell_hidden (LecWindow *self, uint32_t frame)
{
  g_autofree char *text = lec_dup_text (_ ("Frame %'u is hidden by the filter."), frame);

  lec_window_tell (self, GTK_MESSAGE_INFO, text, _ ("_Show It"), "win.show-frame", g_variant_new_uint32 (frame));
}

void
lec_window_go_to_frame (LecWindow *self, uint32_t frame)
{
  if (self->document && !lec_message_list_show_frame (self->list, frame, TRUE))
    tell_hidden (self, frame);
}

/* To the frame's own row, though it be in a closed one. */
static void
reveal_frame (GSimpleAction *action, GVariant *parameter, void *data)
{
  LecWindow *self = data;

  if (!lec_message_list_reveal_frame (self->list, g_variant_get_uint32 (parameter)))
    tell_hidden (self, g_variant_get_uint32 (parameter));
}

/* The row that shows the frame; the focus stays where it is. */
static void
select_frame (GSimpleAction *action, GVariant *parameter, void *data)
{
  LecWindow *self = data;

  if (!lec_message_list_show_frame (self->list, g_variant_get_uint32 (parameter), FALSE))
    tell_hidden (self, g_variant_get_uint32 (parameter));
}

static void
go_to_frame (GSimpleAction *action, GVariant *parameter, void *data)
{
  lec_window_go_to_frame (data, g_variant_get_uint32 (parameter));
}

/* Without the filter, which stays in its history. */
static void
show_frame (GSimpleAction *action, GVariant *parameter, void *data)
{
  LecWindow *self = data;

  lec_window_untell (self);
  lec_filter_bar_clear (self->filter_bar);
  lec_message_list_show_frame (self->list, g_variant_get_uint32 (parameter), TRUE);
}

static void
travel (LecWindow *self, int step)
{
  uint32_t frame = lec_history_peek (self->history, step);

  if (!frame)
    return;
  lec_history_move (self->history, step);
  self->travelling = TRUE;
  lec_window_go_to_frame (self, frame);
  self->travelling = FALSE;
  lec_window_update_actions (self);
}

static void
back (GSimpleAction *action, GVariant *parameter, void *data)
{
  travel (data, -1);
}

static void
forward (GSimpleAction *action, GVariant *parameter, void *data)
{
  travel (data, +1);
}

static gboolean
accept_problem (uint32_t frame, void *data)
{
  LecWindow *self = data;
  const LecRowList *rows = lec_message_list_rows (self->list);
  uint32_t position = rows ? lec_row_list_find (rows, frame) : G_MAXUINT32;

  return position != G_MAXUINT32 && position != lec_message_list_selected (self->list);
}

static void
problem_found (uint32_t frame, gboolean wrapped, void *data)
{
  LecWindow *self = data;

  if (frame)
    lec_message_list_show_frame (self->list, frame, TRUE);
  else
    lec_window_tell (self, GTK_MESSAGE_INFO, _ ("No further problem in this direction."), NULL, NULL, NULL);
}

static void
step_to_problem (LecWindow *self, gboolean to_next)
{
  const LecRow *selected = lec_document_selected (self->document);

  if (!self->problems) {
    self->problems = lec_search_new (self->document, accept_problem, problem_found, self);
    lec_search_set (self->problems, LEC_PROBLEM_FILTER, 1);
  }
  lec_window_untell (self);
  lec_search_step (self->problems, selected ? selected->frame : to_next ? 0 : G_MAXUINT32, to_next);
}

static void
next_problem (GSimpleAction *action, GVariant *parameter, void *data)
{
  step_to_problem (data, TRUE);
}

static void
previous_problem (GSimpleAction *action, GVariant *parameter, void *data)
{
  step_to_problem (data, FALSE);
}

static void
next_match (GSimpleAction *action, GVariant *parameter, void *data)
{
  lec_window_untell (data);
  lec_message_list_step_match (LEC_WINDOW (data)->list, TRUE);
}

static void
tell_no_match (LecWindow *self)
{
  lec_window_tell (self, GTK_MESSAGE_INFO, _ ("Nothing further passes the filter in this direction."), NULL, NULL,
                   NULL);
}

static void
previous_match (GSimpleAction *action, GVariant *parameter, void *data)
{
  lec_window_untell (data);
  lec_message_list_step_match (LEC_WINDOW (data)->list, FALSE);
}

static void
go_to (GSimpleAction *action, GVariant *parameter, void *data)
{
  LecWindow *self = data;

  gtk_widget_set_visible (self->go_to_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->go_to_entry));
}

static void
find (GSimpleAction *action, GVariant *parameter, void *data)
{
  lec_find_bar_open (LEC_WINDOW (data)->find_bar);
}

static void
find_next (GSimpleAction *action, GVariant *parameter, void *data)
{
  lec_find_bar_step (LEC_WINDOW (data)->find_bar, TRUE);
}

static void
find_previous (GSimpleAction *action, GVariant *parameter, void *data)
{
  lec_find_bar_step (LEC_WINDOW (data)->find_bar, FALSE);
}

static void
show_verdict (GSimpleAction *action, GVariant *parameter, void *data)
{
  lec_message_list_show_verdict (LEC_WINDOW (data)->list);
}

static void
toggle_row (GSimpleAction *action, GVariant *parameter, void *data)
{
  lec_message_list_toggle_selected (LEC_WINDOW (data)->list);
}

static void
focus_list (GSimpleAction *action, GVariant *parameter, void *data)
{
  lec_message_list_take_focus (LEC_WINDOW (data)->list);
}

/* Filtering */

static void
filter_term (GSimpleAction *action, GVariant *parameter, void *data)
{
  LecWindow *self = data;
  const char *how, *term;
  const char *text = lec_document_entry_text (self->document);
  g_autofree char *joined = NULL;

  g_variant_get (parameter, "(&s&s)", &how, &term);
  /* Hiding with no filter there is "not TERM"; with one, "and not". */
  joined = lec_filter_dup_join (text, g_str_equal (how, "hide") ? "not" : how, term);
  if (joined)
    lec_filter_bar_apply (self->filter_bar, joined);
}

/* Of the legend and the problems pane: a click puts it on, the next takes it off. */
static void
switch_filter (GSimpleAction *action, GVariant *parameter, void *data)
{
  LecWindow *self = data;

  lec_filter_bar_apply (self->filter_bar,
                        lec_document_switch_filter (self->document, g_variant_get_string (parameter, NULL)));
}

static void
filter_conversation (GSimpleAction *action, GVariant *parameter, void *data)
{
  LecWindow *self = data;
  const LecRow *row = lec_document_selected (self->document);
  const LecIndex *index = lec_session_index (lec_document_session (self->document));
  uint32_t number = row ? lec_index_conversation_of (index, row->frame) : G_MAXUINT32;
  g_autofree char *text = NULL;

  if (number == G_MAXUINT32) {
    lec_window_tell (self, GTK_MESSAGE_INFO, _ ("The selected row belongs to no TCP or UDP conversation."), NULL, NULL,
                     NULL);
    return;
  }
  text = lec_term_of_conversation (index, number);
  lec_filter_bar_apply (self->filter_bar, text);
}

/* What stands for an expression, elsewhere than in the box */

static void
find_term (GSimpleAction *action, GVariant *parameter, void *data)
{
  lec_find_bar_find (LEC_WINDOW (data)->find_bar, g_variant_get_string (parameter, NULL));
}

static void
clear_filter (GSimpleAction *action, GVariant *parameter, void *data)
{
  lec_filter_bar_clear (LEC_WINDOW (data)->filter_bar);
}

static void
narrow_filter (GSimpleAction *action, GVariant *parameter, void *data)
{
  lec_filter_bar_narrow (LEC_WINDOW (data)->filter_bar);
}

/* All tiers in the entry, as the one expression that they make. */
static void
merge_filter (GSimpleAction *action, GVariant *parameter, void *data)
{
  LecWindow *self = data;
  g_autoptr (LecFilterTiers) tiers = lec_filter_tiers_new ();
  const char *text = lec_document_filter_text (self->document);
  g_autoptr (LecFilter) filter =
      lec_filter_new (lec_session_registry (lec_document_session (self->document)), text, NULL);

  lec_filter_tiers_write (tiers, text, lec_filter_expression (filter));
  lec_document_set_tiers (self->document, tiers, NULL);
  lec_filter_bar_take_focus (self->filter_bar);
}

static void
copy_filter (GSimpleAction *action, GVariant *parameter, void *data)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (data)),
                          lec_document_filter_text (LEC_WINDOW (data)->document));
}

static void
edit_filter (GSimpleAction *action, GVariant *parameter, void *data)
{
  lec_filter_bar_take_focus (LEC_WINDOW (data)->filter_bar);
}

/* The rest */

static void
add_column (GSimpleAction *action, GVariant *parameter, void *data)
{
  lec_message_list_add_column (LEC_WINDOW (data)->list, g_variant_get_string (parameter, NULL));
}

static void
copy_text (GSimpleAction *action, GVariant *parameter, void *data)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (data)), g_variant_get_string (parameter, NULL));
}

static void
copy_row (GSimpleAction *action, GVariant *parameter, void *data)
{
  g_autofree char *text = lec_message_list_dup_selected_text (LEC_WINDOW (data)->list);

  if (text)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (data)), text);
}

static void
cancel_loading (GSimpleAction *action, GVariant *parameter, void *data)
{
  lec_session_cancel_loading (lec_document_session (LEC_WINDOW (data)->document));
}

static void
show_color_rules (LecWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  LecColorRules *rules = lec_application_color_rules (LEC_APPLICATION (application));

  if (!self->color_rules)
    g_set_weak_pointer (&self->color_rules, lec_color_rules_dialog_new (GTK_WINDOW (self), rules));
  gtk_window_present (GTK_WINDOW (self->color_rules));
}

static void
edit_color_rules (GSimpleAction *action, GVariant *parameter, void *data)
{
  show_color_rules (data);
}

static void
add_color_rule (GSimpleAction *action, GVariant *parameter, void *data)
{
  LecWindow *self = data;

  show_color_rules (self);
  lec_color_rules_dialog_add (LEC_COLOR_RULES_DIALOG (self->color_rules), g_variant_get_string (parameter, NULL));
}

static void
show_properties (GSimpleAction *action, GVariant *parameter, void *data)
{
  LecWindow *self = data;

  if (!self->properties) {
    g_set_weak_pointer (&self->properties, lec_properties_window_new (GTK_WINDOW (self)));
    g_object_bind_property (self, "document", self->properties, "document", G_BINDING_SYNC_CREATE);
  }
  gtk_window_present (GTK_WINDOW (self->properties));
}

static void
toggle_view (GSimpleAction *action, GVariant *parameter, void *data)
{
  LecWindow *self = data;
  gboolean flat = lec_message_list_flat (self->list);

  gtk_toggle_button_set_active (flat ? self->messages_button : self->frames_button, TRUE);
}

static void
toggle_trust_lines (GSimpleAction *action, GVariant *parameter, void *data)
{
  LecWindow *self = data;

  lec_trust_strip_toggle_lines (self->trust_strip);
}

static const GActionEntry entries[] = {
  { "go-to-frame", go_to_frame, "u", NULL, NULL },
  { "reveal-frame", reveal_frame, "u", NULL, NULL },
  { "select-frame", select_frame, "u", NULL, NULL },
  { "show-frame", show_frame, "u", NULL, NULL },
  { "back", back, NULL, NULL, NULL },
  { "forward", forward, NULL, NULL, NULL },
  { "next-problem", next_problem, NULL, NULL, NULL },
  { "previous-problem", previous_problem, NULL, NULL, NULL },
  { "next-match", next_match, NULL, NULL, NULL },
  { "previous-match", previous_match, NULL, NULL, NULL },
  { "go-to", go_to, NULL, NULL, NULL },
  { "find", find, NULL, NULL, NULL },
  { "find-next", find_next, NULL, NULL, NULL },
  { "find-previous", find_previous, NULL, NULL, NULL },
  { "show-verdict", show_verdict, NULL, NULL, NULL },
  { "toggle-row", toggle_row, NULL, NULL, NULL },
  { "focus-list", focus_list, NULL, NULL, NULL },
  { "filter-term", filter_term, "(ss)", NULL, NULL },
  { "switch-filter", switch_filter, "s", NULL, NULL },
  { "filter-conversation", filter_conversation, NULL, NULL, NULL },
  { "clear-filter", clear_filter, NULL, NULL, NULL },
  { "narrow-filter", narrow_filter, NULL, NULL, NULL },
  { "merge-filter", merge_filter, NULL, NULL, NULL },
  { "copy-filter", copy_filter, NULL, NULL, NULL },
  { "edit-filter", edit_filter, NULL, NULL, NULL },
  { "find-term", find_term, "s", NULL, NULL },
  { "add-column", add_column, "s", NULL, NULL },
  { "add-color-rule", add_color_rule, "s", NULL, NULL },
  { "copy-text", copy_text, "s", NULL, NULL },
  { "copy-row", copy_row, NULL, NULL, NULL },
  { "cancel-loading", cancel_loading, NULL, NULL, NULL },
  { "toggle-view", toggle_view, NULL, NULL, NULL },
  { "toggle-trust-lines", toggle_trust_lines, NULL, NULL, NULL },
  { "edit-color-rules", edit_color_rules, NULL, NULL, NULL },
  { "properties", show_properties, NULL, NULL, NULL },
};

static const char *const settings_actions[] = { "time-format",        "absolute-sequence-numbers",
                                                "color-rules",        "panes-visible",
                                                "column-filters",     "problems-visible",
                                                "trust-strip-visible" };

static const struct {
  const char *action;
  const char *keys[4];
} keys[] = {
  { "win.open", { "<Control>o" } },
  { "win.reload", { "F5" } },
  { "win.close", { "<Control>w" } },
  { "app.new-window", { "<Control>n" } },
  { "app.quit", { "<Control>q" } },
  { "win.show-help-overlay", { "<Control>question" } },
  { "win.help", { "F1" } },
  { "win.go-to", { "<Control>g" } },
  { "win.find", { "<Control>f" } },
  { "win.find-next", { "F3" } },
  { "win.find-previous", { "<Shift>F3" } },
  { "win.back", { "<Alt>Left", "Back" } },
  { "win.forward", { "<Alt>Right", "Forward" } },
  { "win.next-match", { "F4" } },
  { "win.previous-match", { "<Shift>F4" } },
  { "win.filter-back", { "<Alt><Shift>Left" } },
  { "win.filter-forward", { "<Alt><Shift>Right" } },
  { "win.next-problem", { "F8" } },
  { "win.previous-problem", { "<Shift>F8" } },
  { "win.show-verdict", { "F2" } },
  { "win.toggle-view", { "<Control>m" } },
  { "win.panes-visible", { "F9" } },
  { "win.problems-visible", { "<Control>7" } },
  { "win.focus-list", { "<Control>l" } },
  { "win.edit-filter", { "<Control>e", "<Control>k" } },
  { "win.clear-filter", { "<Control><Shift>e" } },
  { "win.narrow-filter", { "<Control><Shift>k" } },
  { "win.filter-conversation", { "<Control><Shift>f" } },
  { "win.filter-library", { "<Control>b" } },
  { "win.filter-history", { "<Control>h" } },
  { "win.save-filter", { "<Control><Shift>d" } },
  { "win.copy-row", { "<Control><Alt>c" } },
  { "win.cancel-loading", { "<Control>period" } },
  { "win.absolute-sequence-numbers", { "<Control><Shift>s" } },
  { "win.properties", { "<Control>i" } },
  { "win.trust-strip-visible", { "<Control>t" } },
  { "win.toggle-trust-lines", { "<Control><Shift>t" } },
  { "win.column-filters", { "<Control><Shift>l" } },
  { "win.color-rules", { "<Control><Shift>r" } },
  { "win.time-format::since-start", { "<Alt>1" } },
  { "win.time-format::since-shown", { "<Alt>2" } },
  { "win.time-format::of-day", { "<Alt>3" } },
  { "win.time-format::utc", { "<Alt>4" } },
};

void
lec_window_add_actions (LecWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->list, "no-match", G_CALLBACK (tell_no_match), self, G_CONNECT_SWAPPED);
  lec_window_add_library_actions (self);
  for (unsigned i = 0; i < G_N_ELEMENTS (settings_actions); i++) {
    g_autoptr (GAction) action = g_settings_create_action (self->settings, settings_actions[i]);

    g_action_map_add_action (G_ACTION_MAP (self), action);
  }
}

void
lec_window_add_keys (GtkApplication *application)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (application, keys[i].action, keys[i].keys);
}

static void
set_enabled (LecWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  if (G_IS_SIMPLE_ACTION (action))
    g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static gboolean
filter_is_one (LecWindow *self)
{
  return lec_filter_tiers_n_kept (lec_document_filter_tiers (self->document)) == 0;
}

void
lec_window_update_actions (LecWindow *self)
{
  gboolean has_document = self->document != NULL;
  gboolean filtered = has_document && *lec_document_filter_text (self->document);
  gboolean loading = has_document && lec_session_state (lec_document_session (self->document)) == LEC_SESSION_LOADING;

  for (unsigned i = 0; i < G_N_ELEMENTS (entries); i++)
    set_enabled (self, entries[i].name, has_document);
  set_enabled (self, "edit-color-rules", TRUE);
  set_enabled (self, "back", has_document && lec_history_peek (self->history, -1));
  set_enabled (self, "forward", has_document && lec_history_peek (self->history, +1));
  lec_window_update_trail_actions (self);
  set_enabled (self, "copy-filter", filtered);
  set_enabled (self, "merge-filter", filtered && !filter_is_one (self));
  set_enabled (self, "cancel-loading", loading);
  lec_window_update_library_actions (self);
}
