/* What a message says, of the frames that go on with it: a response of forty segments is a 404 in each of them. */
#pragma once

#include "analysis/surroundings.h"

G_BEGIN_DECLS

/* The frame with the beginning of the HTTP message that FRAME goes on with, 0 = none. */
uint32_t lec_carried_from (const LecIndex *index, uint32_t frame);
/* TRUE where FIELD is said of a message, and so of every frame that carries it. That there is HTTP is said of the
 * frame. */
gboolean lec_is_carried (const LecField *field);
/* Announces to SINK what the last HTTP message that begins in FRAME says: of several, only that one goes on in others.
 */
void lec_carried_dissect (LecFrameReader *reader, const LecIndex *index, uint32_t frame, LecSink *sink);

G_END_DECLS
