/* One frame being dissected: the state that its protocols share.
 *
 * A protocol's dissect() reads its header from a reader, announces fields to the sink with the lec_add_ family, fills
 * `head` where it is one of the lower layers, hands the rest to the next protocol, and, where nobody above it did, sets
 * the summary. It keeps nothing: everything that lasts over frames comes from LecSurroundings. One thread at a time. */
#pragma once

#include "base/limits.h"
#include "protocol/head.h"
#include "protocol/sink.h"
#include "trace/trace.h"

G_BEGIN_DECLS

struct LecProtocol {
  LecProtocolId id;
  const char *name;          /* Wireshark's filter name: "tcp" */
  const char *module;        /* what the Module column says: "TCP" */
  const char *analyzer_name; /* Message Analyzer's module where it differs ("IPv4"), else NULL */
  const char *label;         /* N_("Transmission Control Protocol") */
  /* fields[0] is the protocol's own node, of LEC_TYPE_PROTOCOL and with `name` as its name; ended by a NULL name. */
  const LecField *fields;
  const LecAlias *aliases; /* or NULL */
  void (*dissect) (LecDissection *dissection, LecReader *reader);
};

/* What is known of a TCP or UDP conversation at a frame; side 0 is the one that opened it, where that is known. */
typedef struct {
  uint32_t conversation; /* index in the conversation table */
  uint32_t stream;       /* counts TCP and UDP conversations apart, from 0, as tcp.stream and udp.stream */
  uint8_t side;          /* this frame is sent by: 0 or 1 */
  uint8_t application;   /* LecProtocolId recognised by content, or LEC_PROTOCOL_DATA */
  gboolean sequence_known[2];
  uint32_t first_sequence[2]; /* what relative sequence number 0 stands for, per side */
  uint16_t tls_version;       /* that the server chose (see lec_tls_server_version()), 0 = not known */
  int8_t window_shift[2];     /* −1 unknown (handshake not seen), −2 not used; by sender of the window */
} LecStreamFacts;

/* An application message that begins in a frame. */
typedef struct {
  uint32_t frame_offset; /* of its first byte in the frame's transport payload */
  uint64_t length;       /* of the whole message as far as known, 0 = unknown */
  uint32_t sequence;     /* TCP sequence number of its first byte */
  gboolean is_response;
  uint32_t partner_frame; /* the request's or response's first frame, 0 = none */
  int64_t elapsed_ns;     /* from the request's first byte to the response's, −1 = no partner */
} LecMessageFacts;

/* What a dissection may ask about the rest of the trace. Implemented by src/analysis; all members may be NULL and all
 * functions may answer FALSE or 0: a frame is then dissected as if it stood alone. */
typedef struct LecSurroundings LecSurroundings;
struct LecSurroundings {
  gboolean (*stream) (LecSurroundings *surroundings, uint32_t frame, LecStreamFacts *facts);
  /* Messages that begin in FRAME, at most SIZE; returns their number. */
  unsigned (*messages) (LecSurroundings *surroundings, uint32_t frame, LecMessageFacts *messages, unsigned size);
  /* Offset in FRAME's transport payload at which the first TLS record begins; FALSE: none begins here. */
  gboolean (*record_start) (LecSurroundings *surroundings, uint32_t frame, uint32_t *offset);
  /* Puts together up to LENGTH bytes of the stream that FRAME belongs to, in its direction, from OFFSET in its payload
   * on. *MISSING says how many bytes in between were never captured (filled with zeros). PIECES is to be freed by
   * g_array_unref (of LecPiece); bytes live as long as the surroundings' current frame. */
  LecBytes (*stream_bytes) (LecSurroundings *surroundings, uint32_t frame, uint32_t offset, uint64_t length,
                            GArray **pieces, uint64_t *missing);
  /* The datagram that FRAME's fragment completes (its IP payload); FALSE where it completes none. *COMPLETED_IN says
   * which frame completes the datagram this fragment belongs to (0 = none does). */
  gboolean (*datagram) (LecSurroundings *surroundings, uint32_t frame, LecBytes *bytes, GArray **pieces,
                        uint32_t *completed_in);
  /* The earlier frame in which the message began that FRAME's payload goes on with; 0 = none, or not known. */
  uint32_t (*begun_in) (LecSurroundings *surroundings, uint32_t frame);
  /* For a DNS, ICMP echo or similar message: the partner's frame, 0 = none. */
  uint32_t (*partner) (LecSurroundings *surroundings, uint32_t frame);
  /* Adds the verdicts about FRAME and its operation below the protocol being dissected. */
  void (*verdicts) (LecSurroundings *surroundings, LecDissection *dissection, uint32_t frame);
  /* Adds how FRAME's TCP conversation stands there, likewise, where the sink wants it and it is at hand. */
  void (*replay) (LecSurroundings *surroundings, LecDissection *dissection, uint32_t frame);
  /* The name the trace gives to an address (4 or 16 bytes), or NULL; borrowed. */
  const char *(*name_of) (LecSurroundings *surroundings, const uint8_t *address, unsigned address_bytes);
  /* Times of FRAME's predecessor and of the trace's first frame, nanoseconds; FALSE for the first. */
  gboolean (*times) (LecSurroundings *surroundings, uint32_t frame, int64_t *previous_ns, int64_t *first_ns);
  /* The time of another frame; FALSE where it is not known. */
  gboolean (*time_of) (LecSurroundings *surroundings, uint32_t frame, int64_t *time_ns);
  gboolean absolute_sequence_numbers;
};

