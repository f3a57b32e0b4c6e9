/* How a conversation tells where it was captured.
 *
 * By time: an end that answers at once is here; one that answers after a round trip is elsewhere.
 *
 *      client ──── c ────▶ capture ──── s ────▶ server         c: SYN-ACK → ACK, s: SYN → SYN-ACK, or the least that
 * any later segment and its acknowledgment took c short, s long: at the client · s short, c long: at the server · both
 * long: between
 *
 * By hops: who has sent a packet with a time to live of 64, 128 or 255, as systems start with, is no router away (RFC
 * 1700 says 64; others took the next powers of two). On a way without routers that is so everywhere, and says nothing.
 */
#include "analysis/capture-point.h"

#include <string.h>

#include "base/publish.h"

#define TCP 6
/* An end that answers within this is near; one that is here takes less than the second of them. */
#define NEAR_US 1000
#define HERE_US 300
/* The other end is elsewhere where it takes so many times longer. */
#define TIMES_FARTHER      4
#define TIMES_MUCH_FARTHER 10
/* The coarsest clocks that captures were taken with, Windows' own, step by 15.6 ms. */
#define CLOCK_TICK_US 20000
/* Between two ends that are as near as this nothing can be told. */
#define TOO_NEAR_US 100
/* Farther than any way in the Internet: rather a sender that starts with another time to live. */
#define MOST_HOPS 40
/* So many conversations tell enough. */
#define MOST_CONVERSATIONS 4096u

typedef struct {
  LecCapturedAt at;
  LecConfidence confidence;
} Vote;

typedef struct {
  uint32_t round_trip_us[2]; /* 0 = unknown */
  int hops[2];               /* −1 = unknown */
  uint8_t ttl[2];
  uint8_t sent_here;
} Evidence;

/* An address that conversations were captured at: how often as client, how often as server. */
typedef struct {
  LecAddress address;
  uint32_t n_as[2]; /* conversations in which it is the client, and the server; in both where both ends called */
  uint32_t n;       /* conversations */
} Host;

typedef struct {
  const LecIndex *index;
  uint32_t n_of[LEC_CAPTURED_AT_HOST];      /* conversations by what they tell */
  uint32_t n_certain[LEC_CAPTURED_AT_HOST]; /* of these, certainly */
  uint32_t n_unclear[LEC_CAPTURED_AT_HOST];
  GHashTable *hosts; /* address → Host, which it owns */
  /* What those that tell this have measured, by side. */
  GArray *round_trip_us[LEC_CAPTURED_AT_HOST][2]; /* uint32_t */
  uint32_t n_ttl[LEC_CAPTURED_AT_HOST][2][256];
} Poll;

const char *
lec_captured_at_name (LecCapturedAt at)
{
  static const char *const names[] = { "unknown", "client", "server", "between", "both", "host" };
  return names[at];
}

gboolean
lec_conversation_is_local (const LecConversation *conversation)
{
  static const uint8_t loopback[16] = { [15] = 1 };
  const LecAddress *one = &conversation->address[0], *other = &conversation->address[1];

  if (one->n_bytes == other->n_bytes && memcmp (one->bytes, other->bytes, one->n_bytes) == 0)
    return TRUE;
  return one->n_bytes == 16 ? memcmp (one->bytes, loopback, 16) == 0 : one->bytes[0] == 127;
}

/* Evidence */

static int
hops_of (uint8_t ttl)
{
  static const uint8_t first[] = { 64, 128, 255 };

  for (unsigned i = 0; ttl && i < G_N_ELEMENTS (first); i++)
    if (ttl <= first[i])
      return first[i] - ttl <= MOST_HOPS ? first[i] - ttl : -1;
  return -1;
}

/* A refusal is an answer, too. Of several SYNs it is not known which one was meant. */
static uint32_t
refused_after_us (const LecIndex *index, const LecConversation *row)
{
  uint32_t syn = LEC_GET (row->syn_frame), reset = LEC_GET (row->reset_frame);

  if (LEC_GET (row->handshake) != LEC_HANDSHAKE_REFUSED || LEC_GET (row->n_syns) != 1 || !syn ||
      MAX (syn, reset) > lec_index_n_frames (index) || reset <= syn)
    return 0;
  int64_t span_us = (lec_index_time_ns (index, reset) - lec_index_time_ns (index, syn)) / 1000;
  return span_us < 0 ? 0 : (uint32_t) CLAMP (span_us, 1, G_MAXUINT32);
}

