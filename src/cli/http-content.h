/* What an HTTP message says and carries, out of its bytes: the head, and the content without its transfer coding. */
#pragma once

#include "protocol/http-head.h"

G_BEGIN_DECLS

/* The content of a message whose BYTES begin with its head. REQUEST_METHOD is that of the request it answers. NULL
 * where it is not whole, or where its framing is wrong. */
GByteArray *lec_http_content (const uint8_t *bytes, uint32_t length, LecHttpMethod request_method);

G_END_DECLS
