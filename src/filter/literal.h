/* Values as people write them, read as a field's type wants them. */
#pragma once

#include "protocol/registry.h"

G_BEGIN_DECLS

/* What can be compared with what. */
typedef enum {
  LEC_CLASS_NONE,     /* presence only */
  LEC_CLASS_UNSIGNED, /* integers, flags, frame numbers */
  LEC_CLASS_SIGNED,
  LEC_CLASS_DURATION, /* signed, nanoseconds */
  LEC_CLASS_TIME,     /* signed, nanoseconds since 1970 UTC */
  LEC_CLASS_REAL,
  LEC_CLASS_TEXT,
  LEC_CLASS_BYTES, /* bytes, link addresses, the bytes of a protocol */
  LEC_CLASS_IPV4,
  LEC_CLASS_IPV6,
} LecClass;

/* A value of some class. Borrows its bytes. */
typedef struct {
  LecValue value;
  uint8_t prefix_bits; /* addresses: how many bits count */
  uint8_t layer;       /* of a frame's value: the how-manieth layer of its protocol it stands in, from 1 */
  /* The text meant a number that no value of the class can be: LESS than all or MORE than all. */
  enum { LEC_WITHIN, LEC_BELOW_ALL, LEC_ABOVE_ALL } outside;
} LecConstant;

LecClass lec_class_of (const LecField *field);

/* What is written: a bare word, or quoted. */
typedef struct {
  const char *text; /* NUL-terminated; may hold further NULs where quoted */
  size_t bytes;
  gboolean quoted;
  gboolean quoted_single; /* may be a character's number */
} LecLiteral;

/* Reads LITERAL as a value for FIELD, or of CLASS where FIELD is NULL. Bytes that had to be made are appended to OWNED.
 * FALSE where it cannot be one. */
gboolean lec_literal_read (const LecLiteral *literal, LecClass class, const LecField *field, GPtrArray *owned,
                           LecConstant *constant);
/* The largest number that an unsigned FIELD can be; of none, of any. */
uint64_t lec_literal_largest (const LecField *field);
/* What FIELD (or CLASS) wants, translated, to follow "expected": "a number, such as 80". Borrowed. */
const char *lec_class_expectation (LecClass class, const LecField *field);
/* The number that a constant's name stands for ("IANA.Port.HTTP", "Standard.DiagnosisLevel.Warning"), in any case. */
gboolean lec_constant_find (const char *name, uint64_t *number);
/* The I-th constant's name but for the ports', NULL after the last; ports are this and a service's name. */
const char *lec_constant_name (unsigned i);
#define LEC_CONSTANT_PORT_PREFIX "IANA.Port."
/* The I-th name of a service that may be written for its port, NULL after the last. */
const char *lec_service_nth (unsigned i);
/* The port of a service ("https"). */
gboolean lec_service_find (const char *name, uint64_t *port);

G_END_DECLS
