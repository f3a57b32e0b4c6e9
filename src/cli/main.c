#include <glib/gi18n-lib.h>
#include <locale.h>

#include "cli/cli.h"

const LecCommand lec_commands[] = {
  { "frames", "FILE [-Y FILTER] [-e FIELD]…", N_ ("A line a frame: the default columns, or the fields that -e names"),
    LEC_TAKES_FILE | LEC_TAKES_FILTER | LEC_TAKES_FIELDS | LEC_TAKES_TIME | LEC_TAKES_ABSOLUTE, lec_cli_frames },
  { "messages", "FILE [-Y FILTER]", N_ ("The message list as the window shows it, parts indented"),
    LEC_TAKES_FILE | LEC_TAKES_FILTER | LEC_TAKES_TIME | LEC_TAKES_ABSOLUTE, lec_cli_messages },
  { "show", "FILE NUMBER", N_ ("The details tree of a frame, with bit offsets, lengths and values"),
    LEC_TAKES_FILE | LEC_TAKES_NUMBER | LEC_TAKES_ABSOLUTE, lec_cli_show },
  { "verdicts", "FILE [-Y FILTER]", N_ ("A line a verdict: frame, kind, confidence, related frames, the sentence"),
    LEC_TAKES_FILE | LEC_TAKES_FILTER, lec_cli_verdicts },
  { "conversations", "FILE", N_ ("A line a conversation: ends, outcome, counts, times"), LEC_TAKES_FILE,
    lec_cli_conversations },
  { "operations", "FILE [--body-sha256]", N_ ("A line an operation: request, response, and the frames that hold them"),
    LEC_TAKES_FILE | LEC_TAKES_BODIES, lec_cli_operations },
  { "summary", "FILE", N_ ("The trace as a whole, and what reading it cost"), LEC_TAKES_FILE, lec_cli_summary },
  { "fields", "[PREFIX]", N_ ("The fields that filters and -e know"), LEC_TAKES_PREFIX, lec_cli_fields },
  { NULL },
};

int
main (int argc, char **argv)
{
  LecOptions options = { 0 };
  LecExit status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LECTERN_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  if (lec_options_parse (&options, argc, argv, &status))
    status = options.command->run (&options);
  lec_options_clear (&options);
  return status;
}
