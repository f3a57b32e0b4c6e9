#include "app/wrap-layout.h"

#define SPACING_PX 8

struct _LecWrapLayout {
  GtkLayoutManager parent;
};

G_DEFINE_FINAL_TYPE (LecWrapLayout, lec_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Puts the children into lines of WIDTH, and there where PLACES; returns the height of all lines. */
static int
lay_out (GtkWidget *widget, int width, gboolean places)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0, y = 0, line_height = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child)) {
    GtkRequisition size;

    if (!gtk_widget_should_layout (child))
      continue;
    gtk_widget_get_preferred_size (child, NULL, &size);
    if (x > 0 && x + size.width > width) {
      x = 0;
      y += line_height;
      line_height = 0;
    }
    if (places)
      gtk_widget_size_allocate (
          child, &(GtkAllocation){ mirrored ? width - x - size.width : x, y, size.width, size.height }, -1);
    x += size.width + SPACING_PX;
    line_height = MAX (line_height, size.height);
  }
  return y + line_height;
}

static void
measure_width (GtkWidget *widget, int *minimum, int *natural)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child)) {
    GtkRequisition size;

    if (!gtk_widget_should_layout (child))
      continue;
    gtk_widget_get_preferred_size (child, NULL, &size);
    *minimum = MAX (*minimum, size.width);
    *natural += size.width + (*natural > 0 ? SPACING_PX : 0);
  }
}

static void
measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
         int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (widget, minimum, natural);
  else
    *minimum = *natural = lay_out (widget, for_size >= 0 ? for_size : G_MAXINT, FALSE);
}

static void
allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  lay_out (widget, width, TRUE);
}

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
lec_wrap_layout_class_init (LecWrapLayoutClass *class)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (class);

  manager_class->get_request_mode = get_request_mode;
  manager_class->measure = measure;
  manager_class->allocate = allocate;
}

static void
lec_wrap_layout_init (LecWrapLayout *layout)
{
}

GtkLayoutManager *
lec_wrap_layout_new (void)
{
  return g_object_new (LEC_TYPE_WRAP_LAYOUT, NULL);
}
