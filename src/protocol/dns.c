/* DNS (RFC 1035), multicast DNS (RFC 6762) and LLMNR (RFC 4795): one format, three names.
 *
 *         0               1               2               3
 *     +-------------------------------+-------------------------------+
 *     |              ID               |QR| opcode |AA|TC|RD|RA|Z|AD|CD|rcode|
 *     +-------------------------------+-------------------------------+
 *     |           questions           |            answers            |
 *     +-------------------------------+-------------------------------+
 *     |       authority records       |      additional records       |
 *     +-------------------------------+-------------------------------+
 *     | questions …, answers …, authority records …, additional records …
 */
#include <glib/gi18n-lib.h>

#include "protocol/dns-fields.h"
#include "protocol/dns-name.h"
#include "protocol/protocols.h"
#include "protocol/value-text.h"

#define FIELD(name) (&lec_dns_fields[DNS_##name])

#define RESPONSE_BIT  0x8000u
#define OPCODE_UPDATE 5u
/* In a query: the asker understands the bit in the answer (RFC 6840 §5.7). */
#define AUTHENTICATED_BIT 0x0020u
#define RCODE_BITS        0x000fu
#define OPCODE(flags)     ((flags) >> 11 & 15)
/* Multicast DNS takes the class's upper bit (RFC 6762 §18.12, §18.13). */
#define MULTICAST_BIT 0x8000u

/* Questions and answers that a summary names. */
#define SUMMARY_ITEMS 3u

/* One message being dissected. */
typedef struct {
  LecDissection *dissection;
  LecProtocolId protocol;
  LecReader message; /* at its first byte */
  uint16_t flags;
  uint16_t question_type; /* of the first question, 0 = none */
  GString *name;
  GString *data_name;
  GString *text;      /* of the record at hand */
  GString *questions; /* for the summary */
  GString *answers;
  unsigned n_questions;
  unsigned n_answers;
} Message;

static const char *
type_name (uint16_t type, char buffer[16])
{
  const char *name = lec_value_name (lec_dns_types, type);

  if (name)
    return name;
  g_snprintf (buffer, 16, "TYPE%u", type); /* RFC 3597 §5 */
  return buffer;
}

static void
append_name (GString *text, const GString *name)
{
  lec_append_escaped (text, (LecBytes){ (const uint8_t *) name->str, (uint32_t) name->len });
}

static uint32_t
add_number (const Message *message, LecReader *reader, unsigned field, unsigned n_bytes)
{
  return (uint32_t) lec_take_uint (message->dissection, reader, &lec_dns_fields[field], n_bytes);
}

static void
add_flags (Message *message, LecReader *reader)
{
  LecDissection *dissection = message->dissection;
  uint32_t offset = lec_reader_offset (reader);
  uint16_t flags = lec_read_u16 (reader);
  gboolean is_response = (flags & RESPONSE_BIT) != 0;
  gboolean link_local = message->protocol == LEC_PROTOCOL_LLMNR;
  /* Which bits mean something depends on who speaks. */
  const struct {
    unsigned field;
    gboolean shown;
  } bits[] = {
    { DNS_FLAG_RESPONSE, TRUE },
    { DNS_FLAG_OPCODE, TRUE },
    { DNS_FLAG_CONFLICT, link_local },
    { DNS_FLAG_AUTHORITATIVE, is_response && !link_local },
    { DNS_FLAG_TRUNCATED, TRUE },
    { DNS_FLAG_TENTATIVE, link_local },
    { DNS_FLAG_RECURSION_DESIRED, !link_local },
    { DNS_FLAG_RECURSION_AVAILABLE, is_response && !link_local },
    { DNS_FLAG_Z, !link_local },
    { DNS_FLAG_AUTHENTICATED, (is_response || flags & AUTHENTICATED_BIT) && !link_local },
    { DNS_FLAG_CHECKING_DISABLED, !link_local },
    { DNS_FLAG_RCODE, is_response },
  };

  message->flags = flags;
  if (reader->state)
    return;
  lec_open_uint (dissection, FIELD (FLAGS), offset, 2, flags);
  for (unsigned i = 0; i < G_N_ELEMENTS (bits); i++)
    if (bits[i].shown)
      lec_add_bits (dissection, &lec_dns_fields[bits[i].field], offset, 2, flags);
  lec_close (dissection);
}

