#!/usr/bin/env python3
"""Hold the values that lectern-cli prints against tshark's, field by field, over the captures at hand.

    compare-tshark.py --cli PROGRAM [--jobs N] [--show N] [CAPTURE…]

Without CAPTURE: those under $LECTERN_CAPTURES, but only the client's of the lab's recordings (the same traffic was
recorded at three points) and not those that their table says tshark is no judge of. Values of a frame must be the same, in the same
order, but for the notation of numbers. What applications say is compared by TCP connection and direction, in order:
Lectern shows a message at the frame of its first byte, tshark at that of its last.

Exits with 77 where tshark or the captures are missing."""
import argparse
import collections
import concurrent.futures
import csv
import fnmatch
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

FRAME_FIELDS = '''
frame.number frame.len frame.cap_len frame.time_epoch
frame.section_number frame.interface_id frame.interface_description frame.interface_queue
frame.encap_type frame.packet_flags frame.packet_flags_direction frame.packet_flags_reception_type
frame.packet_flags_fcs_length frame.packet_flags_crc_error frame.packet_flags_symbol_error frame.packet_id
frame.drop_count frame.verdict.ebpf_tc frame.verdict.ebpf_xdp frame.comment
eth.src eth.dst eth.type vlan.id arp.opcode arp.src.proto_ipv4 arp.dst.proto_ipv4
ip.version ip.hdr_len ip.dsfield.dscp ip.dsfield.ecn ip.len ip.id ip.flags.df ip.flags.mf ip.frag_offset ip.ttl ip.proto
ip.src ip.dst ipv6.src ipv6.dst ipv6.nxt ipv6.hlim icmp.type icmp.code icmpv6.type
udp.srcport udp.dstport udp.length udp.stream
tcp.srcport tcp.dstport tcp.stream tcp.len tcp.seq tcp.seq_raw tcp.nxtseq tcp.ack tcp.ack_raw tcp.hdr_len tcp.flags
tcp.flags.str tcp.flags.syn tcp.flags.ack tcp.flags.fin tcp.flags.reset tcp.flags.push tcp.flags.urg tcp.flags.ece
tcp.flags.cwr tcp.window_size_value tcp.window_size tcp.options.mss_val tcp.options.wscale.shift tcp.options.sack_le
tcp.options.sack_re tcp.options.timestamp.tsval tcp.options.timestamp.tsecr
'''.split()

STREAM_FIELDS = '''
dns.id dns.qry.name dns.qry.type dns.a dns.aaaa dns.flags.response dns.flags.rcode
http.request.method http.request.uri http.request.version http.response.code http.response.phrase http.host
http.user_agent http.server http.location http.content_type http.content_length_header http.content_encoding
http.transfer_encoding http.last_modified http.www_authenticate http.authorization
tls.handshake.type tls.handshake.extensions_server_name tls.record.content_type
'''.split()

# What tshark looks into and Lectern does not: captures with such layers are left out, for what they carry counts as a
# connection of its own.
CARRIERS = set('''arcnet chdlc erspan fddi fr geneve gre gtp ipcomp ipoib mpls nflog pktap ppi ppp pppoes prism pwethcw
radiotap vxlan wlan'''.split())

