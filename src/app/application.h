/* The program: one process, a window for each trace. */
#pragma once

#include "app/color-rules.h"
#include "app/filter-library.h"
#include "app/style.h"

G_BEGIN_DECLS

#define LEC_TYPE_APPLICATION (lec_application_get_type ())
G_DECLARE_FINAL_TYPE (LecApplication, lec_application, LEC, APPLICATION, GtkApplication)

LecApplication *lec_application_new (void);
/* What the user has set; shared by all windows. Borrowed. */
GSettings *lec_application_settings (LecApplication *application);
/* The one list of colour rules. Borrowed. */
LecColorRules *lec_application_color_rules (LecApplication *application);
/* The one library of filters, read when first asked for. Borrowed. */
LecFilterLibrary *lec_application_filter_library (LecApplication *application);

G_END_DECLS
