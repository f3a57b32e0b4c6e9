#include "analysis/trust.h"

#include <string.h>

#include "analysis/remarks.h"
#include "base/publish.h"

/* Notes of frames are read until so many; what stands in more of them is told as the least there can be. */
#define MOST_NOTES 4096u
/* Frames between two looks at whether somebody wants this to stop. */
#define SLICE_FRAMES 65536u
/* A step back of a clock that is shorter is the order in which processors hand frames over, and misleads nobody. */
#define STEP_NS 1000000
#define TCP     6
/* A count beyond this is no count. */
#define MOST_DROPPED ((uint64_t) 1 << 48)
/* More kinds of links than a trace of one network has. */
#define MOST_LINK_TYPES 8

/* Looks at the frames FROM … END − 1. */
typedef void (*LookFunc) (LecTrustScan *scan, uint32_t from, uint32_t end);

struct LecTrustScan {
  LecIndex *index;
  LecTraceCache *cache; /* of notes; NULL until there are any */
  uint32_t clock_done;  /* frames looked at, for each of these */
  uint32_t state_done;
  uint32_t length_done;
  uint32_t length_limit; /* no frame of up to so many bytes is longer than its link allows */
  uint32_t n_cut;
  uint32_t n_super_frames;
  uint32_t longest;
  uint32_t longest_frame;
  uint32_t n_steps_back;
  int64_t longest_step_ns;
  uint32_t step_frame;
  uint32_t n_notes;
  uint64_t n_dropped_noted;
  GArray *last_time_ns; /* int64_t by interface, G_MININT64 = none yet */
};

LecTrustScan *
lec_trust_scan_new (LecIndex *index)
{
  LecTrustScan *scan = g_new0 (LecTrustScan, 1);

  scan->index = index;
  scan->last_time_ns = g_array_new (FALSE, FALSE, sizeof (int64_t));
  return scan;
}

void
lec_trust_scan_free (LecTrustScan *scan)
{
  if (!scan)
    return;
  lec_trace_cache_free (scan->cache);
  g_array_unref (scan->last_time_ns);
  g_free (scan);
}

LecIndex *
lec_trust_scan_index (const LecTrustScan *scan)
{
  return scan->index;
}

/* Frames, each once */

/* The clock of each interface by itself: those of several are seldom merged in order. */
static int64_t *
last_time_of (LecTrustScan *scan, uint32_t interface)
{
  const int64_t none = G_MININT64;

  while (scan->last_time_ns->len <= interface)
    g_array_append_val (scan->last_time_ns, none);
  return &g_array_index (scan->last_time_ns, int64_t, interface);
}

static void
look_at_clock (LecTrustScan *scan, uint32_t from, uint32_t end)
{
  const LecIndex *index = scan->index;
  gboolean several = lec_trace_n_interfaces (index->trace) > 1;
  int64_t *last_ns = last_time_of (scan, 0);

  for (uint32_t frame = from; frame < end; frame++) {
    int64_t now_ns = lec_index_time_ns (index, frame);
    if (several)
      last_ns = last_time_of (scan, LEC_PLACE_INTERFACE (lec_index_place (index, frame)));
    int64_t before_ns = *last_ns;
    *last_ns = now_ns;
    if (now_ns >= before_ns)
      continue;
    scan->n_steps_back++;
    if (before_ns - now_ns > scan->longest_step_ns) {
      scan->longest_step_ns = before_ns - now_ns;
      scan->step_frame = frame;
    }
  }
}

/* Counts are the trace's own words, and hostile: their sum stays where arithmetic works. */
static uint64_t
add_count (uint64_t sum, int64_t count)
{
  return count > 0 ? MIN (sum + (uint64_t) count, MOST_DROPPED) : sum;
}

static void
read_notes (LecTrustScan *scan, uint32_t frame)
{
  LecNotes notes;

  if (scan->n_notes++ >= MOST_NOTES)
    return;
  if (!scan->cache)
    scan->cache = lec_trace_cache_new_scattered (scan->index->trace);
  lec_trace_read_notes (scan->cache, lec_index_place (scan->index, frame), &notes);
  scan->n_dropped_noted = add_count (scan->n_dropped_noted, notes.dropped_frames);
  lec_notes_clear (&notes);
}

static void
look_at_state (LecTrustScan *scan, uint32_t from, uint32_t end)
{
  for (uint32_t frame = from; frame < end; frame++) {
    uint8_t state = lec_index_state (scan->index, frame);
    scan->n_cut += (state & LEC_FRAME_CUT) != 0;
    if (G_UNLIKELY (state & LEC_FRAME_NOTED))
      read_notes (scan, frame);
  }
}

