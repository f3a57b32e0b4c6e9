#include "session/find-query.h"

#include <glib/gi18n-lib.h>
#include <stdatomic.h>
#include <string.h>

#include "base/find-bytes.h"

/* needles: the first is the text in UTF-8, the only one that texts are searched for. */
struct LecFindQuery {
  _Atomic unsigned n_references;
  LecFindWhere where;
  char *text;
  GArray *needles;  /* LecNeedle */
  GPtrArray *owned; /* their bytes */
};

/* Of a text in an encoding, character by character. */
typedef struct {
  GByteArray *bytes, *others;
} Encoded;

/* The bytes of CHARACTER in CHARSET, NULL where it has none. */
static char *
encode (gunichar character, const char *charset, gsize *n_bytes)
{
  char utf8[6];
  int length = g_unichar_to_utf8 (character, utf8);

  if (g_str_equal (charset, "UTF-8")) {
    *n_bytes = (gsize) length;
    return g_strndup (utf8, (gsize) length);
  }
  return g_convert (utf8, length, charset, "UTF-8", NULL, n_bytes, NULL);
}

/* Both cases of a letter may be looked for at once where they differ in one byte: of two that differ, each mixture
 * would be found as well, which is another letter. */
static gboolean
differ_in_one (const char *a, gsize a_bytes, const char *b, gsize b_bytes)
{
  unsigned n = 0;

  if (a_bytes != b_bytes)
    return FALSE;
  for (gsize i = 0; i < a_bytes; i++)
    n += a[i] != b[i];
  return n == 1;
}

static gboolean
append_character (Encoded *encoded, gunichar character, const char *charset)
{
  gunichar lower = g_unichar_tolower (character), upper = g_unichar_toupper (character);
  gsize n_bytes, n_others = 0;
  g_autofree char *bytes = encode (character, charset, &n_bytes), *other = NULL;

  if (bytes == NULL)
    return FALSE;
  other = encode (character == lower ? upper : lower, charset, &n_others);
  gboolean both = other != NULL && differ_in_one (bytes, n_bytes, other, n_others);
  g_byte_array_append (encoded->bytes, (const uint8_t *) bytes, (guint) n_bytes);
  g_byte_array_append (encoded->others, (const uint8_t *) (both ? other : bytes), (guint) n_bytes);
  return TRUE;
}

