/* The registered status codes of HTTP: phrase and meaning (IANA "HTTP Status Codes", RFC 9110 §15). */
#pragma once

#include "protocol/field.h"

G_BEGIN_DECLS

typedef struct {
  uint16_t code;
  const char *phrase;      /* as registered, not translated: "Not Modified" */
  const char *explanation; /* N_(): a sentence or two for a student, with its RFC */
} LecHttpStatus;

/* The row of CODE; NULL where it is not registered. Static. */
const LecHttpStatus *lec_http_status (unsigned code);
/* The N_() sentence of CODE's class, "5xx: the server failed …"; NULL outside 100 … 599. Static. */
const char *lec_http_status_class (unsigned code);

G_END_DECLS
