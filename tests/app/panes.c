/* The panes and the legend on real traces, in a window on a test display. */
#include <gtk/gtk.h>

#include "app/byte-pane.h"
#include "app/byte-view.h"
#include "app/details-pane.h"
#include "app/document.h"
#include "app/field-menu.h"
#include "app/footer.h"
#include "app/legend.h"
#include "app/pane-parts.h"
#include "app/panes.h"
#include "app/paths.h"
#include "app/stack-pane.h"
#include "app/style.h"

/* A window as the panes need it, and what its actions were called with. */
typedef struct {
  GtkWidget *window;
  LecDocument *document;
  LecSession *session;  /* the document's */
  GPtrArray *activated; /* of char: "name target" */
  LecDetailsPane *details;
  LecBytePane *bytes;
  int32_t field; /* last told by "field-selected" */
} Fixture;

static void
action_activated (GSimpleAction *action, GVariant *target, gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *text = g_variant_print (target, FALSE);
  g_ptr_array_add (fixture->activated, g_strdup_printf ("%s %s", g_action_get_name (G_ACTION (action)), text));
  if (g_str_equal (g_action_get_name (G_ACTION (action)), "switch-filter")) {
    const char *switched = lec_document_switch_filter (fixture->document, g_variant_get_string (target, NULL));
    g_assert_true (lec_document_set_filter (fixture->document, switched, NULL));
  }
  if (g_str_equal (g_action_get_name (G_ACTION (action)), "filter-term")) {
    const char *how, *term;
    g_variant_get (target, "(&s&s)", &how, &term);
    g_assert_true (lec_document_set_filter (fixture->document, term, NULL));
  }
}

static void
field_selected (Fixture *fixture, int field)
{
  fixture->field = field;
}

static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_widget (child, type);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
set_up (Fixture *fixture, gconstpointer sample)
{
  static const GActionEntry entries[] = { { "filter-term", action_activated, "(ss)", NULL, NULL, { 0 } },
                                          { "switch-filter", action_activated, "s", NULL, NULL, { 0 } },
                                          { "add-column", action_activated, "s", NULL, NULL, { 0 } },
                                          { "go-to-frame", action_activated, "u", NULL, NULL, { 0 } },
                                          { "copy-text", action_activated, "s", NULL, NULL, { 0 } } };
  g_autofree char *path = g_build_filename (g_getenv ("LECTERN_SAMPLES"), sample, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  fixture->session = lec_session_open (path, &error);
  g_assert_no_error (error);
  lec_session_wait (fixture->session);
  fixture->document = lec_document_new (fixture->session);
  fixture->activated = g_ptr_array_new_with_free_func (g_free);
  fixture->window = gtk_window_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), fixture);
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (actions));
  fixture->field = -1;
}

static void
set_up_panes (Fixture *fixture, gconstpointer sample)
{
  set_up (fixture, sample);
  GtkWidget *panes = g_object_new (LEC_TYPE_PANES, "document", fixture->document, NULL);
  gtk_window_set_child (GTK_WINDOW (fixture->window), panes);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1200, 300);
  gtk_window_present (GTK_WINDOW (fixture->window));
  fixture->details = LEC_DETAILS_PANE (find_widget (panes, LEC_TYPE_DETAILS_PANE));
  fixture->bytes = LEC_BYTE_PANE (find_widget (panes, LEC_TYPE_BYTE_PANE));
  g_signal_connect_swapped (fixture->details, "field-selected", G_CALLBACK (field_selected), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer sample)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->document);
  g_ptr_array_unref (fixture->activated);
}

