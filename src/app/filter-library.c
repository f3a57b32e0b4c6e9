#include "app/filter-library.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

struct _LecFilterLibrary {
  GObject parent;
  LecFilterFile *shipped;
  GPtrArray *own;   /* of LecNamedFilter, in the order of the user's file */
  GPtrArray *shown; /* all of both, borrowed, in the order in which they are shown */
  char *user_path;
  char *problem;         /* with the user's file, or NULL */
  gboolean not_all_read; /* the user's file holds what we did not take: it is set aside before it is written */
};

G_DEFINE_FINAL_TYPE (LecFilterLibrary, lec_filter_library, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Categories. */

/* Borrowed from the own and shipped filters. */
static GPtrArray *
list_categories (LecFilterLibrary *self, const GPtrArray *own)
{
  GPtrArray *categories = g_ptr_array_new ();

  for (unsigned i = 0; i < own->len; i++) {
    const LecNamedFilter *filter = own->pdata[i];

    if (!g_hash_table_contains (self->shipped->names, filter->category) &&
        !g_ptr_array_find_with_equal_func (categories, filter->category, g_str_equal, NULL))
      g_ptr_array_add (categories, filter->category);
  }
  for (unsigned i = 0; i < self->shipped->categories->len; i++)
    g_ptr_array_add (categories, self->shipped->categories->pdata[i]);
  return categories;
}

char **
lec_filter_library_dup_categories (LecFilterLibrary *self)
{
  g_autoptr (GPtrArray) categories = list_categories (self, self->own);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (unsigned i = 0; i < categories->len; i++)
    g_strv_builder_add (builder, categories->pdata[i]);
  return g_strv_builder_end (builder);
}

const char *
lec_filter_library_category_label (LecFilterLibrary *self, const char *category)
{
  const char *name = g_hash_table_lookup (self->shipped->names, category);

  if (name != NULL)
    return name;
  return *category != '\0' ? category : _ ("Your own filters");
}

/* In any case, so that "http" typed by hand joins "HTTP". */
static gboolean
is_same_label (const char *a, const char *b)
{
  g_autofree char *folded_a = g_utf8_casefold (a, -1), *folded_b = g_utf8_casefold (b, -1);

  return g_str_equal (folded_a, folded_b);
}

const char *
lec_filter_library_category_of_label (LecFilterLibrary *self, const char *label)
{
  for (unsigned i = 0; i < self->shipped->categories->len; i++) {
    const char *category = self->shipped->categories->pdata[i];

    if (is_same_label (g_hash_table_lookup (self->shipped->names, category), label))
      return category;
  }
  return is_same_label (label, lec_filter_library_category_label (self, "")) ? "" : label;
}

/* The list. */

static void
append_of_category (GPtrArray *shown, const GPtrArray *filters, const char *category)
{
  for (unsigned i = 0; i < filters->len; i++) {
    const LecNamedFilter *filter = filters->pdata[i];

    if (g_str_equal (filter->category, category))
      g_ptr_array_add (shown, (void *) filter);
  }
}

static void
list_all (LecFilterLibrary *self)
{
  g_autoptr (GPtrArray) categories = list_categories (self, self->own);

  g_ptr_array_set_size (self->shown, 0);
  for (unsigned i = 0; i < categories->len; i++) {
    append_of_category (self->shown, self->own, categories->pdata[i]);
    append_of_category (self->shown, self->shipped->filters, categories->pdata[i]);
  }
}

unsigned
lec_filter_library_n_filters (LecFilterLibrary *self)
{
  return self->shown->len;
}

const LecNamedFilter *
lec_filter_library_get (LecFilterLibrary *self, unsigned i)
{
  g_return_val_if_fail (i < self->shown->len, NULL);
  return self->shown->pdata[i];
}

unsigned
lec_filter_library_n_own (LecFilterLibrary *self)
{
  return self->own->len;
}

/* Its place among OWN; OWN->len where it is not there. */
static unsigned
find_id (const GPtrArray *own, const char *id)
{
  unsigned i = 0;

  while (i < own->len && !g_str_equal (((LecNamedFilter *) own->pdata[i])->id, id))
    i++;
  return i;
}

const LecNamedFilter *
lec_filter_library_find_own (LecFilterLibrary *self, const char *id)
{
  unsigned i = find_id (self->own, id);

  return i < self->own->len ? self->own->pdata[i] : NULL;
}

/* FILTER's id: its own, or one made from its name; with a number behind where another of OWN has it. */
static void
ensure_id (const GPtrArray *own, LecNamedFilter *filter)
{
  g_autofree char *stem = g_strdup (filter->id);

  if (!lec_filter_file_is_id (stem)) {
    g_free (stem);
    stem = g_ascii_strdown (filter->name, -1);
    g_strcanon (stem, "abcdefghijklmnopqrstuvwxyz0123456789", '-');
  }
  g_free (filter->id);
  filter->id = g_strdup (stem);
  for (unsigned n = 2; find_id (own, filter->id) < own->len; n++) {
    g_free (filter->id);
    filter->id = g_strdup_printf ("%s-%u", stem, n);
  }
}

static GPtrArray *
new_filters (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) lec_named_filter_free);
}

