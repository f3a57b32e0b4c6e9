#include "app/trust-strip.h"

#include <glib/gi18n-lib.h>

#include "analysis/trust-text.h"
#include "app/cut-text.h"
#include "app/pane-parts.h"
#include "app/paths.h"
#include "app/term-menu.h"
#include "base/text.h"

/* Where there is no room for so many lines of text, they open over the list instead of above it. */
#define LEAST_LINES 4
/* Around what lies over the list. */
#define POPOVER_MARGIN 40

/* The setting trust-strip-lines. */
typedef enum {
  LINES_AUTOMATIC, /* shown where the trace calls for care */
  LINES_HIDDEN,
  LINES_SHOWN,
} Lines;

/* The lines are a scrolled window, which is the box's or the popover's: the box's unless `cramped`. */
struct _LecTrustStrip {
  GtkWidget parent;
  GtkWidget *box;
  GtkWidget *head;
  GtkPopover *popover;
  GtkToggleButton *expander;
  GtkImage *arrow;
  GtkImage *sign;
  GtkLabel *summary;
  GtkLabel *teaser;
  GtkWidget *scroller;
  GtkWidget *lines;
  LecDocument *document; /* or NULL */
  GtkWidget *list;       /* with which the lines share the height; a weak pointer */
  GSettings *settings;
  GdkSurface *surface; /* of the window, while it has one; borrowed */
  char *shown;         /* what the lines say, to know whether they have to change */
  gboolean cramped;    /* there is no height for lines above the list */
  gboolean updating;   /* the expander changes by program */
};

G_DEFINE_FINAL_TYPE (LecTrustStrip, lec_trust_strip, GTK_TYPE_WIDGET)

enum { PROP_DOCUMENT = 1, PROP_LIST, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static const char *const signs[] = {
  [LEC_FIT] = "object-select-symbolic",
  [LEC_FIT_WITH_CARE] = "dialog-warning-symbolic",
  [LEC_HARDLY_FIT] = "dialog-error-symbolic",
};

static const char *const remark_signs[] = {
  [LEC_FIT] = "dialog-information-symbolic",
  [LEC_FIT_WITH_CARE] = "dialog-warning-symbolic",
  [LEC_HARDLY_FIT] = "dialog-error-symbolic",
};

/* What a remark's button offers. */
static const char *const offers[LEC_N_TRUST] = {
  [LEC_TRUST_CLOCK] = N_ ("Go to the Jump"),           [LEC_TRUST_DROPPED] = N_ ("Show Where"),
  [LEC_TRUST_UNCAPTURED] = N_ ("Show Where"),          [LEC_TRUST_ONE_WAY] = N_ ("Show These Conversations"),
  [LEC_TRUST_COPIES] = N_ ("Hide the Copies"),         [LEC_TRUST_NO_HANDSHAKE] = N_ ("Show These Conversations"),
  [LEC_TRUST_SUPER_FRAMES] = N_ ("Show These Frames"), [LEC_TRUST_CUT] = N_ ("Show These Frames"),
  [LEC_TRUST_DAMAGED] = N_ ("Go to the Last Frame"),
};

static const LecReport *
report_of (LecTrustStrip *self)
{
  return self->document ? lec_document_report (self->document) : NULL;
}

/* Lines */

static GtkWidget *
new_text (const char *text)
{
  GtkWidget *label = gtk_label_new (NULL);
  g_autofree char *cut = lec_pane_dup_short (text);

  gtk_label_set_text (GTK_LABEL (label), cut);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static GtkWidget *
new_line (const char *sign, const char *text)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (line, "line");
  gtk_box_append (GTK_BOX (line), lec_decoration_new (sign));
  gtk_box_append (GTK_BOX (line), new_text (text));
  return line;
}

static GtkWidget *
add_line (LecTrustStrip *self, const char *sign, const char *text)
{
  GtkWidget *line = new_line (sign, text);

  gtk_box_append (GTK_BOX (self->lines), line);
  return line;
}

static GtkWidget *
add_offer (LecTrustStrip *self, GtkWidget *line, const char *label, const char *action, GVariant *target,
           const char *about)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (gtk_popover_popdown), self->popover);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, about, -1);
  gtk_box_append (GTK_BOX (line), button);
  return button;
}

