#include "app/list-menu.h"

#include <glib/gi18n-lib.h>

#include "app/cell-terms.h"
#include "app/term-menu.h"

static GMenu *
copy_section (LecMessageList *list, const LecRow *row, guint position, int id, LecSession *session,
              const LecName *field)
{
  GMenu *section = g_menu_new ();
  const LecRowText *text = lec_message_list_text (list, row, position);
  g_autofree char *whole = lec_row_text_dup_line (text);
  g_autoptr (GString) value = g_string_new (NULL);

  if (id >= 0)
    g_string_append (value, text->texts[id]->str);
  else if (field)
    lec_row_append_field (value, session, row, field);
  lec_term_menu_append_item (section, _ ("Copy _Value"), "win.copy-text", g_variant_new_string (value->str));
  lec_term_menu_append_item (section, _ ("Copy Ro_w"), "win.copy-text", g_variant_new_string (whole));
  return section;
}

static void
append_link (GMenu *section, uint32_t frame)
{
  g_autofree char *label = g_strdup_printf (_ ("_Go to Frame %u"), frame);

  lec_term_menu_append_item (section, label, "win.go-to-frame", g_variant_new_uint32 (frame));
}

static GMenu *
go_section (LecSession *session, const LecRow *row, uint32_t representative)
{
  GMenu *section = g_menu_new ();
  const LecIndex *index = lec_session_index (session);
  uint32_t number = G_MAXUINT32;

  lec_term_menu_append_item (section, _ ("Filter This _Conversation"), "win.filter-conversation", NULL);
  lec_term_menu_append_item (section, _ ("What Does the S_ign Mean?"), "win.show-verdict", NULL);
  while ((number = lec_index_next_verdict (index, representative, number)) != G_MAXUINT32) {
    const LecVerdict *verdict = lec_index_verdict (index, number);
    uint32_t related = verdict->first ? verdict->first : verdict->of;

    if (related && related != row->frame)
      append_link (section, related);
  }
  return section;
}

GMenuModel *
lec_list_menu_new (LecMessageList *list, LecSession *session, const LecRow *row, guint position, int id,
                   const LecName *field)
{
  g_autoptr (GMenu) model = g_menu_new ();
  g_autoptr (GPtrArray) terms = lec_cell_terms (session, row, id, field);
  uint32_t representative = lec_message_list_text (list, row, position)->representative;
  g_autoptr (GMenu) copy = copy_section (list, row, position, id, session, field);
  g_autoptr (GMenu) go = go_section (session, row, representative);

  lec_term_menu_append (model, terms);
  lec_term_menu_append_section (model, go);
  lec_term_menu_append_section (model, copy);
  return G_MENU_MODEL (g_steal_pointer (&model));
}
