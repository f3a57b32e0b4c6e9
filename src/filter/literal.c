#include "filter/literal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "protocol/services.h"

#define NS_PER_SECOND 1000000000

LecClass
lec_class_of (const LecField *field)
{
  static const LecClass classes[] = {
    [LEC_TYPE_NONE] = LEC_CLASS_NONE,        [LEC_TYPE_PROTOCOL] = LEC_CLASS_BYTES,
    [LEC_TYPE_BOOLEAN] = LEC_CLASS_UNSIGNED, [LEC_TYPE_UINT8] = LEC_CLASS_UNSIGNED,
    [LEC_TYPE_UINT16] = LEC_CLASS_UNSIGNED,  [LEC_TYPE_UINT24] = LEC_CLASS_UNSIGNED,
    [LEC_TYPE_UINT32] = LEC_CLASS_UNSIGNED,  [LEC_TYPE_UINT64] = LEC_CLASS_UNSIGNED,
    [LEC_TYPE_INT32] = LEC_CLASS_SIGNED,     [LEC_TYPE_INT64] = LEC_CLASS_SIGNED,
    [LEC_TYPE_DOUBLE] = LEC_CLASS_REAL,      [LEC_TYPE_DURATION] = LEC_CLASS_DURATION,
    [LEC_TYPE_TIME] = LEC_CLASS_TIME,        [LEC_TYPE_FRAME] = LEC_CLASS_UNSIGNED,
    [LEC_TYPE_STRING] = LEC_CLASS_TEXT,      [LEC_TYPE_BYTES] = LEC_CLASS_BYTES,
    [LEC_TYPE_IPV4] = LEC_CLASS_IPV4,        [LEC_TYPE_IPV6] = LEC_CLASS_IPV6,
    [LEC_TYPE_MAC] = LEC_CLASS_BYTES,
  };

  return classes[field->type];
}

/* Names of numbers that both vocabularies bring along besides the registry's own value names: IANA's and Message
 * Analyzer's. Ports are IANA.Port and a service's name. */
static const struct {
  const char *name;
  uint64_t number;
} constants[] = {
  { "IANA.ProtocolType.ICMP", 1 },
  { "IANA.ProtocolType.IGMP", 2 },
  { "IANA.ProtocolType.IPv4", 4 },
  { "IANA.ProtocolType.TCP", 6 },
  { "IANA.ProtocolType.UDP", 17 },
  { "IANA.ProtocolType.IPv6", 41 },
  { "IANA.ProtocolType.GRE", 47 },
  { "IANA.ProtocolType.ESP", 50 },
  { "IANA.ProtocolType.AH", 51 },
  { "IANA.ProtocolType.ICMPv6", 58 },
  { "IANA.ProtocolType.SCTP", 132 },
  { "Standard.DiagnosisLevel.Error", 1 },
  { "Standard.DiagnosisLevel.Warning", 2 },
  { "Standard.DiagnosisLevel.Information", 4 },
  { "Standard.DiagnosisType.Application", 1 },
  { "Standard.DiagnosisType.InsufficientData", 2 },
  { "Standard.DiagnosisType.Parsing", 4 },
  { "Standard.DiagnosisType.Validation", 8 },
  { "Etw.EventFlags.TRACE_MESSAGE", 8 },
};

/* Where the assigned name of a port is not the one people say. */
static const struct {
  const char *name;
  uint64_t port;
} ports[] = {
  { "SMB", 445 }, { "RDP", 3389 }, { "LDAP", 389 },  { "LDAPS", 636 }, { "Kerberos", 88 },
  { "FTP", 21 },  { "DNS", 53 },   { "HTTPS", 443 }, { "HTTP", 80 },   { "SSH", 22 },
  { "SMTP", 25 }, { "NTP", 123 },  { "Telnet", 23 }, { "POP3", 110 },  { "IMAP", 143 },
};

gboolean
lec_service_find (const char *name, uint64_t *port)
{
  *port = lec_service_port (name);
  for (unsigned i = 0; *port == 0 && i < G_N_ELEMENTS (ports); i++)
    if (g_ascii_strcasecmp (ports[i].name, name) == 0)
      *port = ports[i].port;
  return *port != 0;
}

const char *
lec_service_nth (unsigned i)
{
  return i < G_N_ELEMENTS (ports) ? ports[i].name : lec_service_listed (i - G_N_ELEMENTS (ports));
}

const char *
lec_constant_name (unsigned i)
{
  return i < G_N_ELEMENTS (constants) ? constants[i].name : NULL;
}

