/* Filters from a file that the user chooses, and into one. */
#pragma once

#include <gtk/gtk.h>

#include "app/filter-library.h"

G_BEGIN_DECLS

/* Hears what came of it, translated. */
typedef void (*LecFilterExchangeFunc) (const char *outcome, void *data);

/* PARENT outlives the choice: TELL is called with DATA no later than it is. */
void lec_filter_exchange_import (GtkWindow *parent, LecFilterLibrary *library, LecFilterExchangeFunc tell, void *data);
void lec_filter_exchange_export (GtkWindow *parent, LecFilterLibrary *library, LecFilterExchangeFunc tell, void *data);

G_END_DECLS
