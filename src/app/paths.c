#include "app/paths.h"

#include "app-config.h"

static gboolean
is_installed (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return program && g_str_has_prefix (program, LECTERN_BINDIR "/");
}

char *
lec_paths_dup_data (const char *name)
{
  const char *directory = g_getenv ("LECTERN_DATADIR");

  if (!directory)
    directory = is_installed () ? LECTERN_DATADIR : LECTERN_SOURCE_DATADIR;
  return g_build_filename (directory, name, NULL);
}

/* A prefix that is not in $XDG_DATA_DIRS, and a tree that is not installed, are not in the default source. */
GSettings *
lec_paths_settings (void)
{
  const char *directory = is_installed () ? LECTERN_SCHEMADIR : LECTERN_BUILD_SCHEMADIR;
  g_autoptr (GSettingsSchemaSource) source =
      g_settings_schema_source_new_from_directory (directory, g_settings_schema_source_get_default (), FALSE, NULL);
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source)
    schema = g_settings_schema_source_lookup (source, LECTERN_APPLICATION_ID, TRUE);
  if (!schema)
    g_error ("The settings schema %s is not installed", LECTERN_APPLICATION_ID);
  return g_settings_new_full (schema, NULL, NULL);
}
