/* A trace run through the index pass, for tests. */
#pragma once

#include "analysis/index-pass.h"

/* NULL and a skip of the test where PATH is not there. */
LecIndex *loaded_index (const char *path);
/* A sample that ships with the project. */
LecIndex *loaded_sample (const char *name);
