/* The options of a TCP header (RFC 9293 §3.1): kind 1, then, but for kinds 0 and 1, length 1 and content. */
#include <glib/gi18n-lib.h>

#include "protocol/tcp.h"

#define FIELD(name) (&lec_tcp_fields[LEC_TCP_FIELD_##name])

/* Everything about the option being read: its content's reader, and what its neighbours left. */
typedef struct {
  LecDissection *dissection;
  LecHead *head; /* or NULL */
  uint32_t relative;
} Options;

typedef void (*OptionFunc) (Options *options, LecReader *content);

static void
add_mss (Options *options, LecReader *content)
{
  uint32_t offset = lec_reader_offset (content);
  uint16_t mss = lec_read_u16 (content);

  lec_add_uint (options->dissection, FIELD (MSS_VAL), offset, 2, mss);
  if (options->head) {
    options->head->flags |= LEC_HEAD_MSS;
    options->head->mss = mss;
  }
}

static void
add_window_scale (Options *options, LecReader *content)
{
  uint32_t offset = lec_reader_offset (content);
  uint8_t shift = lec_read_u8 (content);

  lec_add_uint (options->dissection, FIELD (WSCALE_SHIFT), offset, 1, shift);
  /* RFC 7323 §2.3: 14 at most. */
  lec_add_computed (options->dissection, FIELD (WSCALE_MULTIPLIER), UINT64_C (1) << MIN (shift, 14));
  if (options->head) {
    options->head->flags |= LEC_HEAD_SCALE;
    options->head->window_shift = MIN (shift, 14);
  }
}

static void
add_sack_permitted (Options *options, LecReader *content)
{
  if (options->head)
    options->head->flags |= LEC_HEAD_SACK_PERMITTED;
}

static void
add_sack (Options *options, LecReader *content)
{
  LecHead *head = options->head;
  unsigned n = 0;

  if (head)
    head->n_sack_blocks = 0;
  for (; lec_reader_left (content) >= 8; n++) {
    uint32_t offset = lec_reader_offset (content);
    uint32_t left = lec_read_u32 (content), right = lec_read_u32 (content);
    lec_add_uint (options->dissection, FIELD (SACK_LE), offset, 4, left - options->relative);
    lec_add_uint (options->dissection, FIELD (SACK_RE), offset + 4, 4, right - options->relative);
    if (head && n < G_N_ELEMENTS (head->sack)) {
      head->flags |= LEC_HEAD_SACK;
      head->sack[n][0] = left;
      head->sack[n][1] = right;
      head->n_sack_blocks = (uint8_t) (n + 1);
    }
  }
  lec_add_computed (options->dissection, FIELD (SACK_COUNT), n);
}

static void
add_timestamps (Options *options, LecReader *content)
{
  uint32_t offset = lec_reader_offset (content);
  uint32_t value = lec_read_u32 (content), echo = lec_read_u32 (content);

  lec_add_uint (options->dissection, FIELD (TSVAL), offset, 4, value);
  lec_add_uint (options->dissection, FIELD (TSECR), offset + 4, 4, echo);
  if (options->head) {
    options->head->flags |= LEC_HEAD_TIMESTAMP;
    options->head->timestamp_value = value;
    options->head->timestamp_echo = echo;
  }
}

static void
add_echo (Options *options, LecReader *content)
{
  uint32_t offset = lec_reader_offset (content);

  lec_add_uint (options->dissection, FIELD (ECHO_VALUE), offset, 4, lec_read_u32 (content));
}

static void
add_connection_count (Options *options, LecReader *content)
{
  uint32_t offset = lec_reader_offset (content);

  lec_add_uint (options->dissection, FIELD (CC_VALUE), offset, 4, lec_read_u32 (content));
}

static void
add_md5 (Options *options, LecReader *content)
{
  uint32_t offset = lec_reader_offset (content);

  lec_add_bytes (options->dissection, FIELD (MD5_DIGEST), offset, lec_read_bytes (content, 16));
}

/* RFC 4782 §3.1: rate 4 bits, TTL difference, nonce. */
static void
add_quick_start (Options *options, LecReader *content)
{
  uint32_t offset = lec_reader_offset (content);
  uint8_t rate = lec_read_u8 (content), difference = lec_read_u8 (content);

  lec_add_bits (options->dissection, FIELD (QS_RATE), offset, 1, rate);
  lec_add_uint (options->dissection, FIELD (QS_TTL_DIFF), offset + 1, 1, difference);
}

