#include "app/details-node.h"

#include <glib/gi18n-lib.h>

struct _LecSharedTree {
  GObject parent;
  LecTree *tree;
};

struct _LecDetailsNode {
  GObject parent;
  LecSharedTree *shared;
  int32_t node;
};

G_DEFINE_FINAL_TYPE (LecSharedTree, lec_shared_tree, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (LecDetailsNode, lec_details_node, G_TYPE_OBJECT)

static void
lec_shared_tree_finalize (GObject *object)
{
  lec_tree_free (LEC_SHARED_TREE (object)->tree);
  G_OBJECT_CLASS (lec_shared_tree_parent_class)->finalize (object);
}

static void
lec_shared_tree_class_init (LecSharedTreeClass *class)
{
  G_OBJECT_CLASS (class)->finalize = lec_shared_tree_finalize;
}

static void
lec_shared_tree_init (LecSharedTree *shared)
{
}

LecSharedTree *
lec_shared_tree_new (LecTree *tree)
{
  LecSharedTree *shared = g_object_new (LEC_TYPE_SHARED_TREE, NULL);
  shared->tree = tree;
  return shared;
}

const LecTree *
lec_shared_tree_get (LecSharedTree *shared)
{
  return shared->tree;
}

static void
lec_details_node_finalize (GObject *object)
{
  g_object_unref (LEC_DETAILS_NODE (object)->shared);
  G_OBJECT_CLASS (lec_details_node_parent_class)->finalize (object);
}

static void
lec_details_node_class_init (LecDetailsNodeClass *class)
{
  G_OBJECT_CLASS (class)->finalize = lec_details_node_finalize;
}

static void
lec_details_node_init (LecDetailsNode *item)
{
}

static LecDetailsNode *
details_node_new (LecSharedTree *shared, int32_t node)
{
  LecDetailsNode *item = g_object_new (LEC_TYPE_DETAILS_NODE, NULL);
  item->shared = g_object_ref (shared);
  item->node = node;
  return item;
}

LecDetailsNode *
lec_details_node_of_row (GtkTreeListRow *row)
{
  LecDetailsNode *item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
  if (item != NULL)
    g_object_unref (item); /* the row holds it */
  return item;
}

const LecTreeNode *
lec_details_node_get (LecDetailsNode *item)
{
  return lec_tree_node (item->shared->tree, (unsigned) item->node);
}

int32_t
lec_details_node_index (LecDetailsNode *item)
{
  return item->node;
}

static GListModel *
new_store (LecSharedTree *shared, const GArray *nodes)
{
  GListStore *store = g_list_store_new (LEC_TYPE_DETAILS_NODE);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  for (unsigned i = 0; i < nodes->len; i++)
    g_ptr_array_add (items, details_node_new (shared, g_array_index (nodes, int32_t, i)));
  g_list_store_splice (store, 0, 0, items->pdata, items->len);
  return G_LIST_MODEL (store);
}

GListModel *
lec_details_node_dup_children (LecDetailsNode *item)
{
  int32_t child = lec_details_node_get (item)->first_child;
  if (child < 0)
    return NULL;
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (int32_t));
  for (; child >= 0; child = lec_tree_node (item->shared->tree, (unsigned) child)->next_sibling)
    g_array_append_val (nodes, child);
  return new_store (item->shared, nodes);
}

GListModel *
lec_details_dup_top (LecSharedTree *shared)
{
  const LecTree *tree = shared->tree;
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (int32_t));
  const LecField *former = NULL;
  unsigned in_run = 0;
  /* Protocols are reversed, while several messages of one protocol in a frame keep their order; what is no protocol is
   * about the frame and comes last. */
  for (int32_t node = lec_tree_n_nodes (tree) > 0 ? 0 : -1; node >= 0;) {
    const LecTreeNode *top = lec_tree_node (tree, (unsigned) node);
    in_run = top->field == former ? in_run + 1 : 0;
    if (top->field->type == LEC_TYPE_PROTOCOL)
      g_array_insert_val (nodes, in_run, node);
    else
      g_array_append_val (nodes, node);
    former = top->field;
    node = top->next_sibling;
  }
  return new_store (shared, nodes);
}

