#include "base/error.h"

G_DEFINE_QUARK (lec - error - quark, lec_error)
