#include "app/color-rules.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>

struct _LecColorRules {
  GObject parent;
  GPtrArray *rules; /* of LecColorRule, in the order in which they are asked */
  GBytes *shipped;
  char *user_path;
  char *problem; /* with the user's file, or NULL */
  unsigned serial;
};

G_DEFINE_FINAL_TYPE (LecColorRules, lec_color_rules, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* The shipped rules: names that are translated wherever they are shown (the file keeps the English ones), and what the
 * mark means, where neither a verdict nor an HTTP status says it; that holds for the filter as shipped. */
static const struct {
  const char *name;
  const char *filter;
  const char *meaning;
} shipped_rules[] = {
  { N_ ("Captured twice"), "lectern.verdict == \"capture-duplicate\"", "" },
  { N_ ("Suspicious reset"), "lectern.verdict.reason == \"suspicious\"", "" },
  { N_ ("Refused"), "lectern.verdict == \"refused\"", "" },
  { N_ ("Reset"), "lectern.verdict == \"reset\"", "" },
  { N_ ("No answer"), "lectern.verdict == \"no-answer\"", "" },
  { N_ ("Handshake incomplete"), "lectern.verdict == \"handshake-incomplete\"", "" },
  { N_ ("Request without a response"), "lectern.verdict == \"unanswered\"", "" },
  { N_ ("Zero window"), "tcp.analysis.zero_window", "" },
  { N_ ("Spurious retransmission"), "tcp.analysis.spurious_retransmission", "" },
  { N_ ("Retransmission"), "tcp.analysis.retransmission", "" },
  { N_ ("Checksum wrong"), "lectern.verdict == \"checksum-wrong\"", "" },
  { N_ ("Segment lost before here"), "lectern.verdict == \"segment-lost-before\"", "" },
  { N_ ("Reordered"), "tcp.analysis.out_of_order", "" },
  { N_ ("Old timestamp"), "lectern.verdict == \"old-timestamp\"", "" },
  { N_ ("Segment not captured"), "lectern.verdict == \"segment-not-captured\"", "" },
  { N_ ("ACK of something never seen"), "tcp.analysis.ack_lost_segment", "" },
  { N_ ("Duplicated in the network"), "lectern.verdict == \"network-duplicate\"", "" },
  { N_ ("Keep-alive"), "tcp.analysis.keep_alive", "" },
  { N_ ("Answer to a keep-alive"), "tcp.analysis.keep_alive_ack", "" },
  { N_ ("Start, end"), "tcp.flags.syn == 1 or tcp.flags.fin == 1",
    N_ ("A TCP connection opens or closes here. SYN opens it: each side says from which number on it counts its bytes. "
        "FIN closes it from one side: nothing more is to be sent from there (RFC 9293 §3.5, §3.6).") },
  { N_ ("Success 2xx"), "http.response.code >= 200 and http.response.code < 300", "" },
  { N_ ("Not modified 304"), "http.response.code == 304", "" },
  { N_ ("Redirect 3xx"), "http.response.code >= 300 and http.response.code < 400 and http.response.code != 304", "" },
  { N_ ("Client error 4xx"), "http.response.code >= 400 and http.response.code < 500", "" },
  { N_ ("Server error 5xx"), "http.response.code >= 500 and http.response.code < 600", "" },
  { N_ ("No status yet"), "http.request and not http.response_in",
    N_ ("A request over HTTP whose response is not in this trace, or not yet.") },
};

static const char *const text_keys[LEC_N_COLOR_APPEARANCES] = { "TextLight", "TextDark" };
static const char *const tint_keys[LEC_N_COLOR_APPEARANCES] = { "TintLight", "TintDark" };

/* One rule. */

LecColorRule *
lec_color_rule_copy (const LecColorRule *rule)
{
  LecColorRule *copy = g_new0 (LecColorRule, 1);
  copy->id = g_strdup (rule->id);
  copy->name = g_strdup (rule->name);
  copy->filter = g_strdup (rule->filter);
  copy->sign = g_strdup (rule->sign);
  copy->bold = rule->bold;
  copy->on = rule->on;
  for (unsigned i = 0; i < LEC_N_COLOR_APPEARANCES; i++) {
    copy->text[i] = g_strdup (rule->text[i]);
    copy->tint[i] = g_strdup (rule->tint[i]);
  }
  return copy;
}

void
lec_color_rule_free (LecColorRule *rule)
{
  if (rule == NULL)
    return;
  g_free (rule->id);
  g_free (rule->name);
  g_free (rule->filter);
  g_free (rule->sign);
  for (unsigned i = 0; i < LEC_N_COLOR_APPEARANCES; i++) {
    g_free (rule->text[i]);
    g_free (rule->tint[i]);
  }
  g_free (rule);
}

const char *
lec_color_rule_label (const LecColorRule *rule)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (shipped_rules); i++)
    if (g_strcmp0 (rule->name, shipped_rules[i].name) == 0)
      return _ (shipped_rules[i].name);
  return rule->name;
}

