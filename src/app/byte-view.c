#include "app/byte-view.h"

#include <glib/gi18n-lib.h>

/* A line, in characters:
 *
 *   0060  4c 6f 63 61 74 69 6f 6e  3a 20 68 74 74 70 3a 2f  Location: http:/
 *   |<-d>|  |<---- 3 a byte, one more after each 8 ------>| |<- 1 a byte ->|
 *
 * d is 4, or as many digits as the last offset has. */
#define GAP_CHARS 2
#define LINE_PAD  3 /* pixels between lines, half above and half below */

struct _LecByteView {
  GtkWidget parent;
  LecBytes bytes;
  GObject *owner; /* of the bytes, or NULL */
  LecByteRange field;
  uint32_t anchor, cursor; /* the user's selection runs from one to the other, both included */
  gboolean has_selection;
  GtkAdjustment *adjustments[2]; /* by GtkOrientation, or NULL */
  GtkScrollablePolicy policies[2];
  PangoLayout *layout;
  int char_width, line_height; /* of the font, pixels; 0 = to be measured */
  unsigned per_line;           /* 4, 8 or 16 bytes, as the width allows */
  gboolean awaits_place;       /* to be scrolled to this byte once it has a size */
  uint32_t awaited_byte;
};

enum { PROP_HADJUSTMENT = 1, PROP_VADJUSTMENT, PROP_HSCROLL_POLICY, PROP_VSCROLL_POLICY };

