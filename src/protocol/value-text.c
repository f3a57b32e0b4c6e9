#include "protocol/value-text.h"

#include <arpa/inet.h>
#include <glib/gi18n-lib.h>
#include <time.h>

#include "base/text.h"
#include "protocol/registry.h"
#include "protocol/services.h"

/* Bytes shown of a long run for people; the byte pane has the rest. */
#define SHOWN_BYTES 48u

#define NS_PER_SECOND 1000000000

const char *
lec_address_text (const uint8_t *address, unsigned n_bytes, char text[LEC_ADDRESS_TEXT])
{
  if (n_bytes == 6)
    g_snprintf (text, LEC_ADDRESS_TEXT, "%02x:%02x:%02x:%02x:%02x:%02x", address[0], address[1], address[2], address[3],
                address[4], address[5]);
  else if (n_bytes != 4 && n_bytes != 16)
    *text = '\0';
  else if (!inet_ntop (n_bytes == 4 ? AF_INET : AF_INET6, address, text, LEC_ADDRESS_TEXT))
    *text = '\0';
  return text;
}

void
lec_append_escaped (GString *text, LecBytes bytes)
{
  static const char escapes[] = "\aa\bb\tt\nn\vv\ff\rr";
  const char *at = (const char *) bytes.data, *end = at + bytes.length;

  while (at < end) {
    gunichar character = g_utf8_get_char_validated (at, end - at);
    gboolean valid = character != (gunichar) -1 && character != (gunichar) -2;
    const char *escape = valid && character && character < 0x80 ? strchr (escapes, (int) character) : NULL;
    if (escape && (escape - escapes) % 2 == 0)
      g_string_append_printf (text, "\\%c", escape[1]);
    else if (!valid || g_unichar_iscntrl (character))
      g_string_append_printf (text, "\\x%02x", (uint8_t) *at);
    else
      g_string_append_unichar (text, character);
    at += valid && !(g_unichar_iscntrl (character) && character >= 0x80) ? g_utf8_next_char (at) - at : 1;
  }
}

/* Bits of a number of TYPE. */
static unsigned
width_bits (LecType type)
{
  switch (type) {
  case LEC_TYPE_UINT8:
    return 8;
  case LEC_TYPE_UINT16:
    return 16;
  case LEC_TYPE_UINT24:
    return 24;
  case LEC_TYPE_UINT64:
  case LEC_TYPE_INT64:
    return 64;
  default:
    return 32;
  }
}

static void
append_hex (GString *text, const LecField *field, uint64_t number)
{
  g_string_append_printf (text, "0x%0*" G_GINT64_MODIFIER "x", (int) width_bits (field->type) / 4, number);
}

static void
append_plain_bytes (GString *text, LecBytes bytes, uint32_t shown, const char *between)
{
  for (uint32_t i = 0; i < MIN (bytes.length, shown); i++)
    g_string_append_printf (text, "%s%02x", i ? between : "", bytes.data[i]);
}

static void
append_seconds (GString *text, int64_t ns)
{
  uint64_t magnitude = ns < 0 ? -(uint64_t) ns : (uint64_t) ns;

  g_string_append_printf (text, "%s%" G_GUINT64_FORMAT ".%09u", ns < 0 ? "-" : "", magnitude / NS_PER_SECOND,
                          (unsigned) (magnitude % NS_PER_SECOND));
}

static void
append_time (GString *text, int64_t ns, gboolean for_people)
{
  int64_t fraction = ns % NS_PER_SECOND;
  time_t seconds = (time_t) (ns / NS_PER_SECOND);
  struct tm fields;
  char day[40], zone[16];

  if (fraction < 0) {
    fraction += NS_PER_SECOND;
    seconds--;
  }
  if (!localtime_r (&seconds, &fields)) {
    append_seconds (text, ns);
    return;
  }
  strftime (zone, sizeof zone, "%Z", &fields);
  if (for_people) {
    strftime (day, sizeof day, "%Y-%m-%d %H:%M:%S", &fields);
  } else {
    /* tshark's form, whatever the locale: "Nov 22, 2026 19:22:37.922845654 UTC". */
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    g_snprintf (day, sizeof day, "%.3s %2d, %d %02d:%02d:%02d", months + fields.tm_mon * 3, fields.tm_mday,
                fields.tm_year + 1900, fields.tm_hour, fields.tm_min, fields.tm_sec);
  }
  g_string_append_printf (text, "%s.%09d %s", day, (int) fraction, zone);
}

