#include "filter/names.h"

#include <string.h>

/* Names that stand for what other names mean together. Message Analyzer's *Source and *Destination are the addresses of
 * a row, and its # names are notes that it makes about a message. */
static const struct {
  const char *name;
  const char *members[7];
} collective[] = {
  { "*Source", { "ip.src", "ipv6.src", "arp.src.proto_ipv4", "eth.src", "ip.src_host", "ipv6.src_host" } },
  { "*Destination", { "ip.dst", "ipv6.dst", "arp.dst.proto_ipv4", "eth.dst", "ip.dst_host", "ipv6.dst_host" } },
  { "*Address", { "ip.addr", "ipv6.addr", "eth.addr" } },
  /* Where a text without a field is sought; a pattern may ask for the beginning of any of them. */
  { "*Text", { "frame", "tcp.payload", "udp.payload", "http.file_data", "http.request.uri", "dns.qry.name" } },
  { "*Summary", { "_ws.col.info" } },
  { "#MessageNumber", { "frame.number" } },
  { "#Timestamp", { "frame.time" } },
  { "#TimeDelta", { "frame.time_delta" } },
  { "#ResponseTime", { "http.time", "dns.time" } },
};

/* The columns of the message list by the names in its header, and Wireshark's. */
static const struct {
  const char *title;
  const char *stands_for;
} columns[] = {
  { "Number", "frame.number" },      { "Verdict", "lectern.verdict" },
  { "Time", "frame.time_relative" }, { "Elapsed", "lectern.operation.last_byte" },
  { "Source", "*Source" },           { "Destination", "*Destination" },
  { "Module", "_ws.col.protocol" },  { "Protocol", "_ws.col.protocol" },
  { "Length", "frame.len" },         { "Summary", "_ws.col.info" },
  { "Info", "_ws.col.info" },
};

/* What stands between a module and a field in Message Analyzer's full paths (TCP.Segment.SourcePort). */
static const char *const containers[] = { "Segment", "Datagram", "Header", "Headers", "Request", "Response",
                                          "Flags",   "Message",  "Packet", "Frame",   "Options" };

/* Message Analyzer's rules ask about events of Windows, which no frame of a network trace is: known, and never there.
 */
static const LecField event_field = { "etw", "Etw", NULL, LEC_TYPE_UINT32 };

static gboolean
is_of_events (const char *text)
{
  return g_ascii_strncasecmp (text, "Etw.", 4) == 0 && g_ascii_strncasecmp (text, "Etw.EventFlags.", 15) != 0;
}

static void
add_field (GPtrArray *fields, const LecField *field)
{
  if (!g_ptr_array_find (fields, field, NULL))
    g_ptr_array_add (fields, (gpointer) field);
}

static void
add_name (GPtrArray *fields, const LecName *name)
{
  for (unsigned i = 0; i < name->n_fields; i++)
    add_field (fields, name->fields[i]);
}

static gboolean
add_exact (const LecRegistry *registry, const char *text, GPtrArray *fields, gboolean *analyzer_name)
{
  const LecName *name = lec_registry_find (registry, text);

  if (name == NULL)
    return FALSE;
  *analyzer_name = g_ascii_strcasecmp (name->name, text) != 0;
  add_name (fields, name);
  return TRUE;
}

const char *
lec_names_collective (unsigned i, const char **member)
{
  if (i >= G_N_ELEMENTS (collective))
    return NULL;
  *member = collective[i].members[0];
  return collective[i].name;
}

static gboolean
add_collective (const LecRegistry *registry, const char *text, GPtrArray *fields)
{
  gboolean ignored;

  for (unsigned i = 0; i < G_N_ELEMENTS (collective); i++)
    if (g_ascii_strcasecmp (collective[i].name, text) == 0)
      for (unsigned k = 0; k < G_N_ELEMENTS (collective[i].members) && collective[i].members[k] != NULL; k++)
        add_exact (registry, collective[i].members[k], fields, &ignored);
  return fields->len > 0;
}

static void
add_column (const LecRegistry *registry, const char *text, GPtrArray *fields)
{
  gboolean ignored;

  for (unsigned i = 0; i < G_N_ELEMENTS (columns); i++)
    if (g_ascii_strcasecmp (columns[i].title, text) == 0 &&
        !add_exact (registry, columns[i].stands_for, fields, &ignored))
      add_collective (registry, columns[i].stands_for, fields);
}