static Evidence
gather (const LecIndex *index, uint32_t conversation)
{
  const LecConversation *row = lec_index_conversation (index, conversation);
  LecOpening *opening = lec_index_opening (index, conversation);
  Evidence evidence = { .sent_here = LEC_GET (opening->sent_here) };

  for (unsigned side = 0; side < 2; side++) {
    evidence.round_trip_us[side] = LEC_GET (opening->round_trip_us[side]);
    evidence.ttl[side] = LEC_GET (opening->ttl[side]);
    evidence.hops[side] = hops_of (evidence.ttl[side]);
  }
  if (row->ip_protocol == TCP && !evidence.round_trip_us[1])
    evidence.round_trip_us[1] = refused_after_us (index, row);
  return evidence;
}

/* A conversation's vote */

static LecCapturedAt
at_side (unsigned side)
{
  return side == 0 ? LEC_CAPTURED_AT_CLIENT : LEC_CAPTURED_AT_SERVER;
}

static Vote
vote_by_time (const Evidence *evidence)
{
  unsigned near_side = evidence->round_trip_us[0] <= evidence->round_trip_us[1] ? 0 : 1;
  uint64_t near = evidence->round_trip_us[near_side], far = evidence->round_trip_us[!near_side];

  if (!near) /* of one end nothing is known */
    return far && far <= NEAR_US ? (Vote){ at_side (!near_side), LEC_CONFIDENCE_UNCLEAR }
                                 : (Vote){ LEC_CAPTURED_UNKNOWN, LEC_CONFIDENCE_UNCLEAR };
  if (near <= HERE_US && far >= near * TIMES_MUCH_FARTHER)
    return (Vote){ at_side (near_side), LEC_CONFIDENCE_CERTAIN };
  if (near <= NEAR_US && far >= near * TIMES_FARTHER)
    return (Vote){ at_side (near_side), LEC_CONFIDENCE_LIKELY };
  if (near > NEAR_US)
    return (Vote){ LEC_CAPTURED_BETWEEN, LEC_CONFIDENCE_CERTAIN };
  return near > TOO_NEAR_US ? (Vote){ LEC_CAPTURED_BETWEEN, LEC_CONFIDENCE_UNCLEAR }
                            : (Vote){ LEC_CAPTURED_UNKNOWN, LEC_CONFIDENCE_UNCLEAR };
}

static Vote
vote_by_hops (const Evidence *evidence)
{
  int client = evidence->hops[0], server = evidence->hops[1];

  if (client < 0 || server < 0 || client + server == 0)
    return (Vote){ LEC_CAPTURED_UNKNOWN, LEC_CONFIDENCE_UNCLEAR };
  return (Vote){ client == 0   ? LEC_CAPTURED_AT_CLIENT
                 : server == 0 ? LEC_CAPTURED_AT_SERVER
                               : LEC_CAPTURED_BETWEEN,
                 LEC_CONFIDENCE_LIKELY };
}

static Vote
vote (const LecConversation *row, const Evidence *evidence)
{
  Vote time = vote_by_time (evidence), hops = vote_by_hops (evidence);

  if (lec_conversation_is_local (row))
    return (Vote){ LEC_CAPTURED_AT_BOTH, LEC_CONFIDENCE_CERTAIN };
  if (evidence->sent_here == 1 || evidence->sent_here == 2)
    return (Vote){ at_side (evidence->sent_here == 2), LEC_CONFIDENCE_CERTAIN };
  if (time.at == LEC_CAPTURED_UNKNOWN || hops.at == LEC_CAPTURED_UNKNOWN)
    return time.at == LEC_CAPTURED_UNKNOWN ? hops : time;
  if (time.at == hops.at)
    return (Vote){ time.at, LEC_CONFIDENCE_CERTAIN };
  /* Where they differ: before a container or behind a virtual router one is crossed in no time; a coarse clock makes an
   * end look farther than it is; farther away in an end's own network no router is crossed, but time passes. At one end
   * and at the other at once is a riddle. */
  if (time.at != LEC_CAPTURED_BETWEEN && hops.at != LEC_CAPTURED_BETWEEN)
    return (Vote){ time.at, LEC_CONFIDENCE_UNCLEAR };
  if (time.at == LEC_CAPTURED_BETWEEN && evidence->round_trip_us[hops.at == LEC_CAPTURED_AT_SERVER] <= CLOCK_TICK_US)
    return (Vote){ hops.at, LEC_CONFIDENCE_LIKELY };
  return (Vote){ time.at, MAX (time.confidence, LEC_CONFIDENCE_LIKELY) };
}

