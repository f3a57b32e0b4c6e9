"""What the project was asked for, S1 to S21, as far as a command line can show it, on the samples."""
import os
import struct
import unittest

from cli import CliTest, read, sample

SILENT = sample('closed-port-silent.pcapng')
REFUSED = sample('closed-port-refused.pcap')
PAGE = sample('landing-page.pcapng')
NOT_MODIFIED = sample('not-modified.pcap')
REDIRECT = sample('redirect.pcap')
LOGON = sample('windows-logon.pcapng')
SYNS = [13, 25, 42]  # to port 21, in SILENT


class Handshake(CliTest):
    def test_s1_flags_and_numbers(self):
        for number, flags in ((15, '......S.'), (16, '...A..S.'), (17, '...A....')):
            self.assertIn(f'Flags: {flags}, ', self.row(PAGE, number)['summary'])
        (sequence, _), (_, acknowledgment), _ = self.values(PAGE, 'tcp.seq_raw', 'tcp.ack_raw',
                                                            filter='frame.number in {15, 16, 17}')
        self.assertEqual(int(acknowledgment), int(sequence) + 1)

    def test_s1_complete(self):
        self.assertEqual([c['handshake'] for c in self.json('conversations', PAGE) if c['protocol'] == 'TCP'], ['complete'])

    def test_s1_relative_and_absolute(self):
        relative = self.json('frames', PAGE, '-Y', 'frame.number == 17')[0]['summary']
        absolute = self.json('frames', PAGE, '--absolute', '-Y', 'frame.number == 17')[0]['summary']
        (sequence,), = self.values(PAGE, 'tcp.seq_raw', filter='frame.number == 17')
        self.assertIn('Seq Range: 1 - 1,', relative)
        self.assertIn(f'Seq Range: {sequence} - {sequence},', absolute)

    def test_s13_round_trip(self):
        connect = next(o for o in self.json('operations', PAGE) if o['protocol'] == 'TCP')
        times = {row['number']: row['time_epoch'] for row in self.json('frames', PAGE)}
        self.assertEqual((connect['request_first_frame'], connect['response_first_frame']), (15, 16))
        self.assertAlmostEqual(connect['elapsed'], times[16] - times[15], places=6)


class SilentPort(CliTest):
    def test_s2_all_frames(self):
        self.assertEqual([row['number'] for row in self.json('frames', SILENT)], list(range(1, 47)))

    def test_s3_tcp_in_any_case(self):
        tcp = self.frames(SILENT, 'TCP')
        self.assertEqual(tcp, [*range(13, 26), *range(34, 43)])
        self.assertEqual(self.frames(SILENT, 'tcp'), tcp)
        self.assertEqual(self.frames(SILENT, 'Tcp'), tcp)
        self.assertEqual(self.frames(SILENT, 'TCP.DestinationPort == 21'), SYNS)
        self.assertEqual(len(self.frames(SILENT, '')), 46)

    def test_s4_ports(self):
        for number in SYNS:
            summary = self.row(SILENT, number)['summary']
            for part in ('Flags: ......S., ', 'SrcPort: 49219, ', 'DstPort: FTP(21), '):
                self.assertIn(part, summary)

    def test_s5_s6_s7_verdicts(self):
        verdicts = self.json('verdicts', SILENT)
        self.assertEqual([(v['frame'], v['kind'], v['first']) for v in verdicts if v['kind'] == 'retransmission'],
                         [(25, 'retransmission', 13), (42, 'retransmission', 13)])
        silent, = [v for v in verdicts if v['kind'] == 'no-answer']
        self.assertEqual(silent['frame'], 13)
        self.assertIn('SYN', silent['sentence'])
        for verdict in verdicts:
            if verdict['kind'] == 'retransmission':
                self.assertIn('13', verdict['sentence'])
        self.assertEqual([v for v in self.json('verdicts', PAGE) if v['kind'] == 'no-answer'], [])

    def test_s7_rows_name_the_original(self):
        for number in SYNS[1:]:
            self.assertRegex(self.row(SILENT, number)['summary'], r'\b13\b')

    def test_s8_filter_on_the_diagnosis(self):
        self.assertEqual(self.frames(SILENT, '#DiagnosisTypes == 1'), SYNS)
        self.assertEqual(self.frames(SILENT, 'lectern.verdict'), SYNS)
        self.assertEqual(self.frames(SILENT, 'tcp.analysis.retransmission'), SYNS[1:])
        self.assertEqual(self.frames(SILENT, 'lectern.verdict == "no-answer"'), SYNS[:1])

    def test_s9_the_attempt_as_a_whole(self):
        attempt, = [c for c in self.json('conversations', SILENT) if c['server'].endswith(':21')]
        self.assertEqual(attempt['client'], '192.0.2.11:49219')
        self.assertEqual((attempt['client_frames'], attempt['server_frames']), (3, 0))
        self.assertEqual((attempt['handshake'], attempt['client_retransmissions']), ('unanswered', 2))
        self.assertRegex(attempt['outcome'], '3 SYNs')


