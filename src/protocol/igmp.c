/* IGMP: who on the network wants which group's packets. Version 1 (RFC 1112), 2 (RFC 2236) and 3 (RFC 3376).
 *
 *         0        1        2        3
 *     +--------+--------+--------+--------+
 *     |  type  |max resp|    checksum     |
 *     +--------+--------+--------+--------+
 *     |          group address            |   version 3: more follows a query, and a report has records
 *     +--------+--------+--------+--------+
 */
#include <glib/gi18n-lib.h>

#include "protocol/group-record.h"
#include "protocol/ip-checksum.h"
#include "protocol/protocols.h"
#include "protocol/value-text.h"

enum {
  IGMP,
  VERSION,
  TYPE,
  MAX_RESPONSE,
  RESERVED,
  CHECKSUM,
  CHECKSUM_STATUS,
  CHECKSUM_CALCULATED,
  GROUP,
  SUPPRESS,
  ROBUSTNESS,
  QUERY_INTERVAL,
  N_SOURCES,
  SOURCE,
  N_RECORDS,
  RECORD,
  RECORD_TYPE,
  AUX_LENGTH,
  AUX_DATA,
};

enum {
  QUERY = 0x11,
  REPORT_1 = 0x12,
  REPORT_2 = 0x16,
  LEAVE = 0x17,
  REPORT_3 = 0x22,
};

/* Of a query of version 3, which is told from older ones by its length (RFC 3376 §7.1). */
#define QUERY_3_BYTES 12u

static const LecValueName types[] = {
  { QUERY, N_ ("Membership query") },
  { REPORT_1, N_ ("Membership report") },
  { REPORT_2, N_ ("Membership report") },
  { LEAVE, N_ ("Leave group") },
  { REPORT_3, N_ ("Membership report") },
  { 0x13, "DVMRP" },
  { 0x14, "PIM" },
  { 0x1e, N_ ("Traceroute response") },
  { 0x1f, N_ ("Traceroute query") },
  { 0, NULL },
};

static const LecField fields[] = {
  [IGMP] = { "igmp", "IGMP", N_ ("Internet Group Management Protocol"), LEC_TYPE_PROTOCOL },
  [VERSION] = { "igmp.version", "IGMP.Version", N_ ("Version"), LEC_TYPE_UINT8 },
  [TYPE] = { "igmp.type", "IGMP.Type", N_ ("Type"), LEC_TYPE_UINT8, .show = LEC_SHOW_HEX, .values = types,
             .explanation =
                 N_ ("A router asks who is in a group (query), a machine says that it is (report) or no longer "
                     "is (leave), so that the group's packets go only where they are wanted (RFC 3376 §4).") },
  [MAX_RESPONSE] = { "igmp.max_resp", NULL, N_ ("Maximum response time"), LEC_TYPE_UINT8,
                     .explanation = N_ ("Answer within so many tenths of a second, at a random moment, so that not all "
                                        "answer at once (RFC 3376 §4.1.1).") },
  [RESERVED] = { "igmp.reserved", NULL, N_ ("Reserved"), LEC_TYPE_BYTES },
  [CHECKSUM] = { "igmp.checksum", NULL, N_ ("Checksum"), LEC_TYPE_UINT16, .show = LEC_SHOW_HEX },
  [CHECKSUM_STATUS] = { "igmp.checksum.status", NULL, N_ ("Checksum status"), LEC_TYPE_UINT8,
                        .values = lec_checksum_status_names },
  [CHECKSUM_CALCULATED] = { "igmp.checksum_calculated", NULL, N_ ("It should be"), LEC_TYPE_UINT16,
                            .show = LEC_SHOW_HEX },
  [GROUP] = { "igmp.maddr", "IGMP.GroupAddress", N_ ("Group"), LEC_TYPE_IPV4,
              .explanation = N_ ("The group's address, from 224.0.0.0 on; a general query asks about all with 0.0.0.0 "
                                 "(RFC 3376 §4.1.3).") },
  [SUPPRESS] = { "igmp.s", NULL, N_ ("Other routers need not act"), LEC_TYPE_BOOLEAN, .mask = 0x08 },
  [ROBUSTNESS] = { "igmp.qrv", NULL, N_ ("Robustness"), LEC_TYPE_UINT8, .mask = 0x07 },
  [QUERY_INTERVAL] = { "igmp.qqic", NULL, N_ ("Query interval"), LEC_TYPE_UINT8 },
  [N_SOURCES] = { "igmp.num_src", NULL, N_ ("Number of sources"), LEC_TYPE_UINT16 },
  [SOURCE] = { "igmp.saddr", NULL, N_ ("Source"), LEC_TYPE_IPV4 },
  [N_RECORDS] = { "igmp.num_grp_recs", NULL, N_ ("Number of groups"), LEC_TYPE_UINT16 },
  [RECORD] = { "igmp.group_record", NULL, N_ ("Group record"), LEC_TYPE_NONE },
  [RECORD_TYPE] = { "igmp.record_type", NULL, N_ ("Record type"), LEC_TYPE_UINT8, .values = lec_group_record_types,
                    .explanation = N_ ("Which senders to the group are wanted (RFC 3376 §4.2.12).") },
  [AUX_LENGTH] = { "igmp.aux_data_len", NULL, N_ ("Further words"), LEC_TYPE_UINT8 },
  [AUX_DATA] = { "igmp.aux_data", NULL, N_ ("Further data"), LEC_TYPE_BYTES },
  { NULL },
};

