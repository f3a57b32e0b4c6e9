/* What the files of the message list share. */
#pragma once

#include "app/list-columns.h"
#include "app/message-list.h"
#include "app/row-dress.h"

G_BEGIN_DECLS

struct _LecMessageList {
  GtkWidget parent;
  GtkWidget *overlay;
  GtkColumnView *view;
  GtkWidget *inner; /* the GtkListView inside the view */
  GtkWidget *empty;
  GtkLabel *empty_text;
  GtkWidget *menu;    /* LecListMenu's popover */
  GtkWidget *verdict; /* LecVerdictPopover */
  LecListColumns *columns;
  LecDocument *document;
  LecRowDress *dress;
  LecRowModel *model;
  GtkSingleSelection *selection;
  gboolean flat;
  uint32_t wanted_frame; /* to be selected as soon as its row is there, 0 = none */
  gboolean installing;   /* the selection changes because the model does */
  uint32_t seen_revision;
  LecSessionState seen_state;
  guint refresh_source;
};

/* message-list-input.c: what the pointer and the keys do. */
void lec_message_list_bind_input (GtkWidgetClass *class);
/* The row's widget, while it has one. */
GtkWidget *lec_message_list_row_widget (LecMessageList *list, guint position);
extern const LecListCellFunctions lec_message_list_cell_functions;

G_END_DECLS
