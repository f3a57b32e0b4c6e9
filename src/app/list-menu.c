#include "app/list-menu.h"

#include <glib/gi18n-lib.h>

#include "app/cell-terms.h"
#include "app/menu-label.h"

/* The words of win.filter-term, and what the menu calls them. */
static const struct {
  const char *how;
  const char *label;
} ways[] = {
  { "only", N_ ("Show _Only %s") }, { "hide", N_ ("_Hide %s") },         { "and", N_ ("Add with _And") },
  { "or", N_ ("Add with O_r") },    { "not", N_ ("Add with And _Not") },
};

GtkWidget *
lec_list_menu_new (GtkWidget *parent)
{
  GtkWidget *menu = gtk_popover_menu_new_from_model_full (NULL, GTK_POPOVER_MENU_NESTED);

  gtk_popover_set_has_arrow (GTK_POPOVER (menu), FALSE);
  gtk_widget_set_halign (menu, GTK_ALIGN_START);
  gtk_widget_set_parent (menu, parent);
  return menu;
}

static void
append (GMenu *menu, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static void
append_ways (GMenu *menu, const char *expression)
{
  g_autofree char *label = lec_menu_label_dup (expression);

  for (unsigned i = 0; i < G_N_ELEMENTS (ways); i++) {
    g_autoptr (GString) text = g_string_new (_ (ways[i].label));

    g_string_replace (text, "%s", label, 1);
    append (menu, text->str, "win.filter-term", g_variant_new ("(ss)", ways[i].how, expression));
  }
}

static GMenu *
filter_section (const GPtrArray *terms)
{
  GMenu *section = g_menu_new ();

  for (guint i = 0; i < terms->len; i++) {
    const LecCellTerm *term = g_ptr_array_index (terms, i);

    if (i == 0) {
      append_ways (section, term->expression);
    } else {
      g_autoptr (GMenu) more = g_menu_new ();
      g_autofree char *label = lec_menu_label_dup (term->expression);

      append_ways (more, term->expression);
      g_menu_append_submenu (section, label, G_MENU_MODEL (more));
    }
  }
  append (section, _ ("Filter This _Conversation"), "win.filter-conversation", NULL);
  return section;
}

static GMenu *
copy_section (LecMessageList *list, const LecRow *row, guint position, int id, const GPtrArray *terms,
              LecSession *session, const LecName *field)
{
  GMenu *section = g_menu_new ();
  const LecRowText *text = lec_message_list_text (list, row, position);
  g_autofree char *whole = lec_row_text_dup_line (text);
  g_autoptr (GString) value = g_string_new (NULL);

  if (id >= 0)
    g_string_append (value, text->texts[id]->str);
  else if (field)
    lec_row_append_field (value, session, row, field);
  append (section, _ ("Copy _Value"), "win.copy-text", g_variant_new_string (value->str));
  append (section, _ ("Copy Ro_w"), "win.copy-text", g_variant_new_string (whole));
  if (terms->len)
    append (section, _ ("Copy Filter _Expression"), "win.copy-text",
            g_variant_new_string (((LecCellTerm *) g_ptr_array_index (terms, 0))->expression));
  return section;
}

static void
append_link (GMenu *section, uint32_t frame)
{
  g_autofree char *label = g_strdup_printf (_ ("_Go to Frame %u"), frame);

  append (section, label, "win.go-to-frame", g_variant_new_uint32 (frame));
}

static GMenu *
go_section (LecSession *session, const LecRow *row, uint32_t representative)
{
  GMenu *section = g_menu_new ();
  const LecIndex *index = lec_session_index (session);
  uint32_t number = G_MAXUINT32;

  append (section, _ ("What Does the _Sign Mean?"), "win.show-verdict", NULL);
  while ((number = lec_index_next_verdict (index, representative, number)) != G_MAXUINT32) {
    const LecVerdict *verdict = lec_index_verdict (index, number);
    uint32_t related = verdict->first ? verdict->first : verdict->of;

    if (related && related != row->frame)
      append_link (section, related);
  }
  return section;
}

static GMenu *
column_section (const GPtrArray *terms)
{
  GMenu *section = g_menu_new ();

  for (guint i = 0; i < terms->len; i++) {
    const LecCellTerm *term = g_ptr_array_index (terms, i);

    if (term->field) {
      g_autofree char *field = lec_menu_label_dup (term->field);
      g_autofree char *label = g_strdup_printf (_ ("Add %s as Co_lumn"), field);

      append (section, label, "win.add-column", g_variant_new_string (term->field));
      break;
    }
  }
  return section;
}

void
lec_list_menu_popup (GtkPopoverMenu *menu, LecMessageList *list, LecSession *session, const LecRow *row, guint position,
                     int id, const LecName *field, double x, double y)
{
  g_autoptr (GMenu) model = g_menu_new ();
  g_autoptr (GPtrArray) terms = lec_cell_terms (session, row, id, field);
  uint32_t representative = lec_message_list_text (list, row, position)->representative;
  g_autoptr (GMenu) filter = filter_section (terms);
  g_autoptr (GMenu) columns = column_section (terms);
  g_autoptr (GMenu) copy = copy_section (list, row, position, id, terms, session, field);
  g_autoptr (GMenu) go = go_section (session, row, representative);

  g_menu_append_section (model, NULL, G_MENU_MODEL (filter));
  g_menu_append_section (model, NULL, G_MENU_MODEL (go));
  g_menu_append_section (model, NULL, G_MENU_MODEL (copy));
  g_menu_append_section (model, NULL, G_MENU_MODEL (columns));
  gtk_popover_menu_set_menu_model (menu, G_MENU_MODEL (model));
  gtk_popover_set_pointing_to (GTK_POPOVER (menu), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (menu));
}
