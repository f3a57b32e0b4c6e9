#include "app/filter-marks.h"

#include "filter/brackets.h"

/* Tints behind brackets, for either appearance: of those that have a partner, and of those that have none. */
static const PangoColor pair_tint = { 0x35 * 257, 0x84 * 257, 0xe4 * 257 };
static const PangoColor lone_tint = { 0xe0 * 257, 0x1b * 257, 0x24 * 257 };
#define TINT_ALPHA (0xffff / 5 * 2)

struct LecFilterMarks {
  GtkEntry *entry; /* borrowed */
  GtkText *text;   /* the part of it that has the cursor */
  gboolean has_problem;
  unsigned problem_position; /* in characters; valid where has_problem */
  unsigned problem_length;
};

static void
insert (PangoAttrList *attributes, PangoAttribute *attribute, unsigned start, unsigned end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (attributes, attribute);
}

static void
mark_problem (const LecFilterMarks *marks, const char *text, PangoAttrList *attributes)
{
  unsigned n_chars = (unsigned) g_utf8_strlen (text, -1);
  unsigned start = MIN (marks->problem_position, n_chars);
  unsigned end = MIN (start + MAX (marks->problem_length, 1), n_chars);

  insert (attributes, pango_attr_underline_new (PANGO_UNDERLINE_ERROR),
          (unsigned) (g_utf8_offset_to_pointer (text, start) - text),
          (unsigned) (g_utf8_offset_to_pointer (text, end) - text));
}

static void
tint (PangoAttrList *attributes, unsigned at, const PangoColor *color)
{
  insert (attributes, pango_attr_background_new (color->red, color->green, color->blue), at, at + 1);
  insert (attributes, pango_attr_background_alpha_new (TINT_ALPHA), at, at + 1);
}

/* One without a partner is no mistake while it is being typed at the end of the text. */
static void
mark_pair (const char *text, unsigned cursor, PangoAttrList *attributes)
{
  unsigned mark, partner;

  if (!lec_brackets_find (text, cursor, &mark, &partner) || (partner == G_MAXUINT && text[mark + 1] == '\0'))
    return;
  tint (attributes, mark, partner != G_MAXUINT ? &pair_tint : &lone_tint);
  if (partner != G_MAXUINT)
    tint (attributes, partner, &pair_tint);
}

static void
update (LecFilterMarks *marks)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (marks->entry));
  unsigned position = (unsigned) gtk_editable_get_position (GTK_EDITABLE (marks->entry));
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  if (marks->has_problem)
    mark_problem (marks, text, attributes);
  if (gtk_widget_has_focus (GTK_WIDGET (marks->text)))
    mark_pair (text, (unsigned) (g_utf8_offset_to_pointer (text, position) - text), attributes);
  gtk_entry_set_attributes (marks->entry, attributes);
}

LecFilterMarks *
lec_filter_marks_new (GtkEntry *entry)
{
  LecFilterMarks *marks = g_new0 (LecFilterMarks, 1);

  marks->entry = entry;
  marks->text = GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (entry)));
  g_signal_connect_swapped (marks->text, "notify::cursor-position", G_CALLBACK (update), marks);
  g_signal_connect_swapped (marks->text, "notify::text", G_CALLBACK (update), marks);
  g_signal_connect_swapped (marks->text, "notify::has-focus", G_CALLBACK (update), marks);
  return marks;
}

void
lec_filter_marks_free (LecFilterMarks *marks)
{
  if (marks == NULL)
    return;
  g_signal_handlers_disconnect_by_data (marks->text, marks);
  g_free (marks);
}

void
lec_filter_marks_set_problem (LecFilterMarks *marks, unsigned position, unsigned length)
{
  marks->has_problem = TRUE;
  marks->problem_position = position;
  marks->problem_length = length;
  update (marks);
}

void
lec_filter_marks_clear_problem (LecFilterMarks *marks)
{
  marks->has_problem = FALSE;
  update (marks);
}
