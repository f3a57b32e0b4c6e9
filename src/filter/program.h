/* A filter ready to run: immutable, for any number of threads. */
#pragma once

#include "filter/ast.h"
#include "filter/check.h"
#include "filter/stack.h"

G_BEGIN_DECLS

/* Where a field's values can be had, besides by dissecting the frame. */
typedef enum {
  LEC_ORIGIN_DISSECTION = 1 << 0,   /* nowhere */
  LEC_ORIGIN_CONVERSATION = 1 << 1, /* the conversation and the side that sends: ports, addresses, streams */
  LEC_ORIGIN_FLAGS = 1 << 2,        /* the column of TCP's flags */
  LEC_ORIGIN_FRAME = 1 << 3,        /* columns: number, time, length */
  LEC_ORIGIN_VERDICT = 1 << 4,      /* verdicts and remarks on frames; never announced by a dissection */
  LEC_ORIGIN_MESSAGE = 1 << 5,      /* the table of operations, for the messages that begin in a frame */
  LEC_ORIGIN_OPERATION = 1 << 6,    /* the same, for the operation that owns a frame; never announced either */
} LecOrigin;

/* What Lectern itself says of a frame. */
#define LEC_ORIGINS_OWN (LEC_ORIGIN_VERDICT | LEC_ORIGIN_OPERATION)

/* A field that the program wants of a frame. */
typedef struct {
  const LecField *field;
  LecClass class;
  LecOrigin origin;
  unsigned row;         /* in the table of that origin in facts.c */
  uint32_t carriers;    /* bits of LecProtocolId: layers without any of which it cannot be there */
  uint32_t certain;     /* layers with one of which it surely is there: of a protocol's own field */
  gboolean wants_bytes; /* of a protocol: not only that it is there */
  gboolean carried;     /* said of a message: frames that go on with it have the value, too */
} LecSlot;

typedef struct LecOperand LecOperand;
struct LecOperand {
  LecNodeKind kind; /* WORD (fields), CONSTANT, SLICE, LAYER, CALL, ARITHMETIC */
  LecClass class;
  int symbol;
  LecFunction function;
  unsigned *slots; /* WORD */
  unsigned n_slots;
  const LecSlice *slices;
  unsigned n_slices;
  LecOperand **children;
  unsigned n_children;
  LecConstant constant;
};

typedef enum {
  LEC_CODE_EVERYTHING,
  LEC_CODE_AND,
  LEC_CODE_OR,
  LEC_CODE_NOT,
  LEC_CODE_PRESENT, /* a slot has a value */
  LEC_CODE_TRUE,    /* a slot has a value; a flag's is not 0 */
  LEC_CODE_NONZERO, /* a sum is not 0; other operands have a value */
  LEC_CODE_TEST,
  LEC_CODE_STACK, /* layers in an order, each with a child that says what it asks besides */
} LecCodeKind;

/* From a value to a value, both included. */
typedef struct {
  LecConstant first;
  LecConstant last;
  gboolean single; /* compared by ==, with its prefix */
} LecRange;

/* Three-valued truth of a condition that is known without the frame's fields. */
typedef enum {
  LEC_TRUTH_UNKNOWN,
  LEC_TRUTH_NO,
  LEC_TRUTH_YES,
} LecTruth;

/* What a frame's owner says of its layers. */
typedef enum {
  LEC_STREAM_UNASKED,
  LEC_STREAM_NONE, /* no conversation, or one that does not tell all */
  LEC_STREAM_ECHO, /* an ICMP echo or its reply: unlike an error, it quotes nothing; in a tunnel */
  LEC_STREAM_ECHO_IPV4,
  LEC_STREAM_ECHO_IPV6,
  LEC_STREAM_TCP_IPV4,
  LEC_STREAM_TCP_IPV6,
  LEC_STREAM_UDP_IPV4,
  LEC_STREAM_UDP_IPV6,
  LEC_N_STREAMS
} LecStreamKind;

/* Numbers from one to another, both included; signed ones with their sign bit turned, so that all order as unsigned. */
typedef struct {
  uint64_t first;
  uint64_t last;
} LecInterval;