gboolean
lec_constant_find (const char *name, uint64_t *number)
{
  static const char port_prefix[] = LEC_CONSTANT_PORT_PREFIX;

  for (unsigned i = 0; i < G_N_ELEMENTS (constants); i++)
    if (g_ascii_strcasecmp (constants[i].name, name) == 0) {
      *number = constants[i].number;
      return TRUE;
    }
  return g_ascii_strncasecmp (name, port_prefix, strlen (port_prefix)) == 0 &&
         lec_service_find (name + strlen (port_prefix), number);
}

/* Decimal, 0x…, 0b…, and 0… as octal where its digits are. FALSE: no number. */
static gboolean
read_integer (const char *text, gboolean *negative, uint64_t *number, gboolean *too_large)
{
  const char *digits = text + (*text == '-' || *text == '+');
  int base = 10;
  char *end;

  *negative = *text == '-';
  if (digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X')) {
    base = 16;
    digits += 2;
  } else if (digits[0] == '0' && (digits[1] == 'b' || digits[1] == 'B')) {
    base = 2;
    digits += 2;
  } else if (digits[0] == '0' && digits[1] != '\0' && strspn (digits, "01234567") == strlen (digits)) {
    base = 8;
  }
  if (!g_ascii_isxdigit (*digits))
    return FALSE;
  errno = 0;
  *number = g_ascii_strtoull (digits, &end, base);
  *too_large = errno == ERANGE;
  return *end == '\0';
}

uint64_t
lec_literal_largest (const LecField *field)
{
  if (field == NULL)
    return G_MAXUINT64;
  switch (field->type) {
  case LEC_TYPE_BOOLEAN:
    return 1;
  case LEC_TYPE_UINT8:
    return G_MAXUINT8;
  case LEC_TYPE_UINT16:
    return G_MAXUINT16;
  case LEC_TYPE_UINT24:
    return 0xffffff;
  case LEC_TYPE_UINT32:
  case LEC_TYPE_FRAME:
    return G_MAXUINT32;
  case LEC_TYPE_INT32:
    return G_MAXINT32;
  default:
    return G_MAXUINT64;
  }
}

/* Words for numbers: a flag's, the field's own names of values, services where it is a port, constants. */
static gboolean
read_number_word (const char *text, const LecField *field, uint64_t *number)
{
  if (lec_constant_find (text, number))
    return TRUE;
  if (field == NULL)
    return FALSE;
  if (field->type == LEC_TYPE_BOOLEAN) {
    *number = g_ascii_strcasecmp (text, "true") == 0;
    if (*number == 1 || g_ascii_strcasecmp (text, "false") == 0)
      return TRUE;
  }
  for (const LecValueName *name = field->values; name != NULL && name->name != NULL; name++)
    if (g_ascii_strcasecmp (name->name, text) == 0) {
      *number = name->value;
      return TRUE;
    }
  return field->show == LEC_SHOW_PORT && lec_service_find (text, number);
}

static gboolean
read_unsigned (const LecLiteral *literal, const LecField *field, LecConstant *constant)
{
  gboolean negative, too_large;
  uint64_t number;

  if (literal->quoted_single && literal->bytes == 1 && !g_ascii_isdigit (literal->text[0])) {
    constant->value.number = (uint8_t) literal->text[0];
    return TRUE;
  }
  if (!read_integer (literal->text, &negative, &number, &too_large))
    return read_number_word (literal->text, field, &constant->value.number);
  constant->value.number = number;
  if (negative && number != 0)
    constant->outside = LEC_BELOW_ALL;
  else if (too_large || number > lec_literal_largest (field))
    constant->outside = LEC_ABOVE_ALL;
  return TRUE;
}

static void
keep_bytes (LecConstant *constant, const void *data, size_t bytes, GPtrArray *owned)
{
  uint8_t *copy = g_malloc (bytes + 1);

  memcpy (copy, data, bytes);
  copy[bytes] = 0;
  g_ptr_array_add (owned, copy);
  constant->value.bytes = (LecBytes){ copy, (uint32_t) bytes };
}

/* 00:11:22, 00-11-22, 0011.2233, 001122, 0x001122; a single digit is a byte too. */
static gboolean
read_hex (const char *text, GPtrArray *owned, LecConstant *constant)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
    text += 2;
  while (*text != '\0') {
    int high = g_ascii_xdigit_value (*text), low = high < 0 ? -1 : g_ascii_xdigit_value (text[1]);
    uint8_t byte = (uint8_t) (low < 0 ? high : high << 4 | low);

    if (high < 0)
      return FALSE;
    g_byte_array_append (bytes, &byte, 1);
    text += low < 0 ? 1 : 2;
    if (*text != '\0' && strchr (":-.", *text) != NULL) {
      if (text[1] == '\0')
        return FALSE;
      text++;
    } else if (low < 0 && *text != '\0') {
      return FALSE;
    }
  }
  keep_bytes (constant, bytes->data, bytes->len, owned);
  return bytes->len > 0;
}

