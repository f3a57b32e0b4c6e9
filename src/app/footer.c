#include "app/footer.h"

#define N_LINES 3

struct _LecFooter {
  GtkWidget parent;
  GtkWidget *scroller;
  GtkWidget *words; /* GtkLabel */
};

G_DEFINE_FINAL_TYPE (LecFooter, lec_footer, GTK_TYPE_WIDGET)

static int
line_height_px (GtkWidget *label)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (gtk_widget_get_pango_context (label), NULL, NULL);
  int height = pango_font_metrics_get_height (metrics);
  pango_font_metrics_unref (metrics);
  return PANGO_PIXELS_CEIL (height);
}

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
         int *natural_baseline)
{
  LecFooter *footer = LEC_FOOTER (widget);
  gtk_widget_measure (footer->scroller, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  *minimum = MAX (*minimum, line_height_px (footer->words));
  *natural = MAX (*minimum, N_LINES * line_height_px (footer->words));
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (LEC_FOOTER (widget)->scroller, width, height, -1, NULL);
}

void
lec_footer_set_text (LecFooter *footer, const char *text)
{
  gtk_label_set_text (GTK_LABEL (footer->words), text);
}

static void
lec_footer_dispose (GObject *object)
{
  g_clear_pointer (&LEC_FOOTER (object)->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (lec_footer_parent_class)->dispose (object);
}

static void
lec_footer_class_init (LecFooterClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = lec_footer_dispose;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  gtk_widget_class_set_css_name (widget_class, "footer");
}

static void
lec_footer_init (LecFooter *footer)
{
  footer->words = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (footer->words), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (footer->words), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (footer->words), 0);
  gtk_label_set_selectable (GTK_LABEL (footer->words), TRUE);
  footer->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (footer->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (footer->scroller), footer->words);
  gtk_widget_set_parent (footer->scroller, GTK_WIDGET (footer));
  gtk_widget_add_css_class (GTK_WIDGET (footer), "explanation");
}

GtkWidget *
lec_footer_new (void)
{
  return g_object_new (LEC_TYPE_FOOTER, NULL);
}