static gboolean
give_up (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until DONE says so, 10 seconds at most. */
static void
run_until (gboolean (*done) (Fixture *fixture), Fixture *fixture)
{
  gboolean late = FALSE;
  unsigned timer = g_timeout_add_seconds (10, give_up, &late);
  while (!done (fixture)) {
    g_main_context_iteration (NULL, TRUE);
    g_assert_false (late);
  }
  g_source_remove (timer);
}

/* The first HTTP operation that has STATUS. */
static uint32_t
find_operation (Fixture *fixture, unsigned status)
{
  LecIndex *index = lec_session_index (fixture->session);
  for (uint32_t i = 0; i < atomic_load (&index->n_operations); i++) {
    LecOperation *operation = lec_index_operation (index, i);
    if (operation->kind == LEC_OPERATION_HTTP && atomic_load (&operation->status) == status)
      return i;
  }
  g_assert_not_reached ();
}

static gboolean
field_is_told (Fixture *fixture)
{
  return fixture->field != -2;
}

/* Selects an operation's row and waits until its response's tree is shown; the same tree is returned. */
static LecTree *
show_operation (Fixture *fixture, uint32_t number)
{
  LecOperation *operation = lec_index_operation (lec_session_index (fixture->session), number);
  LecRow row = { .frame = operation->first_frame, .operation = number, .kind = LEC_ROW_OPERATION };
  fixture->field = -2;
  lec_document_select (fixture->document, &row);
  run_until (field_is_told, fixture);
  return lec_session_dup_tree (fixture->session, atomic_load (&operation->response.first_frame), FALSE);
}

static void
field_marks_exactly_its_bytes (Fixture *fixture, gconstpointer sample)
{
  g_autoptr (LecTree) tree = show_operation (fixture, find_operation (fixture, 302));
  int32_t location = lec_tree_find_field (tree, "http.location");
  g_assert_cmpint (location, >=, 0);
  lec_details_pane_select (fixture->details, location);
  g_assert_cmpint (fixture->field, ==, location);

  const LecTreeNode *node = lec_tree_node (tree, (unsigned) location);
  const LecTreeSource *source = lec_tree_source (tree, node->span.source);
  GtkWidget *view = find_widget (GTK_WIDGET (fixture->bytes), LEC_TYPE_BYTE_VIEW);
  g_autofree char *hex = lec_byte_view_dup_hex (LEC_BYTE_VIEW (view));
  g_autoptr (GString) expected = g_string_new (NULL);
  for (uint32_t i = 0; i < node->span.length_bits / 8; i++)
    g_string_append_printf (expected, "%s%02x", i > 0 ? " " : "", source->bytes.data[node->span.offset_bits / 8 + i]);
  g_assert_cmpstr (hex, ==, expected->str);
  g_autofree char *text = lec_byte_view_dup_text (LEC_BYTE_VIEW (view));
  g_assert_nonnull (strstr (text, "http://"));
}

static void
bytes_find_the_field (Fixture *fixture, gconstpointer sample)
{
  g_autoptr (LecTree) tree = show_operation (fixture, find_operation (fixture, 302));
  int32_t location = lec_tree_find_field (tree, "http.location");
  const LecTreeNode *node = lec_tree_node (tree, (unsigned) location);
  unsigned offset = node->span.offset_bits / 8;
  unsigned length = node->span.length_bits / 8;
  /* One byte, and all of the field's, find it; one byte more finds what holds them all. */
  g_signal_emit_by_name (fixture->bytes, "bytes-selected", (unsigned) node->span.source, offset + 3, 1u);
  const LecTreeNode *found = lec_tree_node (tree, (unsigned) fixture->field);
  g_assert_true (found->span.offset_bits / 8 <= offset + 3);
  g_assert_true ((found->span.offset_bits + found->span.length_bits) / 8 > offset + 3);
  g_assert_cmpuint (found->span.length_bits, <=, node->span.length_bits);
  g_signal_emit_by_name (fixture->bytes, "bytes-selected", (unsigned) node->span.source, offset, length + 1);
  found = lec_tree_node (tree, (unsigned) fixture->field);
  g_assert_true (found->span.offset_bits / 8 <= offset);
  g_assert_true ((found->span.offset_bits + found->span.length_bits) / 8 >= offset + length + 1);
}

static void
selected_field_stays (Fixture *fixture, gconstpointer sample)
{
  g_autoptr (LecTree) first = show_operation (fixture, find_operation (fixture, 302));
  lec_details_pane_select (fixture->details, lec_tree_find_field (first, "http.server"));
  g_autoptr (LecTree) second = show_operation (fixture, find_operation (fixture, 200));
  g_assert_cmpint (fixture->field, >=, 0);
  g_assert_cmpstr (lec_tree_node (second, (unsigned) fixture->field)->field->name, ==, "http.server");
  /* A message without such a field shows none, and the wish is kept. */
  LecRow syn = { .frame = 1, .operation = G_MAXUINT32, .kind = LEC_ROW_FRAME };
  fixture->field = -2;
  lec_document_select (fixture->document, &syn);
  run_until (field_is_told, fixture);
  g_assert_cmpint (fixture->field, ==, -1);
  g_autoptr (LecTree) third = show_operation (fixture, find_operation (fixture, 302));
  g_assert_cmpstr (lec_tree_node (third, (unsigned) fixture->field)->field->name, ==, "http.server");
}

static void
paths_lead_back (Fixture *fixture, gconstpointer sample)
{
  g_autoptr (LecTree) tree = show_operation (fixture, find_operation (fixture, 200));
  for (unsigned i = 0; i < lec_tree_n_nodes (tree); i++) {
    g_autofree char *path = lec_details_dup_path (tree, (int32_t) i);
    g_assert_cmpint (lec_details_find_path (tree, path), ==, (int32_t) i);
  }
  g_assert_cmpint (lec_details_find_path (tree, "/no.such[0]"), ==, -1);
  g_assert_cmpint (lec_details_find_path (tree, ""), ==, -1);
}

static unsigned
n_rows (GtkWidget *list)
{
  unsigned n = 0;
  while (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) n) != NULL)
    n++;
  return n;
}