/* 00:1f as the number that these bytes are. */
static gboolean
read_number_of_bytes (const char *text, uint64_t *number)
{
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  LecConstant bytes;

  if (strchr (text, ':') == NULL || !read_hex (text, owned, &bytes) || bytes.value.bytes.length > sizeof *number)
    return FALSE;
  *number = 0;
  for (uint32_t i = 0; i < bytes.value.bytes.length; i++)
    *number = *number << 8 | bytes.value.bytes.data[i];
  return TRUE;
}

static gboolean
read_signed (const LecLiteral *literal, const LecField *field, LecConstant *constant)
{
  gboolean negative, too_large;
  uint64_t number;

  if (!read_integer (literal->text, &negative, &number, &too_large))
    return read_number_word (literal->text, field, &constant->value.number) ||
           (field == NULL && read_number_of_bytes (literal->text, &constant->value.number));
  if (too_large || number > (uint64_t) G_MAXINT64)
    constant->outside = negative ? LEC_BELOW_ALL : LEC_ABOVE_ALL;
  constant->value.number = negative ? -number : number;
  return TRUE;
}

/* Seconds in decimal as nanoseconds, exactly; *END stands behind them. */
static gboolean
read_decimal_ns (const char *text, int64_t unit_ns, const char **end, int64_t *ns)
{
  gboolean negative = *text == '-';
  const char *at = text + (*text == '-' || *text == '+');
  __int128 sum = 0, fraction = 0, scale = 1;

  if (!g_ascii_isdigit (*at) && !(*at == '.' && g_ascii_isdigit (at[1])))
    return FALSE;
  for (; g_ascii_isdigit (*at); at++)
    if (sum < ((__int128) 1 << 80))
      sum = sum * 10 + (*at - '0');
  if (*at == '.')
    for (at++; g_ascii_isdigit (*at); at++)
      if (scale < (__int128) 1000000000000000) {
        fraction = fraction * 10 + (*at - '0');
        scale *= 10;
      }
  sum = sum * unit_ns + fraction * unit_ns / scale;
  if (sum > G_MAXINT64)
    sum = G_MAXINT64;
  *ns = negative ? -(int64_t) sum : (int64_t) sum;
  *end = at;
  return TRUE;
}

/* Seconds, or with a unit: 10ms, 1.5s, 2min. */
static gboolean
read_duration (const LecLiteral *literal, LecConstant *constant)
{
  static const struct {
    const char *name;
    int64_t ns;
  } units[] = {
    { "", NS_PER_SECOND },
    { "s", NS_PER_SECOND },
    { "sec", NS_PER_SECOND },
    { "ms", 1000000 },
    { "us", 1000 },
    { "\xc2\xb5s", 1000 },
    { "\xce\xbcs", 1000 },
    { "ns", 1 },
    { "min", 60LL * NS_PER_SECOND },
    { "h", 3600LL * NS_PER_SECOND },
  };
  const char *end;
  int64_t ns;

  if (!read_decimal_ns (literal->text, 1, &end, &ns))
    return FALSE;
  while (*end == ' ')
    end++;
  for (unsigned i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_ascii_strcasecmp (end, units[i].name) == 0) {
      read_decimal_ns (literal->text, units[i].ns, &end, &ns);
      constant->value.number = (uint64_t) ns;
      return TRUE;
    }
  return FALSE;
}

/* "Nov 22, 2026 19:22:37" as ISO 8601, for GDateTime; others are left as they are. */
static char *
to_iso_8601 (const char *text)
{
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  char month[4], time[32] = "00:00:00";
  int day, year;
  const char *found;

  if (sscanf (text, "%3s %d, %d %31s", month, &day, &year, time) < 3 || strlen (month) != 3 ||
      (found = strstr (months, month)) == NULL || (found - months) % 3 != 0)
    return g_strdelimit (g_strstrip (g_strdup (text)), " ", 'T');
  return g_strdup_printf ("%04d-%02d-%02dT%s", year, (int) (found - months) / 3 + 1, day, time);
}

/* Seconds since 1970, or a date with a time, local where no zone is given. */
static gboolean
read_time (const LecLiteral *literal, LecConstant *constant)
{
  const char *end;
  int64_t ns;

  if (read_decimal_ns (literal->text, NS_PER_SECOND, &end, &ns) && *end == '\0') {
    constant->value.number = (uint64_t) ns;
    return TRUE;
  }
  g_autofree char *iso = to_iso_8601 (literal->text);
  if (strchr (iso, 'T') == NULL || strlen (strchr (iso, 'T')) < 6) {
    g_autofree char *day = g_steal_pointer (&iso);
    iso = g_strconcat (day, strchr (day, 'T') != NULL ? ":00" : "T00:00:00", NULL);
  } else if (strlen (strchr (iso, 'T')) == 6) {
    g_autofree char *minute = g_steal_pointer (&iso);
    iso = g_strconcat (minute, ":00", NULL);
  }
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (iso, zone);
  if (date == NULL)
    return FALSE;
  /* GDateTime keeps microseconds; the digits after the point are read again. */
  const char *point = strchr (iso, '.');
  int64_t fraction_ns = 0;
  if (point != NULL)
    read_decimal_ns (point, NS_PER_SECOND, &end, &fraction_ns);
  constant->value.number = (uint64_t) (g_date_time_to_unix (date) * NS_PER_SECOND + fraction_ns);
  return TRUE;
}

