#include "protocol/tls-names.h"

gboolean
lec_tls_is_grease (uint16_t value)
{
  return (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 0xff);
}

/* The names of all that lec_tls_is_grease(): they stand in the registries of numbers of 16 bits. */
#define GREASE(digit)                                                                                                  \
  {                                                                                                                    \
    0x0a0a | 0x1010 * (digit), "GREASE"                                                                                \
  }
#define GREASE_NAMES                                                                                                   \
  GREASE (0x0), GREASE (0x1), GREASE (0x2), GREASE (0x3), GREASE (0x4), GREASE (0x5), GREASE (0x6), GREASE (0x7),      \
      GREASE (0x8), GREASE (0x9), GREASE (0xa), GREASE (0xb), GREASE (0xc), GREASE (0xd), GREASE (0xe), GREASE (0xf)

const LecValueName lec_tls_content_types[] = {
  { 20, N_ ("Change cipher spec") }, { 21, N_ ("Alert") },     { 22, N_ ("Handshake") },
  { 23, N_ ("Application data") },   { 24, N_ ("Heartbeat") }, { 0, NULL },
};

/* Drafts of TLS 1.3 were in use while it was being written (RFC 8446 §4.2.1). */
const LecValueName lec_tls_versions[] = {
  { 0x0200, "SSL 2.0" },
  { 0x0300, "SSL 3.0" },
  { 0x0301, "TLS 1.0" },
  { 0x0302, "TLS 1.1" },
  { 0x0303, "TLS 1.2" },
  { 0x0304, "TLS 1.3" },
  { 0x7f0e, "TLS 1.3 draft 14" },
  { 0x7f0f, "TLS 1.3 draft 15" },
  { 0x7f10, "TLS 1.3 draft 16" },
  { 0x7f11, "TLS 1.3 draft 17" },
  { 0x7f12, "TLS 1.3 draft 18" },
  { 0x7f13, "TLS 1.3 draft 19" },
  { 0x7f14, "TLS 1.3 draft 20" },
  { 0x7f15, "TLS 1.3 draft 21" },
  { 0x7f16, "TLS 1.3 draft 22" },
  { 0x7f17, "TLS 1.3 draft 23" },
  { 0x7f18, "TLS 1.3 draft 24" },
  { 0x7f19, "TLS 1.3 draft 25" },
  { 0x7f1a, "TLS 1.3 draft 26" },
  { 0x7f1b, "TLS 1.3 draft 27" },
  { 0x7f1c, "TLS 1.3 draft 28" },
  GREASE_NAMES,
  { 0, NULL },
};

const LecValueName lec_tls_handshake_types[] = {
  { 0, "Hello Request" },
  { 1, "Client Hello" },
  { 2, "Server Hello" },
  { 3, "Hello Verify Request" },
  { 4, "New Session Ticket" },
  { 5, "End of Early Data" },
  { 6, "Hello Retry Request" },
  { 8, "Encrypted Extensions" },
  { 11, "Certificate" },
  { 12, "Server Key Exchange" },
  { 13, "Certificate Request" },
  { 14, "Server Hello Done" },
  { 15, "Certificate Verify" },
  { 16, "Client Key Exchange" },
  { 20, "Finished" },
  { 21, "Certificate URL" },
  { 22, "Certificate Status" },
  { 23, "Supplemental Data" },
  { 24, "Key Update" },
  { 25, "Compressed Certificate" },
  { 67, "Next Protocol" },
  { 0, NULL },
};

const LecValueName lec_tls_extension_types[] = {
  { 0, "server_name" },
  { 1, "max_fragment_length" },
  { 2, "client_certificate_url" },
  { 3, "trusted_ca_keys" },
  { 4, "truncated_hmac" },
  { 5, "status_request" },
  { 6, "user_mapping" },
  { 7, "client_authz" },
  { 8, "server_authz" },
  { 9, "cert_type" },
  { 10, "supported_groups" },
  { 11, "ec_point_formats" },
  { 12, "srp" },
  { 13, "signature_algorithms" },
  { 14, "use_srtp" },
  { 15, "heartbeat" },
  { 16, "application_layer_protocol_negotiation" },
  { 17, "status_request_v2" },
  { 18, "signed_certificate_timestamp" },
  { 19, "client_certificate_type" },
  { 20, "server_certificate_type" },
  { 21, "padding" },
  { 22, "encrypt_then_mac" },
  { 23, "extended_master_secret" },
  { 24, "token_binding" },
  { 25, "cached_info" },
  { 27, "compress_certificate" },
  { 28, "record_size_limit" },
  { 34, "delegated_credentials" },
  { 35, "session_ticket" },
  { 41, "pre_shared_key" },
  { 42, "early_data" },
  { 43, "supported_versions" },
  { 44, "cookie" },
  { 45, "psk_key_exchange_modes" },
  { 47, "certificate_authorities" },
  { 48, "oid_filters" },
  { 49, "post_handshake_auth" },
  { 50, "signature_algorithms_cert" },
  { 51, "key_share" },
  { 52, "transparency_info" },
  { 53, "connection_id (deprecated)" },
  { 54, "connection_id" },
  { 55, "external_id_hash" },
  { 56, "external_session_id" },
  { 57, "quic_transport_parameters" },
  { 58, "ticket_request" },
  { 59, "dnssec_chain" },
  { 61, "rrc" },
  { 13172, "next_protocol_negotiation" },
  { 17513, "application_settings" },
  { 17613, "application_settings (new)" },
  { 30031, "channel_id_old" },
  { 30032, "channel_id" },
  { 65037, "encrypted_client_hello" },
  { 65281, "renegotiation_info" },
  { 65445, "quic_transport_parameters (draft)" },
  { 65486, "encrypted_server_name" },
  GREASE_NAMES,
  { 0, NULL },
};

