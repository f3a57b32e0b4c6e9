#include "filter/filter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "filter/canonical.h"
#include "filter/carried.h"
#include "filter/columns.h"
#include "filter/facts.h"
#include "filter/free-form.h"
#include "filter/parser.h"
#include "filter/reference.h"

/* What running the program takes. One thread at a time. */
typedef struct {
  LecEvaluator *evaluator;
  LecColumnRun *columns;
} Runner;

/* Immutable but for `spare`, a runner for single frames that is kept from one to the next: whoever takes it out owns
 * it, and who finds none makes one. */
struct LecFilter {
  _Atomic unsigned n_references;
  char *expression;
  char *canonical;
  gboolean translated; /* names of Message Analyzer's became Wireshark's */
  gboolean refers;     /* to the values of a frame */
  gboolean impossible; /* the hint says so */
  char *hint;          /* or NULL */
  LecProgram *program;
  _Atomic (Runner *) spare;
};

static Runner *
runner_new (const LecProgram *program, const LecIndex *index)
{
  Runner *runner = g_new (Runner, 1);

  runner->evaluator = lec_evaluator_new (program);
  runner->columns = lec_column_run_new (program, index, runner->evaluator, 1);
  return runner;
}

static void
runner_free (Runner *runner)
{
  if (runner == NULL)
    return;
  lec_column_run_free (runner->columns);
  lec_evaluator_free (runner->evaluator);
  g_free (runner);
}

static Runner *
take_runner (const LecFilter *filter, const LecIndex *index)
{
  Runner *runner = atomic_exchange_explicit (&((LecFilter *) filter)->spare, NULL, memory_order_acquire);

  if (runner == NULL)
    return runner_new (filter->program, index);
  lec_column_run_move (runner->columns, index);
  return runner;
}

static void
give_runner (const LecFilter *filter, Runner *runner)
{
  runner_free (atomic_exchange_explicit (&((LecFilter *) filter)->spare, runner, memory_order_acq_rel));
}

void
lec_filter_problem_clear (LecFilterProblem *problem)
{
  g_clear_pointer (&problem->message, g_free);
}

/* FORMAT has one %s. */
static char *
dup_sentence (const char *format, const char *canonical)
{
  g_autoptr (GString) sentence = g_string_new (format);

  g_string_replace (sentence, "%s", canonical, 1);
  return g_string_free (g_steal_pointer (&sentence), FALSE);
}

/* The frame that references mean; no reader: none. */
typedef struct {
  LecFrameReader *reader;
  uint32_t frame;
} Pointed;

/* A text as the language writes it, and what became another in it. */
typedef struct {
  char *canonical;
  gboolean translated;
  gboolean refers;
} Wording;

/* TEXT, checked; NULL and PROBLEM where it is no filter. */
static LecSyntax *
read_filter (const LecRegistry *registry, const char *text, const Pointed *pointed, Wording *wording,
             LecFilterProblem *problem)
{
  g_autoptr (LecSyntax) syntax = lec_syntax_new ();

  if (!lec_parser_run (syntax, text, problem) ||
      !lec_references_fill (registry, syntax, pointed->reader, pointed->frame, &wording->refers, problem))
    return NULL;
  /* Before it is checked: that rewrites the tree for the program. */
  wording->canonical = lec_canonical_dup (registry, syntax, &wording->translated);
  if (lec_check_run (registry, syntax, problem))
    return g_steal_pointer (&syntax);
  g_clear_pointer (&wording->canonical, g_free);
  return NULL;
}

/* The same of a text that is no filter. The problem stays where it is not understood either. */
static LecSyntax *
read_free_form (const LecRegistry *registry, const char *text, const Pointed *pointed, Wording *wording,
                LecFilterProblem *problem)
{
  g_autofree char *understood = lec_free_form_dup (registry, text);
  LecSyntax *syntax = understood != NULL ? read_filter (registry, understood, pointed, wording, NULL) : NULL;

  if (syntax != NULL && syntax->hint == NULL) {
    char *hint = dup_sentence (_ ("Understood as: %s"), wording->canonical);

    g_ptr_array_add (syntax->owned, hint);
    syntax->hint = hint;
  }
  if (syntax != NULL && problem != NULL) {
    lec_filter_problem_clear (problem);
    *problem = (LecFilterProblem){ 0 };
  }
  return syntax;
}

