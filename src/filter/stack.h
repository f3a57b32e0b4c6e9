/* Message Analyzer's paths through the layers of a message: \HTTP\TCP.Port == 80\\IPv4. */
#pragma once

#include "filter/ast.h"

G_BEGIN_DECLS

/* What stands before an element of a path. */
#define LEC_STEP_TOP         '^' /* \ before the first: the topmost layer */
#define LEC_STEP_ANYWHERE    '-' /* nothing before the first, or \\: any layer */
#define LEC_STEP_BELOW       '/' /* \: directly below the element before it */
#define LEC_STEP_FAR_BELOW   '>' /* \\: somewhere below it */
#define LEC_STEP_ALTERNATIVE '|' /* ||: in place of the element before it, anywhere below the one before that */

/* One element of a path, for matching. */
typedef struct {
  char step;
  const char *protocol; /* its name in frame.protocols; NULL: any */
  gboolean holds;       /* what it asks of the message besides */
} LecStackElement;

/* Whether PROTOCOLS ("eth:ethertype:ip:tcp:http") has the layers of a path in its order. */
gboolean lec_stack_matches (LecBytes protocols, const LecStackElement *elements, unsigned n_elements);

G_END_DECLS
