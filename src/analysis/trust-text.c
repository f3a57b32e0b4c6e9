#include "analysis/trust-text.h"

#include <glib/gi18n-lib.h>

#include "analysis/quantity-text.h"
#include "base/text.h"
#include "protocol/value-text.h"

static char *
dup_number (uint64_t n)
{
  return lec_dup_text ("%'" G_GUINT64_FORMAT, n);
}

/* Remarks */

static char *
clock_sentence (const LecTrustFact *fact)
{
  g_autofree char *n = dup_number (fact->n);
  g_autofree char *most = fact->most < 100000 ? g_strdup (_ ("less than 0.1 ms")) : lec_dup_period (fact->most);

  /* TRANSLATORS: a number, and a duration such as "2.0 s" */
  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE,
                                    "The clock runs backwards %s time, by %s: what is told of times there is wrong.",
                                    "The clock runs backwards %s times, by %s at most: what is told of times there is "
                                    "wrong.",
                                    fact->n),
                       n, most);
}

static char *
dropped_sentence (const LecTrustFact *fact)
{
  g_autofree char *n = dup_number (fact->n);

  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE,
                                    "The capture says that it lost %s frame itself: it was on the wire, but is not "
                                    "here.",
                                    "The capture says that it lost %s frames itself: they were on the wire, but are "
                                    "not here.",
                                    fact->n),
                       n);
}

static char *
uncaptured_sentence (const LecTrustFact *fact)
{
  g_autofree char *n = dup_number (fact->n);
  g_autofree char *bytes = dup_number ((uint64_t) fact->most);

  /* TRANSLATORS: a number of times, and a number of bytes */
  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE,
                                    "Frames are missing that arrived: %s time something is acknowledged that was not "
                                    "captured, %s bytes in all.",
                                    "Frames are missing that arrived: %s times something is acknowledged that was not "
                                    "captured, %s bytes in all.",
                                    fact->n),
                       n, bytes);
}

static char *
one_way_sentence (const LecTrustFact *fact)
{
  g_autofree char *n = dup_number (fact->n);
  g_autofree char *of = dup_number (fact->of);

  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE,
                                    "%s of %s TCP conversations is seen in one direction only: the other took another "
                                    "way, or was not captured.",
                                    "%s of %s TCP conversations are seen in one direction only: the other took "
                                    "another way, or was not captured.",
                                    fact->n),
                       n, of);
}

static char *
copies_sentence (const LecTrustFact *fact)
{
  g_autofree char *n = dup_number (fact->n);
  g_autofree char *of = dup_number (fact->of);

  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE,
                                    "%s of %s frames is a copy: it was captured twice, not sent twice.",
                                    "%s of %s frames are copies: they were captured twice, not sent twice.", fact->n),
                       n, of);
}

static char *
no_handshake_sentence (const LecTrustFact *fact)
{
  g_autofree char *n = dup_number (fact->n);
  g_autofree char *of = dup_number (fact->of);

  return lec_dup_text (
      g_dngettext (GETTEXT_PACKAGE,
                   "%s of %s TCP conversations began before the capture: how its windows are scaled is "
                   "not known.",
                   "%s of %s TCP conversations began before the capture: how their windows are "
                   "scaled is not known.",
                   fact->n),
      n, of);
}

static char *
super_frames_sentence (const LecTrustFact *fact)
{
  g_autofree char *n = dup_number (fact->n);
  g_autofree char *most = dup_number ((uint64_t) fact->most);

  /* TRANSLATORS: a number of frames, and a number of bytes */
  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE,
                                    "%s frame is longer than the network carries, %s bytes: the network card joins or "
                                    "splits segments (offload), so the wire saw others.",
                                    "%s frames are longer than the network carries, up to %s bytes: the network card "
                                    "joins or splits segments (offload), so the wire saw others.",
                                    fact->n),
                       n, most);
}

static char *
cut_sentence (const LecTrustFact *fact)
{
  g_autofree char *n = dup_number (fact->n);
  g_autofree char *of = dup_number (fact->of);

  return lec_dup_text (
      g_dngettext (GETTEXT_PACKAGE, "%s of %s frames is cut short: the end of its contents was not captured.",
                   "%s of %s frames are cut short: the end of their contents was not captured.", fact->n),
      n, of);
}

