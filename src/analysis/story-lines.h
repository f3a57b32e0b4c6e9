/* The lines that a story can have, each for itself; story.c chooses. */
#pragma once

#include "analysis/story-facts.h"
#include "analysis/story.h"

G_BEGIN_DECLS

typedef struct {
  const LecIndex *index;
  const LecStoryFacts *facts;
} LecTelling;

/* Fills LINE; FALSE where there is nothing of the kind to tell. */
typedef gboolean (*LecTeller) (const LecTelling *telling, LecStoryLine *line);

/* What went wrong, and what took long: ended by NULL. */
extern const LecTeller lec_story_troubles[];
/* Who talks; and that nothing went wrong. */
gboolean lec_story_tell_who (const LecTelling *telling, LecStoryLine *line);
gboolean lec_story_tell_peace (const LecTelling *telling, LecStoryLine *line);

/* "www.example.com (192.0.2.1:80)", "192.0.2.1:80": the server of CONVERSATION. Free with g_free(). */
char *lec_story_dup_server (const LecIndex *index, uint32_t conversation);
/* "www.example.com (192.0.2.1)", "192.0.2.1". Free with g_free(). */
char *lec_story_dup_host (const LecIndex *index, const LecAddress *address);

G_END_DECLS
