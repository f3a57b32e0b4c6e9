#include "app/title-layout.h"

#define SPACING_PX 6

enum { START, TITLE, END, N_PARTS };

struct _LecTitleLayout {
  GtkLayoutManager parent;
};

G_DEFINE_FINAL_TYPE (LecTitleLayout, lec_title_layout, GTK_TYPE_LAYOUT_MANAGER)

static void
find_parts (GtkWidget *widget, GtkWidget *parts[N_PARTS])
{
  parts[START] = gtk_widget_get_first_child (widget);
  parts[TITLE] = gtk_widget_get_next_sibling (parts[START]);
  parts[END] = gtk_widget_get_next_sibling (parts[TITLE]);
}

static void
measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
         int *natural, int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *parts[N_PARTS];

  find_parts (widget, parts);
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? (N_PARTS - 1) * SPACING_PX : 0;
  for (int i = 0; i < N_PARTS; i++) {
    int least, wanted;

    gtk_widget_measure (parts[i], orientation, -1, &least, &wanted, NULL, NULL);
    if (orientation == GTK_ORIENTATION_HORIZONTAL) {
      *minimum += least;
      *natural += wanted;
    } else {
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, wanted);
    }
  }
}

/* Of WIDTH, the sides have what they want before the title has more than its least. */
static void
share (GtkWidget *parts[N_PARTS], int width, int widths[N_PARTS])
{
  GtkRequestedSize sides[] = { { .data = parts[START] }, { .data = parts[END] } };
  int least, wanted, free_px;

  gtk_widget_measure (parts[TITLE], GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
  free_px = width - (N_PARTS - 1) * SPACING_PX - least;
  for (unsigned i = 0; i < G_N_ELEMENTS (sides); i++) {
    gtk_widget_measure (sides[i].data, GTK_ORIENTATION_HORIZONTAL, -1, &sides[i].minimum_size, &sides[i].natural_size,
                        NULL, NULL);
    free_px -= sides[i].minimum_size;
  }
  free_px = gtk_distribute_natural_allocation (MAX (free_px, 0), G_N_ELEMENTS (sides), sides);
  widths[START] = sides[0].minimum_size;
  widths[END] = sides[1].minimum_size;
  widths[TITLE] = MIN (least + free_px, wanted);
}

static void
allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *parts[N_PARTS];
  int widths[N_PARTS], places[N_PARTS];
  int middle;

  find_parts (widget, parts);
  share (parts, width, widths);
  middle = (width - widths[TITLE]) / 2;
  places[START] = 0;
  places[END] = width - widths[END];
  places[TITLE] = MAX (MIN (middle, places[END] - SPACING_PX - widths[TITLE]), widths[START] + SPACING_PX);
  for (int i = 0; i < N_PARTS; i++) {
    int x = mirrored ? width - places[i] - widths[i] : places[i];

    gtk_widget_size_allocate (parts[i], &(GtkAllocation){ x, 0, widths[i], height }, baseline);
  }
}

static void
lec_title_layout_class_init (LecTitleLayoutClass *class)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (class);

  manager_class->measure = measure;
  manager_class->allocate = allocate;
}

static void
lec_title_layout_init (LecTitleLayout *layout)
{
}
