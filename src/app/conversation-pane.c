#include "app/conversation-pane.h"

#include "app/pane-parts.h"
#include "app/series-chart.h"
#include "app/term-menu.h"
#include "app/wrap-layout.h"

#include "analysis/conversation-text.h"
#include "analysis/quantity-text.h"
#include "analysis/replay-text.h"
#include "base/text.h"

#include <glib/gi18n-lib.h>

/* The tables' lines, each with a value for the client and one for the server. */
typedef enum {
  LINE_STATE, /* with the selected frame, to LINE_WINDOW */
  LINE_FLIGHT,
  LINE_WINDOW,
  LINE_DELIVERED, /* in all */
  LINE_GOODPUT,
  LINE_RESENT,
  LINE_LARGEST,
  LINE_TRIPS,
  N_LINES
} Line;

static const char *const line_names[N_LINES] = {
  [LINE_STATE] = N_ ("State"),
  [LINE_FLIGHT] = N_ ("In flight"),
  [LINE_WINDOW] = N_ ("Window"),
  [LINE_DELIVERED] = N_ ("Delivered"),
  [LINE_GOODPUT] = N_ ("Goodput"),
  [LINE_RESENT] = N_ ("Sent again"),
  [LINE_LARGEST] = N_ ("Most in flight"),
  /* Translators: one of the ends, whose name is at the head of the column. */
  [LINE_TRIPS] = N_ ("Round trip to"),
};

#define N_CHARTS 2

/* A chart with its title and its legend. */
typedef struct {
  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *keys[LEC_N_SIGNS];
  LecSeriesChart *chart;
} Figure;

struct _LecConversationPane {
  GtkWidget parent;
  GtkWidget *pages; /* "empty", or "conversation" */
  GtkWidget *empty_text;
  GtkWidget *outcome;
  GtkWidget *ends;
  GtkWidget *at_frame;
  GtkWidget *values[N_LINES][2];
  GtkWidget *round_trip; /* what the selected frame tells of it */
  GtkWidget *sums;
  Figure figures[N_CHARTS];
  LecSession *session; /* borrowed; NULL without a row */
  uint32_t frame;
  LecReplay *replay; /* or NULL until it comes */
  LecReplaySeries *series;
  uint32_t asked; /* conversation whose replay is to come, G_MAXUINT32 = none */
};

G_DEFINE_FINAL_TYPE (LecConversationPane, lec_conversation_pane, GTK_TYPE_WIDGET)

static void
set_text (GtkWidget *label, char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text);
  g_free (text);
}

/* Filling. */

static void
fill_step (LecConversationPane *pane)
{
  int64_t at = lec_replay_find (pane->replay, pane->frame);
  const LecReplayStep *step = at >= 0 ? &pane->replay->steps[at] : NULL;

  set_text (pane->at_frame, step != NULL ? lec_dup_text (_ ("With frame %u"), step->frame) : g_strdup (""));
  set_text (pane->round_trip, step != NULL ? lec_replay_dup_round_trip (pane->replay, step) : g_strdup (""));
  for (unsigned side = 0; side < 2; side++) {
    LecTcpState state = step != NULL ? lec_replay_step_state (step, side) : LEC_STATE_UNKNOWN;
    set_text (pane->values[LINE_STATE][side],
              g_strdup (state == LEC_STATE_UNKNOWN ? _ ("unknown") : lec_tcp_state_name (state)));
    set_text (pane->values[LINE_FLIGHT][side],
              step != NULL ? lec_replay_dup_in_flight (step, side) : g_strdup (_ ("unknown")));
    set_text (pane->values[LINE_WINDOW][side],
              step != NULL ? lec_replay_dup_window (pane->replay, step, side) : g_strdup (_ ("unknown")));
  }
  for (unsigned i = 0; i < N_CHARTS; i++)
    lec_series_chart_mark (pane->figures[i].chart, pane->frame);
}

