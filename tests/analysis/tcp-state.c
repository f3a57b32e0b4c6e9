#include "analysis/tcp-state.h"

#include <glib.h>

#include "protocol/head.h"

#define ACK LEC_TCP_ACK
#define SYN LEC_TCP_SYN
#define FIN LEC_TCP_FIN
#define RST LEC_TCP_RST

/* A segment of the first end (0) or the second, and the states with it. */
typedef struct {
  unsigned side;
  LecStateSegment segment;
  LecTcpState states[2];
} Line;

#define SYNS(...)                                                                                                      \
  {                                                                                                                    \
    __VA_ARGS__, .accepted = LEC_DONE_YES                                                                              \
  }
#define BARE                                                                                                           \
  {                                                                                                                    \
    ACK, .acks_syn = true                                                                                              \
  }
#define DATA                                                                                                           \
  {                                                                                                                    \
    ACK, .acks_syn = true, .new_data = true                                                                            \
  }
#define DATA_FIN                                                                                                       \
  {                                                                                                                    \
    ACK | FIN, .acks_syn = true, .new_data = true, .fin_in_order = true                                                \
  }
#define CLOSE                                                                                                          \
  {                                                                                                                    \
    ACK | FIN, .acks_syn = true, .fin_in_order = true                                                                  \
  }
#define BOTH_OPEN                                                                                                      \
  {                                                                                                                    \
    LEC_STATE_ESTABLISHED, LEC_STATE_ESTABLISHED                                                                       \
  }
#define RESETTING                                                                                                      \
  {                                                                                                                    \
    RST, .in_window = true, .at_next = true                                                                            \
  }

static const Line handshake[] = {
  { 0, SYNS (SYN), { LEC_STATE_SYN_SENT, LEC_STATE_SYN_RECEIVED } },
  { 1, SYNS (SYN | ACK, .acks_syn = true), { LEC_STATE_ESTABLISHED, LEC_STATE_SYN_RECEIVED } },
  { 0, BARE, BOTH_OPEN },
};

static void
run (LecTcpEnd ends[2], const Line *lines, unsigned n_lines)
{
  for (unsigned i = 0; i < n_lines; i++) {
    lec_tcp_ends_segment (ends, lines[i].side, &lines[i].segment);
    for (unsigned side = 0; side < 2; side++) {
      const char *found = lec_tcp_state_name (lec_tcp_end_state (&ends[side]));
      const char *expected = lec_tcp_state_name (lines[i].states[side]);
      if (!g_str_equal (found, expected))
        g_error ("segment %u, end %u: %s instead of %s", i + 1, side, found, expected);
    }
  }
}

#define RUN(ends, lines) run (ends, lines, G_N_ELEMENTS (lines))

/* RFC 9293, figures 6 and 12. */
static void
test_open_and_close (void)
{
  static const Line close[] = {
    { 0, DATA, BOTH_OPEN },
    { 0, CLOSE, { LEC_STATE_FIN_WAIT_1, LEC_STATE_CLOSE_WAIT } },
    { 1, { ACK, .acks_syn = true, .acks_fin = true }, { LEC_STATE_FIN_WAIT_2, LEC_STATE_CLOSE_WAIT } },
    { 1,
      { ACK | FIN, .acks_syn = true, .acks_fin = true, .fin_in_order = true },
      { LEC_STATE_TIME_WAIT, LEC_STATE_LAST_ACK } },
    { 0, { ACK, .acks_syn = true, .acks_fin = true }, { LEC_STATE_TIME_WAIT, LEC_STATE_CLOSED } },
  };
  LecTcpEnd ends[2] = { 0 };

  RUN (ends, handshake);
  RUN (ends, close);
}