static const LecGroupRecordFields record_fields = {
  .record = &fields[RECORD],
  .type = &fields[RECORD_TYPE],
  .aux_words = &fields[AUX_LENGTH],
  .n_sources = &fields[N_SOURCES],
  .group = &fields[GROUP],
  .source = &fields[SOURCE],
  .aux_data = &fields[AUX_DATA],
  .address_bytes = 4,
};

static void
add_checksum (LecDissection *dissection, LecReader *reader, const LecReader *whole)
{
  uint32_t offset = lec_reader_offset (reader);
  uint16_t stored = lec_read_u16 (reader);
  uint16_t expected;
  LecChecksumReason reason;

  if (reader->state)
    return;
  LecChecksumStatus status = lec_checksum_judge_alone (dissection, whole, stored, &expected, &reason);
  lec_add_checksum (dissection, &fields[CHECKSUM], &fields[CHECKSUM_STATUS], &fields[CHECKSUM_CALCULATED], offset,
                    stored, expected, status, reason);
}

static void
dissect_query_3 (LecDissection *dissection, LecReader *reader)
{
  uint32_t offset = lec_reader_offset (reader);
  uint8_t bits = lec_read_u8 (reader);

  if (reader->state)
    return;
  lec_add_bits (dissection, &fields[SUPPRESS], offset, 1, bits);
  lec_add_bits (dissection, &fields[ROBUSTNESS], offset, 1, bits);
  lec_take_uint (dissection, reader, &fields[QUERY_INTERVAL], 1);
  uint64_t n = lec_take_uint (dissection, reader, &fields[N_SOURCES], 2);
  lec_add_group_sources (dissection, reader, &fields[SOURCE], 4, n);
}

/* RFC 3376 §7.1: a query's version shows in its length, then in whether it allows time to answer. */
static unsigned
version_of (const LecReader *whole, uint8_t type)
{
  switch (type) {
  case QUERY:
    return whole->reported >= QUERY_3_BYTES ? 3 : lec_reader_peek (whole, 1) ? 2 : 1;
  case REPORT_1:
    return 1;
  case REPORT_2:
  case LEAVE:
    return 2;
  case REPORT_3:
    return 3;
  default:
    return 0;
  }
}

static void
summarise (LecDissection *dissection, unsigned layer, LecReader whole, uint8_t type, unsigned version)
{
  const char *name = lec_value_name (types, type);
  char group[LEC_ADDRESS_TEXT] = "";

  if (!lec_dissection_wants_summary (dissection, layer))
    return;
  lec_reader_skip (&whole, type == REPORT_3 ? 12 : 4);
  LecBytes address = lec_read_bytes (&whole, 4);
  if (address.data)
    lec_address_text (address.data, 4, group);
  lec_dissection_set_summary (dissection, layer, _ ("%s, version %u%s%s"), name ? _ (name) : _ ("unknown message"),
                              version, *group ? ", " : "", group);
}

static void
dissect (LecDissection *dissection, LecReader *reader)
{
  unsigned layer = lec_dissection_layer (dissection);
  LecReader whole =
      lec_reader (reader->bytes + reader->position, lec_reader_left (reader), lec_reader_reported_left (reader), 0);
  uint8_t type = lec_reader_peek (reader, 0);
  unsigned version = version_of (&whole, type);
  const char *name = lec_value_name (types, type);

  lec_open_group (dissection, &fields[IGMP], lec_reader_offset (reader), lec_reader_left (reader), "%s",
                  name ? _ (name) : _ ("unknown message"));
  if (version)
    lec_add_computed (dissection, &fields[VERSION], version);
  lec_take_uint (dissection, reader, &fields[TYPE], 1);
  if (version == 3 && type == REPORT_3)
    lec_take_bytes (dissection, reader, &fields[RESERVED], 1);
  else
    lec_take_uint (dissection, reader, &fields[MAX_RESPONSE], 1);
  add_checksum (dissection, reader, &whole);
  if (type == REPORT_3) {
    lec_take_bytes (dissection, reader, &fields[RESERVED], 2);
    uint64_t n = lec_take_uint (dissection, reader, &fields[N_RECORDS], 2);
    while (n-- && lec_reader_left (reader) && reader->state == LEC_READ_OK)
      lec_add_group_record (dissection, reader, &record_fields);
  } else if (version) {
    lec_take_bytes (dissection, reader, &fields[GROUP], 4);
    if (version == 3)
      dissect_query_3 (dissection, reader);
  }
  lec_add_state (dissection, reader);
  lec_close (dissection);
  summarise (dissection, layer, whole, type, version);
  if (lec_reader_left (reader))
    lec_dissect_data (dissection, reader);
}

const LecProtocol lec_igmp_protocol = {
  LEC_PROTOCOL_IGMP, "igmp", "IGMP", NULL, N_ ("Internet Group Management Protocol"), fields, NULL, dissect,
};