char *
lec_color_rule_dup_meaning (const LecColorRule *rule)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (shipped_rules); i++)
    if (g_strcmp0 (rule->name, shipped_rules[i].name) == 0 && g_strcmp0 (rule->filter, shipped_rules[i].filter) == 0)
      return *shipped_rules[i].meaning ? g_strdup (_ (shipped_rules[i].meaning)) : NULL;
  return g_strdup_printf (_ ("Your colour rule marks what passes its filter: %s"), rule->filter);
}

const char *
lec_color_rule_class (const LecColorRule *rule, const char *what)
{
  g_autofree char *name = g_strdup_printf ("look-%s-%s", what, rule->id);
  return g_intern_string (name);
}

/* Contrast (WCAG 2.1, "relative luminance" and "contrast ratio"). */

gboolean
lec_color_is_valid (const char *color)
{
  if (color == NULL || color[0] != '#' || strlen (color) != 7)
    return FALSE;
  for (unsigned i = 1; i < 7; i++)
    if (!g_ascii_isxdigit (color[i]))
      return FALSE;
  return TRUE;
}

static double
relative_luminance (const char *color)
{
  static const double weights[3] = { 0.2126, 0.7152, 0.0722 };
  double luminance = 0;
  for (unsigned i = 0; i < 3; i++) {
    double share = (g_ascii_xdigit_value (color[1 + 2 * i]) * 16 + g_ascii_xdigit_value (color[2 + 2 * i])) / 255.0;
    luminance += weights[i] * (share <= 0.04045 ? share / 12.92 : pow ((share + 0.055) / 1.055, 2.4));
  }
  return luminance;
}

double
lec_color_contrast (const char *text, const char *behind)
{
  if (!lec_color_is_valid (text) || !lec_color_is_valid (behind))
    return 0;
  double a = relative_luminance (text);
  double b = relative_luminance (behind);
  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

/* The file. */

static char *
dup_color (GKeyFile *file, const char *group, const char *key)
{
  g_autofree char *color = g_key_file_get_string (file, group, key, NULL);
  return lec_color_is_valid (color) ? g_steal_pointer (&color) : NULL;
}

static gboolean
is_id (const char *id)
{
  return id[0] != '\0' && strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (id);
}

static LecColorRule *
read_rule (GKeyFile *file, const char *group)
{
  g_autoptr (LecColorRule) rule = g_new0 (LecColorRule, 1);
  rule->id = g_strdup (group);
  rule->name = g_key_file_get_string (file, group, "Name", NULL);
  rule->filter = g_key_file_get_string (file, group, "Filter", NULL);
  if (!is_id (group) || rule->name == NULL || rule->filter == NULL)
    return NULL;
  rule->sign = g_key_file_get_string (file, group, "Sign", NULL);
  rule->bold = g_key_file_get_boolean (file, group, "Bold", NULL);
  rule->on = !g_key_file_has_key (file, group, "On", NULL) || g_key_file_get_boolean (file, group, "On", NULL);
  for (unsigned i = 0; i < LEC_N_COLOR_APPEARANCES; i++) {
    rule->text[i] = dup_color (file, group, text_keys[i]);
    rule->tint[i] = dup_color (file, group, tint_keys[i]);
  }
  return g_steal_pointer (&rule);
}

/* All rules of FILE; *N_LEFT_OUT counts the groups that are none. */
static GPtrArray *
read_rules (GKeyFile *file, unsigned *n_left_out)
{
  GPtrArray *rules = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_color_rule_free);
  gsize n_groups = 0;
  g_auto (GStrv) groups = g_key_file_get_groups (file, &n_groups);
  *n_left_out = 0;
  for (gsize i = 0; i < n_groups; i++) {
    LecColorRule *rule = rules->len < LEC_COLOR_RULES_MAX ? read_rule (file, groups[i]) : NULL;
    if (rule != NULL)
      g_ptr_array_add (rules, rule);
    else
      (*n_left_out)++;
  }
  return rules;
}

