/* Colour rules: which rows stand out, and how.
 *
 * A rule is a name, a filter and a style. All rules that are switched on are asked, in their order; where several
 * match, a later one fills what the earlier ones left open. One list serves the whole application; nothing else colours
 * a row. Kept in a key file that people can read. No GTK here, so that the shipped palette is tested without a display.
 * Main thread only. */
#pragma once

#include <gio/gio.h>

#include "session/session.h"

G_BEGIN_DECLS

enum { LEC_COLOR_LIGHT, LEC_COLOR_DARK, LEC_N_COLOR_APPEARANCES };

/* More rules than this in a file are not read: a row's rules are the bits of one word. */
#define LEC_COLOR_RULES_MAX 64u

/* What the list has behind its rows where no rule gives a tint. */
#define LEC_COLOR_BACKGROUND_LIGHT "#ffffff"
#define LEC_COLOR_BACKGROUND_DARK  "#242424"

typedef struct {
  char *id;   /* the group in the file, and the end of its style classes: a-z, 0-9 and "-" */
  char *name; /* as in the file; lec_color_rule_label() is for people */
  char *filter;
  char *text[LEC_N_COLOR_APPEARANCES]; /* "#rrggbb"; NULL = left open */
  char *tint[LEC_N_COLOR_APPEARANCES];
  char *sign; /* name of a symbolic icon, NULL = left open */
  gboolean bold;
  gboolean on;
} LecColorRule;

LecColorRule *lec_color_rule_copy (const LecColorRule *rule);
void lec_color_rule_free (LecColorRule *rule);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecColorRule, lec_color_rule_free)
/* The name, translated where it is a shipped rule's. Borrowed. */
const char *lec_color_rule_label (const LecColorRule *rule);

/* What the mark means that the rule gives, translated; NULL where a verdict or an HTTP status says it better. */
char *lec_color_rule_dup_meaning (const LecColorRule *rule);

/* The style class that gives a widget what the rule says of WHAT, "text" or "tint". Interned. */
const char *lec_color_rule_class (const LecColorRule *rule, const char *what);

/* WCAG 2.1 contrast ratio of two colours "#rrggbb", 1 … 21; 0 where one of them is none. */
double lec_color_contrast (const char *text, const char *behind);
/* Whether COLOR is "#rrggbb". */
gboolean lec_color_is_valid (const char *color);

/* Emits "changed" after every change. */
#define LEC_TYPE_COLOR_RULES (lec_color_rules_get_type ())
G_DECLARE_FINAL_TYPE (LecColorRules, lec_color_rules, LEC, COLOR_RULES, GObject)

/* SHIPPED is the text of the rules that come with Lectern; USER_PATH is the user's own file, read where it exists and
 * written by lec_color_rules_save(). */
LecColorRules *lec_color_rules_new (GBytes *shipped, const char *user_path);
/* What was wrong with the user's file, translated, or NULL. */
const char *lec_color_rules_problem (LecColorRules *rules);
/* Another number after every change. */
unsigned lec_color_rules_serial (LecColorRules *rules);
unsigned lec_color_rules_n_rules (LecColorRules *rules);
const LecColorRule *lec_color_rules_get (LecColorRules *rules, unsigned i);
/* Takes RULE over in place of the one at I; I == n_rules appends it. Its id is made unique. */
void lec_color_rules_set (LecColorRules *rules, unsigned i, LecColorRule *rule);
void lec_color_rules_remove (LecColorRules *rules, unsigned i);
void lec_color_rules_move (LecColorRules *rules, unsigned from, unsigned to);
/* Back to what is shipped, and the user's file is removed. */
void lec_color_rules_reset (LecColorRules *rules);
/* Writes the user's file: whole or not at all. */
gboolean lec_color_rules_save (LecColorRules *rules, GError **error);

/* How one row looks: the outcome of all its rules. Looks are shared by rows of the same rules. */
typedef struct {
  const char *classes[5]; /* style classes for the row, interned, ended by NULL */
  const char *sign;       /* icon name, NULL = none; borrowed */
  char *label;            /* names of the rules that matched, for those who do not see colours; "" = none */
  guint64 rules;          /* bit i: rule i matched */
} LecColorLook;

/* The rules compiled for one session. */
typedef struct LecColorPainter LecColorPainter;

/* SESSION must outlive the painter. */
LecColorPainter *lec_color_painter_new (LecColorRules *rules, LecSession *session);
void lec_color_painter_free (LecColorPainter *painter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecColorPainter, lec_color_painter_free)
/* The look of a row that FRAME stands for. Cheap: meant for the rows on screen. Borrowed, until the rules change. */
const LecColorLook *lec_color_painter_look (LecColorPainter *painter, uint32_t frame);
/* The compiled filter of rule I; NULL where it is off or not understood. Borrowed, until the rules change. */
LecFilter *lec_color_painter_filter (LecColorPainter *painter, unsigned i);

G_END_DECLS
