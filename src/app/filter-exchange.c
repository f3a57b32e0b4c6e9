#include "app/filter-exchange.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More complaints are only counted. */
#define COMPLAINTS_TOLD 3u

typedef struct {
  LecFilterLibrary *library;
  LecFilterExchangeFunc tell;
  void *data;
} Exchange;

static void
exchange_free (void *data, GClosure *closure)
{
  Exchange *exchange = data;

  g_object_unref (exchange->library);
  g_free (exchange);
}

/* Shows DIALOG and calls RESPONDED. Takes DIALOG over. */
static void
ask (GtkFileChooserNative *dialog, LecFilterLibrary *library, GCallback responded, LecFilterExchangeFunc tell,
     void *data)
{
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->library = g_object_ref (library);
  exchange->tell = tell;
  exchange->data = data;
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", responded, exchange, exchange_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* The file that was chosen, or NULL; DIALOG is done. */
static GFile *
take_file (GtkNativeDialog *dialog, int response)
{
  GFile *file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  gtk_native_dialog_destroy (dialog);
  return file;
}

/* Import. */

static void
append_complaints (GString *text, const GPtrArray *complaints)
{
  if (complaints->len == 0)
    return;
  g_string_append_c (text, '\n');
  g_string_append_printf (text, ngettext ("%u was left out.", "%u were left out.", complaints->len), complaints->len);
  for (unsigned i = 0; i < MIN (complaints->len, COMPLAINTS_TOLD); i++)
    g_string_append_printf (text, "\n%s", (char *) complaints->pdata[i]);
}

static char *
dup_outcome (const LecFilterImport *import, const GPtrArray *complaints)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, ngettext ("%u filter was added.", "%u filters were added.", import->n_added),
                          import->n_added);
  if (import->n_known > 0) {
    g_string_append_c (text, ' ');
    g_string_append_printf (text, ngettext ("%u was there already.", "%u were there already.", import->n_known),
                            import->n_known);
  }
  if (import->n_renamed > 0) {
    g_string_append_c (text, ' ');
    g_string_append_printf (text,
                            ngettext ("%u has a number behind its name, since another is called that.",
                                      "%u have a number behind their names, since others are called that.",
                                      import->n_renamed),
                            import->n_renamed);
  }
  append_complaints (text, complaints);
  return g_string_free (text, FALSE);
}

static void
import_file (Exchange *exchange, GFile *source)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  g_autoptr (GBytes) bytes = g_file_load_bytes (source, NULL, NULL, &error);
  g_autoptr (LecFilterFile) file = bytes != NULL ? lec_filter_file_read (bytes, registry, &error) : NULL;
  LecFilterImport result;
  g_autofree char *text = NULL;

  if (file != NULL && lec_filter_library_import (exchange->library, file, &result, &error))
    text = dup_outcome (&result, file->complaints);
  else
    text = g_strdup_printf (_ ("Nothing was taken from the file. %s"), error->message);
  exchange->tell (text, exchange->data);
}

static void
import_responded (GtkNativeDialog *dialog, int response, Exchange *exchange)
{
  g_autoptr (GFile) file = take_file (dialog, response);

  if (file != NULL)
    import_file (exchange, file);
  g_object_unref (dialog);
}

void
lec_filter_exchange_import (GtkWindow *parent, LecFilterLibrary *library, LecFilterExchangeFunc tell, void *data)
{
  ask (gtk_file_chooser_native_new (_ ("Import Filters"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL), library,
       G_CALLBACK (import_responded), tell, data);
}

/* Export. */

static void
export_file (Exchange *exchange, GFile *target)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = lec_filter_library_dup_export (exchange->library), *text = NULL;
  g_autofree char *name = g_file_get_parse_name (target);

  if (g_file_replace_contents (target, contents, strlen (contents), NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL,
                               &error))
    text = g_strdup_printf (_ ("Your own filters are in %s."), name);
  else
    text = g_strdup_printf (_ ("The filters could not be written: %s"), error->message);
  exchange->tell (text, exchange->data);
}

static void
export_responded (GtkNativeDialog *dialog, int response, Exchange *exchange)
{
  g_autoptr (GFile) file = take_file (dialog, response);

  if (file != NULL)
    export_file (exchange, file);
  g_object_unref (dialog);
}

void
lec_filter_exchange_export (GtkWindow *parent, LecFilterLibrary *library, LecFilterExchangeFunc tell, void *data)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Export Your Own Filters"), parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "filters.ini");
  ask (dialog, library, G_CALLBACK (export_responded), tell, data);
}
