"""Whether a trace is fit to be judged, where it was captured, and its story, as `summary` tells them."""
import glob
import json
import os
import re
import struct
import unittest

from cli import CliTest, read, sample
from traces import ACK, CLIENT, SERVER, SYN, Connection, Trace, handshake

LAB = os.path.join(os.environ.get('LECTERN_CAPTURES', ''), 'lab')
FIT, CARE, HARDLY = 'fit', 'care', 'hardly'


class TrustTest(CliTest):
    def report(self, data):
        self.path = self.write('trace', data)
        summary, = self.json('summary', self.path)
        return summary

    def remark(self, data, kind):
        """The remark of KIND, and no other."""
        trust = self.report(data)['trust']
        self.assertEqual([remark['kind'] for remark in trust['remarks']], [kind])
        self.assertEqual(trust['fitness'], trust['remarks'][0]['fitness'])
        return trust['remarks'][0]

    def shown(self, remark):
        """The frames that its filter finds."""
        return self.frames(self.path, remark['filter'])

    def texts(self, data):
        return [line['text'] for line in self.report(data)['story']]


class Remarks(TrustTest):
    def test_nothing_to_remark(self):
        trace = Trace()
        Connection(trace).open().close()
        trust = self.report(trace.pcap())['trust']
        self.assertEqual((trust['fitness'], trust['remarks']), (FIT, []))
        self.assertEqual(self.frames(self.path, 'lectern.remark'), [])

    def test_cut_short(self):
        trace = handshake()
        connection = Connection(trace, port=40001).open()
        cut = [connection.send(0, payload=b'x' * 600, captured=100) for _ in range(3)]
        remark = self.remark(trace.pcap(), 'cut-short')
        self.assertEqual((remark['count'], remark['fitness']), (3, FIT))
        self.assertIn('3 of 9 frames', remark['sentence'])
        self.assertEqual(self.shown(remark), cut)

    def test_damaged(self):
        trace = handshake()
        Connection(trace, port=40001).open()
        self.path = self.write('trace', trace.pcap()[:-10])
        summary, = self.json('summary', self.path, status=1)
        remark, = summary['trust']['remarks']
        self.assertEqual((remark['kind'], remark['fitness'], remark['frame']), ('damaged', FIT, 5))

    def test_super_frames(self):
        """Longer than the receiver's segments may be; a whole one is not."""
        for mss, whole in ((1460, 1460), (8960, 8960), (536, 536)):
            trace = Trace()
            connection = Connection(trace, mss=mss).open()
            connection.send(0, payload=b'x' * whole)
            longest = connection.send(0, payload=b'x' * whole * 3)
            remark = self.remark(trace.pcap(), 'super-frames')
            self.assertEqual((remark['count'], remark['frame']), (1, longest))
            self.assertEqual(self.shown(remark), [longest])

    def test_super_frames_of_each_direction(self):
        """Each side is bound by what the other announced."""
        trace = Trace()
        connection = Connection(trace)
        connection.send(0, SYN, mss=1460)
        connection.send(1, SYN | ACK, mss=8960)
        connection.send(0, payload=b'x' * 8960)
        large = connection.send(1, payload=b'x' * 4000)
        self.assertEqual(self.shown(self.remark(trace.pcap(), 'super-frames')), [large])

    def test_super_frames_of_udp(self):
        trace = Trace()
        trace.udp(CLIENT, SERVER, (50000, 443), b'x' * 1472)
        large = trace.udp(CLIENT, SERVER, (50000, 443), b'x' * 5000)
        self.assertEqual(self.shown(self.remark(trace.pcap(), 'super-frames')), [large])

    def test_no_super_frames_within_a_machine(self):
        trace = Trace()
        trace.udp('127.0.0.1', '127.0.0.1', (50000, 443), b'x' * 5000)
        self.assertEqual(self.report(trace.pcap())['trust']['remarks'], [])

    def test_handshake_missing(self):
        trace = handshake()
        late = Connection(trace, port=40001)
        missing = [late.send(0, payload=b'x' * 10), late.send(1), late.send(0, payload=b'y' * 10), late.send(1)]
        remark = self.remark(trace.pcap(), 'handshake-missing')
        self.assertEqual((remark['count'], remark['fitness']), (1, CARE))
        self.assertIn('1 of 2 TCP conversations', remark['sentence'])
        self.assertEqual(self.shown(remark), missing)

    def test_one_way(self):
        trace = handshake()
        half = Connection(trace, port=40001)
        seen = [half.send(0, SYN, mss=1460)]
        half.next[1] = 5001
        for _ in range(3):
            seen.append(half.send(0, payload=b'x' * 100))
            half.next[1] += 1000
        remark = self.remark(trace.pcap(), 'one-way')
        self.assertEqual((remark['count'], remark['fitness']), (1, HARDLY))
        self.assertEqual(self.shown(remark), seen)

    def test_silence_is_not_one_way(self):
        """SYNs that nobody answers, and data that nobody acknowledges: nothing is missing there."""
        trace = handshake()
        silent = Connection(trace, port=40001)
        for _ in range(3):
            trace.tcp(CLIENT, SERVER, silent.ports, SYN, 1000, mss=1460)
            trace.wait(1_000_000)
        trust = self.report(trace.pcap())['trust']
        self.assertEqual(trust['remarks'], [])

    def test_clock(self):
        trace = handshake()
        connection = Connection(trace, port=40001).open()
        trace.wait(-2_500_000)
        back = connection.send(0, payload=b'x')
        trace.wait(5_000_000)
        connection.send(1)
        trace.wait(-10)
        connection.send(1, payload=b'y')
        remark = self.remark(trace.pcap(), 'clock-backwards')
        self.assertEqual((remark['count'], remark['frame'], remark['fitness']), (2, back, CARE))
        self.assertIn('2.5 s', remark['sentence'])
        self.assertEqual(self.shown(remark)[0], back)

    def test_clock_of_processors(self):
        """Some microseconds are the order in which several processors hand frames over."""
        trace = handshake()
        trace.wait(-10)
        Connection(trace, port=40001).open()
        self.assertEqual(self.remark(trace.pcap(), 'clock-backwards')['fitness'], FIT)

    def test_clocks_of_interfaces(self):
        """Each has its own: the frames of several are seldom merged in order."""
        trace = Trace()
        for step in range(4):
            trace.us = 1_000_000 + step * 1000
            trace.udp(CLIENT, SERVER, (50000, 53), b'x' * 20, interface=0)
            trace.us -= 500_000
            trace.udp(CLIENT, SERVER, (50001, 53), b'x' * 20, interface=1)
        self.assertEqual(self.report(trace.pcapng(n_interfaces=2))['trust']['remarks'], [])

    def test_dropped_as_interfaces_count(self):
        trace = handshake()
        remark = self.remark(trace.pcapng(dropped=12), 'dropped')
        self.assertEqual((remark['count'], remark['filter'], remark['fitness']), (12, None, HARDLY))
        self.assertEqual(self.report(trace.pcapng(dropped=0))['trust']['remarks'], [])

    def test_dropped_as_frames_tell(self):
        trace = handshake()
        told = struct.pack('<HHQHH', 4, 8, 3, 0, 0)
        number = Connection(trace, port=40001).send(0, SYN, mss=1460, options=told)
        remark = self.remark(trace.pcapng(dropped=3), 'dropped')
        self.assertEqual((remark['count'], self.shown(remark)), (3, [number]))
        self.assertEqual(self.remark(trace.pcapng(), 'dropped')['count'], 3)

    def test_not_captured(self):
        trace = Trace()
        connection = Connection(trace).open()
        connection.send(1, payload=b'x' * 1000)
        connection.next[1] += 2000  # passed, and not captured
        after = connection.send(1, payload=b'x' * 1000)
        told = connection.send(0)
        remark = self.remark(trace.pcap(), 'not-captured')
        self.assertIn('2000 bytes', remark['sentence'].replace(',', ''))
        self.assertEqual(self.shown(remark), [after, told])

    def test_copies(self):
        """A mirror port that hands on each frame as it comes in and, one hop later, as it goes out."""
        trace = Trace()
        connection = Connection(trace).open()
        copies = []
        for _ in range(5):
            connection.send(0, payload=b'x' * 100)
            trace.wait(5)
            frame = trace.frames[-1][1]
            copies.append(trace.add(frame[:22] + bytes([frame[22] - 1]) + frame[23:]))
            trace.wait(20_000)
            connection.send(1)
            trace.wait(1000)
        remark = self.remark(trace.pcap(), 'copies')
        self.assertEqual((remark['count'], remark['fitness'], self.shown(remark)), (5, CARE, copies))
        rest = self.frames(self.path, 'not ' + remark['filter'])
        self.assertEqual(sorted(rest + copies), list(range(1, len(trace.frames) + 1)))

    def test_nothing_at_all(self):
        summary = self.report(Trace().pcap())
        self.assertEqual((summary['trust']['remarks'], summary['story']), ([], []))
        self.assertNotIn('Trust', self.cli('summary', self.path))


