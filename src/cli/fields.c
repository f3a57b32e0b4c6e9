/* lectern-cli fields: the field registry. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/cli.h"

static const char *const types[] = {
  [LEC_TYPE_NONE] = "presence", [LEC_TYPE_PROTOCOL] = "protocol", [LEC_TYPE_BOOLEAN] = "boolean",
  [LEC_TYPE_UINT8] = "uint8",   [LEC_TYPE_UINT16] = "uint16",     [LEC_TYPE_UINT24] = "uint24",
  [LEC_TYPE_UINT32] = "uint32", [LEC_TYPE_UINT64] = "uint64",     [LEC_TYPE_INT32] = "int32",
  [LEC_TYPE_INT64] = "int64",   [LEC_TYPE_DOUBLE] = "double",     [LEC_TYPE_DURATION] = "duration",
  [LEC_TYPE_TIME] = "time",     [LEC_TYPE_FRAME] = "frame",       [LEC_TYPE_STRING] = "string",
  [LEC_TYPE_BYTES] = "bytes",   [LEC_TYPE_IPV4] = "ipv4",         [LEC_TYPE_IPV6] = "ipv6",
  [LEC_TYPE_MAC] = "mac",
};

static void
print_name (LecTable *table, const LecName *name)
{
  const LecField *field = name->fields[0];

  lec_table_add_text (table, name->name);
  lec_table_add_text (table, name->analyzer_name);
  lec_table_add_text (table, types[field->type]);
  lec_table_add_text (table, name->label ? _ (name->label) : NULL);
  lec_table_add_text (table, name->protocol->name);
  lec_table_add_text (table, name->n_fields == 1 && field->explanation ? _ (field->explanation) : NULL);
  lec_table_end_row (table);
}

static gboolean
begins_with (const char *name, const char *prefix)
{
  return name && g_ascii_strncasecmp (name, prefix, strlen (prefix)) == 0;
}

LecExit
lec_cli_fields (const LecOptions *options)
{
  static const LecTableColumn columns[] = {
    { "name", 32 }, { "analyzer_name", 32 }, { "type", 8 }, { "label", 1 }, { "protocol", 0 }, { "explanation", 0 },
  };
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  g_autoptr (LecTable) table = lec_table_new (options->format, columns, G_N_ELEMENTS (columns));
  unsigned n_names;
  const LecName *names = lec_registry_names (registry, &n_names);

  for (unsigned i = 0; i < n_names; i++)
    if (!options->prefix || begins_with (names[i].name, options->prefix) ||
        begins_with (names[i].analyzer_name, options->prefix))
      print_name (table, &names[i]);
  return LEC_EXIT_WHOLE;
}
