/* What a trace says about itself beside its records: interfaces, damage, names, comments. */
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "trace/format.h"

static void
free_damage (LecDamage *damage)
{
  if (damage == NULL)
    return;
  g_free (damage->message);
  g_free (damage);
}

static void
free_interface (LecTraceInterface *interface)
{
  g_free (interface->facts.name);
  g_free (interface->facts.description);
  g_free (interface->facts.filter);
  g_free (interface);
}

void
lec_trace_facts_init (LecTraceFacts *facts)
{
  /* Only the pages that are touched cost memory. */
  facts->interfaces = calloc (LEC_LIMIT_INTERFACES, sizeof *facts->interfaces);
  if (facts->interfaces == NULL)
    g_error ("out of memory");
  facts->replaced = g_ptr_array_new_with_free_func ((GDestroyNotify) free_interface);
  facts->names = g_byte_array_new ();
  facts->description = g_string_new (NULL);
  pthread_mutex_init (&facts->lock, NULL);
}

void
lec_trace_facts_clear (LecTraceFacts *facts)
{
  for (uint32_t i = 0; i < facts->n_interfaces; i++)
    free_interface (facts->interfaces[i]);
  free (facts->interfaces);
  free_damage (facts->damage);
  g_ptr_array_unref (facts->replaced);
  g_byte_array_unref (facts->names);
  g_string_free (facts->description, TRUE);
  pthread_mutex_destroy (&facts->lock);
}

LecTraceInterface *
lec_trace_interface_new (void)
{
  LecTraceInterface *interface = g_new0 (LecTraceInterface, 1);

  interface->facts.received_frames = -1;
  interface->facts.dropped_frames = -1;
  return interface;
}

gboolean
lec_trace_add_interface (LecTrace *trace, LecTraceInterface *interface)
{
  LecTraceFacts *facts = &trace->facts;
  uint32_t number = atomic_load_explicit (&facts->n_interfaces, memory_order_relaxed);

  if (number >= LEC_LIMIT_INTERFACES) {
    free_interface (interface);
    return FALSE;
  }
  atomic_store_explicit (&facts->interfaces[number], interface, memory_order_release);
  atomic_store_explicit (&facts->n_interfaces, number + 1, memory_order_release);
  return TRUE;
}

void
lec_trace_set_counts (LecTrace *trace, uint32_t number, int64_t received_frames, int64_t dropped_frames)
{
  LecTraceFacts *facts = &trace->facts;
  LecTraceInterface *old = (LecTraceInterface *) lec_trace_peek_interface (trace, number);
  LecTraceInterface *interface;

  if (old == NULL)
    return;
  interface = g_memdup2 (old, sizeof *old);
  interface->facts.name = g_strdup (old->facts.name);
  interface->facts.description = g_strdup (old->facts.description);
  interface->facts.filter = g_strdup (old->facts.filter);
  interface->facts.received_frames = received_frames;
  interface->facts.dropped_frames = dropped_frames;
  atomic_store_explicit (&facts->interfaces[number], interface, memory_order_release);
  g_ptr_array_add (facts->replaced, old);
}

const LecTraceInterface *
lec_trace_peek_interface (const LecTrace *trace, uint32_t number)
{
  if (number >= atomic_load_explicit (&trace->facts.n_interfaces, memory_order_acquire))
    return NULL;
  return atomic_load_explicit (&trace->facts.interfaces[number], memory_order_acquire);
}

uint32_t
lec_trace_n_interfaces (const LecTrace *trace)
{
  return atomic_load_explicit (&trace->facts.n_interfaces, memory_order_acquire);
}

const LecInterface *
lec_trace_interface (const LecTrace *trace, uint32_t number)
{
  const LecTraceInterface *interface = lec_trace_peek_interface (trace, number);

  return interface == NULL ? NULL : &interface->facts;
}

void
lec_trace_add_damage (LecTrace *trace, uint64_t offset, const char *format, ...)
{
  LecDamage *none = NULL, *damage;
  va_list arguments;

  if (lec_trace_damage (trace) != NULL)
    return;
  damage = g_new0 (LecDamage, 1);
  damage->offset = offset;
  va_start (arguments, format);
  damage->message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (!atomic_compare_exchange_strong (&trace->facts.damage, &none, damage))
    free_damage (damage);
}

const LecDamage *
lec_trace_damage (const LecTrace *trace)
{
  return atomic_load_explicit (&trace->facts.damage, memory_order_acquire);
}

void
lec_trace_add_description (LecTrace *trace, const char *label, const char *text, size_t text_bytes)
{
  g_autofree char *line = g_utf8_make_valid (text, (gssize) text_bytes);
  GString *description = trace->facts.description;

  pthread_mutex_lock (&trace->facts.lock);
  if (description->len + text_bytes <= LEC_LIMIT_DESCRIPTION_BYTES) {
    if (description->len > 0)
      g_string_append_c (description, '\n');
    g_string_append_printf (description, "%s: %s", label, line);
  }
  pthread_mutex_unlock (&trace->facts.lock);
}

char *
lec_trace_dup_description (LecTrace *trace)
{
  char *description = NULL;

  pthread_mutex_lock (&trace->facts.lock);
  if (trace->facts.description->len > 0)
    description = g_strdup (trace->facts.description->str);
  pthread_mutex_unlock (&trace->facts.lock);
  return description;
}

void
lec_trace_add_name (LecTrace *trace, const uint8_t *address, unsigned address_bytes, const char *name,
                    size_t name_bytes)
{
  g_autofree char *valid = g_utf8_make_valid (name, (gssize) name_bytes);
  GByteArray *names = trace->facts.names;
  guint8 length = (guint8) address_bytes;

  pthread_mutex_lock (&trace->facts.lock);
  if (names->len + name_bytes <= LEC_LIMIT_NAMES_BYTES) {
    g_byte_array_append (names, &length, 1);
    g_byte_array_append (names, address, address_bytes);
    g_byte_array_append (names, (const guint8 *) valid, (guint) strlen (valid) + 1);
    trace->facts.n_names++;
  }
  pthread_mutex_unlock (&trace->facts.lock);
}

/* The octet of the length, the address, the name with its NUL. */
static size_t
name_record_bytes (const uint8_t *record)
{
  return 1 + record[0] + strlen ((const char *) record + 1 + record[0]) + 1;
}

uint32_t
lec_trace_foreach_name (LecTrace *trace, uint32_t limit, LecTraceNameFunc each, void *data)
{
  const GByteArray *all = trace->facts.names;
  g_autofree uint8_t *names = NULL;
  size_t n_bytes = 0;
  uint32_t n_names;

  /* EACH runs without the lock, so that it may ask the trace for more. */
  pthread_mutex_lock (&trace->facts.lock);
  n_names = trace->facts.n_names;
  if (limit >= n_names)
    n_bytes = all->len;
  else
    for (uint32_t i = 0; i < limit; i++)
      n_bytes += name_record_bytes (all->data + n_bytes);
  names = g_memdup2 (all->data, n_bytes);
  pthread_mutex_unlock (&trace->facts.lock);
  for (const uint8_t *record = names; record < names + n_bytes; record += name_record_bytes (record))
    each (record + 1, record[0], (const char *) record + 1 + record[0], data);
  return n_names;
}
