/* Names of buttons whose label has an underscore before its key. GTK 4.8 reads the underscore out; for a plain button it
 * says the label a second time without. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* BUTTON is a GtkButton or a GtkCheckButton, after its label was set. */
void lec_mnemonic_name (GtkWidget *button);
/* All of ROOT's that have such a label. */
void lec_mnemonic_name_all (GtkWidget *root);

G_END_DECLS
