#include "app/byte-pane.h"

#include "app/byte-terms.h"
#include "app/byte-view.h"
#include "app/details-node.h"
#include "app/pane-parts.h"
#include "app/term-menu.h"

#include <glib/gi18n-lib.h>

struct _LecBytePane {
  GtkWidget parent;
  GtkWidget *stack;   /* the bytes, or the empty state */
  GtkWidget *sources; /* GtkDropDown, hidden where there is but the frame */
  GtkWidget *view;    /* LecByteView */
  GtkWidget *status;
  GtkWidget *link;       /* button to the frame that the marked bytes came from */
  LecSharedTree *shared; /* or NULL */
  unsigned source;
  LecByteRange field; /* of the selected field, where it is in that source */
  gboolean switching; /* the source changes by program */
};

G_DEFINE_FINAL_TYPE (LecBytePane, lec_byte_pane, GTK_TYPE_WIDGET)

enum { BYTES_SELECTED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Where bytes came from. */

/* The piece that BYTE of SOURCE stands in, NULL where it is in none (or was never captured). */
static const LecPiece *
find_piece (const LecTreeSource *source, uint32_t byte)
{
  for (unsigned i = 0; i < source->n_pieces; i++)
    if (byte - source->pieces[i].offset < source->pieces[i].length)
      return &source->pieces[i];
  return NULL;
}

static void
set_link (LecBytePane *pane, uint32_t frame)
{
  gtk_widget_set_visible (pane->link, frame != 0);
  if (frame == 0)
    return;
  g_autofree char *label = g_strdup_printf (_ ("Frame %u"), frame);
  gtk_button_set_label (GTK_BUTTON (pane->link), label);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (pane->link), "u", frame);
}

static void
tell_range (LecBytePane *pane, LecByteRange range)
{
  const LecTree *tree = lec_shared_tree_get (pane->shared);
  const LecTreeSource *source = lec_tree_source (tree, pane->source);
  g_autoptr (GString) text = g_string_new (NULL);
  uint32_t frame = 0;
  if (range.length == 0) {
    g_string_append_printf (text, ngettext ("%u byte", "%u bytes", source->bytes.length), source->bytes.length);
  } else if (source->pieces == NULL) {
    g_string_append_printf (text, ngettext ("%u byte at %u of frame %u", "%u bytes at %u of frame %u", range.length),
                            range.length, range.offset, lec_tree_frame (tree));
  } else {
    const LecPiece *first = find_piece (source, range.offset);
    const LecPiece *last = find_piece (source, range.offset + range.length - 1);
    g_string_append_printf (text, ngettext ("%u byte at %u", "%u bytes at %u", range.length), range.length,
                            range.offset);
    if (first == NULL)
      g_string_append_printf (text, " · %s", _ ("not in the trace"));
    else if (last != NULL && last->frame != first->frame)
      g_string_append_printf (text, _ (" · from frames %u to %u"), first->frame, last->frame);
    else
      g_string_append_printf (text, _ (" · at %u of frame %u"), first->frame_offset + range.offset - first->offset,
                              first->frame);
    frame = first != NULL ? first->frame : 0;
  }
  gtk_label_set_text (GTK_LABEL (pane->status), text->str);
  set_link (pane, frame);
}

static gboolean
query_tooltip (GtkWidget *view, int x, int y, gboolean keyboard, GtkTooltip *tooltip, LecBytePane *pane)
{
  uint32_t byte;
  if (keyboard || pane->shared == NULL || !lec_byte_view_byte_at (LEC_BYTE_VIEW (view), x, y, &byte))
    return FALSE;
  const LecTree *tree = lec_shared_tree_get (pane->shared);
  const LecTreeSource *source = lec_tree_source (tree, pane->source);
  const LecPiece *piece = find_piece (source, byte);
  int32_t node = lec_tree_find_byte (tree, pane->source, byte);
  g_autoptr (GString) text = g_string_new (NULL);
  if (node >= 0)
    g_string_append_printf (text, "%s\n", _ (lec_tree_node (tree, (unsigned) node)->field->label));
  if (source->pieces == NULL)
    g_string_append_printf (text, _ ("Byte %u of frame %u"), byte, lec_tree_frame (tree));
  else if (piece != NULL)
    g_string_append_printf (text, _ ("Byte %u of frame %u"), piece->frame_offset + byte - piece->offset, piece->frame);
  else
    g_string_append (text, _ ("Not in the trace: zeros stand for it"));
  gtk_tooltip_set_text (tooltip, text->str);
  return TRUE;
}

