#include "app/panes.h"

#include "app/byte-pane.h"
#include "app/color-rules.h"
#include "app/conversation-pane.h"
#include "app/details-pane.h"
#include "app/find-places.h"
#include "app/mnemonic.h"
#include "app/paths.h"
#include "app/problems-pane.h"
#include "app/split.h"
#include "app/stack-pane.h"
#include "app/text-pane.h"
#include "app/why-pane.h"
#include "base/text.h"
#include "session/operation-text.h"

#include <glib/gi18n-lib.h>

enum { TAB_WHY, TAB_BYTES, TAB_TEXT, TAB_CONVERSATION };

/* A row is one message, or an operation with two: its request and its response. The trees are asked for one after the
 * other, first the one that is read first. */
struct _LecPanes {
  GtkWidget parent;
  GSettings *settings;
  LecDocument *document;    /* or NULL */
  LecColorRules *rules;     /* or NULL until it is set */
  LecColorPainter *painter; /* the rules for the document's session; NULL without one of them */
  GtkWidget *hidden;        /* says that the filter hides what is shown */
  GtkLabel *hidden_text;
  GtkWidget *hidden_button;
  unsigned frames_to_scroll; /* until the problems have their place */
  GtkWidget *scroller;       /* where large text needs more room than there is */
  GtkWidget *most, *outer, *inner;
  GtkWidget *stack_part, *details_part, *tabs, *problems_part;
  LecStackPane *stack;
  LecDetailsPane *details;
  LecWhyPane *why;
  LecBytePane *bytes;
  LecTextPane *text;
  LecProblemsPane *problems;
  LecConversationPane *conversation;
  LecRow row;
  gboolean has_row;
  uint32_t frames[2];          /* of the two sides, 0 = there is none */
  LecSharedTree *trees[2];     /* as they come */
  GArray *parts;               /* frames of the row's operation, or NULL */
  unsigned side;               /* whose tree details and bytes show */
  gboolean selecting_bytes;    /* the user is at it: their selection stays */
  LecFindPlaces *places;       /* those stepped through last, or NULL */
  LecFindQuery *awaited_query; /* to be found in this frame once it is shown, or NULL */
  uint32_t awaited_frame;
  gboolean awaited_forward;
  LecSessionState shown_state; /* of the session, when the row was shown */
  uint32_t shown_facts;        /* its facts_generation, when the why pane was filled */
};

G_DEFINE_FINAL_TYPE (LecPanes, lec_panes, GTK_TYPE_WIDGET)

