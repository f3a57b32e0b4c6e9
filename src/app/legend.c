#include "app/legend.h"

#include "app/color-style.h"
#include "app/pane-parts.h"
#include "app/side-scroller.h"
#include "app/term-drag.h"
#include "app/term-menu.h"
#include "base/text.h"

#include <glib/gi18n-lib.h>

/* One rule's chip. */
typedef struct {
  GtkWidget *button; /* GtkToggleButton */
  GtkWidget *count_label;
  unsigned rule;  /* its place in the rules */
  uint32_t count; /* found so far */
} Chip;

struct _LecLegend {
  GtkWidget parent;
  GtkWidget *scroller;
  GtkWidget *box;
  LecColorRules *rules;     /* or NULL until it is set */
  LecDocument *document;    /* or NULL */
  LecColorPainter *painter; /* the rules compiled for the document's session; NULL without a document */
  GArray *chips;            /* of Chip */
  unsigned counting;        /* the chip whose rule is being counted */
  LecMatches *matches;      /* of that rule, NULL = nothing is being counted */
  gboolean updating;        /* buttons change by program */
};

G_DEFINE_FINAL_TYPE (LecLegend, lec_legend, GTK_TYPE_WIDGET)

enum { PROP_DOCUMENT = 1, PROP_RULES, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static Chip *
chip_at (LecLegend *legend, unsigned i)
{
  return &g_array_index (legend->chips, Chip, i);
}

/* Counts. */

static gboolean
is_misunderstood (LecLegend *legend, const Chip *chip)
{
  return legend->painter != NULL && lec_color_painter_filter (legend->painter, chip->rule) == NULL;
}

static gboolean
is_counting (LecLegend *legend)
{
  return legend->document == NULL || legend->counting < legend->chips->len ||
         lec_session_state (lec_document_session (legend->document)) == LEC_SESSION_LOADING;
}

/* What does not occur in this trace is not there. The legend keeps its room until it is known that it stays empty, so
 * that the list does not jump. */
static void
show_what_occurs (LecLegend *legend)
{
  gboolean any = is_counting (legend);
  for (unsigned i = 0; i < legend->chips->len; i++) {
    Chip *chip = chip_at (legend, i);
    gboolean shown = chip->count > 0 || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chip->button)) ||
                     is_misunderstood (legend, chip);
    gtk_widget_set_visible (chip->button, shown);
    any |= shown;
  }
  gtk_widget_set_visible (GTK_WIDGET (legend),
                          any && (legend->document == NULL || lec_document_color_rules_enabled (legend->document)));
}

static void
show_count (LecLegend *legend, Chip *chip, uint32_t count)
{
  const char *label = lec_color_rule_label (lec_color_rules_get (legend->rules, chip->rule));
  g_autofree char *text = lec_dup_text ("%'u", count);
  g_autofree char *name = lec_dup_text (ngettext ("%s, %'u frame", "%s, %'u frames", count), label, count);
  chip->count = count;
  gtk_label_set_text (GTK_LABEL (chip->count_label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void count_next (LecLegend *legend);

static void
matches_changed (LecSession *session, void *data)
{
  LecLegend *legend = data;
  if (legend->matches == NULL || legend->counting >= legend->chips->len)
    return;
  show_count (legend, chip_at (legend, legend->counting), lec_matches_count (legend->matches));
  if (lec_matches_finished (legend->matches)) {
    g_clear_pointer (&legend->matches, lec_matches_free);
    legend->counting++;
    count_next (legend);
  }
  show_what_occurs (legend);
}

/* Starts with the next rule. Nothing is counted while the trace loads: that must not slow it down; nor while the legend
 * is hidden. */
static void
count_next (LecLegend *legend)
{
  if (legend->matches != NULL || legend->painter == NULL || !lec_document_color_rules_enabled (legend->document) ||
      lec_session_state (lec_document_session (legend->document)) == LEC_SESSION_LOADING)
    return;
  while (legend->counting < legend->chips->len && is_misunderstood (legend, chip_at (legend, legend->counting)))
    legend->counting++;
  if (legend->counting < legend->chips->len) {
    LecFilter *filter = lec_color_painter_filter (legend->painter, chip_at (legend, legend->counting)->rule);
    legend->matches = lec_session_match (lec_document_session (legend->document), filter, matches_changed, legend);
  }
}

static void
count_anew (LecLegend *legend)
{
  g_clear_pointer (&legend->matches, lec_matches_free);
  legend->counting = 0;
  count_next (legend);
}

/* Chips as buttons. */

static const char *
applied_filter (LecLegend *legend)
{
  return legend->document != NULL ? lec_document_entry_text (legend->document) : "";
}

/* A chip is down for as long as its rule's filter is what is applied, however that came about. */
static void
update_buttons (LecLegend *legend)
{
  legend->updating = TRUE;
  for (unsigned i = 0; i < legend->chips->len; i++) {
    Chip *chip = chip_at (legend, i);
    const LecColorRule *rule = lec_color_rules_get (legend->rules, chip->rule);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip->button),
                                  g_strcmp0 (applied_filter (legend), rule->filter) == 0);
  }
  legend->updating = FALSE;
  show_what_occurs (legend);
}

static void
chip_toggled (GtkToggleButton *button, LecLegend *legend)
{
  unsigned rule = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "lec-rule"));
  if (legend->updating || legend->document == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (legend), "win.switch-filter", "s",
                              lec_color_rules_get (legend->rules, rule)->filter);
  update_buttons (legend);
}

