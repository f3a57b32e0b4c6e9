#include "app/term-menu.h"

#include <glib/gi18n-lib.h>

#include "app/menu-label.h"

#define AT_KEYBOARD     (-1)
#define KEYBOARD_INDENT 24
#define EXPRESSION_KEY  "lec-term-expression"

/* Items. */

/* The words of win.filter-term, and what the menu calls them. */
static const struct {
  const char *how;
  const char *label;
} ways[] = {
  { "only", N_ ("_Show Only") }, { "hide", N_ ("_Hide") },   { "and", N_ ("_And") },
  { "or", N_ ("_Or") },          { "not", N_ ("And _Not") },
};

void
lec_term_menu_append_item (GMenu *menu, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

void
lec_term_menu_append_section (GMenu *menu, GMenu *section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static GMenu *
filter_section (const LecTerm *term)
{
  GMenu *section = g_menu_new ();

  for (unsigned i = 0; i < G_N_ELEMENTS (ways); i++)
    lec_term_menu_append_item (section, _ (ways[i].label), "win.filter-term",
                               g_variant_new ("(ss)", ways[i].how, term->expression));
  return section;
}

static GMenu *
other_section (const LecTerm *term)
{
  GMenu *section = g_menu_new ();

  lec_term_menu_append_item (section, _ ("_Find Next Like This"), "win.find-term",
                             g_variant_new_string (term->expression));
  if (term->field)
    lec_term_menu_append_item (section, _ ("As Co_lumn"), "win.add-column", g_variant_new_string (term->field));
  lec_term_menu_append_item (section, _ ("As Colour _Rule…"), "win.add-color-rule",
                             g_variant_new_string (term->expression));
  lec_term_menu_append_item (section, _ ("Copy E_xpression"), "win.copy-text", g_variant_new_string (term->expression));
  return section;
}

static void
append_term (GMenu *menu, const LecTerm *term, const char *title)
{
  g_autoptr (GMenu) filter = filter_section (term);
  g_autoptr (GMenu) other = other_section (term);

  g_menu_append_section (menu, title, G_MENU_MODEL (filter));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (other));
}

void
lec_term_menu_append (GMenu *menu, const GPtrArray *terms)
{
  g_autoptr (GMenu) others = g_menu_new ();

  for (guint i = 0; i < terms->len; i++) {
    const LecTerm *term = lec_terms_get (terms, i);
    g_autofree char *title = lec_menu_title_dup (term->expression);

    if (i == 0) {
      append_term (menu, term, title);
    } else {
      g_autoptr (GMenu) more = g_menu_new ();
      g_autofree char *label = lec_menu_label_dup (term->expression);

      append_term (more, term, NULL);
      g_menu_append_submenu (others, label, G_MENU_MODEL (more));
    }
  }
  lec_term_menu_append_section (menu, others);
}

/* Opening. A popover lives from its opening to its closing: what is pointed at may be gone the next moment. */

/* Not at once: the item that was chosen has still to be acted upon. */
static gboolean
unparent_later (gpointer popover)
{
  if (gtk_widget_get_parent (popover))
    gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

static void
popover_closed (GtkPopover *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_later, g_object_ref (popover), g_object_unref);
}

/* Only widgets with a layout manager place popovers by themselves; and screen readers look for none in a table or in a
 * button. */
static GtkWidget *
host_of (GtkWidget *widget)
{
  while (!gtk_widget_get_layout_manager (widget) || GTK_IS_BUTTON (widget))
    widget = gtk_widget_get_parent (widget);
  return widget;
}

void
lec_term_menu_popup (GtkWidget *widget, GMenuModel *menu, double x, double y)
{
  GtkWidget *host = host_of (widget);
  GtkWidget *popover = gtk_popover_menu_new_from_model_full (menu, GTK_POPOVER_MENU_NESTED);
  double host_x = x, host_y = y;

  gtk_widget_translate_coordinates (widget, host, x, y, &host_x, &host_y);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_widget_set_parent (popover, host);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle){ (int) host_x, (int) host_y, 1, 1 });
  g_signal_connect (popover, "closed", G_CALLBACK (popover_closed), NULL);
  g_signal_connect_object (host, "destroy", G_CALLBACK (unparent_later), popover, G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* What opens it. */

typedef struct {
  LecTermMenuAt menu_at;
  gpointer data;
} Source;

static gboolean
open_at (GtkWidget *widget, const Source *source, double x, double y)
{
  g_autoptr (GMenuModel) menu = source->menu_at (widget, x, y, source->data);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (!menu)
    return FALSE;
  if (x == AT_KEYBOARD) {
    if (!focus || !gtk_widget_is_ancestor (focus, widget))
      focus = widget;
    gtk_widget_translate_coordinates (focus, widget, MIN (KEYBOARD_INDENT, gtk_widget_get_width (focus)),
                                      gtk_widget_get_height (focus), &x, &y);
  }
  lec_term_menu_popup (widget, menu, CLAMP (x, 0, gtk_widget_get_width (widget)),
                       CLAMP (y, 0, gtk_widget_get_height (widget)));
  return TRUE;
}

static void
pressed (GtkGestureClick *gesture, int n_press, double x, double y, const Source *source)
{
  if (open_at (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)), source, x, y))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
long_pressed (GtkGestureLongPress *gesture, double x, double y, const Source *source)
{
  if (open_at (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)), source, x, y))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, const Source *source)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (key != GDK_KEY_Menu && !(key == GDK_KEY_F10 && modifiers == GDK_SHIFT_MASK))
    return FALSE;
  return open_at (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller)), source, AT_KEYBOARD,
                  AT_KEYBOARD);
}

static void
free_source (gpointer data, GClosure *closure)
{
  g_free (data);
}

/* Before the widgets inside: a text that can be selected has a menu of its own. */
static void
add_controller (GtkWidget *widget, GtkEventController *controller)
{
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (widget, controller);
}

void
lec_term_menu_attach (GtkWidget *widget, LecTermMenuAt menu_at, gpointer data)
{
  GtkGesture *click = gtk_gesture_click_new (), *hold = gtk_gesture_long_press_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  Source *source = g_new (Source, 1);

  *source = (Source){ menu_at, data };
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (hold), TRUE);
  g_signal_connect_data (click, "pressed", G_CALLBACK (pressed), source, free_source, 0);
  g_signal_connect (hold, "pressed", G_CALLBACK (long_pressed), source);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), source);
  add_controller (widget, keys);
  add_controller (widget, GTK_EVENT_CONTROLLER (hold));
  add_controller (widget, GTK_EVENT_CONTROLLER (click));
}

static GMenuModel *
menu_of_expression (GtkWidget *widget, double x, double y, gpointer data)
{
  const char *expression = g_object_get_data (G_OBJECT (widget), EXPRESSION_KEY);
  g_autoptr (GPtrArray) terms = lec_terms_new ();
  GMenu *menu;

  if (!expression)
    return NULL;
  menu = g_menu_new ();
  lec_terms_add (terms, g_strdup (expression), NULL);
  lec_term_menu_append (menu, terms);
  return G_MENU_MODEL (menu);
}

void
lec_term_menu_attach_expression (GtkWidget *widget, const char *expression)
{
  gboolean attached = g_object_get_data (G_OBJECT (widget), EXPRESSION_KEY "-attached") != NULL;

  g_object_set_data_full (G_OBJECT (widget), EXPRESSION_KEY, g_strdup (expression), g_free);
  if (attached)
    return;
  g_object_set_data (G_OBJECT (widget), EXPRESSION_KEY "-attached", widget);
  lec_term_menu_attach (widget, menu_of_expression, NULL);
}