enum { SELECTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (LecByteView, lec_byte_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

/* Measures. */

static void
measure_font (LecByteView *view)
{
  if (view->layout == NULL)
    view->layout = gtk_widget_create_pango_layout (GTK_WIDGET (view), NULL);
  if (view->line_height > 0)
    return;
  int width, height;
  pango_layout_set_text (view->layout, "0000000000", -1);
  pango_layout_get_size (view->layout, &width, &height);
  view->char_width = MAX (1, PANGO_PIXELS_CEIL (width / 10));
  view->line_height = PANGO_PIXELS_CEIL (height) + LINE_PAD;
}

static unsigned
offset_digits (LecByteView *view)
{
  unsigned digits = 4;
  for (uint32_t last = view->bytes.length > 0 ? view->bytes.length - 1 : 0; digits < 8 && last >> (4 * digits) != 0;)
    digits++;
  return digits;
}

/* Columns of characters where byte I of a line stands. */
static unsigned
hex_column (LecByteView *view, unsigned i)
{
  return offset_digits (view) + GAP_CHARS + 3 * i + i / 8;
}

static unsigned
text_column (LecByteView *view, unsigned i)
{
  return hex_column (view, view->per_line - 1) + 2 + GAP_CHARS + i;
}

static unsigned
line_chars (LecByteView *view, unsigned per_line)
{
  return offset_digits (view) + GAP_CHARS + 3 * per_line - 1 + (per_line - 1) / 8 + GAP_CHARS + per_line;
}

static unsigned
n_lines (LecByteView *view)
{
  return (view->bytes.length + view->per_line - 1) / view->per_line;
}

/* Scrolling. */

static double
scrolled (LecByteView *view, GtkOrientation orientation)
{
  return view->adjustments[orientation] != NULL ? gtk_adjustment_get_value (view->adjustments[orientation]) : 0;
}

static void
configure (LecByteView *view)
{
  int width = gtk_widget_get_width (GTK_WIDGET (view));
  int height = gtk_widget_get_height (GTK_WIDGET (view));
  measure_font (view);
  view->per_line = 16;
  while (view->per_line > 4 && (int) line_chars (view, view->per_line) * view->char_width > width)
    view->per_line /= 2;
  double extents[2] = {
    [GTK_ORIENTATION_HORIZONTAL] = MAX (width, (int) line_chars (view, view->per_line) * view->char_width),
    [GTK_ORIENTATION_VERTICAL] = MAX ((double) height, (double) n_lines (view) * view->line_height),
  };
  double pages[2] = { [GTK_ORIENTATION_HORIZONTAL] = width, [GTK_ORIENTATION_VERTICAL] = height };
  for (unsigned i = 0; i < 2; i++)
    if (view->adjustments[i] != NULL)
      gtk_adjustment_configure (view->adjustments[i], gtk_adjustment_get_value (view->adjustments[i]), 0, extents[i],
                                view->line_height, MAX (1, pages[i] - view->line_height), pages[i]);
}

static void
scroll_to (LecByteView *view, uint32_t byte)
{
  GtkAdjustment *vertical = view->adjustments[GTK_ORIENTATION_VERTICAL];
  if (vertical == NULL)
    return;
  /* Where it is shown only now, it has no lines yet. */
  view->awaits_place = view->per_line == 0 || gtk_widget_get_height (GTK_WIDGET (view)) == 0;
  view->awaited_byte = byte;
  if (view->awaits_place)
    return;
  double top = (double) (byte / view->per_line) * view->line_height;
  gtk_adjustment_clamp_page (vertical, top, top + view->line_height);
}

static void
set_adjustment (LecByteView *view, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  GtkAdjustment **place = &view->adjustments[orientation];
  if (adjustment == *place && adjustment != NULL)
    return;
  if (*place != NULL)
    g_signal_handlers_disconnect_by_data (*place, view);
  g_set_object (place, adjustment);
  if (adjustment != NULL)
    g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (gtk_widget_queue_draw), view);
  configure (view);
}

/* Ranges. */

LecByteRange
lec_byte_view_selection (LecByteView *view)
{
  if (!view->has_selection)
    return (LecByteRange){ 0 };
  return (LecByteRange){ MIN (view->anchor, view->cursor),
                         MAX (view->anchor, view->cursor) - MIN (view->anchor, view->cursor) + 1 };
}

static LecByteRange
copied_range (LecByteView *view)
{
  LecByteRange range = lec_byte_view_selection (view);
  if (range.length == 0)
    range = view->field;
  if (range.length == 0)
    range = (LecByteRange){ 0, view->bytes.length };
  return range;
}

static gboolean
contains (LecByteRange range, uint32_t byte)
{
  return byte - range.offset < range.length;
}

char *
lec_byte_view_dup_hex (LecByteView *view)
{
  LecByteRange range = copied_range (view);
  g_autoptr (GString) text = g_string_sized_new (range.length * 3);
  for (uint32_t i = 0; i < range.length; i++)
    g_string_append_printf (text, "%s%02x", i > 0 ? " " : "", view->bytes.data[range.offset + i]);
  return g_strdup (text->str);
}

char *
lec_byte_view_dup_text (LecByteView *view)
{
  LecByteRange range = copied_range (view);
  return g_utf8_make_valid ((const char *) view->bytes.data + range.offset, range.length);
}

/* Those who do not see the bytes are told which are marked, and the first of them. */
static void
describe (LecByteView *view)
{
  LecByteRange range = lec_byte_view_selection (view);
  g_autofree char *label = NULL;
  if (range.length == 0)
    range = view->field;
  if (range.length == 0) {
    label = g_strdup_printf (ngettext ("%u byte", "%u bytes", view->bytes.length), view->bytes.length);
  } else {
    g_autoptr (GString) text = g_string_new (NULL);
    g_string_append_printf (text, ngettext ("%u byte at %u:", "%u bytes at %u:", range.length), range.length,
                            range.offset);
    for (uint32_t i = 0; i < MIN (range.length, 16); i++)
      g_string_append_printf (text, " %02x", view->bytes.data[range.offset + i]);
    if (range.length > 16)
      g_string_append (text, " …");
    label = g_strdup (text->str);
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
select_bytes (LecByteView *view, uint32_t anchor, uint32_t cursor)
{
  view->anchor = anchor;
  view->cursor = cursor;
  view->has_selection = TRUE;
  scroll_to (view, cursor);
  describe (view);
  gtk_widget_queue_draw (GTK_WIDGET (view));
  g_signal_emit (view, signals[SELECTED], 0);
}

void
lec_byte_view_select (LecByteView *view, LecByteRange range)
{
  if (range.length == 0 || range.offset >= view->bytes.length)
    return;
  range.length = MIN (range.length, view->bytes.length - range.offset);
  select_bytes (view, range.offset, range.offset + range.length - 1);
  scroll_to (view, range.offset);
}

void
lec_byte_view_set_bytes (LecByteView *view, LecBytes bytes, GObject *owner)
{
  g_set_object (&view->owner, owner);
  view->bytes = bytes;
  view->field = (LecByteRange){ 0 };
  view->has_selection = view->awaits_place = FALSE;
  view->anchor = view->cursor = 0;
  configure (view);
  if (view->adjustments[GTK_ORIENTATION_VERTICAL] != NULL)
    gtk_adjustment_set_value (view->adjustments[GTK_ORIENTATION_VERTICAL], 0);
  describe (view);
  gtk_widget_queue_draw (GTK_WIDGET (view));
}

void
lec_byte_view_mark_field (LecByteView *view, LecByteRange range)
{
  range.offset = MIN (range.offset, view->bytes.length);
  range.length = MIN (range.length, view->bytes.length - range.offset);
  view->field = range;
  gtk_widget_queue_draw (GTK_WIDGET (view));
}

void
lec_byte_view_set_field (LecByteView *view, LecByteRange range)
{
  lec_byte_view_mark_field (view, range);
  view->has_selection = FALSE;
  view->anchor = view->cursor = view->field.length > 0 ? view->field.offset : 0;
  if (view->field.length > 0) {
    scroll_to (view, view->field.offset + view->field.length - 1);
    scroll_to (view, view->field.offset);
  }
  describe (view);
}

/* Drawing. */

typedef struct {
  GdkRGBA text, faint, field, selection, outline;
} Colors;

/* The theme says by its text colour whether it is a dark one. */
static Colors
theme_colors (LecByteView *view)
{
  Colors colors;
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (view)), &colors.text);
  gboolean dark = colors.text.red + colors.text.green + colors.text.blue > 1.5f;
  colors.faint = colors.text;
  colors.faint.alpha = 0.7f;
  gdk_rgba_parse (&colors.field, dark ? "#24405f" : "#dae8fa");
  gdk_rgba_parse (&colors.selection, dark ? "#2f5f96" : "#aacdf5");
  gdk_rgba_parse (&colors.outline, dark ? "#7fb2ee" : "#1c5fb8");
  return colors;
}

static void
draw_text (LecByteView *view, GtkSnapshot *snapshot, unsigned column, const char *text, const GdkRGBA *color)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) (column * (unsigned) view->char_width), LINE_PAD / 2));
  pango_layout_set_text (view->layout, text, -1);
  gtk_snapshot_append_layout (snapshot, view->layout, color);
  gtk_snapshot_restore (snapshot);
}

