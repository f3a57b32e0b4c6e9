/* What people type who know neither language, understood as a filter: "10.0.0.1 and port 80", "404", "errors". Asked
 * only for a text that is no filter, so that nothing here can change what a filter means. */
#pragma once

#include "protocol/registry.h"

G_BEGIN_DECLS

/* The filter that TEXT stands for; NULL where it is not understood. */
char *lec_free_form_dup (const LecRegistry *registry, const char *text);

G_END_DECLS