class Place(TrustTest):
    def place(self, trace):
        return self.report(trace.pcap())['trust']['capture_point']

    def assert_place(self, trace, at, confidence=None, host=None):
        place = self.place(trace)
        self.assertEqual((place['at'], place['host']), (at, host), place)
        if confidence:
            self.assertEqual(place['confidence'], confidence)

    def between(self, to_client_us, to_server_us, **how):
        trace = Trace()
        Connection(trace, **how).open(to_client_us, to_server_us)
        return trace

    def test_by_time(self):
        self.assert_place(self.between(30, 20_000), 'client', 'certain', CLIENT)
        self.assert_place(self.between(20_000, 30), 'server', 'certain', SERVER)
        self.assert_place(self.between(10_000, 10_000), 'between', 'certain')
        self.assert_place(self.between(5_000, 75_000), 'between', 'certain')
        self.assert_place(self.between(40, 45), 'unknown', 'unclear')

    def test_by_hops(self):
        """Where time tells nothing: 64, 128 and 255 are what systems start with."""
        for fresh in (64, 128, 255):
            self.assert_place(self.between(40, 45, ttl=(fresh, fresh - 7)), 'client', 'likely', CLIENT)
            self.assert_place(self.between(40, 45, ttl=(fresh - 7, fresh)), 'server', 'likely', SERVER)
            self.assert_place(self.between(40, 45, ttl=(fresh - 3, fresh - 4)), 'between', 'likely')

    def test_both_agree(self):
        self.assert_place(self.between(800, 20_000, ttl=(128, 57)), 'client', 'certain', CLIENT)
        self.assert_place(self.between(800, 20_000), 'client', 'likely', CLIENT)

    def test_both_differ(self):
        # The clock steps by 15.6 ms.
        self.assert_place(self.between(15_600, 100_000, ttl=(128, 57)), 'client', 'likely', CLIENT)
        # In the client's own network, and far from it.
        self.assert_place(self.between(60_000, 100_000, ttl=(128, 57)), 'between', 'likely')
        # At the client by time, at the server by hops: something answers for others.
        self.assert_place(self.between(30, 20_000, ttl=(57, 64)), 'client', 'unclear', CLIENT)

    def test_resent_handshake(self):
        """Which of two SYNs was answered is not known: the data that follow tell."""
        trace = Trace()
        connection = Connection(trace)
        connection.send(0, SYN, mss=1460)
        trace.wait(1_000_000)
        connection.next[0] = 1000
        connection.send(0, SYN, mss=1460)
        trace.wait(30)
        connection.send(1, SYN | ACK, mss=1460)
        trace.wait(1_000_000)
        connection.next[1] = 5000
        connection.send(1, SYN | ACK, mss=1460)
        trace.wait(20_000)
        connection.send(0, payload=b'x' * 10)
        trace.wait(40)
        connection.send(1, payload=b'y' * 10)
        trace.wait(20_000)
        connection.send(0)
        self.assert_place(trace, 'server', 'certain', SERVER)

    def test_one_machine(self):
        self.assert_place(self.between(30, 40, client='127.0.0.1', server='127.0.0.1'), 'both', 'certain')
        self.assert_place(self.between(30, 40, server=CLIENT), 'both', 'certain')

    def test_of_one_host_and_of_many(self):
        trace = Trace()
        for i in range(4):
            Connection(trace, port=40000 + i, server=f'198.51.100.{i}').open(30, 20_000)
        self.assert_place(trace, 'client', 'certain', CLIENT)
        Connection(trace, client='192.0.2.9').open(30, 20_000)
        self.assert_place(trace, 'client', 'certain')

    def test_a_host_that_calls_and_is_called(self):
        trace = Trace()
        for i in range(3):
            Connection(trace, port=40000 + i).open(30, 20_000)
            Connection(trace, port=50000 + i, client='203.0.113.7', server=CLIENT).open(20_000, 30)
        self.assert_place(trace, 'host', 'certain', CLIENT)

    def test_the_majority(self):
        trace = Trace()
        for i in range(9):
            Connection(trace, port=40000 + i).open(20_000, 30)
        Connection(trace, port=41000, server='198.51.100.77').open(10_000, 10_000)
        place = self.place(trace)
        self.assertEqual((place['at'], place['conversations_agree'], place['conversations_judged']), ('server', 9, 10))


