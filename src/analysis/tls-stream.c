/* Follows a TLS stream from record to record, so that any frame can be dissected by itself later. */
#include "analysis/app-stream.h"
#include "base/publish.h"
#include "protocol/tls-record.h"

/* Takes the record header at *AT in, which may go on in the next segment. FALSE where it is none. */
static gboolean
take_header (LecTlsSide *tls, const LecStreamBytes *bytes, uint32_t *at)
{
  while (*at < bytes->length && tls->n_header < LEC_TLS_RECORD_HEADER_BYTES)
    tls->header[tls->n_header++] = bytes->bytes[(*at)++];
  if (tls->n_header < LEC_TLS_RECORD_HEADER_BYTES)
    return TRUE;
  tls->n_header = 0;
  if (!lec_tls_looks_like_record (tls->header, LEC_TLS_RECORD_HEADER_BYTES))
    return FALSE;
  tls->left = lec_tls_record_length (tls->header) - LEC_TLS_RECORD_HEADER_BYTES;
  return TRUE;
}

/* Goes over BYTES; returns the offset of the first record that begins in them, G_MAXUINT32 where none does. */
static uint32_t
walk_records (LecTlsSide *tls, const LecStreamBytes *bytes)
{
  uint32_t start = G_MAXUINT32;

  for (uint32_t at = 0; at < bytes->length;) {
    if (tls->left) {
      uint32_t step = MIN (tls->left, bytes->length - at);
      tls->left -= step;
      at += step;
      continue;
    }
    uint32_t record = tls->n_header == 0 ? at : G_MAXUINT32;
    if (!take_header (tls, bytes, &at)) {
      tls->lost = TRUE;
      break;
    }
    start = MIN (start, record);
  }
  return start;
}

/* The Server Hello says which version is spoken; it fits a segment on any link. */
static void
note_version (LecAnalyzer *analyzer, const LecStreamBytes *bytes, uint32_t start)
{
  LecConversation *conversation = lec_index_conversation (analyzer->index, bytes->conversation);

  if (LEC_GET (conversation->tls_version))
    return;
  uint16_t version = lec_tls_server_version (bytes->bytes + start, bytes->length - start);
  if (version)
    LEC_SET (conversation->tls_version, version);
}

void
lec_tls_stream_bytes (LecAnalyzer *analyzer, LecStreamPair *streams, const LecStreamBytes *bytes)
{
  LecTlsSide *tls = &streams->side[bytes->side].tls;
  uint32_t start = G_MAXUINT32;

  if (tls->lost && lec_tls_looks_like_record (bytes->bytes, bytes->length))
    *tls = (LecTlsSide){ 0 };
  if (!tls->lost)
    start = walk_records (tls, bytes);
  if (start == G_MAXUINT32) {
    lec_index_set_state (analyzer->index, bytes->frame, LEC_FRAME_CONTINUES, 0);
    return;
  }
  note_version (analyzer, bytes, start);
  lec_index_set_protocol (analyzer->index, bytes->frame, LEC_PROTOCOL_TLS);
  if (bytes->payload_offset + start > 0)
    lec_index_add_mark (analyzer->index, bytes->frame, LEC_MARK_RECORD_START, bytes->payload_offset + start);
}

void
lec_tls_stream_hole (LecStreamPair *streams, unsigned side, uint64_t length)
{
  LecTlsSide *tls = &streams->side[side].tls;

  /* A hole inside a record is counted off; one that takes a header leaves no way to tell where the next begins. */
  if (tls->n_header || length > tls->left)
    tls->lost = TRUE;
  else
    tls->left -= (uint32_t) length;
}
