#include <pcap/pcap.h>

#include "trace/trace.h"

/* Where the number in a file is not the one that libpcap uses on this machine. */
static const struct {
  uint16_t link_type;
  int dlt;
} different[] = {
  { 100, DLT_ATM_RFC1483 },
  { 101, DLT_RAW },
  { 102, DLT_SLIP_BSDOS },
  { 103, DLT_PPP_BSDOS },
};

char *
lec_link_type_dup_name (uint16_t link_type)
{
  int dlt = link_type;
  const char *name;

  for (unsigned i = 0; i < G_N_ELEMENTS (different); i++)
    if (different[i].link_type == link_type)
      dlt = different[i].dlt;
  name = pcap_datalink_val_to_name (dlt);
  return name != NULL ? g_strdup (name) : g_strdup_printf ("%u", link_type);
}
