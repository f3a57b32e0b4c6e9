/* Frames made by hand, for the tests of the lower layers. */
#pragma once

#define ETHERNET(type) "00005e005310 00005e0053fe " type
/* IPv4 without options: total length, flags and fragment offset, protocol, header checksum, 192.0.2.16 to
 * 198.51.100.20. */
#define IPV4(total, fragment, protocol, checksum)                                                                      \
  "4500" total "3041" fragment "40" protocol checksum "c0000210 c6336414 "
#define IPV6(length, next)                                                                                             \
  "60012345" length next "40 20010db8000000000000000000000001 20010db8000000000000000000000002 "
