"""What is said of TCP conversations: states, round trips, bytes in flight, goodput; against recordings whose truth is
known, and against tshark where nothing went wrong. Skipped where the recordings are not at hand."""
import collections
import glob
import json
import os
import shutil
import subprocess
import sys
import unittest

from cli import CliTest, sample

LAB = os.path.join(os.environ.get('LECTERN_CAPTURES', ''), 'lab')
STATES = ['lectern.tcp.state.client', 'lectern.tcp.state.server']

# RFC 9293 §3.3.2, figure 5: where a state may lead to, also over states that no segment shows. Repeats go back: who sends
# a FIN or a SYN again had no answer to it.
LEADS_TO = {
    'SYN-SENT': 'SYN-RECEIVED ESTABLISHED FIN-WAIT-1 CLOSED',
    'SYN-RECEIVED': 'ESTABLISHED FIN-WAIT-1 CLOSE-WAIT LAST-ACK CLOSED SYN-SENT LISTEN',
    'ESTABLISHED': 'FIN-WAIT-1 CLOSE-WAIT LAST-ACK CLOSED',
    'FIN-WAIT-1': 'FIN-WAIT-2 CLOSING TIME-WAIT CLOSED',
    'FIN-WAIT-2': 'TIME-WAIT CLOSED FIN-WAIT-1',
    'CLOSING': 'TIME-WAIT CLOSED',
    'TIME-WAIT': 'CLOSED',
    'CLOSE-WAIT': 'LAST-ACK CLOSED',
    'LAST-ACK': 'CLOSED',
    'CLOSED': 'SYN-SENT SYN-RECEIVED LISTEN LAST-ACK',
    'LISTEN': 'SYN-RECEIVED CLOSED',
}

OPENING = ['SYN-SENT SYN-RECEIVED', 'ESTABLISHED SYN-RECEIVED', 'ESTABLISHED ESTABLISHED']
RESET = OPENING + ['CLOSED CLOSED']
CLOSED_BY_CLIENT = OPENING + ['FIN-WAIT-1 CLOSE-WAIT', 'TIME-WAIT LAST-ACK', 'TIME-WAIT CLOSED']
CLOSED_BY_SERVER = OPENING + ['CLOSE-WAIT FIN-WAIT-1', 'LAST-ACK TIME-WAIT', 'CLOSED TIME-WAIT']
# What the client's recordings of these scenarios must show, a list a conversation.
EXPECTED = {
    's13a-keepalive-probes-1': [CLOSED_BY_CLIENT],
    's13b-keepalive-dead-1': [RESET],
    's13c-half-open-1': [RESET],
    # The server's FIN does not acknowledge the client's: it had not come yet.
    's13d-simultaneous-close-1': [OPENING + ['FIN-WAIT-1 CLOSE-WAIT', 'CLOSING FIN-WAIT-1', 'CLOSING TIME-WAIT',
                                             'TIME-WAIT TIME-WAIT']],
    's13e-port-reuse-rst-1': [RESET, RESET, RESET],
    's13f-port-reuse-timewait-1': [CLOSED_BY_SERVER, CLOSED_BY_SERVER],
    's13g-simultaneous-open-1': [['SYN-SENT SYN-RECEIVED', 'SYN-RECEIVED SYN-SENT', 'SYN-RECEIVED ESTABLISHED',
                                  'ESTABLISHED SYN-RECEIVED', 'ESTABLISHED ESTABLISHED', 'FIN-WAIT-1 CLOSE-WAIT',
                                  'FIN-WAIT-1 ESTABLISHED', 'CLOSING FIN-WAIT-1', 'CLOSING TIME-WAIT',
                                  'TIME-WAIT TIME-WAIT']],
    # The acknowledgment that crosses the FIN is from before the server had that.
    's13h-half-close-1': [OPENING + ['FIN-WAIT-1 CLOSE-WAIT', 'FIN-WAIT-1 ESTABLISHED', 'FIN-WAIT-2 CLOSE-WAIT',
                                     'TIME-WAIT LAST-ACK', 'TIME-WAIT CLOSED']],
    's02a-port-closed-1': [['SYN-SENT CLOSED', 'CLOSED CLOSED']],
    's01a-syn-dropped-1': [['SYN-SENT unknown']],
    's11e-lost-fin-1': [OPENING + ['FIN-WAIT-1 CLOSE-WAIT', 'TIME-WAIT LAST-ACK', 'TIME-WAIT CLOSED']],
}

