#include "app/filter-completion.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"
#include "filter/completion.h"

/* What a row has room for at most; the whole sentence is its tooltip's. */
#define TEXT_CHARS     40
#define SENTENCE_CHARS 60
#define SENTENCE_LEAST 8
/* Beside the text and the sentence: a type or a count, and what is between them. */
#define OTHER_CHARS 18

struct _LecFilterCompletion {
  GtkPopover parent;
  GtkListBox *list;
  GtkSizeGroup *texts;
  GtkEntry *entry; /* borrowed: it lives as long as what both hang at */
  LecDocument *document;
  LecCompletion *completion; /* what is shown, or NULL */
  LecTraceValues *values;    /* of one name, or NULL; borrowed by the completion */
  const LecName *asked;      /* whose values the session counts now */
  guint update;              /* the source that will */
  gboolean wanted;           /* open, whatever is written: asked for by a key */
  gboolean awaits;           /* the values that are being counted, to show them; not once the list was closed */
};

G_DEFINE_FINAL_TYPE (LecFilterCompletion, lec_filter_completion, GTK_TYPE_POPOVER)

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
is_open (LecFilterCompletion *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self));
}

static const LecProposal *
proposal_at (LecFilterCompletion *self, int i)
{
  return self->completion && i >= 0 && i < (int) self->completion->proposals->len
             ? self->completion->proposals->pdata[i]
             : NULL;
}

static int
chosen_index (LecFilterCompletion *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row ? gtk_list_box_row_get_index (row) : -1;
}

/* For those who do not see it: "tcp.port, Source or destination port, port". */
static char *
dup_name (const LecProposal *proposal)
{
  g_autoptr (GString) name = g_string_new (proposal->insert);

  if (proposal->label)
    g_string_append_printf (name, ", %s", proposal->label);
  if (proposal->type)
    g_string_append_printf (name, ", %s", proposal->type);
  if (proposal->n_frames) {
    g_string_append (name, ", ");
    lec_append_text (name,
                     proposal->at_least
                         ? ngettext ("at least %'u frame", "at least %'u frames", (gulong) proposal->n_frames)
                         : ngettext ("%'u frame", "%'u frames", (gulong) proposal->n_frames),
                     (unsigned) proposal->n_frames);
  }
  return g_string_free (g_steal_pointer (&name), FALSE);
}

char *
lec_filter_completion_dup_chosen (LecFilterCompletion *self)
{
  const LecProposal *proposal = is_open (self) ? proposal_at (self, chosen_index (self)) : NULL;

  return proposal ? dup_name (proposal) : NULL;
}

/* Rows. */

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* Its label and what it means, in one line. */
static char *
dup_words (const LecProposal *proposal)
{
  if (proposal->label && proposal->sentence)
    return g_strdup_printf ("%s – %s", proposal->label, proposal->sentence);
  return g_strdup (proposal->label ? proposal->label : proposal->sentence ? proposal->sentence : "");
}

/* What is left of the window's width for the sentences. */
static int
sentence_chars (LecFilterCompletion *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self->list));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int char_width = MAX (pango_font_metrics_get_approximate_char_width (metrics) / PANGO_SCALE, 1);
  int room = gtk_widget_get_width (gtk_widget_get_parent (GTK_WIDGET (self))) / char_width - OTHER_CHARS;
  glong longest = 0;

  pango_font_metrics_unref (metrics);
  for (unsigned i = 0; i < self->completion->proposals->len; i++)
    longest = MAX (longest, g_utf8_strlen (proposal_at (self, (int) i)->insert, -1));
  return CLAMP (room - (int) MIN (longest, TEXT_CHARS) * 5 / 4, SENTENCE_LEAST, SENTENCE_CHARS);
}

static void
add_row (LecFilterCompletion *self, const LecProposal *proposal, int n_chars)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *row = gtk_list_box_row_new ();
  g_autofree char *words = dup_words (proposal), *name = dup_name (proposal);
  g_autofree char *count = proposal->n_frames
                               ? lec_dup_text (proposal->at_least ? _ ("≥ %'u") : "%'u", (unsigned) proposal->n_frames)
                               : NULL;
  GtkWidget *text = add_label (box, proposal->insert, "text");
  GtkWidget *meaning = add_label (box, words, "dim-label");

  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (text), TEXT_CHARS);
  gtk_size_group_add_widget (self->texts, text);
  gtk_label_set_ellipsize (GTK_LABEL (meaning), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (meaning), n_chars);
  gtk_widget_set_hexpand (meaning, TRUE);
  if (count)
    add_label (box, count, "count");
  else if (proposal->type)
    add_label (box, proposal->type, "type");
  gtk_widget_set_tooltip_text (row, count || !*words ? name : words);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (self->list, row);
}

static void
fill (LecFilterCompletion *self)
{
  int n_chars = sentence_chars (self);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, row);
  for (unsigned i = 0; i < self->completion->proposals->len; i++)
    add_row (self, self->completion->proposals->pdata[i], n_chars);
}

/* Showing. */

