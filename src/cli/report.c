#include "cli/report.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/trust-text.h"
#include "analysis/verdict-kinds.h"
#include "protocol/value-text.h"

static void
add_text (LecJson *json, const char *key, const char *text)
{
  if (text)
    lec_json_add_string (json, key, text, -1);
  else
    lec_json_add_null (json, key);
}

static void
add_frame (LecJson *json, const char *key, uint32_t frame)
{
  if (frame)
    lec_json_add_uint (json, key, frame);
  else
    lec_json_add_null (json, key);
}

static void
add_capture_point (LecJson *json, const LecCapturePoint *point)
{
  static const char *const round_trips[] = { "client_round_trip", "server_round_trip" };
  g_autofree char *sentence = lec_capture_point_dup_sentence (point);
  char host[LEC_ADDRESS_TEXT];

  lec_json_open_object (json, "capture_point");
  lec_json_add_string (json, "at", lec_captured_at_name (point->at), -1);
  lec_json_add_string (json, "confidence", lec_confidence_name (point->confidence), -1);
  add_text (json, "host", point->host.n_bytes ? lec_address_text (point->host.bytes, point->host.n_bytes, host) : NULL);
  lec_json_add_uint (json, "conversations_judged", point->n_judged);
  lec_json_add_uint (json, "conversations_agree", point->n_agree);
  for (unsigned side = 0; side < 2; side++)
    if (point->round_trip_us[side])
      lec_json_add_real (json, round_trips[side], point->round_trip_us[side] / 1e6, 6);
    else
      lec_json_add_null (json, round_trips[side]);
  add_text (json, "sentence", sentence);
  lec_json_close_object (json);
}

static void
add_remark (LecJson *json, const LecTrust *trust, LecTrustKind kind)
{
  const LecTrustFact *fact = &trust->facts[kind];
  g_autofree char *sentence = lec_trust_dup_sentence (trust, kind);

  lec_json_open_object (json, NULL);
  lec_json_add_string (json, "kind", lec_trust_kind_name (kind), -1);
  lec_json_add_string (json, "fitness", lec_fitness_name (fact->fitness), -1);
  lec_json_add_uint (json, "count", fact->n);
  add_frame (json, "frame", fact->frame);
  add_text (json, "filter", lec_trust_filter (trust, kind, NULL));
  lec_json_add_string (json, "sentence", sentence, -1);
  lec_json_close_object (json);
}

static void
add_story (LecJson *json, const GPtrArray *story)
{
  lec_json_open_array (json, "story");
  for (unsigned i = 0; i < story->len; i++) {
    const LecStoryLine *line = story->pdata[i];
    lec_json_open_object (json, NULL);
    lec_json_add_string (json, "text", line->text, -1);
    add_frame (json, "frame", line->frame);
    add_text (json, "filter", line->filter);
    lec_json_close_object (json);
  }
  lec_json_close_array (json);
}

void
lec_cli_report_add_json (LecJson *json, const LecReport *report)
{
  lec_json_open_object (json, "trust");
  lec_json_add_string (json, "fitness", lec_fitness_name (report->trust.fitness), -1);
  add_capture_point (json, &report->trust.point);
  lec_json_open_array (json, "remarks");
  for (unsigned kind = 0; kind < LEC_N_TRUST; kind++)
    if (report->trust.facts[kind].n)
      add_remark (json, &report->trust, kind);
  lec_json_close_array (json);
  lec_json_close_object (json);
  add_story (json, report->story);
}

/* Names come from the trace and may hold anything, which some terminal obeys. */
static void
tell (LecCliLineFunc line, void *data, const char *heading, const char *text)
{
  g_autoptr (GString) safe = g_string_new (NULL);

  lec_append_escaped (safe, (LecBytes){ (const uint8_t *) text, (uint32_t) strlen (text) });
  line (heading, safe->str, data);
}

/* A line of the story, and where it leads. */
static char *
dup_story_line (const LecStoryLine *line)
{
  if (line->filter)
    return g_strdup_printf ("%s [%s]", line->text, line->filter);
  return line->frame ? g_strdup_printf (_ ("%s [frame %u]"), line->text, line->frame) : g_strdup (line->text);
}

void
lec_cli_report_foreach_line (const LecReport *report, LecCliLineFunc line, void *data)
{
  g_autofree char *point = lec_capture_point_dup_sentence (&report->trust.point);
  const char *heading = _ ("Remarks");

  if (report->trust.n_frames)
    tell (line, data, _ ("Trust"), lec_fitness_label (report->trust.fitness));
  if (point)
    tell (line, data, _ ("Place"), point);
  for (unsigned kind = 0; kind < LEC_N_TRUST; kind++) {
    g_autofree char *sentence = lec_trust_dup_sentence (&report->trust, kind);
    if (!sentence)
      continue;
    tell (line, data, heading, sentence);
    heading = "";
  }
  for (unsigned i = 0; i < report->story->len; i++) {
    g_autofree char *text = dup_story_line (report->story->pdata[i]);
    tell (line, data, i ? "" : _ ("Story"), text);
  }
}
