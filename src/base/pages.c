#include "base/pages.h"

#include <stdint.h>
#include <sys/mman.h>

static void *
map (size_t n_bytes)
{
  /* Not malloc: the kernel zeroes page by page as it is touched. */
  void *memory = mmap (NULL, n_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  if (memory == MAP_FAILED)
    g_error ("Out of memory: %zu bytes", n_bytes);
  return memory;
}

void *
lec_pages_new (size_t n_bytes)
{
  if (n_bytes < LEC_HUGE_PAGE_BYTES)
    return map (n_bytes);

  uint8_t *memory = map (n_bytes + LEC_HUGE_PAGE_BYTES);
  size_t before = -(uintptr_t) memory & (LEC_HUGE_PAGE_BYTES - 1);
  if (before)
    munmap (memory, before);
  munmap (memory + before + n_bytes, LEC_HUGE_PAGE_BYTES - before);
  madvise (memory + before, n_bytes, MADV_HUGEPAGE); /* where the kernel has none, small ones do */
  return memory + before;
}

void
lec_pages_free (void *memory, size_t n_bytes)
{
  munmap (memory, n_bytes);
}
