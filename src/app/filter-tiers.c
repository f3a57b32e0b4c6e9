#include "app/filter-tiers.h"

#include <string.h>

/* An expression of more is not divided: nobody would look through so many parts. */
#define MOST_PARTS 24u

typedef struct {
  char *text;
  gboolean on;
} Part;

typedef struct {
  char *text;            /* as it was written; what of its parts is on, "" = none */
  char *expression;      /* the same in the language */
  GPtrArray *parts;      /* of Part */
  gboolean alternatives; /* they are joined with "or" */
  char *joint;           /* and that is how it was written; NULL = as the language does */
  gboolean on;           /* always, of the last */
} Tier;

/* There is always a last tier. */
struct LecFilterTiers {
  GPtrArray *tiers; /* of Tier */
};

/* Parts. */

static Part *
part_new (const char *text, size_t length, gboolean on)
{
  Part *part = g_new (Part, 1);

  *part = (Part){ g_strndup (text, length), on };
  return part;
}

static void
part_free (void *data)
{
  Part *part = data;

  g_free (part->text);
  g_free (part);
}

static Part *
part_at (const Tier *tier, unsigned i)
{
  return g_ptr_array_index (tier->parts, i);
}

/* One that is written so, in white space or symbols, that anything may stand beside it. */
static char *
dup_joint (const char *expression, const LecFilterPart *before, const LecFilterPart *after)
{
  const char *from = expression + before->start + before->length;
  g_autofree char *joint = g_strndup (from, expression + after->start - from);
  gboolean symbols = strpbrk (joint, "&|") != NULL;
  gboolean apart = g_ascii_isspace (joint[0]) && g_ascii_isspace (joint[strlen (joint) - 1]);

  return symbols || apart ? g_steal_pointer (&joint) : NULL;
}

static void
divide (Tier *tier)
{
  g_autoptr (GArray) parts = lec_filter_dup_parts (tier->expression, &tier->alternatives);
  const LecFilterPart *places = parts != NULL ? (const LecFilterPart *) (void *) parts->data : NULL;

  g_ptr_array_set_size (tier->parts, 0);
  g_clear_pointer (&tier->joint, g_free);
  if (*tier->expression == '\0')
    return;
  if (places == NULL || parts->len < 2 || parts->len > MOST_PARTS) {
    tier->alternatives = FALSE;
    g_ptr_array_add (tier->parts, part_new (tier->expression, strlen (tier->expression), TRUE));
    return;
  }
  tier->joint = dup_joint (tier->expression, &places[0], &places[1]);
  for (unsigned i = 0; i < parts->len; i++)
    g_ptr_array_add (tier->parts, part_new (tier->expression + places[i].start, places[i].length, TRUE));
}

/* After a part has changed. */
static void
write_parts (Tier *tier)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (unsigned i = 0; i < tier->parts->len; i++)
    if (part_at (tier, i)->on)
      g_ptr_array_add (texts, part_at (tier, i)->text);
  g_free (tier->expression);
  g_free (tier->text);
  tier->expression = lec_filter_dup_list (texts, tier->alternatives, tier->joint);
  tier->text = g_strdup (tier->expression);
}

/* Tiers. */

static Tier *
tier_new (const char *text, const char *expression)
{
  Tier *tier = g_new0 (Tier, 1);

  tier->text = g_strdup (text);
  tier->expression = g_strdup (expression);
  tier->parts = g_ptr_array_new_with_free_func (part_free);
  tier->on = TRUE;
  divide (tier);
  return tier;
}

static void
tier_free (void *data)
{
  Tier *tier = data;

  g_free (tier->text);
  g_free (tier->expression);
  g_free (tier->joint);
  g_ptr_array_unref (tier->parts);
  g_free (tier);
}

static Tier *
tier_copy (const Tier *tier)
{
  Tier *copy = g_memdup2 (tier, sizeof *tier);

  copy->text = g_strdup (tier->text);
  copy->expression = g_strdup (tier->expression);
  copy->joint = g_strdup (tier->joint);
  copy->parts = g_ptr_array_new_with_free_func (part_free);
  for (unsigned i = 0; i < tier->parts->len; i++) {
    const Part *part = part_at (tier, i);

    g_ptr_array_add (copy->parts, part_new (part->text, strlen (part->text), part->on));
  }
  return copy;
}

