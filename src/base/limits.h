/* Every limit that keeps a hostile trace from taking memory or time without bound, in one place.
 * What exceeds one is reported where it happens; the rest of the trace still shows. */
#pragma once

/* One record of a trace: larger than any link's frame, as libpcap's own MAXIMUM_SNAPLEN. */
#define LEC_LIMIT_FRAME_BYTES 262144u
/* One pcapng block, options included. */
#define LEC_LIMIT_BLOCK_BYTES (16u * 1024 * 1024)
/* Interfaces in all sections of a trace: what fits the index's 16 bits. */
#define LEC_LIMIT_INTERFACES 65535u
/* What a trace says about itself: comments and writers of its sections, and its tables of names. */
#define LEC_LIMIT_DESCRIPTION_BYTES (1024u * 1024)
#define LEC_LIMIT_NAMES_BYTES       (64u * 1024 * 1024)
/* Frames in a trace; the toolkit's own list ends near 119 million rows. */
#define LEC_LIMIT_FRAMES 0xfffffff0u
/* Layers in one frame: beyond this is a loop or an attack. */
#define LEC_LIMIT_LAYERS 32u
/* Fields announced for one frame. */
#define LEC_LIMIT_FIELDS 100000u
/* Compression pointers followed in one DNS name (RFC 1035 §4.1.4 sets no bound). */
#define LEC_LIMIT_DNS_POINTERS 64u
/* An IP datagram put together from fragments (RFC 791 §3.1: the total length has 16 bits). */
#define LEC_LIMIT_DATAGRAM_BYTES 65535u
/* Fragments of one datagram, and datagrams waiting for a fragment at once. */
#define LEC_LIMIT_FRAGMENTS 8192u
#define LEC_LIMIT_DATAGRAMS 1024u
/* Segments kept per direction while they wait for a hole before them to be filled. */
#define LEC_LIMIT_WAITING_SEGMENTS 1024u
/* Holes in one direction of a connection that are open at once, and retransmissions that are watched. */
#define LEC_LIMIT_HOLES   1024u
#define LEC_LIMIT_RESENDS 1024u
/* Segments remembered per direction so that a retransmission can name its original. */
#define LEC_LIMIT_KNOWN_SEGMENTS 65536u
/* Frames of one connection that are gone through with a result for each, round trips of a side of which the median is
 * taken (more are thinned out), and bytes of results that are kept for the next time. */
#define LEC_LIMIT_REPLAY_STEPS       (4u * 1024 * 1024)
#define LEC_LIMIT_ROUND_TRIPS        (1024u * 1024)
#define LEC_LIMIT_REPLAY_CACHE_BYTES (64u * 1024 * 1024)
/* The start line and headers of one HTTP message. */
#define LEC_LIMIT_HTTP_HEAD_BYTES (256u * 1024)
/* Bytes of one message put together for the details tree and the byte pane. */
#define LEC_LIMIT_MESSAGE_BYTES (16u * 1024 * 1024)
/* Frames looked at when the bytes of one message are gathered. */
#define LEC_LIMIT_MESSAGE_FRAMES 65536u
/* Addresses that get a name from the trace. */
#define LEC_LIMIT_NAMED_ADDRESSES 65536u
/* The text of a filter, and how deep it may nest: the parser recurses once per level. */
#define LEC_LIMIT_FILTER_BYTES   65536u
#define LEC_LIMIT_FILTER_NESTING 100u
/* A text that is no filter, and is tried as a phrase. */
#define LEC_LIMIT_FREE_FORM_BYTES 2048u
/* Values that one expression of a filter yields for a frame, and steps that a regular expression may take over one. */
#define LEC_LIMIT_FILTER_VALUES 65536u
#define LEC_LIMIT_REGEX_STEPS   1000000u
/* Bytes of field values that a filter holds of one frame. */
#define LEC_LIMIT_FILTER_VALUE_BYTES (64u * 1024 * 1024)
/* Values of a field that occur in a trace, for a list of them: so many are listed, of so many bytes at most; and so
 * many frames are dissected to find them. */
#define LEC_LIMIT_LISTED_VALUES       256u
#define LEC_LIMIT_LISTED_VALUE_BYTES  64u
#define LEC_LIMIT_LISTED_VALUE_FRAMES 20000u
