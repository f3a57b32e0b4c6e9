#include "app/find-bar.h"
#include "base/text.h"

#include <glib/gi18n-lib.h>

struct _LecFindBar {
  GtkWidget parent;
  GtkWidget *box;
  GtkEntry *entry;
  GtkDropDown *where; /* its items are in the order of LecFindWhere */
  GtkLabel *outcome;
  LecMessageList *list; /* borrowed */
  LecPanes *panes;      /* likewise */
  LecDocument *document;
  LecSearch *search;
  LecFindQuery *query;     /* what was looked for last, where that is no expression; or NULL */
  guint selected_position; /* where the step began */
  gboolean looking;        /* a step is on its way */
  gboolean wrapped;        /* the last one went round the end */
  gboolean forward;
  gboolean found;
  unsigned place, n_places; /* in the shown message; 0 = none */
};

G_DEFINE_FINAL_TYPE (LecFindBar, lec_find_bar, GTK_TYPE_WIDGET)

static LecFindWhere
chosen_where (LecFindBar *self)
{
  return (LecFindWhere) gtk_drop_down_get_selected (self->where);
}

/* The outcome. */

static void
append_part (GString *text, char *part)
{
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
  g_free (part);
}

static void
append_count (LecFindBar *self, GString *text)
{
  uint32_t count = lec_search_count (self->search);

  if (lec_search_is_finished (self->search))
    append_part (text, lec_dup_text (ngettext ("%'u frame matches", "%'u frames match", count), count));
  else
    append_part (text, lec_dup_text (ngettext ("%'u frame so far", "%'u frames so far", count), count));
}

static void
tell_outcome (LecFindBar *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->looking)
    append_part (text, g_strdup (_ ("Looking…")));
  else if (!self->found)
    append_part (text, g_strdup (lec_search_count (self->search) ? _ ("No further match") : _ ("Nothing found")));
  else if (self->wrapped)
    append_part (text, g_strdup (self->forward ? _ ("From the beginning again") : _ ("From the end again")));
  if (self->found && self->n_places > 0)
    append_part (text, lec_dup_text (_ ("%'u of %'u in this message"), self->place, self->n_places));
  if (self->looking || self->found)
    append_count (self, text);
  gtk_label_set_text (self->outcome, text->str);
}

/* Finding. */

/* A match counts where a row shows it. A row of messages is gone to once, whichever of its frames match. */
static gboolean
accept_frame (uint32_t frame, void *data)
{
  LecFindBar *self = data;
  const LecRowList *rows = lec_message_list_rows (self->list);
  uint32_t position = rows ? lec_row_list_find (rows, frame) : G_MAXUINT32;

  return position != G_MAXUINT32 && (chosen_where (self) != LEC_FIND_ROWS || position != self->selected_position);
}

static void
frame_found (uint32_t frame, gboolean wrapped, void *data)
{
  LecFindBar *self = data;

  self->looking = FALSE;
  self->found = frame != 0;
  self->wrapped = wrapped;
  self->n_places = 0;
  if (frame != 0 && chosen_where (self) == LEC_FIND_ROWS) {
    lec_message_list_show_frame (self->list, frame, FALSE);
  } else if (frame != 0) {
    lec_message_list_reveal_frame (self->list, frame);
    lec_panes_find_in_frame (self->panes, self->query, frame, self->forward);
  }
  tell_outcome (self);
}

static void
matches_counted (void *data)
{
  tell_outcome (data);
}

static void
place_found (LecFindBar *self, unsigned place, unsigned n_places)
{
  self->place = place;
  self->n_places = n_places;
  self->found = TRUE;
  tell_outcome (self);
}

/* The query that stands for TEXT, the same as long as that is the same. */
static LecFindQuery *
query_of (LecFindBar *self, const char *text)
{
  LecFindWhere where = chosen_where (self);

  if (self->query == NULL || lec_find_query_where (self->query) != where ||
      !g_str_equal (lec_find_query_text (self->query), text)) {
    g_clear_pointer (&self->query, lec_find_query_unref);
    self->query = lec_find_query_new (where, text);
  }
  return self->query;
}

