"""The filter box (S3, S12, S18, S19, S20)."""
import re
import unittest

import pyatspi

from driver import Check, has_state, wait

SILENT = [13, 25, 42]  # the three SYNs to the silent port


class Filtering(Check):
    def test_s3_a_simple_filter(self):
        window = self.open('closed-port-silent.pcapng', flat=True)
        tcp = [*range(13, 26), *range(34, 43)]
        for text in ('TCP', 'tcp', 'Tcp'):
            entry = window.apply_filter(text)
            self.assert_filtered(window, tcp, 46)
            self.assertEqual(window.text_of(entry), text)
        window.apply_filter('tcp.port == 21')
        self.assert_filtered(window, SILENT, 46)
        # Escape in the entry takes it away.
        window.key('Escape')
        wait('all rows', lambda: window.numbers() == list(range(1, 47)))
        window.text('^46$')

    def test_s12_what_is_hidden_is_counted(self):
        window = self.open('landing-page.pcapng', flat=True)
        window.apply_filter('tcp.flags.syn == true or tcp.flags.reset == true')
        self.assert_filtered(window, [15, 16, 34], 34)
        window.select(34)
        window.text('17 rows hidden before it')

    def test_nothing_passes(self):
        window = self.open('redirect.pcap', flat=True)
        window.apply_filter('tcp.port == 70000')
        window.text('^No message passes the filter$')
        self.assertEqual(2, len([text for text in window.texts() if re.search('a port is 0–65535', text)]))
        window.click(window.find('push button', 'Clear the Filter'))
        wait('all rows', lambda: window.numbers()[:36] == list(range(1, 37)))
        self.assertEqual(window.text_of(window.entry('Filter')), '')

    def test_what_is_hidden_says_so(self):
        window = self.open('redirect.pcap', flat=True)
        window.select(12)
        said = '^Frame 12 is hidden by the filter'
        self.assertFalse([text for text in window.texts() if re.search(said, text)])
        window.apply_filter('arp')
        window.text(said)
        window.apply_filter('tcp')
        wait('it to be shown', lambda: not [text for text in window.texts() if re.search(said, text)])
        window.wait_selected(12)
        window.apply_filter('arp')
        window.text(said)
        window.click(window.find('push button', 'Show It'))
        window.wait_selected(12)
        self.assertFalse([text for text in window.texts() if re.search(said, text)])

    def test_s18_the_same_in_other_words(self):
        window = self.open('redirect.pcap', flat=True)
        both = [*range(7, 14), *range(20, 37)]
        for text in ('tcp.port==64665 or tcp.port==64669', 'tcp.port==64665 || tcp.port==64669',
                     'tcp.port == 64665  OR  tcp.port == 64669', 'tcp.port in [64665, 64669]'):
            window.apply_filter(text)
            self.assert_filtered(window, both, 36)
            window.apply_filter('arp')
            self.assert_filtered(window, [1, 2, 5, 6, 18, 19], 36)
        window.apply_filter('http or tcp.prot == 64665')
        window.text(r'^At character 9: .*tcp\.prot.*tcp\.port')
        self.assertEqual(window.numbers(), [1, 2, 5, 6, 18, 19])  # what was applied stays

    def test_s19_three_states(self):
        window = self.open('redirect.pcap', flat=True)
        entry = window.apply_filter('arp')
        self.assert_filtered(window, [1, 2, 5, 6, 18, 19], 36)
        looks = {'applied': self.look(window, entry)}
        self.assertEqual(entry.description, 'Filter applied')
        self.assertFalse(has_state(entry, pyatspi.STATE_INVALID))

        window.type(' and tcp.prot')
        wait('edited', lambda: 'not applied' in entry.description)
        window.text('^Not applied$')
        self.assertFalse(has_state(entry, pyatspi.STATE_INVALID))
        looks['edited'] = self.look(window, entry)

        window.key('Return')
        wait('invalid', lambda: has_state(entry, pyatspi.STATE_INVALID))
        wait('the reason', lambda: 'At character' in entry.description)
        looks['invalid'] = self.look(window, entry)
        self.assertEqual(len(set(looks.values())), 3, f'two states look alike: {looks}')

        window.key('Escape')
        wait('applied again', lambda: window.text_of(entry) == 'arp' and entry.description == 'Filter applied')

    def look(self, window, entry):
        """The colours between the window's edge and the entry's, where no text and no focus changes them."""
        return window.colors_left_of(entry, 12)

    def test_s20_by_status(self):
        window = self.open('redirect.pcap', flat=True)
        window.apply_filter('HTTP.StatusCode == 302')
        self.assert_filtered(window, [12], 36)
        self.assertRegex(window.row(12).name, 'Redirect 3xx')


if __name__ == '__main__':
    unittest.main(verbosity=2)
