#include "app/row-dress.h"

#include "analysis/verdict-kinds.h"
#include "app/color-style.h"
#include "app/verdict-sign.h"

#include <glib/gi18n-lib.h>

struct LecRowDress {
  LecDocument *document;
  LecColorPainter *painter;
  const LecRowList *rows;
  /* The row asked for last: its cells are filled one after the other. */
  LecRowText *text;
  GString *meaning;
  const LecColorLook *look; /* NULL = none */
  LecRow row;
  guint position; /* GTK_INVALID_LIST_POSITION = none was asked for */
};

LecRowDress *
lec_row_dress_new (LecDocument *document, LecColorRules *rules)
{
  LecRowDress *self = g_new0 (LecRowDress, 1);

  self->document = document;
  self->painter = lec_color_painter_new (rules, lec_document_session (document));
  self->text = lec_row_text_new ();
  self->meaning = g_string_new (NULL);
  self->position = GTK_INVALID_LIST_POSITION;
  return self;
}

void
lec_row_dress_free (LecRowDress *self)
{
  lec_color_painter_free (self->painter);
  lec_row_text_free (self->text);
  g_string_free (self->meaning, TRUE);
  g_free (self);
}

void
lec_row_dress_set_rows (LecRowDress *self, const LecRowList *rows)
{
  self->rows = rows;
  self->position = GTK_INVALID_LIST_POSITION;
}

const LecRowList *
lec_row_dress_rows (LecRowDress *self)
{
  return self->rows;
}

/* A problem in what the row hides: it is signed with that, whatever the rules say of the row itself. */
static gboolean
hides_problem (const LecRowText *text)
{
  return text->verdict_inside && lec_verdict_kind_severity (text->verdict) > LEC_SEVERITY_NOTE;
}

static void
make_meaning (LecRowDress *self)
{
  const char *verdict = self->text->texts[LEC_COLUMN_VERDICT]->str;
  const char *look = self->look ? self->look->label : "";

  g_string_truncate (self->meaning, 0);
  if (hides_problem (self->text))
    /* TRANSLATORS: what is told of a closed row's parts: "Retransmission inside" */
    g_string_append_printf (self->meaning, _ ("%s inside"), verdict);
  else if (!*look)
    g_string_append (self->meaning, verdict);
  if (*look)
    g_string_append_printf (self->meaning, "%s%s", self->meaning->len ? "; " : "", look);
}

const char *
lec_row_dress_meaning (LecRowDress *self, const LecRow *row, guint position)
{
  lec_row_dress_text (self, row, position);
  return self->meaning->str;
}

char *
lec_row_dress_dup_tooltip (LecRowDress *self, const LecRow *row, guint position)
{
  const char *meaning = lec_row_dress_meaning (self, row, position);
  const char *comment = lec_row_dress_text (self, row, position)->comment->str;

  if (!*comment)
    return *meaning ? g_strdup (meaning) : NULL;
  return g_strdup_printf (_ ("%s%sComment: %s"), meaning, *meaning ? "\n" : "", comment);
}

LecSession *
lec_row_dress_session (LecRowDress *self)
{
  return lec_document_session (self->document);
}

gboolean
lec_row_dress_needs_previous (LecRowDress *self)
{
  return lec_document_time_format (self->document) == LEC_TIME_SINCE_SHOWN;
}

static gboolean
is_last (const LecRowDress *self, const LecRow *row, guint position)
{
  return position == self->position && row->frame == self->row.frame && row->kind == self->row.kind &&
         row->depth == self->row.depth && row->operation == self->row.operation;
}

const LecRowText *
lec_row_dress_text (LecRowDress *self, const LecRow *row, guint position)
{
  LecRow previous;
  gboolean has_previous;

  if (is_last (self, row, position))
    return self->text;
  has_previous = position > 0 && self->rows && lec_row_list_get (self->rows, position - 1, &previous);
  lec_row_text_fill (self->text, lec_document_session (self->document), row, has_previous ? &previous : NULL,
                     lec_document_time_format (self->document),
                     lec_document_absolute_sequence_numbers (self->document));
  self->look = lec_document_color_rules_enabled (self->document)
                   ? lec_color_painter_look (self->painter, self->text->representative)
                   : NULL;
  make_meaning (self);
  self->row = *row;
  self->position = position;
  return self->text;
}

const char *
lec_row_dress_sign (LecRowDress *self, const LecRow *row, guint position)
{
  const LecRowText *text = lec_row_dress_text (self, row, position);

  if (self->look && self->look->sign && !hides_problem (text))
    return self->look->sign;
  if (text->verdict >= 0 && text->verdict < LEC_N_VERDICTS)
    return lec_verdict_sign (text->verdict);
  return text->comment->len ? "lectern-comment-symbolic" : NULL;
}

/* An attempt to connect is a beginning, not yet something that was asked for. */
static gboolean
is_strong (LecRowDress *self, const LecRow *row)
{
  const LecIndex *index = lec_session_index (lec_document_session (self->document));

  return row->kind == LEC_ROW_OPERATION && lec_index_operation (index, row->operation)->kind != LEC_OPERATION_CONNECT;
}

static void
set_class (GtkWidget *widget, const char *name, gboolean is_set)
{
  if (is_set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* Of a row that is laid open, which parts passed the filter. */
static const char *
apply_match (LecRowDress *self, const LecRow *row, GtkWidget *widget)
{
  gboolean is_part = row->depth > 0 && lec_document_matches (self->document);

  set_class (widget, "matching", is_part && row->matches);
  set_class (widget, "not-matching", is_part && !row->matches);
  if (!is_part)
    return "";
  return row->matches ? _ (", passes the filter") : _ (", does not pass the filter");
}

void
lec_row_dress_apply (LecRowDress *self, const LecRow *row, guint position, GtkWidget *widget)
{
  const LecRowText *text = lec_row_dress_text (self, row, position);
  const char *meaning = lec_row_dress_meaning (self, row, position);
  g_autofree char *name =
      g_strconcat (text->texts[LEC_COLUMN_NUMBER]->str, ", ", text->texts[LEC_COLUMN_MODULE]->str, *meaning ? ", " : "",
                   meaning, text->comment->len ? ", " : "", text->comment->len ? _ ("commented") : "", ", ",
                   text->texts[LEC_COLUMN_SUMMARY]->str, apply_match (self, row, widget), NULL);

  lec_color_look_apply (self->look, widget);
  set_class (widget, "operation", is_strong (self, row));
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