static gboolean
is_known (const LecFindQuery *query, const GByteArray *bytes)
{
  for (unsigned i = 0; i < query->needles->len; i++) {
    const LecNeedle *needle = &g_array_index (query->needles, LecNeedle, i);

    if (needle->length == bytes->len && memcmp (needle->bytes, bytes->data, bytes->len) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Takes both over. What another needle finds already is left out. */
static void
add_needle (LecFindQuery *query, GByteArray *bytes, GByteArray *others)
{
  g_ptr_array_add (query->owned, bytes);
  g_ptr_array_add (query->owned, others);
  if (bytes->len == 0 || is_known (query, bytes))
    return;
  const LecNeedle needle = { bytes->data, others->data, bytes->len };
  g_array_append_val (query->needles, needle);
}

static void
add_text (LecFindQuery *query, const char *charset)
{
  Encoded encoded = { g_byte_array_new (), g_byte_array_new () };
  gboolean whole = TRUE;

  for (const char *at = query->text; *at != '\0' && whole; at = g_utf8_next_char (at))
    whole = append_character (&encoded, g_utf8_get_char (at), charset);
  if (!whole)
    g_byte_array_set_size (encoded.bytes, 0);
  add_needle (query, encoded.bytes, encoded.others);
}

/* Pairs of hex digits, with signs between them where SIGNED. */
static GByteArray *
read_pairs (const char *text, const char *end, gboolean with_signs)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  while (text < end) {
    int high = g_ascii_xdigit_value (*text), low = text + 1 < end ? g_ascii_xdigit_value (text[1]) : -1;
    if (high < 0 || low < 0)
      return NULL;
    uint8_t byte = (uint8_t) (high << 4 | low);
    g_byte_array_append (bytes, &byte, 1);
    text += 2;
    if (with_signs && text < end && strchr (" :-.", *text++) == NULL)
      return NULL;
  }
  return bytes->len > 0 ? g_steal_pointer (&bytes) : NULL;
}

/* The bytes that TEXT is written as, or NULL. */
static GByteArray *
read_hex (const char *text)
{
  const char *end = text + strlen (text);

  if (g_str_has_prefix (text, "$[") && g_str_has_suffix (text, "]")) {
    GByteArray *bytes = read_pairs (text + 2, end - 1, FALSE);

    return bytes != NULL ? bytes : read_pairs (text + 2, end - 1, TRUE);
  }
  if (g_ascii_strncasecmp (text, "0x", 2) == 0)
    return read_pairs (text + 2, end, FALSE);
  /* One pair alone is rather a number or a word. */
  return end - text > 4 ? read_pairs (text, end, TRUE) : NULL;
}

LecFindQuery *
lec_find_query_new (LecFindWhere where, const char *text)
{
  static const char *const charsets[] = { "UTF-16LE", "UTF-16BE", "ISO-8859-1" };
  LecFindQuery *query = g_new0 (LecFindQuery, 1);

  atomic_init (&query->n_references, 1);
  query->where = where;
  query->text = g_utf8_make_valid (text, -1);
  query->needles = g_array_new (FALSE, FALSE, sizeof (LecNeedle));
  query->owned = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  add_text (query, "UTF-8");
  if (where != LEC_FIND_BYTES)
    return query;
  for (unsigned i = 0; i < G_N_ELEMENTS (charsets); i++)
    add_text (query, charsets[i]);
  GByteArray *hex = read_hex (query->text);
  if (hex != NULL)
    add_needle (query, hex, g_byte_array_ref (hex));
  return query;
}

LecFindQuery *
lec_find_query_ref (LecFindQuery *query)
{
  atomic_fetch_add_explicit (&query->n_references, 1, memory_order_relaxed);
  return query;
}

void
lec_find_query_unref (LecFindQuery *query)
{
  if (query == NULL || atomic_fetch_sub_explicit (&query->n_references, 1, memory_order_acq_rel) > 1)
    return;
  g_array_unref (query->needles);
  g_ptr_array_unref (query->owned);
  g_free (query->text);
  g_free (query);
}

LecFindWhere
lec_find_query_where (const LecFindQuery *query)
{
  return query->where;
}

const char *
lec_find_query_text (const LecFindQuery *query)
{
  return query->text;
}

gboolean
lec_find_query_is_in_text (const LecFindQuery *query, const char *text)
{
  return text != NULL && query->needles->len > 0 &&
         lec_find_needle ((const uint8_t *) text, strlen (text), &g_array_index (query->needles, LecNeedle, 0)) != NULL;
}

gboolean
lec_find_query_is_in_node (const LecFindQuery *query, const LecTreeNode *node)
{
  const char *label = node->field->label;

  return (label != NULL && *label != '\0' && lec_find_query_is_in_text (query, _ (label))) ||
         lec_find_query_is_in_text (query, node->text);
}

gboolean
lec_find_query_in_bytes (const LecFindQuery *query, LecBytes bytes, uint32_t from, uint32_t *offset, uint32_t *length)
{
  const uint8_t *first = NULL;

  for (unsigned i = 0; from < bytes.length && i < query->needles->len; i++) {
    const LecNeedle *needle = &g_array_index (query->needles, LecNeedle, i);
    const uint8_t *found = lec_find_needle (bytes.data + from, bytes.length - from, needle);

    if (found == NULL || (first != NULL && found >= first))
      continue;
    first = found;
    *offset = (uint32_t) (found - bytes.data);
    *length = needle->length;
  }
  return first != NULL;
}