/* A run of marked bytes is one block, in the hex part and in the text part. */
static void
draw_range (LecByteView *view, GtkSnapshot *snapshot, uint32_t first, unsigned n, LecByteRange range,
            const GdkRGBA *color)
{
  unsigned from = 0;
  while (from < n && !contains (range, first + from))
    from++;
  unsigned end = from;
  while (end < n && contains (range, first + end))
    end++;
  if (from == end)
    return;
  const unsigned blocks[2][2] = {
    { hex_column (view, from), hex_column (view, end - 1) + 2 },
    { text_column (view, from), text_column (view, end - 1) + 1 },
  };
  for (unsigned i = 0; i < 2; i++)
    gtk_snapshot_append_color (
        snapshot, color,
        &GRAPHENE_RECT_INIT ((float) ((int) blocks[i][0] * view->char_width) - (i == 0 ? 2 : 0), 0,
                             (float) ((int) (blocks[i][1] - blocks[i][0]) * view->char_width) + (i == 0 ? 4 : 0),
                             (float) view->line_height));
}

static void
draw_line (LecByteView *view, GtkSnapshot *snapshot, unsigned line, const Colors *colors)
{
  uint32_t first = line * view->per_line;
  unsigned n = MIN (view->per_line, view->bytes.length - first);
  char offset[16];
  char hex[16 * 3 + 3];
  char text[17];
  unsigned at = 0;
  for (unsigned i = 0; i < n; i++) {
    uint8_t byte = view->bytes.data[first + i];
    while (at < hex_column (view, i) - hex_column (view, 0))
      hex[at++] = ' ';
    hex[at++] = "0123456789abcdef"[byte >> 4];
    hex[at++] = "0123456789abcdef"[byte & 15];
    text[i] = g_ascii_isprint (byte) ? (char) byte : '.';
  }
  hex[at] = '\0';
  text[n] = '\0';
  g_snprintf (offset, sizeof offset, "%0*x", (int) offset_digits (view), first);
  draw_range (view, snapshot, first, n, view->field, &colors->field);
  draw_range (view, snapshot, first, n, lec_byte_view_selection (view), &colors->selection);
  draw_text (view, snapshot, 0, offset, &colors->faint);
  draw_text (view, snapshot, hex_column (view, 0), hex, &colors->text);
  draw_text (view, snapshot, text_column (view, 0), text, &colors->text);
}

