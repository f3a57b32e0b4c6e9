#include "app/why-pane.h"

#include "app/pane-parts.h"
#include "app/term-menu.h"
#include "app/verdict-note.h"
#include "app/verdict-sign.h"
#include "app/wrap-layout.h"

#include "analysis/conversation-text.h"
#include "analysis/wireshark-difference.h"
#include "analysis/verdict-kinds.h"
#include "base/text.h"
#include "protocol/http-status.h"

#include <glib/gi18n-lib.h>

/* Verdicts shown about one row: an operation may span thousands of frames. */
#define SHOWN_VERDICTS 50u
/* And so many of its frames are looked at. */
#define LOOKED_AT_PARTS 20000u

#define FIRST_HTTP_ERROR 400u

struct _LecWhyPane {
  GtkWidget parent;
  GtkWidget *pages;    /* what there is to say, or the empty state */
  GtkWidget *notes;    /* GtkBox of notes */
  gboolean incomplete; /* the session has still to find what belongs to the notes */
};

G_DEFINE_FINAL_TYPE (LecWhyPane, lec_why_pane, GTK_TYPE_WIDGET)

/* Notes. */

static void
add_link (GtkWidget *line, const char *label, uint32_t frame)
{
  gtk_box_append (GTK_BOX (line), lec_note_link_new (label, frame));
}

/* Adds a note: an icon (or none), a heading, a text; returns the line for links below it. */
static GtkWidget *
add_note (LecWhyPane *pane, const char *icon, const char *heading, const char *text)
{
  GtkWidget *words;
  GtkWidget *note = lec_note_new (icon, heading, &words);
  GtkWidget *links = g_object_new (GTK_TYPE_BOX, "layout-manager", lec_wrap_layout_new (), NULL);
  gtk_box_append (GTK_BOX (words), lec_note_text_new (text, NULL));
  gtk_box_append (GTK_BOX (words), links);
  gtk_box_append (GTK_BOX (pane->notes), note);
  return links;
}

/* Verdicts. */

/* What is to be said about a row: problems one by one, in order; of notes about its parts only how many there are. */
typedef struct {
  const LecIndex *index;
  GPtrArray *shown; /* const LecVerdict */
  unsigned n_left;  /* that would have been too many */
  unsigned n_notes[LEC_N_VERDICTS];
  uint32_t first_note[LEC_N_VERDICTS];
} Findings;

static void
find_about (Findings *findings, uint32_t frame, gboolean is_part)
{
  const LecIndex *index = findings->index;
  if (!(lec_index_state (index, frame) & LEC_FRAME_VERDICT))
    return;
  for (uint32_t at = lec_index_next_verdict (index, frame, G_MAXUINT32); at != G_MAXUINT32;
       at = lec_index_next_verdict (index, frame, at)) {
    const LecVerdict *verdict = lec_index_verdict (index, at);
    if (is_part && lec_verdict_kind_severity (verdict->kind) == LEC_SEVERITY_NOTE) {
      if (findings->n_notes[verdict->kind]++ == 0)
        findings->first_note[verdict->kind] = frame;
    } else if (findings->shown->len < SHOWN_VERDICTS) {
      g_ptr_array_add (findings->shown, (gpointer) verdict);
    } else {
      findings->n_left++;
    }
  }
}

static int
compare_weight (const void *a, const void *b)
{
  const LecVerdict *const *left = a, *const *right = b;
  return (int) lec_verdict_kind_weight ((*right)->kind) - (int) lec_verdict_kind_weight ((*left)->kind);
}

static void
add_left (LecWhyPane *pane, const Findings *findings)
{
  unsigned n = findings->n_left;
  g_autofree char *text = lec_dup_text (
      g_dngettext (GETTEXT_PACKAGE, "%'u more problem in this message.", "%'u more problems in this message.", n), n);
  if (n > 0)
    add_note (pane, NULL, NULL, text);
}

