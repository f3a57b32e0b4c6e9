#!/usr/bin/env python3
"""Hold Lectern's wireshark.analysis.* against what tshark says, frame by frame, and its own verdicts against both.

    compare-wireshark.py --cli PROGRAM [--jobs N] [--show N] [CAPTURE…]

Without CAPTURE: the client's first recordings of the lab and all public captures with TCP under $LECTERN_CAPTURES. First,
the fields must be the same, but for what RULES_EXPLAINED lists. Second, in the public captures that their table has no
doubts about, each difference between Lectern's verdicts and tshark's must be of a kind in EXPLAINED, decided from what
Lectern says of the frame and those before it; anything else is a bug.

Exits with 77 where tshark or the captures are missing."""
import argparse
import collections
import concurrent.futures
import csv
import fnmatch
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile

FLAGS = '''retransmission fast_retransmission spurious_retransmission out_of_order lost_segment ack_lost_segment
duplicate_ack keep_alive keep_alive_ack zero_window zero_window_probe zero_window_probe_ack window_full window_update
reused_ports'''.split()
NUMBERS = '''duplicate_ack_num duplicate_ack_frame rto rto_frame acks_frame ack_rtt initial_rtt bytes_in_flight'''.split()
FIELDS = FLAGS + NUMBERS

# As in compare-tshark.py: tshark looks into these layers and Lectern does not.
CARRIERS = set('''arcnet chdlc erspan fddi fr geneve gre gtp ipcomp ipoib mpls nflog pktap ppi ppp pppoes prism pwethcw
radiotap vxlan wlan'''.split())

# Where the rules are not followed to the letter: field, capture, and why.
RULES_EXPLAINED = [
    ('*', 'ndpi__fuzz-2006-09-29-28586.pcap', 'after broken headers the two see other connections begin'),
    ('*_rtt', 'pcpp__*pcapng-example*', 'times beyond 64 bits of nanoseconds'),
    ('bytes_in_flight', 'tcpdump__beep-oobr.pcap', 'the length of a jumbogram that is longer than the frame'),
    ('bytes_in_flight', 'zeek__modbus__fuzz-72.pcap', 'tshark does not show two billion bytes'),
]

# Lectern's kinds by the flags that mean them.
KINDS = {
    'retransmission': ['retransmission'],
    'out_of_order': ['reordered'],
    'lost_segment': ['segment-lost-before', 'segment-not-captured'],
    'ack_lost_segment': ['ack-of-unseen'],
    'duplicate_ack': ['duplicate-ack'],
    'keep_alive': ['keep-alive'],
    'keep_alive_ack': ['keep-alive-answer'],
    'zero_window_probe': ['zero-window-probe'],
    'zero_window_probe_ack': ['zero-window-probe-answer'],
    'window_full': ['window-full'],
    'window_update': ['window-update'],
    'reused_ports': ['port-reused'],
    'zero_window': ['zero-window'],
}
OWN_FIELDS = '''frame.number frame.protocols tcp.stream ip.src ipv6.src tcp.srcport tcp.flags tcp.seq tcp.ack tcp.len
tcp.window_size_value lectern.tcp.in_flight.client lectern.tcp.in_flight.server lectern.tcp.window.client
lectern.tcp.window.server'''.split()
FIN, SYN, RST, ACK = 1, 2, 4, 16
WORD = 1 << 32


class Case:
    """A frame of which the two say different things: what Lectern says of it, and what had passed before.

    Of either direction: `end` is behind the highest byte that was captured, `ack` the highest acknowledgment, `window` the
    one told last; None where there was none. `full`: what it sent has used up the other's window, `told_full`: the other's
    sending has used up its own, which still stands."""

    def __init__(self, row, side, kinds, verdicts, theirs, sender, peer, overtaken):
        self.row, self.side, self.kinds, self.verdicts = row, side, kinds, verdicts
        self.sender, self.peer, self.overtaken = sender, peer, overtaken
        self.theirs = theirs
        self.flags = int(row['tcp.flags'], 0)
        self.length, self.seq, self.ack, self.window = (int(row[name] or 0) for name in (
            'tcp.len', 'tcp.seq', 'tcp.ack', 'tcp.window_size_value'))
        names = ['client', 'server']
        self.own_flight = row['lectern.tcp.in_flight.' + names[side]]
        self.peer_flight = row['lectern.tcp.in_flight.' + names[not side]]
        self.peer_window = row['lectern.tcp.window.' + names[not side]]

    def rests_on(self, kind, *evidence):
        """Lectern says KIND, and gives some of EVIDENCE for it."""
        return any(verdict['kind'] == kind and set(evidence) & set(verdict['evidence'].split()) for verdict in self.verdicts)

    def is_bare(self):
        return self.length == 0 and not self.flags & (SYN | FIN | RST)