/* Where the keys act, while the view has the focus. */
static void
draw_cursor (LecByteView *view, GtkSnapshot *snapshot, const Colors *colors)
{
  unsigned i = view->cursor % view->per_line;
  graphene_rect_t box = GRAPHENE_RECT_INIT ((float) ((int) hex_column (view, i) * view->char_width) - 2,
                                            (float) ((double) (view->cursor / view->per_line) * view->line_height),
                                            (float) (2 * view->char_width) + 4, (float) view->line_height);
  gtk_snapshot_append_border (
      snapshot, &GSK_ROUNDED_RECT_INIT (box.origin.x, box.origin.y, box.size.width, box.size.height),
      (float[4]){ 1, 1, 1, 1 }, (GdkRGBA[4]){ colors->outline, colors->outline, colors->outline, colors->outline });
}

static void
lec_byte_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LecByteView *view = LEC_BYTE_VIEW (widget);
  if (view->bytes.length == 0 || view->per_line == 0)
    return;
  measure_font (view);
  Colors colors = theme_colors (view);
  double top = scrolled (view, GTK_ORIENTATION_VERTICAL);
  double height = gtk_widget_get_height (widget);
  unsigned first = (unsigned) (top / view->line_height);
  unsigned end = MIN (n_lines (view), (unsigned) ((top + height) / view->line_height) + 1);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget), (float) height));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (-(float) scrolled (view, GTK_ORIENTATION_HORIZONTAL), -(float) top));
  for (unsigned line = first; line < end; line++) {
    gtk_snapshot_save (snapshot);
    gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, (float) ((double) line * view->line_height)));
    draw_line (view, snapshot, line, &colors);
    gtk_snapshot_restore (snapshot);
  }
  if (gtk_widget_has_visible_focus (widget))
    draw_cursor (view, snapshot, &colors);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

/* Pointer and keys. */

gboolean
lec_byte_view_byte_at (LecByteView *view, double x, double y, uint32_t *byte)
{
  if (view->bytes.length == 0 || view->per_line == 0)
    return FALSE;
  double column = (x + scrolled (view, GTK_ORIENTATION_HORIZONTAL)) / view->char_width;
  double line = (y + scrolled (view, GTK_ORIENTATION_VERTICAL)) / view->line_height;
  if (column < 0 || line < 0 || line >= n_lines (view))
    return FALSE;
  unsigned in_line = 0;
  /* The nearest byte left of the point: in the text part by its own column, else in the hex part. */
  gboolean in_text = column >= text_column (view, 0);
  for (unsigned i = 1; i < view->per_line; i++)
    if (column >= (in_text ? text_column (view, i) : hex_column (view, i)))
      in_line = i;
  *byte = MIN ((uint32_t) line * view->per_line + in_line, view->bytes.length - 1);
  return TRUE;
}

static void
drag_begin (GtkGestureDrag *drag, double x, double y, LecByteView *view)
{
  uint32_t byte;
  gtk_widget_grab_focus (GTK_WIDGET (view));
  if (!lec_byte_view_byte_at (view, x, y, &byte))
    return;
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (drag));
  select_bytes (view, (state & GDK_SHIFT_MASK) != 0 ? view->anchor : byte, byte);
}

static void
drag_update (GtkGestureDrag *drag, double dx, double dy, LecByteView *view)
{
  uint32_t byte;
  double x, y;
  if (view->has_selection && gtk_gesture_drag_get_start_point (drag, &x, &y) &&
      lec_byte_view_byte_at (view, MAX (0, x + dx), MAX (0, y + dy), &byte) && byte != view->cursor)
    select_bytes (view, view->anchor, byte);
}

static gboolean
key_pressed (GtkEventControllerKey *controller, unsigned key, unsigned code, GdkModifierType state, LecByteView *view)
{
  if (view->bytes.length == 0 || view->per_line == 0)
    return FALSE;
  int64_t page = (int64_t) MAX (1, gtk_widget_get_height (GTK_WIDGET (view)) / view->line_height - 1) * view->per_line;
  const struct {
    unsigned key;
    int64_t step;
  } steps[] = {
    { GDK_KEY_Left, -1 },
    { GDK_KEY_Right, 1 },
    { GDK_KEY_Up, -(int64_t) view->per_line },
    { GDK_KEY_Down, view->per_line },
    { GDK_KEY_Page_Up, -page },
    { GDK_KEY_Page_Down, page },
    { GDK_KEY_Home, -(int64_t) (view->cursor % view->per_line) },
    { GDK_KEY_End, view->per_line - 1 - (int64_t) (view->cursor % view->per_line) },
  };
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  if ((modifiers & ~(GdkModifierType) GDK_SHIFT_MASK) != 0)
    return FALSE;
  for (unsigned i = 0; i < G_N_ELEMENTS (steps); i++) {
    if (steps[i].key != key)
      continue;
    int64_t to = CLAMP ((int64_t) view->cursor + steps[i].step, 0, (int64_t) view->bytes.length - 1);
    select_bytes (view, (modifiers & GDK_SHIFT_MASK) != 0 ? view->anchor : (uint32_t) to, (uint32_t) to);
    return TRUE;
  }
  return FALSE;
}

