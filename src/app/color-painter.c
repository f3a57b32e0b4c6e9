/* The rules compiled for one session, and the looks that their combinations give. */
#include "app/color-rules.h"

struct LecColorPainter {
  LecColorRules *rules;
  LecSession *session; /* borrowed */
  unsigned serial;     /* of the rules, when they were compiled */
  unsigned n_filters;
  LecFilter *filters[LEC_COLOR_RULES_MAX]; /* NULL: off, or not understood */
  GHashTable *looks;                       /* guint64 of matching rules → LecColorLook */
};

static void
free_look (gpointer data)
{
  LecColorLook *look = data;
  g_free (look->label);
  g_free (look);
}

static void
clear_filters (LecColorPainter *painter)
{
  for (unsigned i = 0; i < painter->n_filters; i++)
    g_clear_pointer (&painter->filters[i], lec_filter_unref);
  painter->n_filters = 0;
  g_hash_table_remove_all (painter->looks);
}

static void
compile (LecColorPainter *painter)
{
  clear_filters (painter);
  painter->serial = lec_color_rules_serial (painter->rules);
  painter->n_filters = lec_color_rules_n_rules (painter->rules);
  for (unsigned i = 0; i < painter->n_filters; i++) {
    const LecColorRule *rule = lec_color_rules_get (painter->rules, i);
    LecFilterProblem problem = { 0 };
    if (!rule->on)
      continue;
    painter->filters[i] = lec_filter_new (lec_session_registry (painter->session), rule->filter, &problem);
    lec_filter_problem_clear (&problem);
  }
}

/* Not by the rules' signal: others that hear it may ask for looks before the painter has heard it too. */
static void
catch_up (LecColorPainter *painter)
{
  if (painter->serial != lec_color_rules_serial (painter->rules))
    compile (painter);
}

LecColorPainter *
lec_color_painter_new (LecColorRules *rules, LecSession *session)
{
  LecColorPainter *painter = g_new0 (LecColorPainter, 1);
  painter->rules = g_object_ref (rules);
  painter->session = session;
  painter->looks = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, free_look);
  compile (painter);
  return painter;
}

void
lec_color_painter_free (LecColorPainter *painter)
{
  if (painter == NULL)
    return;
  clear_filters (painter);
  g_hash_table_unref (painter->looks);
  g_object_unref (painter->rules);
  g_free (painter);
}

/* The first rule that says something wins, member by member: text with its bar, tint, sign, bold. */
static LecColorLook *
make_look (LecColorPainter *painter, guint64 matching)
{
  LecColorLook *look = g_new0 (LecColorLook, 1);
  g_autoptr (GString) label = g_string_new (NULL);
  const char *text = NULL;
  const char *tint = NULL;
  const char *bold = NULL;
  look->rules = matching;
  for (unsigned i = 0; i < painter->n_filters; i++) {
    if ((matching & (G_GUINT64_CONSTANT (1) << i)) == 0)
      continue;
    const LecColorRule *rule = lec_color_rules_get (painter->rules, i);
    g_string_append_printf (label, "%s%s", label->len > 0 ? "; " : "", lec_color_rule_label (rule));
    if (text == NULL && (rule->text[LEC_COLOR_LIGHT] != NULL || rule->text[LEC_COLOR_DARK] != NULL))
      text = lec_color_rule_class (rule, "text");
    if (tint == NULL && (rule->tint[LEC_COLOR_LIGHT] != NULL || rule->tint[LEC_COLOR_DARK] != NULL))
      tint = lec_color_rule_class (rule, "tint");
    if (bold == NULL && rule->bold)
      bold = g_intern_static_string ("look-bold");
    if (look->sign == NULL)
      look->sign = rule->sign;
  }
  const char *all[] = { text, tint, bold };
  for (unsigned i = 0, n = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] != NULL)
      look->classes[n++] = all[i];
  look->label = g_strdup (label->str);
  return look;
}

const LecColorLook *
lec_color_painter_look (LecColorPainter *painter, uint32_t frame)
{
  LecFrameReader *reader = lec_session_reader (painter->session);
  LecIndex *index = lec_session_index (painter->session);
  guint64 matching = 0;
  catch_up (painter);
  for (unsigned i = 0; i < painter->n_filters; i++)
    if (painter->filters[i] != NULL && lec_filter_matches (painter->filters[i], reader, index, frame))
      matching |= G_GUINT64_CONSTANT (1) << i;
  LecColorLook *look = g_hash_table_lookup (painter->looks, &matching);
  if (look == NULL) {
    look = make_look (painter, matching);
    g_hash_table_insert (painter->looks, &look->rules, look);
  }
  return look;
}

LecFilter *
lec_color_painter_filter (LecColorPainter *painter, unsigned i)
{
  catch_up (painter);
  return i < painter->n_filters ? painter->filters[i] : NULL;
}
