/* Names as DNS messages hold them (RFC 1035 §3.1, §4.1.4). */
#pragma once

#include "base/reader.h"

G_BEGIN_DECLS

/* Reads the name at READER, which then stands behind it, and appends it to NAME with dots between labels ("<Root>"
 * for the empty one). A pointer goes to an offset of MESSAGE, a reader over the whole message. Pointers are followed
 * LEC_LIMIT_DNS_POINTERS times and a name ends at 255 bytes (RFC 1035 §2.3.4). FALSE, and READER's state says so,
 * where the name is cut or malformed; NAME then has what came so far. N_LABELS may be NULL. */
gboolean lec_dns_read_name (const LecReader *message, LecReader *reader, GString *name, unsigned *n_labels);

G_END_DECLS
