/* What DNS records hold, by type. */
#include "protocol/dns-fields.h"
#include "protocol/dns-name.h"
#include "protocol/value-text.h"

#define FIELD(name) (&lec_dns_fields[DNS_##name])

static uint32_t
add_number (LecDnsRecord *record, LecReader *data, unsigned field, unsigned n_bytes)
{
  return (uint32_t) lec_take_uint (record->dissection, data, &lec_dns_fields[field], n_bytes);
}

/* The name is then in record->name. */
static void
add_name (LecDnsRecord *record, LecReader *data, unsigned field)
{
  uint32_t start = data->position;
  uint32_t offset = lec_reader_offset (data);

  g_string_truncate (record->name, 0);
  if (lec_dns_read_name (&record->message, data, record->name, NULL))
    lec_add_string (record->dissection, &lec_dns_fields[field], offset, data->position - start, record->name->str,
                    (gssize) record->name->len);
}

static void
add_rest (LecDnsRecord *record, LecReader *data, unsigned field)
{
  uint32_t offset = lec_reader_offset (data);
  LecBytes bytes = lec_read_some (data, G_MAXUINT32);

  if (bytes.length)
    lec_add_bytes (record->dissection, &lec_dns_fields[field], offset, bytes);
}

static void
add_text (LecDnsRecord *record, LecReader *data, unsigned field, uint32_t length)
{
  uint32_t offset = lec_reader_offset (data);
  LecBytes bytes = lec_read_bytes (data, length);

  if (data->state)
    return;
  lec_add_string (record->dissection, &lec_dns_fields[field], offset, length, (const char *) bytes.data, length);
  if (record->text->len == 0)
    lec_append_escaped (record->text, bytes);
}

static void
say_name (LecDnsRecord *record)
{
  g_string_assign (record->text, "");
  lec_append_escaped (record->text, (LecBytes){ (const uint8_t *) record->name->str, (uint32_t) record->name->len });
}

static void
address (LecDnsRecord *record, LecReader *data, unsigned field, unsigned n_bytes)
{
  uint32_t offset = lec_reader_offset (data);
  LecBytes bytes = lec_read_bytes (data, n_bytes);
  char text[LEC_ADDRESS_TEXT];

  if (data->state)
    return;
  lec_add_bytes (record->dissection, &lec_dns_fields[field], offset, bytes);
  if (record->text->len == 0)
    g_string_append (record->text, lec_address_text (bytes.data, n_bytes, text));
}

static void
a (LecDnsRecord *record, LecReader *data)
{
  address (record, data, DNS_A, 4);
}

static void
aaaa (LecDnsRecord *record, LecReader *data)
{
  address (record, data, DNS_AAAA, 16);
}

static void
one_name (LecDnsRecord *record, LecReader *data)
{
  static const struct {
    uint16_t type;
    uint16_t field;
  } names[] = {
    { DNS_TYPE_NS, DNS_NS },
    { DNS_TYPE_CNAME, DNS_CNAME },
    { DNS_TYPE_DNAME, DNS_DNAME },
    { DNS_TYPE_PTR, DNS_PTR },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].type == record->type)
      add_name (record, data, names[i].field);
  say_name (record);
}

/* RFC 1035 §3.3.13 */
static void
soa (LecDnsRecord *record, LecReader *data)
{
  static const uint16_t numbers[] = { DNS_SOA_SERIAL, DNS_SOA_REFRESH, DNS_SOA_RETRY, DNS_SOA_EXPIRE, DNS_SOA_MINIMUM };

  add_name (record, data, DNS_SOA_MNAME);
  say_name (record);
  add_name (record, data, DNS_SOA_RNAME);
  for (unsigned i = 0; i < G_N_ELEMENTS (numbers); i++)
    add_number (record, data, numbers[i], 4);
}

static void
mx (LecDnsRecord *record, LecReader *data)
{
  add_number (record, data, DNS_MX_PREFERENCE, 2);
  add_name (record, data, DNS_MX_EXCHANGE);
  say_name (record);
}

static void
txt (LecDnsRecord *record, LecReader *data)
{
  while (lec_reader_left (data))
    add_text (record, data, DNS_TXT, add_number (record, data, DNS_TXT_LENGTH, 1));
}

