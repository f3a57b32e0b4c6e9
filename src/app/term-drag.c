#include "app/term-drag.h"

#include "app/menu-label.h"

#define EXPRESSION_KEY "lec-drag-expression"

/* Where terms come from. */

typedef struct {
  LecTermAt term_at;
  gpointer data;
} Source;

static gboolean
is_touched (GtkEventController *controller)
{
  GdkDevice *device = gtk_event_controller_get_current_event_device (controller);

  return device && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN;
}

static GdkContentProvider *
prepare (GtkDragSource *drag_source, double x, double y, const Source *source)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (drag_source);
  g_autoptr (LecTerm) term = is_touched (controller)
                                 ? NULL
                                 : source->term_at (gtk_event_controller_get_widget (controller), x, y, source->data);

  return term ? gdk_content_provider_new_typed (LEC_TYPE_TERM, term) : NULL;
}

/* What is dragged is read beside the pointer. */
static void
drag_begins (GtkDragSource *drag_source, GdkDrag *drag)
{
  g_auto (GValue) value = G_VALUE_INIT;
  const LecTerm *term;

  g_value_init (&value, LEC_TYPE_TERM);
  if (!gdk_content_provider_get_value (gdk_drag_get_content (drag), &value, NULL))
    return;
  term = g_value_get_boxed (&value);
  g_autofree char *title = lec_menu_title_dup (term->expression);
  GtkWidget *label = gtk_label_new (title);
  gtk_widget_add_css_class (label, "dragged-term");
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), label);
}

static void
free_data (gpointer data, GClosure *closure)
{
  g_free (data);
}

void
lec_term_drag_attach (GtkWidget *widget, LecTermAt term_at, gpointer data)
{
  GtkDragSource *drag_source = gtk_drag_source_new ();
  Source *source = g_new (Source, 1);

  *source = (Source){ term_at, data };
  g_signal_connect_data (drag_source, "prepare", G_CALLBACK (prepare), source, free_data, 0);
  g_signal_connect (drag_source, "drag-begin", G_CALLBACK (drag_begins), NULL);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag_source), GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag_source));
}

static LecTerm *
term_of_expression (GtkWidget *widget, double x, double y, gpointer data)
{
  return lec_term_new (g_object_get_data (G_OBJECT (widget), EXPRESSION_KEY), NULL);
}

void
lec_term_drag_attach_expression (GtkWidget *widget, const char *expression)
{
  g_object_set_data_full (G_OBJECT (widget), EXPRESSION_KEY, g_strdup (expression), g_free);
  lec_term_drag_attach (widget, term_of_expression, NULL);
}

/* Where they go to. */

typedef struct {
  const LecTermDropFunctions *functions;
  gpointer data;
} Target;

/* An event of the drag itself does not tell what keys are held. */
static gboolean
is_adding (GtkDropTarget *target)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (widget));
  GdkDevice *keyboard = seat ? gdk_seat_get_keyboard (seat) : NULL;

  return keyboard && (gdk_device_get_modifier_state (keyboard) & GDK_CONTROL_MASK);
}

static GdkDragAction
moved (GtkDropTarget *drop_target, double x, double y, const Target *target)
{
  const GValue *value = gtk_drop_target_get_value (drop_target);
  LecTermHover hover = { .x = x, .adds = is_adding (drop_target) };

  if (!value || !target->functions->hover)
    return GDK_ACTION_COPY;
  hover.term = g_value_get_boxed (value);
  return target->functions->hover (&hover, target->data) ? GDK_ACTION_COPY : 0;
}

static void
left (GtkDropTarget *drop_target, const Target *target)
{
  if (target->functions->leave)
    target->functions->leave (target->data);
}

static gboolean
dropped (GtkDropTarget *drop_target, const GValue *value, double x, double y, const Target *target)
{
  LecTermHover hover = { g_value_get_boxed (value), x, is_adding (drop_target) };

  left (drop_target, target);
  target->functions->drop (&hover, target->data);
  return TRUE;
}

void
lec_term_drop_attach (GtkWidget *widget, const LecTermDropFunctions *functions, gpointer data)
{
  GtkDropTarget *drop_target = gtk_drop_target_new (LEC_TYPE_TERM, GDK_ACTION_COPY);
  Target *target = g_new (Target, 1);

  *target = (Target){ functions, data };
  gtk_drop_target_set_preload (drop_target, TRUE);
  g_signal_connect_data (drop_target, "enter", G_CALLBACK (moved), target, free_data, 0);
  g_signal_connect (drop_target, "motion", G_CALLBACK (moved), target);
  g_signal_connect (drop_target, "leave", G_CALLBACK (left), target);
  g_signal_connect (drop_target, "drop", G_CALLBACK (dropped), target);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drop_target));
}
