/* Remarks: what to bear in mind about a frame before judging it, because of the way it was captured. */
#pragma once

#include "analysis/index.h"

G_BEGIN_DECLS

typedef enum {
  LEC_REMARK_CUT,          /* captured shorter than it was */
  LEC_REMARK_SUPER_FRAME,  /* longer than the network carries: the network card joins and splits segments (offload) */
  LEC_REMARK_NO_HANDSHAKE, /* of a TCP conversation that began before the capture */
  LEC_REMARK_ONE_WAY,      /* of a TCP conversation of which only one direction was captured */
  LEC_N_REMARKS
} LecRemark;

/* The remarks about FRAME, a bit each (1 << LecRemark). Any thread. */
unsigned lec_remarks_of_frame (const LecIndex *index, uint32_t frame);
/* Those of them that hold for all frames of a conversation. Any thread. */
unsigned lec_remarks_of_conversation (const LecConversation *conversation);

/* The word of filters and JSON: "cut-short". */
const char *lec_remark_name (LecRemark remark);

/* No frame of up to so many bytes can be a super-frame of this conversation; G_MAXUINT32 where none can be known as
 * one. Any thread. */
uint32_t lec_remarks_longest_frame (const LecIndex *index, uint32_t conversation, unsigned side, uint16_t link_type);

G_END_DECLS