/* The owner's first two labels are the service and its protocol (RFC 2782). */
static void
srv_owner (LecDnsRecord *record)
{
  g_auto (GStrv) parts = g_strsplit (record->owner, ".", 3);

  if (g_strv_length (parts) < 3 || parts[0][0] != '_' || parts[1][0] != '_')
    return;
  lec_add_computed_string (record->dissection, FIELD (SRV_SERVICE), parts[0]);
  lec_add_computed_string (record->dissection, FIELD (SRV_PROTO), parts[1]);
  lec_add_computed_string (record->dissection, FIELD (SRV_NAME), parts[2]);
}

static void
srv (LecDnsRecord *record, LecReader *data)
{
  srv_owner (record);
  add_number (record, data, DNS_SRV_PRIORITY, 2);
  add_number (record, data, DNS_SRV_WEIGHT, 2);
  uint32_t port = add_number (record, data, DNS_SRV_PORT, 2);
  add_name (record, data, DNS_SRV_TARGET);
  say_name (record);
  g_string_append_printf (record->text, ":%u", port);
}

/* EDNS: options of a code and a length each (RFC 6891 §6.1.2). */
static void
opt (LecDnsRecord *record, LecReader *data)
{
  LecDissection *dissection = record->dissection;

  while (lec_reader_left (data) && data->state == LEC_READ_OK) {
    LecReader ahead = *data;
    uint16_t code = lec_read_u16 (&ahead);
    uint32_t length = lec_read_u16 (&ahead);
    lec_open_group (dissection, FIELD (OPTION), lec_reader_offset (data), MIN (length + 4, lec_reader_left (data)),
                    NULL);
    add_number (record, data, DNS_OPTION_CODE, 2);
    add_number (record, data, DNS_OPTION_LENGTH, 2);
    LecReader value = lec_reader_take (data, length);
    uint32_t offset = lec_reader_offset (&value);
    LecBytes bytes = { value.bytes, lec_reader_left (&value) };
    if (bytes.length)
      lec_add_bytes (dissection, FIELD (OPTION_DATA), offset, bytes);
    if (code == 10 && bytes.length >= 8) { /* RFC 7873 §4 */
      lec_add_bytes (dissection, FIELD (OPTION_CLIENT_COOKIE), offset, lec_read_bytes (&value, 8));
      add_rest (record, &value, DNS_OPTION_SERVER_COOKIE);
    }
    lec_close (dissection);
  }
}

/* RFC 8659 §4.1 */
static void
caa (LecDnsRecord *record, LecReader *data)
{
  lec_take_flags (record->dissection, data, FIELD (CAA_FLAGS), FIELD (CAA_CRITICAL), 1);
  uint32_t length = add_number (record, data, DNS_CAA_TAG_LENGTH, 1);
  add_text (record, data, DNS_CAA_TAG, length);
  add_text (record, data, DNS_CAA_VALUE, lec_reader_left (data));
}

/* RFC 9460 §14.3.2 */
static void
svcb_value (LecDnsRecord *record, uint16_t key, LecReader *value)
{
  switch (key) {
  case 1:
    while (lec_reader_left (value)) {
      uint32_t length = add_number (record, value, DNS_SVCB_ALPN_LENGTH, 1);
      uint32_t offset = lec_reader_offset (value);
      LecBytes name = lec_read_bytes (value, length);
      if (value->state == LEC_READ_OK)
        lec_add_string (record->dissection, FIELD (SVCB_ALPN), offset, length, (const char *) name.data, length);
    }
    break;
  case 3:
    add_number (record, value, DNS_SVCB_PORT, 2);
    break;
  case 4:
    while (lec_reader_left (value))
      address (record, value, DNS_SVCB_IPV4, 4);
    break;
  case 6:
    while (lec_reader_left (value))
      address (record, value, DNS_SVCB_IPV6, 16);
    break;
  default:
    add_rest (record, value, DNS_SVCB_VALUE);
  }
}

static void
svcb (LecDnsRecord *record, LecReader *data)
{
  add_number (record, data, DNS_SVCB_PRIORITY, 2);
  add_name (record, data, DNS_SVCB_TARGET);
  say_name (record);
  while (lec_reader_left (data) && data->state == LEC_READ_OK) {
    LecReader ahead = *data;
    uint16_t key = lec_read_u16 (&ahead);
    uint32_t length = lec_read_u16 (&ahead);
    lec_open_group (record->dissection, FIELD (SVCB_PARAMETER), lec_reader_offset (data),
                    MIN (length + 4, lec_reader_left (data)), NULL);
    add_number (record, data, DNS_SVCB_KEY, 2);
    add_number (record, data, DNS_SVCB_LENGTH, 2);
    LecReader value = lec_reader_take (data, length);
    svcb_value (record, key, &value);
    lec_close (record->dissection);
  }
}