def not_before(a, b):
    return (a - b) % WORD < WORD // 2


def has_passed(case):
    return case.peer['end'] is not None and not_before(case.peer['end'], case.ack)


def is_tight(case):
    """Less room is left than for another segment like it, but some: only what fits exactly counts with tshark."""
    return (case.own_flight and case.peer_window and
            0 < int(case.peer_window) - int(case.own_flight) < case.length)


# (flag, who says so, the explanation, and whether it applies).
EXPLAINED = [
    ('duplicate_ack', 'tshark', 'nothing was outstanding that it could ask for (RFC 5681 §2)',
     lambda case: case.peer_flight in ('', '0')),
    ('duplicate_ack', 'tshark', 'an answer to a keep-alive or a probe, other frames between',
     lambda case: case.kinds & {'keep-alive-answer', 'zero-window-probe-answer'}),
    ('window_update', 'tshark', 'nobody waited for room: the window before was neither shut nor used up',
     lambda case: case.sender['window'] and not case.peer['full']),
    ('window_update', 'tshark', 'the window became smaller',
     lambda case: case.sender['window'] and case.window < case.sender['window']),
    ('window_update', 'tshark', 'a duplicate ACK that tells another window besides',
     lambda case: 'duplicate-ack' in case.kinds),
    ('window_update', 'tshark', 'an answer to a keep-alive that tells another window besides',
     lambda case: 'keep-alive-answer' in case.kinds),
    ('window_full', 'Lectern', 'no further segment fits, though not to the byte', is_tight),
    ('window_full', 'tshark', 'said of the segment before: nothing like it fitted any more', lambda case: case.peer['told_full']),
    ('window_full', 'tshark', 'bytes that are there twice use up nothing',
     lambda case: case.kinds & {'retransmission', 'network-duplicate'}),
    ('lost_segment', 'tshark', 'what was missing came late', lambda case: case.overtaken),
    ('lost_segment', 'tshark', 'nothing can be missing before a SYN', lambda case: case.flags & SYN),
    ('lost_segment', 'tshark', 'an empty segment, and no byte of its sender had passed yet: the trace begins later',
     lambda case: case.is_bare() and case.sender['end'] is None),
    ('ack_lost_segment', 'tshark', 'all that it acknowledges had passed here', has_passed),
    ('ack_lost_segment', 'tshark', 'said of an earlier acknowledgment of as much',
     lambda case: case.sender['ack'] is not None and not_before(case.sender['ack'], case.ack)),
    ('ack_lost_segment', 'tshark', 'no byte of the other side had passed yet: the trace begins later',
     lambda case: case.peer['end'] is None),
    ('retransmission', 'tshark', 'a network duplicate: all that a sender fills in anew is the same',
     lambda case: case.rests_on('network-duplicate', 'identical')),
    ('retransmission', 'tshark', 'captured twice: the same packet by another way',
     lambda case: case.rests_on('capture-duplicate', 'identical', 'other-hops')),
    ('retransmission', 'tshark', 'reordered: its IP identification or timestamp is from before, or nobody could ask so soon',
     lambda case: case.rests_on('reordered', 'ip-id-earlier', 'timestamp-earlier', 'too-soon')),
    ('out_of_order', 'tshark', 'sent again: its IP identification or timestamp is from after, or its bytes had passed',
     lambda case: case.rests_on('retransmission', 'ip-id-later', 'timestamp-later', 'seen-before')),
    ('out_of_order', 'tshark', 'a network duplicate: all that a sender fills in anew is the same',
     lambda case: case.rests_on('network-duplicate', 'identical')),
    ('keep_alive', 'tshark', 'a probe of a shut window', lambda case: 'zero-window-probe' in case.kinds),
    ('keep_alive_ack', 'Lectern', 'tshark takes no answer that is not right behind, or tells another window',
     lambda case: case.theirs & {'duplicate_ack', 'window_update'}),
    ('zero_window_probe', 'Lectern', 'tshark calls it a keep-alive', lambda case: 'keep_alive' in case.theirs),
    ('zero_window_probe_ack', 'Lectern', 'tshark takes no answer that is not right behind, or tells of room',
     lambda case: case.theirs & {'duplicate_ack', 'window_update', 'zero_window'}),
    ('zero_window', 'tshark', 'the window had been shut before: said once', lambda case: case.sender['window'] == 0),
    ('zero_window', 'tshark', 'the other side has said that it sends no more: nobody waits',
     lambda case: case.peer['finished'] is not None and not_before(case.ack, case.peer['finished'])),
    ('reused_ports', 'tshark', 'an answer opens no connection, whatever its number', lambda case: case.flags & SYN and case.flags & ACK),
    ('retransmission', 'Lectern', 'tshark calls it out-of-order', lambda case: 'out_of_order' in case.theirs),
    ('out_of_order', 'Lectern', 'tshark calls it a retransmission', lambda case: 'retransmission' in case.theirs),
    ('duplicate_ack', 'Lectern', 'tshark calls it a window update', lambda case: 'window_update' in case.theirs),
]