/* One layer met, from the link up. Summaries are only made when asked for. */
typedef struct {
  const LecProtocol *protocol;
  LecSpan span;
  uint32_t whole_bits; /* from the span's first bit on, all that the layer was given: header and payload */
  char *summary;       /* NULL = none made */
  gboolean quoted;     /* stands in a packet that an ICMP error quotes */
} LecLayer;

/* Room for frame.protocols; what does not fit is left off. */
#define LEC_PATH_BYTES 256u

struct LecDissection {
  LecSink *sink;
  LecSurroundings *surroundings; /* or NULL */
  /* The frame. */
  uint32_t frame; /* number, from 1; 0 = not one of a trace */
  int64_t time_ns;
  uint32_t captured_bytes;
  uint32_t original_bytes;
  uint32_t section;   /* of the trace, from 1; 0: the format has none (pcap) */
  uint32_t interface; /* number in its section; G_MAXUINT32: the format has none */
  uint16_t link_type;
  uint8_t fcs_bytes;
  gboolean outbound;          /* sent by the machine that captured it */
  const char *interface_name; /* or NULL; borrowed, as the next two */
  const char *interface_description;
  const LecNotes *notes; /* what the trace notes beside this frame, or NULL; borrowed */
  /* What the layers tell each other. */
  LecHead head;
  LecStreamFacts stream;
  gboolean has_stream;
  uint32_t pseudo_header_sum; /* of the IP addresses and the protocol, for the checksums above: see ip-checksum.h */
  gboolean has_pseudo_header;
  gboolean quoted;      /* inside an ICMP error's quoted packet: head and streams are left alone */
  uint16_t source;      /* the source of bytes that fields now come from */
  uint32_t whole_bytes; /* of that source, before the first that were never captured; 0 = all are there */
  uint16_t n_sources;
  uint32_t n_fields;
  unsigned path_length;
  char path[LEC_PATH_BYTES]; /* what frame.protocols will say so far */
  unsigned n_layers;
  LecLayer layers[LEC_LIMIT_LAYERS];
  /* Summaries: of no layer, of the topmost only, or of all. */
  enum { LEC_SUMMARY_NONE, LEC_SUMMARY_TOP, LEC_SUMMARY_ALL } summaries;
  GString *scratch; /* for texts; owned by whoever runs the dissection, who may leave it NULL: then it is made here */
  gboolean scratch_is_own;
  GPtrArray *owned;    /* memory that lives as long as the dissection: see lec_dissection_own() */
  unsigned n_unopened; /* nodes that the limit of fields kept from being opened, so that close() finds its match */
};

/* Runs the frame's link layer and all above it. BYTES is the record's. The caller clears `dissection` first, sets the
 * members of the frame, the sink, the surroundings and `summaries`, and afterwards calls lec_dissection_clear(). */
void lec_dissect_frame_bytes (LecDissection *dissection, const uint8_t *bytes);
void lec_dissection_clear (LecDissection *dissection);
/* Hands MEMORY (of g_malloc) over to the dissection, which frees it in the end; returns it. */
void *lec_dissection_own (LecDissection *dissection, void *memory);

/* Runs PROTOCOL over READER inside the current one: pushes a layer, checks the limits, pops nothing (layers stay for
 * the stack). FALSE where the sink does not want it or a limit is reached. */
