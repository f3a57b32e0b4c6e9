#include "app/filter-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "filter/filter.h"

#define CATEGORY_PREFIX "category "

/* One filter. */

LecNamedFilter *
lec_named_filter_new (const char *name, const char *category, const char *description, const char *expression)
{
  LecNamedFilter *filter = g_new0 (LecNamedFilter, 1);

  filter->id = g_strdup ("");
  filter->name = g_strdup (name);
  filter->category = g_strdup (category != NULL ? category : "");
  filter->description = g_strdup (description != NULL ? description : "");
  filter->expression = g_strdup (expression);
  return filter;
}

LecNamedFilter *
lec_named_filter_copy (const LecNamedFilter *filter)
{
  LecNamedFilter *copy = lec_named_filter_new (filter->name, filter->category, filter->description, filter->expression);

  g_free (copy->id);
  copy->id = g_strdup (filter->id);
  copy->own = filter->own;
  return copy;
}

void
lec_named_filter_free (LecNamedFilter *filter)
{
  g_free (filter->id);
  g_free (filter->category);
  g_free (filter->name);
  g_free (filter->description);
  g_free (filter->expression);
  g_free (filter);
}

gboolean
lec_filter_file_is_id (const char *id)
{
  return id[0] != '\0' && strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (id);
}

/* A file. */

void
lec_filter_file_free (LecFilterFile *file)
{
  g_ptr_array_unref (file->filters);
  g_ptr_array_unref (file->categories);
  g_hash_table_unref (file->names);
  g_ptr_array_unref (file->complaints);
  g_free (file);
}

static LecFilterFile *
new_file (void)
{
  LecFilterFile *file = g_new0 (LecFilterFile, 1);

  file->filters = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_named_filter_free);
  file->categories = g_ptr_array_new_with_free_func (g_free);
  file->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  file->complaints = g_ptr_array_new_with_free_func (g_free);
  return file;
}

static void
complain (LecFilterFile *file, unsigned line, const char *what)
{
  g_ptr_array_add (file->complaints, g_strdup_printf (_ ("Line %u: %s"), line, what));
}

/* Adds FILTER, whose expression stands in LINE, or complains. Takes it over. */
static void
add_filter (LecFilterFile *file, LecNamedFilter *filter, unsigned line, const LecRegistry *registry)
{
  LecFilterProblem problem = { 0 };
  g_autoptr (LecNamedFilter) owned = filter;
  g_autoptr (LecFilter) compiled = registry != NULL ? lec_filter_new (registry, filter->expression, &problem) : NULL;

  if (file->filters->len >= LEC_FILTER_FILE_FILTERS_MAX) {
    complain (file, line, _ ("There are more filters than can be kept."));
  } else if (registry != NULL && compiled == NULL) {
    g_autofree char *text = g_strdup_printf (_ ("The filter of “%s” is not understood: %s"), filter->name,
                                             problem.message != NULL ? problem.message : "");

    complain (file, line, text);
    lec_filter_problem_clear (&problem);
  } else {
    g_ptr_array_add (file->filters, g_steal_pointer (&owned));
  }
}

/* Lectern's own form. */

/* The number of the line, from 1, with which the text stops being a key file: GKeyFile tells of none. All that is
 * before it is one, so that halving finds it. */
static unsigned
first_bad_line (const char *text, gsize length)
{
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (gsize));
  unsigned good = 0;

  for (gsize i = 0; i < length; i++) {
    gsize end = i + 1;

    if (text[i] == '\n' || end == length)
      g_array_append_val (ends, end);
  }
  for (unsigned bad = ends->len; bad > good + 1;) {
    unsigned middle = good + (bad - good) / 2;
    g_autoptr (GKeyFile) part = g_key_file_new ();

    if (g_key_file_load_from_data (part, text, g_array_index (ends, gsize, middle - 1), G_KEY_FILE_NONE, NULL))
      good = middle;
    else
      bad = middle;
  }
  return good + 1;
}

/* Group → number of its line, plus group and key → that of the key ("group\nkey"). A group that stands twice is an
 * error: GKeyFile would let the second overwrite the first. */
static GHashTable *
number_lines (const char *text, GError **error)
{
  g_autoptr (GHashTable) lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) all = g_strsplit (text, "\n", -1);
  const char *group = "";

  for (unsigned i = 0; all[i] != NULL; i++) {
    char *line = g_strstrip (all[i]), *end = strchr (line, line[0] == '[' ? ']' : '=');

    if (line[0] == '#' || end == NULL)
      continue;
    *end = '\0';
    if (line[0] != '[') {
      g_hash_table_insert (lines, g_strdup_printf ("%s\n%s", group, g_strchomp (line)), GUINT_TO_POINTER (i + 1));
      continue;
    }
    group = line + 1;
    if (!g_hash_table_insert (lines, g_strdup (group), GUINT_TO_POINTER (i + 1))) {
      g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE, _ ("Line %u: [%s] stands here a second time."),
                   i + 1, group);
      return NULL;
    }
  }
  return g_steal_pointer (&lines);
}

static unsigned
line_of (GHashTable *lines, const char *group, const char *key)
{
  g_autofree char *place = g_strdup_printf ("%s\n%s", group, key);
  unsigned line = GPOINTER_TO_UINT (g_hash_table_lookup (lines, place));

  return line != 0 ? line : GPOINTER_TO_UINT (g_hash_table_lookup (lines, group));
}

static void
read_category (LecFilterFile *file, GKeyFile *keys, const char *group)
{
  const char *id = group + strlen (CATEGORY_PREFIX);
  char *name = g_key_file_get_locale_string (keys, group, "Name", NULL, NULL);

  g_ptr_array_add (file->categories, g_strdup (id));
  g_hash_table_insert (file->names, g_strdup (id), name != NULL ? name : g_strdup (id));
}

