#include "app/filter-bar.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/application.h"
#include "app/cut-text.h"
#include "app/filter-chips.h"
#include "app/filter-completion.h"
#include "app/filter-history.h"
#include "app/filter-marks.h"
#include "app/menu-label.h"
#include "app/term-drag.h"
#include "base/text.h"

/* Of the history, those that are in its menu. */
#define N_RECENT 15u

/* What the text in the entry is to the filter of the list. */
typedef enum {
  STATE_EMPTY,   /* no filter, nothing typed */
  STATE_APPLIED, /* the text is the filter */
  STATE_EDITED,  /* the text is not, or not yet, the filter */
  STATE_INVALID, /* the text was to be the filter, and is none */
} State;

static const struct {
  const char *class;
  const char *description; /* for those who do not see the colours */
} states[] = {
  [STATE_EMPTY] = { "empty", N_ ("No filter") },
  [STATE_APPLIED] = { "applied", N_ ("Filter applied") },
  [STATE_EDITED] = { "edited", N_ ("Filter edited, not applied: press Enter") },
  [STATE_INVALID] = { "invalid", N_ ("Filter not understood") },
};

struct _LecFilterBar {
  GtkWidget parent;
  GtkWidget *box;
  GtkEntry *entry;
  GtkLabel *state_text;
  GtkLabel *count;
  GtkLabel *problem;
  LecFilterChips *chips;
  GtkWidget *history_button;
  GMenu *recent_menu;
  LecFilterCompletion *completion;
  LecFilterMarks *marks;
  LecDocument *document;
  char *written; /* what of the applied filter the entry was last told, or NULL */
  GSettings *settings;
  State state;
  gboolean tells_chosen; /* the entry's description is the chosen proposal */
  gboolean setting;      /* the text changes by our own hand */
  char *before_drag;     /* the text while that of a dragged term stands in its place; NULL = none does */
};

G_DEFINE_FINAL_TYPE (LecFilterBar, lec_filter_bar, GTK_TYPE_WIDGET)

enum { PROP_DOCUMENT = 1, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

const char *
lec_filter_bar_text (LecFilterBar *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

static void
set_state (LecFilterBar *self, State state)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), states[self->state].class);
  gtk_widget_add_css_class (GTK_WIDGET (self), states[state].class);
  self->state = state;
  gtk_label_set_text (self->state_text, state == STATE_EDITED ? _ ("Not applied") : "");
  gtk_widget_set_visible (GTK_WIDGET (self->state_text), state == STATE_EDITED);
  lec_filter_chips_set_stale (self->chips, state == STATE_EDITED || state == STATE_INVALID);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _ (states[state].description), -1);
  if (state == STATE_INVALID)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                                 GTK_ACCESSIBLE_INVALID_TRUE, -1);
  else
    gtk_accessible_reset_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID);
}

/* Underlines what is wrong, and says it below, since a colour alone tells nobody where. */
static void
show_problem (LecFilterBar *self, const LecFilterProblem *problem)
{
  g_autofree char *message =
      g_strdup_printf (_ ("At character %u: %s"), problem->position + 1, problem->message ? problem->message : "");

  lec_filter_marks_set_problem (self->marks, problem->position, problem->length);
  gtk_label_set_text (self->problem, message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  set_state (self, STATE_INVALID);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message, -1);
}

static void
hide_problem (LecFilterBar *self)
{
  lec_filter_marks_clear_problem (self->marks);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
}

static void
update_count (LecFilterBar *self)
{
  LecMatches *matches = self->document ? lec_document_matches (self->document) : NULL;
  g_autofree char *text = NULL;
  uint32_t n_frames =
      self->document ? lec_index_n_frames (lec_session_index (lec_document_session (self->document))) : 0;

  if (matches)
    text = lec_dup_text (_ ("%'u of %'u"), lec_matches_count (matches), n_frames);
  else
    text = lec_dup_text ("%'u", n_frames);
  gtk_label_set_text (self->count, text);
}

/* A filter that is right may still let nothing pass whatever the trace holds. */
static void
show_hint (LecFilterBar *self)
{
  const char *hint = lec_document_filter_hint (self->document);

  if (!hint)
    return;
  gtk_label_set_text (self->problem, hint);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
}

static void
matches_changed (LecFilterBar *self)
{
  update_count (self);
  if (self->state == STATE_APPLIED)
    show_hint (self);
}

static void
update_state (LecFilterBar *self)
{
  const char *text = lec_filter_bar_text (self);
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  const char *applied = self->document ? lec_document_entry_text (self->document) : "";
  const char *in_force = self->document ? lec_document_filter_text (self->document) : "";

  hide_problem (self);
  if (strcmp (stripped, applied) != 0)
    set_state (self, STATE_EDITED);
  else
    set_state (self, *in_force ? STATE_APPLIED : STATE_EMPTY);
  if (self->state == STATE_APPLIED)
    show_hint (self);
}