/* The kinds of links in the trace; returns how many, at most MOST_LINK_TYPES. */
static unsigned
find_link_types (const LecTrace *trace, uint16_t link_types[MOST_LINK_TYPES])
{
  uint32_t n_interfaces = lec_trace_n_interfaces (trace);
  unsigned n = 0;

  for (uint32_t i = 0; i < n_interfaces && n < MOST_LINK_TYPES; i++) {
    uint16_t link_type = lec_trace_interface (trace, i)->link_type;
    unsigned known = 0;
    while (known < n && link_types[known] != link_type)
      known++;
    if (known == n)
      link_types[n++] = link_type;
  }
  return n;
}

/* No frame of up to so many bytes need be looked at closely: of most traces that is any frame there is. */
static uint32_t
shortest_limit (const LecIndex *index)
{
  uint32_t n_conversations = atomic_load_explicit (&index->n_conversations, memory_order_acquire);
  uint16_t link_types[MOST_LINK_TYPES];
  unsigned n_link_types = find_link_types (index->trace, link_types);
  uint32_t shortest = n_link_types < MOST_LINK_TYPES ? G_MAXUINT32 : 0;

  for (unsigned i = 0; i < n_link_types; i++)
    for (uint32_t row = 0; row < n_conversations; row++)
      for (unsigned side = 0; side < 2; side++)
        shortest = MIN (shortest, lec_remarks_longest_frame (index, row, side, link_types[i]));
  return shortest;
}

static void
look_at_length (LecTrustScan *scan, uint32_t from, uint32_t end)
{
  const LecIndex *index = scan->index;

  for (uint32_t frame = from; frame < end; frame++) {
    uint32_t length = LEC_COLUMN (&index->length, uint16_t, frame);
    if (length <= scan->length_limit || !(lec_remarks_of_frame (index, frame) & 1u << LEC_REMARK_SUPER_FRAME))
      continue;
    scan->n_super_frames++;
    if (length > scan->longest) {
      scan->longest = length;
      scan->longest_frame = frame;
    }
  }
}

/* Goes on with one look at every frame from *DONE to N_FRAMES. */
static void
look_at_frames (LecTrustScan *scan, LookFunc look, uint32_t *done, uint32_t n_frames, const _Atomic unsigned *cancel)
{
  while (*done < n_frames && !(cancel && LEC_GET (*cancel))) {
    uint32_t end = MIN (n_frames, *done + SLICE_FRAMES) + 1;
    look (scan, *done + 1, end);
    *done = end - 1;
  }
}

/* What the index says that no frame has is not looked for. The clock is looked at from the first frame on once it went
 * back anywhere: what it showed before counts. */
static void
look_at_all (LecTrustScan *scan, uint32_t n_frames, const _Atomic unsigned *cancel)
{
  const LecIndex *index = scan->index;

  if (LEC_GET (index->steps_back))
    look_at_frames (scan, look_at_clock, &scan->clock_done, n_frames, cancel);
  if (LEC_GET (index->states) & (LEC_FRAME_CUT | LEC_FRAME_NOTED))
    look_at_frames (scan, look_at_state, &scan->state_done, n_frames, cancel);
  scan->length_limit = shortest_limit (index);
  if (LEC_GET (index->longest_frame_bytes) > scan->length_limit)
    look_at_frames (scan, look_at_length, &scan->length_done, n_frames, cancel);
}

/* Facts */

static void
tell_scan (const LecTrustScan *scan, LecTrust *trust)
{
  trust->facts[LEC_TRUST_CLOCK] =
      (LecTrustFact){ .n = scan->n_steps_back, .most = scan->longest_step_ns, .frame = scan->step_frame };
  trust->facts[LEC_TRUST_CUT] = (LecTrustFact){ .n = scan->n_cut, .of = trust->n_frames };
  trust->facts[LEC_TRUST_SUPER_FRAMES] = (LecTrustFact){
    .n = scan->n_super_frames, .of = trust->n_frames, .most = scan->longest, .frame = scan->longest_frame
  };
}

/* Interfaces count all that they dropped, and notes beside frames tell where: the same frames. */
static void
tell_dropped (const LecTrustScan *scan, LecTrust *trust)
{
  const LecTrace *trace = scan->index->trace;
  uint64_t n_dropped = 0;

  for (uint32_t i = 0; i < lec_trace_n_interfaces (trace); i++)
    n_dropped = add_count (n_dropped, lec_trace_interface (trace, i)->dropped_frames);
  trust->facts[LEC_TRUST_DROPPED] = (LecTrustFact){ .n = MAX (n_dropped, scan->n_dropped_noted),
                                                    .of = trust->n_frames,
                                                    .most = (int64_t) scan->n_dropped_noted };
}