static GPtrArray *
read_shipped (GBytes *shipped)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  unsigned n_left_out;
  if (!g_key_file_load_from_bytes (file, shipped, G_KEY_FILE_NONE, &error))
    g_critical ("shipped colour rules: %s", error->message);
  return read_rules (file, &n_left_out);
}

/* The user's rules, or NULL where there is no file or it cannot be read; then the shipped ones serve. */
static GPtrArray *
read_user (LecColorRules *rules)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  unsigned n_left_out;
  if (!g_key_file_load_from_file (file, rules->user_path, G_KEY_FILE_NONE, &error)) {
    if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
      rules->problem = g_strdup_printf (_ ("Your colour rules in %s cannot be read (%s); the shipped ones are used."),
                                        rules->user_path, error->message);
    return NULL;
  }
  GPtrArray *read = read_rules (file, &n_left_out);
  if (n_left_out > 0)
    rules->problem =
        g_strdup_printf (ngettext ("%u colour rule in %s has no name or filter and is left out.",
                                   "%u colour rules in %s have no name or filter and are left out.", n_left_out),
                         n_left_out, rules->user_path);
  return read;
}

static void
write_rule (GKeyFile *file, const LecColorRule *rule)
{
  g_key_file_set_string (file, rule->id, "Name", rule->name);
  g_key_file_set_string (file, rule->id, "Filter", rule->filter);
  g_key_file_set_boolean (file, rule->id, "On", rule->on);
  if (rule->sign != NULL)
    g_key_file_set_string (file, rule->id, "Sign", rule->sign);
  g_key_file_set_boolean (file, rule->id, "Bold", rule->bold);
  for (unsigned i = 0; i < LEC_N_COLOR_APPEARANCES; i++) {
    if (rule->text[i] != NULL)
      g_key_file_set_string (file, rule->id, text_keys[i], rule->text[i]);
    if (rule->tint[i] != NULL)
      g_key_file_set_string (file, rule->id, tint_keys[i], rule->tint[i]);
  }
}

/* For those who open the file in an editor. */
static const char file_comment[] =
    " Colour rules of Lectern, in the order in which they are asked. Colours are #rrggbb.\n"
    " What an earlier rule that matches leaves out, a later one may give.";

gboolean
lec_color_rules_save (LecColorRules *rules, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  for (unsigned i = 0; i < rules->rules->len; i++)
    write_rule (file, rules->rules->pdata[i]);
  g_key_file_set_comment (file, NULL, NULL, file_comment, NULL);
  g_autofree char *folder = g_path_get_dirname (rules->user_path);
  if (g_mkdir_with_parents (folder, 0700) != 0) {
    int code = errno;
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s", folder, g_strerror (code));
    return FALSE;
  }
  return g_key_file_save_to_file (file, rules->user_path, error);
}

/* The list. */

static void
changed (LecColorRules *rules)
{
  rules->serial++;
  g_signal_emit (rules, signals[CHANGED], 0);
}

