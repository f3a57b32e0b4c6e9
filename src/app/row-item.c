#include "app/row-item.h"

struct _LecRowItem {
  GObject parent;
  LecRow row;
};

G_DEFINE_FINAL_TYPE (LecRowItem, lec_row_item, G_TYPE_OBJECT)

static void
lec_row_item_class_init (LecRowItemClass *class)
{
}

static void
lec_row_item_init (LecRowItem *self)
{
}

LecRowItem *
lec_row_item_new (const LecRow *row)
{
  LecRowItem *self = g_object_new (LEC_TYPE_ROW_ITEM, NULL);

  self->row = *row;
  return self;
}

LecRow *
lec_row_item_row (LecRowItem *self)
{
  return &self->row;
}

char *
lec_row_text_dup_line (const LecRowText *text)
{
  const char *texts[LEC_N_COLUMNS + 1] = { 0 };

  for (unsigned i = 0; i < LEC_N_COLUMNS; i++)
    texts[i] = text->texts[i]->str;
  return g_strjoinv ("\t", (char **) texts);
}
