/* Places in one message where something is found, in the order in which the panes show them, and the one that was gone
 * to last. Main thread only. */
#pragma once

#include "app/details-node.h"
#include "session/find-query.h"

G_BEGIN_DECLS

/* A field, or bytes of a source. */
typedef struct {
  int32_t node; /* −1: bytes */
  unsigned source;
  uint32_t offset;
  uint32_t length;
} LecFindPlace;

typedef struct LecFindPlaces LecFindPlaces;

/* Of queries for details and bytes. */
LecFindPlaces *lec_find_places_new (LecFindQuery *query, LecSharedTree *shared);
void lec_find_places_free (LecFindPlaces *places);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecFindPlaces, lec_find_places_free)

/* Whether they are of QUERY and the message of SHARED. */
gboolean lec_find_places_are_of (const LecFindPlaces *places, const LecFindQuery *query, LecSharedTree *shared);
/* Where FORMER are of the same query and frame, goes on from where these are: the tree was made anew. FORMER may be
 * NULL. */
void lec_find_places_continue (LecFindPlaces *places, const LecFindPlaces *former);
/* To the next one, or the one before; from nowhere to the first or the last. NULL: there is none. */
const LecFindPlace *lec_find_places_step (LecFindPlaces *places, gboolean forward);
unsigned lec_find_places_count (const LecFindPlaces *places);
/* The how-manieth is the one that was gone to last, from 1; 0 = none was yet. */
unsigned lec_find_places_current (const LecFindPlaces *places);

G_END_DECLS