static gboolean
both_sides_are_shown (Fixture *fixture)
{
  GtkWidget *stack = find_widget (fixture->window, LEC_TYPE_STACK_PANE);
  GtkWidget *request = find_widget (stack, GTK_TYPE_LIST_BOX);
  GtkWidget *column = gtk_widget_get_next_sibling (gtk_widget_get_parent (request));
  GtkWidget *response = find_widget (column, GTK_TYPE_LIST_BOX);
  /* Frame, Ethernet, IPv4, TCP, HTTP. */
  return n_rows (request) == 5 && n_rows (response) == 5;
}

static void
operation_shows_both_sides (Fixture *fixture, gconstpointer sample)
{
  lec_tree_free (show_operation (fixture, find_operation (fixture, 302)));
  run_until (both_sides_are_shown, fixture);
}

static gboolean
has_tooltip (GtkWidget *widget)
{
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gboolean shown = FALSE;
  g_signal_emit_by_name (widget, "query-tooltip", 0, 0, FALSE, tooltip, &shown);
  return shown;
}

static gboolean
is_cut (GtkWidget *inscription)
{
  g_autoptr (PangoLayout) layout =
      gtk_widget_create_pango_layout (inscription, gtk_inscription_get_text (GTK_INSCRIPTION (inscription)));
  int width;
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width > gtk_widget_get_width (inscription);
}

/* The cell below WIDGET, laid out, that says TEXT. */
static GtkWidget *
find_cell (GtkWidget *widget, const char *text)
{
  if (GTK_IS_INSCRIPTION (widget) && gtk_widget_get_width (widget) > 0 &&
      g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (widget)), text) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_cell (child, text);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static gboolean
long_name_is_whole (Fixture *fixture)
{
  GtkWidget *name = find_cell (GTK_WIDGET (fixture->details), "Acknowledgement number as sent");
  return name != NULL && !is_cut (name) && !has_tooltip (name);
}

static gboolean
long_name_is_cut (Fixture *fixture)
{
  GtkWidget *name = find_cell (GTK_WIDGET (fixture->details), "Acknowledgement number as sent");
  return name != NULL && is_cut (name) && has_tooltip (name);
}

static void
names_have_room (Fixture *fixture, gconstpointer sample)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1200, 700);
  g_autoptr (LecTree) tree = show_operation (fixture, find_operation (fixture, 302));
  lec_details_pane_select (fixture->details, lec_tree_find_field (tree, "tcp.ack_raw"));
  run_until (long_name_is_cut, fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->details), "panes.toggle-stack", NULL);
  run_until (long_name_is_whole, fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->details), "panes.toggle-stack", NULL);
  run_until (long_name_is_cut, fixture);
}

/* A pane that is too low takes from the tree first: the explanation has its three lines, whatever it says. */
static void
explanation_has_three_lines (Fixture *fixture, gconstpointer sample)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1200, 700);
  g_autoptr (LecTree) tree = show_operation (fixture, find_operation (fixture, 302));
  GtkWidget *footer = find_widget (GTK_WIDGET (fixture->details), LEC_TYPE_FOOTER);
  GtkWidget *words = find_widget (footer, GTK_TYPE_LABEL);
  int lines, least, natural, shorter, tree_least, tree_natural;
  gtk_label_set_text (GTK_LABEL (words), "one\ntwo\nthree");
  gtk_widget_measure (words, GTK_ORIENTATION_VERTICAL, -1, &lines, NULL, NULL, NULL);
  gtk_widget_measure (footer, GTK_ORIENTATION_VERTICAL, -1, &least, &natural, NULL, NULL);
  g_assert_cmpint (natural, >=, lines);
  g_assert_cmpint (least, <, natural);
  lec_footer_set_text (LEC_FOOTER (footer), "one");
  gtk_widget_measure (footer, GTK_ORIENTATION_VERTICAL, -1, NULL, &shorter, NULL, NULL);
  g_assert_cmpint (shorter, ==, natural);
  gtk_widget_measure (gtk_widget_get_prev_sibling (footer), GTK_ORIENTATION_VERTICAL, -1, &tree_least, &tree_natural,
                      NULL, NULL);
  g_assert_cmpint (tree_natural, ==, tree_least);
}

