#include "app/document.h"

#include <glib-unix.h>
#include <string.h>

struct _LecDocument {
  GObject parent;
  LecSession *session;
  guint event_source;
  LecRow selected;
  gboolean has_selected;
  gboolean selected_is_hidden;
  LecFilterTiers *tiers;
  char *filter_text;     /* all of them as one */
  LecFilter *filter;     /* or NULL */
  uint32_t place;
  char *filter_hint;     /* or NULL */
  LecMatches *matches;   /* NULL = no filter */
  char *switched_filter; /* of the switch that was put on last, or NULL */
  char *former_filter;   /* what was applied before it, or before the switch that it took the place of */
  LecTimeFormat time_format;
  gboolean absolute_sequence_numbers;
  gboolean color_rules;
  LecReport *report; /* or NULL */
  gboolean report_requested;
  gint64 reported_us;  /* when the last one came */
  guint report_source; /* asks for the next one, or 0 */
};

/* While the trace is being read, reports take no more than this share of the worker's time, and do not flicker. */
#define REPORT_SHARE       20
#define REPORT_INTERVAL_US 500000

G_DEFINE_FINAL_TYPE (LecDocument, lec_document, G_TYPE_OBJECT)

enum {
  CHANGED,
  SELECTED,
  HIDDEN_CHANGED,
  FILTER_CHANGING,
  FILTER_CHANGED,
  MATCHES_CHANGED,
  OPTIONS_CHANGED,
  REPORT_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void request_report (LecDocument *self);

static void
report_done (LecSession *session, LecReport *report, void *data)
{
  LecDocument *self = data;
  g_autoptr (LecReport) former = self->report;

  self->report = report;
  self->report_requested = FALSE;
  self->reported_us = g_get_monotonic_time ();
  g_signal_emit (self, signals[REPORT_CHANGED], 0);
  /* While there is no news there is nothing new to say. */
  if (lec_session_state (session) != LEC_SESSION_LOADING)
    request_report (self);
}

static gboolean
time_for_report (void *data)
{
  LecDocument *self = data;

  self->report_source = 0;
  request_report (self);
  return G_SOURCE_REMOVE;
}

/* How long the next one has to wait. */
static gint64
time_to_report_us (LecDocument *self)
{
  gint64 interval_us = MAX (REPORT_INTERVAL_US, self->report ? self->report->took_us * REPORT_SHARE : 0);

  if (lec_session_state (self->session) != LEC_SESSION_LOADING)
    return 0;
  return MAX (self->reported_us + interval_us - g_get_monotonic_time (), 0);
}

/* The last one is about the whole trace. */
static void
request_report (LecDocument *self)
{
  gint64 wait_us = time_to_report_us (self);

  if (self->report_requested || (self->report && !self->report->trust.so_far))
    return;
  if (wait_us > 0) {
    if (!self->report_source)
      self->report_source = g_timeout_add ((guint) (wait_us / 1000) + 1, time_for_report, self);
    return;
  }
  g_clear_handle_id (&self->report_source, g_source_remove);
  self->report_requested = TRUE;
  lec_session_request_report (self->session, report_done, self);
}

static void
session_changed (LecSession *session, void *data)
{
  request_report (data);
  g_signal_emit (data, signals[CHANGED], 0);
}

static void
update_hint (LecDocument *self)
{
  const char *reason = self->matches ? lec_matches_reason (self->matches) : NULL;
  g_autofree char *note = self->filter ? lec_filter_dup_note (self->filter) : NULL;

  g_free (self->filter_hint);
  self->filter_hint = note && reason ? g_strconcat (note, "\n", reason, NULL) : g_strdup (note ? note : reason);
}

static void
matches_changed (LecSession *session, void *data)
{
  update_hint (data);
  g_signal_emit (data, signals[MATCHES_CHANGED], 0);
}

static gboolean
session_has_events (int fd, GIOCondition condition, void *data)
{
  g_autoptr (LecDocument) self = g_object_ref (data);

  lec_session_dispatch (self->session);
  return G_SOURCE_CONTINUE;
}

static void
lec_document_finalize (GObject *object)
{
  LecDocument *self = LEC_DOCUMENT (object);

  g_clear_handle_id (&self->event_source, g_source_remove);
  g_clear_pointer (&self->matches, lec_matches_free);
  g_clear_pointer (&self->session, lec_session_free);
  g_clear_pointer (&self->filter, lec_filter_unref);
  g_clear_pointer (&self->filter_text, g_free);
  g_clear_pointer (&self->tiers, lec_filter_tiers_free);
  g_clear_pointer (&self->report, lec_report_free);
  g_clear_handle_id (&self->report_source, g_source_remove);
  g_clear_pointer (&self->filter_hint, g_free);
  g_clear_pointer (&self->switched_filter, g_free);
  g_clear_pointer (&self->former_filter, g_free);
  G_OBJECT_CLASS (lec_document_parent_class)->finalize (object);
}

static void
lec_document_class_init (LecDocumentClass *class)
{
  static const char *const names[N_SIGNALS] = { "changed",         "selected",       "hidden-changed",
                                                "filter-changing", "filter-changed", "matches-changed",
                                                "options-changed", "report-changed" };

  G_OBJECT_CLASS (class)->finalize = lec_document_finalize;
  for (unsigned i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], LEC_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lec_document_init (LecDocument *self)
{
  self->tiers = lec_filter_tiers_new ();
  self->filter_text = g_strdup ("");
  self->color_rules = TRUE;
  self->place = 1;
}

LecDocument *
lec_document_new (LecSession *session)
{
  LecDocument *self = g_object_new (LEC_TYPE_DOCUMENT, NULL);

  self->session = session;
  self->reported_us = g_get_monotonic_time (); /* a trace that is read in less time has one report */
  lec_session_set_changed_func (session, session_changed, self);
  self->event_source = g_unix_fd_add (lec_session_event_fd (session), G_IO_IN, session_has_events, self);
  return self;
}

LecSession *
lec_document_session (LecDocument *self)
{
  return self->session;
}

const LecRow *
lec_document_selected (LecDocument *self)
{
  return self->has_selected ? &self->selected : NULL;
}

static gboolean
same_row (const LecRow *a, const LecRow *b)
{
  return a->frame == b->frame && a->kind == b->kind && a->operation == b->operation && a->depth == b->depth;
}

void
lec_document_select (LecDocument *self, const LecRow *row)
{
  if (row ? self->has_selected && same_row (row, &self->selected) : !self->has_selected)
    return;
  self->has_selected = row != NULL;
  if (row)
    self->selected = *row;
  g_signal_emit (self, signals[SELECTED], 0);
  lec_document_set_selected_hidden (self, FALSE); /* it was selected in the list */
}

gboolean
lec_document_selected_is_hidden (LecDocument *self)
{
  return self->selected_is_hidden;
}

void
lec_document_set_selected_hidden (LecDocument *self, gboolean hidden)
{
  if (self->selected_is_hidden == hidden)
    return;
  self->selected_is_hidden = hidden;
  g_signal_emit (self, signals[HIDDEN_CHANGED], 0);
}

const char *
lec_document_filter_text (LecDocument *self)
{
  return self->filter_text;
}

const LecFilterTiers *
lec_document_filter_tiers (LecDocument *self)
{
  return self->tiers;
}

const char *
lec_document_entry_text (LecDocument *self)
{
  return lec_filter_tiers_text (self->tiers);
}

const char *
lec_document_filter_hint (LecDocument *self)
{
  return self->filter_hint;
}

uint32_t
lec_document_place (LecDocument *self)
{
  return self->place;
}

void
lec_document_set_place (LecDocument *self, uint32_t frame)
{
  self->place = frame;
}

LecMatches *
lec_document_matches (LecDocument *self)
{
  return self->matches;
}

/* The former matches go only after everyone has heard: the list's rows stand on them until it has made new ones. */
static void
apply (LecDocument *self, LecFilter *filter, const LecFilterTiers *tiers, const char *text)
{
  g_autoptr (LecMatches) former = NULL;
  g_autoptr (LecFilterTiers) former_tiers = self->tiers;
  g_autofree char *former_text = self->filter_text;

  g_signal_emit (self, signals[FILTER_CHANGING], 0);
  former = g_steal_pointer (&self->matches);
  self->tiers = lec_filter_tiers_copy (tiers);
  self->filter_text = g_strdup (text);
  g_clear_pointer (&self->filter, lec_filter_unref);
  self->filter = filter ? lec_filter_ref (filter) : NULL;
  self->matches = filter ? lec_session_match_shown (self->session, filter, self->place, matches_changed, self) : NULL;
  update_hint (self);
  g_signal_emit (self, signals[FILTER_CHANGED], 0);
}

LecFilter *
lec_document_read_filter (LecDocument *self, const char *text, LecFilterProblem *problem)
{
  LecFrameReader *reader = lec_session_reader (self->session);
  uint32_t frame = self->has_selected ? self->selected.frame : 0;
  LecFilterProblem found = { 0 };

  lec_frame_reader_set_absolute (reader, self->absolute_sequence_numbers);
  LecFilter *filter =
      lec_filter_new_at (lec_session_registry (self->session), text, frame ? reader : NULL, frame, &found);

  if (problem)
    *problem = found;
  else
    lec_filter_problem_clear (&found);
  return filter;
}

/* TEXT is what TIERS say; what referred to a frame has its values in their expression. */
static LecFilter *
read_tiers (LecDocument *self, const LecFilterTiers *tiers, const char *text, LecFilterProblem *problem)
{
  g_autofree char *expression = lec_filter_tiers_dup_expression (tiers);

  return lec_document_read_filter (self, strstr (text, "${") ? expression : text, problem);
}

gboolean
lec_document_set_tiers (LecDocument *self, const LecFilterTiers *tiers, LecFilterProblem *problem)
{
  g_autofree char *text = lec_filter_tiers_dup_filter (tiers);
  g_autoptr (LecFilter) filter = NULL;

  if (problem)
    *problem = (LecFilterProblem){ 0 };
  if (*text)
    filter = read_tiers (self, tiers, text, problem);
  if (*text && !filter)
    return FALSE;
  apply (self, filter, tiers, text);
  return TRUE;
}

gboolean
lec_document_set_filter (LecDocument *self, const char *text, LecFilterProblem *problem)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text)), *whole = NULL;
  g_autoptr (LecFilterTiers) tiers = lec_filter_tiers_copy (self->tiers);
  /* By itself, so that a problem's place is one in this text. */
  g_autoptr (LecFilter) filter = lec_document_read_filter (self, stripped, problem);

  if (!filter)
    return FALSE;
  lec_filter_tiers_write (tiers, stripped, lec_filter_expression (filter));
  whole = lec_filter_tiers_dup_filter (tiers);
  if (!*whole || !g_str_equal (whole, stripped))
    return lec_document_set_tiers (self, tiers, problem);
  apply (self, filter, tiers, whole);
  return TRUE;
}