/* The last part of a dotted name. */
static const char *
last_part (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL ? dot + 1 : name;
}

static gboolean
has_part (const char *name, const char *part)
{
  size_t length = strlen (part);

  while (name != NULL) {
    if (g_ascii_strncasecmp (name, part, length) == 0 && (name[length] == '.' || name[length] == '\0'))
      return TRUE;
    name = strchr (name, '.');
    name = name != NULL ? name + 1 : NULL;
  }
  return FALSE;
}

static gboolean
ends_in (const LecName *name, const char *part)
{
  return g_ascii_strcasecmp (last_part (name->name), part) == 0 ||
         (name->analyzer_name != NULL && g_ascii_strcasecmp (last_part (name->analyzer_name), part) == 0);
}

/* How many of the parts between the first and the last NAME has; −1 where one is neither its own nor a container. */
static int
count_middle_parts (const LecName *name, char **parts, unsigned n_parts)
{
  int count = 0;

  for (unsigned i = 1; i + 1 < n_parts; i++) {
    gboolean container = FALSE;

    for (unsigned k = 0; k < G_N_ELEMENTS (containers); k++)
      container |= g_ascii_strcasecmp (containers[k], parts[i]) == 0;
    if (has_part (name->name, parts[i]) || (name->analyzer_name != NULL && has_part (name->analyzer_name, parts[i])))
      count++;
    else if (!container)
      return -1;
  }
  return count;
}

/* Whether all levels of NAME between its first part and its last stand among PARTS. */
static gboolean
names_all_levels (const char *name, char **parts, unsigned n_parts)
{
  g_auto (GStrv) levels = g_strsplit (name, ".", -1);
  gboolean all = TRUE;

  for (unsigned i = 1; i + 1 < g_strv_length (levels); i++) {
    gboolean named = FALSE;

    for (unsigned k = 1; k + 1 < n_parts; k++)
      named |= g_ascii_strcasecmp (levels[i], parts[k]) == 0;
    all &= named;
  }
  return all;
}

/* A single colon before the last part goes one level down, no more: TCP:SYN is none, TCP:Flags:SYN is one. */
static gboolean
goes_one_level (const char *text)
{
  const char *colon = strrchr (text, ':');

  return colon != NULL && colon > text && colon[-1] != ':' && strchr (colon, '.') == NULL;
}

/* "TCP.Segment.Flags.Syn", "TCP::Syn": a protocol, and a name at any depth in it; "HTTP:Request:Method": level by
 * level.
 */
static gboolean
add_path (const LecRegistry *registry, const char *text, GPtrArray *fields)
{
  g_auto (GStrv) split = g_strsplit_set (text, ".:", -1);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  unsigned n_names;
  const LecName *names = lec_registry_names (registry, &n_names);
  int best = 0;

  for (char **part = split; *part != NULL; part++)
    if (**part != '\0')
      g_ptr_array_add (parts, *part);
  if (parts->len < 2)
    return FALSE;
  const LecName *module = lec_registry_find (registry, parts->pdata[0]);
  if (module == NULL || module->fields[0]->type != LEC_TYPE_PROTOCOL)
    return FALSE;
  const char *last = parts->pdata[parts->len - 1];
  for (unsigned i = 0; i < n_names; i++) {
    if (names[i].protocol != module->protocol || !ends_in (&names[i], last))
      continue;
    if (goes_one_level (text) && !names_all_levels (names[i].name, (char **) parts->pdata, parts->len) &&
        (names[i].analyzer_name == NULL || g_ascii_strcasecmp (last_part (names[i].analyzer_name), last) != 0))
      continue;
    int count = count_middle_parts (&names[i], (char **) parts->pdata, parts->len);
    if (count > best) {
      best = count;
      g_ptr_array_set_size (fields, 0);
    }
    if (count == best)
      add_name (fields, &names[i]);
  }
  return fields->len > 0;
}

/* Whether NAME without its dots is TEXT: *HTTPHost is http.host. */
static gboolean
equals_joined (const char *name, const char *text)
{
  for (; *name != '\0'; name++) {
    if (*name == '.' || *name == '_')
      continue;
    if (g_ascii_tolower (*name) != g_ascii_tolower (*text))
      return FALSE;
    text++;
  }
  return *text == '\0';
}