/* The same for numbers of any size, such as addresses. */
typedef unsigned __int128 LecWideNumber;

typedef struct {
  LecWideNumber first;
  LecWideNumber last;
} LecWideInterval;

typedef struct LecCode LecCode;
struct LecCode {
  LecCodeKind kind;
  LecCode **children;
  unsigned n_children;
  unsigned *slots; /* PRESENT, TRUE; STACK: frame.protocols */
  unsigned n_slots;
  LecStackElement *elements; /* STACK: one a child; who matches fills `holds` in a copy */
  LecRelation relation;
  LecAggregate aggregate;
  gboolean fold_case;
  LecOperand *left;  /* TEST, NONZERO */
  LecOperand *right; /* TEST: or NULL, then the ranges */
  LecRange *ranges;
  unsigned n_ranges;
  GRegex *regex;
  /* For columns.c: */
  uint32_t origins;        /* of all slots inside */
  gboolean is_carried;     /* a condition on nothing but what messages say */
  gboolean dissects;       /* or has a part that is, where the index does not know what messages say */
  unsigned carried_memo;   /* then: number of its table by operation and side */
  unsigned memo;           /* number of its table by owner and side, or by message, where its only origin is that */
  gboolean by_verdict_key; /* what it asks of verdicts, its only origin, depends on their keys; then: */
  unsigned verdict_memo;   /* number of its table by those */
  uint8_t by_layers[LEC_N_STREAMS][LEC_N_PROTOCOLS]; /* LecTruth by stream and topmost protocol */
  uint8_t *by_flags;       /* LecTruth by the eight flags of a TCP segment, where its only origin is that; or NULL */
  gboolean without_values; /* what it says of a frame that has none of its fields */
  gboolean layers_suffice; /* by_layers says all there is to know of frames in conversations */
  LecInterval *intervals;  /* a test of numeric fields of frames or of conversations: values that pass; or NULL */
  LecWideInterval *address_intervals; /* likewise, a test of conversations' addresses */
  unsigned n_intervals;
};

typedef struct {
  LecCode *root;
  LecSlot *slots;
  unsigned n_slots;
  unsigned n_memos;          /* codes with a table by owner and side */
  unsigned n_message_memos;  /* codes with a table by what a message says */
  unsigned n_verdict_memos;  /* codes with a table by the key of a verdict */
  uint32_t protocols;        /* bits of LecProtocolId: whose fields are wanted of a dissection */
  gboolean wants_all;        /* of all, but for what is not in the frame */
  gboolean wants_replay;     /* of protocols that are replayed */
  gboolean wants_bytes;      /* of protocols */
  gboolean bytes_suffice;    /* all that is wanted is the frame's own */
  gboolean wants_summaries;  /* of layers */
  gboolean uses_layers;      /* ip.addr#2 */
  gboolean wants_remarks;    /* fields of Lectern's own that frames without a verdict have, too */
  gboolean wants_carried;    /* values of messages that began in an earlier frame */
  gboolean wants_operations; /* fields of the operation that owns a frame */
  gboolean columnar;
  /* Fields to slots: open addressing by address, a power of two larger than twice the slots. */
  const LecField **table_fields;
  unsigned *table_slots;
  unsigned table_mask;
  uint64_t field_bits; /* as in a sink: of all slots, or 0 */
  GPtrArray *owned;    /* all memory above, freed with g_free */
  GPtrArray *regexes;
} LecProgram;

/* SYNTAX is checked; the program keeps nothing of it. */
LecProgram *lec_program_new (const LecRegistry *registry, const LecSyntax *syntax);
void lec_program_free (LecProgram *program);
/* The slot of FIELD, −1 = it is not wanted. */
int lec_program_find_slot (const LecProgram *program, const LecField *field);

/* prepare.c: fills what a code and those inside it need for the columns, once all is compiled. */
void lec_program_prepare (LecProgram *program);
/* facts.c: where values of FIELD, in the table of PROTOCOL, can be had, and the row of the table that says how. */
LecOrigin lec_origin_of (const LecField *field, const LecProtocol *protocol, unsigned *row);

G_END_DECLS
