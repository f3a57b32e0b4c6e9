#include "analysis/replay-text.h"

#include <glib/gi18n-lib.h>

#include "analysis/conversation-text.h"
#include "analysis/quantity-text.h"
#include "base/publish.h"
#include "base/text.h"
#include "protocol/ip-payload.h"

/* So many times the largest flight, a window leaves too little room for it on a chart. */
#define FAR_WINDOW 5

char *
lec_replay_dup_impossible (const LecIndex *index, uint32_t conversation)
{
  if (conversation == G_MAXUINT32 || lec_index_conversation (index, conversation)->ip_protocol != LEC_IP_UDP)
    return g_strdup (_ ("The selected row belongs to no conversation over TCP."));
  const LecConversation *row = lec_index_conversation (index, conversation);
  uint32_t n_frames = LEC_GET (row->n_frames[0]) + LEC_GET (row->n_frames[1]);
  g_autofree char *client = lec_conversation_dup_endpoint (index, conversation, 0);
  g_autofree char *server = lec_conversation_dup_endpoint (index, conversation, 1);
  return lec_dup_text (
      g_dngettext (GETTEXT_PACKAGE,
                   "%s ↔ %s: %'u frame over UDP. UDP has no states, no acknowledgments and no windows: "
                   "there is nothing more to show here.",
                   "%s ↔ %s: %'u frames over UDP. UDP has no states, no acknowledgments and no "
                   "windows: there is nothing more to show here.",
                   n_frames),
      client, server, n_frames);
}

char *
lec_replay_dup_bytes (uint64_t bytes)
{
  if (bytes < 10000)
    return lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "%'u byte", "%'u bytes", (gulong) bytes), (unsigned) bytes);
  return g_format_size (bytes);
}

char *
lec_replay_dup_goodput (const LecReplaySummary *summary, unsigned side)
{
  double bits_per_second = lec_replay_goodput (summary, side);

  return bits_per_second <= 0 ? g_strdup (_ ("unknown")) : lec_dup_rate (bits_per_second);
}

char *
lec_replay_dup_round_trips (LecRoundTrips trips)
{
  if (!trips.n)
    return g_strdup (_ ("unknown"));
  g_autofree char *least = lec_dup_duration (trips.min_ns);
  g_autofree char *median = lec_dup_duration (trips.median_ns);
  g_autofree char *most = lec_dup_duration (trips.max_ns);
  /* Translators: the median of durations, the least of them and the greatest. */
  return lec_dup_text (_ ("%s (%s to %s)"), median, least, most);
}

char *
lec_replay_dup_retransmissions (const LecReplayDirection *direction)
{
  uint64_t n = direction->n_segments, again = direction->n_retransmissions;
  g_autofree char *of =
      lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "%u of %u segment", "%u of %u segments", (gulong) n),
                    (unsigned) again, (unsigned) n);

  if (!again)
    return g_steal_pointer (&of);
  return lec_dup_text (_ ("%s (%.1f %%)"), of, (double) again * 100 / (double) n);
}

char *
lec_replay_dup_window (const LecReplay *replay, const LecReplayStep *step, unsigned side)
{
  uint32_t window_bytes;

  if (!(step->flags & LEC_STEP_WINDOW_TOLD_0 << side))
    return g_strdup (_ ("unknown"));
  if (!lec_replay_window (step, replay->window_shift, side, &window_bytes))
    /* Translators: the number as it stands in the header, which is to be multiplied by a factor that nobody knows. */
    return lec_dup_text (_ ("unknown, told as %'u: no handshake"), step->window[side]);
  return lec_replay_dup_bytes (window_bytes);
}

gboolean
lec_replay_window_is_far (const LecReplaySeries *series, unsigned side)
{
  return series->most_window_bytes[side] > (uint64_t) FAR_WINDOW * MAX (1, series->most_flight_bytes[side]);
}

static gboolean
is_any_window_known (const LecReplaySeries *series, unsigned side)
{
  for (unsigned i = 0; i < series->n_buckets; i++)
    if (series->buckets[side][i].has_window)
      return TRUE;
  return FALSE;
}

typedef enum { WINDOW_SHOWN, WINDOW_FAR, WINDOW_UNKNOWN } WindowKind;