@unittest.skipUnless(os.path.isdir(LAB), 'no recordings with truth')
class Lab(TrustTest):
    PLACES = {'client': 'client', 'middle': 'between', 'server': 'server'}

    def truth(self, path):
        return json.loads(read(re.sub(r'(\+keys)?\.pcap(ng)?$', '.truth.json', path)))

    def test_where_each_was_taken(self):
        """All in which a handshake can be seen; of others nothing wrong is said."""
        n_judged = 0
        for path in sorted(glob.glob(os.path.join(LAB, '*.pcap*'))):
            name = os.path.basename(path)
            point = re.search(r'\.(client|middle|server)(\+keys)?\.', name).group(1)
            summary, = self.json('summary', path)
            place = summary['trust']['capture_point']
            truth = self.truth(path)
            if not any(connection['handshake'] == 'complete' for connection in truth['connections']):
                self.assertIn(place['at'], ('unknown', self.PLACES[point]), name)
                continue
            n_judged += 1
            if 'simultaneous-open' in name and point != 'middle':  # both ends are the client
                end = truth['connections'][0][point].rsplit(':', 1)[0]
                self.assertEqual((place['at'], place['host']), ('host', end), name)
            else:
                self.assertEqual((place['at'], place['confidence']), (self.PLACES[point], 'certain'), name)
        self.assertGreater(n_judged, 300)

    def test_remarks(self):
        """What was captured whole has none; what the capture missed is told as that, by the byte."""
        for path in sorted(glob.glob(os.path.join(LAB, 's1[045]*.client.pcapng'))):
            name = os.path.basename(path)
            summary, = self.json('summary', path)
            remarks = {remark['kind']: remark for remark in summary['trust']['remarks']}
            truth = self.truth(path)
            lost = [frame for frame in truth['missing'] if frame['why'] == 'uncaptured' and 'seq' in frame]
            self.assertEqual('not-captured' in remarks, len(lost) > 0, name)
            self.assertLessEqual(set(remarks), {'not-captured', 'cut-short'}, name)

    def test_cut_recordings(self):
        for path in sorted(glob.glob(os.path.join(LAB, 's08a*.pcapng'))):
            summary, = self.json('summary', path)
            cut = self.frames(path, 'frame.cap_len < frame.len')
            told = [remark['count'] for remark in summary['trust']['remarks'] if remark['kind'] == 'cut-short']
            self.assertEqual(told, [len(cut)] if cut else [])
            self.assertEqual(self.frames(path, 'lectern.remark == "cut-short"'), cut)


