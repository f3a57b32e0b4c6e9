/* The syntax tree of a filter.
 *
 *   filter   := or
 *   or       := and (("||" | "or") and)*
 *   and      := not (("&&" | "and") not)*
 *   not      := ("!" | "not") not | relation
 *   relation := ["any" | "all"] sum (op sum)*  |  sum ["not"] "in" set  |  "contains" text  |  "regex" text  |  stack
 *   sum      := product (("+" | "-") product)*          product := mask (("*" | "/" | "%" | "<<" | ">>") mask)*
 *   mask     := operand (("&" | "|" | "^") operand)*
 *   operand  := "(" or ")" | "{" sum "}" | "-" operand | word slice? | text | bytes | "*" name | "#" name
 *             | function "(" sum, … ")" | "${" name "}"
 *   set      := ("{" | "[") (sum [".." sum])* ("}" | "]")        comma or space between the members
 *
 * The parser does not know names: a bare word may be a field or a value, and only check.c can tell. It rewrites the
 * tree so that every test has operands of one class each; compile.c makes the program out of that. */
#pragma once

#include "filter/literal.h"

G_BEGIN_DECLS

typedef enum {
  LEC_NODE_EVERYTHING, /* the empty filter */
  LEC_NODE_AND,        /* two or more children */
  LEC_NODE_OR,
  LEC_NODE_NOT,
  LEC_NODE_TEST,     /* children: left and right; a right side that is a set for IN */
  LEC_NODE_TRUTH,    /* its child alone, as a condition: there (or, for a flag, set; for a sum, not 0) */
  LEC_NODE_PRESENCE, /* made by check.c: its child has a value, of a flag too */
  LEC_NODE_SEARCH,   /* its child, a text or bytes, somewhere in the message */
  LEC_NODE_STACK,    /* layers from the top down; `text` holds one character per child: a step of stack.h */
  /* Operands. */
  LEC_NODE_WORD,       /* a name, or a value without quotes */
  LEC_NODE_STRING,     /* in quotes */
  LEC_NODE_BYTES,      /* $[c0a80101] */
  LEC_NODE_WILDCARD,   /* *Port */
  LEC_NODE_ANNOTATION, /* #MessageNumber; a child: the scope before it */
  LEC_NODE_REFERENCE,  /* ${ip.src}: the value in the selected frame */
  LEC_NODE_SLICE,      /* child 0 is sliced; the ranges are in `slices` */
  LEC_NODE_LAYER,      /* child 0, at the layers in `slices` */
  LEC_NODE_CALL,       /* a function, named by `text` */
  LEC_NODE_ARITHMETIC, /* one child (negative) or two */
  LEC_NODE_SET,
  LEC_NODE_RANGE,    /* in a set: from child 0 to child 1 */
  LEC_NODE_CONSTANT, /* made by check.c: `constant`, or in a set from `constant` to `last` */
} LecNodeKind;

typedef enum {
  LEC_RELATION_EQUAL,       /* == : some value equals */
  LEC_RELATION_NOT_EQUAL,   /* != : the exact negation of == */
  LEC_RELATION_ALL_EQUAL,   /* === : there, and all values equal */
  LEC_RELATION_ANY_DIFFERS, /* !== : some value differs */
  LEC_RELATION_DIFFERS,     /* ~= : there, and no value equals */
  LEC_RELATION_LESS,
  LEC_RELATION_LESS_EQUAL,
  LEC_RELATION_GREATER,
  LEC_RELATION_GREATER_EQUAL,
  LEC_RELATION_CONTAINS,
  LEC_RELATION_MATCHES,
  LEC_RELATION_IN,
} LecRelation;

typedef enum {
  LEC_QUANTIFIER_NONE, /* as ANY */
  LEC_QUANTIFIER_ANY,
  LEC_QUANTIFIER_ALL,
} LecQuantifier;

/* When a test holds over the values of its operands. */
typedef enum {
  LEC_AGGREGATE_ANY,     /* some pair passes */
  LEC_AGGREGATE_ALL,     /* there are values, and all pass */
  LEC_AGGREGATE_NONE,    /* there are values, and none passes */
  LEC_AGGREGATE_ANY_NOT, /* some pair does not pass */
} LecAggregate;

/* Bytes FIRST … of a value; negative counts from the end. */
typedef struct {
  int32_t first;
  int32_t last; /* inclusive; where to_end is FALSE */
  gboolean to_end;
} LecSlice;

typedef struct LecNode LecNode;
struct LecNode {
  LecNodeKind kind;
  LecRelation relation;     /* TEST */
  LecQuantifier quantifier; /* TEST */
  int symbol;               /* ARITHMETIC: + - * / % & | ^ and l r for << >> */
  gboolean fold_case;       /* TEST and SEARCH with contains: letters in any case */
  gboolean exact_case;      /* but this was asked for */
  gboolean ranged;          /* CONSTANT: `last` is another value than `constant` */
  gboolean quoted_single;   /* STRING: 'A' may also be a character's number */
  unsigned position;        /* in characters */
  unsigned length;
  unsigned written_position; /* in a list, and behind a "not": with the brackets around it; else 0 long */
  unsigned written_length;
  const char *text; /* TEST and SEARCH: the encoding that was named, or NULL */
  size_t text_bytes;
  LecNode **children; /* nodes may have several parents */
  unsigned n_children;
  LecSlice *slices;
  unsigned n_slices;
  /* Filled by check.c. */
  const LecField **fields; /* what a name stands for */
  unsigned n_fields;
  gboolean analyzer_name; /* and it was written as Message Analyzer does */
  LecClass class;         /* of an operand's values */
  LecAggregate aggregate; /* TEST: then `relation` is one of EQUAL, LESS …, CONTAINS, MATCHES, IN */
  GRegex *regex;          /* TEST with MATCHES */
  const char **protocols; /* STACK: the layer that each child is, or NULL for any */
  LecConstant constant;
  LecConstant last;
};

/* Owns the nodes and texts of one tree. One thread. */
typedef struct {
  GPtrArray *nodes;
  GStringChunk *texts;
  GPtrArray *owned; /* further memory, freed with g_free */
  LecNode *root;
  const char *source; /* the text that was parsed */
  const char *hint;   /* what check.c found worth a word though nothing is wrong, translated; or NULL */
} LecSyntax;

LecSyntax *lec_syntax_new (void);
void lec_syntax_free (LecSyntax *syntax);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecSyntax, lec_syntax_free)

LecNode *lec_syntax_node (LecSyntax *syntax, LecNodeKind kind, unsigned position, unsigned length);
void lec_node_add (LecNode *node, LecNode *child);
/* A copy of TEXT that lives as long as SYNTAX; a NUL follows it. */
const char *lec_syntax_text (LecSyntax *syntax, const char *text, size_t bytes);

/* The tree in prefix form, for tests: "(or (== tcp.port 80) (truth udp))". */
void lec_node_append (GString *text, const LecNode *node);
/* The sign of a relation as it is written: "==". */
const char *lec_relation_sign (LecRelation relation);

G_END_DECLS
