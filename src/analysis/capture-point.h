/* Where on the way between its ends a trace was captured. */
#pragma once

#include "analysis/index.h"

G_BEGIN_DECLS

typedef enum {
  LEC_CAPTURED_UNKNOWN,
  LEC_CAPTURED_AT_CLIENT, /* of most conversations: at the side that opened them, or right beside it */
  LEC_CAPTURED_AT_SERVER,
  LEC_CAPTURED_BETWEEN,
  LEC_CAPTURED_AT_BOTH, /* both ends run on the machine that captured */
  LEC_CAPTURED_AT_HOST, /* at a host that is the client of some conversations and the server of others */
} LecCapturedAt;

typedef struct {
  uint8_t at;                /* LecCapturedAt */
  uint8_t confidence;        /* LecConfidence */
  LecAddress host;           /* the one end that it was captured at; n_bytes 0 = several, or none */
  uint32_t n_judged;         /* conversations that tell anything; a sample where there are very many */
  uint32_t n_agree;          /* of these tell this */
  uint32_t round_trip_us[2]; /* from here to the client and back, and to the server: the median; 0 = unknown */
  uint8_t ttl[2];            /* that most packets of the client, and of the server, have left here; 0 = unknown */
} LecCapturePoint;

/* Judges by the conversations that INDEX has so far. Any thread. */
LecCapturePoint lec_capture_point (const LecIndex *index);
/* The word of JSON: "client". */
const char *lec_captured_at_name (LecCapturedAt at);

/* TRUE where both ends of it are on one machine: the same address, or those of the loopback (RFC 1122 §3.2.1.3,
 * RFC 4291 §2.5.3). */
gboolean lec_conversation_is_local (const LecConversation *conversation);

G_END_DECLS
