/* The conversation pane: how the selected row's TCP conversation went and stands, in words, numbers and two charts. */
#pragma once

#include <gtk/gtk.h>

#include "session/rows.h"

G_BEGIN_DECLS

#define LEC_TYPE_CONVERSATION_PANE (lec_conversation_pane_get_type ())
G_DECLARE_FINAL_TYPE (LecConversationPane, lec_conversation_pane, LEC, CONVERSATION_PANE, GtkWidget)

/* Shows the conversation of FRAME; 0 shows the empty state. SESSION must live until another is shown. What is not in
 * front asks the session for nothing. */
void lec_conversation_pane_show (LecConversationPane *pane, LecSession *session, uint32_t frame);

G_END_DECLS
