/* A set of frame numbers as a bitmap that is written once from the front, with a rank index: the currency of filters.
 *
 * Bit n stands for frame n (frame 0 does not exist). One bit a frame and 32 bits for every 512 frames. One writer at
 * a time; readers look below a length that the writer published elsewhere (see base/column.h). */
#pragma once

#include <glib.h>
#include <stdint.h>

#include "base/column.h"

G_BEGIN_DECLS

typedef struct LecBitmap LecBitmap;

LecBitmap *lec_bitmap_new (void);
void lec_bitmap_free (LecBitmap *bitmap);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecBitmap, lec_bitmap_free)

/* Writer: makes room for bits 0 … n_bits − 1, all clear. */
void lec_bitmap_reserve (LecBitmap *bitmap, uint32_t n_bits);
/* The 64 bits that hold BIT (bit & 63 is its place). Writer and readers. */
uint64_t *lec_bitmap_word (const LecBitmap *bitmap, uint32_t bit);
void lec_bitmap_set (LecBitmap *bitmap, uint32_t bit, gboolean value);
gboolean lec_bitmap_get (const LecBitmap *bitmap, uint32_t bit);

/* Writer: counts bits 0 … n_bits − 1 into the rank index, from where it ended; returns the number set below N_BITS.
 * Call with growing N_BITS; to count anew after bits changed below, call lec_bitmap_recount() first. */
uint32_t lec_bitmap_count (LecBitmap *bitmap, uint32_t n_bits);
void lec_bitmap_recount (LecBitmap *bitmap);
/* The same where nothing below BIT changed. */
void lec_bitmap_recount_from (LecBitmap *bitmap, uint32_t bit);
/* Number of set bits below BIT; BIT must be within what was counted. */
uint32_t lec_bitmap_rank (const LecBitmap *bitmap, uint32_t bit);
/* The bit of which RANK set bits stand before; G_MAXUINT32 where there are not so many. */
uint32_t lec_bitmap_select (const LecBitmap *bitmap, uint32_t rank);
/* First set bit ≥ FROM and < END, or G_MAXUINT32; last set bit < FROM, or G_MAXUINT32. */
uint32_t lec_bitmap_next (const LecBitmap *bitmap, uint32_t from, uint32_t end);
uint32_t lec_bitmap_previous (const LecBitmap *bitmap, uint32_t from);

G_END_DECLS