gboolean lec_dissect_next (LecDissection *dissection, LecProtocolId protocol, LecReader *reader);
/* Names something in frame.protocols that is no layer of its own ("ethertype"). */
void lec_dissection_add_path (LecDissection *dissection, const char *name);
/* The rest of READER as named bytes. */
void lec_dissect_data (LecDissection *dissection, LecReader *reader);

/* FALSE: what is dear to find for FIELD need not be found. */
gboolean lec_wants_field (const LecDissection *dissection, const LecField *field);
/* The same for all that PROTOCOL announces, and those above it. */
gboolean lec_wants_protocol (const LecDissection *dissection, LecProtocolId protocol);

/* Announcing. OFFSET and LENGTH are bytes in READER's source; take OFFSET with lec_reader_offset() before reading.
 * lec_add_x announces a leaf, lec_open_x one that holds those up to lec_close(). */
void lec_add_uint (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length, uint64_t value);
void lec_open_uint (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length, uint64_t value);
/* A bit field: its bits are those of field->mask in the LENGTH bytes at OFFSET that hold WHOLE. */
void lec_add_bits (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length, uint64_t whole);
void lec_add_bytes (LecDissection *dissection, const LecField *field, uint32_t offset, LecBytes bytes);
void lec_open_bytes (LecDissection *dissection, const LecField *field, uint32_t offset, LecBytes bytes);
void lec_add_string (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length,
                     const char *text, gssize text_length);
void lec_open_string (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length,
                      const char *text, gssize text_length);
/* A bit field whose bits count something: its value is theirs times SCALE (the words of a header's length). */
void lec_add_scaled_bits (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length,
                          uint64_t whole, unsigned scale);
/* Read and announced in one: a number of N_BYTES (at most 8) in network order, or LENGTH bytes. Nothing is announced
 * where they are not all there; READER's state then says so, and what is returned is 0 or no bytes. A number is not
 * announced either where something went wrong before it. */
uint64_t lec_take_uint (LecDissection *dissection, LecReader *reader, const LecField *field, unsigned n_bytes);
LecBytes lec_take_bytes (LecDissection *dissection, LecReader *reader, const LecField *field, uint32_t length);
/* A number likewise, and below it those of its bits that the fields behind FIELD in its table stand for, up to LAST. */
void lec_take_flags (LecDissection *dissection, LecReader *reader, const LecField *field, const LecField *last,
                     unsigned n_bytes);
/* With a text of its own in place of the value's. */
void lec_open_uint_text (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length,
                         uint64_t value, const char *format, ...) G_GNUC_PRINTF (6, 7);
void lec_add_uint_text (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length,
                        uint64_t value, const char *format, ...) G_GNUC_PRINTF (6, 7);
/* A group: LEC_TYPE_NONE or LEC_TYPE_PROTOCOL, with a text beside its label (or NULL). */
void lec_open_group (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length,
                     const char *format, ...) G_GNUC_PRINTF (5, 6);
void lec_open_bits (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length, uint64_t whole);
void lec_close (LecDissection *dissection);
/* Computed: not in the bytes. */
void lec_add_computed (LecDissection *dissection, const LecField *field, uint64_t value);
void lec_add_computed_text (LecDissection *dissection, const LecField *field, uint64_t value, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
void lec_add_computed_real (LecDissection *dissection, const LecField *field, double value);
void lec_add_computed_bytes (LecDissection *dissection, const LecField *field, LecBytes bytes);
void lec_add_computed_string (LecDissection *dissection, const LecField *field, const char *text);
/* The reader's state as a field: "cut by the snap length" or "malformed", where it is not OK. */
void lec_add_state (LecDissection *dissection, const LecReader *reader);
/* A new source of bytes, current until the returned former one is set again: dissection->source = former. */
uint16_t lec_add_source (LecDissection *dissection, const char *name, LecBytes bytes, const LecPiece *pieces,
                         unsigned n_pieces);

/* TRUE where the current layer should say its summary: all are wanted, or no layer above it said one. */
gboolean lec_dissection_wants_summary (const LecDissection *dissection, unsigned layer);
void lec_dissection_set_summary (LecDissection *dissection, unsigned layer, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
/* The layer that is being dissected: call first thing in dissect(). */
unsigned lec_dissection_layer (const LecDissection *dissection);

G_END_DECLS
