#include "app/text-pane.h"

#include "app/pane-parts.h"

#include <glib/gi18n-lib.h>

/* More is not laid out: the text view's time grows with it, and with the length of a line. */
#define SHOWN_BYTES (256u * 1024)
#define LINE_BYTES  2000u

struct _LecTextPane {
  GtkWidget parent;
  GtkWidget *pages;
  GtkWidget *empty;      /* label of the empty state */
  GtkWidget *note;       /* says what was left out */
  GtkTextBuffer *buffer; /* the text view's, borrowed */
};

G_DEFINE_FINAL_TYPE (LecTextPane, lec_text_pane, GTK_TYPE_WIDGET)

/* The bytes of the message: all of the topmost layer where it is one that speaks in text, else the payload. */
static LecBytes
message_bytes (const LecTree *tree)
{
  static const char *const payloads[] = { "data.data", "tcp.payload", "udp.payload" };
  unsigned n_layers = lec_tree_n_layers (tree);
  if (n_layers > 0) {
    const LecTreeLayer *top = lec_tree_layer (tree, n_layers - 1);
    LecBytes bytes = lec_tree_source (tree, top->span.source)->bytes;
    uint32_t offset = MIN (top->span.offset_bits / 8, bytes.length);
    if (g_str_equal (top->protocol->name, "http"))
      return (LecBytes){ bytes.data + offset, MIN (top->span.length_bits / 8, bytes.length - offset) };
  }
  for (unsigned i = 0; i < G_N_ELEMENTS (payloads); i++) {
    int32_t node = lec_tree_find_field (tree, payloads[i]);
    if (node >= 0 && lec_tree_node (tree, (unsigned) node)->value.bytes.length > 0)
      return lec_tree_node (tree, (unsigned) node)->value.bytes;
  }
  return (LecBytes){ 0 };
}

/* UTF-8 as it is; what is none, and control characters, each as a middle dot; overlong lines broken. */
static char *
dup_printable (LecBytes bytes)
{
  g_autoptr (GString) text = g_string_sized_new (bytes.length + 16);
  const char *at = (const char *) bytes.data;
  const char *end = at + bytes.length;
  gsize line_start = 0;
  while (at < end) {
    gunichar c = g_utf8_get_char_validated (at, end - at);
    gboolean is_character = c != (gunichar) -1 && c != (gunichar) -2;
    if (is_character && (g_unichar_isprint (c) || c == '\n' || c == '\t'))
      g_string_append_len (text, at, g_utf8_next_char (at) - at);
    else if (!(is_character && c == '\r' && at + 1 < end && at[1] == '\n'))
      g_string_append (text, "·");
    at = is_character ? g_utf8_next_char (at) : at + 1;
    if (text->len > line_start + LINE_BYTES)
      g_string_append_c (text, '\n');
    if (text->len > 0 && text->str[text->len - 1] == '\n')
      line_start = text->len;
  }
  return g_strdup (text->str);
}

void
lec_text_pane_set_tree (LecTextPane *pane, const LecTree *tree)
{
  LecBytes bytes = tree != NULL ? message_bytes (tree) : (LecBytes){ 0 };
  gtk_label_set_text (GTK_LABEL (pane->empty), tree == NULL
                                                   ? _ ("Select a message to read it as text here.")
                                                   : _ ("This message carries nothing beyond its headers. Details and "
                                                        "Bytes have those."));
  gtk_stack_set_visible_child_name (GTK_STACK (pane->pages), bytes.length > 0 ? "text" : "empty");
  g_autofree char *shown = dup_printable ((LecBytes){ bytes.data, MIN (bytes.length, SHOWN_BYTES) });
  gtk_text_buffer_set_text (pane->buffer, shown, -1);
  gtk_widget_set_visible (pane->note, bytes.length > SHOWN_BYTES);
  if (bytes.length > SHOWN_BYTES) {
    g_autofree char *shown_size = g_format_size_full (SHOWN_BYTES, G_FORMAT_SIZE_IEC_UNITS);
    g_autofree char *size = g_format_size_full (bytes.length, G_FORMAT_SIZE_IEC_UNITS);
    g_autofree char *note = g_strdup_printf (_ ("The first %s of %s"), shown_size, size);
    gtk_label_set_text (GTK_LABEL (pane->note), note);
  }
}

static void
lec_text_pane_dispose (GObject *object)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (lec_text_pane_parent_class)->dispose (object);
}

static void
lec_text_pane_class_init (LecTextPaneClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lec_text_pane_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
lec_text_pane_init (LecTextPane *pane)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  pane->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Message as text"), -1);
  gtk_widget_add_css_class (view, "message-text");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_vexpand (scroller, TRUE);
  pane->note = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (pane->note), 0);
  gtk_widget_add_css_class (pane->note, "explanation");
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), pane->note);
  pane->pages = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (pane->pages), lec_pane_empty_new (NULL, &pane->empty), "empty");
  gtk_stack_add_named (GTK_STACK (pane->pages), box, "text");
  gtk_widget_set_parent (pane->pages, GTK_WIDGET (pane));
  lec_text_pane_set_tree (pane, NULL);
}
