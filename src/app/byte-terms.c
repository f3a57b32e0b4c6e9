#include "app/byte-terms.h"

#include "app/details-node.h"
#include "app/field-menu.h"

/* As many as a person might still read. */
#define MOST_BYTES 64u

/* NAME[OFFSET:LENGTH] == the bytes, as Wireshark writes it. */
static char *
dup_slice (const char *name, uint32_t offset, LecBytes bytes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "%s[%u:%u] == ", name, offset, bytes.length);
  for (uint32_t i = 0; i < bytes.length; i++)
    g_string_append_printf (text, "%s%02x", i > 0 ? ":" : "", bytes.data[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Those whose value is the very bytes that they span, and that can be cut into slices. */
static gboolean
is_bytes (const LecTreeNode *node)
{
  LecType type = node->field->type;
  gboolean is_sliceable =
      type == LEC_TYPE_BYTES || type == LEC_TYPE_MAC || type == LEC_TYPE_IPV4 || type == LEC_TYPE_IPV6;

  return type == LEC_TYPE_PROTOCOL || (is_sliceable && node->value.bytes.length == node->span.length_bits / 8);
}

/* From the innermost field that holds the first byte outwards: those that hold all of the range. */
static void
add_fields (GPtrArray *terms, const LecTree *tree, unsigned source, LecByteRange range)
{
  LecBytes bytes = lec_tree_source (tree, source)->bytes;

  for (int32_t at = lec_tree_find_byte (tree, source, range.offset); at >= 0;
       at = lec_tree_node (tree, (unsigned) at)->parent) {
    const LecTreeNode *node = lec_tree_node (tree, (unsigned) at);
    LecByteRange field = { 0 };

    lec_details_bytes (&node->span, &field.offset, &field.length);
    if (node->span.source != source || field.offset > range.offset ||
        field.offset + field.length < range.offset + range.length)
      continue;
    if (field.offset == range.offset && field.length == range.length && node->field->type != LEC_TYPE_PROTOCOL)
      lec_field_add_term (terms, node);
    else if (is_bytes (node))
      lec_terms_add (terms,
                     dup_slice (node->field->name, range.offset - field.offset,
                                (LecBytes){ bytes.data + range.offset, range.length }),
                     node->field->type == LEC_TYPE_PROTOCOL ? NULL : node->field->name);
  }
}

GPtrArray *
lec_byte_terms (const LecTree *tree, unsigned source, LecByteRange range)
{
  GPtrArray *terms = lec_terms_new ();
  LecBytes bytes = lec_tree_source (tree, source)->bytes;

  if (range.length == 0 || range.offset > bytes.length || range.length > bytes.length - range.offset)
    return terms;
  if (range.length <= MOST_BYTES)
    add_fields (terms, tree, source, range);
  if (range.length <= MOST_BYTES && source == 0)
    lec_terms_add (terms, dup_slice ("frame", range.offset, (LecBytes){ bytes.data + range.offset, range.length }),
                   NULL);
  return terms;
}