# Frames whose headers were changed at random on purpose: sequence numbers that nobody sent.
BROKEN = ['*fuzz*']


def run(arguments, home):
    environment = {**os.environ, 'HOME': home, 'WIRESHARK_CONFIG_DIR': home, 'LC_ALL': 'C.UTF-8'}
    return subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300, env=environment)


def rows(output, names):
    for line in output.decode('utf-8', 'replace').split('\n'):
        if line:
            yield dict(zip(names, line.split('\t')))


def fields_of(program, prefix, names, home):
    words = [word for name in names for word in ('-e', name)]
    words += [word for field in FIELDS for word in ('-e', f'{prefix}.analysis.{field}')]
    result = run([*program, '-Y', 'tcp', *words], home)
    return result, {row['frame.number']: row for row in rows(result.stdout, [*names, *FIELDS])}


def differing_fields(theirs, ours, name):
    """tshark prints a mark twice where it also explains it."""
    for number in theirs.keys() | ours.keys():
        for field in FIELDS:
            expected, found = (side.get(number, {}).get(field, '').split(',')[0] for side in (theirs, ours))
            if expected != found and not any(fnmatch.fnmatch(field, f) and fnmatch.fnmatch(name, c) for f, c, _why in RULES_EXPLAINED):
                yield number, field, expected, found


def json_rows(cli, command, capture, home):
    return [json.loads(line) for line in run([cli, command, '--format=json', capture], home).stdout.decode().splitlines()]


def new_direction():
    return {'end': None, 'ack': None, 'window': None, 'full': False, 'told_full': False, 'finished': None}


def follow(row, sender, peer, kinds):
    """What the next frames are judged by."""
    flags, length = int(row['tcp.flags'], 0), int(row['tcp.len'] or 0)
    end = (int(row['tcp.seq'] or 0) + length + bool(flags & (SYN | FIN))) % WORD
    window, ack = int(row['tcp.window_size_value'] or 0), int(row['tcp.ack'] or 0)
    if flags & FIN:
        sender['finished'] = end
    if (length or flags & (SYN | FIN)) and (sender['end'] is None or not_before(end, sender['end'])):
        sender['end'] = end
    if window != sender['window'] or (flags & ACK and ack != sender['ack']):
        peer['full'] = sender['told_full'] = False
    if flags & ACK and (sender['ack'] is None or not_before(ack, sender['ack'])):
        sender['ack'] = ack
    sender['window'] = window
    if 'window-full' in kinds:
        sender['full'] = peer['told_full'] = True


def explain(case, name):
    """The differences of a frame, each with its explanation, or None."""
    for flag, kinds in KINDS.items():
        says_tshark, says_lectern = flag in case.theirs, bool(case.kinds & set(kinds))
        if says_tshark == says_lectern:
            continue
        who = 'tshark' if says_tshark else 'Lectern'
        if any(fnmatch.fnmatch(name, pattern) for pattern in BROKEN):
            yield flag, who, 'headers that were changed at random'
            continue
        yield flag, who, next((why for f, w, why, applies in EXPLAINED if (f, w) == (flag, who) and applies(case)), None)


def judged(theirs, ours, cli, capture, home):
    clients = {str(row['stream']): row['client'] for row in json_rows(cli, 'conversations', capture, home) if row['protocol'] == 'TCP'}
    verdicts = collections.defaultdict(list)
    for verdict in json_rows(cli, 'verdicts', capture, home):
        verdicts[str(verdict['frame'])].append(verdict)
    overtaken = {str(verdict['of']) for told in verdicts.values() for verdict in told if verdict['kind'] == 'reordered'}
    streams = collections.defaultdict(lambda: (new_direction(), new_direction()))
    for number, row in ours.items():
        if not row['tcp.stream']:
            continue
        source = f'{row["ip.src"]}:{row["tcp.srcport"]}' if row['ip.src'] else f'[{row["ipv6.src"]}]:{row["tcp.srcport"]}'
        side = source != clients[row['tcp.stream']]
        kinds = {verdict['kind'] for verdict in verdicts[number]}
        directions = streams[row['tcp.stream']]
        said = {flag for flag in FLAGS if theirs.get(number, {}).get(flag)}
        case = Case(row, side, kinds, verdicts[number], said, directions[side], directions[not side], number in overtaken)
        for flag, who, why in explain(case, os.path.basename(capture)):
            yield number, flag, who, why
        follow(row, directions[side], directions[not side], kinds)


