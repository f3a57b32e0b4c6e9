#include "filter/phrase.h"

#include <string.h>

#include "filter/bare-value.h"
#include "filter/lexer.h"

/* What a phrase names; several words stand for the same. German ones, too: the window speaks it. */
static const struct {
  const char *words; /* parted by "|" */
  const char *condition;
} things[] = {
  { "retransmissions|retransmission|retransmits|retransmitted|wiederholungen|wiederholung",
    "tcp.analysis.retransmission" },
  { "fast retransmissions|fast retransmits", "tcp.analysis.fast_retransmission" },
  { "resets|reset|rst|rsts|aborts|abbrüche", "tcp.flags.reset == 1" },
  { "syn|syns|connection attempts|connects|verbindungsversuche", "tcp.flags.syn == 1 and tcp.flags.ack == 0" },
  { "handshakes|handshake", "tcp.flags.syn == 1" },
  { "fin|fins|closes", "tcp.flags.fin == 1" },
  { "errors|error|failures|failed|fehler", "lectern.problem or http.response.code >= 400" },
  { "problems|problem|troubles|trouble|warnings|probleme|warnungen", "lectern.problem" },
  { "http errors|http error|http-fehler", "http.response.code >= 400" },
  { "server errors", "http.response.code in {500..599}" },
  { "client errors", "http.response.code in {400..499}" },
  { "not found|nicht gefunden", "http.response.code == 404" },
  { "not modified", "http.response.code == 304" },
  { "redirects|redirect|redirections|umleitungen|weiterleitungen", "http.response.code in {301..303, 307, 308}" },
  { "slow requests|slow responses|slow answers|slow|langsame anfragen|langsame antworten",
    "http.time >= 1s or dns.time >= 1s" },
  { "unanswered requests|unanswered|unbeantwortete anfragen", "lectern.unanswered" },
  { "requests|request|anfragen", "http.request" },
  { "responses|response|replies|antworten", "http.response" },
  { "duplicate acks|duplicate ack|dup acks|dup ack|dup-acks|dupacks", "tcp.analysis.duplicate_ack" },
  { "lost segments|lost packets|packet loss|loss|losses|verluste", "tcp.analysis.lost_segment" },
  { "out of order|reordered|reordering", "tcp.analysis.out_of_order" },
  { "zero windows|zero window", "tcp.analysis.zero_window" },
  { "window full", "tcp.analysis.window_full" },
  { "keep-alives|keep-alive|keepalives|keepalive|keep alives|keep alive",
    "tcp.analysis.keep_alive or tcp.analysis.keep_alive_ack" },
  { "broadcasts|broadcast", "eth.dst == ff:ff:ff:ff:ff:ff" },
  { "pings|ping", "icmp.type in {0, 8}" },
  { "web|web traffic", "http or tls" },
  { "comments|kommentare", "frame.comment" },
  { "lookups|queries|abfragen", "dns.flags.response == 0" },
};

/* "stream 5": a word, and the field whose value stands behind it. */
static const struct {
  const char *words;
  const char *field;
} labels[] = {
  { "stream|conversation|tcp stream|konversation", "tcp.stream" },
  { "udp stream", "udp.stream" },
  { "frame|packet|number|message|nummer|paket", "frame.number" },
  { "status|code|status code", "http.response.code" },
  { "method|methode", "http.request.method" },
  { "vlan", "vlan.id" },
  { "ttl", "ip.ttl" },
};

/* Words that change nothing. */
static const char filling[] = "the|all|any|a|of|only|show|show me|me|with|on|at|in|over|via|through|is|are|packets|"
                              "frames|messages|traffic|segments|bytes|byte|from the|zeige|alle|nur|auf|über|mit|pakete";

static const struct {
  const char *words;
  LecEnd end;
} ends[] = {
  { "from|src|source|sent by|coming from|von", LEC_END_SOURCE },
  { "to|dst|destination|sent to|going to|nach|an", LEC_END_DESTINATION },
};

static const struct {
  const char *words;
  const char *sign;
} amounts[] = {
  { "larger than|bigger than|greater than|longer than|slower than|more than|above|over|größer als|länger als", ">" },
  { "smaller than|shorter than|faster than|less than|below|under|kleiner als|kürzer als", "<" },
};

/* Where a phrase is read, and what of it is understood already. */
typedef struct {
  const LecRegistry *registry;
  char **at;
  GPtrArray *conditions; /* of char * */
  const char *transport; /* "tcp" or "udp" where that was said */
} Reader;

