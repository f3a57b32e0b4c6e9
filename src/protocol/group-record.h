/* What IGMP and MLD have in common: the record of a report that says whose packets to a group are wanted. */
#pragma once

#include "protocol/dissection.h"

G_BEGIN_DECLS

extern const LecValueName lec_group_record_types[];

/* Their fields, which IPv4's and IPv6's protocols name apart. */
typedef struct {
  const LecField *record;
  const LecField *type;
  const LecField *aux_words;
  const LecField *n_sources;
  const LecField *group;
  const LecField *source;
  const LecField *aux_data;
  uint8_t address_bytes; /* 4 or 16 */
} LecGroupRecordFields;

/* The record at which READER stands (RFC 3376 §4.2.4, RFC 3810 §5.2.4). */
void lec_add_group_record (LecDissection *dissection, LecReader *reader, const LecGroupRecordFields *fields);
/* N addresses of sources, as many as are there. */
void lec_add_group_sources (LecDissection *dissection, LecReader *reader, const LecField *field, unsigned address_bytes,
                            uint64_t n);

G_END_DECLS
