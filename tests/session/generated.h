/* A trace made on the spot, larger than those in data/samples. */
#pragma once

#include <glib.h>
#include <stdint.h>

/* What is in it. */
typedef struct {
  uint32_t n_frames;
  uint32_t n_syns;       /* SYNs and SYN-ACKs */
  uint32_t n_unanswered; /* attempts of three SYNs each, in which nothing came back */
  uint32_t n_requests;   /* each with its response */
} Generated;

/* Writes about N_FRAMES frames to a new file in the directory for temporary ones; returns its path, to be freed and
 * removed. */
char *generate_trace (uint32_t n_frames, Generated *generated);
