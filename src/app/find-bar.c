#include "app/find-bar.h"
#include "base/text.h"

#include <glib/gi18n-lib.h>

struct _LecFindBar {
  GtkWidget parent;
  GtkWidget *box;
  GtkEntry *entry;
  GtkLabel *outcome;
  LecMessageList *list; /* borrowed */
  LecDocument *document;
  LecSearch *search;
  guint selected_position; /* where the step began */
};

G_DEFINE_FINAL_TYPE (LecFindBar, lec_find_bar, GTK_TYPE_WIDGET)

/* A match counts where a row shows it, and another row than the one we are on. */
static gboolean
accept_frame (uint32_t frame, void *data)
{
  LecFindBar *self = data;
  const LecRowList *rows = lec_message_list_rows (self->list);
  uint32_t position = rows ? lec_row_list_find (rows, frame) : G_MAXUINT32;

  return position != G_MAXUINT32 && position != self->selected_position;
}

static void
frame_found (uint32_t frame, void *data)
{
  LecFindBar *self = data;
  g_autofree char *text = NULL;
  uint32_t count = lec_search_count (self->search);

  if (frame)
    lec_message_list_show_frame (self->list, frame, FALSE);
  if (frame)
    text = lec_dup_text (ngettext ("%'u frame matches", "%'u frames match", count), count);
  else
    text = g_strdup (count ? _ ("No further match") : _ ("Nothing found"));
  gtk_label_set_text (self->outcome, text);
}

void
lec_find_bar_step (LecFindBar *self, gboolean forward)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  const LecRow *selected = self->document ? lec_document_selected (self->document) : NULL;

  if (!self->search || !*text) {
    lec_find_bar_open (self);
    return;
  }
  if (!lec_search_set (self->search, text))
    lec_search_set_text (self->search, text);
  self->selected_position = lec_message_list_selected (self->list);
  gtk_label_set_text (self->outcome, _ ("Looking…"));
  lec_search_step (self->search, selected ? selected->frame : forward ? 0 : G_MAXUINT32, forward);
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
lec_find_bar_set_document (LecFindBar *self, LecDocument *document)
{
  g_clear_pointer (&self->search, lec_search_free);
  self->document = document;
  if (document)
    self->search = lec_search_new (document, accept_frame, frame_found, self);
  gtk_label_set_text (self->outcome, "");
}

static void
lec_find_bar_dispose (GObject *object)
{
  LecFindBar *self = LEC_FIND_BAR (object);

  g_clear_pointer (&self->search, lec_search_free);
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
  gtk_widget_class_bind_template_child (widget_class, LecFindBar, outcome);
  gtk_widget_class_bind_template_callback (widget_class, step_forward);
  gtk_widget_class_bind_template_callback (widget_class, step_back);
  gtk_widget_class_bind_template_callback (widget_class, close_bar);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
lec_find_bar_init (LecFindBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
