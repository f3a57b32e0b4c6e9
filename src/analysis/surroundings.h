/* What a dissection may ask about the rest of the trace, answered from the index; and the dissection of a frame of it.
 */
#pragma once

#include "analysis/replay-stream.h"
#include "protocol/dissection.h"

G_BEGIN_DECLS

/* A reader's own place to work: a page cache and the memory of the current dissection. One per thread. */
typedef struct LecFrameReader LecFrameReader;

LecFrameReader *lec_frame_reader_new (LecIndex *index);
void lec_frame_reader_free (LecFrameReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecFrameReader, lec_frame_reader_free)

LecTraceCache *lec_frame_reader_cache (LecFrameReader *reader);
void lec_frame_reader_set_absolute (LecFrameReader *reader, gboolean absolute_sequence_numbers);

/* Where dissections have it from how a TCP conversation stands at a frame; FALSE: it is not at hand, and then they do
 * without. At first there is no such place. */
typedef gboolean (*LecReplayFactsFunc) (void *data, uint32_t frame, LecReplayFacts *facts);
void lec_frame_reader_set_replay (LecFrameReader *reader, LecReplayFactsFunc facts, void *data);
/* The same from STREAM, which is borrowed, or NULL: for who goes through the trace in its order. */
void lec_frame_reader_set_replay_stream (LecFrameReader *reader, LecReplayStream *stream);

/* Dissects FRAME of the index into SINK. The dissection (layers, summaries, head) is borrowed and good until the next
 * call. `summaries` is one of LEC_SUMMARY_…. */
LecDissection *lec_frame_reader_dissect (LecFrameReader *reader, uint32_t frame, LecSink *sink, int summaries);
/* The record's bytes as last read; good until the next call. */
const LecRecord *lec_frame_reader_record (LecFrameReader *reader, uint32_t frame);

G_END_DECLS
