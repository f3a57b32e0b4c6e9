/* Compressed bytes in, plain bytes out: gzip, zstd, lz4, xz and bzip2.
 *
 * gzip is by far the most common and goes through zlib, which gives every byte up to a cut; libarchive, which has the
 * others, keeps the last 64 KiB or so before an error to itself. One thread. */
#pragma once

#include <glib.h>
#include <stdint.h>
#include <sys/types.h>

G_BEGIN_DECLS

typedef struct LecUnpacker LecUnpacker;

/* Gives at most N_BYTES of compressed data: 0 at the end, −1 on an error. */
typedef ssize_t (*LecUnpackerFeed) (void *data, uint8_t *buffer, size_t n_bytes);

#define LEC_UNPACKER_MAGIC_BYTES 6

/* "gzip" and so on, where BYTES (LEC_UNPACKER_MAGIC_BYTES are enough) start that way, else NULL. Static. */
const char *lec_unpacker_recognise (const uint8_t *bytes, size_t n_bytes);
LecUnpacker *lec_unpacker_new (const char *name, LecUnpackerFeed feed, void *data);
void lec_unpacker_free (LecUnpacker *unpacker);
/* Blocks for as long as the feed does. 0 at the end, −1 where the compressed data is cut off or broken. */
ssize_t lec_unpacker_read (LecUnpacker *unpacker, uint8_t *buffer, size_t n_bytes);

G_END_DECLS
