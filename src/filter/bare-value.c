#include "filter/bare-value.h"

#include <arpa/inet.h>
#include <string.h>

#include "filter/literal.h"
#include "protocol/http-status.h"

/* Fields by the end that is meant. */
static const char *const ipv4_fields[] = { "ip.addr", "ip.src", "ip.dst" };
static const char *const ipv6_fields[] = { "ipv6.addr", "ipv6.src", "ipv6.dst" };
static const char *const link_fields[] = { "eth.addr", "eth.src", "eth.dst" };
static const char *const port_fields[] = { "port", "srcport", "dstport" };

static const char *const methods[] = { "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT" };

/* The last label of names of hosts that people type; no field ends so. */
static const char *const endings[] = { "com", "org", "net", "edu", "gov", "de", "at",    "ch",      "uk",  "eu",
                                       "fr",  "nl",  "it",  "es",  "io",  "us", "local", "example", "info" };

static gboolean
is_address (const char *word, int family)
{
  g_autofree char *address = g_strndup (word, strcspn (word, "/"));
  const char *slash = strchr (word, '/');
  uint8_t bytes[16];
  guint64 prefix;

  return inet_pton (family, address, bytes) == 1 &&
         (slash == NULL || g_ascii_string_to_unsigned (slash + 1, 10, 0, family == AF_INET ? 32 : 128, &prefix, NULL));
}

/* Six bytes with a sign between them. */
static gboolean
is_link_address (const char *word)
{
  if (strlen (word) != 17)
    return FALSE;
  for (unsigned i = 0; i < 17; i++)
    if (i % 3 == 2 ? word[i] != word[2] || strchr (":-", word[i]) == NULL : !g_ascii_isxdigit (word[i]))
      return FALSE;
  return TRUE;
}