/* RFC 4034 §5.1 */
static void
ds (LecDnsRecord *record, LecReader *data)
{
  add_number (record, data, DNS_DS_KEY, 2);
  add_number (record, data, DNS_DS_ALGORITHM, 1);
  add_number (record, data, DNS_DS_DIGEST_TYPE, 1);
  add_rest (record, data, DNS_DS_DIGEST);
}

/* RFC 4034 §2.1 */
static void
dnskey (LecDnsRecord *record, LecReader *data)
{
  lec_take_flags (record->dissection, data, FIELD (DNSKEY_FLAGS), FIELD (DNSKEY_ENTRY), 2);
  add_number (record, data, DNS_DNSKEY_PROTOCOL, 1);
  add_number (record, data, DNS_DNSKEY_ALGORITHM, 1);
  add_rest (record, data, DNS_DNSKEY_KEY);
}

static void
add_time (LecDnsRecord *record, LecReader *data, unsigned field)
{
  uint32_t offset = lec_reader_offset (data);
  uint64_t seconds = lec_read_u32 (data);

  if (data->state == LEC_READ_OK)
    lec_add_uint (record->dissection, &lec_dns_fields[field], offset, 4, seconds * 1000000000u);
}

/* RFC 4034 §3.1 */
static void
rrsig (LecDnsRecord *record, LecReader *data)
{
  add_number (record, data, DNS_RRSIG_TYPE, 2);
  add_number (record, data, DNS_RRSIG_ALGORITHM, 1);
  add_number (record, data, DNS_RRSIG_LABELS, 1);
  add_number (record, data, DNS_RRSIG_TTL, 4);
  add_time (record, data, DNS_RRSIG_EXPIRATION);
  add_time (record, data, DNS_RRSIG_INCEPTION);
  add_number (record, data, DNS_RRSIG_KEY, 2);
  add_name (record, data, DNS_RRSIG_SIGNER);
  add_rest (record, data, DNS_RRSIG_SIGNATURE);
}

/* A window of 256 types: its number, its length, a bit a type from the left (RFC 4034 §4.1.2). */
static void
add_type_window (LecDnsRecord *record, LecReader *data)
{
  uint32_t window = lec_read_u8 (data);
  uint32_t offset = lec_reader_offset (data) + 1;
  LecBytes bits = lec_read_bytes (data, lec_read_u8 (data));

  if (bits.length)
    lec_add_bytes (record->dissection, FIELD (NSEC_TYPES), offset, bits);
  for (uint32_t i = 0; i < bits.length * 8; i++)
    if (bits.data[i / 8] & 0x80 >> i % 8)
      lec_add_uint (record->dissection, FIELD (RESP_TYPE), offset + i / 8, 1, window << 8 | i);
}

static void
nsec (LecDnsRecord *record, LecReader *data)
{
  add_name (record, data, DNS_NSEC_NEXT);
  say_name (record);
  while (lec_reader_left (data) && data->state == LEC_READ_OK)
    add_type_window (record, data);
}

static const struct {
  uint16_t type;
  void (*dissect) (LecDnsRecord *record, LecReader *data);
} layouts[] = {
  { DNS_TYPE_A, a },          { DNS_TYPE_NS, one_name },    { DNS_TYPE_CNAME, one_name }, { DNS_TYPE_SOA, soa },
  { DNS_TYPE_PTR, one_name }, { DNS_TYPE_MX, mx },          { DNS_TYPE_TXT, txt },        { DNS_TYPE_AAAA, aaaa },
  { DNS_TYPE_SRV, srv },      { DNS_TYPE_DNAME, one_name }, { DNS_TYPE_OPT, opt },        { DNS_TYPE_DS, ds },
  { DNS_TYPE_RRSIG, rrsig },  { DNS_TYPE_NSEC, nsec },      { DNS_TYPE_DNSKEY, dnskey },  { DNS_TYPE_SVCB, svcb },
  { DNS_TYPE_HTTPS, svcb },   { DNS_TYPE_CAA, caa },
};

void
lec_dns_dissect_data (LecDnsRecord *record, LecReader *data)
{
  g_string_truncate (record->text, 0);
  if (lec_reader_reported_left (data) == 0) /* an update may name a record without its data (RFC 2136 §2.4) */
    return;
  for (unsigned i = 0; i < G_N_ELEMENTS (layouts); i++)
    if (layouts[i].type == record->type)
      layouts[i].dissect (record, data);
  add_rest (record, data, DNS_DATA);
  lec_add_state (record->dissection, data);
}