static void
tell_conversations (const LecIndex *index, LecTrust *trust)
{
  uint32_t n = atomic_load_explicit (&index->n_conversations, memory_order_acquire);
  LecTrustFact *one_way = &trust->facts[LEC_TRUST_ONE_WAY], *no_handshake = &trust->facts[LEC_TRUST_NO_HANDSHAKE];
  uint64_t n_tcp = 0;

  for (uint32_t i = 0; i < n; i++) {
    const LecConversation *row = lec_index_conversation (index, i);
    unsigned remarks = lec_remarks_of_conversation (row);
    n_tcp += row->ip_protocol == TCP;
    one_way->n += (remarks & 1u << LEC_REMARK_ONE_WAY) != 0;
    no_handshake->n += (remarks & 1u << LEC_REMARK_NO_HANDSHAKE) != 0;
  }
  one_way->of = no_handshake->of = n_tcp;
}

/* Both sorts of verdicts tell of the same bytes, though of some only one does. */
static int64_t
count_uncaptured (const LecIndex *index)
{
  uint32_t n = atomic_load_explicit (&index->n_verdicts, memory_order_acquire);
  int64_t n_acknowledged = 0, n_passed_over = 0;

  for (uint32_t i = 0; i < n; i++) {
    const LecVerdict *row = lec_index_verdict (index, i);
    if (LEC_GET (row->withdrawn))
      continue;
    n_acknowledged += row->kind == LEC_VERDICT_ACK_OF_UNSEEN ? row->count : 0;
    n_passed_over += row->kind == LEC_VERDICT_SEGMENT_UNCAPTURED ? row->count : 0;
  }
  return MAX (n_acknowledged, n_passed_over);
}

static void
tell_verdicts (const LecIndex *index, LecTrust *trust)
{
  LecTrustFact *uncaptured = &trust->facts[LEC_TRUST_UNCAPTURED];

  trust->facts[LEC_TRUST_COPIES] =
      (LecTrustFact){ .n = LEC_GET (index->n_verdicts_of[LEC_VERDICT_CAPTURE_DUPLICATE]), .of = trust->n_frames };
  *uncaptured = (LecTrustFact){ .n = MAX (LEC_GET (index->n_verdicts_of[LEC_VERDICT_ACK_OF_UNSEEN]),
                                          LEC_GET (index->n_verdicts_of[LEC_VERDICT_SEGMENT_UNCAPTURED])),
                                .of = trust->n_frames };
  if (uncaptured->n)
    uncaptured->most = count_uncaptured (index);
}

/* What it takes for a fact to call for care, or to spoil the trace: a share in thousandths, 0 = any, −1 = never. */
static const struct {
  int care;
  int spoils;
} bars[LEC_N_TRUST] = {
  [LEC_TRUST_CLOCK] = { 0, -1 },          [LEC_TRUST_DROPPED] = { 0, 50 },  [LEC_TRUST_UNCAPTURED] = { 0, 50 },
  [LEC_TRUST_ONE_WAY] = { 50, 500 },      [LEC_TRUST_COPIES] = { 100, -1 }, [LEC_TRUST_NO_HANDSHAKE] = { 500, -1 },
  [LEC_TRUST_SUPER_FRAMES] = { 100, -1 }, [LEC_TRUST_CUT] = { -1, -1 },     [LEC_TRUST_DAMAGED] = { -1, -1 },
};

static gboolean
reaches (const LecTrustFact *fact, int bar)
{
  return bar >= 0 && fact->n && fact->n * 1000 >= (uint64_t) bar * fact->of;
}

static void
grade (LecTrust *trust)
{
  for (unsigned kind = 0; kind < LEC_N_TRUST; kind++) {
    LecTrustFact *fact = &trust->facts[kind];
    if (kind != LEC_TRUST_CLOCK || fact->most >= STEP_NS)
      fact->fitness = reaches (fact, bars[kind].spoils) ? LEC_HARDLY_FIT
                      : reaches (fact, bars[kind].care) ? LEC_FIT_WITH_CARE
                                                        : LEC_FIT;
    trust->n_remarks += fact->n > 0;
    trust->fitness = MAX (trust->fitness, fact->fitness);
  }
}

void
lec_trust_scan_judge (LecTrustScan *scan, LecTrust *trust, const _Atomic unsigned *cancel)
{
  /* In this order: where the index is complete, it is so with all its frames. */
  gboolean so_far = !atomic_load_explicit (&scan->index->complete, memory_order_acquire);
  uint32_t n_frames = lec_index_n_frames (scan->index);

  *trust = (LecTrust){ .so_far = so_far, .n_frames = n_frames };
  look_at_all (scan, n_frames, cancel);
  if (cancel && LEC_GET (*cancel))
    return;
  tell_scan (scan, trust);
  tell_dropped (scan, trust);
  tell_conversations (scan->index, trust);
  tell_verdicts (scan->index, trust);
  if (lec_trace_damage (scan->index->trace))
    trust->facts[LEC_TRUST_DAMAGED] = (LecTrustFact){ .n = 1, .frame = n_frames };
  trust->point = lec_capture_point (scan->index);
  grade (trust);
}
