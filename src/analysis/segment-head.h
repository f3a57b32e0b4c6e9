/* The head of a frame's TCP or UDP segment, read from the trace again; that of a whole datagram where the frame brought
 * its last fragment. */
#pragma once

#include "analysis/index.h"

G_BEGIN_DECLS

typedef struct {
  LecRecord record;
  LecHead head;         /* leads into the record's bytes, or into `datagram` */
  GByteArray *datagram; /* put together, or NULL; owned */
} LecSegmentHead;

/* FALSE where FRAME has no such segment. Good until the next call on CACHE; clear it then. */
gboolean lec_segment_head_read (LecSegmentHead *segment, const LecIndex *index, LecTraceCache *cache, uint32_t frame);
void lec_segment_head_clear (LecSegmentHead *segment);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LecSegmentHead, lec_segment_head_clear)

G_END_DECLS
