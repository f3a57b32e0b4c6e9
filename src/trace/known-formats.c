#include "trace/known-formats.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "trace/byte-order.h"

static gboolean
is_etl (const uint8_t *bytes, size_t n_bytes)
{
  /* No magic number: the first buffer is of type 4 (header) and its first record the session's own, version 2. */
  return n_bytes >= 0x50 && lec_get_u16 (bytes + 0x36, FALSE) == 4 && lec_get_u16 (bytes + 0x48, FALSE) == 2 &&
         (bytes[0x4a] == 1 || bytes[0x4a] == 2) && bytes[0x4b] == 0xc0 && bytes[0x4e] == 0 && bytes[0x4f] == 0;
}

static gboolean
is_matp (const uint8_t *bytes, size_t n_bytes)
{
  return n_bytes >= 4 && memcmp (bytes, "PK\3\4", 4) == 0 && memmem (bytes, n_bytes, ".mmindex", 8) != NULL;
}

static gboolean
is_text (const uint8_t *bytes, size_t n_bytes)
{
  const char *end;

  for (size_t i = 0; i < n_bytes; i++)
    if (bytes[i] == 0 || (bytes[i] < 0x20 && strchr ("\t\n\r\f\033", bytes[i]) == NULL))
      return FALSE;
  /* The last character may be cut off. */
  return g_utf8_validate ((const char *) bytes, (gssize) n_bytes, &end) || (const uint8_t *) end + 3 >= bytes + n_bytes;
}

static const struct {
  const char *magic;
  uint8_t n_bytes;
  gboolean (*is) (const uint8_t *bytes, size_t n_bytes); /* where there is no plain magic */
  LecError code;
  const char *message;
} known[] = {
  { .is = is_etl,
    .code = LEC_ERROR_UNSUPPORTED,
    .message = N_ ("This is a Windows event trace (.etl); Lectern cannot read it yet.") },
  { .magic = "RTSS",
    .n_bytes = 4,
    .code = LEC_ERROR_UNSUPPORTED,
    .message = N_ ("This is a Network Monitor 1.x trace (.cap); Lectern cannot read it yet.") },
  { .magic = "GMBU",
    .n_bytes = 4,
    .code = LEC_ERROR_UNSUPPORTED,
    .message = N_ ("This is a Network Monitor trace (.cap); Lectern cannot read it yet.") },
  { .is = is_matp,
    .code = LEC_ERROR_UNSUPPORTED,
    .message = N_ ("This is a Message Analyzer trace (.matp); Lectern cannot read it yet.") },
  { .magic = "snoop\0\0\0",
    .n_bytes = 8,
    .code = LEC_ERROR_UNSUPPORTED,
    .message = N_ ("This is a snoop trace; Lectern cannot read it yet.") },
  { .magic = "btsnoop\0",
    .n_bytes = 8,
    .code = LEC_ERROR_UNSUPPORTED,
    .message = N_ ("This is a Bluetooth trace (btsnoop); Lectern cannot read it yet.") },
  { .magic = "iptrace ",
    .n_bytes = 8,
    .code = LEC_ERROR_UNSUPPORTED,
    .message = N_ ("This is an AIX iptrace trace; Lectern cannot read it yet.") },
  { .magic = "TRSNIFF data",
    .n_bytes = 12,
    .code = LEC_ERROR_UNSUPPORTED,
    .message = N_ ("This is a Sniffer trace; Lectern cannot read it yet.") },
  { .magic = "PK\3\4",
    .n_bytes = 4,
    .code = LEC_ERROR_UNKNOWN,
    .message = N_ ("This is a ZIP archive, not a network trace. Unpack it first.") },
  { .magic = "\177ELF",
    .n_bytes = 4,
    .code = LEC_ERROR_UNKNOWN,
    .message = N_ ("This is a program, not a network trace.") },
  { .is = is_text, .code = LEC_ERROR_UNKNOWN, .message = N_ ("This looks like a text file, not a network trace.") },
};

void
lec_known_formats_explain (const uint8_t *bytes, size_t n_bytes, GError **error)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (known); i++) {
    if (known[i].is != NULL ? known[i].is (bytes, n_bytes)
                            : n_bytes >= known[i].n_bytes && memcmp (bytes, known[i].magic, known[i].n_bytes) == 0) {
      g_set_error_literal (error, LEC_ERROR, known[i].code, _ (known[i].message));
      return;
    }
  }
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNKNOWN, _ ("This is not in any trace format that Lectern knows."));
}