/* RFC 5482 §3: a bit that says minutes instead of seconds, and 15 of time. */
static void
add_user_timeout (Options *options, LecReader *content)
{
  uint32_t offset = lec_reader_offset (content);
  uint16_t timeout = lec_read_u16 (content);

  lec_add_bits (options->dissection, FIELD (USER_TIMEOUT_MINUTES), offset, 2, timeout);
  lec_add_bits (options->dissection, FIELD (USER_TIMEOUT_VALUE), offset, 2, timeout);
}

/* RFC 5925 §2.2. */
static void
add_authentication (Options *options, LecReader *content)
{
  uint32_t offset = lec_reader_offset (content);
  uint8_t key = lec_read_u8 (content), next = lec_read_u8 (content);

  lec_add_uint (options->dissection, FIELD (AO_KEYID), offset, 1, key);
  lec_add_uint (options->dissection, FIELD (AO_RNEXTKEYID), offset + 1, 1, next);
  if (lec_reader_left (content))
    lec_add_bytes (options->dissection, FIELD (AO_MAC), offset + 2, lec_read_some (content, G_MAXUINT32));
}

/* RFC 8684 §3: subtype 4 bits, then a layout for each. The keys and tokens with which connections are tied together
 * are told apart; what only carries data is named bytes. */
static void
add_mptcp (Options *options, LecReader *content)
{
  LecDissection *dissection = options->dissection;
  uint32_t offset = lec_reader_offset (content);
  uint32_t length = lec_reader_left (content);
  uint8_t first = lec_read_u8 (content);

  lec_add_bits (dissection, FIELD (MPTCP_SUBTYPE), offset, 1, first);
  if (first >> 4 == 0) {
    lec_add_bits (dissection, FIELD (MPTCP_VERSION), offset, 1, first);
    lec_reader_skip (content, 1);
    if (lec_reader_left (content) >= 8)
      lec_add_uint (dissection, FIELD (MPTCP_SENDKEY), offset + 2, 8, lec_read_u64 (content));
    if (lec_reader_left (content) >= 8)
      lec_add_uint (dissection, FIELD (MPTCP_RECVKEY), offset + 10, 8, lec_read_u64 (content));
  } else if (first >> 4 == 1 && length >= 2) {
    lec_add_uint (dissection, FIELD (MPTCP_ADDRID), offset + 1, 1, lec_read_u8 (content));
    if (length == 10) { /* in a SYN */
      lec_add_uint (dissection, FIELD (MPTCP_RECVTOK), offset + 2, 4, lec_read_u32 (content));
      lec_add_uint (dissection, FIELD (MPTCP_SENDRAND), offset + 6, 4, lec_read_u32 (content));
    }
  } else if (first >> 4 == 3 && length >= 2) {
    lec_add_uint (dissection, FIELD (MPTCP_ADDRID), offset + 1, 1, lec_read_u8 (content));
  }
  if (lec_reader_left (content)) {
    offset = lec_reader_offset (content);
    lec_add_bytes (dissection, FIELD (OPTION_PAYLOAD), offset, lec_read_some (content, G_MAXUINT32));
  }
}

/* RFC 7413 §2: empty where a cookie is asked for. */
static void
add_fast_open (Options *options, LecReader *content)
{
  uint32_t offset = lec_reader_offset (content);

  if (lec_reader_left (content))
    lec_add_bytes (options->dissection, FIELD (TFO_COOKIE), offset, lec_read_some (content, G_MAXUINT32));
  else
    lec_add_computed (options->dissection, FIELD (TFO_REQUEST), 0);
}

/* RFC 6994 §2: the first 2 bytes name the experiment. */
static void
add_experiment (Options *options, LecReader *content)
{
  uint32_t offset = lec_reader_offset (content);

  lec_add_uint (options->dissection, FIELD (EXPERIMENT_ID), offset, 2, lec_read_u16 (content));
  if (lec_reader_left (content))
    lec_add_bytes (options->dissection, FIELD (OPTION_PAYLOAD), offset + 2, lec_read_some (content, G_MAXUINT32));
}

static void
add_unknown (Options *options, LecReader *content)
{
  uint32_t offset = lec_reader_offset (content);

  if (lec_reader_left (content))
    lec_add_bytes (options->dissection, FIELD (OPTION_PAYLOAD), offset, lec_read_some (content, G_MAXUINT32));
}

