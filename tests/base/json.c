#include "base/json.h"

#include <math.h>

static void
test_structure (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  LecJson json = lec_json (text);

  lec_json_open_object (&json, NULL);
  lec_json_add_uint (&json, "frame", 18446744073709551615u);
  lec_json_add_int (&json, "shift", -9223372036854775807 - 1);
  lec_json_open_array (&json, "related");
  lec_json_close_array (&json);
  lec_json_open_array (&json, "pairs");
  for (unsigned i = 0; i < 2; i++) {
    lec_json_open_object (&json, NULL);
    lec_json_add_uint (&json, "of", i);
    lec_json_close_object (&json);
  }
  lec_json_close_array (&json);
  lec_json_add_boolean (&json, "certain", TRUE);
  lec_json_add_null (&json, "first");
  lec_json_add_string (&json, "cause", NULL, -1);
  lec_json_close_object (&json);
  g_assert_cmpstr (text->str, ==,
                   "{\"frame\":18446744073709551615,\"shift\":-9223372036854775808,\"related\":[],"
                   "\"pairs\":[{\"of\":0},{\"of\":1}],\"certain\":true,\"first\":null,\"cause\":null}");
}

/* A locale with a decimal comma must not leak into JSON; what JSON has no number for is null. */
static void
test_reals (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  LecJson json = lec_json (text);

  lec_json_open_array (&json, NULL);
  lec_json_add_real (&json, NULL, 0.030222678, 9);
  lec_json_add_real (&json, NULL, -1.5, 1);
  lec_json_add_real (&json, NULL, INFINITY, 3);
  lec_json_add_real (&json, NULL, NAN, 3);
  lec_json_close_array (&json);
  g_assert_cmpstr (text->str, ==, "[0.030222678,-1.5,null,null]");
}

/* RFC 8259 §7 and §8.1: what must be escaped is, and what is no UTF-8 does not reach the reader. */
static void
test_strings (void)
{
  static const struct {
    const char *value;
    gssize length;
    const char *written;
  } cases[] = {
    { "plain", -1, "\"plain\"" },
    { "", -1, "\"\"" },
    { "cut here", 3, "\"cut\"" },
    { "a\"b\\c", -1, "\"a\\\"b\\\\c\"" },
    { "line\r\n\tnext", -1, "\"line\\r\\n\\tnext\"" },
    { "\x01\x1b[2J\x7f", -1, "\"\\u0001\\u001b[2J\\u007f\"" },
    { "Gr\xc3\xbc\xc3\x9f", -1, "\"Gr\xc3\xbc\xc3\x9f\"" },
    { "\xc2\x85", -1, "\"\\u0085\"" },
    { "a\xff\xc3", -1, "\"a\xef\xbf\xbd\xef\xbf\xbd\"" },
    { "\xed\xa0\x80z", -1, "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\"" },
    { "a\0b", 3, "\"a\\u0000b\"" },
    { "\xf0\x9f\x93\x9c", -1, "\"\xf0\x9f\x93\x9c\"" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    LecJson json = lec_json (text);

    lec_json_add_string (&json, NULL, cases[i].value, cases[i].length);
    g_assert_cmpstr (text->str, ==, cases[i].written);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/structure", test_structure);
  g_test_add_func ("/json/reals", test_reals);
  g_test_add_func ("/json/strings", test_strings);
  return g_test_run ();
}
