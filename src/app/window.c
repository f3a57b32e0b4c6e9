#include "app/window-private.h"

#include <glib/gi18n-lib.h>

#include "analysis/conversation-text.h"
#include "app/cut-text.h"
#include "app/legend.h"
#include "app/mnemonic.h"
#include "app/split.h"
#include "app/start-page.h"
#include "app/term-menu.h"
#include "app/title-layout.h"
#include "base/text.h"
#include "session/problem.h"

/* Conversations are counted among the shown frames only where that takes no time. */
#define MOST_FRAMES_COUNTED 20000u
#define NS_PER_S            1e9

enum { PROP_DOCUMENT = 1, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LecWindow, lec_window, GTK_TYPE_APPLICATION_WINDOW)

/* The strip under the header bar */

void
lec_window_tell (LecWindow *self, GtkMessageType type, const char *text, const char *button, const char *action,
                 GVariant *target)
{
  gtk_info_bar_set_message_type (self->notice, type);
  gtk_label_set_text (self->notice_text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->notice_button), button != NULL);
  gtk_button_set_label (self->notice_button, button ? button : "");
  lec_mnemonic_name (GTK_WIDGET (self->notice_button));
  if (target)
    g_variant_ref_sink (target);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->notice_button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->notice_button), action);
  g_clear_pointer (&target, g_variant_unref);
  gtk_widget_set_visible (GTK_WIDGET (self->notice), TRUE);
}

void
lec_window_untell (LecWindow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->notice), FALSE);
}

static void
notice_response (LecWindow *self)
{
  lec_window_untell (self);
}

static void
damage_response (LecWindow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->damage), FALSE);
}

static void
tell_damage (LecWindow *self)
{
  const LecDamage *damage = lec_trace_damage (lec_session_index (lec_document_session (self->document))->trace);
  g_autofree char *offset = NULL;
  g_autofree char *text = NULL;

  if (!damage || self->damage_told)
    return;
  self->damage_told = TRUE;
  offset = lec_dup_text ("%'" G_GUINT64_FORMAT, damage->offset);
  text = g_strdup_printf (_ ("%s At byte %s of the trace; what could be read is shown."), damage->message, offset);
  gtk_label_set_text (self->damage_text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->damage), TRUE);
}

/* Title and status */

static uint32_t
count_conversations (const LecIndex *index, LecMatches *matches)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  const LecBitmap *bitmap = lec_matches_bitmap (matches);
  uint32_t done = lec_matches_done (matches);
  uint32_t frame = 0;

  while ((frame = lec_bitmap_next (bitmap, frame + 1, done)) != G_MAXUINT32) {
    uint32_t conversation = lec_index_conversation_of (index, frame);

    if (conversation != G_MAXUINT32)
      g_hash_table_add (seen, GUINT_TO_POINTER (conversation + 1));
  }
  return g_hash_table_size (seen);
}

static void
update_subtitle (LecWindow *self)
{
  const LecIndex *index = lec_session_index (lec_document_session (self->document));
  LecMatches *matches = lec_document_matches (self->document);
  uint32_t n_frames = lec_index_n_frames (index);
  double span_s = n_frames ? (atomic_load (&index->last_time_ns) - atomic_load (&index->first_time_ns)) / NS_PER_S : 0;
  g_autoptr (GString) text = g_string_new (NULL);
  uint32_t n_conversations;

  lec_append_text (text, ngettext ("%'u frame", "%'u frames", n_frames), n_frames);
  /* TRANSLATORS: a time span in seconds */
  lec_append_text (text, _ (" · %'.1f s"), span_s);
  if (!matches) {
    n_conversations = atomic_load (&index->n_conversations);
    lec_append_text (text, ngettext (" · %'u conversation", " · %'u conversations", n_conversations), n_conversations);
  } else if (lec_matches_count (matches) <= MOST_FRAMES_COUNTED) {
    n_conversations = count_conversations (index, matches);
    lec_append_text (text, ngettext (" · %'u conversation shown", " · %'u conversations shown", n_conversations),
                     n_conversations);
  }
  gtk_label_set_text (self->subtitle_label, text->str);
}