/* RFC 9293, figure 13: a FIN that crosses another one does not acknowledge it, so its sender had not got it. */
static void
test_simultaneous_close (void)
{
  static const Line close[] = {
    { 0, CLOSE, { LEC_STATE_FIN_WAIT_1, LEC_STATE_CLOSE_WAIT } },
    { 1, CLOSE, { LEC_STATE_CLOSING, LEC_STATE_FIN_WAIT_1 } },
    { 0,
      { ACK, .acks_syn = true, .acks_fin = true, .fin_in_order = true },
      { LEC_STATE_CLOSING, LEC_STATE_TIME_WAIT } },
    { 1,
      { ACK, .acks_syn = true, .acks_fin = true, .fin_in_order = true },
      { LEC_STATE_TIME_WAIT, LEC_STATE_TIME_WAIT } },
  };
  LecTcpEnd ends[2] = { 0 };

  RUN (ends, handshake);
  RUN (ends, close);
}

/* RFC 9293, figure 7. */
static void
test_simultaneous_open (void)
{
  static const Line open[] = {
    { 0, SYNS (SYN), { LEC_STATE_SYN_SENT, LEC_STATE_SYN_RECEIVED } },
    { 1, SYNS (SYN), { LEC_STATE_SYN_RECEIVED, LEC_STATE_SYN_SENT } },
    { 0, SYNS (SYN | ACK, .acks_syn = true), { LEC_STATE_SYN_RECEIVED, LEC_STATE_ESTABLISHED } },
    { 1, SYNS (SYN | ACK, .acks_syn = true), { LEC_STATE_ESTABLISHED, LEC_STATE_SYN_RECEIVED } },
    { 0, BARE, BOTH_OPEN },
  };
  LecTcpEnd ends[2] = { 0 };

  RUN (ends, open);
}

/* Who sends its SYN or FIN once more had no answer to it, whatever passed here. */
static void
test_repeats (void)
{
  static const Line repeats[] = {
    { 0, SYNS (SYN), { LEC_STATE_SYN_SENT, LEC_STATE_SYN_RECEIVED } },
    { 1, SYNS (SYN | ACK, .acks_syn = true), { LEC_STATE_ESTABLISHED, LEC_STATE_SYN_RECEIVED } },
    { 0, SYNS (SYN), { LEC_STATE_SYN_SENT, LEC_STATE_SYN_RECEIVED } },
    { 1, SYNS (SYN | ACK, .acks_syn = true), { LEC_STATE_ESTABLISHED, LEC_STATE_SYN_RECEIVED } },
    { 0, BARE, BOTH_OPEN },
    { 1, SYNS (SYN | ACK, .acks_syn = true), { LEC_STATE_ESTABLISHED, LEC_STATE_SYN_RECEIVED } },
    { 0, BARE, BOTH_OPEN },
    { 0, CLOSE, { LEC_STATE_FIN_WAIT_1, LEC_STATE_CLOSE_WAIT } },
    { 1, { ACK, .acks_syn = true, .acks_fin = true }, { LEC_STATE_FIN_WAIT_2, LEC_STATE_CLOSE_WAIT } },
    { 0, CLOSE, { LEC_STATE_FIN_WAIT_1, LEC_STATE_CLOSE_WAIT } },
  };
  LecTcpEnd ends[2] = { 0 };

  RUN (ends, repeats);
}

/* A FIN behind a hole is not read yet. */
static void
test_fin_behind_hole (void)
{
  static const Line late[] = {
    { 0, { ACK | FIN, .acks_syn = true }, { LEC_STATE_FIN_WAIT_1, LEC_STATE_ESTABLISHED } },
    { 1, BARE, { LEC_STATE_FIN_WAIT_1, LEC_STATE_ESTABLISHED } },
    { 0, { ACK, .acks_syn = true, .fin_in_order = true }, { LEC_STATE_FIN_WAIT_1, LEC_STATE_CLOSE_WAIT } },
  };
  LecTcpEnd ends[2] = { 0 };

  RUN (ends, handshake);
  RUN (ends, late);
}

/* Where the handshake is not in the trace nothing is known until both have sent something new: either might have sent
 * its FIN before. */