/* Sources. */

static void
show_source (LecBytePane *pane, unsigned source)
{
  const LecTree *tree = lec_shared_tree_get (pane->shared);
  if (source >= lec_tree_n_sources (tree))
    return;
  pane->source = source;
  pane->field = (LecByteRange){ 0 };
  pane->switching = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (pane->sources), source);
  pane->switching = FALSE;
  lec_byte_view_set_bytes (LEC_BYTE_VIEW (pane->view), lec_tree_source (tree, source)->bytes, G_OBJECT (pane->shared));
  tell_range (pane, (LecByteRange){ 0 });
}

static void
source_chosen (LecBytePane *pane)
{
  unsigned source = gtk_drop_down_get_selected (GTK_DROP_DOWN (pane->sources));
  if (!pane->switching && pane->shared != NULL && source != pane->source)
    show_source (pane, source);
}

static void
fill_sources (LecBytePane *pane, const LecTree *tree)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  for (unsigned i = 0; i < lec_tree_n_sources (tree); i++)
    gtk_string_list_append (names, lec_tree_source (tree, i)->name);
  pane->switching = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (pane->sources), G_LIST_MODEL (names));
  pane->switching = FALSE;
  g_object_unref (names);
  gtk_widget_set_visible (pane->sources, lec_tree_n_sources (tree) > 1);
}

void
lec_byte_pane_set_tree (LecBytePane *pane, LecSharedTree *shared)
{
  g_set_object (&pane->shared, shared);
  pane->source = 0;
  gtk_stack_set_visible_child_name (GTK_STACK (pane->stack), shared != NULL ? "bytes" : "empty");
  if (shared == NULL) {
    lec_byte_view_set_bytes (LEC_BYTE_VIEW (pane->view), (LecBytes){ 0 }, NULL);
    return;
  }
  const LecTree *tree = lec_shared_tree_get (shared);
  unsigned n_layers = lec_tree_n_layers (tree);
  fill_sources (pane, tree);
  show_source (pane, n_layers > 0 ? lec_tree_layer (tree, n_layers - 1)->span.source : 0);
}

/* The view itself tells which bytes are marked; whose they are is known here. */
static void
describe_field (LecBytePane *pane, int32_t node)
{
  const LecTree *tree = lec_shared_tree_get (pane->shared);
  gtk_accessible_update_property (GTK_ACCESSIBLE (pane->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  node >= 0 ? _ (lec_tree_node (tree, (unsigned) node)->field->label)
                                            : lec_tree_source (tree, pane->source)->name,
                                  -1);
}

void
lec_byte_pane_set_node (LecBytePane *pane, int32_t node, gboolean keep_selection)
{
  LecByteRange range = { 0 };
  if (pane->shared == NULL)
    return;
  if (node >= 0) {
    const LecTreeNode *shown = lec_tree_node (lec_shared_tree_get (pane->shared), (unsigned) node);
    lec_details_bytes (&shown->span, &range.offset, &range.length);
    if (range.length > 0 && shown->span.source != pane->source)
      show_source (pane, shown->span.source);
  }
  pane->field = range;
  describe_field (pane, node);
  if (keep_selection) {
    lec_byte_view_mark_field (LEC_BYTE_VIEW (pane->view), range);
    return;
  }
  lec_byte_view_set_field (LEC_BYTE_VIEW (pane->view), range);
  tell_range (pane, range);
}

void
lec_byte_pane_select (LecBytePane *pane, unsigned source, uint32_t offset, uint32_t length)
{
  if (pane->shared == NULL)
    return;
  if (source != pane->source)
    show_source (pane, source);
  lec_byte_view_select (LEC_BYTE_VIEW (pane->view), (LecByteRange){ offset, length });
}

static void
view_selected (LecBytePane *pane)
{
  LecByteRange range = lec_byte_view_selection (LEC_BYTE_VIEW (pane->view));
  if (pane->shared == NULL)
    return;
  tell_range (pane, range);
  g_signal_emit (pane, signals[BYTES_SELECTED], 0, pane->source, range.offset, range.length);
}

/* The menu. */

/* What the pointer is on: the selection, or else the field there. */
static LecByteRange
range_at (LecBytePane *pane, double x, double y)
{
  const LecTree *tree = lec_shared_tree_get (pane->shared);
  LecByteRange range = lec_byte_view_selection (LEC_BYTE_VIEW (pane->view)), field = { 0 };
  uint32_t byte;
  if (x < 0)
    return range.length > 0 ? range : pane->field;
  if (!lec_byte_view_byte_at (LEC_BYTE_VIEW (pane->view), x, y, &byte))
    return (LecByteRange){ 0 };
  if (byte - range.offset < range.length)
    return range;
  int32_t node = lec_tree_find_byte (tree, pane->source, byte);
  if (node >= 0)
    lec_details_bytes (&lec_tree_node (tree, (unsigned) node)->span, &field.offset, &field.length);
  return field;
}

static GMenuModel *
menu_at (GtkWidget *view, double x, double y, gpointer data)
{
  LecBytePane *pane = data;
  if (pane->shared == NULL)
    return NULL;
  g_autoptr (GPtrArray) terms =
      lec_byte_terms (lec_shared_tree_get (pane->shared), pane->source, range_at (pane, x, y));
  g_autoptr (GMenu) copy = g_menu_new ();
  GMenu *menu = g_menu_new ();
  gtk_widget_grab_focus (view);
  lec_term_menu_append (menu, terms);
  lec_term_menu_append_item (copy, _ ("Copy as H_ex"), "bytes.copy-hex", NULL);
  lec_term_menu_append_item (copy, _ ("Copy as _Text"), "bytes.copy-text", NULL);
  lec_term_menu_append_section (menu, copy);
  return G_MENU_MODEL (menu);
}

/* Making it. */

static void
lec_byte_pane_dispose (GObject *object)
{
  LecBytePane *pane = LEC_BYTE_PANE (object);
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (pane))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&pane->shared);
  G_OBJECT_CLASS (lec_byte_pane_parent_class)->dispose (object);
}