static void
append_conversation (GString *text, const LecIndex *index, uint32_t frame)
{
  uint32_t conversation = lec_index_conversation_of (index, frame);
  g_autofree char *one = NULL, *other = NULL, *outcome = NULL;

  if (conversation == G_MAXUINT32)
    return;
  one = lec_conversation_dup_endpoint (index, conversation, 0);
  other = lec_conversation_dup_endpoint (index, conversation, 1);
  outcome = lec_conversation_dup_outcome (index, conversation);
  g_string_append_printf (text, " · %s ↔ %s", one, other);
  if (outcome && *outcome)
    g_string_append_printf (text, ", %s", outcome);
}

static void
update_selected_status (LecWindow *self)
{
  const LecRow *row = self->document ? lec_document_selected (self->document) : NULL;
  const LecRowList *rows = lec_message_list_rows (self->list);
  guint position = lec_message_list_selected (self->list);
  g_autoptr (GString) text = g_string_new (NULL);

  if (row) {
    uint32_t n_hidden = lec_document_matches (self->document) && rows && position != GTK_INVALID_LIST_POSITION
                            ? lec_row_list_n_hidden_before (rows, position)
                            : 0;

    lec_append_text (text, _ ("Frame %'u selected"), row->frame);
    if (n_hidden)
      lec_append_text (text, ngettext (" · %'u row hidden before it", " · %'u rows hidden before it", n_hidden),
                       n_hidden);
    append_conversation (text, lec_session_index (lec_document_session (self->document)), row->frame);
  }
  gtk_label_set_text (self->status_text, text->str);
}

/* What the status bar says stands for the selected frame, and for its conversation. */
static GMenuModel *
status_menu_at (GtkWidget *widget, double x, double y, gpointer data)
{
  LecWindow *self = data;
  const LecRow *row = self->document ? lec_document_selected (self->document) : NULL;
  const LecIndex *index = row ? lec_session_index (lec_document_session (self->document)) : NULL;
  g_autoptr (GPtrArray) terms = lec_terms_new ();
  GMenu *menu;

  if (!row)
    return NULL;
  if (lec_index_conversation_of (index, row->frame) != G_MAXUINT32)
    lec_terms_add (terms, lec_term_of_conversation (index, lec_index_conversation_of (index, row->frame)), NULL);
  lec_terms_add (terms, g_strdup_printf ("frame.number == %u", row->frame), "frame.number");
  menu = g_menu_new ();
  lec_term_menu_append (menu, terms);
  return G_MENU_MODEL (menu);
}

/* Of all kinds that are more than notes. */
static void
update_problems (LecWindow *self)
{
  const LecIndex *index = lec_session_index (lec_document_session (self->document));
  uint32_t n = lec_problem_total (index);
  g_autofree char *text = lec_dup_text (ngettext ("%'u problem", "%'u problems", n), n);

  gtk_button_set_label (GTK_BUTTON (self->problems_button), n ? text : _ ("No problems"));
}

static void
update_progress (LecWindow *self)
{
  LecSession *session = lec_document_session (self->document);
  LecIndex *index = lec_session_index (session);
  LecSessionState state = lec_session_state (session);
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;
  uint64_t read_bytes, total_bytes;

  gtk_widget_set_visible (GTK_WIDGET (self->progress), state == LEC_SESSION_LOADING);
  gtk_widget_set_visible (self->cancel_button, state == LEC_SESSION_LOADING);
  if (state == LEC_SESSION_LOADING) {
    lec_trace_progress (index->trace, &read_bytes, &total_bytes);
    if (total_bytes) {
      gtk_progress_bar_set_fraction (self->progress, MIN (1.0, (double) read_bytes / total_bytes));
      text = g_strdup_printf (_ ("Reading, %u %%"), (unsigned) (MIN (read_bytes, total_bytes) * 100 / total_bytes));
    } else {
      size = g_format_size_full (read_bytes, G_FORMAT_SIZE_IEC_UNITS);
      gtk_progress_bar_pulse (self->progress);
      text = g_strdup_printf (_ ("Reading, %s"), size);
    }
  } else {
    size = g_format_size_full (lec_index_bytes (index), G_FORMAT_SIZE_IEC_UNITS);
    text = g_strdup_printf (state == LEC_SESSION_CANCELLED ? _ ("Stopped · index %s") : _ ("Ready · index %s"), size);
  }
  gtk_label_set_text (self->status_end, text);
}