static GPtrArray *
copy_own (LecFilterLibrary *self)
{
  GPtrArray *copy = new_filters ();

  for (unsigned i = 0; i < self->own->len; i++)
    g_ptr_array_add (copy, lec_named_filter_copy (self->own->pdata[i]));
  return copy;
}

/* The user's file. */

/* What was not understood of the file is the user's work all the same: it stays beside the new one. */
static gboolean
set_aside (LecFilterLibrary *self, GError **error)
{
  g_autofree char *aside = g_strconcat (self->user_path, "~", NULL);

  if (g_rename (self->user_path, aside) != 0 && errno != ENOENT) {
    int code = errno;
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s", aside, g_strerror (code));
    return FALSE;
  }
  self->not_all_read = FALSE;
  return TRUE;
}

static gboolean
write_own (LecFilterLibrary *self, const GPtrArray *own, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->user_path);
  g_autofree char *text = lec_filter_file_write (own);

  if (g_mkdir_with_parents (folder, 0700) != 0) {
    int code = errno;
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s", folder, g_strerror (code));
    return FALSE;
  }
  if (self->not_all_read && !set_aside (self, error))
    return FALSE;
  return g_file_set_contents (self->user_path, text, -1, error);
}

/* Makes OWN, which it takes over, the user's filters. */
static gboolean
replace_own (LecFilterLibrary *self, GPtrArray *own, GError **error)
{
  if (!write_own (self, own, error)) {
    g_ptr_array_unref (own);
    return FALSE;
  }
  g_ptr_array_unref (self->own);
  self->own = own;
  list_all (self);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

static void
read_user (LecFilterLibrary *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LecFilterFile) file = NULL;
  char *text;
  gsize length;

  if (!g_file_get_contents (self->user_path, &text, &length, &error)) {
    self->not_all_read = !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
    if (self->not_all_read)
      self->problem = g_strdup_printf (_ ("Your own filters cannot be read: %s"), error->message);
    return;
  }
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, length);
  file = lec_filter_file_read (bytes, NULL, &error);
  if (file == NULL) {
    self->problem = g_strdup_printf (_ ("Your own filters in %s cannot be read. %s"), self->user_path, error->message);
    self->not_all_read = TRUE;
    return;
  }
  for (unsigned i = 0; i < file->filters->len; i++) {
    LecNamedFilter *filter = lec_named_filter_copy (file->filters->pdata[i]);

    filter->own = TRUE;
    ensure_id (self->own, filter);
    g_ptr_array_add (self->own, filter);
  }
  if (file->complaints->len > 0) {
    self->problem = g_strdup_printf (_ ("Of your own filters in %s not all can be read. %s"), self->user_path,
                                     (char *) file->complaints->pdata[0]);
    self->not_all_read = TRUE;
  }
}

/* Changes. */

gboolean
lec_filter_library_set (LecFilterLibrary *self, const char *id, LecNamedFilter *filter, GError **error)
{
  GPtrArray *own = copy_own (self);
  unsigned i = id != NULL ? find_id (own, id) : own->len;

  filter->own = TRUE;
  if (i < own->len) {
    g_free (filter->id);
    filter->id = g_strdup (id);
    lec_named_filter_free (own->pdata[i]);
    own->pdata[i] = filter;
  } else {
    ensure_id (own, filter);
    g_ptr_array_add (own, filter);
  }
  return replace_own (self, own, error);
}

gboolean
lec_filter_library_remove (LecFilterLibrary *self, const char *id, GError **error)
{
  GPtrArray *own = copy_own (self);
  unsigned i = find_id (own, id);

  if (i < own->len)
    g_ptr_array_remove_index (own, i);
  return replace_own (self, own, error);
}