class RefusedPort(CliTest):
    def test_s10_each_try_is_refused(self):
        for number in (4, 6, 8):
            self.assertIn('Flags: ...A.R.., ', self.row(REFUSED, number)['summary'])
        verdicts = self.json('verdicts', REFUSED)
        self.assertEqual([(v['frame'], v['kind'], v['of']) for v in verdicts],
                         [(4, 'refused', 3), (5, 'port-reused', 4), (6, 'refused', 5), (7, 'port-reused', 6),
                          (8, 'refused', 7)])
        self.assertEqual(self.frames(REFUSED, 'lectern.verdict.reason == "refused"'), [4, 6, 8])
        tries = [c for c in self.json('conversations', REFUSED) if c['protocol'] == 'TCP']
        self.assertEqual([c['handshake'] for c in tries], ['refused'] * 3)
        silent, = [c for c in self.json('conversations', SILENT) if c['handshake'] == 'unanswered']
        self.assertNotEqual(silent['outcome'], tries[0]['outcome'])

    def test_s10_the_same_number_again(self):
        """As Windows tries again: with the number of its first SYN. Then it is a retransmission, and refused each time."""
        data = bytearray(read(REFUSED))
        first, at = None, 24
        while at < len(data):
            length, = struct.unpack_from('<I', data, at + 8)
            tcp = at + 16 + 34
            if data[at + 16 + 12:at + 16 + 14] == b'\x08\0' and data[at + 16 + 23] == 6:
                if data[tcp + 13] & 0x12 == 0x02:
                    first = first or data[tcp + 4:tcp + 8]
                    data[tcp + 4:tcp + 8] = first
                else:
                    data[tcp + 8:tcp + 12] = struct.pack('>I', struct.unpack('>I', first)[0] + 1)
            at += 16 + length
        verdicts = self.json('verdicts', self.write('same-number.pcap', bytes(data)))
        self.assertEqual([v['frame'] for v in verdicts if v['kind'] == 'refused'], [4, 6, 8])
        self.assertEqual([(v['frame'], v['first']) for v in verdicts if v['kind'] == 'retransmission'], [(5, 3), (7, 3)])
        self.assertEqual([v for v in verdicts if v['kind'] == 'no-answer'], [])