/* One line each, with a button that does something about it. */
static void
add_remark (LecTrustStrip *self, const LecTrust *trust, LecTrustKind kind)
{
  const LecTrustFact *fact = &trust->facts[kind];
  g_autofree char *sentence = lec_trust_dup_sentence (trust, kind);
  gboolean hides;
  const char *filter = lec_trust_filter (trust, kind, &hides);

  if (!sentence)
    return;
  GtkWidget *line = add_line (self, remark_signs[fact->fitness], sentence);
  gtk_widget_add_css_class (line, lec_fitness_name (fact->fitness));
  if (kind == LEC_TRUST_CLOCK || kind == LEC_TRUST_DAMAGED)
    add_offer (self, line, _ (offers[kind]), "win.go-to-frame", g_variant_new_uint32 (fact->frame), sentence);
  else if (filter)
    lec_term_menu_attach_expression (add_offer (self, line, _ (offers[kind]), "win.filter-term",
                                                g_variant_new ("(ss)", hides ? "hide" : "only", filter), sentence),
                                     filter);
  else
    add_offer (self, line, _ ("Trace Properties"), "win.properties", NULL, sentence);
}

static void
add_story_line (LecTrustStrip *self, const LecStoryLine *line)
{
  GtkWidget *button;
  g_autofree char *tooltip = NULL;

  if (!line->filter && !line->frame) {
    add_line (self, "object-select-symbolic", line->text);
    return;
  }
  button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (button),
                        new_line (line->filter ? "edit-find-symbolic" : "go-jump-symbolic", line->text));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "story");
  if (line->filter) {
    tooltip = g_strdup_printf (_ ("Show only: %s"), line->filter);
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", "only", line->filter);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.filter-term");
  } else {
    tooltip = g_strdup_printf (_ ("Go to Frame %u"), line->frame);
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", line->frame);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.go-to-frame");
  }
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (gtk_popover_popdown), self->popover);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, line->text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, tooltip, -1);
  lec_term_menu_attach_expression (button, line->filter);
  gtk_box_append (GTK_BOX (self->lines), button);
}

static void
add_heading (LecTrustStrip *self, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "story-title");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (self->lines), label);
}

/* All that the lines say and lead to: the same again changes nothing, so that the keyboard keeps its place. */
static char *
dup_contents (const LecReport *report)
{
  g_autoptr (GString) text = g_string_new (report->trust.so_far ? "so far" : "");
  g_autofree char *point = lec_capture_point_dup_sentence (&report->trust.point);

  g_string_append (text, point ? point : "");
  for (unsigned kind = 0; kind < LEC_N_TRUST; kind++) {
    g_autofree char *sentence = lec_trust_dup_sentence (&report->trust, kind);
    g_string_append_printf (text, "\n%s %u", sentence ? sentence : "", report->trust.facts[kind].frame);
  }
  for (unsigned i = 0; i < report->story->len; i++) {
    const LecStoryLine *line = report->story->pdata[i];
    g_string_append_printf (text, "\n%s %u %s", line->text, line->frame, line->filter ? line->filter : "");
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
clear_lines (LecTrustStrip *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->lines)))
    gtk_box_remove (GTK_BOX (self->lines), child);
  g_clear_pointer (&self->shown, g_free);
}

static void
fill_lines (LecTrustStrip *self, const LecReport *report)
{
  g_autofree char *contents = dup_contents (report);
  g_autofree char *point = lec_capture_point_dup_sentence (&report->trust.point);

  if (g_strcmp0 (contents, self->shown) == 0)
    return;
  clear_lines (self);
  self->shown = g_steal_pointer (&contents);
  if (point)
    add_line (self, "find-location-symbolic", point);
  for (unsigned kind = 0; kind < LEC_N_TRUST; kind++)
    add_remark (self, &report->trust, kind);
  if (report->story->len)
    add_heading (self, report->trust.so_far ? _ ("What happened so far") : _ ("What happened"));
  for (unsigned i = 0; i < report->story->len; i++)
    add_story_line (self, report->story->pdata[i]);
}