static void
act_on_view (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action_variant (LEC_BYTE_PANE (widget)->view, action, NULL);
}

static void
lec_byte_pane_class_init (LecBytePaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = lec_byte_pane_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  /* For the menu, which is outside of the view that has them. */
  gtk_widget_class_install_action (widget_class, "bytes.copy-hex", NULL, act_on_view);
  gtk_widget_class_install_action (widget_class, "bytes.copy-text", NULL, act_on_view);
  signals[BYTES_SELECTED] = g_signal_new ("bytes-selected", LEC_TYPE_BYTE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT);
}

static void
make_view (LecBytePane *pane)
{
  pane->view = lec_byte_view_new ();
  gtk_widget_set_has_tooltip (pane->view, TRUE);
  g_signal_connect (pane->view, "query-tooltip", G_CALLBACK (query_tooltip), pane);
  g_signal_connect_swapped (pane->view, "selected", G_CALLBACK (view_selected), pane);
  lec_term_menu_attach (pane->view, menu_at, pane);
}

static GtkWidget *
new_status_line (LecBytePane *pane)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  pane->status = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (pane->status), 0);
  gtk_label_set_ellipsize (GTK_LABEL (pane->status), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (pane->status, TRUE);
  pane->link = gtk_button_new ();
  gtk_widget_add_css_class (pane->link, "link");
  gtk_widget_set_tooltip_text (pane->link, _ ("Go to the frame that these bytes came from"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (pane->link), "u", 0u);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (pane->link), "win.go-to-frame");
  gtk_widget_set_visible (pane->link, FALSE);
  gtk_widget_add_css_class (line, "explanation");
  gtk_box_append (GTK_BOX (line), pane->status);
  gtk_box_append (GTK_BOX (line), pane->link);
  return line;
}

static void
lec_byte_pane_init (LecBytePane *pane)
{
  GtkWidget *empty = lec_pane_empty_new (_ ("Select a message to see its bytes here."), NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  make_view (pane);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), pane->view);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_add_css_class (scroller, "bytes-scroller");

  pane->sources = gtk_drop_down_new (NULL, NULL);
  gtk_widget_set_tooltip_text (pane->sources, _ ("Which bytes are shown"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (pane->sources), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Which bytes are shown"), -1);
  gtk_widget_set_halign (pane->sources, GTK_ALIGN_START);
  gtk_widget_add_css_class (pane->sources, "source-choice");
  g_signal_connect_swapped (pane->sources, "notify::selected", G_CALLBACK (source_chosen), pane);

  gtk_box_append (GTK_BOX (box), pane->sources);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), new_status_line (pane));
  pane->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (pane->stack), empty, "empty");
  gtk_stack_add_named (GTK_STACK (pane->stack), box, "bytes");
  gtk_widget_set_parent (pane->stack, GTK_WIDGET (pane));
}