static char *
damaged_sentence (const LecTrustFact *fact)
{
  return g_strdup (_ ("The trace is cut off or damaged: what was captured after its last frame is not here."));
}

static const struct {
  const char *name;
  char *(*sentence) (const LecTrustFact *fact);
  const char *filter;
  gboolean hides; /* what the filter shows is to be hidden */
} kinds[LEC_N_TRUST] = {
  [LEC_TRUST_CLOCK] = { "clock-backwards", clock_sentence, "frame.time_delta < 0" },
  [LEC_TRUST_DROPPED] = { "dropped", dropped_sentence, "frame.drop_count > 0" },
  [LEC_TRUST_UNCAPTURED] = { "not-captured", uncaptured_sentence,
                             "lectern.verdict in {\"segment-not-captured\", \"ack-of-unseen\"}" },
  [LEC_TRUST_ONE_WAY] = { "one-way", one_way_sentence, "lectern.remark == \"one-way\"" },
  [LEC_TRUST_COPIES] = { "copies", copies_sentence, "lectern.verdict == \"capture-duplicate\"", TRUE },
  [LEC_TRUST_NO_HANDSHAKE] = { "handshake-missing", no_handshake_sentence, "lectern.remark == \"handshake-missing\"" },
  [LEC_TRUST_SUPER_FRAMES] = { "super-frames", super_frames_sentence, "lectern.remark == \"super-frame\"" },
  [LEC_TRUST_CUT] = { "cut-short", cut_sentence, "lectern.remark == \"cut-short\"" },
  [LEC_TRUST_DAMAGED] = { "damaged", damaged_sentence },
};

const char *
lec_trust_kind_name (LecTrustKind kind)
{
  return kinds[kind].name;
}

char *
lec_trust_dup_sentence (const LecTrust *trust, LecTrustKind kind)
{
  return trust->facts[kind].n ? kinds[kind].sentence (&trust->facts[kind]) : NULL;
}

const char *
lec_trust_filter (const LecTrust *trust, LecTrustKind kind, gboolean *hides)
{
  if (hides)
    *hides = kinds[kind].hides;
  /* Of the frames that it lost the capture seldom says where. */
  if (kind == LEC_TRUST_DROPPED && !trust->facts[kind].most)
    return NULL;
  return kinds[kind].filter;
}

static const struct {
  const char *name;
  const char *label;
} grades[] = {
  [LEC_FIT] = { "fit", N_ ("Fit to judge") },
  [LEC_FIT_WITH_CARE] = { "care", N_ ("To be judged with care") },
  [LEC_HARDLY_FIT] = { "hardly", N_ ("Hardly fit to judge") },
};

const char *
lec_fitness_name (LecFitness fitness)
{
  return grades[fitness].name;
}

const char *
lec_fitness_label (LecFitness fitness)
{
  return _ (grades[fitness].label);
}

/* The capture point */

const char *
lec_capture_point_label (const LecCapturePoint *point)
{
  static const char *const labels[] = {
    [LEC_CAPTURED_UNKNOWN] = NULL,
    [LEC_CAPTURED_AT_CLIENT] = N_ ("captured at the client"),
    [LEC_CAPTURED_AT_SERVER] = N_ ("captured at the server"),
    [LEC_CAPTURED_BETWEEN] = N_ ("captured between client and server"),
    [LEC_CAPTURED_AT_BOTH] = N_ ("captured where both ends run"),
    [LEC_CAPTURED_AT_HOST] = N_ ("captured at one host"),
  };
  static const char *const probably[] = {
    [LEC_CAPTURED_UNKNOWN] = NULL,
    [LEC_CAPTURED_AT_CLIENT] = N_ ("captured probably at the client"),
    [LEC_CAPTURED_AT_SERVER] = N_ ("captured probably at the server"),
    [LEC_CAPTURED_BETWEEN] = N_ ("captured probably between client and server"),
    [LEC_CAPTURED_AT_BOTH] = N_ ("captured probably where both ends run"),
    [LEC_CAPTURED_AT_HOST] = N_ ("captured probably at one host"),
  };
  const char *label = (point->confidence == LEC_CONFIDENCE_CERTAIN ? labels : probably)[point->at];

  return label ? _ (label) : NULL;
}