enum { PROP_DOCUMENT = 1, PROP_RULES, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

enum { PLACE_FOUND, N_SIGNALS };
static guint signals[N_SIGNALS];

static LecSession *
current_session (LecPanes *panes)
{
  return panes->document != NULL ? lec_document_session (panes->document) : NULL;
}

/* What the panes tell each other. */

static void
field_selected (LecPanes *panes, int node)
{
  lec_byte_pane_set_node (panes->bytes, node, panes->selecting_bytes);
  lec_stack_pane_mark (panes->stack, panes->side, node);
}

/* The innermost field that holds all LENGTH bytes. */
static int32_t
find_range (const LecTree *tree, unsigned source, uint32_t offset, uint32_t length)
{
  int32_t node = lec_tree_find_byte (tree, source, offset);
  while (node >= 0) {
    const LecTreeNode *at = lec_tree_node (tree, (unsigned) node);
    uint32_t start, bytes;
    lec_details_bytes (&at->span, &start, &bytes);
    if (at->span.source == source && start <= offset && (uint64_t) start + bytes >= (uint64_t) offset + length)
      break;
    node = at->parent;
  }
  return node;
}

static void
bytes_selected (LecPanes *panes, unsigned source, unsigned offset, unsigned length)
{
  if (panes->trees[panes->side] == NULL)
    return;
  panes->selecting_bytes = TRUE;
  lec_details_pane_select (panes->details,
                           find_range (lec_shared_tree_get (panes->trees[panes->side]), source, offset, length));
  panes->selecting_bytes = FALSE;
}

static void
show_side (LecPanes *panes, unsigned side)
{
  LecSharedTree *shared = panes->trees[side];
  panes->side = side;
  lec_byte_pane_set_tree (panes->bytes, shared);
  lec_text_pane_set_tree (panes->text, shared != NULL ? lec_shared_tree_get (shared) : NULL);
  lec_details_pane_set_tree (panes->details, shared);
}

static void
layer_selected (LecPanes *panes, unsigned side, int node)
{
  if (side != panes->side)
    show_side (panes, side);
  lec_details_pane_select (panes->details, node);
}

/* Finding. */

uint32_t
lec_panes_shown_frame (LecPanes *panes)
{
  LecSharedTree *shared = panes->trees[panes->side];
  return shared != NULL ? lec_tree_frame (lec_shared_tree_get (shared)) : 0;
}

static void
show_place (LecPanes *panes, const LecFindPlace *place)
{
  if (place->node >= 0) {
    gtk_widget_set_visible (panes->details_part, TRUE);
    lec_details_pane_select (panes->details, place->node);
  } else {
    gtk_widget_set_visible (panes->tabs, TRUE);
    gtk_notebook_set_current_page (GTK_NOTEBOOK (panes->tabs), TAB_BYTES);
    lec_byte_pane_select (panes->bytes, place->source, place->offset, place->length);
  }
  g_signal_emit (panes, signals[PLACE_FOUND], 0, lec_find_places_current (panes->places),
                 lec_find_places_count (panes->places));
}

gboolean
lec_panes_find (LecPanes *panes, LecFindQuery *query, gboolean forward)
{
  LecSharedTree *shared = panes->trees[panes->side];
  if (shared == NULL)
    return FALSE;
  if (!lec_find_places_are_of (panes->places, query, shared)) {
    LecFindPlaces *former = panes->places;
    panes->places = lec_find_places_new (query, shared);
    lec_find_places_continue (panes->places, former);
    lec_find_places_free (former);
  }
  const LecFindPlace *place = lec_find_places_step (panes->places, forward);
  if (place != NULL)
    show_place (panes, place);
  return place != NULL;
}

static void
find_awaited (LecPanes *panes)
{
  if (panes->awaited_query == NULL || lec_panes_shown_frame (panes) != panes->awaited_frame)
    return;
  g_autoptr (LecFindQuery) query = g_steal_pointer (&panes->awaited_query);
  g_clear_pointer (&panes->places, lec_find_places_free);
  lec_panes_find (panes, query, panes->awaited_forward);
}

void
lec_panes_find_in_frame (LecPanes *panes, LecFindQuery *query, uint32_t frame, gboolean forward)
{
  g_clear_pointer (&panes->awaited_query, lec_find_query_unref);
  panes->awaited_query = lec_find_query_ref (query);
  panes->awaited_frame = frame;
  panes->awaited_forward = forward;
  find_awaited (panes);
}

/* Trees. */

static void request_tree (LecPanes *panes, unsigned side);

/* It has no tree, or one that does not say yet how the conversation stands. */
static gboolean
is_waiting (LecPanes *panes, unsigned side)
{
  LecSharedTree *shared = panes->trees[side];
  return panes->frames[side] != 0 && (shared == NULL || lec_tree_lacks_replay (lec_shared_tree_get (shared)));
}

static void
tree_done (LecSession *session, LecTree *tree, void *data)
{
  LecPanes *panes = data;
  g_autoptr (LecSharedTree) shared = lec_shared_tree_new (tree);
  uint32_t frame = lec_tree_frame (tree);
  gboolean whole = !lec_tree_lacks_replay (tree);
  /* The first side that still waits for this frame: both may begin in one. */
  unsigned side = panes->frames[panes->side] == frame && is_waiting (panes, panes->side) ? panes->side : !panes->side;
  if (session != current_session (panes) || panes->frames[side] != frame)
    return;
  g_set_object (&panes->trees[side], shared);
  lec_stack_pane_set_trees (panes->stack, panes->trees, panes->has_row && panes->row.kind == LEC_ROW_OPERATION);
  if (side == panes->side)
    show_side (panes, side);
  find_awaited (panes);
  /* Asking for the other one puts an end to what this one still waits for; that comes with the other, too. */
  if (is_waiting (panes, !side) && (whole || panes->trees[!side] == NULL))
    request_tree (panes, !side);
}

static void
request_tree (LecPanes *panes, unsigned side)
{
  lec_session_request_tree (current_session (panes), panes->frames[side],
                            lec_document_absolute_sequence_numbers (panes->document), tree_done, panes);
}

/* The rules that mark the row in the list. */
static GPtrArray *
find_marks (LecPanes *panes)
{
  GPtrArray *marks = g_ptr_array_new ();
  LecIndex *index = lec_session_index (current_session (panes));
  uint32_t frame = panes->row.kind == LEC_ROW_OPERATION ? lec_operation_representative (index, panes->row.operation)
                                                        : panes->row.frame;
  const LecColorLook *look = panes->painter != NULL && lec_document_color_rules_enabled (panes->document)
                                 ? lec_color_painter_look (panes->painter, frame)
                                 : NULL;
  for (unsigned i = 0; look != NULL && i < lec_color_rules_n_rules (panes->rules); i++)
    if (look->rules & (G_GUINT64_CONSTANT (1) << i))
      g_ptr_array_add (marks, (gpointer) lec_color_rules_get (panes->rules, i));
  return marks;
}

static void
show_why (LecPanes *panes)
{
  g_autoptr (GPtrArray) marks = find_marks (panes);
  panes->shown_facts = lec_session_facts_generation (current_session (panes));
  lec_why_pane_show (panes->why, current_session (panes), &panes->row, panes->parts, marks);
}

static void
frames_done (LecSession *session, uint32_t operation, GArray *frames, void *data)
{
  LecPanes *panes = data;
  if (session != current_session (panes) || !panes->has_row || panes->row.operation != operation) {
    g_array_unref (frames);
    return;
  }
  g_clear_pointer (&panes->parts, g_array_unref);
  panes->parts = frames;
  show_why (panes);
}

/* Rows. */

static void
find_sides (LecPanes *panes)
{
  panes->frames[0] = panes->row.frame;
  panes->frames[1] = 0;
  panes->side = 0;
  if (panes->row.kind != LEC_ROW_OPERATION || panes->row.operation == G_MAXUINT32)
    return;
  LecOperation *operation = lec_index_operation (lec_session_index (current_session (panes)), panes->row.operation);
  panes->frames[0] = atomic_load_explicit (&operation->request.first_frame, memory_order_relaxed);
  panes->frames[1] = atomic_load_explicit (&operation->response.first_frame, memory_order_relaxed);
  if (panes->frames[0] == 0 && panes->frames[1] == 0)
    panes->frames[0] = panes->row.frame;
  panes->side = panes->frames[1] != 0;
}

static void
forget_row (LecPanes *panes)
{
  panes->has_row = FALSE;
  panes->frames[0] = panes->frames[1] = 0;
  g_clear_object (&panes->trees[0]);
  g_clear_object (&panes->trees[1]);
  g_clear_pointer (&panes->parts, g_array_unref);
}

/* The former row's trees stay on screen until the new one's come: nothing flickers. */
static void
show_row (LecPanes *panes, const LecRow *row)
{
  LecSession *session = current_session (panes);
  forget_row (panes);
  if (session == NULL || row == NULL) {
    lec_stack_pane_set_trees (panes->stack, panes->trees, FALSE);
    show_side (panes, 0);
    lec_why_pane_show (panes->why, NULL, NULL, NULL, NULL);
    lec_conversation_pane_show (panes->conversation, session, 0);
    return;
  }
  panes->has_row = TRUE;
  panes->row = *row;
  panes->shown_state = lec_session_state (session);
  find_sides (panes);
  request_tree (panes, panes->side);
  show_why (panes);
  lec_conversation_pane_show (panes->conversation, session, row->frame);
  if (row->kind != LEC_ROW_FRAME && row->operation != G_MAXUINT32)
    lec_session_request_frames (session, row->operation, frames_done, panes);
}

static void
hidden_changed (LecPanes *panes)
{
  gboolean hidden = panes->document != NULL && lec_document_selected_is_hidden (panes->document);
  gtk_widget_set_visible (panes->hidden, hidden);
  if (!hidden)
    return;
  uint32_t frame = lec_document_selected (panes->document)->frame;
  g_autofree char *text = lec_dup_text (_ ("Frame %'u is hidden by the filter."), frame);
  gtk_label_set_text (panes->hidden_text, text);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (panes->hidden_button), "u", frame);
}

