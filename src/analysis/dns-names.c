#include "analysis/dns-names.h"

#include "protocol/dns-name.h"

/* RFC 1035 §4.1.1 and §3.2.2, RFC 3596 §2.1. */
#define DNS_COUNTS_OFFSET 4u
#define DNS_TYPE_A        1
#define DNS_TYPE_AAAA     28
/* Answers looked at: no honest response has more. */
#define ANSWERS_READ 64u

static gboolean
skip_name (const LecReader *message, LecReader *reader, GString *name)
{
  g_string_truncate (name, 0);
  return lec_dns_read_name (message, reader, name, NULL);
}

void
lec_dns_learn_names (LecNames *names, const LecReader *message)
{
  g_autoptr (GString) asked = g_string_new (NULL);
  g_autoptr (GString) owner = g_string_new (NULL);
  LecReader reader = *message;

  lec_reader_skip (&reader, DNS_COUNTS_OFFSET);
  unsigned n_questions = lec_read_u16 (&reader);
  unsigned n_answers = lec_read_u16 (&reader);
  lec_reader_skip (&reader, 4); /* the other two sections */
  if (n_questions != 1 || !skip_name (message, &reader, asked))
    return;
  lec_reader_skip (&reader, 4); /* type and class */
  for (unsigned i = 0; i < MIN (n_answers, ANSWERS_READ) && reader.state == LEC_READ_OK; i++) {
    if (!skip_name (message, &reader, owner))
      return;
    uint16_t type = lec_read_u16 (&reader);
    lec_reader_skip (&reader, 6); /* class and time to live */
    LecBytes data = lec_read_bytes (&reader, lec_read_u16 (&reader));
    if ((type == DNS_TYPE_A && data.length == 4) || (type == DNS_TYPE_AAAA && data.length == 16))
      lec_names_add (names, data.data, data.length, asked->str);
  }
}
