#include "trace/time-scale.h"

#define NS_PER_SECOND 1000000000u

static gboolean
power_of_ten (unsigned exponent, uint64_t *power)
{
  if (exponent > 19)
    return FALSE;
  for (*power = 1; exponent > 0; exponent--)
    *power *= 10;
  return TRUE;
}

LecTimeScale
lec_time_scale (uint8_t resolution, int64_t offset_s, uint64_t *ticks_per_second)
{
  LecTimeScale scale = { .offset_s = offset_s };
  unsigned exponent = resolution & 0x7f;

  *ticks_per_second = 0;
  if (resolution & 0x80) {
    scale.shift = exponent;
    if (exponent == 0)
      scale.factor = NS_PER_SECOND;
    if (exponent < 64)
      *ticks_per_second = UINT64_C (1) << exponent;
    return scale;
  }
  (void) power_of_ten (exponent, ticks_per_second);
  if (exponent <= 9)
    (void) power_of_ten (9 - exponent, &scale.factor);
  else if (!power_of_ten (exponent - 9, &scale.divisor))
    scale.shift = 127; /* 2⁶⁴ ticks are less than a nanosecond */
  return scale;
}

int64_t
lec_time_scale_ns_slow (const LecTimeScale *scale, uint64_t ticks)
{
  __int128 ns;

  if (scale->factor != 0)
    ns = (__int128) ticks * scale->factor;
  else if (scale->divisor != 0)
    ns = ticks / scale->divisor;
  else
    ns = ((__int128) ticks * NS_PER_SECOND) >> scale->shift;
  ns += (__int128) scale->offset_s * NS_PER_SECOND;
  return ns > INT64_MAX ? INT64_MAX : ns < INT64_MIN ? INT64_MIN : (int64_t) ns;
}
