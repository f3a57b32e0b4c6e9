/* Details trees of every frame of the sample traces: a well-formed tree, spans inside their sources, fields found by
 * byte and by name; and HTTP's Server header, where it stands. */
#include <string.h>

#include "session/session.h"

static const char *const samples[] = { "landing-page.pcapng", "redirect.pcap", "not-modified.pcap",
                                       "closed-port-silent.pcapng", "lost-segment.pcapng" };

static LecSession *
open_sample (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("LECTERN_SAMPLES"), name, NULL);
  g_autoptr (GError) error = NULL;
  LecSession *session = lec_session_open (path, &error);

  g_assert_no_error (error);
  lec_session_wait (session);
  return session;
}

/* Parents and siblings agree: following first_child and next_sibling from the top reaches every node, in order. */
static unsigned
walk (const LecTree *tree, int32_t first, int32_t parent, int32_t *last)
{
  unsigned n = 0;

  for (int32_t i = first; i >= 0; i = lec_tree_node (tree, (unsigned) i)->next_sibling) {
    const LecTreeNode *node = lec_tree_node (tree, (unsigned) i);
    g_assert_cmpint (i, >, *last);
    g_assert_cmpint (node->parent, ==, parent);
    *last = i;
    n += 1 + walk (tree, node->first_child, i, last);
  }
  return n;
}

static void
check_nodes (const LecTree *tree)
{
  for (unsigned i = 0; i < lec_tree_n_nodes (tree); i++) {
    const LecTreeNode *node = lec_tree_node (tree, i);
    g_assert_nonnull (node->text);
    g_assert_true (g_utf8_validate (node->text, -1, NULL));
    g_assert_cmpuint (node->span.source, <, lec_tree_n_sources (tree));
    const LecTreeSource *source = lec_tree_source (tree, node->span.source);
    if (node->span.length_bits)
      g_assert_cmpuint (((uint64_t) node->span.offset_bits + 7) / 8, <=, source->bytes.length);
  }
}

/* What is found for a byte holds bits of it, and nothing below it holds all of it. */
static void
check_bytes (const LecTree *tree)
{
  for (unsigned source = 0; source < lec_tree_n_sources (tree); source++)
    for (uint32_t byte = 0; byte < lec_tree_source (tree, source)->bytes.length; byte += 3) {
      int32_t found = lec_tree_find_byte (tree, source, byte);
      if (found < 0)
        continue;
      LecSpan span = lec_tree_node (tree, (unsigned) found)->span;
      g_assert_cmpuint (span.source, ==, source);
      g_assert_cmpuint (span.offset_bits, <, (byte + 1) * 8);
      g_assert_cmpuint (span.offset_bits + span.length_bits, >, byte * 8);
    }
}

static void
check_pieces (const LecTree *tree)
{
  for (unsigned i = 0; i < lec_tree_n_sources (tree); i++) {
    const LecTreeSource *source = lec_tree_source (tree, i);
    g_assert_cmpstr (source->name, !=, "");
    for (unsigned k = 0; k < source->n_pieces; k++)
      g_assert_cmpuint ((uint64_t) source->pieces[k].offset + source->pieces[k].length, <=, source->bytes.length);
  }
}

static void
check_layers (const LecTree *tree)
{
  g_assert_cmpuint (lec_tree_n_layers (tree), >, 0);
  for (unsigned i = 0; i < lec_tree_n_layers (tree); i++) {
    const LecTreeLayer *layer = lec_tree_layer (tree, i);
    if (layer->node >= 0)
      g_assert_true (lec_tree_node (tree, (unsigned) layer->node)->field == &layer->protocol->fields[0]);
  }
}

static void
test_samples (void)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autoptr (LecSession) session = open_sample (samples[i]);
    uint32_t n_frames = lec_index_n_frames (lec_session_index (session));
    for (uint32_t frame = 1; frame <= n_frames; frame++) {
      g_autoptr (LecTree) tree = lec_session_dup_tree (session, frame, FALSE);
      int32_t last = -1;
      g_assert_cmpuint (lec_tree_frame (tree), ==, frame);
      g_assert_cmpuint (lec_tree_n_nodes (tree), >, 0);
      g_assert_cmpuint (walk (tree, 0, -1, &last), ==, lec_tree_n_nodes (tree));
      check_nodes (tree);
      check_bytes (tree);
      check_pieces (tree);
      check_layers (tree);
    }
  }
}

/* The tree of the frame where FIELD first is. */
static LecTree *
find_tree (LecSession *session, const char *field, int32_t *node)
{
  uint32_t n_frames = lec_index_n_frames (lec_session_index (session));

  for (uint32_t frame = 1; frame <= n_frames; frame++) {
    LecTree *tree = lec_session_dup_tree (session, frame, FALSE);
    *node = lec_tree_find_field (tree, field);
    if (*node >= 0)
      return tree;
    lec_tree_free (tree);
  }
  g_assert_not_reached ();
}

/* S15: Headers → Server is a node, its span is exactly the header's bytes, and a byte of it leads back to it. */
static void
test_server_header (void)
{
  g_autoptr (LecSession) session = open_sample ("landing-page.pcapng");
  int32_t number;
  g_autoptr (LecTree) tree = find_tree (session, "http.server", &number);
  const LecTreeNode *node = lec_tree_node (tree, (unsigned) number);
  const LecTreeSource *source = lec_tree_source (tree, node->span.source);
  const char *bytes = (const char *) source->bytes.data + node->span.offset_bits / 8;

  g_assert_cmpstr (node->text, ==, "nginx/1.22.1");
  g_assert_cmpmem (bytes, node->span.length_bits / 8, "Server: nginx/1.22.1", 20);
  g_assert_cmpmem (node->value.bytes.data, node->value.bytes.length, "nginx/1.22.1", 12);
  g_assert_cmpint (lec_tree_find_byte (tree, node->span.source, node->span.offset_bits / 8 + 9), ==, number);
  g_assert_cmpint (node->parent, >=, 0);
  g_assert_cmpstr (lec_tree_node (tree, (unsigned) node->parent)->field->name, ==, "http.headers");
  g_assert_cmpint (lec_tree_find_field (tree, "no.such.field"), ==, -1);
}

/* A byte of flags is the flags' node, not one of its bits; one shared by two fields is not the whole header. */
static void
test_bits (void)
{
  g_autoptr (LecSession) session = open_sample ("closed-port-silent.pcapng");
  int32_t flags, length;
  g_autoptr (LecTree) tree = find_tree (session, "tcp.flags", &flags);
  LecSpan span = lec_tree_node (tree, (unsigned) flags)->span;

  g_assert_cmpint (lec_tree_find_byte (tree, 0, (span.offset_bits + span.length_bits) / 8 - 1), ==, flags);
  length = lec_tree_find_field (tree, "tcp.hdr_len");
  span = lec_tree_node (tree, (unsigned) length)->span;
  const LecTreeNode *found = lec_tree_node (tree, (unsigned) lec_tree_find_byte (tree, 0, span.offset_bits / 8));
  g_assert_cmpint (found->field->type, !=, LEC_TYPE_PROTOCOL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tree/samples", test_samples);
  g_test_add_func ("/tree/server-header", test_server_header);
  g_test_add_func ("/tree/bits", test_bits);
  return g_test_run ();
}
