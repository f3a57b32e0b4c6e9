#include "session/tree.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Longer values are looked for in their source before they are copied. */
#define SHORT_VALUE_BYTES 64u

/* nodes, sources, layers: as tree.h shows them. texts: all strings, and values that are not in a source. blocks: the
 * copies of sources and pieces. */
struct LecTree {
  uint32_t frame;
  gboolean lacks_replay;
  GArray *nodes;
  GArray *sources;
  GArray *layers;
  GStringChunk *texts;
  GPtrArray *blocks;
};

/* A node that is still open, and the last of its children so far (−1 = none). The lowest one stands for the top. */
typedef struct {
  int32_t node;
  int32_t last_child;
} OpenNode;

/* What the dissection announces to. */
typedef struct {
  LecSink sink;
  LecTree *tree;
  GArray *open;
  GString *scratch;
} TreeSink;

static LecTreeNode *
node_at (const LecTree *tree, int32_t node)
{
  return &g_array_index (tree->nodes, LecTreeNode, node);
}

static void
add_source (LecTree *tree, uint16_t number, const char *name, LecBytes bytes, const LecPiece *pieces, unsigned n_pieces)
{
  LecTreeSource source = { .name = g_string_chunk_insert (tree->texts, name ? name : ""),
                           .bytes = { .length = bytes.length },
                           .n_pieces = n_pieces };

  source.bytes.data = g_memdup2 (bytes.data, bytes.length);
  source.pieces = g_memdup2 (pieces, n_pieces * sizeof *pieces);
  g_ptr_array_add (tree->blocks, (void *) source.bytes.data);
  g_ptr_array_add (tree->blocks, (void *) source.pieces);
  if (number >= tree->sources->len)
    g_array_set_size (tree->sources, number + 1u);
  g_array_index (tree->sources, LecTreeSource, number) = source;
}

static void
on_source (LecSink *sink, uint16_t number, const char *name, LecBytes bytes, const LecPiece *pieces, unsigned n_pieces)
{
  if (number) /* the frame's own bytes are there already */
    add_source (((TreeSink *) sink)->tree, number, name, bytes, pieces, n_pieces);
}

/* BYTES for as long as the tree lives: in its copy of the source where they stand there, else in a copy of their own.
 */
static LecBytes
keep_bytes (LecTree *tree, LecBytes bytes, LecSpan span)
{
  if (!bytes.length || !bytes.data)
    return (LecBytes){ 0 };
  if (bytes.length > SHORT_VALUE_BYTES && span.source < tree->sources->len && span.offset_bits % 8 == 0) {
    LecBytes whole = g_array_index (tree->sources, LecTreeSource, span.source).bytes;
    uint32_t offset = span.offset_bits / 8;
    if (offset <= whole.length && bytes.length <= whole.length - offset &&
        memcmp (whole.data + offset, bytes.data, bytes.length) == 0)
      return (LecBytes){ whole.data + offset, bytes.length };
  }
  return (LecBytes){ (const uint8_t *) g_string_chunk_insert_len (tree->texts, (const char *) bytes.data, bytes.length),
                     bytes.length };
}

/* Hangs NODE below the innermost open one. */
static void
link_node (TreeSink *sink, int32_t node)
{
  OpenNode *open = &g_array_index (sink->open, OpenNode, sink->open->len - 1);

  node_at (sink->tree, node)->parent = open->node;
  if (open->last_child >= 0)
    node_at (sink->tree, open->last_child)->next_sibling = node;
  else if (open->node >= 0)
    node_at (sink->tree, open->node)->first_child = node;
  open->last_child = node;
}

static void
on_add (LecSink *base, const LecField *field, const LecValue *value, LecSpan span, const char *text, gboolean opens)
{
  TreeSink *sink = (TreeSink *) base;
  LecTree *tree = sink->tree;
  LecTreeNode node = { .field = field, .span = span, .parent = -1, .next_sibling = -1, .first_child = -1 };

  if (value) {
    node.value = *value;
    node.value.bytes = keep_bytes (tree, value->bytes, span);
  }
  if (!text) {
    g_string_truncate (sink->scratch, 0);
    if (value && field->type != LEC_TYPE_NONE)
      lec_value_append (sink->scratch, field, value, TRUE);
    text = sink->scratch->str;
  }
  node.text = g_string_chunk_insert (tree->texts, text);
  g_array_append_val (tree->nodes, node);
  link_node (sink, (int32_t) tree->nodes->len - 1);
  if (opens) {
    OpenNode open = { (int32_t) tree->nodes->len - 1, -1 };
    g_array_append_val (sink->open, open);
  }
}

static void
on_close (LecSink *base)
{
  TreeSink *sink = (TreeSink *) base;

  if (sink->open->len > 1)
    g_array_set_size (sink->open, sink->open->len - 1);
}

/* A layer's own node is the next one of its protocol, in the order of announcement. */
static int32_t
find_layer_node (const LecTree *tree, const LecProtocol *protocol, int32_t from)
{
  for (int32_t i = from; i < (int32_t) tree->nodes->len; i++)
    if (node_at (tree, i)->field == &protocol->fields[0])
      return i;
  return -1;
}

