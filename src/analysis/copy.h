/* Whether two frames hold one packet: a capture that listens at several ports or interfaces, or on both sides of a
 * router, has each packet more than once. Index pass only. */
#pragma once

#include "analysis/analyzer.h"

G_BEGIN_DECLS

typedef enum {
  LEC_COPY_NONE,      /* two packets */
  LEC_COPY_SAME,      /* bit by bit the same, on the same interface */
  LEC_COPY_OTHER_WAY, /* the same but for what changes on the way, or on another interface */
} LecCopy;

/* Compares the frame that is being analysed with the one of number EARLIER, which is read again from the trace. */
LecCopy lec_copy_compare (const LecAnalyzer *analyzer, const LecFrameAt *at, uint32_t earlier);

/* The nearest of the REACH frames before that holds the same packet, 0 = none. Only frames of the same conversation,
 * direction, length and flags are read again. */
uint32_t lec_copy_find (const LecAnalyzer *analyzer, const LecFrameAt *at, uint32_t reach, LecCopy *copy);

/* Looks whether a frame that is not TCP is a copy, where the trace is such that it may have some: it was seen to have
 * copies of TCP packets, or was captured on several interfaces. TRUE: it is, and that has been told. */
gboolean lec_copy_seen (LecAnalyzer *analyzer, const LecFrameAt *at);

/* Between two places of capture, where nothing in a packet tells it from others. */
#define LEC_COPY_LONGEST_WAY_NS 100000000ll

G_END_DECLS
