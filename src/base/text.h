/* Text with numbers in it, for people. */
#pragma once

#include <glib.h>
#include <stdarg.h>
#include <stdint.h>

G_BEGIN_DECLS

/* As g_strdup_printf() and g_string_append_printf(), but numbers are written as the language of the text has it,
 * whatever the locale is: "1,448" in English and "1.448" in German for %'u, and the same for the mark before a
 * fraction. Knows %s, %c, %u, %d, %x and %f with precision, width for %x, lengths l and ll, and positions as in %2$u.
 */
char *lec_dup_text (const char *format, ...) G_GNUC_PRINTF (1, 2);
char *lec_dup_text_of (const char *format, va_list *arguments) G_GNUC_PRINTF (1, 0);
void lec_append_text (GString *text, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* NUMBER in decimal digits alone, for what no people but programs read: many times quicker than a format. */
void lec_append_decimal (GString *text, uint64_t number);
/* TEXT with its first letter as it stands at the beginning of a sentence. */
char *lec_dup_capitalized (const char *text);

G_END_DECLS