/* The first line */

/* "Fit to judge · captured at the client · 3 remarks" */
static char *
dup_summary (const LecTrust *trust)
{
  g_autoptr (GString) text = g_string_new (lec_fitness_label (trust->fitness));
  const char *point = lec_capture_point_label (&trust->point);

  if (point)
    g_string_append_printf (text, " · %s", point);
  if (trust->n_remarks)
    lec_append_text (text, ngettext (" · %'u remark", " · %'u remarks", trust->n_remarks), trust->n_remarks);
  /* TRANSLATORS: "Fit to judge · captured at the client", while the trace is being read */
  return trust->so_far ? g_strdup_printf (_ ("So far: %s"), text->str) : g_string_free (g_steal_pointer (&text), FALSE);
}

static void
set_words (LecTrustStrip *self, const char *summary, const char *teaser)
{
  g_autofree char *name = g_strdup_printf (_ ("Trust and story: %s"), summary);

  gtk_label_set_text (self->summary, summary);
  gtk_label_set_text (self->teaser, teaser);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->expander), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, teaser, -1);
}

static void
fill_head (LecTrustStrip *self, const LecReport *report)
{
  g_autofree char *summary = dup_summary (&report->trust);
  const LecStoryLine *first = report->story->len ? report->story->pdata[0] : NULL;
  g_autofree char *teaser = first ? lec_pane_dup_short (first->text) : NULL;

  set_words (self, summary, teaser ? teaser : "");
  gtk_image_set_from_icon_name (self->sign, signs[report->trust.fitness]);
  for (unsigned fitness = 0; fitness < G_N_ELEMENTS (signs); fitness++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), lec_fitness_name (fitness));
  gtk_widget_add_css_class (GTK_WIDGET (self), lec_fitness_name (report->trust.fitness));
}

/* What is shown */

static gboolean
wants_lines (LecTrustStrip *self, const LecReport *report)
{
  Lines lines = (Lines) g_settings_get_enum (self->settings, "trust-strip-lines");

  /* Not before all is read: what opens under the pointer is a nuisance. */
  if (lines == LINES_AUTOMATIC)
    return report && !report->trust.so_far && report->trust.fitness != LEC_FIT;
  return lines == LINES_SHOWN;
}

static void
show_lines (LecTrustStrip *self)
{
  const LecReport *report = report_of (self);
  gboolean above = report && !self->cramped && wants_lines (self, report);
  gboolean shown = above || gtk_widget_get_visible (GTK_WIDGET (self->popover));

  self->updating = TRUE;
  gtk_toggle_button_set_active (self->expander, shown);
  self->updating = FALSE;
  gtk_widget_set_visible (self->scroller, self->cramped || above);
  gtk_widget_set_visible (GTK_WIDGET (self->teaser), !shown);
  gtk_image_set_from_icon_name (self->arrow, shown ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->expander), GTK_ACCESSIBLE_STATE_EXPANDED, shown, -1);
}

/* Of a trace without frames there is nothing to say. */
static void
update (LecTrustStrip *self)
{
  const LecReport *report = report_of (self);
  gboolean wanted = self->document && g_settings_get_boolean (self->settings, "trust-strip-visible");

  gtk_widget_set_visible (GTK_WIDGET (self), wanted && (!report || report->trust.n_frames));
  gtk_widget_set_sensitive (GTK_WIDGET (self->expander), report != NULL);
  if (report) {
    fill_head (self, report);
    fill_lines (self, report);
  } else {
    clear_lines (self);
    set_words (self, _ ("Looking at the trace…"), "");
    gtk_image_clear (self->sign);
  }
  show_lines (self);
}

/* −1 = no matter. */
static void
set_content_height (GtkScrolledWindow *scroller, int least, int most)
{
  gtk_scrolled_window_set_min_content_height (scroller, -1); /* never more than `most`, not even between the two */
  gtk_scrolled_window_set_max_content_height (scroller, most);
  gtk_scrolled_window_set_min_content_height (scroller, least);
}