static void
add_notes_of_parts (LecWhyPane *pane, const Findings *findings)
{
  for (unsigned kind = 0; kind < LEC_N_VERDICTS; kind++) {
    if (findings->n_notes[kind] == 0)
      continue;
    /* Translators: the kind of a verdict, and how many there are of it. */
    g_autofree char *heading =
        lec_dup_text (_ ("%1$s × %2$'u"), lec_verdict_kind_label (kind), findings->n_notes[kind]);
    g_autofree char *link = g_strdup_printf (_ ("Go to Frame %u"), findings->first_note[kind]);
    GtkWidget *links = add_note (pane, lec_verdict_sign (kind), heading, lec_verdict_kind_explanation (kind));
    add_link (links, link, findings->first_note[kind]);
  }
}

/* Returns whether there were any. */
static gboolean
add_verdicts (LecWhyPane *pane, LecSession *session, uint32_t row_frame, const GArray *parts)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();
  Findings findings = { .index = lec_session_index (session), .shown = shown };
  unsigned n_parts = parts != NULL ? MIN (parts->len, LOOKED_AT_PARTS) : 0, n_notes = 0;
  find_about (&findings, row_frame, FALSE);
  g_ptr_array_sort (shown, compare_weight);
  for (unsigned i = 0; i < n_parts; i++)
    if (g_array_index (parts, uint32_t, i) != row_frame)
      find_about (&findings, g_array_index (parts, uint32_t, i), TRUE);
  for (unsigned i = 0; i < shown->len; i++) {
    const LecVerdict *verdict = g_ptr_array_index (shown, i);
    gtk_box_append (GTK_BOX (pane->notes), lec_verdict_note_new (session, verdict, row_frame, i == 0));
  }
  add_left (pane, &findings);
  add_notes_of_parts (pane, &findings);
  for (unsigned kind = 0; kind < LEC_N_VERDICTS; kind++)
    n_notes += findings.n_notes[kind];
  return shown->len + n_notes > 0;
}

/* Of a frame about which there is no verdict: what Wireshark's rules say of it. */
static void
add_difference (LecWhyPane *pane, LecSession *session, uint32_t frame)
{
  LecReplayFacts facts;
  g_autofree char *text = lec_session_find_replay_facts (session, frame, &facts)
                              ? lec_wireshark_dup_difference (lec_session_index (session), frame, facts.wireshark.flags)
                              : NULL;
  if (text != NULL)
    add_note (pane, NULL, _ ("By Wireshark's rules"), text);
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
  g_autofree char *expression = lec_term_of_conversation (index, number);
  lec_term_menu_attach_expression (gtk_widget_get_parent (links), expression);
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
  pane->incomplete = FALSE;
  gtk_stack_set_visible_child_name (GTK_STACK (pane->pages), row != NULL ? "notes" : "empty");
  if (row == NULL)
    return;
  const LecIndex *index = lec_session_index (session);
  gboolean has_verdicts = add_verdicts (pane, session, row->frame, parts);
  uint32_t number = row->operation != G_MAXUINT32 ? row->operation : lec_index_operation_of (index, row->frame);
  const LecOperation *operation = number != G_MAXUINT32 ? lec_index_operation (index, number) : NULL;
  if (!has_verdicts)
    add_marks (pane, marks);
  if (!has_verdicts && (marks == NULL || marks->len == 0) && !(operation != NULL && has_http_error (operation)))
    add_note (pane, "object-select-symbolic", _ ("Nothing unusual"),
              lec_session_state (session) == LEC_SESSION_LOADING
                  ? _ ("So far. The trace is still being read, and later frames may tell more.")
                  : _ ("No retransmission, no reset and no missing answer was found about this message."));
  if (!has_verdicts && row->kind == LEC_ROW_FRAME)
    add_difference (pane, session, row->frame);
  pane->incomplete = lec_session_awaits_facts (session);
  if (operation != NULL)
    add_http_status (pane, operation);
  uint32_t conversation = lec_index_conversation_of (index, row->frame);
  if (conversation != G_MAXUINT32)
    add_conversation (pane, index, conversation);
}

gboolean
lec_why_pane_is_incomplete (LecWhyPane *pane)
{
  return pane->incomplete;
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