gboolean
lec_bare_value_is_host_name (const char *word)
{
  const char *ending = strrchr (word, '.');

  if (ending == NULL || ending == word ||
      strspn (word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                    "0123456789.-_") != strlen (word))
    return FALSE;
  if (g_ascii_strncasecmp (word, "www.", 4) == 0)
    return TRUE;
  for (unsigned i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strcasecmp (endings[i], ending + 1) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
reads_as_number (const char *word, uint64_t largest, uint64_t *number)
{
  return g_ascii_string_to_unsigned (word, 10, 0, largest, number, NULL);
}

char *
lec_bare_value_dup_port (const char *word, LecEnd end, const char *transport)
{
  uint64_t port;

  if (!reads_as_number (word, G_MAXUINT16, &port) && !lec_service_find (word, &port))
    return NULL;
  if (transport != NULL)
    return g_strdup_printf ("%s.%s == %u", transport, port_fields[end], (unsigned) port);
  return g_strdup_printf ("tcp.%s == %u or udp.%s == %u", port_fields[end], (unsigned) port, port_fields[end],
                          (unsigned) port);
}

/* Its name, where messages tell it: who asks for it names it. */
static char *
dup_named_host (const char *word, LecEnd end)
{
  g_autofree char *text = lec_bare_value_dup_text (word);

  if (end == LEC_END_SOURCE)
    return g_strdup_printf ("ip.src_host == %s or ipv6.src_host == %s", text, text);
  if (end == LEC_END_DESTINATION)
    return g_strdup_printf ("ip.dst_host == %s or ipv6.dst_host == %s or http.host == %s", text, text, text);
  return g_strdup_printf ("http.host == %s or tls.handshake.extensions_server_name == %s or dns.qry.name == %s", text,
                          text, text);
}

/* 10.0.0.1:80 */
static char *
dup_socket (const char *word, LecEnd end)
{
  const char *colon = strrchr (word, ':');
  g_autofree char *address = colon != NULL ? g_strndup (word, colon - word) : NULL;
  g_autofree char *port = colon != NULL ? lec_bare_value_dup_port (colon + 1, end, NULL) : NULL;

  if (port == NULL || !is_address (address, AF_INET))
    return NULL;
  return g_strdup_printf ("%s == %s and (%s)", ipv4_fields[end], address, port);
}

char *
lec_bare_value_dup_host (const char *word, LecEnd end)
{
  if (is_address (word, AF_INET))
    return g_strdup_printf ("%s == %s", ipv4_fields[end], word);
  if (is_address (word, AF_INET6))
    return g_strdup_printf ("%s == %s", ipv6_fields[end], word);
  if (is_link_address (word))
    return g_strdup_printf ("%s == %s", link_fields[end], word);
  if (g_ascii_isdigit (word[0]) && strchr (word, ':') != NULL)
    return dup_socket (word, end);
  return strchr (word, '.') != NULL && g_ascii_isalpha (word[strlen (word) - 1]) ? dup_named_host (word, end) : NULL;
}

char *
lec_bare_value_dup_text (const char *text)
{
  g_autoptr (GString) quoted = g_string_new ("\"");

  for (const char *at = text; *at != '\0'; at++) {
    if (*at == '"' || *at == '\\')
      g_string_append_c (quoted, '\\');
    g_string_append_c (quoted, *at);
  }
  g_string_append_c (quoted, '"');
  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

/* Bytes of "2KB"; 0 where WORD is no size. */
static uint64_t
read_size (const char *word)
{
  static const struct {
    const char *unit;
    uint64_t bytes;
  } units[] = { { "b", 1 },        { "bytes", 1 },         { "kb", 1000 },      { "kib", 1024 },
                { "mb", 1000000 }, { "mib", 1024 * 1024 }, { "gb", 1000000000 } };
  char *end;
  double number = g_ascii_strtod (word, &end);

  for (unsigned i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_ascii_isdigit (word[0]) && number < 1e9 && g_ascii_strcasecmp (units[i].unit, end) == 0)
      return (uint64_t) (number * (double) units[i].bytes);
  return 0;
}

static gboolean
is_duration (const char *word)
{
  static const char *const units[] = { "s", "sec", "ms", "us", "\xc2\xb5s", "\xce\xbcs", "ns", "min" };
  const char *unit = word + strspn (word, "0123456789.");

  if (!g_ascii_isdigit (word[0]))
    return FALSE;
  for (unsigned i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_ascii_strcasecmp (units[i], unit) == 0)
      return TRUE;
  return FALSE;
}

char *
lec_bare_value_dup_amount (const char *word, const char *sign)
{
  uint64_t bytes = read_size (word);

  if (bytes > 0 || reads_as_number (word, G_MAXUINT32, &bytes))
    return g_strdup_printf ("frame.len %s %" G_GUINT64_FORMAT, sign, bytes);
  if (is_duration (word))
    return g_strdup_printf ("http.time %s %s or dns.time %s %s", sign, word, sign, word);
  return NULL;
}

/* http://www.contoso.com/x */
static char *
dup_address_of_page (const char *word)
{
  const char *host = strstr (word, "://");

  if (host == NULL || (!g_str_has_prefix (word, "http:") && !g_str_has_prefix (word, "https:")))
    return NULL;
  host += 3;
  const char *path = host + strcspn (host, "/");
  g_autofree char *name = g_strndup (host, path - host);
  g_autofree char *host_text = lec_bare_value_dup_text (name), *path_text = lec_bare_value_dup_text (path);
  if (strlen (path) > 1)
    return g_strdup_printf ("http.host == %s and http.request.uri == %s", host_text, path_text);
  return g_strdup_printf ("http.host == %s", host_text);
}

/* 4xx */
static char *
dup_class_of_status (const char *word)
{
  if (strlen (word) != 3 || word[0] < '1' || word[0] > '5' || g_ascii_strcasecmp (word + 1, "xx") != 0)
    return NULL;
  return g_strdup_printf ("http.response.code in {%c00..%c99}", word[0], word[0]);
}

static char *
dup_number (const char *word)
{
  uint64_t number;

  if (!reads_as_number (word, G_MAXUINT16, &number))
    return NULL;
  if (strlen (word) == 3 && lec_http_status ((unsigned) number) != NULL)
    return g_strdup_printf ("http.response.code == %u", (unsigned) number);
  return number > 0 ? lec_bare_value_dup_port (word, LEC_END_EITHER, NULL) : NULL;
}

static char *
dup_method (const char *word)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (methods); i++)
    if (strcmp (methods[i], word) == 0)
      return g_strdup_printf ("http.request.method == \"%s\"", word);
  return NULL;
}

static char *
dup_path (const char *word)
{
  g_autofree char *text = word[0] == '/' ? lec_bare_value_dup_text (word) : NULL;

  return text != NULL ? g_strdup_printf ("http.request.uri contains %s", text) : NULL;
}

static char *
dup_host (const char *word)
{
  gboolean name = strchr (word, '.') != NULL && !g_ascii_isdigit (word[0]) && strchr (word, ':') == NULL;

  return name && !lec_bare_value_is_host_name (word) ? NULL : lec_bare_value_dup_host (word, LEC_END_EITHER);
}

/* With its unit: a number alone is something else. */
static char *
dup_amount (const char *word)
{
  return g_ascii_isdigit (word[strlen (word) - 1]) ? NULL : lec_bare_value_dup_amount (word, ">=");
}

static char *
dup_service (const char *word)
{
  return g_ascii_isalpha (word[0]) ? lec_bare_value_dup_port (word, LEC_END_EITHER, NULL) : NULL;
}

char *
lec_bare_value_dup (const char *word)
{
  /* In this order: a status is a port's number, too. */
  static char *(*const forms[]) (const char *word) = {
    dup_number, dup_class_of_status, dup_method, dup_path, dup_address_of_page, dup_amount, dup_host, dup_service
  };
  char *condition = NULL;

  for (unsigned i = 0; condition == NULL && i < G_N_ELEMENTS (forms); i++)
    condition = forms[i](word);
  return condition;
}
