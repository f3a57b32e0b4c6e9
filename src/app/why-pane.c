#include "app/why-pane.h"

#include "app/pane-parts.h"
#include "app/wrap-layout.h"
#include "app/verdict-sign.h"

#include "analysis/conversation-text.h"
#include "analysis/verdict-text.h"
#include "protocol/http-status.h"

#include <glib/gi18n-lib.h>

/* Verdicts shown about one row: an operation may span thousands of frames. */
#define SHOWN_VERDICTS 50u

#define FIRST_HTTP_ERROR 400u

struct _LecWhyPane {
  GtkWidget parent;
  GtkWidget *pages; /* what there is to say, or the empty state */
  GtkWidget *notes; /* GtkBox of notes */
};

G_DEFINE_FINAL_TYPE (LecWhyPane, lec_why_pane, GTK_TYPE_WIDGET)

static const char *const confidence_labels[] = {
  [LEC_CONFIDENCE_CERTAIN] = N_ ("certain"),
  [LEC_CONFIDENCE_LIKELY] = N_ ("likely"),
  [LEC_CONFIDENCE_UNCLEAR] = N_ ("unclear"),
};

/* Notes. */

static GtkWidget *
new_text (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

static void
add_link (GtkWidget *line, const char *label, uint32_t frame)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  gtk_widget_add_css_class (button, "link");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", frame);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.go-to-frame");
  gtk_box_append (GTK_BOX (line), button);
}

/* Adds a note: an icon (or none), a heading, a text; returns the line for links below it. */
static GtkWidget *
add_note (LecWhyPane *pane, const char *icon, const char *heading, const char *text)
{
  GtkWidget *note = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *links = g_object_new (GTK_TYPE_BOX, "layout-manager", lec_wrap_layout_new (), NULL);
  GtkWidget *image = lec_decoration_new (icon);
  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_add_css_class (note, "note");
  gtk_box_append (GTK_BOX (note), image);
  gtk_box_append (GTK_BOX (note), words);
  gtk_box_append (GTK_BOX (words), new_text (heading, "heading"));
  gtk_box_append (GTK_BOX (words), new_text (text, NULL));
  gtk_box_append (GTK_BOX (words), links);
  gtk_box_append (GTK_BOX (pane->notes), note);
  return links;
}

static void
add_verdict (LecWhyPane *pane, const LecIndex *index, const LecVerdict *verdict, uint32_t row_frame)
{
  g_autofree char *sentence = lec_verdict_dup_sentence (index, verdict);
  g_autofree char *heading = g_strdup_printf (
      _ ("%s · frame %u · %s"), lec_verdict_kind_label (verdict->kind), verdict->frame,
      verdict->confidence < G_N_ELEMENTS (confidence_labels) ? _ (confidence_labels[verdict->confidence]) : "");
  GtkWidget *links = add_note (pane, lec_verdict_sign (verdict->kind), heading, sentence);
  const uint32_t frames[] = { verdict->frame != row_frame ? verdict->frame : 0, verdict->of,
                              verdict->first != verdict->of ? verdict->first : 0 };
  for (unsigned i = 0; i < G_N_ELEMENTS (frames); i++) {
    if (frames[i] == 0)
      continue;
    g_autofree char *label = g_strdup_printf (_ ("Go to Frame %u"), frames[i]);
    add_link (links, label, frames[i]);
  }
}

static unsigned
add_verdicts_of (LecWhyPane *pane, const LecIndex *index, uint32_t frame, uint32_t row_frame, unsigned n_shown)
{
  for (uint32_t at = lec_index_next_verdict (index, frame, G_MAXUINT32); at != G_MAXUINT32 && n_shown < SHOWN_VERDICTS;
       at = lec_index_next_verdict (index, frame, at), n_shown++)
    add_verdict (pane, index, lec_index_verdict (index, at), row_frame);
  return n_shown;
}

/* What the row's marks mean, beyond its status. */
static void
add_marks (LecWhyPane *pane, const GPtrArray *marks)
{
  for (unsigned i = 0; marks != NULL && i < marks->len; i++) {
    const LecColorRule *rule = g_ptr_array_index (marks, i);
    g_autofree char *meaning = lec_color_rule_dup_meaning (rule);
    if (meaning != NULL)
      add_note (pane, rule->sign, lec_color_rule_label (rule), meaning);
  }
}

static gboolean
has_http_error (const LecOperation *operation)
{
  return operation->kind == LEC_OPERATION_HTTP &&
         atomic_load_explicit (&operation->status, memory_order_relaxed) >= FIRST_HTTP_ERROR;
}