# What Lectern does not say where tshark says something, though nothing was lost: scenario, field, and why.
EXPLAINED = [
    ('s02', 'tcp.analysis.initial_rtt', 'a refusal is no handshake'),
    ('s13g', 'tcp.analysis.initial_rtt', 'crossing SYNs: tshark takes the time between the two'),
    ('s13g', 'tcp.analysis.ack_rtt', 'what the SYN-ACK acknowledged already is acknowledged again'),
    ('s13g', 'tcp.analysis.acks_frame', 'likewise'),
    ('s13g', 'tcp.analysis.bytes_in_flight', 'tshark counts from one too many, after crossing SYNs'),
    ('s11f', 'tcp.analysis.bytes_in_flight', 'tshark forgets what is in flight at a reset that got lost'),
]
TROUBLE = set('retransmission reordered segment-lost-before segment-not-captured ack-of-unseen network-duplicate '
              'capture-duplicate zero-window-probe'.split())


def recordings(pattern='*'):
    return sorted(path for path in glob.glob(os.path.join(LAB, pattern))
                  if path.endswith(('.pcap', '.pcapng')) and '+keys' not in path)


def truth_of(path):
    with open(path.rsplit('.', 1)[0] + '.truth.json') as handle:
        return json.load(handle)


def without_repeats(items):
    return [item for i, item in enumerate(items) if i == 0 or item != items[i - 1]]


class ReplayTest(CliTest):
    def conversations(self, path):
        """TCP's, by their streams."""
        return {str(row['stream']): row for row in self.json('conversations', path) if row['protocol'] == 'TCP'}

    def segments(self, path, *fields, filter='tcp'):
        """stream, whether the server sent it, and the values of FIELDS."""
        clients = {stream: row['client'] for stream, row in self.conversations(path).items()}
        ends = ['tcp.stream', 'ip.src', 'ipv6.src', 'tcp.srcport']
        for stream, ipv4, ipv6, port, *values in self.values(path, *ends, *fields, filter=filter):
            source = f'{ipv4}:{port}' if ipv4 else f'[{ipv6}]:{port}'
            yield stream, source != clients[stream], values


class States(ReplayTest):
    def test_what_the_scenarios_must_show(self):
        for name, expected in EXPECTED.items():
            path, = recordings(name + '.client.pcap*')
            found = collections.defaultdict(list)
            for stream, _side, states in self.segments(path, *STATES):
                found[int(stream)].append(' '.join(states))
            ways = [without_repeats(pairs) for _stream, pairs in sorted(found.items())]
            for way in expected:
                self.assertIn(way, ways, name)
            if name.startswith('s13'):
                self.assertEqual(ways, expected, name)

    def test_each_end_goes_the_way_of_the_diagram(self):
        """By the segments that it sends itself, in all recordings."""
        n_steps = 0
        for path in recordings():
            last = {}
            for stream, side, states in self.segments(path, *STATES):
                state, former = states[side], last.get((stream, side))
                last[stream, side] = state
                if former in (None, 'unknown', state):
                    continue
                self.assertIn(state, LEADS_TO[former].split(), (path, stream, side, former))
                n_steps += 1
        self.assertGreater(n_steps, 1000)

    def test_filters_ask_for_them(self):
        path, = recordings('s13h-half-close-1.client.pcap*')
        waiting = self.frames(path, 'lectern.tcp.state.client == "FIN-WAIT-2"')
        self.assertEqual(waiting, [number for number in self.frames(path, 'tcp') if 9 <= number <= 18])
        self.assertEqual(self.frames(path, 'lectern.tcp.state.client == "FIN-WAIT-2" and tcp.len > 100'), [11, 13, 15, 17])
        self.assertEqual(self.frames(path, 'not lectern.tcp.state.client and tcp'), [])


