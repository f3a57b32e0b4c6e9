/* A details tree: what one dissection announced, kept. Immutable once made; owns all its bytes and texts. */
#pragma once

#include "analysis/surroundings.h"
#include "protocol/registry.h"

G_BEGIN_DECLS

typedef struct LecTree LecTree;

/* A node. Nodes stand in the order of announcement; children of node i are those after it whose parent is i. */
typedef struct {
  const LecField *field;
  LecSpan span;
  int32_t parent;       /* −1 = top */
  int32_t next_sibling; /* −1 = last */
  int32_t first_child;  /* −1 = leaf */
  LecValue value;       /* bytes are the tree's */
  const char *text;     /* what the value column shows, made for people */
} LecTreeNode;

/* A source of bytes: the frame, or what was put together. */
typedef struct {
  const char *name; /* translated: "Frame 27", "HTTP message in 3 segments" */
  LecBytes bytes;
  const LecPiece *pieces; /* which frame each byte came from; NULL for the frame itself */
  unsigned n_pieces;
} LecTreeSource;

typedef struct {
  const LecProtocol *protocol;
  LecSpan span;
  const char *summary;
  int32_t node; /* the protocol's own node in the tree */
} LecTreeLayer;

LecTree *lec_tree_new (LecFrameReader *reader, uint32_t frame) G_GNUC_WARN_UNUSED_RESULT;
void lec_tree_free (LecTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecTree, lec_tree_free)

uint32_t lec_tree_frame (const LecTree *tree);
/* TRUE where the fields of replayed protocols are missing, because they take longer. */
gboolean lec_tree_lacks_replay (const LecTree *tree);
/* Before anybody else has it. */
void lec_tree_set_lacks_replay (LecTree *tree);
unsigned lec_tree_n_nodes (const LecTree *tree);
const LecTreeNode *lec_tree_node (const LecTree *tree, unsigned node);
unsigned lec_tree_n_sources (const LecTree *tree);
const LecTreeSource *lec_tree_source (const LecTree *tree, unsigned source);
unsigned lec_tree_n_layers (const LecTree *tree);
const LecTreeLayer *lec_tree_layer (const LecTree *tree, unsigned layer);
/* The innermost node whose bits include BYTE of SOURCE, −1 = none. */
int32_t lec_tree_find_byte (const LecTree *tree, unsigned source, uint32_t byte);
/* The first node whose field has NAME (Wireshark's), −1 = none. */
int32_t lec_tree_find_field (const LecTree *tree, const char *name);

G_END_DECLS