static void
add_http_status (LecWhyPane *pane, const LecOperation *operation)
{
  unsigned code = atomic_load_explicit (&operation->status, memory_order_relaxed);
  const LecHttpStatus *status = lec_http_status (code);
  const char *text = status != NULL && status->explanation != NULL ? status->explanation : lec_http_status_class (code);
  if (operation->kind != LEC_OPERATION_HTTP || code == 0 || text == NULL)
    return;
  g_autofree char *heading = g_strdup_printf ("%u %s", code, status != NULL ? status->phrase : "");
  GtkWidget *links = add_note (pane, "dialog-information-symbolic", g_strchomp (heading), _ (text));
  uint32_t request = atomic_load_explicit (&operation->request.first_frame, memory_order_relaxed);
  uint32_t response = atomic_load_explicit (&operation->response.first_frame, memory_order_relaxed);
  if (request != 0)
    add_link (links, _ ("Request"), request);
  if (response != 0)
    add_link (links, _ ("Response"), response);
}

static void
add_conversation (LecWhyPane *pane, const LecIndex *index, uint32_t number)
{
  const LecConversation *conversation = lec_index_conversation (index, number);
  g_autofree char *from = lec_conversation_dup_endpoint (index, number, 0);
  g_autofree char *to = lec_conversation_dup_endpoint (index, number, 1);
  g_autofree char *outcome = lec_conversation_dup_outcome (index, number);
  g_autofree char *heading = g_strdup_printf (_ ("Conversation %s ↔ %s"), from, to);
  g_autofree char *first = g_strdup_printf (_ ("First frame, %u"), conversation->first_frame);
  uint32_t last_frame = atomic_load_explicit (&conversation->last_frame, memory_order_relaxed);
  g_autofree char *last = g_strdup_printf (_ ("Last frame, %u"), last_frame);
  GtkWidget *links = add_note (pane, "network-transmit-receive-symbolic", heading, outcome);
  add_link (links, first, conversation->first_frame);
  if (last_frame != conversation->first_frame)
    add_link (links, last, last_frame);
}

static void
clear (LecWhyPane *pane)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (pane->notes)) != NULL)
    gtk_box_remove (GTK_BOX (pane->notes), child);
}

void
lec_why_pane_show (LecWhyPane *pane, LecSession *session, const LecRow *row, const GArray *parts,
                   const GPtrArray *marks)
{
  clear (pane);
  gtk_stack_set_visible_child_name (GTK_STACK (pane->pages), row != NULL ? "notes" : "empty");
  if (row == NULL)
    return;
  const LecIndex *index = lec_session_index (session);
  unsigned n_verdicts = add_verdicts_of (pane, index, row->frame, row->frame, 0);
  for (unsigned i = 0; parts != NULL && i < parts->len; i++) {
    uint32_t frame = g_array_index (parts, uint32_t, i);
    if (frame != row->frame)
      n_verdicts = add_verdicts_of (pane, index, frame, row->frame, n_verdicts);
  }
  uint32_t number = row->operation != G_MAXUINT32 ? row->operation : lec_index_operation_of (index, row->frame);
  const LecOperation *operation = number != G_MAXUINT32 ? lec_index_operation (index, number) : NULL;
  if (n_verdicts == 0)
    add_marks (pane, marks);
  if (n_verdicts == 0 && (marks == NULL || marks->len == 0) && !(operation != NULL && has_http_error (operation)))
    add_note (pane, "object-select-symbolic", _ ("Nothing unusual"),
              lec_session_state (session) == LEC_SESSION_LOADING
                  ? _ ("So far. The trace is still being read, and later frames may tell more.")
                  : _ ("No retransmission, no reset and no missing answer was found about this message."));
  if (operation != NULL)
    add_http_status (pane, operation);
  uint32_t conversation = lec_index_conversation_of (index, row->frame);
  if (conversation != G_MAXUINT32)
    add_conversation (pane, index, conversation);
}

static void
lec_why_pane_dispose (GObject *object)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (lec_why_pane_parent_class)->dispose (object);
}

static void
lec_why_pane_class_init (LecWhyPaneClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lec_why_pane_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
lec_why_pane_init (LecWhyPane *pane)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  pane->notes = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *empty = lec_pane_empty_new (_ ("Select a message to read what happened to it, and why."), NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), pane->notes);
  pane->pages = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (pane->pages), empty, "empty");
  gtk_stack_add_named (GTK_STACK (pane->pages), scroller, "notes");
  gtk_widget_set_parent (pane->pages, GTK_WIDGET (pane));
}

GtkWidget *
lec_why_pane_new (void)
{
  return g_object_new (LEC_TYPE_WHY_PANE, NULL);
}
