/* What there is to tell of a trace: counted over its conversations, operations and verdicts. story.c tells it. */
#pragma once

#include "analysis/index.h"

G_BEGIN_DECLS

/* Things of one kind that happened, and the first of them. */
typedef struct {
  uint32_t n;
  uint32_t frame;        /* of the first, 0 = none */
  uint32_t conversation; /* of the first, G_MAXUINT32 = none */
  gboolean elsewhere;    /* some happened at other servers than the first did */
} LecStoryCount;

/* An application at a server, and what its conversations carry. */
typedef struct {
  uint32_t conversation; /* the first of them */
  uint32_t n_conversations;
  uint64_t n_frames;
  uint64_t n_bytes; /* payload */
} LecStoryGroup;

enum { LEC_STORY_GROUPS = 3 };

typedef struct {
  gboolean so_far;
  uint32_t n_frames;
  int64_t span_ns;

  /* Who talks */
  uint32_t n_conversations;
  uint64_t n_bytes;   /* payload */
  uint32_t n_clients; /* addresses that open conversations */
  LecAddress client;  /* one of them */
  unsigned n_groups;  /* of which the largest are here, the largest first */
  LecStoryGroup groups[LEC_STORY_GROUPS];

  /* What failed */
  LecStoryCount unanswered; /* attempts to connect */
  LecStoryCount refused;
  LecStoryCount aborted[2]; /* connections, by the side that did */
  uint32_t n_operations[LEC_OPERATION_ECHO + 1];
  LecStoryCount silent[LEC_OPERATION_ECHO + 1]; /* operations without an answer */
  uint32_t n_unheard;                           /* … with nothing of the other side's in the trace */
  LecStoryCount broken[LEC_OPERATION_ECHO + 1]; /* … with half of one */
  LecStoryCount http_errors[2];                 /* 4xx, 5xx */
  uint32_t n_of_status[600];
  LecStoryCount dns_errors;
  uint32_t n_of_rcode[16];

  /* What was lost, and where */
  uint64_t n_tcp_frames;
  LecStoryCount lost_before; /* before they came here: retransmissions of what was never here */
  LecStoryCount lost_after;  /* after they had passed */
  LecStoryCount needless;    /* retransmissions that were not needed */
  LecStoryCount doubtful;    /* … of which that is unclear, or not known yet */
  uint32_t n_lost_by[2];     /* by the side that sent them */
  LecStoryCount shut[2];     /* zero windows, by the side that shut its window */
  int64_t shut_ns[2];        /* in all */

  /* What took long */
  uint32_t slowest; /* operation, G_MAXUINT32 = none was answered */
  int64_t slowest_ns;
} LecStoryFacts;

/* Takes time that grows with conversations, operations and verdicts; any thread. Gives up once *CANCEL (or NULL)
 * becomes non-zero: then FACTS are of no use. */
void lec_story_facts_gather (LecStoryFacts *facts, const LecIndex *index, const _Atomic unsigned *cancel);

G_END_DECLS