# Where the two differ on purpose: field, capture, and why. Both are patterns as of a shell.
EXCEPTIONS = [
    ('frame.packet_flags*', 'pcapparser__modified-format.pcap', 'this pcap notes the direction; tshark drops it'),
    ('udp.stream', 'kurose__*', 'tshark counts packets quoted by ICMP, and questions of SNMP, as streams of their own'),
    ('udp.stream', 'ndpi__*', 'likewise'),
    ('frame.time_epoch', 'gopacket__*', 'a simple packet block has no time: Lectern says the time of the one before it'),
    ('frame.time_epoch', 'pcpp__*', 'times beyond 64 bits of nanoseconds, and microseconds beyond a million'),
    ('frame.len', 'pcpp__cf-FuzzTarget-*', 'tshark cuts the length to 31 bits'),
    ('ip.version', 'pcpp__cf-FuzzTarget-*', 'tshark takes a broken quoted packet for IPv6'),
    ('ip.version', 'tcpdump__beep-oobr.pcap', 'an IPv4 link that carries version 3: Lectern shows it as data'),
    ('tcp.*', 'tcpdump__beep-oobr.pcap', 'the length of a jumbogram that is longer than the frame'),
    ('ip.len', 'msod__*', 'tshark says the captured length where the network card left 0; Lectern says what stands there'),
    ('dns.*', 'ndpi__doq.pcapng', 'DNS in QUIC'),
    ('tcp.seq*', 'ndpi__gnutella.pcap', 'tshark calls the numbers of a segment quoted by ICMP relative'),
    ('tls.*', 'ndpi__gnutella.pcap', 'TLS on a port that tshark takes for BitTorrent'),
    ('tls.*', 'suricata__http-connect*', 'TLS behind a CONNECT whose answer is not in the trace'),
    ('http.transfer_encoding', 'suricata__http-evader*', 'a folded header: Lectern keeps all its lines'),
    ('http.response.phrase', 'suricata__http-evader*', 'two words behind the code, of which tshark skips one'),
    ('http.*', 'suricata__detect-pcre*', 'a second request without an empty line between'),
    ('tcp.*', 'suricata__ipv6-evasion*', 'segments of overlapping or broken fragments'),
    ('http.*', 's09a-reorder-3.*', 'tshark takes a segment that comes late for a second response'),
    ('http.*', 's21-mixed-2.*', 'likewise, for a second request'),
    ('http.*', 'zeek__http__261__variant-10-*', 'a request smuggled by contradictory framing'),
    ('http.*', 'zeek__http__methods.pcap', 'the version is cut to "HTTP/1.", which is none'),
    ('http.request.*', 'zeek__http__connect-with-smtp.pcap', 'a blank too many in the start line: where target and version part'),
    ('http.request.version', 'ndpi__WebattackRCE.pcap', 'likewise'),
    ('http.user_agent', 's[01]*', 'a header cut by the snap length: Lectern shows zeros for what is missing'),
    ('http.server', 's[01]*', 'likewise'),
    ('http.request.uri', 'ndpi__WebattackRCE.pcap', 'a blank in the target: which of the two is the last word'),
    # The number that relative ones count from, and the scale factor, after a handshake that is cut, forged or crossed.
    ('tcp.window_size', 's13g-simultaneous-open-*', 'both sides open: the scale factor is not learnt'),
    ('tcp.window_size', 'ndpi__webex.pcap', 'the handshake is not whole'),
    ('tls.*', 'ndpi__webex.pcap', 'the end of a record whose beginning is missing'),
    ('tcp.*', 'suricata__bug-3286-03-*', 'a forged SYN-ACK'),
    ('tcp.*', 'suricata__tcp-fastopen-10-*', 'data in the SYN that the server ignores'),
    ('tcp.*', 'zeek__tcp__rst-inject-rae.pcap', 'a forged reset before the SYN-ACK'),
]

FIELDS = FRAME_FIELDS + STREAM_FIELDS
KEYS = ['tcp.stream', 'tcp.srcport']  # of a direction of a connection


def is_excepted(field, capture):
    return any(fnmatch.fnmatch(field, f) and fnmatch.fnmatch(os.path.basename(capture), c) for f, c, _why in EXCEPTIONS)


def normal(text):
    """A cell's values, with one notation for numbers and truth values."""
    values = []
    for value in text.split(',') if text else []:
        value = value.strip().lower()
        if re.fullmatch('0x[0-9a-f]+|[0-9]+', value):
            value = str(int(value, 0 if value.startswith('0x') else 10))
        values.append({'true': '1', 'false': '0'}.get(value, value))
    return values


def agree(field, expected, found):
    """The same values; of HTTP Lectern may say more, because tshark holds a message back whose body never ends."""
    if not field.startswith('http.'):
        return expected == found
    rest = iter(found)
    return all(value in rest for value in expected)


def run(arguments, home):
    environment = {**os.environ, 'HOME': home, 'WIRESHARK_CONFIG_DIR': home, 'LC_ALL': 'C.UTF-8'}
    return subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300, env=environment)


def rows(output):
    for line in output.decode('utf-8', 'replace').split('\n'):
        if line:
            yield dict(zip([*FIELDS, 'frame.protocols'], line.split('\t')))