LecFilter *
lec_filter_new (const LecRegistry *registry, const char *text, LecFilterProblem *problem)
{
  return lec_filter_new_at (registry, text, NULL, 0, problem);
}

LecFilter *
lec_filter_new_at (const LecRegistry *registry, const char *text, LecFrameReader *reader, uint32_t frame,
                   LecFilterProblem *problem)
{
  const Pointed pointed = { reader, frame };
  g_autoptr (LecSyntax) syntax = NULL;
  Wording wording = { 0 };

  if (problem != NULL)
    *problem = (LecFilterProblem){ 0 };
  syntax = read_filter (registry, text, &pointed, &wording, problem);
  gboolean impossible = syntax != NULL && syntax->hint != NULL, is_expression = syntax != NULL;
  if (syntax == NULL)
    syntax = read_free_form (registry, text, &pointed, &wording, problem);
  if (syntax == NULL)
    return NULL;
  LecFilter *filter = g_new0 (LecFilter, 1);
  atomic_init (&filter->n_references, 1);
  /* Valid, as it was read: positions in it are those of its parts. */
  filter->expression = g_utf8_make_valid (is_expression && !wording.refers ? text : wording.canonical, -1);
  filter->canonical = wording.canonical;
  filter->translated = wording.translated;
  filter->refers = wording.refers;
  filter->impossible = impossible;
  filter->hint = g_strdup (syntax->hint);
  filter->program = lec_program_new (registry, syntax);
  return filter;
}

LecFilter *
lec_filter_ref (LecFilter *filter)
{
  atomic_fetch_add_explicit (&filter->n_references, 1, memory_order_relaxed);
  return filter;
}

void
lec_filter_unref (LecFilter *filter)
{
  if (filter == NULL || atomic_fetch_sub_explicit (&filter->n_references, 1, memory_order_acq_rel) > 1)
    return;
  runner_free (atomic_load_explicit (&filter->spare, memory_order_acquire));
  lec_program_free (filter->program);
  g_free (filter->hint);
  g_free (filter->canonical);
  g_free (filter->expression);
  g_free (filter);
}

const char *
lec_filter_canonical (const LecFilter *filter)
{
  return filter->canonical;
}

const char *
lec_filter_expression (const LecFilter *filter)
{
  return filter->expression;
}

const char *
lec_filter_hint (const LecFilter *filter)
{
  return filter->hint;
}

gboolean
lec_filter_is_impossible (const LecFilter *filter)
{
  return filter->impossible;
}

char *
lec_filter_dup_note (const LecFilter *filter)
{
  if (filter->refers) {
    g_autofree char *became = dup_sentence (_ ("Understood as: %s"), filter->canonical);

    return filter->hint != NULL ? g_strconcat (became, "\n", filter->hint, NULL) : g_steal_pointer (&became);
  }
  if (filter->hint == NULL && filter->translated)
    return dup_sentence (_ ("The same in Wireshark's words: %s"), filter->canonical);
  return g_strdup (filter->hint);
}

gboolean
lec_filter_wants_replay (const LecFilter *filter)
{
  return filter->program->wants_replay;
}

gboolean
lec_filter_is_columnar (const LecFilter *filter)
{
  return filter->program->columnar;
}

/* The whole answer for FRAME, where nothing is asked but what stands anywhere in it. */
static gboolean
ask_bytes (const LecFilter *filter, LecEvaluator *evaluator, LecFrameReader *reader, uint32_t frame)
{
  const LecRecord *record = lec_frame_reader_record (reader, frame);

  lec_evaluator_begin (evaluator);
  lec_evaluator_add_frame (evaluator, (LecBytes){ record->bytes, record->captured_bytes });
  return lec_evaluator_answer (evaluator, filter->program->root);
}

