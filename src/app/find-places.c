#include "app/find-places.h"

/* A message of megabytes full of one letter has no list that anybody steps through. */
#define MOST_PLACES 100000u

struct LecFindPlaces {
  LecFindQuery *query;
  LecSharedTree *shared;
  GArray *places;   /* LecFindPlace */
  unsigned current; /* from 1, 0 = none */
};

static void
add_node (LecFindPlaces *places, int32_t node)
{
  const LecFindPlace place = { .node = node };
  const LecTreeNode *at = lec_tree_node (lec_shared_tree_get (places->shared), (unsigned) node);

  if (places->places->len < MOST_PLACES && lec_find_query_is_in_node (places->query, at))
    g_array_append_val (places->places, place);
}

/* What stands inside a top node follows it up to the next one. */
static void
add_nodes (LecFindPlaces *places)
{
  const LecTree *tree = lec_shared_tree_get (places->shared);
  g_autoptr (GListModel) top = lec_details_dup_top (places->shared);

  for (unsigned i = 0; i < g_list_model_get_n_items (top); i++) {
    g_autoptr (LecDetailsNode) item = g_list_model_get_item (top, i);
    int32_t first = lec_details_node_index (item), end = lec_details_node_get (item)->next_sibling;

    for (int32_t node = first; node < (end >= 0 ? end : (int32_t) lec_tree_n_nodes (tree)); node++)
      add_node (places, node);
  }
}

static void
add_bytes (LecFindPlaces *places)
{
  const LecTree *tree = lec_shared_tree_get (places->shared);

  for (unsigned source = 0; source < lec_tree_n_sources (tree); source++) {
    LecFindPlace place = { .node = -1, .source = source };
    uint32_t from = 0;

    while (places->places->len < MOST_PLACES &&
           lec_find_query_in_bytes (places->query, lec_tree_source (tree, source)->bytes, from, &place.offset,
                                    &place.length)) {
      g_array_append_val (places->places, place);
      from = place.offset + 1;
    }
  }
}

LecFindPlaces *
lec_find_places_new (LecFindQuery *query, LecSharedTree *shared)
{
  LecFindPlaces *places = g_new0 (LecFindPlaces, 1);

  places->query = lec_find_query_ref (query);
  places->shared = g_object_ref (shared);
  places->places = g_array_new (FALSE, FALSE, sizeof (LecFindPlace));
  if (lec_find_query_where (query) == LEC_FIND_DETAILS)
    add_nodes (places);
  else
    add_bytes (places);
  return places;
}

void
lec_find_places_free (LecFindPlaces *places)
{
  if (places == NULL)
    return;
  g_array_unref (places->places);
  g_object_unref (places->shared);
  lec_find_query_unref (places->query);
  g_free (places);
}

gboolean
lec_find_places_are_of (const LecFindPlaces *places, const LecFindQuery *query, LecSharedTree *shared)
{
  return places != NULL && places->query == query && places->shared == shared;
}

void
lec_find_places_continue (LecFindPlaces *places, const LecFindPlaces *former)
{
  if (former != NULL && former->query == places->query &&
      lec_tree_frame (lec_shared_tree_get (former->shared)) == lec_tree_frame (lec_shared_tree_get (places->shared)))
    places->current = MIN (former->current, places->places->len);
}

const LecFindPlace *
lec_find_places_step (LecFindPlaces *places, gboolean forward)
{
  unsigned n = places->places->len;
  unsigned next = places->current == 0 ? (forward ? 1 : n) : places->current + (forward ? 1u : -1u);

  if (next == 0 || next > n)
    return NULL;
  places->current = next;
  return &g_array_index (places->places, LecFindPlace, next - 1);
}

unsigned
lec_find_places_count (const LecFindPlaces *places)
{
  return places->places->len;
}

unsigned
lec_find_places_current (const LecFindPlaces *places)
{
  return places->current;
}
