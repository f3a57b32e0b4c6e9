#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <stdint.h>
#include <string.h>

#define MOST_ARGUMENTS 12
#define GROUP_DIGITS   3

/* One conversion of a format. */
typedef struct {
  unsigned argument; /* which, 0 = the first */
  int width;
  int precision;
  gboolean grouped;
  unsigned length; /* how many l */
  char kind;       /* its letter */
} Conversion;

typedef union {
  const char *string;
  uint64_t number; /* a signed one's too */
  double fraction;
} Argument;

static int
read_digits (const char **at)
{
  int value = 0;

  for (; g_ascii_isdigit (**at) && value < 1000; (*at)++)
    value = value * 10 + g_ascii_digit_value (**at);
  return value;
}

/* Behind the percent sign at *AT. NEXT: the argument that one without a position takes. */
static Conversion
read_conversion (const char **at, unsigned *next)
{
  Conversion conversion = { .precision = 6 };
  const char *start = *at;
  int position = read_digits (at);

  if (**at == '$')
    (*at)++;
  else {
    *at = start;
    position = 0;
  }
  for (; **at && strchr ("'0", **at); (*at)++)
    conversion.grouped |= **at == '\'';
  conversion.width = read_digits (at);
  if (**at == '.') {
    (*at)++;
    conversion.precision = read_digits (at);
  }
  for (; **at == 'l'; (*at)++)
    conversion.length++;
  conversion.kind = **at;
  *at += **at != 0;
  if (conversion.kind != '%')
    conversion.argument = position ? (unsigned) position - 1 : (*next)++;
  return conversion;
}

static Argument
take_argument (const Conversion *conversion, va_list *arguments)
{
  gboolean is_signed = conversion->kind == 'd' || conversion->kind == 'i';

  switch (conversion->kind) {
  case 's':
    return (Argument){ .string = va_arg (*arguments, const char *) };
  case 'f':
    return (Argument){ .fraction = va_arg (*arguments, double) };
  default:
    if (conversion->length > 1)
      return (Argument){ .number = va_arg (*arguments, unsigned long long) };
    if (conversion->length)
      return (Argument){ .number =
                             is_signed ? (uint64_t) va_arg (*arguments, long) : va_arg (*arguments, unsigned long) };
    return (Argument){ .number = is_signed ? (uint64_t) va_arg (*arguments, int) : va_arg (*arguments, unsigned) };
  }
}

static void
append_digits (GString *text, const char *digits, size_t n, gboolean grouped)
{
  /* Translators: what stands between the thousands of a number, as in 1,448. */
  const char *mark = grouped && n > GROUP_DIGITS ? C_ ("thousands", ",") : "";

  for (size_t i = 0; i < n; i++) {
    if (i && (n - i) % GROUP_DIGITS == 0)
      g_string_append (text, mark);
    g_string_append_c (text, digits[i]);
  }
}

static void
append_number (GString *text, const Conversion *conversion, uint64_t number)
{
  char digits[24];

  if (conversion->kind != 'u' && (int64_t) number < 0) {
    g_string_append_c (text, '-');
    number = 0 - number;
  }
  g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, number);
  append_digits (text, digits, strlen (digits), conversion->grouped);
}

static void
append_fraction (GString *text, const Conversion *conversion, double value)
{
  char format[16], number[G_ASCII_DTOSTR_BUF_SIZE + 320];

  g_snprintf (format, sizeof format, "%%.%df", MIN (conversion->precision, 9));
  g_ascii_formatd (number, sizeof number, format, value);
  const char *digits = number + (*number == '-');
  const char *point = strchr (digits, '.');
  if (digits > number)
    g_string_append_c (text, '-');
  append_digits (text, digits, point ? (size_t) (point - digits) : strlen (digits), conversion->grouped);
  if (point) {
    /* Translators: what stands before the fraction of a number, as in 0.5. */
    g_string_append (text, C_ ("decimal", "."));
    g_string_append (text, point + 1);
  }
}

static void
append_argument (GString *text, const Conversion *conversion, Argument argument)
{
  switch (conversion->kind) {
  case 's':
    g_string_append (text, argument.string ? argument.string : "");
    break;
  case 'c':
    g_string_append_c (text, (char) argument.number);
    break;
  case 'x':
    g_string_append_printf (text, "%0*" G_GINT64_MODIFIER "x", conversion->width, argument.number);
    break;
  case 'f':
    append_fraction (text, conversion, argument.fraction);
    break;
  default:
    append_number (text, conversion, argument.number);
    break;
  }
}

/* Arguments can be taken only in their own order, and a translation may name them in another. */
static void
append (GString *text, const char *format, va_list *arguments)
{
  Conversion of[MOST_ARGUMENTS] = { 0 };
  Argument values[MOST_ARGUMENTS] = { 0 };
  unsigned next = 0, n = 0;

  for (const char *at = format; (at = strchr (at, '%'));) {
    at++;
    Conversion conversion = read_conversion (&at, &next);
    if (conversion.kind == '%' || !conversion.kind)
      continue;
    g_return_if_fail (conversion.argument < MOST_ARGUMENTS);
    of[conversion.argument] = conversion;
    n = MAX (n, conversion.argument + 1);
  }
  for (unsigned i = 0; i < n; i++)
    values[i] = take_argument (&of[i], arguments);
  next = 0;
  for (const char *at = format; *at;) {
    if (*at != '%') {
      g_string_append_c (text, *at++);
      continue;
    }
    at++;
    Conversion conversion = read_conversion (&at, &next);
    if (conversion.kind == '%')
      g_string_append_c (text, '%');
    else if (conversion.kind)
      append_argument (text, &conversion, values[conversion.argument]);
  }
}

char *
lec_dup_text_of (const char *format, va_list *arguments)
{
  GString *text = g_string_new (NULL);

  append (text, format, arguments);
  return g_string_free (text, FALSE);
}

char *
lec_dup_text (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  char *text = lec_dup_text_of (format, &arguments);
  va_end (arguments);
  return text;
}

void
lec_append_text (GString *text, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  append (text, format, &arguments);
  va_end (arguments);
}

char *
lec_dup_capitalized (const char *text)
{
  const char *rest = *text ? g_utf8_next_char (text) : text;
  g_autofree char *first = g_utf8_strup (text, rest - text);

  return g_strconcat (first, rest, NULL);
}

void
lec_append_decimal (GString *text, uint64_t number)
{
  char digits[20], *first = digits + sizeof digits;

  do
    *--first = (char) ('0' + number % 10);
  while ((number /= 10) != 0);
  g_string_append_len (text, first, digits + sizeof digits - first);
}
