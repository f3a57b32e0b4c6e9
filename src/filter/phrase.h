/* Words that people type who know no language, as a condition: "retransmissions from 10.0.0.1", "port 80". */
#pragma once

#include "protocol/registry.h"

G_BEGIN_DECLS

/* WORDS ends with NULL; one in quotation marks still has them, as ". NULL where not every word is understood. */
char *lec_phrase_dup_condition (const LecRegistry *registry, char **words);

G_END_DECLS
