/* A small trace whose frames and times are known, and verdicts about it, for tests of words. */
#pragma once

#include "loaded.h"

#define MS           1000000ll
#define CLIENT_START 1000u
#define SERVER_START 500000u

enum { CLIENT, SERVER };

/* Eleven frames of one connection without a fault: see known.c. The test's own verdicts may be said of them. */
LecIndex *known_index (void);

#define KIND(name)     .kind = LEC_VERDICT_##name
#define EVIDENCE(name) LEC_EVIDENCE_##name
/* What frame 9 would be as a retransmission of frame 4, and as one of what frame 7 had gone past. */
#define RESENT_AFTER(copy)                                                                                             \
  KIND (RETRANSMISSION), .frame = 9, .of = (copy), .first = 4, .count = 1000, .side = SERVER, .span_ns = 940 * MS,     \
                         .sequence = SERVER_START + 1
#define RESENT RESENT_AFTER (4)
#define FILLER                                                                                                         \
  KIND (RETRANSMISSION), .frame = 9, .opener = 7, .count = 1000, .side = SERVER, .span_ns = 630 * MS,                  \
                         .sequence = SERVER_START + 1
#define BEFORE EVIDENCE (SEEN_BEFORE)
#define HOLE   EVIDENCE (FILLS_HOLE)