static void
text_changed (LecFilterBar *self)
{
  LecFilterProblem problem = { 0 };
  g_autoptr (LecFilter) filter = NULL;

  gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_SECONDARY,
                                     *lec_filter_bar_text (self) ? "edit-clear-symbolic" : NULL);
  if (self->setting || !self->document)
    return;
  lec_filter_completion_update (self->completion);
  /* Half a word is not a mistake; but once it has been called one, it is one until it is mended. */
  if (self->state == STATE_INVALID) {
    filter = lec_document_read_filter (self->document, lec_filter_bar_text (self), &problem);
    if (!filter) {
      show_problem (self, &problem);
      lec_filter_problem_clear (&problem);
      return;
    }
  }
  update_state (self);
}

static void
set_text (LecFilterBar *self, const char *text)
{
  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  self->setting = FALSE;
}

static void
fill_history (LecFilterBar *self)
{
  g_auto (GStrv) history = g_settings_get_strv (self->settings, LEC_FILTER_HISTORY_KEY);

  g_menu_remove_all (self->recent_menu);
  gtk_widget_set_sensitive (self->history_button, history[0] != NULL); /* a menu of nothing is a riddle */
  for (unsigned i = 0; history[i] && i < N_RECENT; i++) {
    g_autofree char *label = lec_menu_label_dup (history[i]);
    g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

    g_menu_item_set_action_and_target (item, "win.filter-term", "(ss)", "only", history[i]);
    g_menu_append_item (self->recent_menu, item);
  }
}

static gboolean
apply (LecFilterBar *self)
{
  g_autofree char *text = g_strstrip (g_strdup (lec_filter_bar_text (self)));
  LecFilterProblem problem = { 0 };

  lec_filter_completion_close (self->completion);
  if (!self->document)
    return FALSE;
  if (!lec_document_set_filter (self->document, text, &problem)) {
    show_problem (self, &problem);
    gtk_editable_set_position (GTK_EDITABLE (self->entry), problem.position);
    lec_filter_problem_clear (&problem);
    return FALSE;
  }
  lec_filter_history_add (self->settings, text);
  update_state (self);
  return TRUE;
}

gboolean
lec_filter_bar_apply (LecFilterBar *self, const char *text)
{
  set_text (self, text);
  return apply (self);
}

void
lec_filter_bar_propose (LecFilterBar *self, const char *text)
{
  if (!self->document)
    return;
  set_text (self, text);
  update_state (self);
  lec_filter_bar_take_focus (self);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

void
lec_filter_bar_clear (LecFilterBar *self)
{
  g_autoptr (LecFilterTiers) none = lec_filter_tiers_new ();

  set_text (self, "");
  if (self->document)
    lec_document_set_tiers (self->document, none, NULL);
}

void
lec_filter_bar_narrow (LecFilterBar *self)
{
  g_autoptr (LecFilterTiers) tiers = NULL;

  if (!self->document)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  if ((self->state == STATE_EDITED || self->state == STATE_INVALID) && !apply (self))
    return;
  tiers = lec_filter_tiers_copy (lec_document_filter_tiers (self->document));
  if (lec_filter_tiers_narrow (tiers))
    lec_document_set_tiers (self->document, tiers, NULL);
}

void
lec_filter_bar_take_focus (LecFilterBar *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* What is dragged over the bar takes the filter's place; with Ctrl, it is added. The entry shows what it would read. */

static gboolean
term_hovers (const LecTermHover *hover, gpointer data)
{
  LecFilterBar *self = data;
  const char *applied = self->document ? lec_document_entry_text (self->document) : "";
  g_autofree char *joined = lec_filter_dup_join (applied, hover->adds ? "and" : "only", hover->term->expression);

  if (!self->before_drag)
    self->before_drag = g_strdup (lec_filter_bar_text (self));
  if (strcmp (joined, lec_filter_bar_text (self)) != 0)
    set_text (self, joined);
  return self->document != NULL;
}

static void
term_leaves (gpointer data)
{
  LecFilterBar *self = data;

  if (self->before_drag)
    set_text (self, self->before_drag);
  g_clear_pointer (&self->before_drag, g_free);
}

static void
term_dropped (const LecTermHover *hover, gpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (data), "win.filter-term", "(ss)", hover->adds ? "and" : "only",
                              hover->term->expression);
}

static const LecTermDropFunctions drop_functions = { term_hovers, term_leaves, term_dropped };

static void
entry_activated (LecFilterBar *self)
{
  apply (self);
}

static void
icon_pressed (GtkEntry *entry, GtkEntryIconPosition icon, LecFilterBar *self)
{
  lec_filter_bar_apply (self, "");
  gtk_widget_grab_focus (GTK_WIDGET (entry));
}

/* A screen reader says the description of what has the focus: there the chosen proposal is heard. */
static void
proposal_chosen (LecFilterBar *self)
{
  g_autofree char *chosen = lec_filter_completion_dup_chosen (self->completion);

  if (chosen)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, chosen, -1);
  else if (self->tells_chosen)
    gtk_accessible_update_property (
        GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
        self->state == STATE_INVALID ? gtk_label_get_text (self->problem) : _ (states[self->state].description), -1);
  self->tells_chosen = chosen != NULL;
}