static void
add_class (const Message *message, LecReader *reader, unsigned field, unsigned bit_field)
{
  uint32_t offset = lec_reader_offset (reader);
  uint16_t value = lec_read_u16 (reader);

  if (reader->state)
    return;
  if (message->protocol != LEC_PROTOCOL_MDNS) {
    lec_add_uint (message->dissection, &lec_dns_fields[field], offset, 2, value);
    return;
  }
  lec_add_uint (message->dissection, &lec_dns_fields[field], offset, 2, value & ~MULTICAST_BIT);
  lec_add_bits (message->dissection, &lec_dns_fields[bit_field], offset, 2, value);
}

static void
note_question (Message *message, uint16_t type)
{
  char buffer[16];

  if (message->n_questions++ == 0)
    message->question_type = type;
  if (message->n_questions > SUMMARY_ITEMS + 1)
    return;
  if (message->n_questions > 1)
    g_string_append (message->questions, ", ");
  if (message->n_questions > SUMMARY_ITEMS) {
    g_string_append (message->questions, "…");
    return;
  }
  g_string_append_printf (message->questions, "%s ", type_name (type, buffer));
  append_name (message->questions, message->name);
}

static void
dissect_question (Message *message, LecReader *reader)
{
  LecDissection *dissection = message->dissection;
  LecReader ahead = *reader;
  uint32_t offset = lec_reader_offset (reader);
  unsigned n_labels;
  char buffer[16];

  g_string_truncate (message->name, 0);
  gboolean whole = lec_dns_read_name (&message->message, &ahead, message->name, &n_labels);
  uint32_t name_length = ahead.position - reader->position;
  uint16_t type = lec_read_u16 (&ahead);
  lec_read_u16 (&ahead);
  g_string_truncate (message->text, 0);
  append_name (message->text, message->name);
  lec_open_group (dissection, FIELD (QUERY), offset, ahead.position - reader->position, "%s, %s", message->text->str,
                  type_name (type, buffer));
  if (whole) {
    uint32_t length = g_strcmp0 (message->name->str, "<Root>") ? (uint32_t) message->name->len : 0;
    lec_add_string (dissection, FIELD (QRY_NAME), offset, name_length, message->name->str, (gssize) message->name->len);
    lec_add_computed (dissection, FIELD (QRY_NAME_LENGTH), length ? length : message->name->len);
    lec_add_computed (dissection, FIELD (COUNT_LABELS), n_labels);
  }
  reader->position += name_length;
  reader->state |= ahead.state;
  add_number (message, reader, DNS_QRY_TYPE, 2);
  add_class (message, reader, DNS_QRY_CLASS, DNS_QRY_QU);
  lec_close (dissection);
  if (whole)
    note_question (message, type);
}

/* An OPT record puts other things into class and time to live (RFC 6891 §6.1.2). */
static void
add_edns (const Message *message, LecReader *reader)
{
  LecDissection *dissection = message->dissection;
  uint32_t offset = lec_reader_offset (reader);
  uint16_t payload = lec_read_u16 (reader);
  uint8_t rcode = lec_read_u8 (reader);
  uint8_t version = lec_read_u8 (reader);
  uint16_t z = lec_read_u16 (reader);

  if (reader->state)
    return;
  lec_add_uint (dissection, FIELD (OPT_PAYLOAD), offset, 2, payload);
  lec_add_uint (dissection, FIELD (OPT_RCODE), offset + 2, 1, rcode);
  lec_add_uint (dissection, FIELD (OPT_VERSION), offset + 3, 1, version);
  lec_open_uint (dissection, FIELD (OPT_Z), offset + 4, 2, z);
  lec_add_bits (dissection, FIELD (OPT_DO), offset + 4, 2, z);
  lec_add_bits (dissection, FIELD (OPT_RESERVED), offset + 4, 2, z);
  lec_close (dissection);
}

/* Answers of the type that was asked for come first; a name on the way to them only where there are none. */
static void
note_answer (Message *message, uint16_t type)
{
  char buffer[16];
  gboolean wanted = type == message->question_type || message->question_type == 255 || message->question_type == 0;

  if (message->text->len == 0)
    return;
  if (wanted && message->n_answers == 0)
    g_string_truncate (message->answers, 0);
  if (!wanted && (message->n_answers || message->answers->len))
    return;
  if (wanted && ++message->n_answers > SUMMARY_ITEMS + 1)
    return;
  if (message->answers->len)
    g_string_append (message->answers, ", ");
  if (message->n_answers > SUMMARY_ITEMS) {
    g_string_append (message->answers, "…");
    return;
  }
  if (type != message->question_type)
    g_string_append_printf (message->answers, "%s ", type_name (type, buffer));
  g_string_append (message->answers, message->text->str);
}