static char *
dup_sums (const LecReplay *replay)
{
  const LecReplaySummary *summary = &replay->summary;
  g_autofree char *handshake =
      summary->handshake_frame ? lec_dup_duration (summary->handshake_ns) : g_strdup (_ ("unknown"));
  g_autofree char *trips = lec_replay_dup_round_trips (lec_replay_round_trips (summary));
  g_autofree char *duration = lec_dup_duration (summary->duration_ns);
  uint32_t n_ambiguous = summary->side[0].n_ambiguous + summary->side[1].n_ambiguous;
  g_autoptr (GString) text = g_string_new (NULL);

  lec_append_text (text, _ ("Round trip of the handshake: %s"), handshake);
  g_string_append_c (text, '\n');
  lec_append_text (text, _ ("Round trips from end to end: %s"), trips);
  g_string_append_c (text, '\n');
  if (n_ambiguous > 0) {
    lec_append_text (text,
                     ngettext ("%u acknowledgment says nothing of time: what it acknowledges was sent twice "
                               "(Karn's rule).",
                               "%u acknowledgments say nothing of time: what they acknowledge was sent twice "
                               "(Karn's rule).",
                               n_ambiguous),
                     n_ambiguous);
    g_string_append_c (text, '\n');
  }
  lec_append_text (text, ngettext ("%u frame in %s", "%u frames in %s", summary->n_frames), summary->n_frames,
                   duration);
  if (replay->cut) {
    g_string_append_c (text, '\n');
    lec_append_text (text, _ ("The charts end with frame %u: there are too many."),
                     replay->steps[replay->n_steps - 1].frame);
  }
  return g_strdup (text->str);
}

static void
fill_figure (LecConversationPane *pane, Figure *figure)
{
  lec_series_chart_set (figure->chart, pane->replay, pane->series);
  unsigned signs = lec_series_chart_signs (figure->chart);
  gtk_widget_set_visible (figure->box, signs != 0);
  set_text (figure->title, lec_series_chart_dup_title (figure->chart));
  for (unsigned sign = 0; sign < LEC_N_SIGNS; sign++)
    gtk_widget_set_visible (figure->keys[sign], (signs >> sign & 1) != 0);
}

static void
fill_replay (LecConversationPane *pane)
{
  const LecReplaySummary *summary = &pane->replay->summary;

  for (unsigned side = 0; side < 2; side++) {
    const LecReplayDirection *direction = &summary->side[side];
    set_text (pane->values[LINE_DELIVERED][side], lec_replay_dup_bytes (direction->delivered_bytes));
    set_text (pane->values[LINE_GOODPUT][side], lec_replay_dup_goodput (summary, side));
    set_text (pane->values[LINE_RESENT][side], lec_replay_dup_retransmissions (direction));
    set_text (pane->values[LINE_LARGEST][side], lec_replay_dup_bytes (direction->largest_flight_bytes));
    set_text (pane->values[LINE_TRIPS][side], lec_replay_dup_round_trips (direction->round_trips));
  }
  set_text (pane->sums, dup_sums (pane->replay));
  for (unsigned i = 0; i < N_CHARTS; i++)
    fill_figure (pane, &pane->figures[i]);
  fill_step (pane);
}

static void
forget_replay (LecConversationPane *pane)
{
  for (unsigned i = 0; i < N_CHARTS && pane->pages != NULL; i++)
    lec_series_chart_set (pane->figures[i].chart, NULL, NULL);
  g_clear_pointer (&pane->replay, lec_replay_unref);
  g_clear_pointer (&pane->series, lec_replay_series_free);
}

static void
fill_names (LecConversationPane *pane, uint32_t conversation)
{
  const LecIndex *index = lec_session_index (pane->session);
  g_autofree char *client = lec_conversation_dup_endpoint (index, conversation, 0);
  g_autofree char *server = lec_conversation_dup_endpoint (index, conversation, 1);
  g_autofree char *outcome = lec_conversation_dup_outcome (index, conversation);

  set_text (pane->outcome, lec_dup_capitalized (outcome));
  set_text (pane->ends, g_strdup_printf ("%s ↔ %s", client, server));
}

static void
show_empty (LecConversationPane *pane, const char *text)
{
  gtk_label_set_text (GTK_LABEL (pane->empty_text), text);
  gtk_stack_set_visible_child_name (GTK_STACK (pane->pages), "empty");
}

/* Asking. */