def values_of(output):
    """(field, frame number or direction of a connection) → values."""
    values = collections.defaultdict(list)
    for row in rows(output):
        number = row['frame.number']
        direction = tuple(row[key].split(',')[0] for key in KEYS)
        for field in FRAME_FIELDS:
            values[field, number] = normal(row[field])
        for field in STREAM_FIELDS:
            if row[field] and (direction[0] or field.startswith('dns.')):  # without TCP they are QUIC and SSDP
                values[field, direction if direction[0] else number] += normal(row[field])
    return values


def compare(capture, cli, home):
    """None where tshark cannot read the capture whole or Lectern does not look into it, else each field's differences."""
    wanted = [word for field in FIELDS for word in ('-e', field)]
    theirs = run(['tshark', '-n', '-r', capture, '-T', 'fields', '-E', 'occurrence=a', *wanted, '-e', 'frame.protocols'], home)
    layers = {layer for row in rows(theirs.stdout) for layer in row['frame.protocols'].split(':')}
    if theirs.returncode or layers & CARRIERS:
        return None
    ours = run([cli, 'frames', capture, *wanted], home)
    if ours.returncode == 2 and b' yet.' in ours.stderr:
        return None
    if ours.returncode not in (0, 1):
        raise RuntimeError(f'exit {ours.returncode}: {ours.stderr.decode()[-300:]}')
    expected, found = values_of(theirs.stdout), values_of(ours.stdout)
    differences = {field: [] for field in FIELDS if not is_excepted(field, capture)}
    for key in expected.keys() | found.keys():
        if key[0] in differences and not agree(key[0], expected.get(key, []), found.get(key, [])):
            differences[key[0]].append((key[1], expected.get(key, []), found.get(key, [])))
    return differences


def doubtful(folder):
    """Captures that tshark is no judge of, by their table."""
    with open(os.path.join(folder, 'corpus', 'open.tsv'), newline='') as table:
        return {row['file'] for row in csv.DictReader(table, delimiter='\t') if row['oracle_doubt'] or row['tshark_ok'] != 'yes' or '.erf' in row['file']}


def captures_at_hand():
    folder = os.environ.get('LECTERN_CAPTURES', '')
    if not os.path.isdir(folder):
        print('no captures: LECTERN_CAPTURES names none')
        sys.exit(77)
    left_out = doubtful(folder)
    found = [name for kind in ('lab/*.client.pcap*', 'corpus/*') for name in sorted(glob.glob(os.path.join(folder, kind)))]
    return [name for name in found if not name.endswith(('.tsv', '.md')) and os.path.basename(name) not in left_out]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--cli', required=True)
    parser.add_argument('--jobs', type=int, default=os.cpu_count())
    parser.add_argument('--show', type=int, default=2, help='differences shown a field and capture')
    parser.add_argument('captures', nargs='*')
    options = parser.parse_args()
    if not shutil.which('tshark'):
        print('tshark is not installed')
        sys.exit(77)
    captures = options.captures or captures_at_hand()
    known = run([options.cli, 'fields', '--format=tsv'], os.curdir).stdout.decode().splitlines()
    unknown = set(FIELDS) - {line.split('\t')[0] for line in known}
    if unknown:
        sys.exit(f'lectern-cli does not know {" ".join(sorted(unknown))}')

    passed, unreadable, differing = 0, 0, collections.Counter()
    with tempfile.TemporaryDirectory() as home, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        futures = {capture: pool.submit(compare, capture, options.cli, home) for capture in captures}
        for capture, future in futures.items():
            name = os.path.basename(capture)
            try:
                result = future.result()
            except (RuntimeError, subprocess.TimeoutExpired) as error:
                print(f'{name}: {error}')
                differing['(not readable by lectern-cli)'] += 1
                continue
            if result is None:
                unreadable += 1
                continue
            for field, wrong in result.items():
                passed += not wrong
                if wrong:
                    differing[field] += 1
                    shown = '; '.join(f'{where}: {expected} / {found}' for where, expected, found in wrong[:options.show])
                    print(f'{name}\t{field}\t{len(wrong)} differ\t{shown}'[:400])
    for field, count in differing.most_common():
        print(f'{count:5} captures differ in {field}')
    print(f'{len(FIELDS)} fields, {len(captures) - unreadable} captures, {unreadable} more that one of the two does not look into')
    print(f'{passed} passed, {sum(differing.values())} failed')
    sys.exit(1 if differing else 0)


if __name__ == '__main__':
    main()