/* The frame from which the step goes on. */
static uint32_t
starting_frame (LecFindBar *self, gboolean forward)
{
  const LecRow *selected = self->document ? lec_document_selected (self->document) : NULL;
  uint32_t shown = chosen_where (self) == LEC_FIND_ROWS ? 0 : lec_panes_shown_frame (self->panes);

  if (shown != 0)
    return shown;
  return selected ? selected->frame : forward ? 0 : G_MAXUINT32;
}

void
lec_find_bar_step (LecFindBar *self, gboolean forward)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (!self->search || !*text) {
    lec_find_bar_open (self);
    return;
  }
  uint32_t from = starting_frame (self, forward);
  if (chosen_where (self) != LEC_FIND_ROWS || !lec_search_set (self->search, text, from))
    lec_search_set_query (self->search, query_of (self, text), from);
  self->selected_position = lec_message_list_selected (self->list);
  self->forward = forward;
  self->wrapped = FALSE;
  /* First where we are. */
  if (chosen_where (self) != LEC_FIND_ROWS && lec_panes_find (self->panes, self->query, forward)) {
    self->looking = FALSE;
    tell_outcome (self);
    return;
  }
  self->looking = TRUE;
  self->found = FALSE;
  tell_outcome (self);
  lec_search_step (self->search, from, forward);
}

static void
where_chosen (LecFindBar *self)
{
  static const char *const hints[] = {
    [LEC_FIND_ROWS] = N_ ("Text, or a filter expression"),
    [LEC_FIND_DETAILS] = N_ ("Text in fields and their values"),
    [LEC_FIND_BYTES] = N_ ("Text, or bytes such as 0d 0a"),
  };

  gtk_entry_set_placeholder_text (self->entry, _ (hints[chosen_where (self)]));
  gtk_label_set_text (self->outcome, "");
}

static void
step_forward (LecFindBar *self)
{
  lec_find_bar_step (self, TRUE);
}

static void
step_back (LecFindBar *self)
{
  lec_find_bar_step (self, FALSE);
}

static void
close_bar (LecFindBar *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  lec_message_list_take_focus (self->list);
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, LecFindBar *self)
{
  if (key == GDK_KEY_Escape) {
    close_bar (self);
    return TRUE;
  }
  if ((key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) && (modifiers & GDK_SHIFT_MASK)) {
    step_back (self);
    return TRUE;
  }
  return FALSE;
}

void
lec_find_bar_open (LecFindBar *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

void
lec_find_bar_find (LecFindBar *self, const char *expression)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), expression);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  lec_find_bar_step (self, TRUE);
}

void
lec_find_bar_set_list (LecFindBar *self, LecMessageList *list)
{
  self->list = list;
}

void
lec_find_bar_set_panes (LecFindBar *self, LecPanes *panes)
{
  self->panes = panes;
  g_signal_connect_object (panes, "place-found", G_CALLBACK (place_found), self, G_CONNECT_SWAPPED);
}

void
lec_find_bar_set_document (LecFindBar *self, LecDocument *document)
{
  g_clear_pointer (&self->search, lec_search_free);
  self->document = document;
  if (document) {
    self->search = lec_search_new (document, accept_frame, frame_found, self);
    lec_search_set_endless (self->search, matches_counted);
  }
  gtk_label_set_text (self->outcome, "");
}

static void
lec_find_bar_dispose (GObject *object)
{
  LecFindBar *self = LEC_FIND_BAR (object);

  g_clear_pointer (&self->search, lec_search_free);
  g_clear_pointer (&self->query, lec_find_query_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (lec_find_bar_parent_class)->dispose (object);
}

static void
lec_find_bar_class_init (LecFindBarClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lec_find_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/lectern/Lectern/find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LecFindBar, box);
  gtk_widget_class_bind_template_child (widget_class, LecFindBar, entry);
  gtk_widget_class_bind_template_child (widget_class, LecFindBar, where);
  gtk_widget_class_bind_template_child (widget_class, LecFindBar, outcome);
  gtk_widget_class_bind_template_callback (widget_class, step_forward);
  gtk_widget_class_bind_template_callback (widget_class, step_back);
  gtk_widget_class_bind_template_callback (widget_class, close_bar);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, where_chosen);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
lec_find_bar_init (LecFindBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
