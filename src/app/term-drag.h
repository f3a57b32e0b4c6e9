/* Terms on their way: a field, a cell or a chip is dragged to where its expression is wanted. */
#pragma once

#include <gtk/gtk.h>

#include "app/term.h"

G_BEGIN_DECLS

/* The term for a place of WIDGET; NULL = none. The caller frees it. */
typedef LecTerm *(*LecTermAt) (GtkWidget *widget, double x, double y, gpointer data);
/* From now on, terms can be dragged from WIDGET. A finger scrolls as before. */
void lec_term_drag_attach (GtkWidget *widget, LecTermAt term_at, gpointer data);
/* The same, where WIDGET stands for one EXPRESSION, which is copied. */
void lec_term_drag_attach_expression (GtkWidget *widget, const char *expression);

/* Where a term is, over a widget that takes some. */
typedef struct {
  const LecTerm *term;
  double x;
  gboolean adds; /* Ctrl is held: to what is there, rather than in its place */
} LecTermHover;

typedef struct {
  /* FALSE: not wanted here. It is to be seen what a drop would do. */
  gboolean (*hover) (const LecTermHover *hover, gpointer data);
  /* It has gone, or is about to be dropped: nothing is to be seen any more. May be NULL, as hover. */
  void (*leave) (gpointer data);
  void (*drop) (const LecTermHover *hover, gpointer data);
} LecTermDropFunctions;

/* From now on, WIDGET takes terms. FUNCTIONS must outlive it. */
void lec_term_drop_attach (GtkWidget *widget, const LecTermDropFunctions *functions, gpointer data);

G_END_DECLS