static void
read_group (LecFilterFile *file, GKeyFile *keys, GHashTable *lines, const char *group, const LecRegistry *registry)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_key_file_get_locale_string (keys, group, "Name", NULL, NULL);
  g_autofree char *category = g_key_file_get_string (keys, group, "Category", NULL);
  g_autofree char *description = g_key_file_get_locale_string (keys, group, "Description", NULL, NULL);
  g_autofree char *expression = g_key_file_get_string (keys, group, "Filter", &error);

  if (g_error_matches (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE)) {
    complain (file, line_of (lines, group, "Filter"), _ ("A backslash is written twice in such a file."));
    return;
  }
  if (name == NULL || *g_strstrip (name) == '\0' || expression == NULL || *g_strstrip (expression) == '\0') {
    g_autofree char *text = g_strdup_printf (_ ("[%s] has no Name, or no Filter."), group);

    complain (file, line_of (lines, group, ""), text);
    return;
  }
  LecNamedFilter *filter = lec_named_filter_new (name, category, description, expression);
  g_free (filter->id);
  filter->id = g_strdup (lec_filter_file_is_id (group) ? group : "");
  add_filter (file, filter, line_of (lines, group, "Filter"), registry);
}

static LecFilterFile *
read_key_file (const char *text, gsize length, const LecRegistry *registry, GError **error)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autoptr (GHashTable) lines = NULL;
  g_autoptr (LecFilterFile) file = new_file ();
  g_autoptr (GError) reason = NULL;

  if (!g_key_file_load_from_data (keys, text, length, G_KEY_FILE_NONE, &reason)) {
    g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE,
                 _ ("Line %u: neither a [group], nor Key=Value, nor a # comment."), first_bad_line (text, length));
    return NULL;
  }
  lines = number_lines (text, error);
  if (lines == NULL)
    return NULL;
  g_auto (GStrv) groups = g_key_file_get_groups (keys, NULL);
  for (char **group = groups; *group != NULL; group++) {
    if (g_str_has_prefix (*group, CATEGORY_PREFIX))
      read_category (file, keys, *group);
    else
      read_group (file, keys, lines, *group, registry);
  }
  return g_steal_pointer (&file);
}

/* Wireshark's list of display filters, as its help describes it: a line each, "Name" expression. */

static gboolean
is_wireshark_list (const char *text)
{
  while (*text == '#' || g_ascii_isspace (*text)) {
    if (*text == '#')
      text += strcspn (text, "\n");
    else
      text++;
  }
  return *text == '"';
}

/* LINE behind its opening quotation mark → the name, with \" and \\ undone; *REST gets what follows. NULL: no end. */
static char *
dup_quoted (const char *line, const char **rest)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (; *line != '\0' && *line != '"'; line++) {
    if (*line == '\\' && line[1] != '\0')
      line++;
    g_string_append_c (name, *line);
  }
  *rest = line + 1;
  return *line == '"' ? g_string_free (g_steal_pointer (&name), FALSE) : NULL;
}

static LecFilterFile *
read_wireshark_list (const char *text, const LecRegistry *registry, GError **error)
{
  g_autoptr (LecFilterFile) file = new_file ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (unsigned i = 0; lines[i] != NULL; i++) {
    const char *line = g_strstrip (lines[i]), *rest = NULL;
    g_autofree char *name = *line == '"' ? dup_quoted (line + 1, &rest) : NULL;

    if (*line == '\0' || *line == '#')
      continue;
    if (name == NULL || *name == '\0' || *(rest += strspn (rest, " \t")) == '\0') {
      g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE,
                   _ ("Line %u: expected a name in quotation marks and a filter behind it."), i + 1);
      return NULL;
    }
    add_filter (file, lec_named_filter_new (name, NULL, NULL, rest), i + 1, registry);
  }
  return g_steal_pointer (&file);
}

/* Both. */

LecFilterFile *
lec_filter_file_read (GBytes *bytes, const LecRegistry *registry, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length), *end = NULL;

  if (length > LEC_FILTER_FILE_BYTES_MAX) {
    g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE,
                 _ ("The file is larger than %u bytes, and no list of filters."), LEC_FILTER_FILE_BYTES_MAX);
    return NULL;
  }
  if (!g_utf8_validate_len (data, length, &end)) {
    unsigned line = 1;

    for (const char *at = data; at < end; at++)
      line += *at == '\n';
    g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_UNKNOWN_ENCODING, _ ("Line %u: not a text in UTF-8."), line);
    return NULL;
  }
  g_autofree char *text = g_strndup (data, length);
  return is_wireshark_list (text) ? read_wireshark_list (text, registry, error)
                                  : read_key_file (text, length, registry, error);
}

/* For those who open the file in an editor. */
static const char file_comment[] = " Filters of Lectern: a group each, with Name, Category, Description and Filter.\n"
                                   " Their order is the order in which they are shown.";

char *
lec_filter_file_write (const GPtrArray *filters)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();

  for (unsigned i = 0; i < filters->len; i++) {
    const LecNamedFilter *filter = filters->pdata[i];

    if (*filter->category != '\0')
      g_key_file_set_string (keys, filter->id, "Category", filter->category);
    g_key_file_set_string (keys, filter->id, "Name", filter->name);
    if (*filter->description != '\0')
      g_key_file_set_string (keys, filter->id, "Description", filter->description);
    g_key_file_set_string (keys, filter->id, "Filter", filter->expression);
  }
  g_key_file_set_comment (keys, NULL, NULL, file_comment, NULL);
  return g_key_file_to_data (keys, NULL, NULL);
}
