/* The bytes below a trace: a plain file, a compressed one, or a pipe.
 *
 * Reading goes forwards in one thread. Whatever was read can be had again by any thread: from the file itself, or from
 * the spool, an unlinked temporary file to which a pipe and what comes out of a compressed file are written first. */
#pragma once

#include <glib.h>
#include <stdint.h>
#include <sys/types.h>

G_BEGIN_DECLS

typedef struct LecByteSource LecByteSource;

/* PATH "-" is standard input. Blocks on a pipe until it has given its first bytes. */
LecByteSource *lec_byte_source_open (const char *path, GError **error);
void lec_byte_source_free (LecByteSource *source);

/* Reading thread: what is there next, at most N_BYTES; blocks until there is something. 0 at the end or when cancelled;
 * −1 with TROUBLE set to a translated sentence, borrowed. */
ssize_t lec_byte_source_read (LecByteSource *source, uint8_t *buffer, size_t n_bytes, const char **trouble);
/* Any thread: bytes that were read before. Less than N_BYTES where the file no longer has them. */
size_t lec_byte_source_read_again (const LecByteSource *source, uint8_t *buffer, size_t n_bytes, uint64_t offset);

/* Any thread. */
void lec_byte_source_cancel (LecByteSource *source);
gboolean lec_byte_source_cancelled (const LecByteSource *source);
/* Any thread: bytes of the file (compressed, where it is) taken so far, and how many it has; 0 = unknown. */
void lec_byte_source_progress (const LecByteSource *source, uint64_t *read_bytes, uint64_t *total_bytes);

/* "gzip" and the like, or NULL. */
const char *lec_byte_source_compression (const LecByteSource *source);
/* TRUE where reading may have to wait for a writer. */
gboolean lec_byte_source_is_slow (const LecByteSource *source);

G_END_DECLS