static WindowKind
window_kind (const LecReplaySeries *series, unsigned side)
{
  if (!is_any_window_known (series, side))
    return WINDOW_UNKNOWN;
  return lec_replay_window_is_far (series, side) ? WINDOW_FAR : WINDOW_SHOWN;
}

char *
lec_replay_dup_flight (const LecReplay *replay, const LecReplaySeries *series, unsigned side)
{
  static const char *const texts[2][3] = {
    { N_ ("Client → server: up to %s in flight, window up to %s"),
      N_ ("Client → server: up to %s in flight, window up to %s (off the chart)"),
      N_ ("Client → server: up to %s in flight, window unknown") },
    { N_ ("Server → client: up to %s in flight, window up to %s"),
      N_ ("Server → client: up to %s in flight, window up to %s (off the chart)"),
      N_ ("Server → client: up to %s in flight, window unknown") },
  };
  g_autofree char *flight = lec_replay_dup_bytes (replay->summary.side[side].largest_flight_bytes);
  g_autofree char *window = lec_replay_dup_bytes (series->most_window_bytes[side]);
  GString *text = g_string_new (_ (texts[side][window_kind (series, side)]));

  g_string_replace (text, "%s", flight, 1);
  g_string_replace (text, "%s", window, 1);
  return g_string_free (text, FALSE);
}

char *
lec_replay_dup_flight_label (const LecReplaySeries *series, unsigned side)
{
  static const char *const texts[2][3] = {
    { N_ ("Client → server"), N_ ("Client → server; the window, up to %s, is off the chart"),
      N_ ("Client → server; window unknown") },
    { N_ ("Server → client"), N_ ("Server → client; the window, up to %s, is off the chart"),
      N_ ("Server → client; window unknown") },
  };
  g_autofree char *window = lec_replay_dup_bytes (series->most_window_bytes[side]);
  GString *text = g_string_new (_ (texts[side][window_kind (series, side)]));

  g_string_replace (text, "%s", window, 1);
  return g_string_free (text, FALSE);
}

char *
lec_replay_dup_trips (const LecReplay *replay, unsigned side)
{
  g_autofree char *trips = lec_replay_dup_round_trips (replay->summary.side[side].round_trips);

  return lec_dup_text (side ? _ ("To the server and back: %s") : _ ("To the client and back: %s"), trips);
}

/* A moment. */

char *
lec_replay_dup_moment (const LecReplay *replay, const LecReplayStep *step)
{
  int64_t span_ns = lec_index_time_ns (replay->index, step->frame) - replay->start_ns;
  g_autofree char *span = lec_dup_duration (span_ns);

  if (step == replay->steps)
    return lec_dup_text (_ ("Frame %u, the first"), step->frame);
  return lec_dup_text (_ ("Frame %u, %s after the first"), step->frame, span);
}

char *
lec_replay_dup_in_flight (const LecReplayStep *step, unsigned side)
{
  return step->flags & LEC_STEP_FLIGHT_KNOWN_0 << side ? lec_replay_dup_bytes (step->in_flight[side])
                                                       : g_strdup (_ ("unknown"));
}

char *
lec_replay_dup_standing (const LecReplay *replay, const LecReplayStep *step, unsigned side)
{
  g_autofree char *flight = lec_replay_dup_in_flight (step, side);
  g_autofree char *window = lec_replay_dup_window (replay, step, !side);

  return lec_dup_text (side ? _ ("Server → client: in flight %s, window %s")
                            : _ ("Client → server: in flight %s, window %s"),
                       flight, window);
}

char *
lec_replay_dup_round_trip (const LecReplay *replay, const LecReplayStep *step)
{
  const LecIndex *index = replay->index;

  if (step->flags & LEC_STEP_AMBIGUOUS)
    return g_strdup (_ ("Tells no round trip: it acknowledges what was sent more than once, and nobody can tell which "
                        "sending it answers (Karn's rule)."));
  if (step->timed_frame) {
    g_autofree char *span =
        lec_dup_duration (lec_index_time_ns (index, step->frame) - lec_index_time_ns (index, step->timed_frame));
    return lec_dup_text (_ ("Round trip of %s: it answers frame %u."), span, step->timed_frame);
  }
  if (step->acks_frame)
    return lec_dup_text (_ ("Tells no round trip: it acknowledges up to frame %u, which may have arrived earlier."),
                         step->acks_frame);
  return g_strdup (_ ("Tells no round trip: it acknowledges nothing new."));
}
