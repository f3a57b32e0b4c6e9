/* lectern-cli verdicts: a line a verdict. */
#include "analysis/verdict-loss.h"
#include "analysis/verdict-text.h"
#include "analysis/verdict-why.h"
#include "cli/cli.h"

/* What it rests on, in the order of the bits. */
static void
add_evidence (LecTable *table, const LecVerdict *verdict)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (uint32_t left = verdict->evidence; left; left &= left - 1)
    g_string_append_printf (words, "%s%s", words->len ? " " : "", lec_evidence_name (left & -left));
  lec_table_add_text (table, words->str);
}

/* A table of text has no room for it. */
static void
add_why (LecTable *table, LecCliTrace *trace, const LecVerdict *verdict)
{
  g_autoptr (GPtrArray) reasons = NULL;
  LecReplayFacts facts;
  const char *texts[LEC_WHY_REASONS];
  uint32_t frames[LEC_WHY_REASONS];
  unsigned n = 0;

  if (lec_table_format (table) == LEC_FORMAT_TEXT) {
    lec_table_add_none (table);
    return;
  }
  reasons = lec_verdict_why (trace->index, verdict);
  if (lec_replay_stream_facts (trace->replays, verdict->frame, &facts))
    lec_verdict_why_add_difference (reasons, trace->index, verdict, facts.wireshark.flags);
  for (; n < MIN (reasons->len, LEC_WHY_REASONS); n++) {
    const LecReason *reason = reasons->pdata[n];
    texts[n] = reason->text;
    frames[n] = reason->frame;
  }
  lec_table_add_texts_of_frames (table, texts, frames, n);
}

static void
print_verdict (LecTable *table, LecCliTrace *trace, const LecVerdict *verdict)
{
  g_autofree char *sentence = lec_verdict_dup_sentence (trace->index, verdict);

  lec_table_add_number (table, verdict->frame);
  lec_table_add_text (table, lec_verdict_kind_name (verdict->kind));
  lec_table_add_text (table, lec_confidence_name (verdict->confidence));
  lec_table_add_frame (table, verdict->of);
  lec_table_add_frame (table, verdict->first);
  lec_table_add_text (table, sentence);
  lec_table_add_text (table, verdict->kind == LEC_VERDICT_RETRANSMISSION ? lec_cause_name (verdict->cause) : NULL);
  if (verdict->need == LEC_NEED_UNKNOWN)
    lec_table_add_none (table);
  else
    lec_table_add_boolean (table, verdict->need == LEC_NEED_SPURIOUS);
  add_evidence (table, verdict);
  lec_table_add_frame (table, verdict->proof);
  lec_table_add_text (table, lec_loss_name (lec_verdict_loss (verdict)));
  add_why (table, trace, verdict);
  lec_table_add_text (table, verdict->kind == LEC_VERDICT_RESET || verdict->kind == LEC_VERDICT_REFUSED
                                 ? lec_reset_reason_name (verdict->reason)
                                 : NULL);
  lec_table_end_row (table);
}

LecExit
lec_cli_verdicts (const LecOptions *options)
{
  static const LecTableColumn columns[] = {
    { "frame", -7 },   { "kind", 14 }, { "confidence", 8 }, { "of", -7 },      { "first", -7 },
    { "sentence", 1 }, { "cause", 0 }, { "spurious", 0 },   { "evidence", 0 }, { "proof", 0 },
    { "place", 0 },    { "why", 0 },   { "reason", 0 },
  };
  LecCliTrace trace;
  LecTable *table;
  g_autoptr (GPtrArray) verdicts = g_ptr_array_new ();

  if (!lec_cli_trace_open (&trace, options))
    return LEC_EXIT_FAILED;
  table = lec_table_new (options->format, columns, G_N_ELEMENTS (columns));
  for (uint32_t frame = 1; (frame = lec_cli_trace_next (&trace, frame)) != 0; frame++) {
    uint32_t verdict = G_MAXUINT32;

    if (!(lec_index_state (trace.index, frame) & LEC_FRAME_VERDICT))
      continue;
    while ((verdict = lec_index_next_verdict (trace.index, frame, verdict)) != G_MAXUINT32)
      g_ptr_array_add (verdicts, lec_index_verdict (trace.index, verdict));
    /* The index has them newest first. */
    for (unsigned i = verdicts->len; i > 0; i--)
      print_verdict (table, &trace, verdicts->pdata[i - 1]);
    g_ptr_array_set_size (verdicts, 0);
  }
  lec_table_free (table);
  return lec_cli_trace_close (&trace);
}