static void
tell_expanded (LecFilterCompletion *self, gboolean expanded)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_EXPANDED, expanded, -1);
}

/* Below what a proposal replaces. */
static void
point (LecFilterCompletion *self, unsigned byte)
{
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)));
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  const char *written = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  graphene_rect_t strong, entry;
  graphene_point_t start;

  gtk_text_compute_cursor_extents (GTK_TEXT (text), (gsize) g_utf8_pointer_to_offset (written, written + byte), &strong,
                                   NULL);
  if (!gtk_widget_compute_bounds (GTK_WIDGET (self->entry), parent, &entry) ||
      !gtk_widget_compute_point (text, parent, &GRAPHENE_POINT_INIT (strong.origin.x, 0), &start))
    return;
  int left = (int) CLAMP (start.x, entry.origin.x, entry.origin.x + entry.size.width);
  gtk_popover_set_pointing_to (GTK_POPOVER (self),
                               &(GdkRectangle){ left, (int) entry.origin.y, 1, (int) entry.size.height });
}

static void
cancel_update (LecFilterCompletion *self)
{
  g_clear_handle_id (&self->update, g_source_remove);
}

void
lec_filter_completion_close (LecFilterCompletion *self)
{
  cancel_update (self);
  self->wanted = FALSE;
  self->awaits = FALSE;
  if (!is_open (self))
    return;
  gtk_popover_popdown (GTK_POPOVER (self));
  tell_expanded (self, FALSE);
  gtk_list_box_unselect_all (self->list);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void schedule_update (LecFilterCompletion *self);

static void
values_counted (LecSession *session, LecTraceValues *values, void *data)
{
  LecFilterCompletion *self = data;

  self->asked = NULL;
  g_clear_pointer (&self->completion, lec_completion_free);
  lec_trace_values_free (self->values);
  self->values = values;
  if (self->awaits || is_open (self))
    schedule_update (self);
}

/* What was counted while the trace was being read is counted anew once there is more of it. */
static const LecTraceValues *
values_at_hand (LecFilterCompletion *self, LecSession *session)
{
  if (self->values && self->values->n_frames != lec_index_n_frames (lec_session_index (session)) && !is_open (self)) {
    g_clear_pointer (&self->completion, lec_completion_free);
    g_clear_pointer (&self->values, lec_trace_values_free);
  }
  return self->values;
}

static void
ask_for_values (LecFilterCompletion *self, LecSession *session)
{
  if (!self->completion->wanted || self->completion->wanted == self->asked)
    return;
  self->asked = self->completion->wanted;
  lec_session_request_values (session, self->asked, values_counted, self);
}

static unsigned
cursor_byte (LecFilterCompletion *self, const char *text)
{
  return (unsigned) (g_utf8_offset_to_pointer (text, gtk_editable_get_position (GTK_EDITABLE (self->entry))) - text);
}

/* A choice that was made stays where it is proposed still. */
static void
complete (LecFilterCompletion *self)
{
  LecSession *session = lec_document_session (self->document);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  const LecTraceValues *values = values_at_hand (self, session);

  g_clear_pointer (&self->completion, lec_completion_free);
  self->completion = lec_completion_new (lec_session_registry (session), text, cursor_byte (self, text), values);
  ask_for_values (self, session);
  if (!self->completion->proposals->len || !(self->completion->begun || self->wanted)) {
    lec_filter_completion_close (self);
    self->awaits = self->completion->wanted != NULL;
    return;
  }
  self->awaits = self->completion->wanted != NULL;
  fill (self);
  g_signal_emit (self, signals[CHOSEN], 0);
  point (self, proposal_at (self, 0)->start);
  if (!is_open (self)) {
    gtk_popover_popup (GTK_POPOVER (self));
    tell_expanded (self, TRUE);
  }
}

static gboolean
update_now (gpointer data)
{
  LecFilterCompletion *self = data;

  self->update = 0;
  if (self->document && gtk_widget_get_state_flags (GTK_WIDGET (self->entry)) & GTK_STATE_FLAG_FOCUS_WITHIN)
    complete (self);
  else
    lec_filter_completion_close (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: when an entry tells that its text is another, its cursor is still where it was. */
static void
schedule_update (LecFilterCompletion *self)
{
  if (!self->update)
    self->update = g_idle_add (update_now, self);
}

void
lec_filter_completion_update (LecFilterCompletion *self)
{
  schedule_update (self);
}

static void
cursor_moved (LecFilterCompletion *self)
{
  if (is_open (self))
    schedule_update (self);
}

/* Choosing. */

static void
accept (LecFilterCompletion *self, const LecProposal *proposal)
{
  GtkEditable *editable = GTK_EDITABLE (self->entry);
  const char *text = gtk_editable_get_text (editable);
  gboolean goes_on = proposal->kind == LEC_PROPOSAL_OPERATOR;
  unsigned cursor;
  g_autofree char *taken = lec_proposal_dup_taken (proposal, text, &cursor);
  int start = (int) g_utf8_pointer_to_offset (text, text + proposal->start);
  int position = (int) g_utf8_pointer_to_offset (taken, taken + cursor);

  /* Only what is new is put in, so that it can be undone as one. */
  g_autofree char *inserted =
      g_strndup (taken + proposal->start, strlen (taken) - proposal->start - strlen (text + proposal->end));
  int end = (int) g_utf8_pointer_to_offset (text, text + proposal->end);
  gtk_editable_delete_text (editable, start, end);
  gtk_editable_insert_text (editable, inserted, -1, &start);
  gtk_editable_set_position (editable, position);
  lec_filter_completion_close (self);
  if (goes_on)
    schedule_update (self);
}

static void
choose (LecFilterCompletion *self, int i)
{
  GtkListBoxRow *row = i >= 0 ? gtk_list_box_get_row_at_index (self->list, i) : NULL;

  if (row)
    gtk_list_box_select_row (self->list, row);
  else
    gtk_list_box_unselect_all (self->list);
  if (row)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, row, -1);
  else
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
  g_signal_emit (self, signals[CHOSEN], 0);
}

/* Round and round, by way of none. */
static void
step (LecFilterCompletion *self, int by)
{
  int n = (int) self->completion->proposals->len + 1;

  choose (self, (chosen_index (self) + 1 + by + n) % n - 1);
}

static void
row_activated (LecFilterCompletion *self, GtkListBoxRow *row)
{
  const LecProposal *proposal = proposal_at (self, gtk_list_box_row_get_index (row));

  if (proposal)
    accept (self, proposal);
}

static gboolean
take_key_of_open (LecFilterCompletion *self, guint key)
{
  int chosen = chosen_index (self);

  switch (key) {
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down:
    step (self, 1);
    return TRUE;
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    step (self, -1);
    return TRUE;
  case GDK_KEY_Tab:
    accept (self, proposal_at (self, MAX (chosen, 0)));
    return TRUE;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
    if (chosen >= 0)
      accept (self, proposal_at (self, chosen));
    else
      lec_filter_completion_close (self);
    return chosen >= 0;
  case GDK_KEY_Escape:
    lec_filter_completion_close (self);
    return TRUE;
  default:
    return FALSE;
  }
}

gboolean
lec_filter_completion_take_key (LecFilterCompletion *self, guint key, GdkModifierType modifiers)
{
  GdkModifierType held = modifiers & gtk_accelerator_get_default_mod_mask ();

  if (key == GDK_KEY_space && held == GDK_CONTROL_MASK) {
    self->wanted = TRUE;
    schedule_update (self);
    return TRUE;
  }
  /* What is typed faster than it is shown is not for the list. */
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_Escape) {
    cancel_update (self);
    self->awaits = FALSE;
  }
  return held == 0 && is_open (self) && self->completion && self->completion->proposals->len &&
         take_key_of_open (self, key);
}

/* Making it. */

void
lec_filter_completion_set_document (LecFilterCompletion *self, LecDocument *document)
{
  lec_filter_completion_close (self);
  if (self->document)
    lec_session_forget_values (lec_document_session (self->document));
  self->asked = NULL;
  g_clear_pointer (&self->completion, lec_completion_free);
  g_clear_pointer (&self->values, lec_trace_values_free);
  g_set_object (&self->document, document);
}

static void
lec_filter_completion_dispose (GObject *object)
{
  LecFilterCompletion *self = LEC_FILTER_COMPLETION (object);

  cancel_update (self);
  if (self->document)
    lec_session_forget_values (lec_document_session (self->document));
  g_clear_object (&self->document);
  g_clear_pointer (&self->completion, lec_completion_free);
  g_clear_pointer (&self->values, lec_trace_values_free);
  G_OBJECT_CLASS (lec_filter_completion_parent_class)->dispose (object);
}

static void
lec_filter_completion_class_init (LecFilterCompletionClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lec_filter_completion_dispose;
  signals[CHOSEN] =
      g_signal_new ("chosen", LEC_TYPE_FILTER_COMPLETION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/lectern/Lectern/filter-completion.ui");
  gtk_widget_class_bind_template_child (widget_class, LecFilterCompletion, list);
  gtk_widget_class_bind_template_child (widget_class, LecFilterCompletion, texts);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
}

static void
lec_filter_completion_init (LecFilterCompletion *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_popover_set_offset (GTK_POPOVER (self), 0, 2);
}

LecFilterCompletion *
lec_filter_completion_new (GtkWidget *parent, GtkEntry *entry)
{
  LecFilterCompletion *self = g_object_new (LEC_TYPE_FILTER_COMPLETION, NULL);
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (entry));

  self->entry = entry;
  gtk_widget_set_parent (GTK_WIDGET (self), parent);
  g_signal_connect_object (text, "notify::cursor-position", G_CALLBACK (cursor_moved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (text, "notify::has-focus", G_CALLBACK (cursor_moved), self, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_AUTOCOMPLETE,
                                  GTK_ACCESSIBLE_AUTOCOMPLETE_LIST, GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_RELATION_CONTROLS, self->list, NULL, -1);
  tell_expanded (self, FALSE);
  return self;
}
