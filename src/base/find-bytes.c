#include "base/find-bytes.h"

#include <string.h>

/* As many as every x86-64 and AArch64 compares at once. */
#define BLOCK_BYTES 16u

typedef uint8_t Block __attribute__ ((vector_size (BLOCK_BYTES)));
typedef uint64_t Halves __attribute__ ((vector_size (BLOCK_BYTES)));

/* Two places in what is looked for that are compared before all of it is, with either byte that may stand there. */
typedef struct {
  uint32_t place[2];
  uint8_t byte[2];
  uint8_t other[2];
} Probe;

/* Whether what is looked for stands at AT. */
typedef gboolean (*StandsFunc) (const uint8_t *at, const void *needle);

static Block
load (const uint8_t *at)
{
  Block block;

  memcpy (&block, at, sizeof block);
  return block;
}

static Block
fill (uint8_t byte)
{
  return (Block){ 0 } + byte;
}

/* The first place where both bytes of PROBE fit and STANDS agrees, of N_PLACES. What is read ends with the N_PLACES-th
 * place and the bytes behind it that the probe asks for. */
static inline const uint8_t *
find (const uint8_t *data, size_t n_places, const Probe *probe, StandsFunc stands, const void *needle)
{
  const uint8_t *first = data + probe->place[0], *second = data + probe->place[1];
  const Block byte[2] = { fill (probe->byte[0]), fill (probe->byte[1]) };
  const Block other[2] = { fill (probe->other[0]), fill (probe->other[1]) };
  size_t i = 0;

  for (; i + BLOCK_BYTES <= n_places; i += BLOCK_BYTES) {
    Block left = load (first + i), right = load (second + i);
    Block fits = (Block) ((left == byte[0]) | (left == other[0])) & (Block) ((right == byte[1]) | (right == other[1]));
    Halves halves = (Halves) fits;

    if ((halves[0] | halves[1]) == 0)
      continue;
    for (unsigned k = 0; k < BLOCK_BYTES; k++)
      if (fits[k] && stands (data + i + k, needle))
        return data + i + k;
  }
  for (; i < n_places; i++)
    if ((first[i] == probe->byte[0] || first[i] == probe->other[0]) && stands (data + i, needle))
      return data + i;
  return NULL;
}

/* Zeros are what traces are full of: the first and the last byte that is none. */
static void
choose_places (Probe *probe, const uint8_t *bytes, uint32_t length)
{
  uint32_t first = 0, last = length - 1;

  while (first < last && bytes[first] == 0)
    first++;
  while (last > first && bytes[last] == 0)
    last--;
  probe->place[0] = first;
  probe->place[1] = last;
}

static gboolean
needle_stands (const uint8_t *at, const void *data)
{
  const LecNeedle *needle = data;

  for (uint32_t i = 0; i < needle->length; i++)
    if (at[i] != needle->bytes[i] && at[i] != needle->others[i])
      return FALSE;
  return TRUE;
}

const uint8_t *
lec_find_needle (const uint8_t *data, size_t length, const LecNeedle *needle)
{
  Probe probe;

  if (length < needle->length)
    return NULL;
  choose_places (&probe, needle->bytes, needle->length);
  for (unsigned i = 0; i < 2; i++) {
    probe.byte[i] = needle->bytes[probe.place[i]];
    probe.other[i] = needle->others[probe.place[i]];
  }
  return find (data, length - needle->length + 1, &probe, needle_stands, needle);
}

/* Bytes as they are, or with ASCII letters in either case. */
typedef struct {
  const uint8_t *bytes;
  uint32_t length;
} Plain;

static gboolean
plain_stands (const uint8_t *at, const void *data)
{
  const Plain *plain = data;

  return memcmp (at, plain->bytes, plain->length) == 0;
}

static gboolean
folded_stands (const uint8_t *at, const void *data)
{
  const Plain *plain = data;

  for (uint32_t i = 0; i < plain->length; i++)
    if (g_ascii_tolower ((char) at[i]) != g_ascii_tolower ((char) plain->bytes[i]))
      return FALSE;
  return TRUE;
}

const uint8_t *
lec_find_bytes (const uint8_t *data, size_t length, const uint8_t *bytes, uint32_t n_bytes, gboolean fold_case)
{
  const Plain plain = { bytes, n_bytes };
  Probe probe;

  if (length < n_bytes)
    return NULL;
  choose_places (&probe, bytes, n_bytes);
  for (unsigned i = 0; i < 2; i++) {
    char byte = (char) bytes[probe.place[i]];

    probe.byte[i] = (uint8_t) (fold_case ? g_ascii_tolower (byte) : byte);
    probe.other[i] = (uint8_t) (fold_case ? g_ascii_toupper (byte) : byte);
  }
  return find (data, length - n_bytes + 1, &probe, fold_case ? folded_stands : plain_stands, &plain);
}