static void
add_layers (LecTree *tree, const LecDissection *dissection)
{
  int32_t from = 0;

  for (unsigned i = 0; i < dissection->n_layers; i++) {
    const LecLayer *from_layer = &dissection->layers[i];
    LecTreeLayer layer = {
      .protocol = from_layer->protocol,
      .span = from_layer->span,
      .summary = g_string_chunk_insert (tree->texts, from_layer->summary ? from_layer->summary : ""),
      .node = find_layer_node (tree, from_layer->protocol, from),
    };
    if (layer.node >= 0)
      from = layer.node + 1;
    g_array_append_val (tree->layers, layer);
  }
}

static void
add_frame_source (LecTree *tree, LecFrameReader *reader, uint32_t frame)
{
  const LecRecord *record = lec_frame_reader_record (reader, frame);
  g_autofree char *name = g_strdup_printf (_ ("Frame %u"), frame);
  LecBytes bytes = { 0 };

  if (record)
    bytes = (LecBytes){ record->bytes, record->captured_bytes };
  add_source (tree, 0, name, bytes, NULL, 0);
}

LecTree *
lec_tree_new (LecFrameReader *reader, uint32_t frame)
{
  LecTree *tree = g_new0 (LecTree, 1);

  tree->frame = frame;
  tree->nodes = g_array_new (FALSE, TRUE, sizeof (LecTreeNode));
  tree->sources = g_array_new (FALSE, TRUE, sizeof (LecTreeSource));
  tree->layers = g_array_new (FALSE, TRUE, sizeof (LecTreeLayer));
  tree->texts = g_string_chunk_new (4096);
  tree->blocks = g_ptr_array_new_with_free_func (g_free);
  add_frame_source (tree, reader, frame);

  TreeSink sink = {
    .sink = { .add = on_add, .close = on_close, .wants_text = TRUE, .source = on_source },
    .tree = tree,
    .open = g_array_new (FALSE, FALSE, sizeof (OpenNode)),
    .scratch = g_string_new (NULL),
  };
  OpenNode top = { -1, -1 };
  g_array_append_val (sink.open, top);
  LecDissection *dissection = lec_frame_reader_dissect (reader, frame, &sink.sink, LEC_SUMMARY_ALL);
  if (dissection)
    add_layers (tree, dissection);
  g_array_unref (sink.open);
  g_string_free (sink.scratch, TRUE);
  return tree;
}

void
lec_tree_free (LecTree *tree)
{
  if (!tree)
    return;
  g_array_unref (tree->nodes);
  g_array_unref (tree->sources);
  g_array_unref (tree->layers);
  g_string_chunk_free (tree->texts);
  g_ptr_array_unref (tree->blocks);
  g_free (tree);
}

uint32_t
lec_tree_frame (const LecTree *tree)
{
  return tree->frame;
}

gboolean
lec_tree_lacks_replay (const LecTree *tree)
{
  return tree->lacks_replay;
}

void
lec_tree_set_lacks_replay (LecTree *tree)
{
  tree->lacks_replay = TRUE;
}

unsigned
lec_tree_n_nodes (const LecTree *tree)
{
  return tree->nodes->len;
}

const LecTreeNode *
lec_tree_node (const LecTree *tree, unsigned node)
{
  g_return_val_if_fail (node < tree->nodes->len, NULL);
  return node_at (tree, (int32_t) node);
}

unsigned
lec_tree_n_sources (const LecTree *tree)
{
  return tree->sources->len;
}

const LecTreeSource *
lec_tree_source (const LecTree *tree, unsigned source)
{
  g_return_val_if_fail (source < tree->sources->len, NULL);
  return &g_array_index (tree->sources, LecTreeSource, source);
}

unsigned
lec_tree_n_layers (const LecTree *tree)
{
  return tree->layers->len;
}

const LecTreeLayer *
lec_tree_layer (const LecTree *tree, unsigned layer)
{
  g_return_val_if_fail (layer < tree->layers->len, NULL);
  return &g_array_index (tree->layers, LecTreeLayer, layer);
}

/* How well NODE answers for BYTE, more is better, 0 = not at all: a field that holds all of the byte, then one that
 * holds some of its bits, then a protocol around them. So a byte of flags gives the flags and not one of them, and
 * one that two fields share gives the first of these and not the header. */
static unsigned
rank_node (const LecTreeNode *node, unsigned source, uint64_t first_bit)
{
  uint64_t start = node->span.offset_bits, end = start + node->span.length_bits;

  if (node->span.source != source || start >= first_bit + 8 || end <= first_bit)
    return 0;
  if (node->field->type == LEC_TYPE_PROTOCOL)
    return 1;
  return start <= first_bit && end >= first_bit + 8 ? 3 : 2;
}

int32_t
lec_tree_find_byte (const LecTree *tree, unsigned source, uint32_t byte)
{
  int32_t best = -1;
  unsigned best_rank = 0;

  for (int32_t i = 0; i < (int32_t) tree->nodes->len; i++) {
    const LecTreeNode *node = node_at (tree, i);
    unsigned rank = rank_node (node, source, (uint64_t) byte * 8);
    if (!rank || rank < best_rank)
      continue;
    /* Among equals the shorter; of the same length the later where it holds whole bytes, for that one stands inside. */
    if (rank > best_rank || node->span.length_bits < node_at (tree, best)->span.length_bits ||
        (rank != 2 && node->span.length_bits == node_at (tree, best)->span.length_bits)) {
      best = i;
      best_rank = rank;
    }
  }
  return best;
}

int32_t
lec_tree_find_field (const LecTree *tree, const char *name)
{
  for (int32_t i = 0; i < (int32_t) tree->nodes->len; i++)
    if (strcmp (node_at (tree, i)->field->name, name) == 0)
      return i;
  return -1;
}