class Http(CliTest):
    def test_s11_recognised_and_joined(self):
        http = self.frames(PAGE, 'HTTP')
        self.assertEqual(http, self.frames(PAGE, 'http'))
        self.assertLessEqual({18, 20, 22, 23, 24, 25, 31, 32}, set(http))
        self.assertEqual([(o['request_first_frame'], o['response_first_frame'], o['response_last_frame'], o['status'])
                          for o in self.json('operations', PAGE) if o['protocol'] == 'HTTP'],
                         [(18, 20, 20, 200), (22, 23, 23, 200), (24, 25, 29, 200), (31, 32, 32, 404)])

    def test_s11_one_row_with_its_parts(self):
        rows = self.json('messages', PAGE)
        at = next(i for i, row in enumerate(rows) if row['number'] == 24 and row['depth'] == 0)
        self.assertEqual([(row['number'], row['depth'], row['kind']) for row in rows[at:at + 3]],
                         [(24, 0, 'operation'), (24, 1, 'request'), (24, 2, 'frame')])
        parts = [row for row in rows[at + 1:] if row['depth'] > 0]
        self.assertIn((25, 1, 'response'), [(row['number'], row['depth'], row['kind']) for row in parts])

    def test_s14_the_client_aborted(self):
        self.assertRegex(self.row(PAGE, 34)['summary'], r'^Flags: \.\.\.A\.R\.\., ')
        reset, = [v for v in self.json('verdicts', PAGE) if v['kind'] == 'reset']
        self.assertEqual(reset['frame'], 34)
        self.assertIn('client', reset['sentence'])
        self.assertEqual(self.frames(PAGE, 'lectern.verdict.reason == "aborted"'), [34])
        conversation, = [c for c in self.json('conversations', PAGE) if c['protocol'] == 'TCP']
        self.assertEqual(conversation['ending'], 'reset')
        self.assertIn('client', conversation['outcome'])

    def test_s15_headers_and_their_bytes(self):
        server, = [node for node in self.json('show', LOGON, 8) if node['name'] == 'http.server']
        self.assertEqual(server['text'], 'Microsoft-IIS/7.5')
        self.assertGreater(server['depth'], 1)
        data = read(LOGON)
        response = data[data.index(b'HTTP/1.1 401'):]
        header = response[:response.index(b'\r\n\r\n')].index(b'Server: Microsoft-IIS/7.5') * 8
        self.assertEqual(server['offset_bits'] % 8, 0)
        start = next(n for n in self.json('show', LOGON, 8) if n['name'] == 'http')['offset_bits']
        self.assertLessEqual(start + header, server['offset_bits'])
        self.assertLessEqual(server['offset_bits'] + server['length_bits'], start + header + 8 * len('Server: Microsoft-IIS/7.5\r\n'))
        self.assertEqual(self.frames(LOGON, 'http.server == "Microsoft-IIS/7.5"'), [8, 18, 21])

    def test_s16_not_modified(self):
        operations = [o for o in self.json('operations', NOT_MODIFIED) if o['protocol'] == 'HTTP']
        self.assertEqual([(o['status'], o['request_first_frame'], o['response_first_frame']) for o in operations],
                         [(200, 10, 12), (304, 24, 26), (200, 28, 29)])
        self.assertIn('Not Modified (304)', self.row(NOT_MODIFIED, 26)['summary'])
        status, = [f for f in self.json('fields', 'http.response.code') if f['name'] == 'http.response.code']
        self.assertTrue(status['explanation'])


class Redirect(CliTest):
    def test_s17_in_order(self):
        self.assertEqual([(o['status'], o['target']) for o in self.json('operations', REDIRECT) if o['protocol'] == 'HTTP'],
                         [(302, '/promo'), (200, '/welcome.html')])

    def test_s18_two_ports(self):
        expected = self.frames(REDIRECT, 'tcp.port==64665 or tcp.port==64669')
        self.assertEqual(expected, self.frames(REDIRECT, 'tcp'))
        for text in ('tcp.port==64665 || tcp.port==64669', 'tcp.port==64665 OR tcp.port==64669',
                     ' tcp.port  ==  64665   or tcp.port == 64669 ', 'tcp.port in [64665, 64669]',
                     'TCP.Port == 64665 or TCP.Port == 64669'):
            self.assertEqual(self.frames(REDIRECT, text), expected, text)
        self.cli('frames', REDIRECT, '-Y', 'ip and tcp.prot == 64665', status=2)
        self.assertIn('character 8:', self.complaint)
        self.assertIn('tcp.prot', self.complaint)

    def test_s20_status(self):
        self.assertEqual(self.frames(REDIRECT, 'HTTP.StatusCode == 302'), [12])
        self.assertEqual(self.frames(REDIRECT, 'http.response.code == 302'), [12])

    def test_s21_location(self):
        self.assertEqual(self.values(REDIRECT, 'http.location', filter='frame.number == 12'),
                         [['http://portal.example.com/welcome.html']])
        location, = [node for node in self.json('show', REDIRECT, 12) if node['name'] == 'http.location']
        self.assertEqual(location['text'], 'http://portal.example.com/welcome.html')


class OtherTraces(CliTest):
    @unittest.skipUnless(os.path.isdir(os.path.join(os.environ.get('LECTERN_CAPTURES', ''), 'windows')), 'no Windows captures')
    def test_s23_known_by_name(self):
        folder = os.path.join(os.environ['LECTERN_CAPTURES'], 'windows')
        etl = next(os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith('.etl'))
        self.cli('summary', etl, status=2)
        self.assertIn('.etl', self.complaint)


if __name__ == '__main__':
    unittest.main()
