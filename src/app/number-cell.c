#include "app/number-cell.h"

#include "app/pane-parts.h"

#define INDENTATION_PX 16

struct _LecNumberCell {
  GtkWidget parent;
  GtkImage *expander;
  GtkWidget *mark;
  GtkInscription *number;
  gboolean is_operation;
  gboolean is_expanded;
  gboolean is_expandable;
};

G_DEFINE_FINAL_TYPE (LecNumberCell, lec_number_cell, GTK_TYPE_WIDGET)

static guint toggle_signal;

static void
toggle (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, toggle_signal, 0);
}

static void
expander_pressed (GtkGestureClick *gesture, int n_press, double x, double y, LecNumberCell *self)
{
  if (!self->is_expandable)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, toggle_signal, 0);
}

static void
lec_number_cell_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (lec_number_cell_parent_class)->dispose (object);
}

static void
lec_number_cell_class_init (LecNumberCellClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lec_number_cell_dispose;
  gtk_widget_class_install_action (widget_class, "row.toggle", NULL, toggle);
  gtk_widget_class_set_css_name (widget_class, "number-cell");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  toggle_signal = g_signal_new ("toggle", LEC_TYPE_NUMBER_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* Two hundred of them are made for a list at once: a template would take two thirds more time. */
static void
lec_number_cell_init (LecNumberCell *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->expander = GTK_IMAGE (lec_decoration_new ("pan-end-symbolic"));
  self->mark = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign",
                             GTK_ALIGN_CENTER, NULL);
  self->number = g_object_new (GTK_TYPE_INSCRIPTION, "hexpand", TRUE, "min-chars", 3, "nat-chars", 4, "text-overflow",
                               GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, NULL);
  gtk_widget_set_opacity (GTK_WIDGET (self->expander), 0);
  gtk_widget_add_css_class (self->mark, "mark");
  g_signal_connect (click, "pressed", G_CALLBACK (expander_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self->expander), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_parent (GTK_WIDGET (self->expander), GTK_WIDGET (self));
  gtk_widget_set_parent (self->mark, GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->number), GTK_WIDGET (self));
}

GtkWidget *
lec_number_cell_new (void)
{
  return g_object_new (LEC_TYPE_NUMBER_CELL, NULL);
}

static void
set_expander (LecNumberCell *self, const LecRow *row)
{
  if (row->expandable != self->is_expandable) {
    gtk_widget_set_opacity (GTK_WIDGET (self->expander), row->expandable ? 1 : 0);
    gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.toggle", row->expandable);
  }
  if (row->expanded != self->is_expanded)
    gtk_image_set_from_icon_name (self->expander, row->expanded ? "pan-down-symbolic" : "pan-end-symbolic");
  if (row->expandable)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, row->expanded, -1);
  else if (self->is_expandable)
    gtk_accessible_reset_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED);
  self->is_expandable = row->expandable;
  self->is_expanded = row->expanded;
}

void
lec_number_cell_set_row (LecNumberCell *self, const LecRow *row, const char *number)
{
  gboolean is_operation = row->kind == LEC_ROW_OPERATION;

  set_expander (self, row);
  if (is_operation != self->is_operation) {
    if (is_operation)
      gtk_widget_add_css_class (self->mark, "operation");
    else
      gtk_widget_remove_css_class (self->mark, "operation");
    self->is_operation = is_operation;
  }
  gtk_widget_set_margin_start (GTK_WIDGET (self->expander), row->depth * INDENTATION_PX);
  gtk_inscription_set_text (self->number, number);
}
