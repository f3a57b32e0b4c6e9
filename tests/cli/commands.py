"""How lectern-cli behaves: exit statuses, damage, shapes of its output."""
import gzip
import hashlib
import lzma
import os
import shutil
import struct
import subprocess
import unittest

from cli import CliTest, SAMPLES, read, sample

REDIRECT = sample('redirect.pcap')
PAGE = sample('landing-page.pcapng')


class CommandLine(CliTest):
    def test_help_and_version(self):
        self.assertIn('conversations', self.cli('--help'))
        self.assertRegex(self.cli('--version'), r'^lectern-cli \d')

    def test_mistakes(self):
        for words in ([], ['dance', REDIRECT], ['frames'], ['frames', REDIRECT, 'more'], ['frames', REDIRECT, '--format=xml'],
                      ['frames', REDIRECT, '-e', 'tcp.prot'], ['frames', REDIRECT, '-Y', 'tcp.port =='],
                      ['frames', REDIRECT, '-t', 'x'], ['summary', REDIRECT, '-Y', 'tcp'], ['messages', REDIRECT, '-e', 'ip.src'],
                      ['show', REDIRECT], ['show', REDIRECT, '0'], ['show', REDIRECT, '37'], ['show', REDIRECT, 'three'],
                      ['show', REDIRECT, '99999999999'], ['--frobnicate']):
            self.assertEqual(self.cli(*words, status=2), '', words)
            self.assertNotEqual(self.complaint, '', words)

    def test_every_command_in_every_format(self):
        for command in ('frames', 'messages', 'verdicts', 'conversations', 'operations'):
            rows = self.json(command, PAGE)
            lines = self.cli(command, PAGE, '--format=tsv').splitlines()
            self.assertEqual(len(lines), len(rows), command)
            for line, row in zip(lines, rows):
                self.assertEqual(len(line.split('\t')), len(row), (command, line))
            self.assertEqual(len(self.cli(command, PAGE).splitlines()), len(rows), command)
        self.assertEqual({row['depth'] for row in self.json('show', PAGE, 20)} >= {0, 1, 2}, True)
        summary, = self.json('summary', PAGE)
        self.assertEqual((summary['frames'], summary['verdicts']['reset']), (34, 1))
        self.assertEqual(sum(summary['protocols'].values()), 34)
        self.assertEqual([interface['link_type'] for interface in summary['interfaces']], ['EN10MB'])
        self.assertGreater(len(self.cli('summary', PAGE, '--format=tsv').splitlines()), 5)


class Opening(CliTest):
    def everything(self, path, **options):
        return self.cli('frames', path, '-e', 'frame.number', '-e', 'frame.time_epoch', '-e', 'ip.src', '-e', 'tcp.seq', **options)

    def test_standard_input(self):
        data = read(REDIRECT)
        self.assertEqual(self.everything('-', stdin=data), self.everything(REDIRECT))

    def test_compressed_by_content(self):
        data = read(PAGE)
        expected = self.everything(PAGE)
        self.assertEqual(self.everything(self.write('a', gzip.compress(data))), expected)
        self.assertEqual(self.everything(self.write('b', lzma.compress(data))), expected)
        self.assertEqual(self.everything('-', stdin=gzip.compress(data)), expected)
        for tool in ('zstd', 'lz4'):
            if shutil.which(tool):
                packed = subprocess.run([tool, '-c', '-q', PAGE], stdout=subprocess.PIPE, check=True).stdout
                self.assertEqual(self.everything(self.write('c', packed)), expected, tool)

    def test_not_to_be_opened(self):
        for path in ('/nowhere/at/all.pcap', self.folder, self.write('empty.pcap', b''), self.write('text.pcap', b'Dear Sir,\n' * 9)):
            for command in ('frames', 'summary', 'messages'):
                self.assertEqual(self.cli(command, path, status=2), '')
                self.assertNotEqual(self.complaint.strip(), 'lectern-cli:')

    def test_cut_in_a_record(self):
        data = read(REDIRECT)
        path = self.write('cut.pcap', data[:-20])
        for command in ('frames', 'summary', 'messages', 'conversations'):
            self.assertNotEqual(self.cli(command, path, status=1), '')
            self.assertRegex(self.complaint, r'cut\.pcap: at byte \d+: ')
        self.assertEqual(self.everything(path, status=1).splitlines(), self.everything(REDIRECT).splitlines()[:-1])

    def test_wrong_length(self):
        data = bytearray(read(REDIRECT))
        data[24 + 8:24 + 12] = b'\x7f\xff\xff\xff'  # the first record's captured length, big-endian
        self.cli('frames', self.write('wrong.pcap', bytes(data)), status=1)
        self.assertIn('at byte ', self.complaint)