class RoundTrips(ReplayTest):
    FIELDS = ['frame.number', 'lectern.tcp.rtt.frame', 'tcp.analysis.ack_rtt', 'tcp.options.timestamp.tsval']

    def test_samples_are_of_what_arrived(self):
        """No sample begins with a packet that was lost behind the place of capture, or that is a copy."""
        n_samples = 0
        for path in recordings():
            frames = {frame['n']: frame for frame in truth_of(path)['frames']}
            for number, timed, rtt, _timestamp in self.values(path, *self.FIELDS, filter='lectern.tcp.rtt.frame'):
                begin = frames[int(timed)]
                self.assertNotIn('drop', str(begin.get('fate')), (path, number))
                self.assertNotEqual(begin.get('l'), 'network-duplicate', (path, number))
                self.assertGreaterEqual(float(rtt), 0)
                n_samples += 1
        self.assertGreater(n_samples, 10000)

    def test_karns_rule(self):
        """Without timestamps there is no sample of anything that was sent twice before it was acknowledged."""
        n_checked = 0
        for path in recordings('*-2.*'):
            frames = {frame['n']: frame for frame in truth_of(path)['frames']}
            rows = self.values(path, *self.FIELDS, filter='tcp')
            repeats = [frame for frame in frames.values() if frame.get('l') == 'retransmission' and frame.get('seq')]
            if not repeats or any(timestamp for *_rest, timestamp in rows):
                continue
            for number, timed, *_rest in rows:
                begin = frames[int(timed)] if timed else None
                if not begin or not begin.get('seq'):
                    continue
                again = [frame['n'] for frame in repeats if frame['c'] == begin['c'] and frame['d'] == begin['d'] and
                         frame['n'] < int(number) and frame['n'] != int(timed) and
                         frame['seq'][0] < begin['seq'][1] and begin['seq'][0] < frame['seq'][1]]
                self.assertEqual(again, [], (path, number, timed))
                n_checked += 1
        self.assertGreater(n_checked, 1000)

    def test_a_repeated_syn(self):
        """Timestamps tell which SYN was answered, unless it is the first of several."""
        path, = recordings('s11c-lost-syn-1.client.pcap*')
        row, = self.conversations(path).values()
        self.assertAlmostEqual(row['handshake_rtt'], 0.0404, places=3)
        path, = recordings('s08d-loss2-nosack-1.client.pcap*')  # the answer got lost, and went out once more
        row, = self.conversations(path).values()
        self.assertIsNone(row['handshake_rtt'])
        path, = recordings('s17a-ipv6-2.client.pcap*')  # no timestamps
        self.assertIn(None, [row['handshake_rtt'] for row in self.conversations(path).values()])