static void
test_begun_before (void)
{
  static const Line middle[] = {
    { 1, DATA, { LEC_STATE_UNKNOWN, LEC_STATE_UNKNOWN } },
    { 0, BARE, { LEC_STATE_UNKNOWN, LEC_STATE_UNKNOWN } },
    { 0, DATA, { LEC_STATE_ESTABLISHED, LEC_STATE_ESTABLISHED } },
    { 1, DATA_FIN, { LEC_STATE_CLOSE_WAIT, LEC_STATE_FIN_WAIT_1 } },
  };
  static const Line ending[] = {
    { 0, BARE, { LEC_STATE_UNKNOWN, LEC_STATE_UNKNOWN } },
    { 1, DATA_FIN, { LEC_STATE_UNKNOWN, LEC_STATE_UNKNOWN } },
    { 0, { ACK, .acks_syn = true, .acks_fin = true }, { LEC_STATE_UNKNOWN, LEC_STATE_UNKNOWN } },
    { 0,
      { ACK | FIN, .acks_syn = true, .acks_fin = true, .fin_in_order = true },
      { LEC_STATE_LAST_ACK, LEC_STATE_TIME_WAIT } },
  };
  LecTcpEnd ends[2] = { 0 }, others[2] = { 0 };

  RUN (ends, middle);
  RUN (others, ending);
}

/* Refused; a reset outside the window; one that is sent by who wants to go on with its SYN (figure 9). */
static void
test_resets (void)
{
  static const Line refused[] = {
    { 0, { SYN, .accepted = LEC_DONE_NO }, { LEC_STATE_SYN_SENT, LEC_STATE_CLOSED } },
    { 1, { RST | ACK, .acks_syn = true, .in_window = true, .at_next = true }, { LEC_STATE_CLOSED, LEC_STATE_CLOSED } },
  };
  static const Line forged[] = {
    { 1, { RST, .at_next = true }, { LEC_STATE_ESTABLISHED, LEC_STATE_CLOSED } },
    { 1, DATA, BOTH_OPEN },
    { 1, RESETTING, { LEC_STATE_CLOSED, LEC_STATE_CLOSED } },
  };
  static const Line half_open[] = {
    { 0, { SYN }, { LEC_STATE_SYN_SENT, LEC_STATE_UNKNOWN } },
    { 1, { ACK }, { LEC_STATE_SYN_SENT, LEC_STATE_UNKNOWN } },
    { 0, { RST, .in_window = true }, { LEC_STATE_SYN_SENT, LEC_STATE_CLOSED } },
    { 0, { SYN }, { LEC_STATE_SYN_SENT, LEC_STATE_CLOSED } },
    { 1, { SYN | ACK, .acks_syn = true }, { LEC_STATE_ESTABLISHED, LEC_STATE_SYN_RECEIVED } },
    { 0, RESETTING, { LEC_STATE_CLOSED, LEC_STATE_LISTEN } },
  };
  LecTcpEnd first[2] = { 0 }, second[2] = { 0 }, third[2] = { 0 };

  RUN (first, refused);
  RUN (second, handshake);
  RUN (second, forged);
  RUN (third, half_open);
}

/* Nobody answers: nothing is known of the other end. */
static void
test_silence (void)
{
  static const Line silence[] = {
    { 0, { SYN }, { LEC_STATE_SYN_SENT, LEC_STATE_UNKNOWN } },
    { 0, { SYN }, { LEC_STATE_SYN_SENT, LEC_STATE_UNKNOWN } },
  };
  LecTcpEnd ends[2] = { 0 };

  RUN (ends, silence);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp-state/open-and-close", test_open_and_close);
  g_test_add_func ("/tcp-state/simultaneous-close", test_simultaneous_close);
  g_test_add_func ("/tcp-state/simultaneous-open", test_simultaneous_open);
  g_test_add_func ("/tcp-state/repeats", test_repeats);
  g_test_add_func ("/tcp-state/fin-behind-hole", test_fin_behind_hole);
  g_test_add_func ("/tcp-state/begun-before", test_begun_before);
  g_test_add_func ("/tcp-state/resets", test_resets);
  g_test_add_func ("/tcp-state/silence", test_silence);
  return g_test_run ();
}
