#include "app/filter-chips.h"

#include <glib/gi18n-lib.h>

#include "app/filter-chip.h"
#include "app/side-scroller.h"

/* The chips stay when the filter changes and take in what they stand for then: the one that has the keyboard keeps it,
 * and none goes while its own menu is at work. Those that stand for nothing are hidden, at the end. */
struct _LecFilterChips {
  GtkWidget parent;
  GtkWidget *scroller;
  GtkWidget *box;
  LecDocument *document; /* or NULL */
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (LecFilterChips, lec_filter_chips, GTK_TYPE_WIDGET)

/* One part that is on is what the entry says. */
static gboolean
has_more_to_tell (const LecFilterTiers *tiers)
{
  unsigned n_pieces = lec_filter_tiers_n_pieces (tiers);

  return n_pieces > 1 || lec_filter_tiers_n_kept (tiers) > 0 ||
         (n_pieces == 1 && !lec_filter_tiers_piece (tiers, 0).on);
}

static void
update_live (LecFilterChips *self)
{
  unsigned n_kept = self->document ? lec_filter_tiers_n_kept (lec_document_filter_tiers (self->document)) : 0;
  unsigned i = 0;

  for (GtkWidget *chip = gtk_widget_get_first_child (self->box); chip; chip = gtk_widget_get_next_sibling (chip))
    lec_filter_chip_set_live (LEC_FILTER_CHIP (chip), i++ < n_kept || !self->stale);
}

/* The keyboard was at a chip that is no more: it goes to the last one, or to the entry. */
static void
rescue_focus (LecFilterChips *self, GtkWidget *last)
{
  if (last && gtk_widget_get_visible (GTK_WIDGET (self)))
    lec_filter_chip_take_focus (LEC_FILTER_CHIP (last));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-filter", NULL);
}

static void
update (LecFilterChips *self)
{
  const LecFilterTiers *tiers = lec_document_filter_tiers (self->document);
  unsigned n_pieces = has_more_to_tell (tiers) ? lec_filter_tiers_n_pieces (tiers) : 0;
  GtkWidget *focused = gtk_widget_get_focus_child (self->box);
  GtkWidget *chip = gtk_widget_get_first_child (self->box), *last = NULL;

  for (unsigned i = 0; i < n_pieces; i++) {
    if (!chip) {
      chip = GTK_WIDGET (lec_filter_chip_new (self->document, i));
      gtk_box_append (GTK_BOX (self->box), chip);
    }
    lec_filter_chip_update (LEC_FILTER_CHIP (chip));
    gtk_widget_set_visible (chip, TRUE);
    last = chip;
    chip = gtk_widget_get_next_sibling (chip);
  }
  for (; chip; chip = gtk_widget_get_next_sibling (chip))
    gtk_widget_set_visible (chip, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), n_pieces > 0);
  update_live (self);
  if (focused && (!gtk_widget_get_visible (focused) || n_pieces == 0))
    rescue_focus (self, last);
}

void
lec_filter_chips_set_stale (LecFilterChips *self, gboolean stale)
{
  self->stale = stale;
  update_live (self);
}

void
lec_filter_chips_set_document (LecFilterChips *self, LecDocument *document)
{
  GtkWidget *child;

  if (self->document == document)
    return;
  if (self->document)
    g_signal_handlers_disconnect_by_data (self->document, self);
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_set_object (&self->document, document);
  if (!document)
    return;
  g_signal_connect_swapped (document, "filter-changed", G_CALLBACK (update), self);
  update (self);
}

static void
lec_filter_chips_dispose (GObject *object)
{
  LecFilterChips *self = LEC_FILTER_CHIPS (object);

  if (self->scroller)
    lec_filter_chips_set_document (self, NULL);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (lec_filter_chips_parent_class)->dispose (object);
}

static void
lec_filter_chips_class_init (LecFilterChipsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lec_filter_chips_dispose;
  gtk_widget_class_set_css_name (widget_class, "filter-chips");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
lec_filter_chips_init (LecFilterChips *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->scroller = lec_side_scroller_new (self->box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Parts of the filter"), -1);
}
