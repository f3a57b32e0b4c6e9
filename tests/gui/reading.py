"""Reading a trace in the message list: what its rows say and how they open (S1, S2, S11, S13, S14, S16, S17)."""
import re
import unittest

from driver import Check, wait


class Reading(Check):
    def test_s1_s13_three_way_handshake(self):
        window = self.open('landing-page.pcapng')
        # One look: the attempt says that it succeeded, and how far away the server is.
        self.assertRegex(window.select(15).name, r'three-way handshake, RTT 30 ms')
        window.expand()
        for number, flags in ((16, '...A..S.'), (17, '...A....')):
            self.assertIn(f'Flags: {flags},', window.row(number).name)
        syn = window.row(r'^15, .*Flags: \.\.\.\.\.\.S\.,').name
        # Relative numbers: the SYN has 0, so its answer acknowledges 1.
        self.assertIn('Seq Range: 0 - 1,', syn)
        self.assertIn('Ack: 1,', window.row(16).name)
        window.key('ctrl+shift+s')
        syn = window.row(r'^15, .*Seq Range: [1-9]\d* - \d+,').name
        sequence = int(re.search(r'Seq Range: (\d+)', syn).group(1))
        acknowledged = window.row(rf'^16, .*Ack: {(sequence + 1) % 2 ** 32},')
        self.assertIn('...A..S.', acknowledged.name)
        window.key('ctrl+shift+s')
        window.row(r'^16, .*Ack: 1,')

    def test_s2_all_frames_and_the_name(self):
        window = self.open('closed-port-silent.pcapng')
        self.assertIn('closed-port-silent.pcapng', window.frame.name)
        window.text('^46 frames')
        window.flat()
        self.assertEqual(window.numbers(), list(range(1, 47)))

    def test_s11_request_and_response_are_one_row(self):
        window = self.open('landing-page.pcapng')
        operation = window.select(24)
        self.assertEqual(operation.cell('HTTP').getRoleName(), 'table cell')
        self.assertRegex(operation.name, r'^24, HTTP, .*200 OK · GET /logo\.png')
        window.expand()
        window.row(r'^24, HTTP, .*Request, GET /logo\.png')
        window.row(r'^25, HTTP, .*Response, Status: OK \(200\)')
        # And the response opens into the segments that it came in.
        window.key('Down', 'Down')
        window.wait_selected('^25, HTTP, .*Response')
        window.expand()
        for number in (26, 28, 29):
            self.assertRegex(window.row(number).name, 'TCP')
        window.key('Left')
        wait('the response to close', lambda: 26 not in window.numbers())

    def test_s11_the_module_filters(self):
        window = self.open('landing-page.pcapng', flat=True)
        window.apply_filter('HTTP')
        self.assert_filtered(window, [18, 20, 22, 23, 24, 25, 31, 32], 34)
        self.assertTrue(all(', HTTP,' in row.name for row in window.rows()))

    def test_s14_the_client_aborted(self):
        window = self.open('landing-page.pcapng')
        row = window.select(34)
        self.assertEqual(re.search(r'Flags: ([.A-Z]*),', row.name).group(1), '...A.R..')
        self.assertRegex(row.name, '^34, TCP, Reset')
        self.assertRegex(row.name, 'aborted by the client')
        # What is coloured bears a sign too.
        self.assertRegex(row.image().name, '^Reset')

    def test_s16_not_modified(self):
        window = self.open('not-modified.pcap')
        row = window.select(24)
        self.assertRegex(row.name, r'^24, HTTP, Not modified 304, 304 Not Modified · GET /')
        self.assertRegex(row.image().name, '^Not modified 304')
        # A 304 has no body: the next response is still paired.
        self.assertRegex(window.row(28).name, r'^28, HTTP, Success 2xx, 200 OK · GET /')
        window.expand()
        window.row(r'^26, HTTP, .*Response, Status: Not Modified \(304\)')
        # Why it is no error, in words.
        window.key('ctrl+4')
        window.text('^304 Not Modified$')
        window.text('RFC 9110 §15.4.5')

    def test_s17_the_sequence_at_a_glance(self):
        window = self.open('redirect.pcap')
        http = [row for row in window.rows() if ', HTTP,' in row.name]
        self.assertEqual([row.number for row in http], [10, 23])
        self.assertRegex(http[0].name, r'302 .*GET /promo .*→ http://portal\.example\.com/welcome\.html')
        self.assertRegex(http[1].name, r'200 OK · GET /welcome\.html')
        # With large text too.
        usual = window.height(http[0].node)
        window.key(*['ctrl+plus'] * 3)
        wait('larger rows', lambda: window.height(window.row(10).node) > usual)
        self.assertEqual([row.number for row in window.rows() if ', HTTP,' in row.name], [10, 23])

    def test_s20_status_in_colour_and_words(self):
        window = self.open('redirect.pcap')
        self.assertRegex(window.row(10).name, '^10, HTTP, Redirect 3xx, 302')
        self.assertRegex(window.row(10).image().name, '^Redirect 3xx')
        self.assertRegex(window.row(23).name, '^23, HTTP, Success 2xx, 200')


if __name__ == '__main__':
    unittest.main(verbosity=2)
