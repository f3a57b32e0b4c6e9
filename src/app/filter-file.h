/* Filters with names, as a file that people can read and edit: Lectern's own form, a key file, and Wireshark's list of
 * display filters. No GTK here. */
#pragma once

#include <gio/gio.h>

#include "protocol/registry.h"

G_BEGIN_DECLS

/* Larger files, and more filters than this, are not read. */
#define LEC_FILTER_FILE_BYTES_MAX   (1024u * 1024u)
#define LEC_FILTER_FILE_FILTERS_MAX 2000u

/* A filter that somebody gave a name. All texts are in UTF-8 and none is NULL. */
typedef struct {
  char *id;       /* its group in the file: a-z, 0-9 and "-" */
  char *category; /* the id of a shipped category, or free words, or "" */
  char *name;
  char *description;
  char *expression;
  gboolean own; /* the user's, not shipped */
} LecNamedFilter;

LecNamedFilter *lec_named_filter_new (const char *name, const char *category, const char *description,
                                      const char *expression);
LecNamedFilter *lec_named_filter_copy (const LecNamedFilter *filter);
void lec_named_filter_free (LecNamedFilter *filter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecNamedFilter, lec_named_filter_free)

/* What a file held. */
typedef struct {
  GPtrArray *filters;    /* of LecNamedFilter, in the order of the file */
  GPtrArray *categories; /* ids, in the order of the file */
  GHashTable *names;     /* id of a category → its name, translated */
  GPtrArray *complaints; /* translated sentences, each with its line: what was left out */
} LecFilterFile;

void lec_filter_file_free (LecFilterFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecFilterFile, lec_filter_file_free)

/* NULL and ERROR, which names the line, where TEXT is no such file as a whole. A filter without a name or expression
 * and, where REGISTRY is given, one whose expression is not understood, is left out with a complaint. */
LecFilterFile *lec_filter_file_read (GBytes *text, const LecRegistry *registry, GError **error);
/* FILTERS, of LecNamedFilter, as the text of a file. Free with g_free(). */
char *lec_filter_file_write (const GPtrArray *filters);
/* TRUE where ID may be a filter's group. */
gboolean lec_filter_file_is_id (const char *id);

G_END_DECLS
