/* The list of protocols and the names of all their fields. Built once per LecRegistry, then read only: any thread. */
#pragma once

#include "protocol/dissection.h"

G_BEGIN_DECLS

/* The protocol of ID; its table is static and const. */
const LecProtocol *lec_protocol (LecProtocolId id);
/* TRUE where its fields are of a TCP conversation that is gone through again, and stand inside TCP's. */
gboolean lec_protocol_is_replayed (LecProtocolId id);

typedef struct LecRegistry LecRegistry;

LecRegistry *lec_registry_new (void);
void lec_registry_free (LecRegistry *registry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecRegistry, lec_registry_free)

/* What a name stands for: one field, or the members of an alias ("tcp.port"). */
typedef struct {
  const char *name;          /* canonical: Wireshark's */
  const char *analyzer_name; /* or NULL */
  const char *label;         /* N_() */
  const LecField *fields[4];
  unsigned n_fields;
  const LecProtocol *protocol; /* whose file it stands in */
} LecName;

/* Looks NAME up in either vocabulary, in any case. NULL where there is none. Borrowed. */
const LecName *lec_registry_find (const LecRegistry *registry, const char *name);
/* All names in order of protocol and table. Borrowed. */
const LecName *lec_registry_names (const LecRegistry *registry, unsigned *n_names);
/* The protocol whose table FIELD stands in. */
const LecProtocol *lec_registry_protocol_of (const LecRegistry *registry, const LecField *field);

/* Appends VALUE as text: as `tshark -T fields` prints it (FALSE) or as the tree shows it (TRUE: names of values,
 * units). */
void lec_value_append (GString *text, const LecField *field, const LecValue *value, gboolean for_people);

G_END_DECLS