static void
copy_hex (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *text = lec_byte_view_dup_hex (LEC_BYTE_VIEW (widget));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
copy_text (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *text = lec_byte_view_dup_text (LEC_BYTE_VIEW (widget));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

/* The widget. */

static void
lec_byte_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  LecByteView *view = LEC_BYTE_VIEW (widget);
  measure_font (view);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = (int) line_chars (view, 4) * view->char_width;
    *natural = (int) line_chars (view, 16) * view->char_width;
  } else {
    *minimum = view->line_height;
    *natural = 8 * view->line_height;
  }
}

static void
lec_byte_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LecByteView *view = LEC_BYTE_VIEW (widget);
  configure (view);
  if (view->awaits_place)
    scroll_to (view, view->awaited_byte);
}

static void
lec_byte_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  LecByteView *view = LEC_BYTE_VIEW (widget);
  GTK_WIDGET_CLASS (lec_byte_view_parent_class)->css_changed (widget, change);
  g_clear_object (&view->layout);
  view->line_height = 0;
  gtk_widget_queue_resize (widget);
}

static void
lec_byte_view_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  LecByteView *view = LEC_BYTE_VIEW (object);
  switch (property) {
  case PROP_HADJUSTMENT:
    set_adjustment (view, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
    break;
  case PROP_VADJUSTMENT:
    set_adjustment (view, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
    break;
  case PROP_HSCROLL_POLICY:
  case PROP_VSCROLL_POLICY:
    view->policies[property - PROP_HSCROLL_POLICY] = (GtkScrollablePolicy) g_value_get_enum (value);
    gtk_widget_queue_resize (GTK_WIDGET (view));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
  }
}

static void
lec_byte_view_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  LecByteView *view = LEC_BYTE_VIEW (object);
  switch (property) {
  case PROP_HADJUSTMENT:
  case PROP_VADJUSTMENT:
    g_value_set_object (value, view->adjustments[property - PROP_HADJUSTMENT]);
    break;
  case PROP_HSCROLL_POLICY:
  case PROP_VSCROLL_POLICY:
    g_value_set_enum (value, view->policies[property - PROP_HSCROLL_POLICY]);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
  }
}

static void
lec_byte_view_dispose (GObject *object)
{
  LecByteView *view = LEC_BYTE_VIEW (object);
  for (unsigned i = 0; i < 2; i++) {
    if (view->adjustments[i] != NULL)
      g_signal_handlers_disconnect_by_data (view->adjustments[i], view);
    g_clear_object (&view->adjustments[i]);
  }
  g_clear_object (&view->layout);
  view->bytes = (LecBytes){ 0 };
  g_clear_object (&view->owner);
  G_OBJECT_CLASS (lec_byte_view_parent_class)->dispose (object);
}

static void
lec_byte_view_class_init (LecByteViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  object_class->set_property = lec_byte_view_set_property;
  object_class->get_property = lec_byte_view_get_property;
  object_class->dispose = lec_byte_view_dispose;
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  widget_class->snapshot = lec_byte_view_snapshot;
  widget_class->measure = lec_byte_view_measure;
  widget_class->size_allocate = lec_byte_view_size_allocate;
  widget_class->css_changed = lec_byte_view_css_changed;
  gtk_widget_class_set_css_name (widget_class, "bytes");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_install_action (widget_class, "bytes.copy-hex", NULL, copy_hex);
  gtk_widget_class_install_action (widget_class, "bytes.copy-text", NULL, copy_text);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "bytes.copy-hex", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "bytes.copy-text",
                                       NULL);
  signals[SELECTED] =
      g_signal_new ("selected", LEC_TYPE_BYTE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lec_byte_view_init (LecByteView *view)
{
  view->per_line = 16;
  gtk_widget_set_focusable (GTK_WIDGET (view), TRUE);
  GtkGesture *drag = gtk_gesture_drag_new ();
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin), view);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update), view);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (drag));
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), view);
  gtk_widget_add_controller (GTK_WIDGET (view), keys);
}

GtkWidget *
lec_byte_view_new (void)
{
  return g_object_new (LEC_TYPE_BYTE_VIEW, NULL);
}