class Story(TrustTest):
    def test_no_answer_comes_first(self):
        story = self.json('summary', sample('closed-port-silent.pcapng'))[0]['story']
        self.assertRegex(story[0]['text'], r'198\.51\.100\.20:21\)?: no answer to 3 SYNs over 3\.0 s')
        self.assertEqual((story[0]['frame'], story[0]['filter']), (13, None))
        self.assertLessEqual(len(story), 5)

    def test_refused(self):
        path = sample('closed-port-refused.pcap')
        story = self.json('summary', path)[0]['story']
        self.assertRegex(story[0]['text'], r'198\.51\.100\.20:21\)? refused 3 attempts to connect')
        self.assertEqual(self.frames(path, story[0]['filter']), [4, 6, 8])

    def test_an_aborted_page(self):
        texts = self.texts(read(sample('landing-page.pcapng')))
        self.assertRegex(texts[0], r'aborted by the client after \d+ frames')
        self.assertRegex(texts[1], r'1 of 4 HTTP requests: 404 Not Found \(1\)')
        self.assertRegex(texts[2], r'^192\.0\.2\.15 talks HTTP with www\.example\.com \(198\.51\.100\.20\), DNS with ')

    def test_each_line_leads_somewhere(self):
        for name in ('landing-page.pcapng', 'lost-upload.pcapng', 'lost-segment.pcapng', 'redirect.pcap',
                     'windows-logon.pcapng', 'closed-port-refused.pcap'):
            summary, = self.json('summary', sample(name))
            for line in summary['story']:
                if line['filter']:
                    self.assertNotEqual(self.frames(sample(name), line['filter']), [], line)
                elif not line['text'].startswith('Nothing failed'):
                    self.assertIn(line['frame'], range(1, summary['frames'] + 1), line)

    def test_losses_and_their_place(self):
        """Half of an upload is lost before the capture, half after it."""
        trace = Trace()
        connection = Connection(trace).open(10_000, 10_000)
        for i in range(6):
            start = connection.next[0]
            if i % 2 == 0:  # seen, and lost later
                connection.send(0, payload=b'a' * 1000)
            else:
                connection.next[0] += 1000
            trace.wait(100)
            following = connection.send(0, payload=b'b' * 1000)
            trace.wait(10_000)
            connection.send(1, acknowledgment=start)
            trace.wait(400_000)
            after = connection.next[0]
            connection.next[0] = start
            connection.send(0, payload=b'a' * 1000)
            connection.next[0] = after
            trace.wait(20_000)
            connection.send(1)
            trace.wait(100_000)
        text, = [text for text in self.texts(trace.pcap()) if 'lost' in text]
        self.assertRegex(text, '^6 TCP segments were lost and sent again: 3 before they came here, 3 after')
        self.assertIn('The client had sent them', text)

    def test_no_loss_is_made_up(self):
        """Of a SYN that is answered late nobody knows whether it was lost, or the answer to it."""
        trace = Trace()
        connection = Connection(trace)
        connection.send(0, SYN)
        trace.wait(1_000_000)
        connection.next[0] -= 1
        connection.open()
        texts = self.texts(trace.pcap())
        self.assertEqual([text for text in texts if 'lost' in text],
                         ['1 segment was sent again; whether the first was lost is unclear.'])
        self.assertFalse([text for text in texts if text.startswith('Nothing failed')])

    def test_who_is_not_captured_is_not_silent(self):
        trace = Trace()
        for port in (40000, 40001):
            Connection(trace, port=port, server_port=80).send(0, payload=b'GET / HTTP/1.1\r\nHost: a\r\n\r\n')
            trace.wait(3_000_000)
        texts = self.texts(trace.pcap())
        self.assertFalse([text for text in texts if 'not answered' in text or 'Nothing failed' in text])
        verdict, = [row for row in self.json('verdicts', self.path) if row['kind'] == 'unanswered']
        self.assertEqual(verdict['confidence'], 'unclear')
        self.assertIn('nor anything else that the server sends', verdict['sentence'])

    def test_nothing_failed(self):
        trace = Trace()
        Connection(trace).open().close()
        texts = self.texts(trace.pcap())
        self.assertRegex(texts[0], '^192.0.2.1 talks TCP port 47000 with 198.51.100.2: 1 conversation')
        self.assertRegex(texts[1], '^Nothing failed')

    def test_without_conversations(self):
        trace = Trace()
        arp = b'\xff' * 6 + b'\2\0\0\0\0\1' b'\x08\x06' + struct.pack('>HHBBH', 1, 0x0800, 6, 4, 1) + bytes(20)
        for _ in range(3):
            trace.add(arp)
        self.assertEqual(self.texts(trace.pcap()), ['No TCP and no UDP: ARP in 3 of 3 frames.'])

    def test_names_of_the_trace_cannot_write_on_the_terminal(self):
        path = self.write('t', read(sample('landing-page.pcapng')).replace(b'\3www\7example', b'\3w\x1bw\7exa\x9bple'))
        self.assertNotIn('\x1b', self.cli('summary', path))

    def test_in_every_format(self):
        path = sample('landing-page.pcapng')
        text, tsv = self.cli('summary', path), self.cli('summary', '--format=tsv', path)
        for line in self.json('summary', path)[0]['story']:
            self.assertIn(line['text'].replace('\u00a0', ' '), text.replace('\u00a0', ' '))
        self.assertIn('[frame 34]', text)
        self.assertTrue(all(len(line.split('\t')) == 2 for line in tsv.splitlines()))


if __name__ == '__main__':
    unittest.main()