class Output(CliTest):
    @unittest.skipUnless(shutil.which('tshark'), 'tshark is not installed')
    def test_fields_as_tshark_prints_them(self):
        names = ['frame.number', 'eth.src', 'ip.src', 'ip.dst', 'tcp.port', 'tcp.flags', 'tcp.seq', 'tcp.options.mss_val', 'dns.qry.name',
                 'udp.srcport']
        words = [word for name in names for word in ('-e', name)]
        for name in sorted(os.listdir(SAMPLES)):
            if name.endswith(('.pcap', '.pcapng')):
                theirs = subprocess.run(['tshark', '-n', '-r', sample(name), '-T', 'fields', '-E', 'occurrence=a', '-E', 'separator=/t', *words],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, 'HOME': self.folder})
                self.assertEqual(self.cli('frames', sample(name), *words), theirs.stdout.decode(), name)

    def test_fields_of_the_index_are_those_of_dissections(self):
        names = ['frame.number', 'frame.time', 'frame.time_epoch', 'frame.time_delta', 'frame.time_relative']
        quick = self.values(PAGE, *names)
        self.assertEqual(quick, [row[:-1] for row in self.values(PAGE, *names, 'frame.protocols')])
        self.assertEqual(len(quick), len(self.json('frames', PAGE)))

    def test_json_of_fields(self):
        row = self.json('frames', REDIRECT, '-e', 'frame.number', '-e', 'tcp.port', '-Y', 'frame.number == 12')
        self.assertEqual(row, [{'frame.number': ['12'], 'tcp.port': ['80', '64665']}])

    def test_parts_are_indented(self):
        rows = self.json('messages', REDIRECT)
        lines = self.cli('messages', REDIRECT).splitlines()
        for row, line in zip(rows, lines):
            self.assertTrue(line.startswith('  ' * row['depth'] + str(row['number'])), line)
        self.assertEqual({row['depth'] for row in rows}, {0, 1, 2})

    def test_a_filtered_list_keeps_the_numbers(self):
        rows = self.json('messages', REDIRECT, '-Y', 'http')
        self.assertEqual([row['number'] for row in rows if row['depth'] == 0], [10, 23])

    def test_times(self):
        epochs = [row['time_epoch'] for row in self.json('frames', REDIRECT)]
        self.assertEqual(epochs, sorted(epochs))
        texts = {kind: [row['time'] for row in self.json('frames', REDIRECT, '-t', kind)] for kind in 'rdau'}
        self.assertEqual(len({tuple(column) for column in (texts['r'], texts['d'], texts['a'])}), 3)
        self.assertRegex(texts['a'][0], r'\d:\d\d:\d\d')

    def test_fields_are_listed(self):
        fields = self.json('fields')
        names = [field['name'] for field in fields]
        self.assertEqual(len(names), len(set(names)))
        self.assertIn('tcp.srcport', names)
        self.assertEqual({field['name'].lower()[:9] for field in self.json('fields', 'TCP.FLAGS')}, {'tcp.flags'})
        port, = [field for field in self.json('fields', 'TCP.SourcePort')]
        self.assertEqual((port['name'], port['type']), ('tcp.srcport', 'uint16'))

    def test_bodies(self):
        operations = [o for o in self.json('operations', '--body-sha256', REDIRECT) if o['protocol'] == 'HTTP']
        body = bytes.fromhex(''.join(''.join(row) for row in self.values(REDIRECT, 'tcp.payload', filter='frame.number in {25, 27, 29}')))
        content = body[body.index(b'\r\n\r\n') + 4:]
        self.assertEqual((operations[1]['body_bytes'], operations[1]['body_sha256'], operations[1]['missing_bytes']),
                         (len(content), hashlib.sha256(content).hexdigest(), 0))


def records():
    """Those of redirect.pcap, which is big-endian and tells microseconds."""
    data, at, found = read(REDIRECT), 24, []
    while at < len(data):
        end = at + 16 + struct.unpack_from('>I', data, at + 8)[0]
        found.append(bytearray(data[at:end]))
        at = end
    return found


