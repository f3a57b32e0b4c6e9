#include "app/mnemonic.h"

void
lec_mnemonic_name (GtkWidget *button)
{
  /* A button's label widget names it already. */
  if (GTK_IS_BUTTON (button)) {
    gtk_accessible_reset_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL);
    return;
  }
  g_auto (GStrv) parts = g_strsplit (gtk_check_button_get_label (GTK_CHECK_BUTTON (button)), "_", 2);
  g_autofree char *name = g_strjoinv (NULL, parts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
lec_mnemonic_name_all (GtkWidget *root)
{
  if ((GTK_IS_BUTTON (root) && gtk_button_get_use_underline (GTK_BUTTON (root))) ||
      (GTK_IS_CHECK_BUTTON (root) && gtk_check_button_get_use_underline (GTK_CHECK_BUTTON (root))))
    lec_mnemonic_name (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    lec_mnemonic_name_all (child);
}