static gboolean
tier_equal (const Tier *a, const Tier *b)
{
  if (a->on != b->on || strcmp (a->text, b->text) != 0 || a->parts->len != b->parts->len)
    return FALSE;
  for (unsigned i = 0; i < a->parts->len; i++)
    if (part_at (a, i)->on != part_at (b, i)->on || strcmp (part_at (a, i)->text, part_at (b, i)->text) != 0)
      return FALSE;
  return TRUE;
}

static Tier *
tier_at (const LecFilterTiers *self, unsigned i)
{
  return g_ptr_array_index (self->tiers, i);
}

static Tier *
last_of (const LecFilterTiers *self)
{
  return tier_at (self, self->tiers->len - 1);
}

static void
replace (LecFilterTiers *self, unsigned i, Tier *tier)
{
  tier_free (tier_at (self, i));
  self->tiers->pdata[i] = tier;
}

LecFilterTiers *
lec_filter_tiers_new (void)
{
  LecFilterTiers *self = g_new (LecFilterTiers, 1);

  self->tiers = g_ptr_array_new_with_free_func (tier_free);
  g_ptr_array_add (self->tiers, tier_new ("", ""));
  return self;
}

LecFilterTiers *
lec_filter_tiers_copy (const LecFilterTiers *self)
{
  LecFilterTiers *copy = g_new (LecFilterTiers, 1);

  copy->tiers = g_ptr_array_new_with_free_func (tier_free);
  for (unsigned i = 0; i < self->tiers->len; i++)
    g_ptr_array_add (copy->tiers, tier_copy (tier_at (self, i)));
  return copy;
}

void
lec_filter_tiers_free (LecFilterTiers *self)
{
  g_ptr_array_unref (self->tiers);
  g_free (self);
}

gboolean
lec_filter_tiers_equal (const LecFilterTiers *a, const LecFilterTiers *b)
{
  if (a->tiers->len != b->tiers->len)
    return FALSE;
  for (unsigned i = 0; i < a->tiers->len; i++)
    if (!tier_equal (tier_at (a, i), tier_at (b, i)))
      return FALSE;
  return TRUE;
}

/* What they say. */

const char *
lec_filter_tiers_text (const LecFilterTiers *self)
{
  return last_of (self)->text;
}

static gboolean
is_in_force (const Tier *tier)
{
  return tier->on && *tier->text != '\0';
}

char *
lec_filter_tiers_dup_expression (const LecFilterTiers *self)
{
  char *expression = g_strdup ("");

  for (unsigned i = 0; i < self->tiers->len; i++) {
    g_autofree char *former = expression;
    gboolean adds = is_in_force (tier_at (self, i));

    expression = adds ? lec_filter_dup_join (former, "and", tier_at (self, i)->expression) : g_strdup (former);
  }
  return expression;
}

char *
lec_filter_tiers_dup_filter (const LecFilterTiers *self)
{
  const Tier *last = NULL;
  unsigned n_in_force = 0;

  for (unsigned i = 0; i < self->tiers->len; i++) {
    if (is_in_force (tier_at (self, i))) {
      last = tier_at (self, i);
      n_in_force++;
    }
  }
  return n_in_force == 1 ? g_strdup (last->text) : lec_filter_tiers_dup_expression (self);
}

unsigned
lec_filter_tiers_n_kept (const LecFilterTiers *self)
{
  return self->tiers->len - 1;
}

unsigned
lec_filter_tiers_n_pieces (const LecFilterTiers *self)
{
  return lec_filter_tiers_n_kept (self) + last_of (self)->parts->len;
}

LecFilterPiece
lec_filter_tiers_piece (const LecFilterTiers *self, unsigned i)
{
  unsigned n_kept = lec_filter_tiers_n_kept (self);

  if (i < n_kept)
    return (LecFilterPiece){ tier_at (self, i)->text, TRUE, tier_at (self, i)->on };
  const Part *part = part_at (last_of (self), i - n_kept);
  return (LecFilterPiece){ part->text, FALSE, part->on };
}