gboolean
lec_filter_library_move (LecFilterLibrary *self, const char *id, int step, GError **error)
{
  GPtrArray *own = copy_own (self);
  unsigned from = find_id (own, id), to = from;

  g_return_val_if_fail (from < own->len, FALSE);
  do
    to += step; /* below 0 it is beyond the end */
  while (to < own->len &&
         !g_str_equal (((LecNamedFilter *) own->pdata[to])->category, ((LecNamedFilter *) own->pdata[from])->category));
  if (to >= own->len) {
    g_ptr_array_unref (own);
    return FALSE;
  }
  /* Changing places, so that the order of the categories stays. */
  void *filter = own->pdata[from];
  own->pdata[from] = own->pdata[to];
  own->pdata[to] = filter;
  return replace_own (self, own, error);
}

static gboolean
is_same_filter (const void *a, const void *b)
{
  const LecNamedFilter *one = a, *other = b;

  return g_str_equal (one->name, other->name) && g_str_equal (one->category, other->category) &&
         g_str_equal (one->expression, other->expression);
}

static gboolean
is_same_name (const void *a, const void *b)
{
  const LecNamedFilter *one = a, *other = b;

  return g_str_equal (one->name, other->name) && g_str_equal (one->category, other->category);
}

/* Gives FILTER a name that none of OWN has in its category; FALSE where it had one already. */
static gboolean
ensure_name (const GPtrArray *own, LecNamedFilter *filter)
{
  g_autofree char *stem = g_strdup (filter->name);

  if (!g_ptr_array_find_with_equal_func ((GPtrArray *) own, filter, is_same_name, NULL))
    return FALSE;
  for (unsigned n = 2; g_ptr_array_find_with_equal_func ((GPtrArray *) own, filter, is_same_name, NULL); n++) {
    g_free (filter->name);
    filter->name = g_strdup_printf ("%s (%u)", stem, n);
  }
  return TRUE;
}

gboolean
lec_filter_library_import (LecFilterLibrary *self, const LecFilterFile *file, LecFilterImport *result, GError **error)
{
  GPtrArray *own = copy_own (self);

  *result = (LecFilterImport){ 0 };
  for (unsigned i = 0; i < file->filters->len; i++) {
    g_autoptr (LecNamedFilter) filter = lec_named_filter_copy (file->filters->pdata[i]);

    if (g_ptr_array_find_with_equal_func (own, filter, is_same_filter, NULL) ||
        g_ptr_array_find_with_equal_func (self->shipped->filters, filter, is_same_filter, NULL)) {
      result->n_known++;
      continue;
    }
    filter->own = TRUE;
    result->n_renamed += ensure_name (own, filter);
    result->n_added++;
    ensure_id (own, filter);
    g_ptr_array_add (own, g_steal_pointer (&filter));
  }
  if (result->n_added > 0)
    return replace_own (self, own, error);
  g_ptr_array_unref (own);
  return TRUE;
}

char *
lec_filter_library_dup_export (LecFilterLibrary *self)
{
  return lec_filter_file_write (self->own);
}

/* Making it. */

const char *
lec_filter_library_problem (LecFilterLibrary *self)
{
  return self->problem;
}

static void
lec_filter_library_finalize (GObject *object)
{
  LecFilterLibrary *self = LEC_FILTER_LIBRARY (object);

  g_ptr_array_unref (self->shown);
  g_ptr_array_unref (self->own);
  lec_filter_file_free (self->shipped);
  g_free (self->user_path);
  g_free (self->problem);
  G_OBJECT_CLASS (lec_filter_library_parent_class)->finalize (object);
}

static void
lec_filter_library_class_init (LecFilterLibraryClass *class)
{
  G_OBJECT_CLASS (class)->finalize = lec_filter_library_finalize;
  signals[CHANGED] =
      g_signal_new ("changed", LEC_TYPE_FILTER_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lec_filter_library_init (LecFilterLibrary *self)
{
  self->own = new_filters ();
  self->shown = g_ptr_array_new ();
}

LecFilterLibrary *
lec_filter_library_new (GBytes *shipped, const char *user_path)
{
  LecFilterLibrary *self = g_object_new (LEC_TYPE_FILTER_LIBRARY, NULL);
  g_autoptr (GError) error = NULL;

  self->shipped = lec_filter_file_read (shipped, NULL, &error);
  if (self->shipped == NULL)
    g_error ("shipped filters: %s", error->message);
  self->user_path = g_strdup (user_path);
  read_user (self);
  list_all (self);
  return self;
}
