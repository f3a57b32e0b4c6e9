/* drag-source FILE: a window to drag FILE from, as a file manager has it. */
#include <gtk/gtk.h>

static GdkContentProvider *
prepare (GtkDragSource *source, double x, double y, GFile *file)
{
  GSList files = { file, NULL };

  return gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, &files);
}

int
main (int n_arguments, char **arguments)
{
  g_autoptr (GFile) file = NULL;
  GtkDragSource *source;
  GtkWidget *window;

  if (n_arguments != 2)
    return 2;
  gtk_init ();
  file = g_file_new_for_commandline_arg (arguments[1]);
  source = gtk_drag_source_new ();
  window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_title (GTK_WINDOW (window), "A file to drag");
  gtk_window_set_default_size (GTK_WINDOW (window), 200, 100);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare), file);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (source));
  gtk_window_present (GTK_WINDOW (window));
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