/* What the document tells */

static void
document_changed (LecWindow *self)
{
  /* The keys are the list's from the first row on. */
  if (self->list_awaits_focus && lec_message_list_n_rows (self->list)) {
    self->list_awaits_focus = FALSE;
    lec_message_list_take_focus (self->list);
  }
  update_subtitle (self);
  update_progress (self);
  update_problems (self);
  update_selected_status (self);
  tell_damage (self);
  lec_window_update_actions (self);
}

static void
filter_changed (LecWindow *self)
{
  update_subtitle (self);
  update_selected_status (self);
  lec_window_update_actions (self);
}

static void
row_selected (LecWindow *self)
{
  /* What was told in passing is over; what asks for something stays. */
  if (gtk_info_bar_get_message_type (self->notice) == GTK_MESSAGE_INFO &&
      !gtk_widget_get_visible (GTK_WIDGET (self->notice_button)))
    lec_window_untell (self);
  const LecRow *row = lec_document_selected (self->document);

  if (row && !self->travelling)
    lec_history_visit (self->history, row->frame);
  update_selected_status (self);
  lec_window_update_actions (self);
}

static void
options_changed (LecWindow *self)
{
  if (self->document)
    lec_document_set_options (self->document, (LecTimeFormat) g_settings_get_enum (self->settings, "time-format"),
                              g_settings_get_boolean (self->settings, "absolute-sequence-numbers"),
                              g_settings_get_boolean (self->settings, "color-rules"));
}

static void
set_title (LecWindow *self)
{
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;

  if (!self->document)
    return;
  name = g_filename_display_basename (lec_session_path (lec_document_session (self->document)));
  if (g_str_equal (name, "-")) {
    g_free (name);
    name = g_strdup (_ ("Standard input"));
  }
  title = g_strdup_printf (_ ("%s – Lectern"), name);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_label_set_text (self->title_label, name);
}

void
lec_window_set_document (LecWindow *self, LecDocument *document)
{
  if (self->document)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_pointer (&self->problems, lec_search_free);
  g_clear_pointer (&self->history, lec_history_free);
  self->history = lec_history_new ();
  self->damage_told = FALSE;
  damage_response (self);
  self->list_awaits_focus = document != NULL;
  lec_find_bar_set_document (self->find_bar, document);
  g_set_object (&self->document, document);
  options_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
  gtk_stack_set_visible_child_name (self->pages, document ? "trace" : "start");
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle_label), document != NULL);
  gtk_widget_set_visible (self->start_controls, document != NULL);
  gtk_widget_set_visible (self->end_controls, document != NULL);
  if (!document)
    return;
  lec_window_begin_trail (self);
  g_signal_connect_swapped (document, "changed", G_CALLBACK (document_changed), self);
  g_signal_connect_swapped (document, "filter-changed", G_CALLBACK (filter_changed), self);
  g_signal_connect_swapped (document, "matches-changed", G_CALLBACK (filter_changed), self);
  g_signal_connect_swapped (document, "selected", G_CALLBACK (row_selected), self);
  set_title (self);
  document_changed (self);
}

/* The view, the panes, the bar for going to a frame */

static void
view_toggled (LecWindow *self)
{
  gboolean flat = !gtk_toggle_button_get_active (self->messages_button);

  lec_message_list_set_flat (self->list, flat);
  g_settings_set_boolean (self->settings, "flat-list", flat);
  update_selected_status (self);
}

static void
flat_list_set (LecWindow *self)
{
  gboolean flat = g_settings_get_boolean (self->settings, "flat-list");

  gtk_toggle_button_set_active (flat ? self->frames_button : self->messages_button, TRUE);
}

/* Shown, they have the keyboard; what they had goes to the list when they are hidden. */
static void
problems_toggled (LecWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (g_settings_get_boolean (self->settings, "problems-visible")) {
    g_settings_set_boolean (self->settings, "panes-visible", TRUE);
    lec_panes_focus_problems (self->panes);
  } else if (!focus || !gtk_widget_get_mapped (focus)) {
    lec_message_list_take_focus (self->list);
  }
}

static void
close_go_to (LecWindow *self)
{
  gtk_widget_set_visible (self->go_to_bar, FALSE);
}