/* Where, by itself: "Captured at the client 192.0.2.1". */
static char *
dup_place (const LecCapturePoint *point)
{
  char host[LEC_ADDRESS_TEXT] = "";

  if (point->host.n_bytes)
    lec_address_text (point->host.bytes, point->host.n_bytes, host);
  switch ((LecCapturedAt) point->at) {
  case LEC_CAPTURED_AT_CLIENT:
    return *host ? lec_dup_text (_ ("Captured at the client %s"), host) : g_strdup (_ ("Captured at the clients"));
  case LEC_CAPTURED_AT_SERVER:
    return *host ? lec_dup_text (_ ("Captured at the server %s"), host) : g_strdup (_ ("Captured at the servers"));
  case LEC_CAPTURED_AT_HOST:
    return lec_dup_text (_ ("Captured at %s, which calls others and is called"), host);
  case LEC_CAPTURED_AT_BOTH:
    return g_strdup (_ ("Captured on the machine on which both ends run"));
  case LEC_CAPTURED_BETWEEN:
  case LEC_CAPTURED_UNKNOWN:
    break;
  }
  return g_strdup (_ ("Captured between client and server"));
}

static char *
dup_round_trip (uint32_t round_trip_us)
{
  /* TRANSLATORS: microseconds */
  return round_trip_us < 1000 ? lec_dup_text (_ ("%u µs"), round_trip_us)
                              : lec_dup_duration (round_trip_us * (int64_t) 1000);
}

/* Why: by time where that says so. */
static char *
dup_reason_of_time (const LecCapturePoint *point)
{
  g_autofree char *client = dup_round_trip (point->round_trip_us[0]);
  g_autofree char *server = dup_round_trip (point->round_trip_us[1]);

  if (point->round_trip_us[0] && point->round_trip_us[1])
    /* TRANSLATORS: two durations */
    return lec_dup_text (_ ("from here to the client and back takes %s, to the server and back %s"), client, server);
  /* TRANSLATORS: a duration */
  return point->round_trip_us[0] ? lec_dup_text (_ ("from here to the client and back takes %s"), client)
                                 : lec_dup_text (_ ("from here to the server and back takes %s"), server);
}

static char *
dup_reason (const LecCapturePoint *point)
{
  unsigned near_side = point->at == LEC_CAPTURED_AT_SERVER;
  uint32_t near_us = point->round_trip_us[near_side], far_us = point->round_trip_us[!near_side];

  if (point->at == LEC_CAPTURED_AT_BOTH || point->at == LEC_CAPTURED_AT_HOST)
    return NULL;
  if (near_us && (point->at == LEC_CAPTURED_BETWEEN || !far_us || far_us / 2 > near_us))
    return dup_reason_of_time (point);
  if (point->ttl[0] && point->ttl[1])
    /* TRANSLATORS: two times to live (TTL) of IP, numbers up to 255 */
    return lec_dup_text (_ ("packets of the client have a time to live of %u left here, those of the server %u"),
                         point->ttl[0], point->ttl[1]);
  return NULL;
}

/* "Captured at the client 192.0.2.1, probably" */
static char *
dup_place_as_sure (const LecCapturePoint *point)
{
  char *place = dup_place (point);

  if (point->confidence == LEC_CONFIDENCE_CERTAIN)
    return place;
  char *sure = point->confidence == LEC_CONFIDENCE_LIKELY ? lec_dup_text (_ ("%s, probably"), place)
                                                          : lec_dup_text (_ ("%s, perhaps"), place);
  g_free (place);
  return sure;
}

char *
lec_capture_point_dup_sentence (const LecCapturePoint *point)
{
  if (point->at == LEC_CAPTURED_UNKNOWN)
    return NULL;
  g_autofree char *place = dup_place_as_sure (point), *reason = dup_reason (point);
  return reason ? lec_dup_text ("%s: %s.", place, reason) : g_strdup_printf ("%s.", place);
}