static void
lec_color_rules_finalize (GObject *object)
{
  LecColorRules *rules = LEC_COLOR_RULES (object);
  g_ptr_array_unref (rules->rules);
  g_bytes_unref (rules->shipped);
  g_free (rules->user_path);
  g_free (rules->problem);
  G_OBJECT_CLASS (lec_color_rules_parent_class)->finalize (object);
}

static void
lec_color_rules_class_init (LecColorRulesClass *class)
{
  G_OBJECT_CLASS (class)->finalize = lec_color_rules_finalize;
  signals[CHANGED] =
      g_signal_new ("changed", LEC_TYPE_COLOR_RULES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lec_color_rules_init (LecColorRules *rules)
{
}

LecColorRules *
lec_color_rules_new (GBytes *shipped, const char *user_path)
{
  LecColorRules *rules = g_object_new (LEC_TYPE_COLOR_RULES, NULL);
  rules->shipped = g_bytes_ref (shipped);
  rules->user_path = g_strdup (user_path);
  rules->rules = read_user (rules);
  if (rules->rules == NULL)
    rules->rules = read_shipped (shipped);
  return rules;
}

const char *
lec_color_rules_problem (LecColorRules *rules)
{
  return rules->problem;
}

unsigned
lec_color_rules_serial (LecColorRules *rules)
{
  return rules->serial;
}

unsigned
lec_color_rules_n_rules (LecColorRules *rules)
{
  return rules->rules->len;
}

const LecColorRule *
lec_color_rules_get (LecColorRules *rules, unsigned i)
{
  g_return_val_if_fail (i < rules->rules->len, NULL);
  return rules->rules->pdata[i];
}

static gboolean
id_is_taken (LecColorRules *rules, const char *id, unsigned except)
{
  for (unsigned i = 0; i < rules->rules->len; i++)
    if (i != except && g_strcmp0 (lec_color_rules_get (rules, i)->id, id) == 0)
      return TRUE;
  return FALSE;
}

/* An id for RULE at position I: its own, or one made from its name, with a number behind where that is taken. */
static void
ensure_id (LecColorRules *rules, LecColorRule *rule, unsigned i)
{
  if (rule->id == NULL || !is_id (rule->id)) {
    g_free (rule->id);
    rule->id = g_ascii_strdown (rule->name, -1);
    g_strcanon (rule->id, "abcdefghijklmnopqrstuvwxyz0123456789", '-');
    if (!is_id (rule->id)) {
      g_free (rule->id);
      rule->id = g_strdup ("rule");
    }
  }
  g_autofree char *stem = g_strdup (rule->id);
  for (unsigned n = 2; id_is_taken (rules, rule->id, i); n++) {
    g_free (rule->id);
    rule->id = g_strdup_printf ("%s-%u", stem, n);
  }
}

void
lec_color_rules_set (LecColorRules *rules, unsigned i, LecColorRule *rule)
{
  g_return_if_fail (i <= rules->rules->len && i < LEC_COLOR_RULES_MAX);
  ensure_id (rules, rule, i);
  if (i == rules->rules->len) {
    g_ptr_array_add (rules->rules, rule);
  } else {
    lec_color_rule_free (rules->rules->pdata[i]);
    rules->rules->pdata[i] = rule;
  }
  changed (rules);
}

void
lec_color_rules_remove (LecColorRules *rules, unsigned i)
{
  g_return_if_fail (i < rules->rules->len);
  g_ptr_array_remove_index (rules->rules, i);
  changed (rules);
}

void
lec_color_rules_move (LecColorRules *rules, unsigned from, unsigned to)
{
  g_return_if_fail (from < rules->rules->len && to < rules->rules->len);
  LecColorRule *rule = g_ptr_array_steal_index (rules->rules, from);
  g_ptr_array_insert (rules->rules, (int) to, rule);
  changed (rules);
}

void
lec_color_rules_reset (LecColorRules *rules)
{
  g_ptr_array_unref (rules->rules);
  rules->rules = read_shipped (rules->shipped);
  g_clear_pointer (&rules->problem, g_free);
  g_unlink (rules->user_path);
  changed (rules);
}
