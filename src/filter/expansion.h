/* Names of Message Analyzer's that are no field here, but say what fields say together. */
#pragma once

#include "filter/typing.h"

G_BEGIN_DECLS

/* The condition that a name, alone or compared with true or false, stands for: "*IsOperation", "ICMP.RedirectMessage".
 * As it is parsed, with NODE's place in the text; NULL where NODE is no such name. */
LecNode *lec_expansion_of_name (LecChecker *checker, const LecNode *node);
/* The same for `TCPDiagnosis contains "Dup-Ack"`. */
LecNode *lec_expansion_of_diagnosis (LecChecker *checker, const LecNode *test);

G_END_DECLS