static void
dissect_record (Message *message, LecReader *reader, gboolean is_answer)
{
  LecDissection *dissection = message->dissection;
  uint32_t offset = lec_reader_offset (reader);
  uint32_t start = reader->position;
  char buffer[16];

  g_string_truncate (message->name, 0);
  if (!lec_dns_read_name (&message->message, reader, message->name, NULL))
    return;
  uint32_t name_length = reader->position - start;
  LecReader ahead = *reader;
  uint16_t type = lec_read_u16 (&ahead);
  lec_reader_skip (&ahead, 6);
  uint32_t length = lec_read_u16 (&ahead);
  LecDnsRecord record = {
    .dissection = dissection,
    .message = message->message,
    .type = type,
    .name_offset = offset,
    .name_length = name_length,
    .owner = message->name->str,
    .name = message->data_name,
    .text = message->text,
  };
  g_string_truncate (message->text, 0);
  append_name (message->text, message->name);
  lec_open_group (dissection, FIELD (RECORD), offset,
                  MIN (name_length + 10 + length, message->message.captured - start), "%s, %s", message->text->str,
                  type_name (type, buffer));
  lec_add_string (dissection, FIELD (RESP_NAME), offset, name_length, message->name->str, (gssize) message->name->len);
  add_number (message, reader, DNS_RESP_TYPE, 2);
  if (type == DNS_TYPE_OPT) {
    add_edns (message, reader);
  } else {
    add_class (message, reader, DNS_RESP_CLASS, DNS_RESP_CACHE_FLUSH);
    add_number (message, reader, DNS_RESP_TTL, 4);
  }
  add_number (message, reader, DNS_RESP_LENGTH, 2);
  LecReader data = lec_reader_take (reader, length);
  lec_dns_dissect_data (&record, &data);
  lec_close (dissection);
  if (is_answer)
    note_answer (message, type);
}

static void
dissect_section (Message *message, LecReader *reader, unsigned field, uint32_t count)
{
  if (count == 0 || lec_reader_left (reader) == 0 || reader->state)
    return;
  lec_open_group (message->dissection, &lec_dns_fields[field], lec_reader_offset (reader), lec_reader_left (reader),
                  "%u", count);
  while (count-- && reader->state == LEC_READ_OK) {
    if (field == DNS_QUERIES)
      dissect_question (message, reader);
    else
      dissect_record (message, reader, field == DNS_ANSWERS);
  }
  lec_close (message->dissection);
}

static void
add_partner (const Message *message)
{
  LecDissection *dissection = message->dissection;
  LecSurroundings *surroundings = dissection->surroundings;
  int64_t query_ns;
  gboolean is_response = (message->flags & RESPONSE_BIT) != 0;

  if (!surroundings || !surroundings->partner || dissection->quoted)
    return;
  uint32_t partner = surroundings->partner (surroundings, dissection->frame);
  if (partner == 0)
    return;
  lec_add_computed (dissection, is_response ? FIELD (RESPONSE_TO) : FIELD (RESPONSE_IN), partner);
  if (is_response && surroundings->time_of && surroundings->time_of (surroundings, partner, &query_ns))
    lec_add_computed (dissection, FIELD (TIME), (uint64_t) (dissection->time_ns - query_ns));
}

static void
summarise (const Message *message, unsigned layer)
{
  uint16_t rcode = message->flags & RCODE_BITS;
  const char *failure = lec_value_name (FIELD (FLAG_RCODE)->values, rcode);
  const char *opcode = lec_value_name (FIELD (FLAG_OPCODE)->values, OPCODE (message->flags));
  g_autoptr (GString) text = g_string_new (NULL);

  if (!lec_dissection_wants_summary (message->dissection, layer))
    return;
  g_string_append (text, message->flags & RESPONSE_BIT ? _ ("Response") : _ ("Query"));
  if (OPCODE (message->flags) && opcode)
    g_string_append_printf (text, ", %s,", _ (opcode));
  if (message->flags & RESPONSE_BIT && rcode)
    g_string_append_printf (text, ", %s,", failure ? _ (failure) : _ ("failure"));
  if (message->questions->len)
    g_string_append_printf (text, " %s", message->questions->str);
  if (message->answers->len)
    g_string_append_printf (text, " → %s", message->answers->str);
  if (text->str[text->len - 1] == ',')
    g_string_truncate (text, text->len - 1);
  lec_dissection_set_summary (message->dissection, layer, "%s", text->str);
}

