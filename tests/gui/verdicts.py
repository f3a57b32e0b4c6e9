"""What went wrong, and how the window says so (S4 to S10)."""
import re
import unittest

from driver import DEEP, Check, wait, walk

SENTENCE = 'No answer: no ACK was received for this SYN'


class Verdicts(Check):
    def test_s4_s5_s7_three_attempts(self):
        window = self.open('closed-port-silent.pcapng')
        first, second, third = (window.row(number) for number in (13, 25, 42))
        for row in (first, second, third):
            for part in ('SrcPort: 49219,', 'DstPort: FTP(21),', 'Flags: ......S.,'):
                self.assertIn(part, row.name)
        self.assertRegex(first.name, r'^13, TCP, No answer')
        self.assertNotRegex(first.name, 'etransmission')
        self.assertRegex(first.image().name, '^No answer')
        for row in (second, third):
            self.assertRegex(row.name, r'TCP, Retransmission.*retransmission of 13$')
            self.assertRegex(row.image().name, '^Retransmission')

    def test_s6_the_sign_explains_itself(self):
        window = self.open('closed-port-silent.pcapng')
        # With the pointer.
        window.click(window.row(13).image())
        window.text(SENTENCE)
        window.key('Escape')
        wait('the sentence to go', lambda: not any(re.search(SENTENCE, text) for text in window.texts_of_popovers()))
        # With the keyboard.
        window.select(13)
        window.key('F2')
        wait('the sentence again', lambda: any(re.search(SENTENCE, text) for text in window.texts_of_popovers()))

    def test_s6_an_answered_syn_has_no_such_sign(self):
        window = self.open('landing-page.pcapng')
        self.assertNotRegex(window.select(15).name, '[Nn]o answer')
        window.key('ctrl+4')
        window.text('SYN opens it')

    def test_a_mark_says_what_it_means(self):
        window = self.open('redirect.pcap', flat=True)
        window.key('ctrl+4')
        for number, said, unsaid in ((1, '^Nothing unusual$', '^Start, end$'),
                                     (31, 'FIN closes it from one side', '^Nothing unusual$'),
                                     (12, '^302 Found$', '^Nothing unusual$')):
            window.select(number)
            window.text(said)
            self.assertFalse([text for text in window.texts() if re.search(unsaid, text)])

    def test_s7_the_reference_jumps(self):
        window = self.open('closed-port-silent.pcapng')
        window.select(42)
        window.key('F2')
        window.press(window.find('push button', 'Go to Frame 13'))
        window.wait_selected(13)

    def test_s7_the_reference_jumps_to_what_is_hidden(self):
        window = self.open('closed-port-silent.pcapng')
        window.apply_filter('tcp.analysis.retransmission')
        self.assert_filtered(window, [25, 42], 46)
        window.select(42)
        window.key('F2')
        window.press(window.find('push button', 'Go to Frame 13'))
        window.text('Frame 13 is hidden by the filter')
        window.click(window.find('push button', 'Show It'))
        window.wait_selected(13)
        window.text('^46$')

    def test_s8_found_without_being_asked(self):
        window = self.open('closed-port-silent.pcapng')
        for chip in ('Retransmission, 2 frames', 'No answer, 1 frame'):
            window.find('push button', chip)
        self.assertFalse(window.find_all('push button', re.compile('^Reset')))
        window.apply_filter('#DiagnosisTypes == 1')
        self.assert_filtered(window, [13, 25, 42], 46)

    def test_s9_the_conversation_as_a_whole(self):
        window = self.open('closed-port-silent.pcapng')
        window.select(13)
        window.key('ctrl+4')
        window.text('^Conversation 192.0.2.11:49219 ↔ 198.51.100.20:21')
        window.text('^no answer to 3 SYNs over 3.0 s, gave up')
        # The same with the pointer on the tab, and one of the two repetitions.
        window.tab('Bytes')
        window.tab('Why')
        window.select(42)
        window.text('^Retransmission of frame 13')
        window.press(window.find('push button', re.compile('^Go to Frame 13')))
        window.wait_selected(13)

    def test_what_wireshark_would_say(self):
        window = self.open('lost-upload.pcapng', flat=True)
        window.key('ctrl+4')
        window.select(59)
        # The reasons hang below the button that lays them open.
        wait('the clause', lambda: any(node.name.startswith("Wireshark's rules call it “out-of-order”: ")
                                       for node in walk(window.frame, DEEP - {'push button'})))

    def test_s10_refused_is_not_silent(self):
        window = self.open('closed-port-refused.pcap')
        for number in (3, 5, 7):
            row = window.row(number)
            self.assertRegex(row.name, 'refused · reset by the server')
            # Three attempts with numbers of their own: none is answered late, none is sent again.
            self.assertNotRegex(row.name, '[Nn]o answer|[Rr]etransmission')
        window.flat()
        for number in (4, 6, 8):
            self.assertRegex(window.row(number).name, r'^\d, TCP, Refused.*Flags: \.\.\.A\.R\.\.,.*refused by the server')
        window.select(4)
        window.key('ctrl+4')
        window.text('^The server answers the SYN of frame 3 with a reset')
        window.apply_filter('lectern.verdict == "no-answer"')
        window.text('^0 of 8$')


if __name__ == '__main__':
    unittest.main(verbosity=2)
