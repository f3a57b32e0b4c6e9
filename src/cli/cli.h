/* lectern-cli's parts: the table of commands, what a command line says, and the trace it is about. One thread. */
#pragma once

#include "cli/table.h"
#include "session/rows.h"

G_BEGIN_DECLS

/* How lectern-cli ends. */
typedef enum {
  LEC_EXIT_WHOLE = 0,
  LEC_EXIT_DAMAGED = 1, /* what was readable was printed, the damage told on standard error */
  LEC_EXIT_FAILED = 2,  /* it could not be opened, or the command line or the filter is wrong */
} LecExit;

/* What a command takes. */
typedef enum {
  LEC_TAKES_FILE = 1 << 0,
  LEC_TAKES_NUMBER = 1 << 1, /* a frame's number behind the file */
  LEC_TAKES_PREFIX = 1 << 2, /* an optional word */
  LEC_TAKES_FILTER = 1 << 3, /* -Y */
  LEC_TAKES_FIELDS = 1 << 4, /* -e */
  LEC_TAKES_TIME = 1 << 5,   /* -t */
  LEC_TAKES_ABSOLUTE = 1 << 6,
  LEC_TAKES_BODIES = 1 << 7, /* --body-sha256 */
} LecTakes;

typedef struct LecCommand LecCommand;

/* A command line that was understood. Owned by main(); texts are borrowed from it. */
typedef struct {
  const LecCommand *command;
  char *file;    /* in the file system's encoding */
  char *prefix;  /* or NULL */
  char *filter;  /* or NULL */
  char **fields; /* or NULL */
  uint32_t frame;
  LecFormat format;
  gboolean format_given;
  LecTimeFormat time_format;
  gboolean absolute_sequence_numbers;
  gboolean body_sha256;
} LecOptions;

struct LecCommand {
  const char *name;
  const char *arguments;   /* as the help shows them */
  const char *description; /* N_() */
  unsigned takes;          /* LecTakes */
  LecExit (*run) (const LecOptions *options);
};

/* Ended by a NULL name. */
extern const LecCommand lec_commands[];

/* FALSE where the command line is wrong, or asks for help: STATUS then says how to end. */
gboolean lec_options_parse (LecOptions *options, int argc, char **argv, LecExit *status);
void lec_options_clear (LecOptions *options);

/* Writes a line to standard error, with the program's name before it. */
void lec_cli_complain (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* A trace that was read to its end, and the frames of it that pass the filter. */
typedef struct {
  LecSession *session;
  LecIndex *index;
  LecFrameReader *reader;
  LecReplayStream *replays; /* the reader's */
  LecBitmap *matches;       /* NULL = all */
  uint32_t n_frames;
} LecCliTrace;

/* Opens the file, waits until it is read, and runs the filter. Where FALSE, the reason was told. */
gboolean lec_cli_trace_open (LecCliTrace *trace, const LecOptions *options);
/* The next frame from FROM on that passes the filter, 0 = none. */
uint32_t lec_cli_trace_next (const LecCliTrace *trace, uint32_t from);
/* Tells the damage, if any, and frees. */
LecExit lec_cli_trace_close (LecCliTrace *trace);
/* The same for an index without a session. */
LecExit lec_cli_tell_damage (const LecTrace *trace, const char *file);

LecExit lec_cli_frames (const LecOptions *options);
LecExit lec_cli_messages (const LecOptions *options);
LecExit lec_cli_show (const LecOptions *options);
LecExit lec_cli_verdicts (const LecOptions *options);
LecExit lec_cli_conversations (const LecOptions *options);
LecExit lec_cli_operations (const LecOptions *options);
LecExit lec_cli_summary (const LecOptions *options);
LecExit lec_cli_fields (const LecOptions *options);

G_END_DECLS