static void
document_selected (LecPanes *panes)
{
  show_row (panes, lec_document_selected (panes->document));
}

/* Later frames may have changed what is to be said: look again once all is read. */
static void
document_changed (LecPanes *panes)
{
  LecSession *session = current_session (panes);
  if (panes->has_row && panes->shown_state == LEC_SESSION_LOADING &&
      lec_session_state (session) != LEC_SESSION_LOADING) {
    LecRow row = panes->row;
    show_row (panes, &row);
  } else if (panes->has_row && lec_why_pane_is_incomplete (panes->why) &&
             lec_session_facts_generation (session) != panes->shown_facts) {
    show_why (panes);
  }
}

static void
set_document (LecPanes *panes, LecDocument *document)
{
  if (document == panes->document)
    return;
  if (panes->document != NULL)
    g_signal_handlers_disconnect_by_data (panes->document, panes);
  g_clear_pointer (&panes->painter, lec_color_painter_free);
  g_set_object (&panes->document, document);
  if (document != NULL) {
    if (panes->rules != NULL)
      panes->painter = lec_color_painter_new (panes->rules, lec_document_session (document));
    g_signal_connect_swapped (document, "selected", G_CALLBACK (document_selected), panes);
    g_signal_connect_swapped (document, "hidden-changed", G_CALLBACK (hidden_changed), panes);
    g_signal_connect_swapped (document, "options-changed", G_CALLBACK (document_selected), panes);
    g_signal_connect_swapped (document, "changed", G_CALLBACK (document_changed), panes);
  }
  show_row (panes, document != NULL ? lec_document_selected (document) : NULL);
  hidden_changed (panes);
}

