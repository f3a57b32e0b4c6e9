/* Where the program's own files stand: installed, or in the tree it was built in. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* NAME in the program's data ("samples/samples.ini"). $LECTERN_DATADIR comes first. Free with g_free(). */
char *lec_paths_dup_data (const char *name);
/* The settings of the program's schema, wherever it stands. */
GSettings *lec_paths_settings (void);

G_END_DECLS
