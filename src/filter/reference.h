/* ${ip.src}: the value in a frame that somebody points at. */
#pragma once

#include "filter/lexer.h"

G_BEGIN_DECLS

/* Puts the values of FRAME in place of the references in SYNTAX, parsed and not yet checked: one as it would be typed,
 * several as a set; *FILLED tells whether there are references. FALSE and PROBLEM where the frame has no value. READER
 * may be NULL: no frame is pointed at, and references stay for check.c to refuse. */
gboolean lec_references_fill (const LecRegistry *registry, LecSyntax *syntax, LecFrameReader *reader, uint32_t frame,
                              gboolean *filled, LecFilterProblem *problem);

G_END_DECLS