static void
rules_changed (LecPanes *panes)
{
  if (panes->has_row)
    show_why (panes);
}

/* Before the document, of which they are asked. */
static void
set_rules (LecPanes *panes, LecColorRules *rules)
{
  if (panes->rules != NULL)
    g_signal_handlers_disconnect_by_data (panes->rules, panes);
  g_set_object (&panes->rules, rules);
  if (rules != NULL)
    g_signal_connect_swapped (rules, "changed", G_CALLBACK (rules_changed), panes);
}

/* What is shown. A pane that is alone stays: the window hides all of them at once. */

static void
parts_changed (LecPanes *panes)
{
  gboolean details = gtk_widget_get_visible (panes->details_part);
  gboolean tabs = gtk_widget_get_visible (panes->tabs);
  gboolean stack = gtk_widget_get_visible (panes->stack_part);
  gtk_widget_set_visible (panes->inner, details || tabs);
  gtk_widget_set_visible (panes->outer, details || tabs || stack);
  if (!details && !tabs && !stack && !gtk_widget_get_visible (panes->problems_part))
    gtk_widget_set_visible (panes->details_part, TRUE);
}

static void
remember (LecPanes *panes)
{
  const struct {
    const char *key;
    GtkWidget *part;
  } parts[] = { { "stack-visible", panes->stack_part },
                { "details-visible", panes->details_part },
                { "tabs-visible", panes->tabs },
                { "problems-visible", panes->problems_part } };
  panes->settings = lec_paths_settings ();
  g_settings_bind (panes->settings, "stack-width", panes->outer, "size", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (panes->settings, "details-share", panes->inner, "size", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (panes->settings, "problems-width", panes->most, "size", G_SETTINGS_BIND_DEFAULT);
  for (unsigned i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_signal_connect_swapped (parts[i].part, "notify::visible", G_CALLBACK (parts_changed), panes);
    g_settings_bind (panes->settings, parts[i].key, parts[i].part, "visible", G_SETTINGS_BIND_DEFAULT);
  }
}

static void
toggle (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LecPanes *panes = LEC_PANES (widget);
  GtkWidget *part = g_str_has_suffix (name, "stack")     ? panes->stack_part
                    : g_str_has_suffix (name, "details") ? panes->details_part
                                                         : panes->tabs;
  gtk_widget_set_visible (part, !gtk_widget_get_visible (part));
}

static void
focus_details (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LecPanes *panes = LEC_PANES (widget);
  gtk_widget_set_visible (panes->details_part, TRUE);
  lec_details_pane_grab_focus (panes->details);
}

static void
show_tab (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LecPanes *panes = LEC_PANES (widget);
  gtk_widget_set_visible (panes->tabs, TRUE);
  gtk_notebook_set_current_page (GTK_NOTEBOOK (panes->tabs), g_variant_get_int32 (parameter));
}

/* Making it. */

/* A notebook's page can be chosen only inside a window: it looks there for the focus. */
static void
lec_panes_root (GtkWidget *widget)
{
  LecPanes *panes = LEC_PANES (widget);
  GTK_WIDGET_CLASS (lec_panes_parent_class)->root (widget);
  g_settings_bind (panes->settings, "open-tab", panes->tabs, "page", G_SETTINGS_BIND_DEFAULT);
}

static void
lec_panes_unroot (GtkWidget *widget)
{
  g_settings_unbind (LEC_PANES (widget)->tabs, "page");
  GTK_WIDGET_CLASS (lec_panes_parent_class)->unroot (widget);
}

static void
lec_panes_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  if (property == PROP_DOCUMENT)
    set_document (LEC_PANES (object), g_value_get_object (value));
  else if (property == PROP_RULES)
    set_rules (LEC_PANES (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
lec_panes_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  if (property == PROP_DOCUMENT)
    g_value_set_object (value, LEC_PANES (object)->document);
  else if (property == PROP_RULES)
    g_value_set_object (value, LEC_PANES (object)->rules);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
lec_panes_dispose (GObject *object)
{
  LecPanes *panes = LEC_PANES (object);
  if (panes->document != NULL)
    g_signal_handlers_disconnect_by_data (panes->document, panes);
  set_rules (panes, NULL);
  g_clear_pointer (&panes->painter, lec_color_painter_free);
  g_clear_object (&panes->document);
  forget_row (panes);
  g_clear_pointer (&panes->places, lec_find_places_free);
  g_clear_pointer (&panes->awaited_query, lec_find_query_unref);
  g_clear_object (&panes->settings);
  g_clear_pointer (&panes->hidden, gtk_widget_unparent);
  g_clear_pointer (&panes->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (lec_panes_parent_class)->dispose (object);
}

/* The keys hold in the whole window, not only where the focus is in the panes. */
static void
add_shortcuts (LecPanes *panes)
{
  static const struct {
    const char *key;
    const char *action;
    int page; /* −1 = no argument */
  } shortcuts[] = {
    { "<Control>1", "panes.toggle-stack", -1 },   { "<Control>2", "panes.toggle-details", -1 },
    { "<Control>3", "panes.toggle-tabs", -1 },    { "<Control>d", "panes.focus-details", -1 },
    { "<Control>4", "panes.show-tab", TAB_WHY },  { "<Control>5", "panes.show-tab", TAB_BYTES },
    { "<Control>6", "panes.show-tab", TAB_TEXT }, { "<Control>8", "panes.show-tab", TAB_CONVERSATION },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (unsigned i = 0; i < G_N_ELEMENTS (shortcuts); i++) {
    GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (shortcuts[i].key),
                                              gtk_named_action_new (shortcuts[i].action));
    if (shortcuts[i].page >= 0)
      gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (shortcuts[i].page));
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
  }
  gtk_widget_add_controller (GTK_WIDGET (panes), controller);
}

static void
lec_panes_class_init (LecPanesClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  const struct {
    const char *name;
    gssize offset;
  } children[] = {
    { "hidden", G_STRUCT_OFFSET (LecPanes, hidden) },
    { "hidden_text", G_STRUCT_OFFSET (LecPanes, hidden_text) },
    { "hidden_button", G_STRUCT_OFFSET (LecPanes, hidden_button) },
    { "scroller", G_STRUCT_OFFSET (LecPanes, scroller) },
    { "most", G_STRUCT_OFFSET (LecPanes, most) },
    { "outer", G_STRUCT_OFFSET (LecPanes, outer) },
    { "inner", G_STRUCT_OFFSET (LecPanes, inner) },
    { "stack_part", G_STRUCT_OFFSET (LecPanes, stack_part) },
    { "details_part", G_STRUCT_OFFSET (LecPanes, details_part) },
    { "tabs", G_STRUCT_OFFSET (LecPanes, tabs) },
    { "problems_part", G_STRUCT_OFFSET (LecPanes, problems_part) },
    { "stack", G_STRUCT_OFFSET (LecPanes, stack) },
    { "details", G_STRUCT_OFFSET (LecPanes, details) },
    { "why", G_STRUCT_OFFSET (LecPanes, why) },
    { "bytes", G_STRUCT_OFFSET (LecPanes, bytes) },
    { "text", G_STRUCT_OFFSET (LecPanes, text) },
    { "problems", G_STRUCT_OFFSET (LecPanes, problems) },
    { "conversation", G_STRUCT_OFFSET (LecPanes, conversation) },
  };
  object_class->set_property = lec_panes_set_property;
  object_class->get_property = lec_panes_get_property;
  object_class->dispose = lec_panes_dispose;
  widget_class->root = lec_panes_root;
  widget_class->unroot = lec_panes_unroot;
  properties[PROP_DOCUMENT] =
      g_param_spec_object ("document", NULL, NULL, LEC_TYPE_DOCUMENT, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_RULES] =
      g_param_spec_object ("rules", NULL, NULL, LEC_TYPE_COLOR_RULES, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[PLACE_FOUND] = g_signal_new ("place-found", LEC_TYPE_PANES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  g_type_ensure (LEC_TYPE_SPLIT);
  g_type_ensure (LEC_TYPE_STACK_PANE);
  g_type_ensure (LEC_TYPE_DETAILS_PANE);
  g_type_ensure (LEC_TYPE_WHY_PANE);
  g_type_ensure (LEC_TYPE_BYTE_PANE);
  g_type_ensure (LEC_TYPE_TEXT_PANE);
  g_type_ensure (LEC_TYPE_PROBLEMS_PANE);
  g_type_ensure (LEC_TYPE_CONVERSATION_PANE);
  gtk_widget_class_set_css_name (widget_class, "panes");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/lectern/Lectern/panes.ui");
  for (unsigned i = 0; i < G_N_ELEMENTS (children); i++)
    gtk_widget_class_bind_template_child_full (widget_class, children[i].name, FALSE, children[i].offset);
  gtk_widget_class_bind_template_callback (widget_class, field_selected);
  gtk_widget_class_bind_template_callback (widget_class, bytes_selected);
  gtk_widget_class_bind_template_callback (widget_class, layer_selected);
  gtk_widget_class_install_action (widget_class, "panes.toggle-stack", NULL, toggle);
  gtk_widget_class_install_action (widget_class, "panes.toggle-details", NULL, toggle);
  gtk_widget_class_install_action (widget_class, "panes.toggle-tabs", NULL, toggle);
  gtk_widget_class_install_action (widget_class, "panes.focus-details", NULL, focus_details);
  gtk_widget_class_install_action (widget_class, "panes.show-tab", "i", show_tab);
}

static void
lec_panes_init (LecPanes *panes)
{
  gtk_widget_init_template (GTK_WIDGET (panes));
  lec_mnemonic_name (panes->hidden_button);
  remember (panes);
  add_shortcuts (panes);
}

/* Large text needs more room than there is, and the problems are at the far end of it. */
static gboolean
scroll_to_problems (GtkWidget *part, GdkFrameClock *clock, void *data)
{
  LecPanes *panes = data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (panes->scroller));

  /* Where it is shown only now, its place is found at the end of this frame. */
  if (panes->frames_to_scroll > 0) {
    panes->frames_to_scroll--;
    return G_SOURCE_CONTINUE;
  }
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  return G_SOURCE_REMOVE;
}

void
lec_panes_focus_problems (LecPanes *panes)
{
  lec_problems_pane_grab_focus (panes->problems);
  panes->frames_to_scroll = 2;
  gtk_widget_add_tick_callback (panes->problems_part, scroll_to_problems, panes, NULL);
}
