/* What a sign in the list means: the sentences of the verdicts behind it, with links to the frames they speak of. */
#pragma once

#include <gtk/gtk.h>

#include "session/rows.h"

G_BEGIN_DECLS

#define LEC_TYPE_VERDICT_POPOVER (lec_verdict_popover_get_type ())
G_DECLARE_FINAL_TYPE (LecVerdictPopover, lec_verdict_popover, LEC, VERDICT_POPOVER, GtkPopover)

/* PARENT unparents it when it goes. */
GtkWidget *lec_verdict_popover_new (GtkWidget *parent);
/* The verdicts about ROW, about REPRESENTATIVE, the frame that its colours are about, and about the frame HIDDEN below
 * it that its sign tells of (0 = none); where there are none, MEANING (what the sign stands for) and SUMMARY. Then
 * COMMENT, "" = none. Points to SIGN. */
void lec_verdict_popover_show (LecVerdictPopover *popover, LecSession *session, const LecRow *row,
                               uint32_t representative, uint32_t hidden, const char *meaning, const char *summary,
                               const char *comment, GtkWidget *sign);

G_END_DECLS