/* How many words from WORDS on are ALTERNATIVE, of LENGTH bytes; 0: they are not. */
static unsigned
count_equal_words (char **words, const char *alternative, size_t length)
{
  g_autofree char *text = g_strndup (alternative, length);
  g_auto (GStrv) wanted = g_strsplit (text, " ", -1);
  unsigned n;

  for (n = 0; wanted[n] != NULL; n++) {
    g_autofree char *word = words[n] != NULL ? g_utf8_strdown (words[n], -1) : NULL;

    if (g_strcmp0 (word, wanted[n]) != 0)
      return 0;
  }
  return n;
}

/* The longest of ALTERNATIVES that stands at WORDS, in words; 0: none. */
static unsigned
count_words (char **words, const char *alternatives)
{
  unsigned longest = 0;

  for (const char *at = alternatives; *at != '\0';) {
    size_t length = strcspn (at, "|");

    longest = MAX (longest, count_equal_words (words, at, length));
    at += length + (at[length] == '|');
  }
  return longest;
}

/* The row of a table that takes the most words, −1: none; its words come first in a row of ROW_BYTES. */
static int
find_longest (const Reader *reader, const void *table, size_t row_bytes, unsigned n_rows, unsigned *n_words)
{
  int best = -1;

  *n_words = 0;
  for (unsigned row = 0; row < n_rows; row++) {
    const char *words = *(const char *const *) (const void *) ((const char *) table + row * row_bytes);
    unsigned n = count_words (reader->at, words);

    if (n > *n_words) {
      *n_words = n;
      best = (int) row;
    }
  }
  return best;
}

#define FIND_LONGEST(table, reader, n_words)                                                                           \
  find_longest (reader, table, sizeof (table)[0], G_N_ELEMENTS (table), n_words)

static gboolean
take (Reader *reader, unsigned n_words, char *condition)
{
  if (condition == NULL)
    return FALSE;
  g_ptr_array_add (reader->conditions, condition);
  reader->at += n_words;
  return TRUE;
}

/* "port 80", "ports 80", "host www.contoso.com", "net 10.0.0.0/8", or the value alone, of one END. */
static gboolean
read_place (Reader *reader, LecEnd end)
{
  char **words = reader->at;
  unsigned n = count_words (words, "port|ports");

  if (n > 0)
    return words[n] != NULL && take (reader, n + 1, lec_bare_value_dup_port (words[n], end, reader->transport));
  n = count_words (words, "host|net|ip|address|server|client|rechner|adresse");
  if (words[n] == NULL)
    return FALSE;
  if (n == 0 && end == LEC_END_EITHER)
    return FALSE;
  if (take (reader, n + 1, lec_bare_value_dup_host (words[n], end)))
    return TRUE;
  return n == 0 && take (reader, 1, lec_bare_value_dup_port (words[0], end, reader->transport));
}

static gboolean
read_end (Reader *reader)
{
  unsigned n;
  int row = FIND_LONGEST (ends, reader, &n);

  if (row < 0)
    return FALSE;
  reader->at += n;
  return read_place (reader, ends[row].end);
}

static gboolean
read_either_end (Reader *reader)
{
  return read_place (reader, LEC_END_EITHER);
}

static gboolean
read_amount (Reader *reader)
{
  unsigned n;
  int row = FIND_LONGEST (amounts, reader, &n);

  return row >= 0 && reader->at[n] != NULL &&
         take (reader, n + 1, lec_bare_value_dup_amount (reader->at[n], amounts[row].sign));
}

/* "between 10.0.0.1 and 10.0.0.2" */
static gboolean
read_between (Reader *reader)
{
  unsigned n = count_words (reader->at, "between|zwischen"), n_and;
  g_autofree char *first = n > 0 && reader->at[n] != NULL ? lec_bare_value_dup_host (reader->at[n], 0) : NULL;

  n_and = first != NULL ? count_words (reader->at + n + 1, "and|und|&") : 0;
  if (n_and == 0 || reader->at[n + 2] == NULL)
    return FALSE;
  g_autofree char *second = lec_bare_value_dup_host (reader->at[n + 2], LEC_END_EITHER);
  return second != NULL && take (reader, n + 3, g_strdup_printf ("%s and %s", first, second));
}

static gboolean
read_thing (Reader *reader)
{
  unsigned n;
  int row = FIND_LONGEST (things, reader, &n);

  return row >= 0 && take (reader, n, g_strdup (things[row].condition));
}

