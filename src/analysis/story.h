/* The story of a trace: who talks, what failed and why, what was lost and where, what took long, in a few plain lines.
 */
#pragma once

#include "analysis/index.h"

G_BEGIN_DECLS

enum { LEC_STORY_LINES = 5 };

/* A line, and what it is about: a frame, or the frames that a filter shows. */
typedef struct {
  char *text;     /* translated */
  uint32_t frame; /* 0 = none */
  char *filter;   /* or NULL */
  unsigned weight;
} LecStoryLine;

/* LecStoryLine, the most important first, at most LEC_STORY_LINES; none where there is nothing to tell, or once *CANCEL
 * (or NULL) is non-zero. Of what INDEX has so far: takes time that grows with its conversations, operations and
 * verdicts. Any thread. Unref the array: it frees the lines. */
GPtrArray *lec_story_new (const LecIndex *index, const _Atomic unsigned *cancel);

G_END_DECLS
