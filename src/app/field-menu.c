#include "app/field-menu.h"

#include "app/menu-label.h"
#include "filter/filter.h"

#include <glib/gi18n-lib.h>

static void
append (GMenu *section, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);
  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (section, item);
}

static void
append_section (GMenu *menu, GMenu *section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static void
append_filter_items (GMenu *menu, const char *term)
{
  static const struct {
    const char *how;
    const char *label;
  } items[] = {
    { "only", N_ ("Show Only %s") },
    { "hide", N_ ("Hide %s") },
    { "and", N_ ("Add to Filter: and %s") },
    { "or", N_ ("Add to Filter: or %s") },
    { "not", N_ ("Add to Filter: and not %s") },
  };
  g_autoptr (GMenu) section = g_menu_new ();
  g_autofree char *shown = lec_menu_label_dup (term);
  for (unsigned i = 0; i < G_N_ELEMENTS (items); i++) {
    g_autoptr (GString) label = g_string_new (_ (items[i].label));
    g_string_replace (label, "%s", shown, 1);
    append (section, label->str, "win.filter-term", g_variant_new ("(ss)", items[i].how, term));
  }
  append_section (menu, section);
}

uint32_t
lec_field_frame (const LecTreeNode *node)
{
  return node->field->type == LEC_TYPE_FRAME && node->value.number <= G_MAXUINT32 ? (uint32_t) node->value.number : 0;
}

GMenuModel *
lec_field_menu_new (const LecTreeNode *node)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) show = g_menu_new ();
  g_autoptr (GMenu) copy = g_menu_new ();
  g_autofree char *term = lec_filter_dup_term (node->field, &node->value);
  uint32_t frame = lec_field_frame (node);

  if (frame != 0) {
    g_autoptr (GMenu) jump = g_menu_new ();
    g_autofree char *label = g_strdup_printf (_ ("Go to Frame %u"), frame);
    append (jump, label, "win.go-to-frame", g_variant_new_uint32 (frame));
    append_section (menu, jump);
  }
  if (term != NULL)
    append_filter_items (menu, term);
  append (show, _ ("Add as Column"), "win.add-column", g_variant_new_string (node->field->name));
  append_section (menu, show);
  if (node->text != NULL && node->text[0] != '\0')
    append (copy, _ ("Copy Value"), "win.copy-text", g_variant_new_take_string (g_utf8_make_valid (node->text, -1)));
  append (copy, _ ("Copy Name"), "win.copy-text", g_variant_new_string (node->field->name));
  if (term != NULL)
    append (copy, _ ("Copy Filter Expression"), "win.copy-text", g_variant_new_string (term));
  append_section (menu, copy);
  return G_MENU_MODEL (g_steal_pointer (&menu));
}