static void
go_to_activated (LecWindow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->go_to_entry));
  uint32_t n_frames =
      self->document ? lec_index_n_frames (lec_session_index (lec_document_session (self->document))) : 0;
  g_autofree char *problem = NULL;
  guint64 frame;

  if (g_ascii_string_to_unsigned (text, 10, 1, MAX (n_frames, 1), &frame, NULL) && n_frames) {
    close_go_to (self);
    lec_window_go_to_frame (self, (uint32_t) frame);
    return;
  }
  problem = lec_dup_text (_ ("There is no frame “%s”: the trace has frames 1 to %'u."), text, n_frames);
  lec_window_tell (self, GTK_MESSAGE_INFO, problem, NULL, NULL, NULL);
}

static gboolean
go_to_key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, LecWindow *self)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  close_go_to (self);
  lec_message_list_take_focus (self->list);
  return TRUE;
}

static void
remember_window (LecWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set (self->settings, "window-size", "(ii)", width, height);
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}

static gboolean
lec_window_close_request (GtkWindow *window)
{
  remember_window (LEC_WINDOW (window));
  return GTK_WINDOW_CLASS (lec_window_parent_class)->close_request (window);
}

/* The widget */

static void
lec_window_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  LecWindow *self = LEC_WINDOW (object);

  if (property == PROP_DOCUMENT)
    g_value_set_object (value, self->document);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
lec_window_dispose (GObject *object)
{
  LecWindow *self = LEC_WINDOW (object);

  if (self->document) {
    g_signal_handlers_disconnect_by_data (self->document, self);
    lec_find_bar_set_document (self->find_bar, NULL);
    g_clear_pointer (&self->problems, lec_search_free);
    g_clear_object (&self->document);
    g_object_notify_by_pspec (object, properties[PROP_DOCUMENT]);
  }
  if (self->settings)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_weak_pointer (&self->properties);
  g_clear_weak_pointer (&self->color_rules);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (lec_window_parent_class)->dispose (object);
}