/* All of them */

static guint
hash_address (gconstpointer key)
{
  const LecAddress *address = key;
  guint hash = address->n_bytes;

  for (unsigned i = 0; i < address->n_bytes; i++)
    hash = hash * 31 + address->bytes[i];
  return hash;
}

static gboolean
same_address (gconstpointer one, gconstpointer other)
{
  const LecAddress *a = one, *b = other;

  return a->n_bytes == b->n_bytes && memcmp (a->bytes, b->bytes, a->n_bytes) == 0;
}

static void
count_host (Poll *poll, uint32_t conversation, LecCapturedAt at)
{
  const LecConversation *row = lec_index_conversation (poll->index, conversation);
  uint8_t called = LEC_GET (lec_index_opening (poll->index, conversation)->called);
  unsigned side = at == LEC_CAPTURED_AT_SERVER;
  Host *host = g_hash_table_lookup (poll->hosts, &row->address[side]);

  if (!host) {
    host = g_new0 (Host, 1);
    host->address = row->address[side];
    g_hash_table_insert (poll->hosts, &host->address, host);
  }
  host->n++;
  host->n_as[side]++;
  host->n_as[!side] += called == 3; /* both ends opened it at once: RFC 9293 §3.5 */
}

static void
count (Poll *poll, uint32_t conversation)
{
  const LecConversation *row = lec_index_conversation (poll->index, conversation);
  Evidence evidence = gather (poll->index, conversation);
  Vote given = vote (row, &evidence);

  if (given.at == LEC_CAPTURED_UNKNOWN)
    return;
  poll->n_of[given.at]++;
  poll->n_certain[given.at] += given.confidence == LEC_CONFIDENCE_CERTAIN;
  poll->n_unclear[given.at] += given.confidence == LEC_CONFIDENCE_UNCLEAR;
  if (given.at == LEC_CAPTURED_AT_CLIENT || given.at == LEC_CAPTURED_AT_SERVER)
    count_host (poll, conversation, given.at);
  for (unsigned side = 0; side < 2; side++) {
    poll->n_ttl[given.at][side][evidence.ttl[side]]++;
    if (evidence.round_trip_us[side])
      g_array_append_val (poll->round_trip_us[given.at][side], evidence.round_trip_us[side]);
  }
}

static const Host *
busiest_host (const Poll *poll)
{
  GHashTableIter iter;
  gpointer value;
  const Host *busiest = NULL;

  g_hash_table_iter_init (&iter, poll->hosts);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Host *host = value;
    if (!busiest || host->n > busiest->n)
      busiest = host;
  }
  return busiest;
}

static int
compare_spans (gconstpointer one, gconstpointer other)
{
  uint32_t a = *(const uint32_t *) one, b = *(const uint32_t *) other;

  return a < b ? -1 : a > b;
}

static uint32_t
median (GArray *spans)
{
  if (!spans->len)
    return 0;
  g_array_sort (spans, compare_spans);
  return g_array_index (spans, uint32_t, (spans->len - 1) / 2);
}

static uint8_t
commonest_ttl (const uint32_t n_ttl[256])
{
  unsigned commonest = 0;

  for (unsigned ttl = 1; ttl < 256; ttl++)
    if (n_ttl[ttl] > (commonest ? n_ttl[commonest] : 0))
      commonest = ttl;
  return (uint8_t) commonest;
}