const char *
lec_document_switch_filter (LecDocument *self, const char *text)
{
  const char *applied = lec_document_entry_text (self);
  gboolean by_switch = g_strcmp0 (applied, self->switched_filter) == 0;

  if (g_str_equal (text, applied)) {
    g_clear_pointer (&self->switched_filter, g_free);
    return by_switch ? self->former_filter : "";
  }
  if (!by_switch) {
    g_free (self->former_filter);
    self->former_filter = g_strdup (applied);
  }
  g_free (self->switched_filter);
  self->switched_filter = g_strdup (text);
  return self->switched_filter;
}

LecTimeFormat
lec_document_time_format (LecDocument *self)
{
  return self->time_format;
}

gboolean
lec_document_absolute_sequence_numbers (LecDocument *self)
{
  return self->absolute_sequence_numbers;
}

gboolean
lec_document_color_rules_enabled (LecDocument *self)
{
  return self->color_rules;
}

void
lec_document_set_options (LecDocument *self, LecTimeFormat time_format, gboolean absolute_sequence_numbers,
                          gboolean color_rules)
{
  if (self->time_format == time_format && self->absolute_sequence_numbers == absolute_sequence_numbers &&
      self->color_rules == color_rules)
    return;
  if (self->absolute_sequence_numbers != absolute_sequence_numbers) {
    lec_session_set_absolute (self->session, absolute_sequence_numbers);
    self->absolute_sequence_numbers = absolute_sequence_numbers;
    /* What a filter says of sequence numbers is said of the numbers that are shown. */
    if (self->matches)
      lec_document_set_tiers (self, self->tiers, NULL);
  }
  self->time_format = time_format;
  self->color_rules = color_rules;
  g_signal_emit (self, signals[OPTIONS_CHANGED], 0);
}

const LecReport *
lec_document_report (LecDocument *self)
{
  return self->report;
}