/* The height that all lines need. */
static int
height_of_lines (LecTrustStrip *self, int width)
{
  int height = 0;

  gtk_widget_measure (self->lines, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  return height;
}

/* As wide as the strip, and at most down to the end of the window. A popover asks how high its words are before it
 * knows how wide it will be: so it is told. */
static void
fit_popover (LecTrustStrip *self)
{
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (self->scroller);
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  int width = gtk_widget_get_width (self->head) - POPOVER_MARGIN;
  int scrollbar = gtk_widget_get_width (gtk_scrolled_window_get_vscrollbar (scroller));
  double bottom = 0;

  gtk_widget_translate_coordinates (self->head, window, 0, gtk_widget_get_height (self->head), NULL, &bottom);
  int most = MAX (gtk_widget_get_height (window) - (int) bottom - POPOVER_MARGIN, 1);
  set_content_height (scroller, MIN (height_of_lines (self, width - scrollbar), most), most);
  gtk_widget_set_size_request (self->scroller, width, -1);
}

static gboolean
fit_once_laid_out (GtkWidget *scroller, GdkFrameClock *clock, void *data)
{
  LecTrustStrip *self = data;

  if (!gtk_widget_get_height (scroller))
    return G_SOURCE_CONTINUE;
  if (self->cramped)
    fit_popover (self);
  return G_SOURCE_REMOVE;
}

/* Words that were not on screen yet have no style: how high they are shows then. */
static void
open_popover (LecTrustStrip *self)
{
  fit_popover (self);
  gtk_popover_popup (self->popover);
  gtk_widget_add_tick_callback (self->scroller, fit_once_laid_out, self, NULL);
  show_lines (self);
}

/* What is laid over the list is not meant to come back by itself. */
static void
expander_toggled (LecTrustStrip *self)
{
  gboolean wanted = gtk_toggle_button_get_active (self->expander);

  if (self->updating)
    return;
  if (!self->cramped)
    g_settings_set_enum (self->settings, "trust-strip-lines", wanted ? LINES_SHOWN : LINES_HIDDEN);
  else if (wanted)
    open_popover (self);
  else
    gtk_popover_popdown (self->popover);
}

/* The widget */

void
lec_trust_strip_toggle_lines (LecTrustStrip *self)
{
  gboolean shown = gtk_widget_get_visible (GTK_WIDGET (self)) && gtk_toggle_button_get_active (self->expander);

  g_settings_set_boolean (self->settings, "trust-strip-visible", TRUE);
  if (!report_of (self) || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self->expander));
  gtk_toggle_button_set_active (self->expander, !shown);
}

static void
set_cramped (LecTrustStrip *self, gboolean cramped)
{
  if (cramped == self->cramped)
    return;
  self->cramped = cramped;
  g_object_ref (self->scroller);
  if (cramped) {
    gtk_box_remove (GTK_BOX (self->box), self->scroller);
    gtk_popover_set_child (self->popover, self->scroller);
  } else {
    gtk_popover_popdown (self->popover);
    gtk_popover_set_child (self->popover, NULL);
    gtk_widget_set_size_request (self->scroller, -1, -1);
    set_content_height (GTK_SCROLLED_WINDOW (self->scroller), -1, -1);
    gtk_box_append (GTK_BOX (self->box), self->scroller);
  }
  g_object_unref (self->scroller);
  show_lines (self);
}

/* The list is what was opened: of the height that it shares with the lines at least half stays its own. */
static void
surface_laid_out (LecTrustStrip *self)
{
  int lines = gtk_widget_get_visible (self->scroller) && !self->cramped ? gtk_widget_get_height (self->scroller) : 0;
  int most = self->list ? (gtk_widget_get_height (self->list) + lines) / 2 : 0;

  if (!most || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  int needed = height_of_lines (self, gtk_widget_get_width (self->box));
  set_cramped (self, most < MIN (needed, LEAST_LINES * gtk_widget_get_height (GTK_WIDGET (self->expander))));
  if (!self->cramped)
    gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), most);
}

