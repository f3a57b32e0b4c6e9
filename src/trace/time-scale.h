/* From an interface's clock ticks to nanoseconds since 1970. */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* ns = ticks × factor, or ticks ÷ divisor, or ticks × 10⁹ ÷ 2^shift: the first that is not 0. A value, set once. */
typedef struct {
  uint64_t factor;
  uint64_t divisor;
  uint32_t shift;
  int64_t offset_s;
} LecTimeScale;

/* The scale of pcapng's if_tsresol octet and if_tsoffset; TICKS_PER_SECOND is 0 where 64 bits cannot hold it. */
LecTimeScale lec_time_scale (uint8_t resolution, int64_t offset_s, uint64_t *ticks_per_second);
/* What does not fit 64 bits becomes the nearest that does. */
int64_t lec_time_scale_ns_slow (const LecTimeScale *scale, uint64_t ticks);

static inline int64_t
lec_time_scale_ns (const LecTimeScale *scale, uint64_t ticks)
{
  uint64_t ns;

  if (G_LIKELY (scale->factor != 0 && scale->offset_s == 0 && !__builtin_mul_overflow (ticks, scale->factor, &ns) &&
                ns <= INT64_MAX))
    return (int64_t) ns;
  return lec_time_scale_ns_slow (scale, ticks);
}

G_END_DECLS