gboolean
lec_filter_tiers_alternatives (const LecFilterTiers *self)
{
  return last_of (self)->alternatives;
}

/* Writing. */

static gboolean
find_part (const Tier *tier, const char *text, unsigned *place)
{
  for (unsigned i = 0; i < tier->parts->len; i++) {
    if (strcmp (part_at (tier, i)->text, text) == 0) {
      *place = i;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
has_part_of (const Tier *tier, const Tier *former)
{
  unsigned place;

  for (unsigned i = 0; i < former->parts->len; i++)
    if (part_at (former, i)->on && find_part (tier, part_at (former, i)->text, &place))
      return TRUE;
  return FALSE;
}

/* What is off in FORMER is off in TIER, behind the part that it stood behind. What was typed once more is on. */
static void
take_over (Tier *tier, const Tier *former)
{
  unsigned next = 0, place;

  for (unsigned i = 0; i < former->parts->len; i++) {
    const Part *part = part_at (former, i);

    if (find_part (tier, part->text, &place))
      next = place + 1;
    else if (!part->on)
      g_ptr_array_insert (tier->parts, (gint) next++, part_new (part->text, strlen (part->text), FALSE));
  }
}

void
lec_filter_tiers_write (LecFilterTiers *self, const char *text, const char *expression)
{
  const Tier *former = last_of (self);
  Tier *tier = tier_new (text, expression);
  gboolean alike = tier->parts->len == 1 || tier->alternatives == former->alternatives;

  if (strcmp (former->text, text) == 0 && strcmp (former->expression, expression) == 0) {
    tier_free (tier);
    return;
  }
  if (alike && has_part_of (tier, former)) {
    if (tier->parts->len == 1) {
      tier->alternatives = former->alternatives;
      tier->joint = g_strdup (former->joint);
    }
    take_over (tier, former);
  }
  replace (self, self->tiers->len - 1, tier);
}

gboolean
lec_filter_tiers_narrow (LecFilterTiers *self)
{
  if (*last_of (self)->text == '\0')
    return FALSE;
  g_ptr_array_add (self->tiers, tier_new ("", ""));
  return TRUE;
}

void
lec_filter_tiers_edit (LecFilterTiers *self, unsigned i)
{
  Tier *tier = tier_at (self, i);

  self->tiers->pdata[i] = last_of (self);
  self->tiers->pdata[self->tiers->len - 1] = tier;
  tier->on = TRUE;
  /* What lets everything pass is not worth keeping. */
  if (*tier_at (self, i)->text == '\0')
    g_ptr_array_remove_index (self->tiers, i);
}

void
lec_filter_tiers_switch (LecFilterTiers *self, unsigned i, gboolean on)
{
  unsigned n_kept = lec_filter_tiers_n_kept (self);

  if (i < n_kept) {
    tier_at (self, i)->on = on;
    return;
  }
  part_at (last_of (self), i - n_kept)->on = on;
  write_parts (last_of (self));
}

static void
invert_tier (LecFilterTiers *self, unsigned i)
{
  g_autofree char *inverse = lec_filter_dup_inverse (tier_at (self, i)->expression);
  Tier *tier = tier_new (inverse, inverse);

  tier->on = tier_at (self, i)->on;
  replace (self, i, tier);
}

void
lec_filter_tiers_invert (LecFilterTiers *self, unsigned i)
{
  unsigned n_kept = lec_filter_tiers_n_kept (self);

  if (i < n_kept) {
    invert_tier (self, i);
    return;
  }
  Part *part = part_at (last_of (self), i - n_kept);
  g_autofree char *former = part->text;
  part->text = lec_filter_dup_inverse (former);
  write_parts (last_of (self));
}

void
lec_filter_tiers_remove (LecFilterTiers *self, unsigned i)
{
  unsigned n_kept = lec_filter_tiers_n_kept (self);

  if (i < n_kept) {
    g_ptr_array_remove_index (self->tiers, i);
    return;
  }
  g_ptr_array_remove_index (last_of (self)->parts, i - n_kept);
  write_parts (last_of (self));
}