static Chip
new_chip (LecLegend *legend, unsigned i)
{
  const LecColorRule *rule = lec_color_rules_get (legend->rules, i);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  Chip chip = { .button = gtk_toggle_button_new (), .count_label = gtk_label_new (NULL), .rule = i };
  g_autofree char *tooltip = g_strdup_printf (_ ("Show only: %s"), rule->filter);
  if (rule->sign != NULL)
    gtk_box_append (GTK_BOX (content), lec_decoration_new (rule->sign));
  gtk_box_append (GTK_BOX (content), gtk_label_new (lec_color_rule_label (rule)));
  gtk_box_append (GTK_BOX (content), chip.count_label);
  gtk_widget_add_css_class (chip.count_label, "count");
  gtk_button_set_child (GTK_BUTTON (chip.button), content);
  gtk_widget_add_css_class (chip.button, "chip");
  lec_color_rule_apply (rule, chip.button);
  gtk_widget_set_tooltip_text (chip.button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip.button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  lec_color_rule_label (rule), -1);
  g_object_set_data (G_OBJECT (chip.button), "lec-rule", GUINT_TO_POINTER (i));
  g_signal_connect (chip.button, "toggled", G_CALLBACK (chip_toggled), legend);
  lec_term_menu_attach_expression (chip.button, rule->filter);
  lec_term_drag_attach_expression (chip.button, rule->filter);
  return chip;
}

static void
make_chips (LecLegend *legend)
{
  GtkWidget *child;
  g_clear_pointer (&legend->matches, lec_matches_free);
  while ((child = gtk_widget_get_first_child (legend->box)) != NULL)
    gtk_box_remove (GTK_BOX (legend->box), child);
  g_array_set_size (legend->chips, 0);
  for (unsigned i = 0; legend->rules != NULL && i < lec_color_rules_n_rules (legend->rules); i++) {
    if (!lec_color_rules_get (legend->rules, i)->on)
      continue;
    Chip chip = new_chip (legend, i);
    gtk_box_append (GTK_BOX (legend->box), chip.button);
    g_array_append_val (legend->chips, chip);
  }
}

/* A rule whose filter is not understood colours nothing, and says so. */
static void
mark_misunderstood (LecLegend *legend)
{
  for (unsigned i = 0; legend->painter != NULL && i < legend->chips->len; i++) {
    Chip *chip = chip_at (legend, i);
    if (!is_misunderstood (legend, chip))
      continue;
    g_autofree char *tooltip = g_strdup_printf (_ ("This filter is not understood: %s"),
                                                lec_color_rules_get (legend->rules, chip->rule)->filter);
    gtk_widget_set_sensitive (chip->button, FALSE);
    gtk_widget_set_tooltip_text (chip->button, tooltip);
  }
}

/* What it looks at. */

