/* Records had again by their place, from a few pages of the file. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "trace/format.h"

/* A reader that goes along the trace wants much at once, one that jumps about little. */
#define PAGE_BYTES           (64u * 1024)
#define SCATTERED_PAGE_BYTES (4u * 1024)
#define N_PAGES              4

/* A page of the file, or as much of it as there was when it was read. */
typedef struct {
  uint8_t *bytes; /* NULL until it is first used */
  uint64_t number;
  size_t valid;
  uint64_t used_at; /* the cache's `uses` when it was last wanted */
} Page;

/* One thread's. */
struct LecTraceCache {
  LecTrace *trace; /* borrowed */
  size_t page_bytes;
  Page pages[N_PAGES];
  uint64_t uses;
  uint8_t *joined; /* what lies in more than one page, put together */
  size_t joined_room;
};

static LecTraceCache *
new_cache (LecTrace *trace, size_t page_bytes)
{
  LecTraceCache *cache = g_new0 (LecTraceCache, 1);

  cache->trace = trace;
  cache->page_bytes = page_bytes;
  return cache;
}

LecTraceCache *
lec_trace_cache_new (LecTrace *trace)
{
  return new_cache (trace, PAGE_BYTES);
}

LecTraceCache *
lec_trace_cache_new_scattered (LecTrace *trace)
{
  return new_cache (trace, SCATTERED_PAGE_BYTES);
}

void
lec_trace_cache_free (LecTraceCache *cache)
{
  if (cache == NULL)
    return;
  for (unsigned i = 0; i < N_PAGES; i++)
    g_free (cache->pages[i].bytes);
  g_free (cache->joined);
  g_free (cache);
}

LecTrace *
lec_trace_cache_trace (const LecTraceCache *cache)
{
  return cache->trace;
}

/* Page NUMBER with its first WANTED bytes, or with fewer where the file has no more. */
static const Page *
get_page (LecTraceCache *cache, uint64_t number, size_t wanted)
{
  Page *page = NULL;

  for (unsigned i = 0; i < N_PAGES && page == NULL; i++)
    if (cache->pages[i].bytes != NULL && cache->pages[i].number == number)
      page = &cache->pages[i];
  if (page == NULL) {
    page = &cache->pages[0];
    for (unsigned i = 1; i < N_PAGES; i++)
      if (cache->pages[i].used_at < page->used_at)
        page = &cache->pages[i];
    if (page->bytes == NULL)
      page->bytes = g_malloc (cache->page_bytes);
    page->number = number;
    page->valid = 0;
  }
  page->used_at = ++cache->uses;
  /* While the trace is being read, the spool's last page grows. */
  if (page->valid < wanted)
    page->valid += lec_byte_source_read_again (cache->trace->source, page->bytes + page->valid,
                                               cache->page_bytes - page->valid, number * cache->page_bytes + page->valid);
  return page;
}

const uint8_t *
lec_trace_cache_bytes (LecTraceCache *cache, uint64_t offset, size_t n_bytes)
{
  uint64_t number = offset / cache->page_bytes;
  size_t start = offset % cache->page_bytes;
  size_t done = 0;

  if (start + n_bytes <= cache->page_bytes) {
    const Page *page = get_page (cache, number, start + n_bytes);

    return start + n_bytes <= page->valid ? page->bytes + start : NULL;
  }
  if (n_bytes > cache->joined_room) {
    cache->joined_room = n_bytes;
    g_free (cache->joined);
    cache->joined = g_malloc (n_bytes);
  }
  while (done < n_bytes) {
    size_t part = MIN (n_bytes - done, cache->page_bytes - start);
    const Page *page = get_page (cache, number, start + part);

    if (page->valid < start + part)
      return NULL;
    memcpy (cache->joined + done, page->bytes + start, part);
    done += part;
    start = 0;
    number++;
  }
  return cache->joined;
}

gboolean
lec_trace_read_record (LecTraceCache *cache, LecPlace place, LecRecord *record)
{
  *record = (LecRecord){ 0 };
  if (cache->trace->format->read_record (cache, place, record)) {
    record->place = place;
    return TRUE;
  }
  lec_trace_add_damage (cache->trace, LEC_PLACE_OFFSET (place),
                        _ ("A frame that was there can no longer be read: the file has been changed."));
  *record = (LecRecord){ .place = place, .link_type = LEC_LINK_TYPE_UNKNOWN };
  return FALSE;
}
