/* Wireshark's own numbers for link types, so that frame.encap_type says what it says there. */
#pragma once

#include <stdint.h>

/* 0 = it has none. */
uint16_t lec_encapsulation (uint16_t link_type);