def compare(capture, cli, home, judge):
    """None where one of the two does not look into it or cannot open it; else the differences in fields and in verdicts."""
    result, theirs = fields_of(['tshark', '-n', '-r', capture, '-T', 'fields', '-E', 'occurrence=a'], 'tcp',
                               ['frame.number', 'frame.protocols'], home)
    if any(layer in CARRIERS for row in theirs.values() for layer in row['frame.protocols'].split(':')):
        return None
    ours, own = fields_of([cli, 'frames', capture], 'wireshark', OWN_FIELDS, home)
    if ours.returncode == 2:
        return None
    if ours.returncode not in (0, 1):
        raise RuntimeError(f'exit {ours.returncode}: {ours.stderr.decode()[-300:]}')
    quoted = {number for number, row in theirs.items() if 'icmp' in row['frame.protocols']}
    theirs = {number: row for number, row in theirs.items() if number not in quoted}
    own = {number: row for number, row in own.items() if number not in quoted}
    wrong = sorted(differing_fields(theirs, own, os.path.basename(capture)), key=lambda found: int(found[0]))
    return sum(bool(row[field]) for row in theirs.values() for field in FIELDS), wrong, list(
        judged(theirs, own, cli, capture, home)) if judge and result.returncode == 0 else []


def captures_at_hand():
    """All, and the names of those that tshark is a judge of, by their table."""
    folder = os.environ.get('LECTERN_CAPTURES', '')
    if not os.path.isdir(folder):
        print('no captures: LECTERN_CAPTURES names none')
        sys.exit(77)
    with open(os.path.join(folder, 'corpus', 'open.tsv'), newline='') as table:
        public = [row for row in csv.DictReader(table, delimiter='\t') if '.erf' not in row['file'] and int(row['tcp_frames'] or 0)]
    judges = {row['file'] for row in public if not row['oracle_doubt'] and row['tshark_ok'] == 'yes'}
    return sorted(glob.glob(os.path.join(folder, 'lab', '*-1.client.pcap*'))) + [
        os.path.join(folder, 'corpus', row['file']) for row in public], judges


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--cli', required=True)
    parser.add_argument('--jobs', type=int, default=os.cpu_count())
    parser.add_argument('--show', type=int, default=3, help='differences shown a capture')
    parser.add_argument('captures', nargs='*')
    options = parser.parse_args()
    if not shutil.which('tshark'):
        print('tshark is not installed')
        sys.exit(77)
    captures, judges = (options.captures, set(map(os.path.basename, options.captures))) if options.captures else captures_at_hand()

    n_values, n_wrong, n_unexplained, n_left_out = 0, 0, 0, 0
    explained = collections.Counter()
    with tempfile.TemporaryDirectory() as home, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        futures = {capture: pool.submit(compare, capture, options.cli, home, os.path.basename(capture) in judges) for capture in captures}
        for capture, future in futures.items():
            found, name = future.result(), os.path.basename(capture)
            if found is None:
                n_left_out += 1
                continue
            n_values += found[0]
            n_wrong += len(found[1])
            for number, field, expected, value in found[1][:options.show]:
                print(f'{name}\tframe {number}\t{field}: tshark {expected!r}, Lectern {value!r}')
            for number, flag, who, why in found[2]:
                explained[flag, who, why] += 1
                if why is None:
                    n_unexplained += 1
                    print(f'{name}\tframe {number}\t{flag}: only {who} says so')
    for (flag, who, why), count in sorted(explained.items(), key=lambda item: -item[1]):
        print(f'{count:5} × {flag}, only by {who}: {why or "NOT EXPLAINED"}')
    print(f'{len(captures) - n_left_out} captures, {n_left_out} more that one of the two does not look into')
    print(f'{n_values} values by the rules, {n_wrong} wrong; {sum(explained.values())} verdicts unlike tshark\'s, {n_unexplained} not explained')
    sys.exit(1 if n_wrong or n_unexplained or not n_values else 0)


if __name__ == '__main__':
    main()