static void
lec_trust_strip_realize (GtkWidget *widget)
{
  LecTrustStrip *self = LEC_TRUST_STRIP (widget);

  GTK_WIDGET_CLASS (lec_trust_strip_parent_class)->realize (widget);
  self->surface = gtk_native_get_surface (gtk_widget_get_native (widget));
  g_signal_connect_swapped (self->surface, "layout", G_CALLBACK (surface_laid_out), self);
}

static void
lec_trust_strip_unrealize (GtkWidget *widget)
{
  LecTrustStrip *self = LEC_TRUST_STRIP (widget);

  g_signal_handlers_disconnect_by_data (self->surface, self);
  self->surface = NULL;
  GTK_WIDGET_CLASS (lec_trust_strip_parent_class)->unrealize (widget);
}

static void
set_document (LecTrustStrip *self, LecDocument *document)
{
  if (document == self->document)
    return;
  if (self->document)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  if (document)
    g_signal_connect_swapped (document, "report-changed", G_CALLBACK (update), self);
  update (self);
}

static void
lec_trust_strip_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  if (property == PROP_DOCUMENT)
    g_value_set_object (value, LEC_TRUST_STRIP (object)->document);
  else if (property == PROP_LIST)
    g_value_set_object (value, LEC_TRUST_STRIP (object)->list);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
lec_trust_strip_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  if (property == PROP_DOCUMENT)
    set_document (LEC_TRUST_STRIP (object), g_value_get_object (value));
  else if (property == PROP_LIST)
    g_set_weak_pointer (&LEC_TRUST_STRIP (object)->list, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
lec_trust_strip_dispose (GObject *object)
{
  LecTrustStrip *self = LEC_TRUST_STRIP (object);

  if (self->document)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);
  if (self->settings)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->shown, g_free);
  g_clear_weak_pointer (&self->list);
  if (self->popover)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  self->popover = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (lec_trust_strip_parent_class)->dispose (object);
}

static void
lec_trust_strip_class_init (LecTrustStripClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = lec_trust_strip_get_property;
  object_class->set_property = lec_trust_strip_set_property;
  object_class->dispose = lec_trust_strip_dispose;
  widget_class->realize = lec_trust_strip_realize;
  widget_class->unrealize = lec_trust_strip_unrealize;
  properties[PROP_DOCUMENT] =
      g_param_spec_object ("document", NULL, NULL, LEC_TYPE_DOCUMENT, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LIST] =
      g_param_spec_object ("list", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/lectern/Lectern/trust-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, LecTrustStrip, box);
  gtk_widget_class_bind_template_child (widget_class, LecTrustStrip, head);
  gtk_widget_class_bind_template_child (widget_class, LecTrustStrip, popover);
  gtk_widget_class_bind_template_child (widget_class, LecTrustStrip, expander);
  gtk_widget_class_bind_template_child (widget_class, LecTrustStrip, arrow);
  gtk_widget_class_bind_template_child (widget_class, LecTrustStrip, sign);
  gtk_widget_class_bind_template_child (widget_class, LecTrustStrip, summary);
  gtk_widget_class_bind_template_child (widget_class, LecTrustStrip, teaser);
  gtk_widget_class_bind_template_child (widget_class, LecTrustStrip, scroller);
  gtk_widget_class_bind_template_child (widget_class, LecTrustStrip, lines);
  gtk_widget_class_bind_template_callback (widget_class, expander_toggled);
  gtk_widget_class_bind_template_callback (widget_class, show_lines);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "trust-strip");
}

static void
lec_trust_strip_init (LecTrustStrip *self)
{
  self->settings = lec_paths_settings ();
  gtk_widget_init_template (GTK_WIDGET (self));
  lec_cut_text_explain (GTK_WIDGET (self->summary));
  lec_cut_text_explain (GTK_WIDGET (self->teaser));
  g_signal_connect_swapped (self->settings, "changed::trust-strip-visible", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->settings, "changed::trust-strip-lines", G_CALLBACK (show_lines), self);
  update (self);
}