class Sums(ReplayTest):
    def test_the_same_from_everywhere(self):
        """Goodput and round trips between both ends do not depend on where the capture was taken."""
        for scenario in ('s07i-', 's08b-', 's08e-'):
            rows = {point: list(self.conversations(recordings(f'{scenario}*-1.{point}.pcap*')[0]).values())[0]
                    for point in ('client', 'middle', 'server')}
            for key, tolerance in (('client_goodput', 0.05), ('server_goodput', 0.05), ('handshake_rtt', 0.02),
                                   ('rtt_median', 0.1), ('duration', 0.01)):
                values = [row[key] for row in rows.values()]
                self.assertLess(max(values) - min(values), tolerance * max(values), (scenario, key, rows))

    def test_sums_are_those_of_the_frames(self):
        path, = recordings('s08b-loss2-1.server.pcap*')
        row, = self.conversations(path).values()
        segments = list(self.segments(path, 'tcp.analysis.ack_rtt', 'lectern.tcp.in_flight.server', 'tcp.analysis.initial_rtt'))
        client = sorted(float(rtt) for _stream, server, (rtt, *_rest) in segments if rtt and not server)
        self.assertEqual((row['client_rtt_min'], row['client_rtt_max']), (client[0], client[-1]))
        self.assertAlmostEqual(row['client_rtt_median'], (client[(len(client) - 1) // 2] + client[len(client) // 2]) / 2, places=9)
        self.assertEqual(row['server_largest_flight'], max(int(flight) for *_ends, (_rtt, flight, _first) in segments if flight))
        self.assertEqual({float(first) for *_ends, (_rtt, _flight, first) in segments if first}, {row['handshake_rtt']})
        sent = truth_of(path)
        repeats = sum(frame.get('l') == 'retransmission' for frame in sent['frames'])
        occupying = sum(frame.get('seq') is not None and frame.get('l') != 'network-duplicate' for frame in sent['frames'])
        self.assertAlmostEqual(row['retransmission_rate'], repeats / occupying, places=6)

    def test_nothing_of_udp(self):
        for row in self.json('conversations', sample('redirect.pcap')):
            self.assertEqual(row['rtt_min'] is None, row['protocol'] == 'UDP')

    def test_scaling_that_is_not_known_is_not_guessed(self):
        path, = recordings('s08b-loss2-1.server.pcap*')
        unknown = self.values(path, 'lectern.tcp.window.client', 'lectern.tcp.window.client.unknown', filter='tcp')
        self.assertTrue(all(window and not mark for window, mark in unknown))
        cut = self.write('cut.pcapng', b'')
        subprocess.run(['editcap', '-r', path, cut, '20-100'], check=True)
        unknown = self.values(cut, 'lectern.tcp.window.client', 'lectern.tcp.window.client.unknown',
                              filter='tcp and frame.number > 20')
        self.assertTrue(all(mark and not window for window, mark in unknown))
        self.assertEqual(self.frames(cut, 'lectern.tcp.window.client'), [])


@unittest.skipUnless(shutil.which('tshark'), 'tshark is not installed')
class Tshark(ReplayTest):
    FIELDS = [f'tcp.analysis.{name}' for name in ('ack_rtt', 'acks_frame', 'initial_rtt', 'bytes_in_flight', 'push_bytes_sent')]

    def theirs(self, path):
        words = [word for field in self.FIELDS for word in ('-e', field)]
        run = subprocess.run(['tshark', '-n', '-r', path, '-T', 'fields', *words], stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL, env={**os.environ, 'HOME': self.folder})
        return [line.split('\t') for line in run.stdout.decode().split('\n')[:-1]]

    def test_the_same_where_nothing_went_wrong(self):
        """In conversations without loss, reordering or repeats. That tshark has no initial_rtt in frames of which it says
        nothing else is no difference."""
        same, wrong = collections.Counter(), []
        for path in recordings('*.client.pcap*'):
            rows = self.values(path, 'tcp.stream', 'lectern.verdict', *self.FIELDS)
            troubled = {row[0] for row in rows if TROUBLE & set(row[1].split(','))}
            for number, (theirs, (stream, _verdict, *ours)) in enumerate(zip(self.theirs(path), rows), 1):
                if not stream or stream in troubled:
                    continue
                for field, expected, found in zip(self.FIELDS, theirs, ours):
                    if expected == found or (not expected and field.endswith('initial_rtt')):
                        same[field] += bool(found)
                    elif not any(os.path.basename(path).startswith(name) and field == known for name, known, _why in EXPLAINED):
                        wrong.append((os.path.basename(path), number, field, expected, found))
        self.assertEqual(wrong[:10], [])
        self.assertTrue(all(same[field] > 500 for field in self.FIELDS), same)

    def test_where_karns_rule_makes_us_differ(self):
        """All acknowledgments of which tshark gives a round trip and Lectern none are of something that was sent twice,
        or of something that was acknowledged before."""
        n_ambiguous = 0
        for path in recordings('s08*.client.pcap*'):
            rows = self.values(path, 'lectern.tcp.rtt.ambiguous', *self.FIELDS)
            for number, (theirs, (ambiguous, *ours)) in enumerate(zip(self.theirs(path), rows), 1):
                if theirs[0] and not ours[0]:
                    self.assertTrue(ambiguous or not ours[1], (path, number))
                    n_ambiguous += bool(ambiguous)
        self.assertGreater(n_ambiguous, 10)


if __name__ == '__main__':
    if not os.path.isdir(LAB):
        sys.exit(77)
    unittest.main()