const LecValueName lec_tls_groups[] = {
  { 0x0001, "sect163k1" },
  { 0x0002, "sect163r1" },
  { 0x0003, "sect163r2" },
  { 0x0004, "sect193r1" },
  { 0x0005, "sect193r2" },
  { 0x0006, "sect233k1" },
  { 0x0007, "sect233r1" },
  { 0x0008, "sect239k1" },
  { 0x0009, "sect283k1" },
  { 0x000a, "sect283r1" },
  { 0x000b, "sect409k1" },
  { 0x000c, "sect409r1" },
  { 0x000d, "sect571k1" },
  { 0x000e, "sect571r1" },
  { 0x000f, "secp160k1" },
  { 0x0010, "secp160r1" },
  { 0x0011, "secp160r2" },
  { 0x0012, "secp192k1" },
  { 0x0013, "secp192r1" },
  { 0x0014, "secp224k1" },
  { 0x0015, "secp224r1" },
  { 0x0016, "secp256k1" },
  { 0x0017, "secp256r1" },
  { 0x0018, "secp384r1" },
  { 0x0019, "secp521r1" },
  { 0x001a, "brainpoolP256r1" },
  { 0x001b, "brainpoolP384r1" },
  { 0x001c, "brainpoolP512r1" },
  { 0x001d, "x25519" },
  { 0x001e, "x448" },
  { 0x001f, "brainpoolP256r1tls13" },
  { 0x0020, "brainpoolP384r1tls13" },
  { 0x0021, "brainpoolP512r1tls13" },
  { 0x0022, "GC256A" },
  { 0x0023, "GC256B" },
  { 0x0024, "GC256C" },
  { 0x0025, "GC256D" },
  { 0x0026, "GC512A" },
  { 0x0027, "GC512B" },
  { 0x0028, "GC512C" },
  { 0x0029, "curveSM2" },
  { 0x0100, "ffdhe2048" },
  { 0x0101, "ffdhe3072" },
  { 0x0102, "ffdhe4096" },
  { 0x0103, "ffdhe6144" },
  { 0x0104, "ffdhe8192" },
  { 0x0200, "MLKEM512" },
  { 0x0201, "MLKEM768" },
  { 0x0202, "MLKEM1024" },
  { 0x11eb, "SecP256r1MLKEM768" },
  { 0x11ec, "X25519MLKEM768" },
  { 0x11ed, "SecP384r1MLKEM1024" },
  { 0x6399, "X25519Kyber768Draft00" },
  { 0x639a, "SecP256r1Kyber768Draft00" },
  { 0xff01, "arbitrary_explicit_prime_curves" },
  { 0xff02, "arbitrary_explicit_char2_curves" },
  GREASE_NAMES,
  { 0, NULL },
};

const LecValueName lec_tls_signature_schemes[] = {
  { 0x0101, "rsa_md5" },
  { 0x0201, "rsa_pkcs1_sha1" },
  { 0x0202, "dsa_sha1" },
  { 0x0203, "ecdsa_sha1" },
  { 0x0301, "rsa_sha224" },
  { 0x0302, "dsa_sha224" },
  { 0x0303, "ecdsa_sha224" },
  { 0x0401, "rsa_pkcs1_sha256" },
  { 0x0402, "dsa_sha256" },
  { 0x0403, "ecdsa_secp256r1_sha256" },
  { 0x0501, "rsa_pkcs1_sha384" },
  { 0x0502, "dsa_sha384" },
  { 0x0503, "ecdsa_secp384r1_sha384" },
  { 0x0601, "rsa_pkcs1_sha512" },
  { 0x0602, "dsa_sha512" },
  { 0x0603, "ecdsa_secp521r1_sha512" },
  { 0x0708, "sm2sig_sm3" },
  { 0x0804, "rsa_pss_rsae_sha256" },
  { 0x0805, "rsa_pss_rsae_sha384" },
  { 0x0806, "rsa_pss_rsae_sha512" },
  { 0x0807, "ed25519" },
  { 0x0808, "ed448" },
  { 0x0809, "rsa_pss_pss_sha256" },
  { 0x080a, "rsa_pss_pss_sha384" },
  { 0x080b, "rsa_pss_pss_sha512" },
  { 0x081a, "ecdsa_brainpoolP256r1tls13_sha256" },
  { 0x081b, "ecdsa_brainpoolP384r1tls13_sha384" },
  { 0x081c, "ecdsa_brainpoolP512r1tls13_sha512" },
  { 0x0904, "mldsa44" },
  { 0x0905, "mldsa65" },
  { 0x0906, "mldsa87" },
  GREASE_NAMES,
  { 0, NULL },
};

