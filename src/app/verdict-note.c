#include "app/verdict-note.h"

#include "app/pane-parts.h"
#include "app/term-menu.h"
#include "app/verdict-sign.h"

#include "analysis/verdict-kinds.h"
#include "analysis/verdict-text.h"
#include "analysis/verdict-why.h"
#include "base/publish.h"
#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define REASONS_KEY "reasons"

GtkWidget *
lec_note_text_new (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

GtkWidget *
lec_note_link_new (const char *label, uint32_t frame)
{
  g_autofree char *text = g_strdup_printf (_ ("Go to Frame %u"), frame);
  GtkWidget *button = gtk_button_new_with_label (label);
  gtk_widget_add_css_class (button, "link");
  gtk_widget_set_valign (button, GTK_ALIGN_BASELINE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", frame);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.go-to-frame");
  if (g_strcmp0 (text, label) != 0) {
    gtk_widget_set_tooltip_text (button, text);
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  }
  return button;
}

GtkWidget *
lec_note_new (const char *sign, const char *heading, GtkWidget **words)
{
  GtkWidget *note = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *image = lec_decoration_new (sign);
  *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_add_css_class (image, "sign");
  gtk_widget_set_hexpand (*words, TRUE);
  gtk_widget_add_css_class (note, "note");
  gtk_box_append (GTK_BOX (note), image);
  gtk_box_append (GTK_BOX (note), *words);
  if (heading != NULL)
    gtk_box_append (GTK_BOX (*words), lec_note_text_new (heading, "heading"));
  return note;
}

/* Reasons: at the left the frames, each once as long as the reasons speak of the same; the words beside them. */

static GtkWidget *
new_reasons (const GPtrArray *reasons)
{
  GtkWidget *grid = gtk_grid_new ();
  uint32_t last_frame = 0;
  gtk_widget_add_css_class (grid, "reasons");
  for (unsigned i = 0; i < reasons->len; i++) {
    const LecReason *reason = g_ptr_array_index (reasons, i);
    GtkWidget *text = lec_note_text_new (reason->text, NULL);
    gtk_widget_set_hexpand (text, TRUE);
    gtk_widget_set_valign (text, GTK_ALIGN_BASELINE);
    gtk_grid_attach (GTK_GRID (grid), text, 1, (int) i, 1, 1);
    if (reason->frame != 0 && reason->frame != last_frame) {
      g_autofree char *number = g_strdup_printf ("%u", reason->frame);
      GtkWidget *link = lec_note_link_new (number, reason->frame);
      gtk_widget_set_halign (link, GTK_ALIGN_END);
      gtk_grid_attach (GTK_GRID (grid), link, 0, (int) i, 1, 1);
    }
    last_frame = reason->frame;
  }
  return grid;
}

/* A row may have fifty verdicts: reasons that nobody asks for get no widgets. */
static void
fill_expander (GtkExpander *expander)
{
  if (gtk_expander_get_expanded (expander) && gtk_expander_get_child (expander) == NULL)
    gtk_expander_set_child (expander, new_reasons (g_object_get_data (G_OBJECT (expander), REASONS_KEY)));
}

static GtkWidget *
new_expander (GPtrArray *reasons, gboolean open)
{
  g_autofree char *title =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u reason", "%u reasons", reasons->len), reasons->len);
  GtkWidget *expander = gtk_expander_new (title);
  gtk_widget_add_css_class (expander, "why");
  g_object_set_data_full (G_OBJECT (expander), REASONS_KEY, reasons, (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect (expander, "notify::expanded", G_CALLBACK (fill_expander), NULL);
  gtk_expander_set_expanded (GTK_EXPANDER (expander), open);
  return expander;
}

/* "Retransmission · certain", of which the kind stands out; and where another frame than the row's is meant, which. */
static GtkWidget *
new_heading (const LecVerdict *verdict, uint32_t row_frame)
{
  g_autofree char *kind = g_markup_escape_text (lec_verdict_kind_label (verdict->kind), -1);
  g_autofree char *confidence = g_markup_escape_text (lec_confidence_label (LEC_GET (verdict->confidence)), -1);
  g_autofree char *markup = g_strdup_printf ("<b>%s</b> <span alpha='80%%'>· %s</span>", kind, confidence);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = lec_note_text_new (NULL, NULL);
  gtk_widget_add_css_class (line, "title");
  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  if (verdict->frame != row_frame) {
    g_autofree char *where = g_strdup_printf (_ ("Frame %u"), verdict->frame);
    GtkWidget *link = lec_note_link_new (where, verdict->frame);
    gtk_widget_set_valign (link, GTK_ALIGN_START);
    gtk_box_append (GTK_BOX (line), link);
  }
  return line;
}

/* The sentence below a heading that has said its first words: "Zero window: the client …" begins with "The client". */
static char *
dup_sentence (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *sentence = lec_verdict_dup_sentence (index, verdict);
  const char *label = lec_verdict_kind_label (verdict->kind);
  const char *rest = g_str_has_prefix (sentence, label) ? sentence + strlen (label) : "";
  if (!g_str_has_prefix (rest, ": ") || rest[2] == '\0')
    return g_steal_pointer (&sentence);
  return lec_dup_capitalized (rest + 2);
}

static GPtrArray *
find_reasons (LecSession *session, const LecVerdict *verdict)
{
  const LecIndex *index = lec_session_index (session);
  GPtrArray *reasons = lec_verdict_why (index, verdict);
  LecReplayFacts facts;
  if (lec_session_find_replay_facts (session, verdict->frame, &facts))
    lec_verdict_why_add_difference (reasons, index, verdict, facts.wireshark.flags);
  return reasons;
}

GtkWidget *
lec_verdict_note_new (LecSession *session, const LecVerdict *verdict, uint32_t row_frame, gboolean open)
{
  static const char *const severities[] = {
    [LEC_SEVERITY_NOTE] = "plain", [LEC_SEVERITY_WARNING] = "warning", [LEC_SEVERITY_ERROR] = "error"
  };
  g_autofree char *sentence = dup_sentence (lec_session_index (session), verdict);
  GtkWidget *words;
  GtkWidget *note = lec_note_new (lec_verdict_sign (verdict->kind), NULL, &words);
  gtk_widget_add_css_class (note, severities[lec_verdict_kind_severity (verdict->kind)]);
  GtkWidget *heading = new_heading (verdict, row_frame);
  g_autofree char *expression = g_strdup_printf ("lectern.verdict == \"%s\"", lec_verdict_kind_name (verdict->kind));
  lec_term_menu_attach_expression (heading, expression);
  lec_term_menu_attach_expression (gtk_widget_get_first_child (note), expression);
  gtk_box_append (GTK_BOX (words), heading);
  gtk_box_append (GTK_BOX (words), lec_note_text_new (sentence, NULL));
  gtk_box_append (GTK_BOX (words), new_expander (find_reasons (session, verdict), open));
  return note;
}