static void
dissect_sections (Message *message, LecReader *reader)
{
  static const uint16_t sections[] = { DNS_QUERIES, DNS_ANSWERS, DNS_AUTHORITIES, DNS_ADDITIONALS };
  /* An update calls its sections by other names (RFC 2136 §2.2). */
  static const uint16_t counts[2][4] = {
    { DNS_COUNT_QUERIES, DNS_COUNT_ANSWERS, DNS_COUNT_AUTHORITIES, DNS_COUNT_ADDITIONALS },
    { DNS_COUNT_ZONES, DNS_COUNT_PREREQUISITES, DNS_COUNT_UPDATES, DNS_COUNT_ADDITIONALS },
  };
  gboolean update = OPCODE (message->flags) == OPCODE_UPDATE;
  uint32_t n[4];

  for (unsigned i = 0; i < 4; i++)
    n[i] = add_number (message, reader, counts[update][i], 2);
  for (unsigned i = 0; i < 4; i++)
    dissect_section (message, reader, sections[i], n[i]);
}

/* READER stands at the first byte of a message and of its own range, from which names are pointed to. */
static void
dissect_message (LecDissection *dissection, LecReader *reader, unsigned layer)
{
  const LecProtocol *protocol = dissection->layers[layer].protocol;
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GString) data_name = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) questions = g_string_new (NULL);
  g_autoptr (GString) answers = g_string_new (NULL);
  Message message = {
    .dissection = dissection,
    .protocol = protocol->id,
    .message = *reader,
    .name = name,
    .data_name = data_name,
    .text = text,
    .questions = questions,
    .answers = answers,
  };

  add_number (&message, reader, DNS_ID, 2);
  add_flags (&message, reader);
  dissect_sections (&message, reader);
  add_partner (&message);
  lec_add_state (dissection, reader);
  summarise (&message, layer);
}

/* What follows the message's last record stays in READER. */
static void
dissect_datagram (LecDissection *dissection, LecReader *reader, unsigned layer)
{
  LecReader message = lec_reader (reader->bytes + reader->position, lec_reader_left (reader),
                                  lec_reader_reported_left (reader), lec_reader_offset (reader));

  dissect_message (dissection, &message, layer);
  lec_reader_skip (reader, message.position);
}

static void
dissect (LecDissection *dissection, LecReader *reader)
{
  unsigned layer = lec_dissection_layer (dissection);
  const LecProtocol *protocol = dissection->layers[layer].protocol;
  gboolean over_tcp = layer > 0 && dissection->layers[layer - 1].protocol->id == LEC_PROTOCOL_TCP;

  lec_open_group (dissection, &protocol->fields[0], lec_reader_offset (reader), lec_reader_left (reader), NULL);
  if (over_tcp)
    lec_add_computed (dissection, FIELD (LENGTH), lec_reader_reported_left (reader));
  dissect_datagram (dissection, reader, layer);
  lec_close (dissection);
  if (lec_reader_left (reader))
    lec_dissect_data (dissection, reader);
}

static const LecField mdns_fields[] = {
  { "mdns", "MDNS", N_ ("Multicast DNS"), LEC_TYPE_PROTOCOL,
    .explanation = N_ ("Names on the local network without a server: every machine answers for its own "
                       "(RFC 6762).") },
  { NULL },
};

static const LecField llmnr_fields[] = {
  { "llmnr", "LLMNR", N_ ("Link-Local Multicast Name Resolution"), LEC_TYPE_PROTOCOL,
    .explanation = N_ ("Windows asks its neighbours for a name that no server knows (RFC 4795).") },
  { NULL },
};

const LecProtocol lec_dns_protocol = {
  LEC_PROTOCOL_DNS, "dns", "DNS", NULL, N_ ("Domain Name System"), lec_dns_fields, NULL, dissect,
};

const LecProtocol lec_mdns_protocol = {
  LEC_PROTOCOL_MDNS, "mdns", "MDNS", NULL, N_ ("Multicast DNS"), mdns_fields, NULL, dissect,
};

const LecProtocol lec_llmnr_protocol = {
  LEC_PROTOCOL_LLMNR, "llmnr", "LLMNR", NULL, N_ ("Link-Local Multicast Name Resolution"), llmnr_fields, NULL, dissect,
};