/* The whole answer for FRAME, from its bytes. */
static gboolean
ask_dissection (const LecFilter *filter, LecEvaluator *evaluator, LecFrameReader *reader, const LecIndex *index,
                uint32_t frame)
{
  const LecProgram *program = filter->program;

  if (program->bytes_suffice)
    return ask_bytes (filter, evaluator, reader, frame);
  uint32_t begun = program->wants_carried ? lec_carried_from (index, frame) : 0;
  lec_evaluator_begin (evaluator);
  if (begun)
    lec_evaluator_carry (evaluator, reader, index, begun);
  LecDissection *dissection = lec_frame_reader_dissect (reader, frame, lec_evaluator_sink (evaluator),
                                                        program->wants_summaries ? LEC_SUMMARY_ALL : LEC_SUMMARY_NONE);
  if (program->wants_bytes) {
    const LecRecord *record = lec_frame_reader_record (reader, frame);

    lec_evaluator_add_layers (evaluator, dissection, (LecBytes){ record->bytes, record->captured_bytes });
  }
  if (program->wants_summaries)
    lec_evaluator_add_summaries (evaluator, dissection);
  if (program->wants_remarks || (lec_index_state (index, frame) & LEC_FRAME_VERDICT) != 0)
    lec_facts_of_verdicts (evaluator, program, index, frame);
  if (program->wants_operations)
    lec_facts_of_operation (evaluator, program, index, frame);
  return lec_evaluator_answer (evaluator, program->root);
}

static gboolean
is_cancelled (const _Atomic unsigned *cancel)
{
  return cancel != NULL && atomic_load_explicit (cancel, memory_order_relaxed) != 0;
}

/* The bits of a word of frames from BASE on that stand for frames from FIRST to END − 1. */
static uint64_t
mask_of (uint32_t base, uint32_t first, uint32_t end)
{
  uint64_t mask = G_MAXUINT64;

  if (first > base)
    mask &= G_MAXUINT64 << (first - base);
  if (end - base < 64)
    mask &= ((uint64_t) 1 << (end - base)) - 1;
  return mask;
}

/* One block: what the columns know, and for the rest dissection. */
static gboolean
run_block (const LecFilter *filter, LecColumnRun *columns, LecEvaluator *evaluator, LecFrameReader *reader,
           LecIndex *index, uint32_t first, uint32_t end, LecBitmap *matches, const _Atomic unsigned *cancel)
{
  uint32_t block = first & ~(LEC_BLOCK_FRAMES - 1);
  LecTernary known;

  lec_column_run_block (columns, first, end, &known);
  for (uint32_t base = first & ~63u; base < end; base += 64) {
    unsigned word = (base - block) / 64;
    uint64_t mask = mask_of (base, first, end), yes = known.yes[word];

    for (uint64_t open = mask & ~(yes | known.no[word]); open != 0; open &= open - 1) {
      unsigned bit = (unsigned) __builtin_ctzll (open);

      if (is_cancelled (cancel))
        return FALSE;
      if (ask_dissection (filter, evaluator, reader, index, base + bit))
        yes |= (uint64_t) 1 << bit;
    }
    uint64_t *place = lec_bitmap_word (matches, base);
    *place = (*place & ~mask) | (yes & mask);
  }
  return TRUE;
}

gboolean
lec_filter_run (const LecFilter *filter, LecFrameReader *reader, LecIndex *index, uint32_t from, uint32_t end,
                LecBitmap *matches, const _Atomic unsigned *cancel)
{
  g_autoptr (LecEvaluator) evaluator = lec_evaluator_new (filter->program);
  g_autoptr (LecColumnRun) columns = lec_column_run_new (filter->program, index, evaluator, end - from);

  lec_column_run_set_reader (columns, reader);
  for (uint32_t first = MAX (from, 1); first < end;) {
    uint32_t block_end = MIN (end, (first | (LEC_BLOCK_FRAMES - 1)) + 1);

    if (is_cancelled (cancel) ||
        !run_block (filter, columns, evaluator, reader, index, first, block_end, matches, cancel))
      return FALSE;
    first = block_end;
  }
  return TRUE;
}

gboolean
lec_filter_matches (const LecFilter *filter, LecFrameReader *reader, LecIndex *index, uint32_t frame)
{
  Runner *runner = take_runner (filter, index);
  unsigned word = (frame & (LEC_BLOCK_FRAMES - 1)) / 64, bit = frame % 64;
  LecTernary known;
  gboolean answer;

  lec_column_run_set_reader (runner->columns, reader);
  lec_column_run_block (runner->columns, frame, frame + 1, &known);
  if (((known.yes[word] | known.no[word]) >> bit & 1) != 0)
    answer = known.yes[word] >> bit & 1;
  else
    answer = ask_dissection (filter, runner->evaluator, reader, index, frame);
  give_runner (filter, runner);
  return answer;
}