static gboolean
read_real (const LecLiteral *literal, LecConstant *constant)
{
  char *end;

  constant->value.real = g_ascii_strtod (literal->text, &end);
  return end != literal->text && *end == '\0' && isfinite (constant->value.real);
}

static gboolean
read_address (const LecLiteral *literal, int family, GPtrArray *owned, LecConstant *constant)
{
  unsigned n_bytes = family == AF_INET ? 4 : 16;
  const char *slash = strchr (literal->text, '/');
  g_autofree char *address =
      slash != NULL ? g_strndup (literal->text, slash - literal->text) : g_strdup (literal->text);
  uint8_t bytes[16];
  guint64 prefix = n_bytes * 8;

  if (inet_pton (family, address, bytes) != 1)
    return FALSE;
  if (slash != NULL && !g_ascii_string_to_unsigned (slash + 1, 10, 0, n_bytes * 8, &prefix, NULL))
    return FALSE;
  keep_bytes (constant, bytes, n_bytes, owned);
  constant->prefix_bits = (uint8_t) prefix;
  return TRUE;
}

static gboolean
read_bytes (const LecLiteral *literal, const LecField *field, GPtrArray *owned, LecConstant *constant)
{
  if (field != NULL && field->type == LEC_TYPE_MAC)
    return read_hex (literal->text, owned, constant) && constant->value.bytes.length == 6;
  if (literal->quoted) {
    keep_bytes (constant, literal->text, literal->bytes, owned);
    return TRUE;
  }
  return read_hex (literal->text, owned, constant);
}

gboolean
lec_literal_read (const LecLiteral *literal, LecClass class, const LecField *field, GPtrArray *owned,
                  LecConstant *constant)
{
  *constant = (LecConstant){ .prefix_bits = 0 };
  switch (class) {
  case LEC_CLASS_UNSIGNED:
    return read_unsigned (literal, field, constant);
  case LEC_CLASS_SIGNED:
    return read_signed (literal, field, constant);
  case LEC_CLASS_DURATION:
    return read_duration (literal, constant);
  case LEC_CLASS_TIME:
    return read_time (literal, constant);
  case LEC_CLASS_REAL:
    return read_real (literal, constant);
  case LEC_CLASS_TEXT:
    keep_bytes (constant, literal->text, literal->bytes, owned);
    return TRUE;
  case LEC_CLASS_BYTES:
    return read_bytes (literal, field, owned, constant);
  case LEC_CLASS_IPV4:
    return read_address (literal, AF_INET, owned, constant);
  case LEC_CLASS_IPV6:
    return read_address (literal, AF_INET6, owned, constant);
  case LEC_CLASS_NONE:
    break;
  }
  return FALSE;
}

const char *
lec_class_expectation (LecClass class, const LecField *field)
{
  static const char *const texts[] = {
    [LEC_CLASS_NONE] = N_ ("no value: it is there or not"),
    [LEC_CLASS_UNSIGNED] = N_ ("a number, such as 80"),
    [LEC_CLASS_SIGNED] = N_ ("a number, such as 80 or -1"),
    [LEC_CLASS_DURATION] = N_ ("a time in seconds, such as 0.5 or 500ms"),
    [LEC_CLASS_TIME] = N_ ("a date with a time, such as \"2026-01-31 12:00:00\""),
    [LEC_CLASS_REAL] = N_ ("a number, such as 1.5"),
    [LEC_CLASS_TEXT] = N_ ("a text, such as \"text\""),
    [LEC_CLASS_BYTES] = N_ ("bytes, such as 47:45:54 or \"GET\""),
    [LEC_CLASS_IPV4] = N_ ("an IPv4 address, such as 192.0.2.1 or 192.0.2.0/24"),
    [LEC_CLASS_IPV6] = N_ ("an IPv6 address, such as 2001:db8::1 or 2001:db8::/32"),
  };

  if (field != NULL && field->type == LEC_TYPE_BOOLEAN)
    return _ ("true or false");
  if (field != NULL && field->type == LEC_TYPE_MAC)
    return _ ("a link address, such as 00:11:22:33:44:55");
  return _ (texts[class]);
}