/* Before TLS 1.3 a scheme was a pair (RFC 5246 §7.4.1.4.1). */
const LecValueName lec_tls_hashes[] = {
  { 0, "none" },   { 1, "MD5" },    { 2, "SHA1" },   { 3, "SHA224" },
  { 4, "SHA256" }, { 5, "SHA384" }, { 6, "SHA512" }, { 0, NULL },
};

const LecValueName lec_tls_signatures[] = {
  { 0, "anonymous" }, { 1, "RSA" }, { 2, "DSA" }, { 3, "ECDSA" }, { 0, NULL },
};

const LecValueName lec_tls_point_formats[] = {
  { 0, "uncompressed" },
  { 1, "ansiX962_compressed_prime" },
  { 2, "ansiX962_compressed_char2" },
  { 0, NULL },
};

const LecValueName lec_tls_compressions[] = {
  { 0, "null" },
  { 1, "DEFLATE" },
  { 64, "LZS" },
  { 0, NULL },
};

const LecValueName lec_tls_alert_levels[] = {
  { 1, N_ ("Warning") },
  { 2, N_ ("Fatal") },
  { 0, NULL },
};

/* RFC 8446 §6 and its registry; the names are those of the protocol. */
const LecValueName lec_tls_alerts[] = {
  { 0, "close_notify" },
  { 10, "unexpected_message" },
  { 20, "bad_record_mac" },
  { 21, "decryption_failed" },
  { 22, "record_overflow" },
  { 30, "decompression_failure" },
  { 40, "handshake_failure" },
  { 41, "no_certificate" },
  { 42, "bad_certificate" },
  { 43, "unsupported_certificate" },
  { 44, "certificate_revoked" },
  { 45, "certificate_expired" },
  { 46, "certificate_unknown" },
  { 47, "illegal_parameter" },
  { 48, "unknown_ca" },
  { 49, "access_denied" },
  { 50, "decode_error" },
  { 51, "decrypt_error" },
  { 60, "export_restriction" },
  { 70, "protocol_version" },
  { 71, "insufficient_security" },
  { 80, "internal_error" },
  { 86, "inappropriate_fallback" },
  { 90, "user_canceled" },
  { 100, "no_renegotiation" },
  { 109, "missing_extension" },
  { 110, "unsupported_extension" },
  { 111, "certificate_unobtainable" },
  { 112, "unrecognized_name" },
  { 113, "bad_certificate_status_response" },
  { 114, "bad_certificate_hash_value" },
  { 115, "unknown_psk_identity" },
  { 116, "certificate_required" },
  { 120, "no_application_protocol" },
  { 121, "ech_required" },
  { 0, NULL },
};

const LecValueName lec_tls_psk_modes[] = {
  { 0, "psk_ke" },
  { 1, "psk_dhe_ke" },
  { 0, NULL },
};

const LecValueName lec_tls_curve_types[] = {
  { 1, "explicit_prime" },
  { 2, "explicit_char2" },
  { 3, "named_curve" },
  { 0, NULL },
};

const LecValueName lec_tls_name_types[] = {
  { 0, "host_name" },
  { 0, NULL },
};

const LecValueName lec_tls_heartbeat_types[] = {
  { 1, N_ ("Request") },
  { 2, N_ ("Response") },
  { 0, NULL },
};

const LecValueName lec_tls_certificate_types[] = {
  { 1, "rsa_sign" },
  { 2, "dss_sign" },
  { 3, "rsa_fixed_dh" },
  { 4, "dss_fixed_dh" },
  { 5, "rsa_ephemeral_dh" },
  { 6, "dss_ephemeral_dh" },
  { 20, "fortezza_dms" },
  { 22, "gost_sign256" },
  { 23, "gost_sign512" },
  { 64, "ecdsa_sign" },
  { 65, "rsa_fixed_ecdh" },
  { 66, "ecdsa_fixed_ecdh" },
  { 0, NULL },
};