static void
replay_done (LecSession *session, LecReplay *replay, LecReplaySeries *series, void *data)
{
  LecConversationPane *pane = data;

  if (session != pane->session || replay->conversation != pane->asked) {
    lec_replay_unref (replay);
    lec_replay_series_free (series);
    return;
  }
  forget_replay (pane);
  pane->asked = G_MAXUINT32;
  pane->replay = replay;
  pane->series = series;
  fill_names (pane, replay->conversation);
  fill_replay (pane);
  gtk_stack_set_visible_child_name (GTK_STACK (pane->pages), "conversation");
}

/* The former replay stays on screen until the new one comes, so that nothing flickers; where there is none, the words
 * say that it is under way. */
static void
update (LecConversationPane *pane)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (pane)))
    return;
  if (pane->session == NULL || pane->frame == 0) {
    show_empty (pane, _ ("Select a message to see how its conversation went."));
    return;
  }
  const LecIndex *index = lec_session_index (pane->session);
  uint32_t conversation = lec_index_conversation_of (index, pane->frame);
  if (!lec_replay_is_possible (index, conversation)) {
    g_autofree char *text = lec_replay_dup_impossible (index, conversation);
    pane->asked = G_MAXUINT32;
    show_empty (pane, text);
    return;
  }
  if (pane->replay != NULL && pane->replay->conversation == conversation && pane->replay->final) {
    gtk_stack_set_visible_child_name (GTK_STACK (pane->pages), "conversation");
    fill_step (pane);
    return;
  }
  if (pane->replay == NULL)
    show_empty (pane, _ ("Going through the conversation…"));
  pane->asked = conversation;
  lec_session_request_replay (pane->session, conversation, replay_done, pane);
}

void
lec_conversation_pane_show (LecConversationPane *pane, LecSession *session, uint32_t frame)
{
  if (session != pane->session) {
    forget_replay (pane);
    pane->asked = G_MAXUINT32;
  }
  pane->session = session;
  pane->frame = frame;
  update (pane);
}

/* The conversation itself, wherever its name is pointed at. */
static GMenuModel *
menu_at (GtkWidget *widget, double x, double y, gpointer data)
{
  LecConversationPane *pane = data;
  const LecIndex *index = pane->session != NULL ? lec_session_index (pane->session) : NULL;
  uint32_t conversation =
      index != NULL && pane->frame != 0 ? lec_index_conversation_of (index, pane->frame) : G_MAXUINT32;
  g_autoptr (GPtrArray) terms = lec_terms_new ();

  if (conversation == G_MAXUINT32)
    return NULL;
  lec_terms_add (terms, lec_term_of_conversation (index, conversation), NULL);
  GMenu *menu = g_menu_new ();
  lec_term_menu_append (menu, terms);
  return G_MENU_MODEL (menu);
}

/* Making it. */