class Trouble(CliTest):
    """What an operation's line tells of trouble stands before the long part of it."""

    def summary(self, kept):
        path = self.write('trouble.pcap', read(REDIRECT)[:24] + b''.join(kept))
        return next(row['summary'] for row in self.json('messages', path) if row['number'] == 10)

    def test_resends(self):
        kept = records()
        again = bytearray(kept[11])  # the response in frame 12, as another IP packet
        again[16 + 14 + 4] ^= 0x40
        kept.insert(12, again)
        self.assertRegex(self.summary(kept), r'^302 .* · 1 resend → http://')

    def test_gaps(self):
        kept = records()
        whole = kept[11]
        kept[11:12] = [self.piece(whole, 0, 300), self.piece(whole, 320, 358)]  # frame 13 acknowledges all of it
        self.assertRegex(self.summary(kept), r'^302 .* · 1 gap → http://')
        kept[11:13] = [self.piece(whole, 0, 300), self.piece(whole, 300, 358)]
        self.assertNotIn('gap', self.summary(kept))

    def test_a_head_ends_where_bytes_are_missing(self):
        kept = records()
        whole = kept[11]
        first = self.piece(whole, 0, 300)[:-200]
        struct.pack_into('>I', first, 8, len(first) - 16)  # so much of it was captured
        kept[11:12] = [first, self.piece(whole, 300, 358)]
        path = self.write('cut.pcap', read(REDIRECT)[:24] + b''.join(kept))
        sent = read(REDIRECT)
        head = sent[sent.index(b'HTTP/1.1 302'):][:100].decode()
        row = self.json('frames', path, '-e', 'http.response.line', '-Y', 'frame.number == 12')
        lines = [line.replace('\\r\\n', '\r\n') for line in row[0]['http.response.line']]
        self.assertEqual(''.join(lines), head[head.index('\r\n') + 2:])

    def piece(self, record, start, end):
        """The TCP segment in RECORD with bytes START to END of its payload only."""
        tcp = 16 + 14 + 20
        payload = tcp + (record[tcp + 12] >> 4) * 4
        piece = record[:payload] + record[payload + start:payload + end]
        struct.pack_into('>2I', piece, 8, len(piece) - 16, len(piece) - 16)
        struct.pack_into('>H', piece, 16 + 14 + 2, len(piece) - 16 - 14)
        struct.pack_into('>I', piece, tcp + 4, struct.unpack_from('>I', record, tcp + 4)[0] + start)
        return piece


class EndOfTrace(CliTest):
    """Traces that end while an answer is still to come."""

    def ended(self, n_frames, later_us=None):
        """The first N_FRAMES; and where LATER_US is given the ARP request of frame 1 once more, so much later."""
        kept = records()[:n_frames]
        if later_us is not None:
            seconds, fraction = struct.unpack_from('>2I', kept[-1])
            last = records()[0]
            struct.pack_into('>2I', last, 0, *divmod(seconds * 1000000 + fraction + later_us, 1000000))
            kept.append(last)
        return self.write('ended.pcap', read(REDIRECT)[:24] + b''.join(kept))

    def outcome(self, path, number):
        return next(o['outcome'] for o in self.json('operations', path) if o['request_first_frame'] == number)

    def test_a_request_waits_for_a_round_trip(self):
        """Frame 10 asks; the handshake before it took 30.2 ms."""
        for later_us, outcome in ((None, 'trace-ended'), (30_000, 'trace-ended'), (31_000, 'unanswered')):
            path = self.ended(10, later_us)
            self.assertEqual(self.outcome(path, 10), outcome, later_us)
            self.assertEqual(self.unanswered(path), [10] if outcome == 'unanswered' else [])
            self.assertEqual('no answer yet when the trace ends' in self.cli('messages', path), outcome == 'trace-ended')

    def test_a_query_waits_for_a_millisecond(self):
        for later_us, outcome in ((None, 'trace-ended'), (999, 'trace-ended'), (1000, 'unanswered')):
            path = self.ended(3, later_us)
            self.assertEqual(self.outcome(path, 3), outcome, later_us)
            self.assertEqual(self.unanswered(path), [3] if outcome == 'unanswered' else [])

    def unanswered(self, path):
        return [v['frame'] for v in self.json('verdicts', path) if v['kind'] == 'unanswered']

    def test_a_closed_connection_answers_no_more(self):
        """Frame 10 asks; its response is left out, and the FIN comes all the same."""
        whole = records()
        fin = next(i for i, record in enumerate(whole) if i > 12 and self.is_fin(record))
        closed = self.write('closed.pcap', read(REDIRECT)[:24] + b''.join(whole[:11] + whole[fin:fin + 1]))
        verdict, = [v for v in self.json('verdicts', closed) if v['kind'] == 'unanswered']
        self.assertEqual((verdict['frame'], verdict['of']), (10, 12))
        self.assertIn('closed in frame 12', verdict['sentence'])

    @staticmethod
    def is_fin(record):
        """From the server, on Ethernet and IPv4 without options."""
        return record[16 + 14 + 9] == 6 and record[16 + 34] == 0 and record[16 + 35] == 80 and record[16 + 47] & 1

    def test_a_syn_waits_for_a_millisecond(self):
        for later_us, handshake in ((None, 'trace-ended'), (999, 'trace-ended'), (1000, 'unanswered')):
            path = self.ended(7, later_us)
            self.assertEqual(self.outcome(path, 7), handshake)
            attempt, = [c for c in self.json('conversations', path) if c['protocol'] == 'TCP']
            self.assertEqual(attempt['handshake'], handshake)
            self.assertEqual('yet' in attempt['outcome'], handshake == 'trace-ended')
            kinds = [v['kind'] for v in self.json('verdicts', path)]
            self.assertEqual(kinds, ['no-answer'] if handshake == 'unanswered' else [])


if __name__ == '__main__':
    unittest.main()
