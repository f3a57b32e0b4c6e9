/* Sentences on congestion marks, and on what TCP options told or did not tell. */
#include <glib/gi18n-lib.h>

#include "analysis/conversation-text.h"
#include "analysis/quantity-text.h"
#include "analysis/verdict-sentences.h"
#include "base/publish.h"
#include "base/text.h"

char *
lec_sentence_congestion_experienced (const LecIndex *index, const LecVerdict *verdict)
{
  return lec_dup_text (_ ("Congestion marked: a router on the way from %s had a long queue, and marked this packet to "
                          "say so (RFC 3168 §5)."),
                       lec_side_label (verdict->side));
}

char *
lec_sentence_congestion_echo (const LecIndex *index, const LecVerdict *verdict)
{
  const char *side = lec_side_label (verdict->side);

  if (verdict->of)
    return lec_dup_text (_ ("Congestion reported: %s tells that packets come marked, since frame %u, until the "
                            "sender says that it has slowed down (RFC 3168 §6.1.3)."),
                         side, verdict->of);
  return lec_dup_text (_ ("Congestion reported: %s tells that packets come marked, until the sender says that it has "
                          "slowed down. The marks were made after this capture point (RFC 3168 §6.1.3)."),
                       side);
}

char *
lec_sentence_window_reduced (const LecIndex *index, const LecVerdict *verdict)
{
  const char *side = lec_side_label (verdict->side);

  if (verdict->of)
    return lec_dup_text (_ ("Slowed down: %s sends more slowly because of the congestion that frame %u reported "
                            "(RFC 3168 §6.1.2)."),
                         side, verdict->of);
  return lec_dup_text (_ ("Slowed down: %s says that it sends more slowly (RFC 3168 §6.1.2)."), side);
}

char *
lec_sentence_no_window_scaling (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *waited = lec_dup_duration (LEC_GET (verdict->span_ns));
  g_autofree char *round_trip = lec_dup_duration (verdict->round_trip_us * INT64_C (1000));
  g_autofree char *rate = lec_dup_rate (verdict->count * 8.0 * 1e6 / verdict->round_trip_us);

  return lec_dup_text (
      _ ("No window scaling: %1$s does not offer it here, so that no more than %2$'u bytes can be on their way at "
         "once. With a round trip of %3$s that makes %4$s at most; the sender waited %5$s in all for it (RFC 7323 "
         "§2)."),
      lec_side_label (verdict->side), verdict->count, round_trip, rate, waited);
}

char *
lec_sentence_mss_missing (const LecIndex *index, const LecVerdict *verdict)
{
  return lec_dup_text (_ ("Segment size not told: %1$s does not say here what it takes, so that %2$s puts no more "
                          "than %3$u bytes into a segment, as in frame %4$u (RFC 9293 §3.7.1)."),
                       lec_side_label (verdict->side), lec_side_label (!verdict->side), verdict->count, verdict->of);
}

char *
lec_sentence_old_timestamp (const LecIndex *index, const LecVerdict *verdict)
{
  uint32_t of = LEC_GET (verdict->of);

  if (of)
    return lec_dup_text (
        _ ("Old timestamp: it is %1$'u ticks behind that of frame %2$u, further than packets overtake each other. The "
           "receiver takes it for a stray from the past and drops it (RFC 7323 §5)."),
        verdict->count, of);
  return lec_dup_text (_ ("Old timestamp: it is %'u ticks behind what the receiver took before, further than packets "
                          "overtake each other. "
                          "It takes this one for a stray from the past and drops it (RFC 7323 §5)."),
                       verdict->count);
}
