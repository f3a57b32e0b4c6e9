#include "app/split.h"

struct _LecSplit {
  GtkWidget parent;
  GtkPaned *paned;
  LecSplitKept kept;
  double size;
  gboolean laying_out; /* the position changes for want of room, not by the user */
};

G_DEFINE_ENUM_TYPE (LecSplitKept, lec_split_kept, G_DEFINE_ENUM_VALUE (LEC_SPLIT_START, "start"),
                    G_DEFINE_ENUM_VALUE (LEC_SPLIT_END, "end"), G_DEFINE_ENUM_VALUE (LEC_SPLIT_SHARE, "share"))
G_DEFINE_FINAL_TYPE (LecSplit, lec_split, GTK_TYPE_WIDGET)

enum { PROP_ORIENTATION = 1, PROP_START_CHILD, PROP_END_CHILD, PROP_KEPT, PROP_SIZE, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static int
position_of (LecSplit *split, int length)
{
  const double positions[] = {
    [LEC_SPLIT_START] = split->size,
    [LEC_SPLIT_END] = length - split->size,
    [LEC_SPLIT_SHARE] = length * split->size,
  };
  return MAX ((int) (positions[split->kept] + 0.5), 0);
}

static void
position_changed (LecSplit *split)
{
  gboolean across = gtk_orientable_get_orientation (GTK_ORIENTABLE (split->paned)) == GTK_ORIENTATION_HORIZONTAL;
  int length =
      across ? gtk_widget_get_width (GTK_WIDGET (split->paned)) : gtk_widget_get_height (GTK_WIDGET (split->paned));
  int position = gtk_paned_get_position (split->paned);
  if (split->laying_out || length <= 0 || position == position_of (split, length))
    return;
  const double sizes[] = {
    [LEC_SPLIT_START] = position,
    [LEC_SPLIT_END] = length - position,
    [LEC_SPLIT_SHARE] = (double) position / length,
  };
  split->size = sizes[split->kept];
  g_object_notify_by_pspec (G_OBJECT (split), properties[PROP_SIZE]);
}

/* What is the paned's is asked there. */
static const char *
name_of_paneds (guint property)
{
  return property == PROP_ORIENTATION   ? "orientation"
         : property == PROP_START_CHILD ? "start-child"
         : property == PROP_END_CHILD   ? "end-child"
                                        : NULL;
}

static void
lec_split_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  LecSplit *split = LEC_SPLIT (object);
  if (name_of_paneds (property) != NULL) {
    g_object_set_property (G_OBJECT (split->paned), name_of_paneds (property), value);
  } else if (property == PROP_KEPT) {
    split->kept = g_value_get_enum (value);
  } else if (property == PROP_SIZE) {
    split->size = g_value_get_double (value);
    gtk_widget_queue_allocate (GTK_WIDGET (split));
  } else {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
  }
}

static void
lec_split_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  LecSplit *split = LEC_SPLIT (object);
  if (name_of_paneds (property) != NULL)
    g_object_get_property (G_OBJECT (split->paned), name_of_paneds (property), value);
  else if (property == PROP_KEPT)
    g_value_set_enum (value, split->kept);
  else if (property == PROP_SIZE)
    g_value_set_double (value, split->size);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return gtk_widget_get_request_mode (GTK_WIDGET (LEC_SPLIT (widget)->paned));
}

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
         int *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (LEC_SPLIT (widget)->paned), orientation, for_size, minimum, natural, minimum_baseline,
                      natural_baseline);
}

/* Each time anew from what is wanted; GtkPaned then sees to it that both children have the room they need. */
static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LecSplit *split = LEC_SPLIT (widget);
  gboolean across = gtk_orientable_get_orientation (GTK_ORIENTABLE (split->paned)) == GTK_ORIENTATION_HORIZONTAL;
  split->laying_out = TRUE;
  gtk_paned_set_position (split->paned, position_of (split, across ? width : height));
  gtk_widget_allocate (GTK_WIDGET (split->paned), width, height, baseline, NULL);
  split->laying_out = FALSE;
}

static void
lec_split_dispose (GObject *object)
{
  LecSplit *split = LEC_SPLIT (object);
  if (split->paned != NULL)
    gtk_widget_unparent (GTK_WIDGET (split->paned));
  split->paned = NULL;
  G_OBJECT_CLASS (lec_split_parent_class)->dispose (object);
}

static void
lec_split_class_init (LecSplitClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  object_class->set_property = lec_split_set_property;
  object_class->get_property = lec_split_get_property;
  object_class->dispose = lec_split_dispose;
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  properties[PROP_ORIENTATION] =
      g_param_spec_enum ("orientation", NULL, NULL, GTK_TYPE_ORIENTATION, GTK_ORIENTATION_HORIZONTAL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_START_CHILD] =
      g_param_spec_object ("start-child", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_END_CHILD] =
      g_param_spec_object ("end-child", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_KEPT] = g_param_spec_enum ("kept", NULL, NULL, LEC_TYPE_SPLIT_KEPT, LEC_SPLIT_START,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SIZE] =
      g_param_spec_double ("size", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lec_split_init (LecSplit *split)
{
  split->paned = GTK_PANED (gtk_paned_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_paned_set_shrink_start_child (split->paned, FALSE);
  gtk_paned_set_shrink_end_child (split->paned, FALSE);
  /* Else GtkPaned moves its handle by itself with a new length, after it was put where it belongs. */
  gtk_paned_set_resize_start_child (split->paned, FALSE);
  gtk_paned_set_resize_end_child (split->paned, TRUE);
  gtk_widget_set_parent (GTK_WIDGET (split->paned), GTK_WIDGET (split));
  g_signal_connect_object (split->paned, "notify::position", G_CALLBACK (position_changed), split, G_CONNECT_SWAPPED);
}