/* The value's bits in their place among those of the bytes around: "...1 ....". */
static void
append_pattern (GString *text, uint64_t mask, uint64_t value)
{
  unsigned low = (unsigned) __builtin_ctzll (mask), high = 63 - (unsigned) __builtin_clzll (mask);
  unsigned n_bits = (high / 8 + 1) * 8;

  for (unsigned i = n_bits; i-- > 0;) {
    gboolean ours = mask >> i & 1;
    g_string_append_c (text, !ours ? '.' : (value << low) >> i & 1 ? '1' : '0');
    if (i && i % 4 == 0)
      g_string_append_c (text, ' ');
  }
}

/* As Message Analyzer writes numbers: "443 (0x01bb)", with a name "HTTPS(443) (0x01bb)". */
static void
append_number_for_people (GString *text, const LecField *field, uint64_t number)
{
  const char *name = lec_value_name (field->values, number);

  if (field->show == LEC_SHOW_PORT)
    name = lec_service_name ((uint16_t) number);
  if (name)
    g_string_append_printf (text, "%s(%" G_GUINT64_FORMAT ") (", _ (name), number);
  else if (field->show == LEC_SHOW_DECIMAL || field->show == LEC_SHOW_PORT)
    g_string_append_printf (text, "%" G_GUINT64_FORMAT " (", number);
  if (!name && (field->show == LEC_SHOW_HEX || field->show == LEC_SHOW_BITS)) {
    append_hex (text, field, number);
    g_string_append_printf (text, " (%" G_GUINT64_FORMAT ")", number);
  } else {
    append_hex (text, field, number);
    g_string_append_c (text, ')');
  }
  if (field->mask && (field->show == LEC_SHOW_BITS || width_bits (field->type) == 8)) {
    g_string_append (text, "  ");
    append_pattern (text, field->mask, number);
  }
}

static void
append_boolean_for_people (GString *text, const LecField *field, gboolean value)
{
  const char *name = lec_value_name (field->values, value);

  g_string_append (text, name ? _ (name) : value ? _ ("True") : _ ("False"));
  if (field->mask) {
    g_string_append (text, "  ");
    append_pattern (text, field->mask, value);
  }
}

static void
append_bytes (GString *text, const LecField *field, LecBytes bytes, gboolean for_people)
{
  char address[LEC_ADDRESS_TEXT];

  switch (field->type) {
  case LEC_TYPE_STRING:
  case LEC_TYPE_PROTOCOL:
    lec_append_escaped (text, bytes);
    break;
  case LEC_TYPE_IPV4:
  case LEC_TYPE_IPV6:
  case LEC_TYPE_MAC:
    g_string_append (text, lec_address_text (bytes.data, bytes.length, address));
    break;
  default:
    if (!bytes.length && !for_people)
      g_string_append (text, "<none>");
    append_plain_bytes (text, bytes, for_people ? SHOWN_BYTES : G_MAXUINT32, for_people ? " " : "");
    if (for_people && bytes.length > SHOWN_BYTES)
      g_string_append_printf (text, " … (%u %s)", bytes.length, _ ("bytes"));
  }
}

void
lec_value_append (GString *text, const LecField *field, const LecValue *value, gboolean for_people)
{
  switch (field->type) {
  case LEC_TYPE_NONE:
    g_string_append (text, for_people ? "" : "1");
    break;
  case LEC_TYPE_BOOLEAN:
    if (for_people)
      append_boolean_for_people (text, field, value->number != 0);
    else
      g_string_append_c (text, value->number ? '1' : '0');
    break;
  case LEC_TYPE_UINT8:
  case LEC_TYPE_UINT16:
  case LEC_TYPE_UINT24:
  case LEC_TYPE_UINT32:
  case LEC_TYPE_UINT64:
    if (for_people)
      append_number_for_people (text, field, value->number);
    else if (field->show == LEC_SHOW_HEX || field->show == LEC_SHOW_BITS)
      append_hex (text, field, value->number);
    else
      lec_append_decimal (text, value->number);
    break;
  case LEC_TYPE_INT32:
  case LEC_TYPE_INT64:
    g_string_append_printf (text, "%" G_GINT64_FORMAT, (int64_t) value->number);
    break;
  case LEC_TYPE_FRAME:
    lec_append_decimal (text, value->number);
    break;
  case LEC_TYPE_DOUBLE:
    g_string_append_printf (text, "%g", value->real);
    break;
  case LEC_TYPE_DURATION:
    append_seconds (text, (int64_t) value->number);
    if (for_people)
      g_string_append (text, " s");
    break;
  case LEC_TYPE_TIME:
    append_time (text, (int64_t) value->number, for_people);
    break;
  default:
    append_bytes (text, field, value->bytes, for_people);
  }
}