/* The list of proposals comes first. Then, the first Escape takes back what was typed, the next the filter itself, and
 * one more the tiers that it narrowed. */
static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, LecFilterBar *self)
{
  if (!self->document)
    return FALSE;
  if (lec_filter_completion_take_key (self->completion, key, modifiers))
    return TRUE;
  if ((key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) && (modifiers & GDK_SHIFT_MASK)) {
    lec_filter_bar_narrow (self);
    return TRUE;
  }
  if (key != GDK_KEY_Escape)
    return FALSE;
  if (self->state == STATE_EDITED || self->state == STATE_INVALID) {
    set_text (self, lec_document_entry_text (self->document));
    update_state (self);
  } else if (*lec_document_entry_text (self->document)) {
    lec_filter_bar_apply (self, "");
  } else {
    lec_filter_bar_clear (self);
  }
  return TRUE;
}

/* Applied elsewhere: by a click in the list, the panes, the legend or on a chip. What is being typed stays where that
 * changed only what stands before it. */
static void
filter_changed (LecFilterBar *self)
{
  const char *text = lec_document_entry_text (self->document);

  if (g_strcmp0 (self->written, text) != 0) {
    set_text (self, text);
    g_free (self->written);
    self->written = g_strdup (text);
  }
  gtk_entry_set_placeholder_text (self->entry, lec_filter_tiers_n_kept (lec_document_filter_tiers (self->document))
                                                   ? _ ("Narrow further, such as http.response.code >= 400")
                                                   : _ ("Filter, such as tcp.port == 80 or *address == 192.168.1.1"));
  update_state (self);
  update_count (self);
}

static void
set_document (LecFilterBar *self, LecDocument *document)
{
  if (self->document)
    g_signal_handlers_disconnect_by_data (self->document, self);
  lec_filter_completion_set_document (self->completion, document);
  lec_filter_chips_set_document (self->chips, document);
  g_clear_pointer (&self->written, g_free);
  if (!g_set_object (&self->document, document) || !document)
    return;
  g_signal_connect_swapped (document, "changed", G_CALLBACK (update_count), self);
  g_signal_connect_swapped (document, "matches-changed", G_CALLBACK (matches_changed), self);
  g_signal_connect_swapped (document, "filter-changed", G_CALLBACK (filter_changed), self);
  filter_changed (self);
}

static void
lec_filter_bar_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  if (property == PROP_DOCUMENT)
    g_value_set_object (value, LEC_FILTER_BAR (object)->document);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
lec_filter_bar_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  if (property == PROP_DOCUMENT)
    set_document (LEC_FILTER_BAR (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
lec_filter_bar_dispose (GObject *object)
{
  LecFilterBar *self = LEC_FILTER_BAR (object);

  if (self->completion)
    set_document (self, NULL);
  if (self->completion)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->completion)));
  if (self->settings)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->before_drag, g_free);
  g_clear_pointer (&self->marks, lec_filter_marks_free);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (lec_filter_bar_parent_class)->dispose (object);
}

static void
lec_filter_bar_class_init (LecFilterBarClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = lec_filter_bar_get_property;
  object_class->set_property = lec_filter_bar_set_property;
  object_class->dispose = lec_filter_bar_dispose;
  properties[PROP_DOCUMENT] =
      g_param_spec_object ("document", NULL, NULL, LEC_TYPE_DOCUMENT, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  g_type_ensure (LEC_TYPE_FILTER_CHIPS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/lectern/Lectern/filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LecFilterBar, box);
  gtk_widget_class_bind_template_child (widget_class, LecFilterBar, entry);
  gtk_widget_class_bind_template_child (widget_class, LecFilterBar, state_text);
  gtk_widget_class_bind_template_child (widget_class, LecFilterBar, count);
  gtk_widget_class_bind_template_child (widget_class, LecFilterBar, problem);
  gtk_widget_class_bind_template_child (widget_class, LecFilterBar, chips);
  gtk_widget_class_bind_template_child (widget_class, LecFilterBar, history_button);
  gtk_widget_class_bind_template_child (widget_class, LecFilterBar, recent_menu);
  gtk_widget_class_bind_template_callback (widget_class, text_changed);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated);
  gtk_widget_class_bind_template_callback (widget_class, icon_pressed);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed);
  gtk_widget_class_set_css_name (widget_class, "filter-bar");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
lec_filter_bar_init (LecFilterBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lec_term_drop_attach (GTK_WIDGET (self), &drop_functions, self);
  lec_cut_text_explain (GTK_WIDGET (self->state_text));
  lec_cut_text_explain (GTK_WIDGET (self->count));
  self->completion = lec_filter_completion_new (self->box, self->entry);
  self->marks = lec_filter_marks_new (self->entry);
  g_signal_connect_swapped (self->completion, "chosen", G_CALLBACK (proposal_chosen), self);
  self->settings = g_object_ref (lec_application_settings (LEC_APPLICATION (g_application_get_default ())));
  g_signal_connect_swapped (self->settings, "changed::" LEC_FILTER_HISTORY_KEY, G_CALLBACK (fill_history), self);
  fill_history (self);
  set_state (self, STATE_EMPTY);
}
