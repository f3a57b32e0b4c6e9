/* What TLS calls its numbers: tables of IANA's registries, and the version in words. Only for the files of TLS. */
#pragma once

#include "protocol/field.h"

G_BEGIN_DECLS

extern const LecValueName lec_tls_content_types[];
extern const LecValueName lec_tls_versions[];
extern const LecValueName lec_tls_handshake_types[];
extern const LecValueName lec_tls_extension_types[];
extern const LecValueName lec_tls_suite_names[];
extern const LecValueName lec_tls_groups[];
extern const LecValueName lec_tls_signature_schemes[];
extern const LecValueName lec_tls_hashes[];
extern const LecValueName lec_tls_signatures[];
extern const LecValueName lec_tls_point_formats[];
extern const LecValueName lec_tls_compressions[];
extern const LecValueName lec_tls_alert_levels[];
extern const LecValueName lec_tls_alerts[];
extern const LecValueName lec_tls_psk_modes[];
extern const LecValueName lec_tls_curve_types[];
extern const LecValueName lec_tls_name_types[];
extern const LecValueName lec_tls_heartbeat_types[];
extern const LecValueName lec_tls_certificate_types[];

/* Values that mean nothing and only keep servers tolerant: 0x0a0a, 0x1a1a … (RFC 8701 §2). */
gboolean lec_tls_is_grease (uint16_t value);

G_END_DECLS
