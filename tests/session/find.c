/* Finding: text in details, text in every encoding and bytes in hex among bytes, also where a message goes on in
 * another frame. */
#include <glib/gstdio.h>
#include <string.h>

#include "session/session.h"
#include "trace/writer.h"

static LecSession *
open_path (const char *path)
{
  g_autoptr (GError) error = NULL;
  LecSession *session = lec_session_open (path, &error);

  g_assert_no_error (error);
  lec_session_wait (session);
  return session;
}

static LecSession *
open_sample (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("LECTERN_SAMPLES"), name, NULL);

  return open_path (path);
}

/* Numbers of the frames where TEXT is found, parted by spaces. */
static char *
find (LecSession *session, LecFindWhere where, const char *text)
{
  g_autoptr (LecFindQuery) query = lec_find_query_new (where, text);
  g_autoptr (LecMatches) matches = lec_session_find (session, query, 1, NULL, NULL);
  g_autoptr (GString) frames = g_string_new (NULL);
  uint32_t frame = 0, end;

  lec_session_wait (session);
  lec_session_dispatch (session);
  g_assert_true (lec_matches_finished (matches));
  end = lec_matches_done (matches);
  while ((frame = lec_bitmap_next (lec_matches_bitmap (matches), frame + 1, end)) != G_MAXUINT32)
    g_string_append_printf (frames, "%s%u", frames->len ? " " : "", frame);
  return g_strdup (frames->str);
}

/* What frames carry behind an Ethernet header of a type that nobody knows. */
static const struct {
  const char *bytes;
  unsigned n_bytes;
} payloads[] = {
  { "GR\xc3\x96SSE", 7 },                               /* 1: GRÖSSE in UTF-8 */
  { "gr\xf6sse", 6 },                                   /* 2: in Latin-1 */
  { "g\0r\0\xf6\0s\0s\0e\0", 12 },                      /* 3: in UTF-16LE */
  { "\0G\0R\0\xd6\0S\0S\0E", 12 },                      /* 4: in UTF-16BE */
  { "gr\xc3\xb8sse", 7 },                               /* 5: grøsse is another word */
  { "line\r\n\r\n", 8 },                                /* 6 */
  { "a text that says 0d 0a, and not what it is", 42 }, /* 7 */
};

static LecSession *
open_payloads (void)
{
  static const uint8_t header[14] = { 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x88, 0xb5 };
  g_auto (Writer) writer = writer_new (FALSE);

  pcap_header (&writer, 0xa1b2c3d4, 65535, 1);
  for (unsigned i = 0; i < G_N_ELEMENTS (payloads); i++) {
    put_u32 (&writer, 1);
    put_u32 (&writer, i);
    put_u32 (&writer, sizeof header + payloads[i].n_bytes);
    put_u32 (&writer, sizeof header + payloads[i].n_bytes);
    put_bytes (&writer, header, sizeof header);
    put_bytes (&writer, payloads[i].bytes, payloads[i].n_bytes);
  }
  g_autofree char *path = writer_save (&writer, "find.pcap");
  LecSession *session = open_path (path);
  g_remove (path);
  return session;
}

static void
test_bytes (void)
{
  static const struct {
    const char *text;
    const char *frames;
  } searches[] = {
    { "gr\xc3\xb6sse", "1 2 3 4" },
    { "GR\xc3\x96SSE", "1 2 3 4" },
    { "sse", "1 2 3 4 5" },
    { "Gr\xc3\xb8SSE", "5" },
    { "0d 0a 0d 0a", "6" },
    { "0D:0A", "6" },
    { "0d 0a", "6 7" },
    { "0x0d0a0d0a", "6" },
    { "$[0d0a0d]", "6" },
    { "$[0d 0a 0d]", "6" },
    /* An odd digit is no byte. */
    { "0x0d0", "" },
    { "\xe2\x82\xac", "" },
  };
  g_autoptr (LecSession) session = open_payloads ();

  for (unsigned i = 0; i < G_N_ELEMENTS (searches); i++) {
    g_autofree char *frames = find (session, LEC_FIND_BYTES, searches[i].text);

    if (!g_str_equal (frames, searches[i].frames)) {
      g_test_message ("%s: %s, not %s", searches[i].text, frames, searches[i].frames);
      g_test_fail ();
    }
  }
}

