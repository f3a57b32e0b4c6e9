/* The field registry's rows: what a field is called, what it holds, how it shows.
 *
 * Each protocol file owns one static table of fields. A field is known by its address in that table, everywhere. */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* gettext's marker for texts in static tables, without gettext's headers in each of them; token for token that of
 * <glib/gi18n-lib.h>, so that both may be included. */
#define N_(String) (String)

typedef enum {
  LEC_TYPE_NONE,     /* presence only: a node that groups others, a mark */
  LEC_TYPE_PROTOCOL, /* the protocol itself; its value is its summary */
  LEC_TYPE_BOOLEAN,
  LEC_TYPE_UINT8,
  LEC_TYPE_UINT16,
  LEC_TYPE_UINT24,
  LEC_TYPE_UINT32,
  LEC_TYPE_UINT64,
  LEC_TYPE_INT32,
  LEC_TYPE_INT64,
  LEC_TYPE_DOUBLE,
  LEC_TYPE_DURATION, /* nanoseconds, shown in seconds */
  LEC_TYPE_TIME,     /* nanoseconds since 1970 UTC */
  LEC_TYPE_FRAME,    /* a frame's number: a link */
  LEC_TYPE_STRING,
  LEC_TYPE_BYTES,
  LEC_TYPE_IPV4,
  LEC_TYPE_IPV6,
  LEC_TYPE_MAC,
} LecType;

typedef enum {
  LEC_SHOW_DECIMAL, /* 443 */
  LEC_SHOW_HEX,     /* 0x01bb */
  LEC_SHOW_BITS,    /* flags: drawn as a bit pattern */
  LEC_SHOW_PORT,    /* decimal, with the service's name in the tree */
} LecShow;

/* Names of values, ended by { 0, NULL }. Texts are N_() where they are words, plain where they are protocol tokens. */
typedef struct {
  uint64_t value;
  const char *name;
} LecValueName;

typedef struct LecField LecField;
struct LecField {
  const char *name;          /* Wireshark's, where it has the field: "tcp.srcport"; lower case */
  const char *analyzer_name; /* Message Analyzer's: "TCP.SourcePort", or NULL */
  const char *label;         /* N_("Source port"): what the tree calls it */
  LecType type;
  LecShow show;
  uint64_t mask; /* the bits of a flag or bit field within its bytes, 0 = all */
  const LecValueName *values;
  const char *explanation; /* N_(): one or two sentences for a student, with the RFC and section, or NULL */
};

/* A name that stands for several fields: "tcp.port" is either port. Filters and columns know it, trees do not show it.
 * Ended by a NULL name. */
typedef struct {
  const char *name;
  const char *analyzer_name;
  const char *label;
  const char *members[4]; /* names of fields, NULL-terminated where fewer */
} LecAlias;

typedef struct LecDissection LecDissection;

/* A protocol: one static const table row in one file. */
typedef struct LecProtocol LecProtocol;

/* The name of VALUE in NAMES, or NULL. Borrowed, untranslated. */
const char *lec_value_name (const LecValueName *names, uint64_t value);

G_END_DECLS
