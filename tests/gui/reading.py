"""S1 to S21 in the real window: opening a trace and reading what it says."""
import os
import re
import unittest

from driver import Lectern, wait

SAMPLES = os.environ['LECTERN_SAMPLES']


def sample(name):
    return os.path.join(SAMPLES, name)


class Reading(unittest.TestCase):
    def open(self, name):
        window = Lectern(sample(name))
        self.addCleanup(window.close)
        self.addCleanup(window.screenshot, self.id().split('.')[-1])
        return window.wait_loaded(5)

    def expand(self, window, number):
        """Opens the selected row with the keyboard; the parts below it."""
        before = len(window.rows())
        window.key('Right')
        wait(f'the parts of {number}', lambda: len(window.rows()) > before)

    def test_s1_s13_handshake_in_one_look(self):
        window = self.open('landing-page.pcapng')
        attempt = window.go_to(15)
        self.assertRegex(attempt.name, r'three-way handshake, RTT 30 ms')
        self.expand(window, 15)
        for number, flags in ((15, '......S.'), (16, '...A..S.'), (17, '...A....')):
            wait(f'the flags of {number}', lambda: [r for r in window.rows() if r.number == number and f'Flags: {flags},' in r.name])
        synack = next(row for row in window.rows() if row.number == 16)
        self.assertIn('Ack: 1,', synack.name)
        window.key('ctrl+shift+s')
        wait('absolute numbers', lambda: re.search(r'Ack: \d{6,},', next(r for r in window.rows() if r.number == 16).name))

    def test_s2_opens_and_names_the_file(self):
        window = self.open('closed-port-silent.pcapng')
        self.assertIn('closed-port-silent.pcapng', window.frame.name)
        window.key('ctrl+m')
        wait('all frames', lambda: [n for n in window.numbers() if n] == list(range(1, 47)))

    def test_s4_s5_s6_s7_silent_port(self):
        window = self.open('closed-port-silent.pcapng')
        first, second, third = (window.row(number) for number in (13, 25, 42))
        for row in (first, second, third):
            for part in ('SrcPort: 49219', 'DstPort: FTP(21)', 'Flags: ......S.'):
                self.assertIn(part, row.name)
        self.assertRegex(first.name, r'No answer')
        self.assertRegex(first.name, r'3 SYNs over 3\.0 s')
        for row in (second, third):
            self.assertRegex(row.name, 'Retransmission')
            self.assertRegex(row.name, r'retransmission of 13\b')
        # S6: what the sign says, by keyboard.
        window.go_to(13)
        window.key('F2')
        wait('the sentence', lambda: [t for t in window.texts() if 'SYN' in t and re.search('No answer: no ACK', t)])

    def test_s7_the_link_jumps_even_when_hidden(self):
        window = self.open('closed-port-silent.pcapng')
        window.apply_filter('tcp.analysis.retransmission')
        wait('the retransmissions alone', lambda: window.numbers() == [25, 42])
        window.go_to(42)
        window.key('F2')
        window.press(window.find('push button', re.compile('(Go to Frame|Frame) 13', re.I)))
        wait('an offer to show it', lambda: [t for t in window.texts() if re.search(r'13.*hidden', t)])

    def test_s9_the_conversation_as_a_whole(self):
        window = self.open('closed-port-silent.pcapng')
        window.go_to(13)
        window.tab('Why')
        wait('its story', lambda: [t for t in window.texts() if re.search(r'no answer to 3 SYNs over 3\.0 s, gave up', t)])

    def test_s10_refused(self):
        window = self.open('closed-port-refused.pcap')
        for number in (3, 5, 7):
            row = window.row(number)
            self.assertRegex(row.name, r'refused')
            self.assertNotRegex(row.name, r'[Nn]o answer|[Rr]etransmission')
        window.go_to(3)
        self.expand(window, 3)
        reset = window.row(4)
        self.assertIn('Flags: ...A.R..', reset.name)
        self.assertRegex(reset.name, 'Reset|Refused')

    def test_s11_one_operation(self):
        window = self.open('landing-page.pcapng')
        row = window.go_to(24)
        self.assertRegex(row.name, r'^24, HTTP, .*200 OK · GET /logo\.png')
        self.expand(window, 24)
        parts = [r for r in window.rows() if r.number in (24, 25)]
        self.assertTrue(any('Request, GET /logo.png' in r.name for r in parts), parts)
        self.assertTrue(any('Response, Status: OK (200)' in r.name for r in parts), parts)

    def test_s14_the_client_aborted(self):
        window = self.open('landing-page.pcapng')
        row = window.go_to(34)
        self.assertIn('Flags: ...A.R..,', row.name)
        self.assertRegex(row.name, 'Reset')
        self.assertRegex(row.name, 'aborted by the client')

    def test_s15_headers_server_and_its_bytes(self):
        window = self.open('windows-logon.pcapng')
        window.go_to(8, row=6)
        window.tab('Bytes')
        wait('the details', lambda: window.rows('Details'))
        server = wait('the header Server', lambda: window.details_row(re.compile(r'Server: Microsoft-IIS/7\.5')))
        window.click(server.node)
        wait('its bytes', lambda: window.find_all(name=re.compile(r'^2\d bytes? at \d+: 53 65 72 76 65 72|^17 bytes at \d+: 4d 69 63')))
        window.click(server.node, button=3)
        window.press_menu(re.compile('^Show only'))
        wait('the filter', lambda: 'Microsoft-IIS/7.5' in window.text_of(window.filter_entry()))
        wait('the rows with it', lambda: {row.number for row in window.rows()} == {6, 16, 20} or
             {row.number for row in window.rows()} == {8, 18, 21})

    def test_s16_not_modified(self):
        window = self.open('not-modified.pcap')
        row = window.go_to(24)
        self.assertRegex(row.name, r'304 Not Modified')
        self.assertRegex(row.name, r'^24, HTTP, Not modified 304')
        self.assertRegex(window.row(28).name, r'200 OK')

    def test_s17_s20_redirect_in_order(self):
        window = self.open('redirect.pcap')
        http = [row for row in window.rows() if ', HTTP,' in row.name]
        self.assertEqual([row.number for row in http], [10, 23])
        self.assertRegex(http[0].name, r'Redirect 3xx, 302 .*http://portal\.example\.com/welcome\.html')
        self.assertRegex(http[1].name, r'Success 2xx.*200 OK.*GET /welcome\.html')

    def test_s21_location(self):
        window = self.open('redirect.pcap')
        window.key('ctrl+m')
        wait('all frames', lambda: window.numbers()[:12] == list(range(1, 13)))
        window.go_to(12)
        wait('the header Location',
             lambda: window.details_row(re.compile(r'Location: http://portal\.example\.com/welcome\.html')))


if __name__ == '__main__':
    unittest.main(verbosity=2)
