#include "app/side-scroller.h"

#include <glib/gi18n-lib.h>

/* Of what is in view, a button goes on by this share: what was at the edge stays in sight. */
#define PAGE_SHARE 0.8

struct _LecSideScroller {
  GtkWidget parent;
  GtkWidget *scroller; /* GtkScrolledWindow */
  GtkWidget *back, *on;
  GtkAdjustment *adjustment; /* the scroller's, borrowed */
};

G_DEFINE_FINAL_TYPE (LecSideScroller, lec_side_scroller, GTK_TYPE_WIDGET)

static void
go (LecSideScroller *self, double pages)
{
  gtk_adjustment_set_value (self->adjustment, gtk_adjustment_get_value (self->adjustment) +
                                                  pages * gtk_adjustment_get_page_size (self->adjustment));
}

static void
go_back (LecSideScroller *self)
{
  go (self, -PAGE_SHARE);
}

static void
go_on (LecSideScroller *self)
{
  go (self, PAGE_SHARE);
}

static gboolean
scrolled (GtkEventControllerScroll *controller, double dx, double dy, LecSideScroller *self)
{
  if (gtk_adjustment_get_upper (self->adjustment) <= gtk_adjustment_get_page_size (self->adjustment))
    return FALSE;
  go (self, dy * PAGE_SHARE / 4);
  return TRUE;
}

/* The keyboard goes through the row itself. */
static GtkWidget *
new_button (LecSideScroller *self, const char *icon, const char *name, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  return button;
}

/* Layout: a button has room only while there is more at its side. */

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
         int *natural_baseline)
{
  LecSideScroller *self = LEC_SIDE_SCROLLER (widget);
  GtkWidget *const buttons[] = { self->back, self->on };
  gtk_widget_measure (self->scroller, orientation, -1, minimum, natural, NULL, NULL);
  for (unsigned i = 0; i < G_N_ELEMENTS (buttons); i++) {
    int least;
    gtk_widget_measure (buttons[i], orientation, -1, &least, NULL, NULL, NULL);
    *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? *minimum + least : MAX (*minimum, least);
  }
  *natural = MAX (*minimum, *natural);
}

/* Gives BUTTON its place at one end, or takes it away. Returns its width. */
static int
place_button (GtkWidget *button, gboolean at_right, gboolean shown, int width, int height)
{
  int button_px;
  gtk_widget_set_child_visible (button, shown);
  if (!shown)
    return 0;
  gtk_widget_measure (button, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &button_px, NULL, NULL);
  gtk_widget_size_allocate (button, &(GtkAllocation){ at_right ? width - button_px : 0, 0, button_px, height }, -1);
  return button_px;
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LecSideScroller *self = LEC_SIDE_SCROLLER (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double value = gtk_adjustment_get_value (self->adjustment);
  int wanted;
  gtk_widget_measure (self->scroller, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wanted, NULL, NULL);
  int back_px = place_button (self->back, mirrored, wanted > width && value >= 1, width, height);
  int on_px = place_button (self->on, !mirrored, wanted - value >= width - back_px + 1, width, height);
  gtk_widget_size_allocate (self->scroller,
                            &(GtkAllocation){ mirrored ? on_px : back_px, 0, width - back_px - on_px, height }, -1);
}

static void
lec_side_scroller_dispose (GObject *object)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (lec_side_scroller_parent_class)->dispose (object);
}

static void
lec_side_scroller_class_init (LecSideScrollerClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = lec_side_scroller_dispose;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  gtk_widget_class_set_css_name (widget_class, "side-scroller");
}

static void
lec_side_scroller_init (LecSideScroller *self)
{
  GtkEventController *wheel = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  self->back = new_button (self, "pan-start-symbolic", _ ("Scroll Back"), G_CALLBACK (go_back));
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  self->on = new_button (self, "pan-end-symbolic", _ ("Scroll On"), G_CALLBACK (go_on));
  self->adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (gtk_widget_queue_allocate), self,
                           G_CONNECT_SWAPPED);
  /* Before the scroller, which knows only its own direction. */
  gtk_event_controller_set_propagation_phase (wheel, GTK_PHASE_CAPTURE);
  g_signal_connect (wheel, "scroll", G_CALLBACK (scrolled), self);
  gtk_widget_add_controller (GTK_WIDGET (self), wheel);
}

GtkWidget *
lec_side_scroller_new (GtkWidget *child)
{
  LecSideScroller *self = g_object_new (LEC_TYPE_SIDE_SCROLLER, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), child);
  return GTK_WIDGET (self);
}
