/* A trace as a window looks at it: the session, what is selected, which filter is applied, and how rows are to read.
 *
 * The one thing that the widgets of a window share. Each has a property "document" that the window's template binds;
 * none knows another. All on the main thread.
 *
 * Signals, none with arguments:
 *   changed          the session has new frames, revisions, a new state (some times a second while it loads)
 *   selected         another row is selected, or none
 *   hidden-changed   the filter hides the selected row, or no longer does
 *   filter-changing  another filter is going to be applied: the last look at what this one shows;
 *                   who shows rows tells the place with lec_document_set_place()
 *   filter-changed   another filter is applied, or none; or it is written in another way
 *   matches-changed  the applied filter has judged more frames, or more is to be said of it
 *   options-changed  time format, sequence numbers, colour rules
 *   report-changed   there is a newer report about the trace as a whole */
#pragma once

#include <gtk/gtk.h>

#include "app/filter-tiers.h"
#include "session/rows.h"

G_BEGIN_DECLS

#define LEC_TYPE_DOCUMENT (lec_document_get_type ())
G_DECLARE_FINAL_TYPE (LecDocument, lec_document, LEC, DOCUMENT, GObject)

/* Takes SESSION over and watches its events. */
LecDocument *lec_document_new (LecSession *session);
/* Borrowed; lives as long as the document. */
LecSession *lec_document_session (LecDocument *document);

/* The selected row, NULL = none. Borrowed, until another is selected. */
const LecRow *lec_document_selected (LecDocument *document);
/* ROW may be NULL. What is selected already is not told again. */
void lec_document_select (LecDocument *document, const LecRow *row);

/* Whether the filter hides the selected row: what is told of it is still told, and says so. The list sets this. */
gboolean lec_document_selected_is_hidden (LecDocument *document);
void lec_document_set_selected_hidden (LecDocument *document, gboolean hidden);

/* The text of the applied filter, "" = none: of all its tiers, as one. Borrowed. */
const char *lec_document_filter_text (LecDocument *document);
/* What it is made of. Borrowed, until filter-changed. */
const LecFilterTiers *lec_document_filter_tiers (LecDocument *document);
/* The last of its tiers, which stands in the entry and is what a click adds to or takes the place of. Borrowed. */
const char *lec_document_entry_text (LecDocument *document);
/* What is worth a word about it though nothing is wrong, a sentence a line: as lec_filter_dup_note() says it, and, once
 * all frames are judged, why nothing passes, or everything. Or NULL. Borrowed, until matches-changed. */
const char *lec_document_filter_hint (LecDocument *document);
/* TEXT as a filter, in which ${ip.src} means the value in the selected frame. NULL where it cannot be understood: then
 * PROBLEM (which may be NULL) says why. */
LecFilter *lec_document_read_filter (LecDocument *document, const char *text, LecFilterProblem *problem);
/* TEXT becomes the last of its tiers. FALSE where it cannot be understood, likewise, and then the old one stays
 * applied. */
gboolean lec_document_set_filter (LecDocument *document, const char *text, LecFilterProblem *problem);
/* The same for all tiers; TIERS is copied. What referred to a frame still means that frame. */
gboolean lec_document_set_tiers (LecDocument *document, const LecFilterTiers *tiers, LecFilterProblem *problem);
/* What to apply when a switch that stands for the filter TEXT is pressed: that; or, where it is what is applied, the
 * one from before. From switch to switch, it is the one from before the first. Borrowed, until the next call. */
const char *lec_document_switch_filter (LecDocument *document, const char *text);
/* What passes it, NULL where no filter is applied. Borrowed, until filter-changed. */
LecMatches *lec_document_matches (LecDocument *document);

/* The frame around which the reader looks: what a filter finds arrives from there on both ways. */
uint32_t lec_document_place (LecDocument *document);
void lec_document_set_place (LecDocument *document, uint32_t frame);

/* What is to be said of the trace as a whole: the newest report, NULL where there is none yet. While the trace is being
 * read one follows another. Borrowed, until report-changed. */
const LecReport *lec_document_report (LecDocument *document);

/* How rows and details are to read. */
LecTimeFormat lec_document_time_format (LecDocument *document);
gboolean lec_document_absolute_sequence_numbers (LecDocument *document);
gboolean lec_document_color_rules_enabled (LecDocument *document);
void lec_document_set_options (LecDocument *document, LecTimeFormat time_format, gboolean absolute_sequence_numbers,
                               gboolean color_rules);

G_END_DECLS
