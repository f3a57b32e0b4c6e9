#include "app/filter-chip.h"

#include <glib/gi18n-lib.h>

/* Of a long text: the rest is in the tooltip. */
#define MOST_CHARS 40

struct _LecFilterChip {
  GtkWidget parent;
  GtkLabel *joint; /* what joins it with the one before */
  GtkWidget *button;
  GtkLabel *text;
  GtkWidget *menu_button;
  LecDocument *document; /* borrowed: whoever shows the chip has it */
  unsigned i;
  gboolean on;
};

G_DEFINE_FINAL_TYPE (LecFilterChip, lec_filter_chip, GTK_TYPE_WIDGET)

enum { PROP_ON = 1, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static LecFilterPiece
piece_of (LecFilterChip *self)
{
  return lec_filter_tiers_piece (lec_document_filter_tiers (self->document), self->i);
}

/* What can be done with it. */

static void
apply (LecFilterChip *self, const LecFilterTiers *tiers)
{
  if (!lec_document_set_tiers (self->document, tiers, NULL))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
set_on (LecFilterChip *self, gboolean on)
{
  g_autoptr (LecFilterTiers) tiers = lec_filter_tiers_copy (lec_document_filter_tiers (self->document));

  lec_filter_tiers_switch (tiers, self->i, on);
  apply (self, tiers);
}

static void
invert (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LecFilterChip *self = LEC_FILTER_CHIP (widget);
  g_autoptr (LecFilterTiers) tiers = lec_filter_tiers_copy (lec_document_filter_tiers (self->document));

  lec_filter_tiers_invert (tiers, self->i);
  apply (self, tiers);
}

static void
edit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LecFilterChip *self = LEC_FILTER_CHIP (widget);
  g_autoptr (LecFilterTiers) tiers = lec_filter_tiers_copy (lec_document_filter_tiers (self->document));

  lec_filter_tiers_edit (tiers, self->i);
  apply (self, tiers);
  gtk_widget_activate_action (widget, "win.edit-filter", NULL);
}

static void
remove_piece (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LecFilterChip *self = LEC_FILTER_CHIP (widget);
  g_autoptr (LecFilterTiers) tiers = lec_filter_tiers_copy (lec_document_filter_tiers (self->document));

  lec_filter_tiers_remove (tiers, self->i);
  apply (self, tiers);
}

static void
copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), piece_of (LEC_FILTER_CHIP (widget)).text);
}

static gboolean
open_menu (GtkWidget *widget, GVariant *arguments, void *data)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (LEC_FILTER_CHIP (widget)->menu_button));
  return TRUE;
}

static void
pressed (GtkGestureClick *gesture, int n_presses, double x, double y, LecFilterChip *self)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->menu_button));
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

/* What it shows. */

static void
update_joint (LecFilterChip *self, gboolean is_tier)
{
  const LecFilterTiers *tiers = lec_document_filter_tiers (self->document);
  gboolean is_first_part = self->i == lec_filter_tiers_n_kept (tiers);
  const char *joint = is_tier || is_first_part ? "›" : lec_filter_tiers_alternatives (tiers) ? "or" : "and";

  gtk_label_set_text (self->joint, joint);
  gtk_widget_set_visible (GTK_WIDGET (self->joint), self->i > 0);
}

static void
update_names (LecFilterChip *self, const LecFilterPiece *piece)
{
  const LecFilterTiers *tiers = lec_document_filter_tiers (self->document);
  unsigned n_kept = lec_filter_tiers_n_kept (tiers);
  unsigned n_parts = lec_filter_tiers_n_pieces (tiers) - n_kept;
  const char *state = piece->on ? _ ("on") : _ ("off");
  g_autofree char *name = NULL, *menu = NULL, *tooltip = NULL;

  if (piece->is_tier) {
    /* TRANSLATORS: of a filter in several tiers: the number, how many there are, the expression, "on" or "off" */
    name = g_strdup_printf (_ ("Tier %u of %u, %s, %s"), self->i + 1, n_kept, piece->text, state);
    menu = g_strdup_printf (_ ("Menu of tier %u"), self->i + 1);
  } else {
    /* TRANSLATORS: of a filter in several parts: the number, how many there are, the expression, "on" or "off" */
    name = g_strdup_printf (_ ("Part %u of %u, %s, %s"), self->i - n_kept + 1, n_parts, piece->text, state);
    menu = g_strdup_printf (_ ("Menu of part %u"), self->i - n_kept + 1);
  }
  tooltip = g_strdup_printf (piece->on ? _ ("Switch off: %s") : _ ("Switch on: %s"), piece->text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, menu, -1);
  gtk_widget_set_tooltip_text (self->button, tooltip);
}