/* Paths: names of fields from the top, each with its ordinal among the siblings of that name. */

static unsigned
ordinal (const LecTree *tree, int32_t node)
{
  const LecTreeNode *self = lec_tree_node (tree, (unsigned) node);
  int32_t sibling = self->parent < 0 ? 0 : lec_tree_node (tree, (unsigned) self->parent)->first_child;
  unsigned n = 0;
  for (; sibling >= 0 && sibling != node; sibling = lec_tree_node (tree, (unsigned) sibling)->next_sibling)
    n += lec_tree_node (tree, (unsigned) sibling)->field == self->field;
  return n;
}

char *
lec_details_dup_path (const LecTree *tree, int32_t node)
{
  g_autoptr (GString) path = g_string_new (NULL);
  for (; node >= 0; node = lec_tree_node (tree, (unsigned) node)->parent) {
    g_autofree char *step =
        g_strdup_printf ("/%s[%u]", lec_tree_node (tree, (unsigned) node)->field->name, ordinal (tree, node));
    g_string_prepend (path, step);
  }
  return g_strdup (path->str);
}

static int32_t
find_step (const LecTree *tree, int32_t sibling, const char *name, unsigned nth)
{
  for (; sibling >= 0; sibling = lec_tree_node (tree, (unsigned) sibling)->next_sibling)
    if (g_str_equal (lec_tree_node (tree, (unsigned) sibling)->field->name, name) && nth-- == 0)
      return sibling;
  return -1;
}

int32_t
lec_details_find_path (const LecTree *tree, const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, "/", 0);
  int32_t node = -1;
  int32_t level = lec_tree_n_nodes (tree) > 0 ? 0 : -1;
  for (unsigned i = 1; steps[0] != NULL && steps[i] != NULL; i++) {
    char *bracket = strrchr (steps[i], '[');
    if (bracket == NULL)
      return -1;
    *bracket = '\0';
    node = find_step (tree, level, steps[i], (unsigned) g_ascii_strtoull (bracket + 1, NULL, 10));
    if (node < 0)
      return -1;
    level = lec_tree_node (tree, (unsigned) node)->first_child;
  }
  return node;
}

const char *
lec_details_type_label (const LecField *field)
{
  static const char *const labels[] = {
    [LEC_TYPE_NONE] = N_ ("group"),  [LEC_TYPE_PROTOCOL] = N_ ("protocol"),
    [LEC_TYPE_BOOLEAN] = "bool",     [LEC_TYPE_UINT8] = "uint8",
    [LEC_TYPE_UINT16] = "uint16",    [LEC_TYPE_UINT24] = "uint24",
    [LEC_TYPE_UINT32] = "uint32",    [LEC_TYPE_UINT64] = "uint64",
    [LEC_TYPE_INT32] = "int32",      [LEC_TYPE_INT64] = "int64",
    [LEC_TYPE_DOUBLE] = "double",    [LEC_TYPE_DURATION] = N_ ("duration"),
    [LEC_TYPE_TIME] = N_ ("time"),   [LEC_TYPE_FRAME] = N_ ("frame"),
    [LEC_TYPE_STRING] = N_ ("text"), [LEC_TYPE_BYTES] = N_ ("bytes"),
    [LEC_TYPE_IPV4] = "IPv4",        [LEC_TYPE_IPV6] = "IPv6",
    [LEC_TYPE_MAC] = "MAC",
  };
  return field->type < G_N_ELEMENTS (labels) && labels[field->type] != NULL ? _ (labels[field->type]) : "";
}

void
lec_details_bytes (const LecSpan *span, uint32_t *offset, uint32_t *length)
{
  *offset = span->offset_bits / 8;
  *length =
      span->length_bits == 0 ? 0 : (uint32_t) (((uint64_t) span->offset_bits + span->length_bits + 7) / 8) - *offset;
}