/* The eight bytes around the place where the message that begins in frame 25 goes on in another frame. */
static char *
dup_seam (LecSession *session)
{
  g_autoptr (LecTree) tree = lec_session_dup_tree (session, 25, FALSE);
  const LecTreeSource *source = lec_tree_source (tree, lec_tree_n_sources (tree) - 1);
  g_autoptr (GString) hex = g_string_new ("$[");

  g_assert_cmpuint (source->n_pieces, >, 1);
  for (unsigned i = 0; i < 8; i++)
    g_string_append_printf (hex, "%02x", source->bytes.data[source->pieces[0].length - 4 + i]);
  g_string_append_c (hex, ']');
  return g_strdup (hex->str);
}

static void
test_seams (void)
{
  g_autoptr (LecSession) session = open_sample ("landing-page.pcapng");
  g_autofree char *seam = dup_seam (session), *frames = find (session, LEC_FIND_BYTES, seam);

  g_assert_cmpstr (frames, ==, "25");
}

static void
test_details (void)
{
  static const struct {
    const char *text;
    const char *frames;
  } searches[] = {
    /* A value, a field's name, and what is in neither. */
    { "lectern-LAB/1", "18 22 24 31" },
    { "whole address", "18 22 24 31" },
    { "no field says so", "" },
  };
  g_autoptr (LecSession) session = open_sample ("landing-page.pcapng");

  for (unsigned i = 0; i < G_N_ELEMENTS (searches); i++) {
    g_autofree char *frames = find (session, LEC_FIND_DETAILS, searches[i].text);

    g_assert_cmpstr (frames, ==, searches[i].frames);
  }
}

/* What is found in a frame's details is found in its tree, and where nothing is found, not. */
static void
test_trees_agree (void)
{
  g_autoptr (LecSession) session = open_sample ("redirect.pcap");
  g_autoptr (LecFindQuery) query = lec_find_query_new (LEC_FIND_DETAILS, "location");
  g_autoptr (LecMatches) matches = lec_session_find (session, query, 1, NULL, NULL);

  lec_session_wait (session);
  lec_session_dispatch (session);
  g_assert_cmpuint (lec_matches_count (matches), >, 0);
  for (uint32_t frame = 1; frame < lec_matches_done (matches); frame++) {
    g_autoptr (LecTree) tree = lec_session_dup_tree (session, frame, FALSE);
    gboolean found = FALSE;

    for (unsigned i = 0; i < lec_tree_n_nodes (tree); i++)
      found |= lec_find_query_is_in_node (query, lec_tree_node (tree, i));
    g_assert_cmpint (found, ==, lec_bitmap_get (lec_matches_bitmap (matches), frame));
  }
}

/* Begun in the middle, the search knows that place first, and ends with the same. */
static void
test_from_the_middle (void)
{
  g_autoptr (LecSession) session = open_sample ("landing-page.pcapng");
  g_autoptr (LecFindQuery) query = lec_find_query_new (LEC_FIND_DETAILS, "time to live");
  g_autofree char *all = find (session, LEC_FIND_DETAILS, "time to live");

  for (uint32_t place = 1; place <= lec_index_n_frames (lec_session_index (session)); place += 11) {
    g_autoptr (LecMatches) matches = lec_session_find (session, query, place, NULL, NULL);

    lec_session_wait (session);
    lec_session_dispatch (session);
    g_assert_true (lec_matches_finished (matches));
    g_assert_cmpuint (lec_matches_first (matches), ==, 1);
    g_auto (GStrv) numbers = g_strsplit (all, " ", -1);
    g_assert_cmpuint (lec_matches_count (matches), ==, g_strv_length (numbers));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/find/bytes", test_bytes);
  g_test_add_func ("/find/seams", test_seams);
  g_test_add_func ("/find/details", test_details);
  g_test_add_func ("/find/from-the-middle", test_from_the_middle);
  g_test_add_func ("/find/trees-agree", test_trees_agree);
  return g_test_run ();
}
