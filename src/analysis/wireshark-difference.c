#include "analysis/wireshark-difference.h"

#include <glib/gi18n-lib.h>

#include "base/publish.h"

/* Answers to one question: who calls it one of them does not call it another. */
typedef enum { ABOUT_SEGMENT, ABOUT_GAP, ABOUT_ANSWER, ABOUT_UNSEEN, ABOUT_SHUT, ABOUT_FULL, ABOUT_PORTS } Question;

#define SPECIAL    ((uint32_t) (LEC_WIRESHARK_FAST_RETRANSMISSION | LEC_WIRESHARK_SPURIOUS_RETRANSMISSION))
#define EVERY_FLAG ((1u << LEC_WIRESHARK_N_FLAGS) - 1)

/* In the order of LecWiresharkFlags. The reasons end two sentences: "Wireshark's rules call it LABEL: …", "Wireshark's
 * rules do not call it LABEL: …". */
static const struct {
  const char *name;
  const char *label;
  Question question;
  const char *why;
  const char *why_not;
} flag_words[LEC_WIRESHARK_N_FLAGS] = {
  { "retransmission", N_ ("retransmission"), ABOUT_SEGMENT,
    N_ ("it begins below the highest byte so far, and either came later than a round trip after that or ends where it "
        "does; they look at nothing else"),
    N_ ("for that it would have to begin below the highest byte that had passed here") },
  { "fast-retransmission", N_ ("fast retransmission"), ABOUT_SEGMENT,
    N_ ("two duplicate ACKs or more had asked for it, and the other side was heard less than 20 ms before; what the "
        "sender acted on they do not ask"),
    N_ ("for that two duplicate ACKs would have to ask for this very byte, less than 20 ms before") },
  { "spurious-retransmission", N_ ("spurious retransmission"), ABOUT_SEGMENT,
    N_ ("all of it had been acknowledged when it passed here; whether the sender could know that they do not ask"),
    N_ ("for that an acknowledgment of all of it would have to pass here before; what comes later they do not ask") },
  { "out-of-order", N_ ("out-of-order"), ABOUT_SEGMENT,
    N_ ("it begins below the highest byte so far, and came sooner than the handshake's round trip (or 3 ms) after "
        "that; "
        "they look at nothing else"),
    N_ ("for that it would have to begin below the highest byte that had passed here, sooner than the handshake's "
        "round "
        "trip before") },
  { "lost-segment", N_ ("previous segment not captured"), ABOUT_GAP,
    N_ ("it begins behind the next byte that was due; whether that came late they do not wait to see"),
    N_ ("for that it would have to begin behind the highest byte that had passed here") },
  { "ack-lost-segment", N_ ("ACKed unseen segment"), ABOUT_UNSEEN,
    N_ ("it acknowledges more than had passed here, as they count it up to the first gap"),
    N_ ("for that it would have to acknowledge more than they count up to the first gap, and they say it once") },
  { "duplicate-ack", N_ ("duplicate ACK"), ABOUT_ANSWER,
    N_ ("it has no payload, and repeats the acknowledgment, the window and the sequence number of the one before"),
    N_ ("for that it would have to repeat the window and the sequence number of the one before, too") },
  { "keep-alive", N_ ("keep-alive"), ABOUT_SEGMENT,
    N_ ("it has at most one byte, which is the one before the next that is due; whether a window is shut they do not "
        "ask"),
    N_ ("for that it would have to begin exactly one byte before the next that is due, with at most one byte") },
  { "keep-alive-ack", N_ ("answer to a keep-alive"), ABOUT_ANSWER,
    N_ ("it repeats the acknowledgment before, right behind what they call a keep-alive"),
    N_ ("for that it would have to repeat acknowledgment and window right behind what they call a keep-alive") },
  { "zero-window", N_ ("zero window"), ABOUT_SHUT, N_ ("they say so of every segment whose window is 0"),
    N_ ("they say so of no SYN, FIN or RST") },
  { "zero-window-probe", N_ ("zero-window probe"), ABOUT_SEGMENT,
    N_ ("it is one byte, the next that is due, and the last window that they saw was 0"),
    N_ ("for that it would have to be one byte, exactly the next that is due, with a window of 0 right before") },
  { "zero-window-probe-ack", N_ ("answer to a zero-window probe"), ABOUT_ANSWER,
    N_ ("it repeats the acknowledgment and the window of 0, right behind what they call a probe"),
    N_ ("for that it would have to repeat acknowledgment and window right behind what they call a probe") },
  { "window-full", N_ ("window full"), ABOUT_FULL,
    N_ ("its last byte is exactly the last that the window seen last has room for"),
    N_ ("for that its last byte would have to be exactly the last that the window seen last has room for") },
  { "window-update", N_ ("window update"), ABOUT_ANSWER,
    N_ ("it has no payload, and nothing in it is new but the window; whether anybody waited for it they do not ask"),
    N_ ("for that nothing but the window may be new in it") },
  { "reused-ports", N_ ("port reused"), ABOUT_PORTS,
    N_ ("it is a SYN with another sequence number than the one before"),
    N_ ("for that it would have to be a SYN with another sequence number than the one before") },
};

