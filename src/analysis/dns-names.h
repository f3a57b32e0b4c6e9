/* Names of addresses out of the DNS answers of a trace. */
#pragma once

#include "analysis/names.h"
#include "base/reader.h"

G_BEGIN_DECLS

/* MESSAGE is a whole DNS response. What was asked for names every address in the answer, through whatever aliases. */
void lec_dns_learn_names (LecNames *names, const LecReader *message);

G_END_DECLS
