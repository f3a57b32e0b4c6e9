#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

void
lec_cli_complain (const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fflush (stdout);
  fprintf (stderr, "lectern-cli: %s\n", message);
}

static void
print_help (FILE *stream)
{
  fprintf (stream, "%s\n\n", _ ("Usage: lectern-cli COMMAND [OPTION…] [FILE] (- is standard input)"));
  for (const LecCommand *command = lec_commands; command->name; command++)
    fprintf (stream, "  %s %s\n      %s\n", command->name, command->arguments, _ (command->description));
  fprintf (
      stream, "\n%s\n",
      _ ("Options:\n"
         "  -Y, --filter=FILTER        only what passes the display filter\n"
         "  -e, --field=FIELD          a column of frames; may be given several times\n"
         "  -t r|d|a|u                 time since the start, since the row above, of day, UTC\n"
         "      --absolute             sequence numbers as they were sent\n"
         "      --body-sha256          length and SHA-256 of the content of HTTP responses\n"
         "      --format=text|tsv|json JSON is one object a line\n\n"
         "Exit status: 0 read whole, 1 the trace is damaged, 2 it could not be opened, or the command line or the\n"
         "filter is wrong."));
}

static const LecCommand *
find_command (const char *name)
{
  for (const LecCommand *command = lec_commands; command->name; command++)
    if (strcmp (command->name, name) == 0)
      return command;
  return NULL;
}

static gboolean
parse_format (const char *name, const char *value, gpointer data, GError **error)
{
  static const char *const names[] = { "text", "tsv", "json" };
  LecOptions *options = data;

  for (unsigned i = 0; i < G_N_ELEMENTS (names); i++) {
    if (strcmp (names[i], value) == 0) {
      options->format = (LecFormat) i;
      options->format_given = TRUE;
      return TRUE;
    }
  }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("The format “%s” is not text, tsv or json"), value);
  return FALSE;
}

static gboolean
parse_time (const char *name, const char *value, gpointer data, GError **error)
{
  static const char letters[] = "rdau"; /* in the order of LecTimeFormat */
  const char *letter = value[0] && !value[1] ? strchr (letters, value[0]) : NULL;
  LecOptions *options = data;

  if (!letter) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("The time “%s” is not r, d, a or u"), value);
    return FALSE;
  }
  options->time_format = (LecTimeFormat) (letter - letters);
  return TRUE;
}

static gboolean
parse_frame (const char *text, uint32_t *frame)
{
  char *end;
  guint64 number;

  errno = 0;
  number = g_ascii_strtoull (text, &end, 10);
  if (errno || !g_ascii_isdigit (text[0]) || *end || number == 0 || number > G_MAXUINT32)
    return FALSE;
  *frame = (uint32_t) number;
  return TRUE;
}

/* The words behind the command, by what it takes. */
static gboolean
take_words (LecOptions *options, char **words)
{
  unsigned takes = options->command->takes;
  unsigned n = words ? g_strv_length (words) : 0;
  unsigned used = 0;

  if ((takes & LEC_TAKES_FILE) && used < n)
    options->file = g_strdup (words[used++]);
  if ((takes & LEC_TAKES_PREFIX) && used < n)
    options->prefix = g_strdup (words[used++]);
  if ((takes & LEC_TAKES_NUMBER) && used < n) {
    if (!parse_frame (words[used], &options->frame)) {
      lec_cli_complain (_ ("“%s” is not a frame's number"), words[used]);
      return FALSE;
    }
    used++;
  }
  if (used < n) {
    lec_cli_complain (_ ("“%s” is one word too many"), words[used]);
    return FALSE;
  }
  if (((takes & LEC_TAKES_FILE) && !options->file) || ((takes & LEC_TAKES_NUMBER) && !options->frame)) {
    lec_cli_complain (_ ("Usage: lectern-cli %s %s"), options->command->name, options->command->arguments);
    return FALSE;
  }
  return TRUE;
}

/* An option that the command would not heed is an error: silence would look like an answer. */
static gboolean
check_options (const LecOptions *options, gboolean time_given)
{
  unsigned takes = options->command->takes;
  const char *unfit = NULL;

  if (options->filter && !(takes & LEC_TAKES_FILTER))
    unfit = "-Y";
  else if (options->fields && !(takes & LEC_TAKES_FIELDS))
    unfit = "-e";
  else if (time_given && !(takes & LEC_TAKES_TIME))
    unfit = "-t";
  else if (options->absolute_sequence_numbers && !(takes & LEC_TAKES_ABSOLUTE))
    unfit = "--absolute";
  else if (options->body_sha256 && !(takes & LEC_TAKES_BODIES))
    unfit = "--body-sha256";
  if (unfit)
    lec_cli_complain (_ ("The command %s does not take %s"), options->command->name, unfit);
  return unfit == NULL;
}

gboolean
lec_options_parse (LecOptions *options, int argc, char **argv, LecExit *status)
{
  g_auto (GStrv) words = NULL;
  g_autofree char *time = NULL;
  gboolean help = FALSE, version = FALSE;
  const GOptionEntry entries[] = {
    { "filter", 'Y', 0, G_OPTION_ARG_STRING, &options->filter, NULL, NULL },
    { "field", 'e', 0, G_OPTION_ARG_STRING_ARRAY, &options->fields, NULL, NULL },
    { "format", 0, 0, G_OPTION_ARG_CALLBACK, parse_format, NULL, NULL },
    { "time", 't', 0, G_OPTION_ARG_STRING, &time, NULL, NULL },
    { "absolute", 0, 0, G_OPTION_ARG_NONE, &options->absolute_sequence_numbers, NULL, NULL },
    { "body-sha256", 0, 0, G_OPTION_ARG_NONE, &options->body_sha256, NULL, NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, NULL, NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  GOptionGroup *group = g_option_group_new ("", "", "", options, NULL);

  g_option_group_add_entries (group, entries);
  g_option_context_set_main_group (context, group);
  g_option_context_set_help_enabled (context, FALSE);
  *status = LEC_EXIT_FAILED;
  if (!g_option_context_parse (context, &argc, &argv, &error) || (time && !parse_time ("-t", time, options, &error))) {
    lec_cli_complain ("%s", error->message);
    return FALSE;
  }
  if (help || version) {
    *status = LEC_EXIT_WHOLE;
    if (help)
      print_help (stdout);
    else
      printf ("lectern-cli %s\n", LECTERN_VERSION);
    return FALSE;
  }
  if (!words || !words[0]) {
    print_help (stderr);
    return FALSE;
  }
  options->command = find_command (words[0]);
  if (!options->command) {
    lec_cli_complain (_ ("“%s” is no command; lectern-cli --help lists them"), words[0]);
    return FALSE;
  }
  return check_options (options, time != NULL) && take_words (options, words + 1);
}

void
lec_options_clear (LecOptions *options)
{
  g_free (options->file);
  g_free (options->prefix);
  g_free (options->filter);
  g_strfreev (options->fields);
}
