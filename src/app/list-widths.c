#include "app/list-widths.h"

#define ADDED_WIDTH        140
#define PADDING_PX         14
#define HIDDEN_PX          0 /* the view keeps room free for hidden columns, too */
#define APPROXIMATE_DIGITS "0123456789"

static const int usual_widths[LEC_N_COLUMNS] = {
  [LEC_COLUMN_NUMBER] = 105, [LEC_COLUMN_VERDICT] = 25,      [LEC_COLUMN_TIME] = 100,  [LEC_COLUMN_ELAPSED] = 90,
  [LEC_COLUMN_SOURCE] = 160, [LEC_COLUMN_DESTINATION] = 160, [LEC_COLUMN_MODULE] = 70, [LEC_COLUMN_SUMMARY] = 200,
};

/* A frame number of so many digits fits the usual column even in a row's parts; each further one widens it. */
#define USUAL_DIGITS     4
#define MOST_DIGITS      10
#define WIDTH_OF_A_DIGIT 12

/* Width of the time column by format. */
static const int time_widths[] = {
  [LEC_TIME_SINCE_START] = 100,
  [LEC_TIME_SINCE_SHOWN] = 100,
  [LEC_TIME_OF_DAY] = 150,
  [LEC_TIME_UTC] = 260,
};

struct LecListWidths {
  GtkColumnView *view;
  double digit_px;
  int view_px;    /* that the columns were fitted to, 0 = not laid out yet */
  guint n_digits; /* of the largest frame number */
};

static double
digit_width_px (GtkWidget *widget)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, APPROXIMATE_DIGITS);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return MAX (width, 10) / 10.0;
}

LecListWidths *
lec_list_widths_new (GtkColumnView *view)
{
  LecListWidths *self = g_new0 (LecListWidths, 1);

  self->view = view;
  self->digit_px = digit_width_px (GTK_WIDGET (view));
  return self;
}

void
lec_list_widths_free (LecListWidths *self)
{
  g_free (self);
}

int
lec_list_widths_usual (int id)
{
  return id >= 0 ? usual_widths[id] : ADDED_WIDTH;
}

int
lec_list_widths_to_px (const LecListWidths *self, int width)
{
  return (int) (width * self->digit_px / 10) + PADDING_PX;
}

int
lec_list_widths_from_px (const LecListWidths *self, int px)
{
  return (int) ((px - PADDING_PX) * 10 / self->digit_px + 0.5);
}

/* Widths that follow what the column holds, for as long as the user has chosen no other. */

static int
number_width (guint digits)
{
  return usual_widths[LEC_COLUMN_NUMBER] + (int) (MAX (digits, USUAL_DIGITS) - USUAL_DIGITS) * WIDTH_OF_A_DIGIT;
}

static gboolean
is_usual_time_width (int width)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (time_widths); i++) {
    if (time_widths[i] == width)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_usual_number_width (int width)
{
  for (guint digits = USUAL_DIGITS; digits <= MOST_DIGITS; digits++) {
    if (width == number_width (digits))
      return TRUE;
  }
  return FALSE;
}

static void
follow_contents (LecListWidths *self, LecListColumn *column, LecTimeFormat time_format)
{
  if (column->id == LEC_COLUMN_TIME && is_usual_time_width (column->width))
    column->width = time_widths[time_format];
  else if (column->id == LEC_COLUMN_NUMBER && is_usual_number_width (column->width))
    column->width = number_width (self->n_digits);
}

/* Fitting */

/* Pixels that the visible columns want beyond those there are. */
static int
missing_px (LecListWidths *self, GPtrArray *columns)
{
  int wanted_px = 0;

  for (guint i = 0; i < columns->len; i++) {
    const LecListColumn *column = g_ptr_array_index (columns, i);

    if (gtk_column_view_column_get_visible (column->view_column))
      wanted_px += lec_list_widths_to_px (self, column->width);
  }
  return self->view_px > 0 ? MAX (wanted_px - self->view_px, 0) : 0;
}

/* Where there is no room for all: what gives way first, and down to which width. */
static const struct {
  gboolean addresses; /* or the summary */
  int least;
} rounds[] = {
  { TRUE, 125 }, /* an IPv4 address */
  { FALSE, 100 },
  { TRUE, 80 },
};

static gboolean
gives (const LecListColumn *column, gboolean addresses)
{
  gboolean is_address = column->id == LEC_COLUMN_SOURCE || column->id == LEC_COLUMN_DESTINATION;

  return gtk_column_view_column_get_visible (column->view_column) &&
         (addresses ? is_address : column->id == LEC_COLUMN_SUMMARY);
}

/* Takes up to MISSING from the columns of a round, the same from each. Returns what is still missing. */
static int
shrink (LecListWidths *self, GPtrArray *columns, int *widths_px, guint turn, int missing)
{
  int least_px = lec_list_widths_to_px (self, rounds[turn].least);
  int n_givers = 0;

  for (guint i = 0; i < columns->len; i++)
    n_givers += gives (g_ptr_array_index (columns, i), rounds[turn].addresses);
  for (guint i = 0; i < columns->len; i++) {
    if (gives (g_ptr_array_index (columns, i), rounds[turn].addresses)) {
      int given = CLAMP (widths_px[i] - least_px, 0, missing / n_givers);

      widths_px[i] -= given;
      missing -= given;
      n_givers--;
    }
  }
  return missing;
}

void
lec_list_widths_fit (LecListWidths *self, GPtrArray *columns, LecTimeFormat time_format)
{
  g_autofree int *widths_px = g_new (int, columns->len);
  int missing;

  self->digit_px = digit_width_px (GTK_WIDGET (self->view));
  self->view_px = gtk_widget_get_width (GTK_WIDGET (self->view));
  for (guint i = 0; i < columns->len; i++) {
    follow_contents (self, g_ptr_array_index (columns, i), time_format);
    widths_px[i] = lec_list_widths_to_px (self, ((LecListColumn *) g_ptr_array_index (columns, i))->width);
  }
  missing = missing_px (self, columns);
  for (guint turn = 0; turn < G_N_ELEMENTS (rounds); turn++)
    missing = shrink (self, columns, widths_px, turn, missing);
  for (guint i = 0; i < columns->len; i++) {
    const LecListColumn *column = g_ptr_array_index (columns, i);

    gtk_column_view_column_set_fixed_width (
        column->view_column, gtk_column_view_column_get_visible (column->view_column) ? widths_px[i] : HIDDEN_PX);
  }
}

gboolean
lec_list_widths_outdated (const LecListWidths *self)
{
  return digit_width_px (GTK_WIDGET (self->view)) != self->digit_px ||
         gtk_widget_get_width (GTK_WIDGET (self->view)) != self->view_px;
}

gboolean
lec_list_widths_hold_number (LecListWidths *self, uint32_t largest)
{
  guint n_digits = 1;

  for (uint32_t rest = largest; rest >= 10; rest /= 10)
    n_digits++;
  if (self->n_digits == n_digits)
    return FALSE;
  self->n_digits = n_digits;
  return TRUE;
}
