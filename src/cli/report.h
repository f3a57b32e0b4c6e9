/* What is said of a trace as a whole, as `summary` prints it. */
#pragma once

#include "analysis/report.h"
#include "base/json.h"

G_BEGIN_DECLS

/* Adds the members "trust" and "story" to the object that is open. */
void lec_cli_report_add_json (LecJson *json, const LecReport *report);
/* Calls LINE for each line of text, with its heading ("" where it is that of the line before). */
typedef void (*LecCliLineFunc) (const char *heading, const char *text, void *data);
void lec_cli_report_foreach_line (const LecReport *report, LecCliLineFunc line, void *data);

G_END_DECLS
