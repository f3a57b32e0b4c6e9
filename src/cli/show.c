/* lectern-cli show: the details tree of a frame. */
#include <glib/gi18n-lib.h>

#include "cli/cli.h"

static void
print_node (LecTable *table, const LecTree *tree, const LecTreeNode *node, int depth)
{
  const LecField *field = node->field;
  const char *label = field->label ? _ (field->label) : field->name;
  g_autofree char *indented = g_strdup_printf ("%*s%s", 2 * depth, "", label);
  g_autoptr (GString) value = g_string_new (NULL);
  gboolean is_text = lec_table_format (table) == LEC_FORMAT_TEXT;

  if (field->type != LEC_TYPE_NONE && field->type != LEC_TYPE_PROTOCOL)
    lec_value_append (value, field, &node->value, FALSE);
  lec_table_add_number (table, depth);
  lec_table_add_text (table, is_text ? indented : label);
  lec_table_add_text (table, node->text);
  lec_table_add_number (table, node->span.offset_bits);
  lec_table_add_number (table, node->span.length_bits);
  lec_table_add_text (table, field->name);
  lec_table_add_text (table, value->str);
  lec_table_add_text (table, lec_tree_source (tree, node->span.source)->name);
  lec_table_end_row (table);
}

static void
print_tree (const LecOptions *options, const LecTree *tree)
{
  static const LecTableColumn columns[] = {
    { "depth", 0 },        { "label", 40 }, { "text", 48 }, { "offset_bits", -6 },
    { "length_bits", -6 }, { "name", 1 },   { "value", 0 }, { "source", 0 },
  };
  g_autoptr (LecTable) table = lec_table_new (options->format, columns, G_N_ELEMENTS (columns));
  g_autofree int *depths = g_new (int, lec_tree_n_nodes (tree));

  for (unsigned i = 0; i < lec_tree_n_nodes (tree); i++) {
    const LecTreeNode *node = lec_tree_node (tree, i);

    depths[i] = node->parent < 0 ? 0 : depths[node->parent] + 1;
    print_node (table, tree, node, depths[i]);
  }
}

LecExit
lec_cli_show (const LecOptions *options)
{
  LecCliTrace trace;
  g_autoptr (LecTree) tree = NULL;
  LecExit status;

  if (!lec_cli_trace_open (&trace, options))
    return LEC_EXIT_FAILED;
  if (options->frame > trace.n_frames) {
    lec_cli_complain (ngettext ("There is no frame %u; the trace has %u frame",
                                "There is no frame %u; the trace has %u frames", trace.n_frames),
                      options->frame, trace.n_frames);
    lec_cli_trace_close (&trace);
    return LEC_EXIT_FAILED;
  }
  tree = lec_session_dup_tree (trace.session, options->frame, options->absolute_sequence_numbers);
  print_tree (options, tree);
  status = lec_cli_trace_close (&trace);
  return status;
}