static gboolean
read_label (Reader *reader)
{
  unsigned n;
  int row = FIND_LONGEST (labels, reader, &n);

  if (row < 0 || reader->at[n] == NULL || !(g_ascii_isdigit (reader->at[n][0]) || row == 4))
    return FALSE;
  return take (reader, n + 1, g_strdup_printf ("%s == %s", labels[row].field, reader->at[n]));
}

/* "tcp", and "tcp.port 80" or "http.host www.contoso.com". */
static gboolean
read_name (Reader *reader)
{
  const LecName *name = lec_registry_find (reader->registry, reader->at[0]);
  const char *value = reader->at[1];

  if (name == NULL)
    return FALSE;
  if (name->fields[0]->type == LEC_TYPE_PROTOCOL) {
    if (strcmp (name->name, "tcp") == 0 || strcmp (name->name, "udp") == 0)
      reader->transport = name->name;
    return take (reader, 1, g_strdup (name->name));
  }
  if (value == NULL)
    return take (reader, 1, g_strdup (name->name));
  /* "http.host contans www" wants to hear what is wrong with it. */
  if (reader->at[2] != NULL && lec_keyword_nearest (value) != NULL)
    return FALSE;
  g_autofree char *text =
      name->fields[0]->type == LEC_TYPE_STRING && value[0] != '"' ? lec_bare_value_dup_text (value) : g_strdup (value);
  return take (reader, 2, g_strdup_printf ("%s == %s", name->name, text));
}

static gboolean
read_value (Reader *reader)
{
  const char *word = reader->at[0];

  if (word[0] == '"')
    return take (reader, 1, g_strdup_printf ("contains %s", word));
  if (g_ascii_isdigit (word[0]) && reader->transport != NULL)
    return take (reader, 1, lec_bare_value_dup_port (word, LEC_END_EITHER, reader->transport));
  return take (reader, 1, lec_bare_value_dup (word));
}

static gboolean
read_filling (Reader *reader)
{
  unsigned n = count_words (reader->at, filling);

  reader->at += n;
  return n > 0;
}

/* A time is known where the response stands: "requests slower than 1s" are those. */
static void
drop_requests (GPtrArray *conditions)
{
  gboolean timed = FALSE;

  for (unsigned i = 0; i < conditions->len; i++)
    timed |= g_str_has_prefix (conditions->pdata[i], "http.time");
  for (unsigned i = conditions->len; timed && i > 0; i--)
    if (strcmp (conditions->pdata[i - 1], "http.request") == 0)
      g_ptr_array_remove_index (conditions, i - 1);
}

static char *
dup_joined (GPtrArray *conditions)
{
  g_autoptr (GString) text = g_string_new (NULL);

  drop_requests (conditions);

  for (unsigned i = 0; i < conditions->len; i++) {
    const char *condition = conditions->pdata[i];
    gboolean torn = conditions->len > 1 && strstr (condition, " or ") != NULL;

    g_string_append_printf (text, torn ? "%s(%s)" : "%s%s", i > 0 ? " and " : "", condition);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Who writes operators means a filter, and wants to hear what is wrong with it. */
static gboolean
holds_operator (char **words)
{
  static const char *const operators[] = { "contains", "matches", "eq", "ne", "gt", "lt", "ge", "le" };

  for (char **word = words; *word != NULL; word++) {
    if ((*word)[0] != '\0' && strchr ("=<>~&|^", (*word)[0]) != NULL)
      return TRUE;
    for (unsigned i = 0; i < G_N_ELEMENTS (operators); i++)
      if (g_ascii_strcasecmp (operators[i], *word) == 0)
        return TRUE;
  }
  return FALSE;
}

char *
lec_phrase_dup_condition (const LecRegistry *registry, char **words)
{
  /* In this order: "not found" and "errors on port 80" are longer than what they begin with. */
  static gboolean (*const readers[]) (Reader * reader) = { read_between, read_amount, read_end,
                                                           read_thing,   read_label,  read_either_end,
                                                           read_name,    read_value,  read_filling };
  g_autoptr (GPtrArray) conditions = g_ptr_array_new_with_free_func (g_free);
  Reader reader = { registry, words, conditions, NULL };

  if (holds_operator (words))
    return NULL;
  while (*reader.at != NULL) {
    char **before = reader.at;

    for (unsigned i = 0; i < G_N_ELEMENTS (readers) && reader.at == before; i++)
      if (!readers[i](&reader))
        reader.at = before;
    if (reader.at == before)
      return NULL;
  }
  return conditions->len > 0 ? dup_joined (conditions) : NULL;
}
