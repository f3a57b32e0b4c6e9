/* A small JSON writer (RFC 8259) over a GString: one value after another, commas and escapes in their places.
 *
 * Keys are plain ASCII and taken as they are. Inside an array, and for the outermost value, the key is NULL. A plain
 * value; no thread is involved. */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct {
  GString *text;      /* borrowed */
  gboolean has_value; /* something stands in the innermost object or array: the next value is led by a comma */
} LecJson;

static inline LecJson
lec_json (GString *text)
{
  return (LecJson){ .text = text };
}

void lec_json_open_object (LecJson *json, const char *key);
void lec_json_close_object (LecJson *json);
void lec_json_open_array (LecJson *json, const char *key);
void lec_json_close_array (LecJson *json);
/* LENGTH −1: up to the NUL. What is not UTF-8 becomes U+FFFD. NULL is written as null. */
void lec_json_add_string (LecJson *json, const char *key, const char *value, gssize length);
void lec_json_add_uint (LecJson *json, const char *key, uint64_t value);
void lec_json_add_int (LecJson *json, const char *key, int64_t value);
/* Infinity and NaN, which JSON does not have, become null. */
void lec_json_add_real (LecJson *json, const char *key, double value, unsigned decimals);
void lec_json_add_boolean (LecJson *json, const char *key, gboolean value);
void lec_json_add_null (LecJson *json, const char *key);

G_END_DECLS
