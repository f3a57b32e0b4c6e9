#include "app/verdict-popover.h"

#include <glib/gi18n-lib.h>

#include "analysis/verdict-text.h"

#define SENTENCE_CHARS 60

struct _LecVerdictPopover {
  GtkPopover parent;
  GtkBox *box;
};

G_DEFINE_FINAL_TYPE (LecVerdictPopover, lec_verdict_popover, GTK_TYPE_POPOVER)

static void
lec_verdict_popover_class_init (LecVerdictPopoverClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/lectern/Lectern/verdict-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, LecVerdictPopover, box);
}

static void
lec_verdict_popover_init (LecVerdictPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lec_verdict_popover_new (GtkWidget *parent)
{
  GtkWidget *self = g_object_new (LEC_TYPE_VERDICT_POPOVER, NULL);

  gtk_widget_set_parent (self, parent);
  return self;
}

static void
add_label (LecVerdictPopover *self, const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), SENTENCE_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (class)
    gtk_widget_add_css_class (label, class);
  gtk_box_append (self->box, label);
}

static void
add_link (LecVerdictPopover *self, uint32_t frame, const char *action)
{
  g_autofree char *text = g_strdup_printf (_ ("Go to Frame %u"), frame);
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", frame);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (gtk_popover_popdown), self);
  gtk_box_append (self->box, button);
}

/* Returns how many verdicts there were. */
static unsigned
add_verdicts (LecVerdictPopover *self, const LecIndex *index, uint32_t frame)
{
  unsigned n_verdicts = 0;
  uint32_t number = G_MAXUINT32;

  while ((number = lec_index_next_verdict (index, frame, number)) != G_MAXUINT32) {
    const LecVerdict *verdict = lec_index_verdict (index, number);
    uint32_t related = verdict->first ? verdict->first : verdict->of;
    g_autofree char *sentence = lec_verdict_dup_sentence (index, verdict);

    add_label (self, lec_verdict_kind_label (verdict->kind), "heading");
    add_label (self, sentence, NULL);
    if (related && related != frame)
      add_link (self, related, "win.go-to-frame");
    n_verdicts++;
  }
  return n_verdicts;
}

void
lec_verdict_popover_show (LecVerdictPopover *self, LecSession *session, const LecRow *row, uint32_t representative,
                          uint32_t hidden, const char *meaning, const char *summary, const char *comment,
                          GtkWidget *sign)
{
  const LecIndex *index = lec_session_index (session);
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkWidget *child;
  double x = 0, y = 0;
  unsigned n_verdicts;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))))
    gtk_box_remove (self->box, child);
  n_verdicts = add_verdicts (self, index, row->frame);
  if (representative && representative != row->frame)
    n_verdicts += add_verdicts (self, index, representative);
  if (hidden && hidden != row->frame && hidden != representative) {
    n_verdicts += add_verdicts (self, index, hidden);
    add_link (self, hidden, "win.reveal-frame");
  }
  if (!n_verdicts && (*meaning || !*comment)) {
    add_label (self, *meaning ? meaning : _ ("Nothing stands out here"), "heading");
    add_label (self, summary, NULL);
  }
  if (*comment) {
    add_label (self, _ ("Comment"), "heading");
    add_label (self, comment, NULL);
  }
  gtk_widget_translate_coordinates (sign, parent, 0, 0, &x, &y);
  gtk_popover_set_pointing_to (
      GTK_POPOVER (self),
      &(GdkRectangle){ (int) x, (int) y, MIN (gtk_widget_get_width (sign), 24), gtk_widget_get_height (sign) });
  gtk_popover_popup (GTK_POPOVER (self));
}