/* Lengths with kind and length themselves; an option outside of them is shown by its bytes only. */
static const struct {
  uint8_t kind;
  uint8_t shortest;
  uint8_t longest;
  uint8_t field;
  OptionFunc add;
} kinds[] = {
  { 2, 4, 4, LEC_TCP_FIELD_OPTION_MSS, add_mss },
  { 3, 3, 3, LEC_TCP_FIELD_OPTION_WSCALE, add_window_scale },
  { 4, 2, 2, LEC_TCP_FIELD_OPTION_SACK_PERM, add_sack_permitted },
  { 5, 10, 38, LEC_TCP_FIELD_OPTION_SACK, add_sack },
  { 6, 6, 6, LEC_TCP_FIELD_OPTION_ECHO, add_echo },
  { 7, 6, 6, LEC_TCP_FIELD_OPTION_ECHO_REPLY, add_echo },
  { 8, 10, 10, LEC_TCP_FIELD_OPTION_TIMESTAMP, add_timestamps },
  { 11, 6, 6, LEC_TCP_FIELD_OPTION_CC, add_connection_count },
  { 12, 6, 6, LEC_TCP_FIELD_OPTION_CC_NEW, add_connection_count },
  { 13, 6, 6, LEC_TCP_FIELD_OPTION_CC_ECHO, add_connection_count },
  { 19, 18, 18, LEC_TCP_FIELD_OPTION_MD5, add_md5 },
  { 27, 8, 8, LEC_TCP_FIELD_OPTION_QS, add_quick_start },
  { 28, 4, 4, LEC_TCP_FIELD_OPTION_USER_TIMEOUT, add_user_timeout },
  { 29, 4, 40, LEC_TCP_FIELD_OPTION_AO, add_authentication },
  { 30, 3, 40, LEC_TCP_FIELD_OPTION_MPTCP, add_mptcp },
  { 34, 2, 18, LEC_TCP_FIELD_OPTION_TFO, add_fast_open },
  { 172, 2, 11, LEC_TCP_FIELD_OPTION_ACC_ECN, add_unknown },
  { 174, 2, 11, LEC_TCP_FIELD_OPTION_ACC_ECN, add_unknown },
  { 253, 4, 40, LEC_TCP_FIELD_OPTION_EXPERIMENTAL, add_experiment },
  { 254, 4, 40, LEC_TCP_FIELD_OPTION_EXPERIMENTAL, add_experiment },
};

static void
add_option (Options *options, uint8_t kind, LecReader *option)
{
  LecDissection *dissection = options->dissection;
  uint32_t offset = lec_reader_offset (option);
  const LecField *field = FIELD (OPTION_UNKNOWN);
  OptionFunc add = add_unknown;

  for (unsigned i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (kinds[i].kind == kind && option->captured >= kinds[i].shortest && option->captured <= kinds[i].longest) {
      field = &lec_tcp_fields[kinds[i].field];
      add = kinds[i].add;
    }
  }
  lec_open_bytes (dissection, field, offset, (LecBytes){ option->bytes, option->captured });
  lec_add_uint (dissection, FIELD (OPTION_KIND), offset, 1, kind);
  lec_add_uint (dissection, FIELD (OPTION_LEN), offset + 1, 1, option->captured);
  lec_reader_skip (option, 2);
  add (options, option);
  lec_close (dissection);
}

void
lec_tcp_options (LecDissection *dissection, LecReader *reader, uint32_t relative, LecHead *head)
{
  Options options = { dissection, head, relative };

  lec_open_bytes (dissection, FIELD (OPTIONS), lec_reader_offset (reader),
                  (LecBytes){ reader->bytes, reader->captured });
  while (lec_reader_left (reader)) {
    uint32_t offset = lec_reader_offset (reader);
    LecReader ahead = *reader;
    uint8_t kind = lec_read_u8 (&ahead);
    uint32_t length = kind < 2 ? 1 : lec_read_u8 (&ahead);
    if (ahead.state || length > lec_reader_left (reader) || (kind >= 2 && length < 2)) {
      /* The sender's own lengths do not fit: nothing behind here can be told apart any more. */
      reader->state |= LEC_READ_MALFORMED;
      break;
    }
    LecReader option = lec_reader_take (reader, length);
    if (kind >= 2) {
      add_option (&options, kind, &option);
      continue;
    }
    lec_open_bytes (dissection, kind ? FIELD (OPTION_NOP) : FIELD (OPTION_EOL), offset, (LecBytes){ option.bytes, 1 });
    lec_add_uint (dissection, FIELD (OPTION_KIND), offset, 1, kind);
    lec_close (dissection);
    /* The list is over; zeros up to the header's end say so again. */
    if (!kind && lec_reader_peek (reader, 0))
      break;
  }
  lec_add_state (dissection, reader);
  lec_close (dissection);
}