/* A host that is at one end of nearly all conversations, of some as client and of others as server. */
static gboolean
is_either_end (const Host *host, uint32_t n_judged)
{
  return host->n >= n_judged - n_judged / 4 && MIN (host->n_as[0], host->n_as[1]) >= MAX (1, host->n / 10);
}

static LecConfidence
confidence_of (const Poll *poll, const LecCapturePoint *point)
{
  uint32_t n_certain, n_unclear;

  if (point->at == LEC_CAPTURED_AT_HOST) { /* no answer to a single poll, so the poll has no count of it */
    n_certain = poll->n_certain[LEC_CAPTURED_AT_CLIENT] + poll->n_certain[LEC_CAPTURED_AT_SERVER];
    n_unclear = poll->n_unclear[LEC_CAPTURED_AT_CLIENT] + poll->n_unclear[LEC_CAPTURED_AT_SERVER];
  } else {
    n_certain = poll->n_certain[point->at];
    n_unclear = poll->n_unclear[point->at];
  }
  if (point->n_agree >= point->n_judged - point->n_judged / 10 && n_certain >= point->n_agree - point->n_agree / 2)
    return LEC_CONFIDENCE_CERTAIN;
  return point->n_agree >= point->n_judged - point->n_judged / 3 && n_unclear <= point->n_agree / 2
             ? LEC_CONFIDENCE_LIKELY
             : LEC_CONFIDENCE_UNCLEAR;
}

static void
decide (const Poll *poll, LecCapturePoint *point)
{
  const Host *host = busiest_host (poll);

  for (unsigned at = LEC_CAPTURED_AT_CLIENT; at < LEC_CAPTURED_AT_HOST; at++) {
    point->n_judged += poll->n_of[at];
    if (poll->n_of[at] > point->n_agree) {
      point->at = (uint8_t) at;
      point->n_agree = poll->n_of[at];
    }
  }
  if (host && is_either_end (host, point->n_judged)) {
    point->at = LEC_CAPTURED_AT_HOST;
    point->n_agree = host->n;
    point->host = host->address;
  } else if (host && (point->at == LEC_CAPTURED_AT_CLIENT || point->at == LEC_CAPTURED_AT_SERVER) &&
             host->n_as[point->at == LEC_CAPTURED_AT_SERVER] == point->n_agree) {
    point->host = host->address;
  }
  if (point->n_agree < point->n_judged - point->n_judged / 2) /* many voices, and none that most share */
    *point = (LecCapturePoint){ .at = LEC_CAPTURED_UNKNOWN, .n_judged = point->n_judged };
  point->confidence = point->at == LEC_CAPTURED_UNKNOWN ? LEC_CONFIDENCE_UNCLEAR : confidence_of (poll, point);
}

static Poll *
poll_new (const LecIndex *index)
{
  Poll *poll = g_new0 (Poll, 1);

  poll->index = index;
  poll->hosts = g_hash_table_new_full (hash_address, same_address, NULL, g_free);
  for (unsigned at = 0; at < LEC_CAPTURED_AT_HOST; at++)
    for (unsigned side = 0; side < 2; side++)
      poll->round_trip_us[at][side] = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  return poll;
}

static void
poll_free (Poll *poll)
{
  for (unsigned at = 0; at < LEC_CAPTURED_AT_HOST; at++)
    for (unsigned side = 0; side < 2; side++)
      g_array_unref (poll->round_trip_us[at][side]);
  g_hash_table_unref (poll->hosts);
  g_free (poll);
}

LecCapturePoint
lec_capture_point (const LecIndex *index)
{
  uint32_t n = atomic_load_explicit (&index->n_conversations, memory_order_acquire);
  LecCapturePoint point = { .at = LEC_CAPTURED_UNKNOWN };
  Poll *poll = poll_new (index);

  for (uint32_t i = 0; i < n; i += n / MOST_CONVERSATIONS + 1)
    count (poll, i);
  decide (poll, &point);
  for (unsigned side = 0; side < 2 && point.at < LEC_CAPTURED_AT_HOST; side++) {
    point.round_trip_us[side] = median (poll->round_trip_us[point.at][side]);
    point.ttl[side] = commonest_ttl (poll->n_ttl[point.at][side]);
  }
  poll_free (poll);
  return point;
}
