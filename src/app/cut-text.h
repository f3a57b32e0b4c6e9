/* Texts that are cut where there is no room for them: their tooltip has all of it, for as long as they are. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* TEXT is a GtkLabel or a GtkInscription. */
void lec_cut_text_explain (GtkWidget *text);

G_END_DECLS
