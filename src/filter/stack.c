#include "filter/stack.h"

#include <string.h>

#include "base/limits.h"

/* Layers of a message from the bottom up, in frame.protocols; one that stands there several times in a row, as two
 * messages of a segment do, is one. */
typedef struct {
  LecBytes names[LEC_LIMIT_LAYERS];
  unsigned n;
} Layers;

static gboolean
equals (LecBytes bytes, const char *text)
{
  return bytes.length == strlen (text) && memcmp (bytes.data, text, bytes.length) == 0;
}

/* Not layers of their own: the number that chooses one, and bytes that are nobody's. */
static gboolean
is_layer (LecBytes name)
{
  return name.length > 0 && !equals (name, "ethertype") && !equals (name, "data");
}

static void
split (LecBytes protocols, Layers *layers)
{
  uint32_t start = 0;

  layers->n = 0;
  for (uint32_t i = 0; i <= protocols.length && layers->n < LEC_LIMIT_LAYERS; i++) {
    LecBytes name = { protocols.data + start, i - start };
    const LecBytes *below = layers->n > 0 ? &layers->names[layers->n - 1] : NULL;

    if (i < protocols.length && protocols.data[i] != ':')
      continue;
    start = i + 1;
    if (is_layer (name) &&
        (below == NULL || below->length != name.length || memcmp (below->data, name.data, name.length) != 0))
      layers->names[layers->n++] = name;
  }
}

/* Where ELEMENT may stand below the layers of ABOVE, one bit a layer; bit n of it is above all. */
static uint64_t
places_below (const Layers *layers, const LecStackElement *element, uint64_t above)
{
  gboolean adjacent = element->step == LEC_STEP_TOP || element->step == LEC_STEP_BELOW;
  uint64_t places = 0;

  for (unsigned i = 0; element->holds && i < layers->n; i++) {
    gboolean reached = adjacent ? above >> (i + 1) & 1 : above >> (i + 1) != 0;

    if (reached && (element->protocol == NULL || equals (layers->names[i], element->protocol)))
      places |= (uint64_t) 1 << i;
  }
  return places;
}

gboolean
lec_stack_matches (LecBytes protocols, const LecStackElement *elements, unsigned n_elements)
{
  Layers layers;
  uint64_t above, places;

  split (protocols, &layers);
  places = (uint64_t) 1 << layers.n;
  for (unsigned i = 0; i < n_elements && places != 0;) {
    above = places;
    places = places_below (&layers, &elements[i++], above);
    for (; i < n_elements && elements[i].step == LEC_STEP_ALTERNATIVE; i++)
      places |= places_below (&layers, &elements[i], above);
  }
  return places != 0;
}