static void
lec_window_finalize (GObject *object)
{
  g_clear_pointer (&LEC_WINDOW (object)->history, lec_history_free);
  g_clear_pointer (&LEC_WINDOW (object)->trail, lec_filter_trail_free);
  G_OBJECT_CLASS (lec_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *class)
{
  gtk_widget_class_set_template_from_resource (class, "/io/github/lectern/Lectern/window.ui");
  gtk_widget_class_bind_template_child (class, LecWindow, title_label);
  gtk_widget_class_bind_template_child (class, LecWindow, subtitle_label);
  gtk_widget_class_bind_template_child (class, LecWindow, start_controls);
  gtk_widget_class_bind_template_child (class, LecWindow, end_controls);
  gtk_widget_class_bind_template_child (class, LecWindow, progress);
  gtk_widget_class_bind_template_child (class, LecWindow, pages);
  gtk_widget_class_bind_template_child (class, LecWindow, filter_bar);
  gtk_widget_class_bind_template_child (class, LecWindow, damage);
  gtk_widget_class_bind_template_child (class, LecWindow, damage_text);
  gtk_widget_class_bind_template_child (class, LecWindow, notice);
  gtk_widget_class_bind_template_child (class, LecWindow, notice_text);
  gtk_widget_class_bind_template_child (class, LecWindow, notice_button);
  gtk_widget_class_bind_template_child (class, LecWindow, find_bar);
  gtk_widget_class_bind_template_child (class, LecWindow, go_to_bar);
  gtk_widget_class_bind_template_child (class, LecWindow, go_to_entry);
  gtk_widget_class_bind_template_child (class, LecWindow, trust_strip);
  gtk_widget_class_bind_template_child (class, LecWindow, list);
  gtk_widget_class_bind_template_child (class, LecWindow, split);
  gtk_widget_class_bind_template_child (class, LecWindow, legend);
  gtk_widget_class_bind_template_child (class, LecWindow, panes);
  gtk_widget_class_bind_template_child (class, LecWindow, messages_button);
  gtk_widget_class_bind_template_child (class, LecWindow, frames_button);
  gtk_widget_class_bind_template_child (class, LecWindow, status_text);
  gtk_widget_class_bind_template_child (class, LecWindow, status_end);
  gtk_widget_class_bind_template_child (class, LecWindow, problems_button);
  gtk_widget_class_bind_template_child (class, LecWindow, cancel_button);
  gtk_widget_class_bind_template_child (class, LecWindow, columns_menu);
  gtk_widget_class_bind_template_child (class, LecWindow, recent_menu);
  gtk_widget_class_bind_template_callback (class, damage_response);
  gtk_widget_class_bind_template_callback (class, notice_response);
  gtk_widget_class_bind_template_callback (class, view_toggled);
  gtk_widget_class_bind_template_callback (class, go_to_activated);
  gtk_widget_class_bind_template_callback (class, go_to_key_pressed);
}

static void
lec_window_class_init (LecWindowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = lec_window_get_property;
  object_class->dispose = lec_window_dispose;
  object_class->finalize = lec_window_finalize;
  GTK_WINDOW_CLASS (class)->close_request = lec_window_close_request;
  properties[PROP_DOCUMENT] =
      g_param_spec_object ("document", NULL, NULL, LEC_TYPE_DOCUMENT, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  g_type_ensure (LEC_TYPE_FILTER_BAR);
  g_type_ensure (LEC_TYPE_FIND_BAR);
  g_type_ensure (LEC_TYPE_LEGEND);
  g_type_ensure (LEC_TYPE_MESSAGE_LIST);
  g_type_ensure (LEC_TYPE_PANES);
  g_type_ensure (LEC_TYPE_SPLIT);
  g_type_ensure (LEC_TYPE_START_PAGE);
  g_type_ensure (LEC_TYPE_TITLE_LAYOUT);
  g_type_ensure (LEC_TYPE_TRUST_STRIP);
  bind_template (GTK_WIDGET_CLASS (class));
}

static void
lec_window_init (LecWindow *self)
{
  LecColorRules *rules = lec_application_color_rules (LEC_APPLICATION (g_application_get_default ()));
  int width, height;

  self->settings = g_object_ref (lec_application_settings (LEC_APPLICATION (g_application_get_default ())));
  gtk_widget_init_template (GTK_WIDGET (self));
  g_settings_get (self->settings, "window-size", "(ii)", &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  gtk_button_set_use_underline (self->notice_button, TRUE);
  lec_cut_text_explain (GTK_WIDGET (self->title_label));
  lec_cut_text_explain (GTK_WIDGET (self->subtitle_label));
  lec_cut_text_explain (GTK_WIDGET (self->status_text));
  lec_cut_text_explain (GTK_WIDGET (self->status_end));
  lec_find_bar_set_list (self->find_bar, self->list);
  lec_find_bar_set_panes (self->find_bar, self->panes);
  lec_term_menu_attach_expression (self->problems_button, LEC_PROBLEM_FILTER);
  lec_term_menu_attach (GTK_WIDGET (self->status_text), status_menu_at, self);
  g_object_set (self->legend, "rules", rules, NULL);
  g_object_set (self->panes, "rules", rules, NULL);
  g_menu_append_section (self->columns_menu, NULL, lec_message_list_columns_menu (self->list));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns", lec_message_list_columns_actions (self->list));
  g_settings_bind (self->settings, "panes-height", self->split, "size", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "panes-visible", self->panes, "visible", G_SETTINGS_BIND_GET);
  g_signal_connect_swapped (self->settings, "changed::problems-visible", G_CALLBACK (problems_toggled), self);
  g_signal_connect_swapped (self->settings, "changed::time-format", G_CALLBACK (options_changed), self);
  g_signal_connect_swapped (self->settings, "changed::absolute-sequence-numbers", G_CALLBACK (options_changed), self);
  g_signal_connect_swapped (self->settings, "changed::color-rules", G_CALLBACK (options_changed), self);
  flat_list_set (self);
  lec_window_add_actions (self);
  lec_window_add_open_actions (self);
  lec_window_add_trail_actions (self);
  lec_window_accept_drops (self);
  lec_window_set_document (self, NULL);
  lec_window_update_actions (self);
}

LecWindow *
lec_window_new (LecApplication *application)
{
  return g_object_new (LEC_TYPE_WINDOW, "application", application, NULL);
}

LecDocument *
lec_window_document (LecWindow *self)
{
  return self->document;
}
