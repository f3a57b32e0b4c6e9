/* Filters worth keeping: those that come with Lectern, and the user's own.
 *
 * The shipped ones never change; the user's are in a file of the same form, which is written after every change, whole
 * or not at all. Both are in one list, by category: categories that only the user has first, then the shipped ones in
 * their order; in each the user's own come first. One library serves the whole application. No GTK here. Main thread
 * only. */
#pragma once

#include "app/filter-file.h"

G_BEGIN_DECLS

/* Emits "changed" after every change. */
#define LEC_TYPE_FILTER_LIBRARY (lec_filter_library_get_type ())
G_DECLARE_FINAL_TYPE (LecFilterLibrary, lec_filter_library, LEC, FILTER_LIBRARY, GObject)

/* SHIPPED is the text of the filters that come with Lectern; USER_PATH is the user's own file, read where it exists. */
LecFilterLibrary *lec_filter_library_new (GBytes *shipped, const char *user_path);
/* What was wrong with the user's file, translated, or NULL. */
const char *lec_filter_library_problem (LecFilterLibrary *library);

/* All filters in the order in which they are shown. Borrowed, until the next change. */
unsigned lec_filter_library_n_filters (LecFilterLibrary *library);
const LecNamedFilter *lec_filter_library_get (LecFilterLibrary *library, unsigned i);
/* The user's own with that id, or NULL. */
const LecNamedFilter *lec_filter_library_find_own (LecFilterLibrary *library, const char *id);
unsigned lec_filter_library_n_own (LecFilterLibrary *library);

/* The categories in that order, "" being that of own filters without one; ends with NULL. Free with g_strfreev(). */
char **lec_filter_library_dup_categories (LecFilterLibrary *library);
/* What people call CATEGORY, and back. Borrowed. */
const char *lec_filter_library_category_label (LecFilterLibrary *library, const char *category);
const char *lec_filter_library_category_of_label (LecFilterLibrary *library, const char *label);

/* Changes. Each is kept in the user's file at once; where that fails, ERROR says why and nothing has changed. */

/* In place of the own filter ID, or as a new one where ID is NULL. Takes FILTER over. */
gboolean lec_filter_library_set (LecFilterLibrary *library, const char *id, LecNamedFilter *filter, GError **error);
gboolean lec_filter_library_remove (LecFilterLibrary *library, const char *id, GError **error);
/* Past its next own neighbour of the same category: STEP is −1 or +1. FALSE without ERROR where it has none. */
gboolean lec_filter_library_move (LecFilterLibrary *library, const char *id, int step, GError **error);

/* What became of the filters of a file. */
typedef struct {
  unsigned n_added;
  unsigned n_known;   /* were there already, word for word */
  unsigned n_renamed; /* of those added: another of that name was there, so that they have a number behind theirs */
} LecFilterImport;

/* Adds the filters of FILE to the user's own; none that is there is touched. */
gboolean lec_filter_library_import (LecFilterLibrary *library, const LecFilterFile *file, LecFilterImport *result,
                                    GError **error);
/* The user's own as the text of a file. Free with g_free(). */
char *lec_filter_library_dup_export (LecFilterLibrary *library);

G_END_DECLS
