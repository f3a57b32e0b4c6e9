#include "app/problem-row.h"

#include <glib/gi18n-lib.h>

#include "app/cut-text.h"
#include "app/verdict-sign.h"
#include "base/text.h"
#include "session/problem.h"

struct _LecProblemRowWidget {
  GtkWidget parent;
  GtkWidget *arrow;
  GtkWidget *sign;
  GtkWidget *number; /* of a frame */
  GtkWidget *text;   /* GtkInscription */
  GtkWidget *count;
  LecProblemItem *item;
  LecSession *session; /* borrowed, while there is an item */
  gulong changed_handler;
};

G_DEFINE_FINAL_TYPE (LecProblemRowWidget, lec_problem_row, GTK_TYPE_WIDGET)

static void
set_class (GtkWidget *widget, const char *class, gboolean wanted)
{
  if (wanted)
    gtk_widget_add_css_class (widget, class);
  else
    gtk_widget_remove_css_class (widget, class);
}

/* GTK's row around this one: what a screen reader reads. */
static GtkAccessible *
row_of_list (LecProblemRowWidget *self)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));

  return row ? GTK_ACCESSIBLE (row) : NULL;
}

static void
set_name (LecProblemRowWidget *self, const char *name)
{
  if (row_of_list (self))
    gtk_accessible_update_property (row_of_list (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_states (LecProblemRowWidget *self, const LecProblemRow *row)
{
  GtkAccessible *accessible = row_of_list (self);

  if (!accessible)
    return;
  if (row->type == LEC_PROBLEM_ROW_KIND) {
    gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_EXPANDED, row->expanded, GTK_ACCESSIBLE_STATE_PRESSED,
                                 row->pressed ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
  } else {
    gtk_accessible_reset_state (accessible, GTK_ACCESSIBLE_STATE_EXPANDED);
    gtk_accessible_reset_state (accessible, GTK_ACCESSIBLE_STATE_PRESSED);
  }
}

static void
show_heading (LecProblemRowWidget *self, const LecProblemRow *row)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (self->text), row->text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), NULL);
  set_name (self, row->text);
}

static void
show_kind (LecProblemRowWidget *self, const LecProblemRow *row)
{
  LecSeverity severity = lec_problem_severity (row->kind);
  const char *label = lec_problem_label (row->kind), *word = lec_severity_label (severity);
  g_autofree char *count = lec_dup_text ("%'u", row->count);
  g_autofree char *tooltip =
      g_strdup_printf ("%s\n%s", lec_problem_explanation (row->kind),
                       row->pressed ? _ ("Click to show the others again") : _ ("Click to show only these"));
  /* TRANSLATORS: a kind of problem, how bad it is, how many: "Retransmission, warning, 5 times" */
  g_autofree char *name =
      lec_dup_text (ngettext ("%s, %s, %'u time", "%s, %s, %'u times", row->count), label, word, row->count);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow), row->expanded ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_image_set_from_icon_name (GTK_IMAGE (self->sign), lec_problem_sign (row->kind));
  gtk_inscription_set_text (GTK_INSCRIPTION (self->text), label);
  gtk_label_set_text (GTK_LABEL (self->count), count);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  set_class (GTK_WIDGET (self), "error", severity == LEC_SEVERITY_ERROR);
  set_class (GTK_WIDGET (self), "warning", severity == LEC_SEVERITY_WARNING);
  set_name (self, name);
}

static void
show_frame (LecProblemRowWidget *self, const LecProblemRow *row)
{
  g_autofree char *number = g_strdup_printf ("%u", row->frame);
  g_autofree char *text = lec_problem_dup_text (self->session, row->kind, row->frame);
  g_autofree char *name = g_strdup_printf ("%s, %s", number, text);

  gtk_label_set_text (GTK_LABEL (self->number), number);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->text), text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  set_name (self, name);
}

static void
fill (LecProblemRowWidget *self)
{
  static void (*const shows[]) (LecProblemRowWidget *, const LecProblemRow *) = {
    [LEC_PROBLEM_ROW_HEADING] = show_heading,
    [LEC_PROBLEM_ROW_KIND] = show_kind,
    [LEC_PROBLEM_ROW_FRAME] = show_frame,
  };
  const LecProblemRow *row = lec_problem_item_row (self->item);
  gboolean is_kind = row->type == LEC_PROBLEM_ROW_KIND;

  gtk_widget_set_visible (self->arrow, is_kind);
  gtk_widget_set_visible (self->sign, is_kind);
  gtk_widget_set_visible (self->count, is_kind);
  gtk_widget_set_visible (self->number, row->type == LEC_PROBLEM_ROW_FRAME);
  set_class (GTK_WIDGET (self), "title", row->type == LEC_PROBLEM_ROW_HEADING);
  set_class (GTK_WIDGET (self), "part", row->type == LEC_PROBLEM_ROW_FRAME);
  set_class (GTK_WIDGET (self), "pressed", is_kind && row->pressed);
  set_class (GTK_WIDGET (self), "error", FALSE);
  set_class (GTK_WIDGET (self), "warning", FALSE);
  shows[row->type](self, row);
  set_states (self, row);
}

void
lec_problem_row_set_item (LecProblemRowWidget *self, LecProblemItem *item, LecSession *session)
{
  if (self->item)
    g_clear_signal_handler (&self->changed_handler, self->item);
  g_set_object (&self->item, item);
  self->session = session;
  if (!item)
    return;
  self->changed_handler = g_signal_connect_swapped (item, "changed", G_CALLBACK (fill), self);
  fill (self);
}

gboolean
lec_problem_row_is_on_arrow (LecProblemRowWidget *self, double x, double y)
{
  graphene_rect_t bounds;

  return gtk_widget_get_visible (self->arrow) && gtk_widget_compute_bounds (self->arrow, GTK_WIDGET (self), &bounds) &&
         x < bounds.origin.x + bounds.size.width;
}

/* Making it. */

static void
lec_problem_row_dispose (GObject *object)
{
  LecProblemRowWidget *self = LEC_PROBLEM_ROW (object);
  GtkWidget *child;

  lec_problem_row_set_item (self, NULL, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (lec_problem_row_parent_class)->dispose (object);
}

static void
lec_problem_row_class_init (LecProblemRowWidgetClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lec_problem_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "problem");
}

static GtkWidget *
add (LecProblemRowWidget *self, GtkWidget *widget, const char *class)
{
  gtk_widget_add_css_class (widget, class);
  gtk_widget_set_parent (widget, GTK_WIDGET (self));
  return widget;
}

static void
lec_problem_row_init (LecProblemRowWidget *self)
{
  self->arrow = add (self, gtk_image_new (), "arrow");
  self->sign = add (self, gtk_image_new (), "sign");
  self->number = add (self, g_object_new (GTK_TYPE_LABEL, "xalign", 1.0, NULL), "number");
  self->text =
      add (self,
           g_object_new (GTK_TYPE_INSCRIPTION, "min-chars", 4, "nat-chars", 12, "min-lines", 1, "nat-lines", 1,
                         "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, "xalign", 0.0, "hexpand", TRUE, NULL),
           "text");
  self->count = add (self, gtk_label_new (NULL), "count");
}

GtkWidget *
lec_problem_row_new (void)
{
  return g_object_new (LEC_TYPE_PROBLEM_ROW, NULL);
}