/* Every item of MENU as "action target", in order. */
static void
list_menu (GMenuModel *menu, GPtrArray *items)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++) {
    g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
    g_autofree char *action = NULL;
    if (section != NULL) {
      list_menu (section, items);
    } else if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action)) {
      g_autoptr (GVariant) target = g_menu_model_get_item_attribute_value (menu, i, G_MENU_ATTRIBUTE_TARGET, NULL);
      g_autofree char *text = g_variant_print (target, FALSE);
      g_ptr_array_add (items, g_strdup_printf ("%s %s", action, text));
    }
  }
}

static gboolean
menu_has (LecTree *tree, const char *field, const char *item)
{
  int32_t node = lec_tree_find_field (tree, field);
  g_assert_cmpint (node, >=, 0);
  g_autoptr (GMenuModel) menu = lec_field_menu_new (lec_tree_node (tree, (unsigned) node));
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);
  list_menu (menu, items);
  return g_ptr_array_find_with_equal_func (items, item, g_str_equal, NULL);
}

static void
field_menu_acts_on_the_field (Fixture *fixture, gconstpointer sample)
{
  uint32_t number = find_operation (fixture, 302);
  g_autoptr (LecTree) tree = show_operation (fixture, number);
  LecOperation *operation = lec_index_operation (lec_session_index (fixture->session), number);
  g_autofree char *jump = g_strdup_printf ("win.go-to-frame %u", atomic_load (&operation->request.first_frame));
  static const char *const hows[] = { "only", "hide", "and", "or", "not" };
  for (unsigned i = 0; i < G_N_ELEMENTS (hows); i++) {
    g_autofree char *item = g_strdup_printf ("win.filter-term ('%s', 'http.response.code == 302')", hows[i]);
    g_assert_true (menu_has (tree, "http.response.code", item));
  }
  g_assert_true (menu_has (tree, "http.response.code", "win.add-column 'http.response.code'"));
  g_assert_true (menu_has (tree, "http.response.code", "win.copy-text 'http.response.code'"));
  g_assert_false (menu_has (tree, "http.response.code", jump));
  g_assert_true (menu_has (tree, "http.request_in", jump));
}

/* The legend. */

static LecColorRules *
new_rules (void)
{
  g_autoptr (GBytes) shipped =
      g_resources_lookup_data ("/io/github/lectern/Lectern/color-rules.ini", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  return lec_color_rules_new (shipped, "/nonexistent/color-rules.ini");
}

/* The chip whose label is NAME, and its count (−1 = none yet). */
static GtkWidget *
find_chip (GtkWidget *widget, const char *name, int *count)
{
  if (GTK_IS_TOGGLE_BUTTON (widget)) {
    GtkWidget *content = gtk_button_get_child (GTK_BUTTON (widget));
    GtkWidget *last = gtk_widget_get_last_child (content);
    const char *text = gtk_label_get_text (GTK_LABEL (last));
    *count = text[0] != '\0' ? atoi (text) : -1;
    return g_str_equal (gtk_label_get_text (GTK_LABEL (gtk_widget_get_prev_sibling (last))), name) ? widget : NULL;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_chip (child, name, count);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static gboolean
all_are_counted (Fixture *fixture)
{
  int count = -1;
  g_assert_nonnull (find_chip (fixture->window, "No status yet", &count));
  return count >= 0;
}

static void
legend_counts_and_filters (Fixture *fixture, gconstpointer sample)
{
  g_autoptr (LecColorRules) rules = new_rules ();
  GtkWidget *legend = lec_legend_new (rules);
  int count;
  g_object_set (legend, "document", fixture->document, NULL);
  gtk_window_set_child (GTK_WINDOW (fixture->window), legend);
  gtk_window_present (GTK_WINDOW (fixture->window));
  run_until (all_are_counted, fixture);
  GtkWidget *redirect = find_chip (fixture->window, "Redirect 3xx", &count);
  g_assert_cmpint (count, ==, 1);
  g_assert_true (gtk_widget_get_visible (redirect));
  GtkWidget *server_error = find_chip (fixture->window, "Server error 5xx", &count);
  g_assert_cmpint (count, ==, 0);
  g_assert_false (gtk_widget_get_visible (server_error));

  /* From a filter of the user's to one chip, to another, and back to the user's. */
  g_assert_true (lec_document_set_filter (fixture->document, "tcp", NULL));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (redirect), TRUE);
  g_assert_nonnull (strstr (lec_document_filter_text (fixture->document), "http.response.code >= 300"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (server_error), TRUE);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (redirect)));
  g_assert_nonnull (strstr (lec_document_filter_text (fixture->document), "http.response.code >= 500"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (server_error), FALSE);
  g_assert_cmpstr (lec_document_filter_text (fixture->document), ==, "tcp");

  /* One that was typed by hand has nothing to go back to. */
  g_assert_true (
      lec_document_set_filter (fixture->document, "http.response.code >= 500 and http.response.code < 600", NULL));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (server_error)));
  g_assert_true (gtk_widget_get_visible (server_error));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (server_error), FALSE);
  g_assert_cmpstr (lec_document_filter_text (fixture->document), ==, "");
  g_assert_false (gtk_widget_get_visible (server_error));
}