/* What they would say if they were right; 0: they have no word for it. */
static const uint32_t kind_flags[LEC_N_VERDICTS] = {
  [LEC_VERDICT_RETRANSMISSION] = LEC_WIRESHARK_RETRANSMISSION,
  [LEC_VERDICT_REORDERED] = LEC_WIRESHARK_OUT_OF_ORDER,
  [LEC_VERDICT_SEGMENT_LOST] = LEC_WIRESHARK_LOST_SEGMENT,
  [LEC_VERDICT_SEGMENT_UNCAPTURED] = LEC_WIRESHARK_LOST_SEGMENT,
  [LEC_VERDICT_ACK_OF_UNSEEN] = LEC_WIRESHARK_ACK_LOST_SEGMENT,
  [LEC_VERDICT_DUPLICATE_ACK] = LEC_WIRESHARK_DUPLICATE_ACK,
  [LEC_VERDICT_KEEP_ALIVE] = LEC_WIRESHARK_KEEP_ALIVE,
  [LEC_VERDICT_KEEP_ALIVE_ANSWER] = LEC_WIRESHARK_KEEP_ALIVE_ACK,
  [LEC_VERDICT_ZERO_WINDOW] = LEC_WIRESHARK_ZERO_WINDOW,
  [LEC_VERDICT_ZERO_WINDOW_PROBE] = LEC_WIRESHARK_ZERO_WINDOW_PROBE,
  [LEC_VERDICT_ZERO_WINDOW_PROBE_ANSWER] = LEC_WIRESHARK_ZERO_WINDOW_PROBE_ACK,
  [LEC_VERDICT_WINDOW_FULL] = LEC_WIRESHARK_WINDOW_FULL,
  [LEC_VERDICT_WINDOW_UPDATE] = LEC_WIRESHARK_WINDOW_UPDATE,
  [LEC_VERDICT_PORT_REUSED] = LEC_WIRESHARK_REUSED_PORTS,
};

const char *
lec_wireshark_flag_name (unsigned place)
{
  return flag_words[place].name;
}

uint32_t
lec_wireshark_narrow (uint32_t flags)
{
  return flags & SPECIAL ? flags & ~(uint32_t) LEC_WIRESHARK_RETRANSMISSION : flags;
}

char *
lec_wireshark_dup_words (uint32_t flags)
{
  GString *text = g_string_new (NULL);

  for (uint32_t left = lec_wireshark_narrow (flags); left; left &= left - 1)
    g_string_append_printf (text, "%s%s", text->len ? ", " : "", _ (flag_words[__builtin_ctz (left)].label));
  return g_string_free (text, text->len == 0);
}

/* Flags that answer the questions of FLAGS. */
static uint32_t
related (uint32_t flags)
{
  unsigned questions = 0;
  uint32_t found = 0;

  for (unsigned i = 0; i < LEC_WIRESHARK_N_FLAGS; i++)
    if (flags >> i & 1)
      questions |= 1u << flag_words[i].question;
  for (unsigned i = 0; i < LEC_WIRESHARK_N_FLAGS; i++)
    if (questions >> flag_words[i].question & 1)
      found |= 1u << i;
  return found;
}

static uint32_t
flags_of (const LecVerdict *verdict)
{
  uint32_t flags = kind_flags[verdict->kind];

  if (verdict->kind != LEC_VERDICT_RETRANSMISSION)
    return flags;
  if (verdict->cause == LEC_CAUSE_DUPLICATE_ACKS || verdict->cause == LEC_CAUSE_SACK)
    flags |= LEC_WIRESHARK_FAST_RETRANSMISSION;
  if (LEC_GET (verdict->need) == LEC_NEED_SPURIOUS)
    flags |= LEC_WIRESHARK_SPURIOUS_RETRANSMISSION;
  return flags;
}

static uint32_t
flags_about (const LecIndex *index, uint32_t frame)
{
  uint32_t flags = 0, at = G_MAXUINT32;

  if (!(lec_index_state (index, frame) & LEC_FRAME_VERDICT))
    return 0;
  while ((at = lec_index_next_verdict (index, frame, at)) != G_MAXUINT32)
    flags |= flags_of (lec_index_verdict (index, at));
  return flags;
}

gboolean
lec_wireshark_differs (const LecIndex *index, uint32_t frame, uint32_t flags)
{
  return flags_about (index, frame) != flags;
}

static void
append (GString *text, unsigned flag, gboolean said)
{
  const char *label = _ (flag_words[flag].label);

  if (text->len)
    g_string_append_c (text, ' ');
  if (said)
    g_string_append_printf (text, _ ("Wireshark's rules call it “%1$s”: %2$s."), label, _ (flag_words[flag].why));
  else
    g_string_append_printf (text, _ ("Wireshark's rules do not call it “%1$s”: %2$s."), label,
                            _ (flag_words[flag].why_not));
}

static char *
dup_text (uint32_t ours, uint32_t theirs, uint32_t wanted)
{
  uint32_t said = lec_wireshark_narrow (theirs & ~ours);
  uint32_t unsaid = ours & ~theirs & ~related (said);
  GString *text = g_string_new (NULL);

  /* What is no retransmission to them need not be said to be no fast one. */
  if (unsaid & LEC_WIRESHARK_RETRANSMISSION)
    unsaid &= ~SPECIAL;
  for (unsigned i = 0; i < LEC_WIRESHARK_N_FLAGS; i++)
    if (((said | unsaid) & wanted) >> i & 1)
      append (text, i, (said >> i & 1) != 0);
  return g_string_free (text, text->len == 0);
}

char *
lec_wireshark_dup_difference (const LecIndex *index, uint32_t frame, uint32_t flags)
{
  return dup_text (flags_about (index, frame), flags, EVERY_FLAG);
}

char *
lec_wireshark_dup_difference_from (const LecIndex *index, const LecVerdict *verdict, uint32_t flags)
{
  gboolean is_copy = verdict->kind == LEC_VERDICT_NETWORK_DUPLICATE || verdict->kind == LEC_VERDICT_CAPTURE_DUPLICATE;

  return dup_text (flags_about (index, verdict->frame), flags,
                   is_copy ? EVERY_FLAG : related (kind_flags[verdict->kind]));
}
