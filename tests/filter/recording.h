/* A recording under a filter, as frame numbers. */
#pragma once

#include "filter/filter.h"

/* Reads PATH to its end. */
LecIndex *lec_test_index (const char *path);
/* The first file called NAME among this folder's data and the samples. */
char *lec_test_recording (const char *name);
/* "15 16 17": the frames that pass. */
char *lec_test_frames (LecIndex *index, const LecFilter *filter);
/* The lines of a file of tests/data that are neither empty nor comments; free with g_strfreev(). */
char **lec_test_lines (const char *name);