static void
looks_overlay (Fixture *fixture, gconstpointer sample)
{
  g_autoptr (LecColorRules) rules = new_rules ();
  g_autoptr (LecColorPainter) painter = lec_color_painter_new (rules, fixture->session);
  LecOperation *operation = lec_index_operation (lec_session_index (fixture->session), find_operation (fixture, 302));
  uint32_t frame = atomic_load (&operation->response.first_frame);
  const LecColorLook *look = lec_color_painter_look (painter, frame);
  g_assert_cmpstr (look->sign, ==, "lectern-redirect-symbolic");
  g_assert_cmpstr (look->classes[0], ==, "look-text-redirect");
  g_assert_cmpstr (look->classes[1], ==, "look-tint-redirect");
  g_assert_null (look->classes[2]);

  /* A rule before it that only says "bold" leaves the rest to it; one that gives a tint takes that away. */
  LecColorRule *bold = g_new0 (LecColorRule, 1);
  bold->name = g_strdup ("All HTTP");
  bold->filter = g_strdup ("http");
  bold->bold = bold->on = TRUE;
  lec_color_rules_set (rules, lec_color_rules_n_rules (rules), bold);
  lec_color_rules_move (rules, lec_color_rules_n_rules (rules) - 1, 0);
  look = lec_color_painter_look (painter, frame);
  g_assert_true (g_strv_contains (look->classes, "look-text-redirect"));
  g_assert_true (g_strv_contains (look->classes, "look-bold"));
  g_assert_cmpstr (look->label, ==, "All HTTP; Redirect 3xx");
  LecColorRule *tint = lec_color_rule_copy (lec_color_rules_get (rules, 0));
  tint->tint[LEC_COLOR_LIGHT] = g_strdup ("#ffffff");
  lec_color_rules_set (rules, 0, tint);
  look = lec_color_painter_look (painter, frame);
  g_assert_true (g_strv_contains (look->classes, "look-tint-all-http"));
  g_assert_true (g_strv_contains (look->classes, "look-text-redirect"));
}

/* Who hears of a change before the painter could have must not get the former rules' look. */
static void
ask_while_told (LecColorRules *rules, gpointer data)
{
  gpointer *asked = data;
  uint32_t frame = GPOINTER_TO_UINT (asked[1]);
  asked[2] = (gpointer) lec_color_painter_look (asked[0], frame)->sign;
}

static void
looks_follow_the_rules (Fixture *fixture, gconstpointer sample)
{
  g_autoptr (LecColorRules) rules = new_rules ();
  LecOperation *operation = lec_index_operation (lec_session_index (fixture->session), find_operation (fixture, 302));
  gpointer asked[3] = { NULL, GUINT_TO_POINTER (atomic_load (&operation->response.first_frame)), NULL };
  g_signal_connect (rules, "changed", G_CALLBACK (ask_while_told), asked);
  g_autoptr (LecColorPainter) painter = lec_color_painter_new (rules, fixture->session);
  asked[0] = painter;
  lec_color_rules_move (rules, lec_color_rules_n_rules (rules) - 1, 0);
  g_assert_cmpstr (asked[2], ==, "lectern-redirect-symbolic");
  lec_color_rules_move (rules, 2, 5);
  g_assert_cmpstr (asked[2], ==, "lectern-redirect-symbolic");
}