void
lec_filter_chip_update (LecFilterChip *self)
{
  LecFilterPiece piece = piece_of (self);

  gtk_label_set_text (self->text, piece.text);
  /* The strip scrolls rather than that it cuts its chips. */
  gtk_label_set_width_chars (self->text, (int) MIN (g_utf8_strlen (piece.text, -1), MOST_CHARS));
  update_joint (self, piece.is_tier);
  update_names (self, &piece);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "chip.edit", piece.is_tier);
  (piece.is_tier ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (GTK_WIDGET (self), "tier");
  (piece.on ? gtk_widget_remove_css_class : gtk_widget_add_css_class) (GTK_WIDGET (self), "off");
  if (self->on != piece.on) {
    self->on = piece.on;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ON]);
  }
}

void
lec_filter_chip_set_live (LecFilterChip *self, gboolean live)
{
  static const char *const actions[] = { "chip.on", "chip.invert", "chip.remove" };

  for (unsigned i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], live);
}

void
lec_filter_chip_take_focus (LecFilterChip *self)
{
  gtk_widget_grab_focus (self->button);
}

/* The widget */

static void
lec_filter_chip_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  if (property == PROP_ON)
    g_value_set_boolean (value, LEC_FILTER_CHIP (object)->on);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
lec_filter_chip_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  if (property == PROP_ON)
    set_on (LEC_FILTER_CHIP (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
lec_filter_chip_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (lec_filter_chip_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *class)
{
  gtk_widget_class_install_property_action (class, "chip.on", "on");
  gtk_widget_class_install_action (class, "chip.invert", NULL, invert);
  gtk_widget_class_install_action (class, "chip.edit", NULL, edit);
  gtk_widget_class_install_action (class, "chip.copy", NULL, copy);
  gtk_widget_class_install_action (class, "chip.remove", NULL, remove_piece);
  gtk_widget_class_add_binding_action (class, GDK_KEY_exclam, 0, "chip.invert", NULL);
  gtk_widget_class_add_binding_action (class, GDK_KEY_c, GDK_CONTROL_MASK, "chip.copy", NULL);
  gtk_widget_class_add_binding_action (class, GDK_KEY_Delete, 0, "chip.remove", NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_Menu, 0, open_menu, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_F10, GDK_SHIFT_MASK, open_menu, NULL);
}

static void
lec_filter_chip_class_init (LecFilterChipClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = lec_filter_chip_get_property;
  object_class->set_property = lec_filter_chip_set_property;
  object_class->dispose = lec_filter_chip_dispose;
  properties[PROP_ON] = g_param_spec_boolean ("on", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/lectern/Lectern/filter-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, LecFilterChip, joint);
  gtk_widget_class_bind_template_child (widget_class, LecFilterChip, button);
  gtk_widget_class_bind_template_child (widget_class, LecFilterChip, text);
  gtk_widget_class_bind_template_child (widget_class, LecFilterChip, menu_button);
  gtk_widget_class_bind_template_callback (widget_class, pressed);
  gtk_widget_class_set_css_name (widget_class, "filter-chip");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
lec_filter_chip_init (LecFilterChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

LecFilterChip *
lec_filter_chip_new (LecDocument *document, unsigned i)
{
  LecFilterChip *self = g_object_new (LEC_TYPE_FILTER_CHIP, NULL);

  self->document = document;
  self->i = i;
  return self;
}
