/* A note of the why pane: what is said of a verdict, and below it the reasons, each with a link to the frame that shows
 * it. */
#pragma once

#include <gtk/gtk.h>

#include "session/session.h"

G_BEGIN_DECLS

/* A note with SIGN (an icon's name, or NULL) and HEADING over *WORDS, a vertical box that is to be filled. */
GtkWidget *lec_note_new (const char *sign, const char *heading, GtkWidget **words);
/* A text that wraps and can be selected, with a style class of its own or NULL. */
GtkWidget *lec_note_text_new (const char *text, const char *class);
/* A link to FRAME that jumps even where the filter hides it. */
GtkWidget *lec_note_link_new (const char *label, uint32_t frame);

/* What is to be said of VERDICT in the notes of a row: where it is about another frame than ROW_FRAME, it says which.
 * The reasons are laid open where OPEN; what Wireshark's rules say otherwise is among them where the session has it at
 * hand. Nothing of SESSION is kept. */
GtkWidget *lec_verdict_note_new (LecSession *session, const LecVerdict *verdict, uint32_t row_frame, gboolean open);

G_END_DECLS
