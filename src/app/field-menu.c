#include "app/field-menu.h"

#include "app/term-menu.h"
#include "filter/filter.h"

#include <glib/gi18n-lib.h>

uint32_t
lec_field_frame (const LecTreeNode *node)
{
  return node->field->type == LEC_TYPE_FRAME && node->value.number <= G_MAXUINT32 ? (uint32_t) node->value.number : 0;
}

void
lec_field_add_term (GPtrArray *terms, const LecTreeNode *node)
{
  lec_terms_add (terms, lec_filter_dup_term (node->field, &node->value), node->field->name);
}

GMenuModel *
lec_field_menu_new (const LecTreeNode *node)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) jump = g_menu_new ();
  g_autoptr (GMenu) copy = g_menu_new ();
  g_autoptr (GPtrArray) terms = lec_terms_new ();
  uint32_t frame = lec_field_frame (node);

  if (frame != 0) {
    g_autofree char *label = g_strdup_printf (_ ("Go to Frame %u"), frame);
    lec_term_menu_append_item (jump, label, "win.go-to-frame", g_variant_new_uint32 (frame));
  }
  lec_term_menu_append_section (menu, jump);
  lec_field_add_term (terms, node);
  lec_term_menu_append (menu, terms);
  if (terms->len == 0)
    lec_term_menu_append_item (copy, _ ("As Co_lumn"), "win.add-column", g_variant_new_string (node->field->name));
  if (node->text != NULL && node->text[0] != '\0')
    lec_term_menu_append_item (copy, _ ("Copy _Value"), "win.copy-text",
                               g_variant_new_take_string (g_utf8_make_valid (node->text, -1)));
  lec_term_menu_append_item (copy, _ ("Copy Na_me"), "win.copy-text", g_variant_new_string (node->field->name));
  lec_term_menu_append_section (menu, copy);
  return G_MENU_MODEL (g_steal_pointer (&menu));
}
