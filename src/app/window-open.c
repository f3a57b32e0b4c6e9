#include "app/window-private.h"

#include <glib/gi18n-lib.h>

#include "app/menu-label.h"

#define MOST_RECENT 10

/* What the dialog offers: the name, and the patterns it stands for. */
static const struct {
  const char *name;
  const char *patterns[16];
} file_filters[] = {
  { N_ ("Network Traces"),
    { "*.pcap", "*.pcapng", "*.cap", "*.dmp", "*.ntar", "*.pcap.gz", "*.pcapng.gz", "*.cap.gz", "*.pcap.zst",
      "*.pcapng.zst", "*.pcap.xz", "*.pcapng.xz", "*.pcap.lz4", "*.pcapng.lz4" } },
  { N_ ("All Files"), { "*" } },
};

/* Opening */

static void
remember_recent (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *command = g_strdup_printf ("%s %%u", g_get_prgname ());
  char *groups[] = { "Network Traces", NULL };
  GtkRecentData data = {
    .mime_type = "application/vnd.tcpdump.pcap",
    .app_name = (char *) g_get_application_name (),
    .app_exec = command,
    .groups = groups,
  };

  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

/* "-" on the command line comes as a file of that name in the current directory. */
static gboolean
is_standard_input (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return name && g_str_equal (name, "-") && !g_file_query_exists (file, NULL);
}

static void
show_session (LecWindow *self, LecSession *session, const GError *error)
{
  if (!session) {
    lec_window_tell (self, GTK_MESSAGE_ERROR, error->message, NULL, NULL, NULL);
    return;
  }
  g_autoptr (LecDocument) document = lec_document_new (session);
  lec_window_untell (self);
  lec_window_set_document (self, document);
}

/* A pipe says what it is with its first bytes, and they may be long in coming: not for the main thread to wait for. */

static void
open_in_thread (GTask *task, void *window, void *path, GCancellable *cancellable)
{
  GError *error = NULL;
  LecSession *session = lec_session_open_behind (path, &error);

  if (session)
    g_task_return_pointer (task, session, (GDestroyNotify) lec_session_free);
  else
    g_task_return_error (task, error);
}

static void
opened_in_thread (GObject *window, GAsyncResult *result, void *data)
{
  g_autoptr (GError) error = NULL;
  LecSession *session = g_task_propagate_pointer (G_TASK (result), &error);

  if (gtk_window_get_application (GTK_WINDOW (window)))
    show_session (LEC_WINDOW (window), session, error);
  else /* it was closed meanwhile */
    g_clear_pointer (&session, lec_session_free);
}

static void
open_pipe (LecWindow *self, const char *path)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, opened_in_thread, NULL);

  lec_window_tell (self, GTK_MESSAGE_INFO, _ ("Waiting for the first bytes of the trace…"), NULL, NULL, NULL);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, open_in_thread);
}

void
lec_window_open (LecWindow *self, GFile *file)
{
  gboolean from_standard_input = is_standard_input (file);
  g_autofree char *path = from_standard_input ? g_strdup ("-") : g_file_get_path (file);
  g_autoptr (GError) error = NULL;

  if (!path) {
    g_autofree char *uri = g_file_get_uri (file);
    g_autofree char *text = g_strdup_printf (_ ("“%s” is not a file on this machine."), uri);

    lec_window_tell (self, GTK_MESSAGE_ERROR, text, NULL, NULL, NULL);
    return;
  }
  GFileType type = g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL);
  if (from_standard_input || type == G_FILE_TYPE_SPECIAL) {
    open_pipe (self, path);
    return;
  }
  LecSession *session = lec_session_open_behind (path, &error);
  show_session (self, session, error);
  if (session)
    remember_recent (file);
}

/* Here, where no trace is open yet; else in a window of its own. */
static void
open_somewhere (LecWindow *self, GFile *file)
{
  LecWindow *window = self;

  if (self->document) {
    window = lec_window_new (LEC_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
    gtk_window_present (GTK_WINDOW (window));
  }
  lec_window_open (window, file);
}

static void
open_uri (GSimpleAction *action, GVariant *parameter, void *data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  open_somewhere (data, file);
}

/* The dialog */

static void
dialog_response (GtkNativeDialog *dialog, int response, LecWindow *self)
{
  g_autoptr (GListModel) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT) {
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
    for (guint i = 0; i < g_list_model_get_n_items (files); i++) {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      open_somewhere (self, file);
    }
  }
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
open_dialog (GSimpleAction *action, GVariant *parameter, void *data)
{
  LecWindow *self = data;
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Open a Trace"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  for (unsigned i = 0; i < G_N_ELEMENTS (file_filters); i++) {
    g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

    gtk_file_filter_set_name (filter, _ (file_filters[i].name));
    for (unsigned j = 0; j < G_N_ELEMENTS (file_filters[i].patterns) && file_filters[i].patterns[j]; j++)
      gtk_file_filter_add_pattern (filter, file_filters[i].patterns[j]);
    gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  }
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (dialog_response), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
reload (GSimpleAction *action, GVariant *parameter, void *data)
{
  LecWindow *self = data;
  g_autoptr (GFile) file = NULL;

  /* What came through a pipe has gone through it. */
  if (!self->document || g_str_equal (lec_session_path (lec_document_session (self->document)), "-"))
    return;
  file = g_file_new_for_path (lec_session_path (lec_document_session (self->document)));
  lec_window_open (self, file);
}

/* Recent traces */

static void
fill_recent (LecWindow *self)
{
  GList *items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  guint n_items = 0;

  g_menu_remove_all (self->recent_menu);
  for (GList *link = items; link && n_items < MOST_RECENT; link = link->next) {
    g_autoptr (GMenuItem) item = NULL;
    g_autofree char *label = NULL;

    if (!gtk_recent_info_has_application (link->data, g_get_application_name ()))
      continue;
    label = lec_menu_label_dup (gtk_recent_info_get_display_name (link->data));
    item = g_menu_item_new (label, NULL);
    g_menu_item_set_action_and_target (item, "win.open-uri", "s", gtk_recent_info_get_uri (link->data));
    g_menu_append_item (self->recent_menu, item);
    n_items++;
  }
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
}

static const GActionEntry entries[] = {
  { "open", open_dialog, NULL, NULL, NULL },
  { "open-uri", open_uri, "s", NULL, NULL },
  { "reload", reload, NULL, NULL, NULL },
};

void
lec_window_add_open_actions (LecWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (gtk_recent_manager_get_default (), "changed", G_CALLBACK (fill_recent), self,
                           G_CONNECT_SWAPPED);
  fill_recent (self);
}

/* Dropping */

static gboolean
files_dropped (GtkDropTarget *target, const GValue *value, double x, double y, LecWindow *self)
{
  GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));

  for (GSList *link = files; link; link = link->next)
    open_somewhere (self, link->data);
  g_slist_free (files);
  return files != NULL;
}

void
lec_window_accept_drops (LecWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (files_dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