static void
texts_are_cut_and_made_valid (void)
{
  g_autofree char *whole = lec_pane_dup_short ("Grüße");
  g_assert_cmpstr (whole, ==, "Grüße");
  /* A lead byte at the very end announces bytes that do not come. */
  g_autofree char *broken = lec_pane_dup_short ("GET /\xf0");
  g_assert_true (g_utf8_validate (broken, -1, NULL));
  g_assert_true (g_str_has_prefix (broken, "GET /"));
  g_autofree char *megabytes = g_strnfill (2 * 1024 * 1024, 'x');
  g_autofree char *cut = lec_pane_dup_short (megabytes);
  g_assert_cmpuint (strlen (cut), <, 2000);
  g_assert_true (g_str_has_suffix (cut, "…"));
}

static int
font_size (GtkWidget *widget)
{
  return pango_font_description_get_size (pango_context_get_font_description (gtk_widget_get_pango_context (widget)));
}

static void
style_follows_the_settings (void)
{
  g_autoptr (GSettings) settings = lec_paths_settings ();
  GtkWidget *before = gtk_window_new ();
  g_autoptr (LecStyle) style = lec_style_new (settings, gdk_display_get_default ());
  GtkWidget *after = gtk_window_new ();
  GtkWidget *windows[] = { before, after };
  gboolean prefers_dark = FALSE;
  g_settings_set_string (settings, "appearance", "dark");
  g_settings_set_int (settings, "zoom", 200);
  g_object_get (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", &prefers_dark, NULL);
  g_assert_true (prefers_dark);
  for (unsigned i = 0; i < G_N_ELEMENTS (windows); i++) {
    g_assert_true (gtk_widget_has_css_class (windows[i], "dark"));
    g_assert_true (gtk_widget_has_css_class (windows[i], "zoom-200"));
  }
  GtkWidget *large = gtk_window_new ();
  int large_size = font_size (large);
  g_settings_reset (settings, "zoom");
  g_settings_set_string (settings, "appearance", "light");
  GtkWidget *normal = gtk_window_new ();
  g_assert_cmpint (ABS (large_size - 2 * font_size (normal)), <=, 2); /* rounded: Pango counts 1024ths of a pixel */
  g_object_get (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", &prefers_dark, NULL);
  g_assert_false (prefers_dark);
  g_assert_false (gtk_widget_has_css_class (large, "dark"));
  g_assert_false (gtk_widget_has_css_class (large, "zoom-200"));
  g_settings_reset (settings, "appearance");
  gtk_window_destroy (GTK_WINDOW (before));
  gtk_window_destroy (GTK_WINDOW (after));
  gtk_window_destroy (GTK_WINDOW (large));
  gtk_window_destroy (GTK_WINDOW (normal));
}

#define ADD(name, up, test) g_test_add (name, Fixture, "redirect.pcap", up, test, tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  ADD ("/panes/field-marks-exactly-its-bytes", set_up_panes, field_marks_exactly_its_bytes);
  ADD ("/panes/bytes-find-the-field", set_up_panes, bytes_find_the_field);
  ADD ("/panes/selected-field-stays", set_up_panes, selected_field_stays);
  ADD ("/panes/paths-lead-back", set_up_panes, paths_lead_back);
  ADD ("/panes/operation-shows-both-sides", set_up_panes, operation_shows_both_sides);
  ADD ("/panes/field-menu-acts-on-the-field", set_up_panes, field_menu_acts_on_the_field);
  ADD ("/legend/counts-and-filters", set_up, legend_counts_and_filters);
  ADD ("/color-painter/looks-overlay", set_up, looks_overlay);
  ADD ("/color-painter/looks-follow-the-rules", set_up, looks_follow_the_rules);
  ADD ("/panes/explanation-has-three-lines", set_up_panes, explanation_has_three_lines);
  ADD ("/panes/names-have-room", set_up_panes, names_have_room);
  g_test_add_func ("/pane-parts/texts-are-cut-and-made-valid", texts_are_cut_and_made_valid);
  g_test_add_func ("/style/follows-the-settings", style_follows_the_settings);
  return g_test_run ();
}