/* "*Port": that name in any protocol. An operation's fields say of all of its frames what its messages say of one. */
static gboolean
add_wildcard (const LecRegistry *registry, const char *text, GPtrArray *fields)
{
  unsigned n_names;
  const LecName *names = lec_registry_names (registry, &n_names);

  for (unsigned i = 0; i < n_names; i++)
    if (names[i].protocol->id != LEC_PROTOCOL_OPERATION &&
        (ends_in (&names[i], text) || equals_joined (names[i].name, text) ||
         (names[i].analyzer_name != NULL && equals_joined (names[i].analyzer_name, text))))
      add_name (fields, &names[i]);
  return fields->len > 0;
}

gboolean
lec_names_resolve (const LecRegistry *registry, LecSyntax *syntax, LecNode *node)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autofree char *marked = NULL;

  if (node->fields != NULL)
    return TRUE;
  switch (node->kind) {
  case LEC_NODE_WORD:
    if (!add_exact (registry, node->text, fields, &node->analyzer_name) && add_path (registry, node->text, fields))
      node->analyzer_name = TRUE;
    if (fields->len == 0)
      add_column (registry, node->text, fields);
    if (fields->len == 0 && is_of_events (node->text))
      add_field (fields, &event_field);
    break;
  case LEC_NODE_WILDCARD:
    node->analyzer_name = TRUE;
    marked = g_strconcat ("*", node->text, NULL);
    if (!add_collective (registry, marked, fields))
      add_wildcard (registry, node->text, fields);
    break;
  case LEC_NODE_ANNOTATION:
    node->analyzer_name = TRUE;
    marked = g_strconcat ("#", node->text, NULL);
    if (!add_exact (registry, marked, fields, &node->analyzer_name))
      add_collective (registry, marked, fields);
    break;
  default:
    break;
  }
  if (fields->len == 0)
    return FALSE;
  node->n_fields = fields->len;
  node->fields = (const LecField **) g_ptr_array_free (g_steal_pointer (&fields), FALSE);
  g_ptr_array_add (syntax->owned, node->fields);
  return TRUE;
}

unsigned
lec_names_distance (const char *a, const char *b, unsigned limit)
{
  enum { LONGEST = 63 };
  size_t a_length = strlen (a), b_length = strlen (b);
  uint8_t rows[3][LONGEST + 1];

  if (a_length > LONGEST || b_length > LONGEST || a_length > b_length + limit || b_length > a_length + limit)
    return limit + 1;
  for (size_t k = 0; k <= b_length; k++)
    rows[0][k] = (uint8_t) k;
  for (size_t i = 1; i <= a_length; i++) {
    uint8_t *row = rows[i % 3], *before = rows[(i + 2) % 3], *two_before = rows[(i + 1) % 3];
    unsigned least = i;

    row[0] = (uint8_t) i;
    for (size_t k = 1; k <= b_length; k++) {
      char x = g_ascii_tolower (a[i - 1]), y = g_ascii_tolower (b[k - 1]);
      unsigned cost = MIN (MIN (before[k], row[k - 1]) + 1, before[k - 1] + (x != y));

      if (i > 1 && k > 1 && x == g_ascii_tolower (b[k - 2]) && y == g_ascii_tolower (a[i - 2]))
        cost = MIN (cost, two_before[k - 2] + 1u);
      row[k] = (uint8_t) cost;
      least = MIN (least, cost);
    }
    if (least > limit)
      return limit + 1;
  }
  return rows[a_length % 3][b_length];
}

static void
consider (const char *candidate, const char *name, const char **nearest, unsigned *distance)
{
  if (candidate == NULL)
    return;
  unsigned found = lec_names_distance (name, candidate, 2);

  if (found < *distance) {
    *distance = found;
    *nearest = candidate;
  }
}

const char *
lec_names_nearest (const LecRegistry *registry, const char *name)
{
  unsigned n_names;
  const LecName *names = lec_registry_names (registry, &n_names);
  const char *nearest = NULL;
  /* In a name of three letters two changes make anything of anything. */
  unsigned distance = strlen (name) < 4 ? 2 : 3;

  for (unsigned i = 0; i < n_names; i++)
    consider (names[i].name, name, &nearest, &distance);
  for (unsigned i = 0; i < n_names; i++)
    consider (names[i].analyzer_name, name, &nearest, &distance);
  for (unsigned i = 0; i < G_N_ELEMENTS (collective); i++)
    consider (collective[i].name, name, &nearest, &distance);
  for (unsigned i = 0; i < G_N_ELEMENTS (columns); i++)
    consider (columns[i].title, name, &nearest, &distance);
  return nearest;
}