static GtkWidget *
new_label (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

static GtkWidget *
new_value (const char *class)
{
  GtkWidget *label = new_label (NULL, class);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  return label;
}

/* A table of the lines FIRST to LAST; its corner says what they are about. */
static GtkWidget *
new_table (LecConversationPane *pane, GtkWidget *corner, Line first, Line last)
{
  GtkWidget *grid = gtk_grid_new ();
  static const char *const heads[] = { N_ ("Client"), N_ ("Server") };

  gtk_widget_add_css_class (grid, "values");
  gtk_grid_attach (GTK_GRID (grid), corner, 0, 0, 1, 1);
  for (int side = 0; side < 2; side++) {
    GtkWidget *head = new_label (_ (heads[side]), "part");
    gtk_widget_set_hexpand (head, TRUE);
    gtk_grid_attach (GTK_GRID (grid), head, side + 1, 0, 1, 1);
  }
  for (int line = (int) first; line <= (int) last; line++) {
    int row = line - (int) first + 1;
    gtk_grid_attach (GTK_GRID (grid), new_label (_ (line_names[line]), "dim-label"), 0, row, 1, 1);
    for (int side = 0; side < 2; side++) {
      GtkWidget *value = pane->values[line][side] = new_value (NULL);
      g_autofree char *name = g_strdup_printf ("%s, %s", _ (line_names[line]), _ (heads[side]));
      gtk_accessible_update_property (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, name, -1);
      gtk_grid_attach (GTK_GRID (grid), value, side + 1, row, 1, 1);
    }
  }
  return grid;
}

/* Without taking the focus from the chart, so that its keys go on from there. */
static void
frame_chosen (LecSeriesChart *chart, unsigned frame, LecConversationPane *pane)
{
  gtk_widget_activate_action (GTK_WIDGET (pane), "win.reveal-frame", "u", frame);
}

static GtkWidget *
new_figure (LecConversationPane *pane, Figure *figure, LecChartKind kind)
{
  static const char *const names[LEC_N_SIGNS] = {
    [LEC_SIGN_FLIGHT] = N_ ("in flight"),
    [LEC_SIGN_WINDOW] = N_ ("receiver's window"),
    [LEC_SIGN_TRIP] = N_ ("round trip"),
    [LEC_SIGN_RESENT] = N_ ("sent again"),
    [LEC_SIGN_AMBIGUOUS] = N_ ("tells no round trip"),
    [LEC_SIGN_SELECTED] = N_ ("selected frame"),
  };
  GtkWidget *legend = g_object_new (GTK_TYPE_BOX, "layout-manager", lec_wrap_layout_new (), NULL);

  figure->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  figure->title = new_label (NULL, "part");
  figure->chart = LEC_SERIES_CHART (lec_series_chart_new (kind));
  gtk_widget_add_css_class (figure->box, "figure");
  for (unsigned sign = 0; sign < LEC_N_SIGNS; sign++) {
    figure->keys[sign] = lec_chart_key_new (sign, _ (names[sign]));
    gtk_box_append (GTK_BOX (legend), figure->keys[sign]);
  }
  g_signal_connect (figure->chart, "frame-chosen", G_CALLBACK (frame_chosen), pane);
  gtk_box_append (GTK_BOX (figure->box), figure->title);
  gtk_box_append (GTK_BOX (figure->box), legend);
  gtk_box_append (GTK_BOX (figure->box), GTK_WIDGET (figure->chart));
  return figure->box;
}

static GtkWidget *
new_page (LecConversationPane *pane)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_widget_add_css_class (box, "conversation");
  pane->outcome = new_value ("heading");
  pane->ends = new_value (NULL);
  lec_term_menu_attach (pane->outcome, menu_at, pane);
  lec_term_menu_attach (pane->ends, menu_at, pane);
  pane->at_frame = new_label (NULL, "part");
  pane->round_trip = new_value (NULL);
  pane->sums = new_value (NULL);
  gtk_box_append (GTK_BOX (box), pane->outcome);
  gtk_box_append (GTK_BOX (box), pane->ends);
  gtk_box_append (GTK_BOX (box), new_table (pane, pane->at_frame, LINE_STATE, LINE_WINDOW));
  gtk_box_append (GTK_BOX (box), pane->round_trip);
  gtk_box_append (GTK_BOX (box), new_figure (pane, &pane->figures[0], LEC_CHART_FLIGHT));
  gtk_box_append (GTK_BOX (box), new_figure (pane, &pane->figures[1], LEC_CHART_TRIPS));
  gtk_box_append (GTK_BOX (box), new_table (pane, new_label (_ ("In all"), "part"), LINE_DELIVERED, LINE_TRIPS));
  gtk_box_append (GTK_BOX (box), pane->sums);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  return scroller;
}

static void
lec_conversation_pane_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lec_conversation_pane_parent_class)->map (widget);
  update (LEC_CONVERSATION_PANE (widget));
}

static void
lec_conversation_pane_dispose (GObject *object)
{
  LecConversationPane *pane = LEC_CONVERSATION_PANE (object);

  forget_replay (pane);
  g_clear_pointer (&pane->pages, gtk_widget_unparent);
  G_OBJECT_CLASS (lec_conversation_pane_parent_class)->dispose (object);
}

static void
lec_conversation_pane_class_init (LecConversationPaneClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lec_conversation_pane_dispose;
  GTK_WIDGET_CLASS (class)->map = lec_conversation_pane_map;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
lec_conversation_pane_init (LecConversationPane *pane)
{
  GtkWidget *empty = lec_pane_empty_new (_ ("Select a message to see how its conversation went."), &pane->empty_text);

  pane->asked = G_MAXUINT32;
  lec_term_menu_attach (pane->empty_text, menu_at, pane);
  pane->pages = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (pane->pages), empty, "empty");
  gtk_stack_add_named (GTK_STACK (pane->pages), new_page (pane), "conversation");
  gtk_widget_set_parent (pane->pages, GTK_WIDGET (pane));
}