static void
start_over (LecLegend *legend)
{
  make_chips (legend);
  g_clear_pointer (&legend->painter, lec_color_painter_free);
  if (legend->document != NULL && legend->rules != NULL)
    legend->painter = lec_color_painter_new (legend->rules, lec_document_session (legend->document));
  mark_misunderstood (legend);
  update_buttons (legend);
  count_anew (legend);
}

static void
options_changed (LecLegend *legend)
{
  count_next (legend);
  show_what_occurs (legend);
}

static void
set_document (LecLegend *legend, LecDocument *document)
{
  if (document == legend->document)
    return;
  g_clear_pointer (&legend->matches, lec_matches_free);
  g_clear_pointer (&legend->painter, lec_color_painter_free);
  if (legend->document != NULL)
    g_signal_handlers_disconnect_by_data (legend->document, legend);
  g_set_object (&legend->document, document);
  if (document != NULL) {
    g_signal_connect_swapped (document, "changed", G_CALLBACK (count_next), legend);
    g_signal_connect_swapped (document, "filter-changed", G_CALLBACK (update_buttons), legend);
    g_signal_connect_swapped (document, "options-changed", G_CALLBACK (options_changed), legend);
    options_changed (legend);
  }
  start_over (legend);
}

static void
set_rules (LecLegend *legend, LecColorRules *rules)
{
  if (legend->rules != NULL)
    g_signal_handlers_disconnect_by_data (legend->rules, legend);
  g_set_object (&legend->rules, rules);
  if (rules != NULL)
    g_signal_connect_swapped (rules, "changed", G_CALLBACK (start_over), legend);
  start_over (legend);
}

/* What is dropped among the rules becomes one. */
static void
term_dropped (const LecTermHover *hover, gpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (data), "win.add-color-rule", "s", hover->term->expression);
}

static const LecTermDropFunctions drop_functions = { .drop = term_dropped };

/* Making it. */

static void
lec_legend_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  if (property == PROP_DOCUMENT)
    set_document (LEC_LEGEND (object), g_value_get_object (value));
  else if (property == PROP_RULES)
    set_rules (LEC_LEGEND (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
lec_legend_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  if (property == PROP_DOCUMENT)
    g_value_set_object (value, LEC_LEGEND (object)->document);
  else if (property == PROP_RULES)
    g_value_set_object (value, LEC_LEGEND (object)->rules);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
lec_legend_dispose (GObject *object)
{
  LecLegend *legend = LEC_LEGEND (object);
  g_clear_pointer (&legend->matches, lec_matches_free);
  g_clear_pointer (&legend->painter, lec_color_painter_free);
  if (legend->document != NULL)
    g_signal_handlers_disconnect_by_data (legend->document, legend);
  if (legend->rules != NULL)
    g_signal_handlers_disconnect_by_data (legend->rules, legend);
  g_clear_object (&legend->document);
  g_clear_object (&legend->rules);
  g_clear_pointer (&legend->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (lec_legend_parent_class)->dispose (object);
}

static void
lec_legend_finalize (GObject *object)
{
  LecLegend *legend = LEC_LEGEND (object);
  g_array_unref (legend->chips);
  G_OBJECT_CLASS (lec_legend_parent_class)->finalize (object);
}

static void
lec_legend_class_init (LecLegendClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  object_class->set_property = lec_legend_set_property;
  object_class->get_property = lec_legend_get_property;
  object_class->dispose = lec_legend_dispose;
  object_class->finalize = lec_legend_finalize;
  properties[PROP_DOCUMENT] =
      g_param_spec_object ("document", NULL, NULL, LEC_TYPE_DOCUMENT, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_RULES] =
      g_param_spec_object ("rules", NULL, NULL, LEC_TYPE_COLOR_RULES, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "legend");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
lec_legend_init (LecLegend *legend)
{
  legend->chips = g_array_new (FALSE, FALSE, sizeof (Chip));
  legend->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  legend->scroller = lec_side_scroller_new (legend->box);
  gtk_widget_set_parent (legend->scroller, GTK_WIDGET (legend));
  gtk_accessible_update_property (GTK_ACCESSIBLE (legend), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Colour Rules"), -1);
  lec_term_drop_attach (GTK_WIDGET (legend), &drop_functions, legend);
}

GtkWidget *
lec_legend_new (LecColorRules *rules)
{
  return g_object_new (LEC_TYPE_LEGEND, "rules", rules, NULL);
}
