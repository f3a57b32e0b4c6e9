/* Bytes as hex and text, drawn line by line: only what is on screen is looked at.
 *
 * Two ranges are marked: the field's (set by whoever shows the field) and the user's own selection, by mouse or keys.
 * Signal "selected" tells that the user changed the latter. */
#pragma once

#include <gtk/gtk.h>

#include "base/reader.h"

G_BEGIN_DECLS

#define LEC_TYPE_BYTE_VIEW (lec_byte_view_get_type ())
G_DECLARE_FINAL_TYPE (LecByteView, lec_byte_view, LEC, BYTE_VIEW, GtkWidget)

/* A range of bytes; a length of 0 is none. */
typedef struct {
  uint32_t offset;
  uint32_t length;
} LecByteRange;

GtkWidget *lec_byte_view_new (void);
/* OWNER keeps BYTES alive; both ranges are cleared. */
void lec_byte_view_set_bytes (LecByteView *view, LecBytes bytes, GObject *owner);
/* Marks the field's bytes, clears the user's selection and scrolls there. */
void lec_byte_view_set_field (LecByteView *view, LecByteRange range);
/* Only marks them: the user is selecting bytes, and this is the field that holds them. */
void lec_byte_view_mark_field (LecByteView *view, LecByteRange range);
/* Selects RANGE as the user would, and scrolls there. */
void lec_byte_view_select (LecByteView *view, LecByteRange range);
/* What the user selected. */
LecByteRange lec_byte_view_selection (LecByteView *view);
/* The byte under a point of the widget; FALSE where there is none. */
gboolean lec_byte_view_byte_at (LecByteView *view, double x, double y, uint32_t *byte);
/* The user's selection, or else the field's bytes, or else all, as text. Free with g_free(). */
char *lec_byte_view_dup_hex (LecByteView *view);
char *lec_byte_view_dup_text (LecByteView *view);

G_END_DECLS
