/* Conversations in words. */
#pragma once

#include "analysis/index.h"

G_BEGIN_DECLS

/* The word of the command line's JSON: "complete". */
const char *lec_handshake_name (LecHandshake handshake);
/* "refused", "no answer to 3 SYNs over 9.0 s, gave up", "closed by both", "aborted by the client after 146 frames".
 * Translated; free with g_free(). */
char *lec_conversation_dup_outcome (const LecIndex *index, uint32_t conversation);
/* "192.0.2.1:80", "[2001:db8::1]:80". Free with g_free(). */
char *lec_conversation_dup_endpoint (const LecIndex *index, uint32_t conversation, unsigned side);
/* "the client", "the server", translated. Side 0 opened the conversation; where the opening was not captured that is a
 * guess by ports, and still the best word. */
const char *lec_side_label (unsigned side);

G_END_DECLS
