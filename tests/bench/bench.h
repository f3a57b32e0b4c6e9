/* What the measurements of the core share. */
#pragma once

#include "analysis/index.h"

/* The index of the trace that the command line names, complete; NULL where there is none, which it then says. */
LecIndex *bench_index (int argc, char **argv, const char *usage);
/* CPU of this thread so far. */
double bench_thread_ms (void);
