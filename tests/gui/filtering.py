"""S1 to S21 in the real window: filtering, finding, going to."""
import os
import re
import unittest

from driver import Lectern, wait

SAMPLES = os.environ['LECTERN_SAMPLES']


class Filtering(unittest.TestCase):
    def open(self, name, frames=True):
        window = Lectern(os.path.join(SAMPLES, name))
        self.addCleanup(window.close)
        self.addCleanup(window.screenshot, self.id().split('.')[-1])
        window.wait_loaded(5)
        if frames:
            window.key('ctrl+m')
            wait('the flat list', lambda: window.numbers()[:5] == [1, 2, 3, 4, 5])
        return window

    def assert_filtered(self, window, numbers, total):
        wait(f'the rows {numbers}', lambda: window.numbers() == numbers)
        wait('the count', lambda: f'{len(numbers)} of {total}' in window.texts())

    def test_s3_a_simple_filter(self):
        window = self.open('closed-port-silent.pcapng')
        tcp = [*range(13, 26), *range(34, 43)]
        for text in ('TCP', 'tcp', 'Tcp'):
            entry = window.apply_filter(text)
            self.assert_filtered(window, tcp, 46)
            self.assertEqual(window.text_of(entry), text)
        window.apply_filter('tcp.port == 21')
        self.assert_filtered(window, [13, 25, 42], 46)
        window.apply_filter('')
        wait('all rows', lambda: window.numbers() == list(range(1, 47)))

    def test_s8_filter_on_the_diagnosis(self):
        window = self.open('closed-port-silent.pcapng')
        window.apply_filter('#DiagnosisTypes == 1')
        self.assert_filtered(window, [13, 25, 42], 46)
        # Found with no option; the legend counts and filters too.
        window.press(window.find('push button', re.compile('^Retransmission, 2 ')))
        self.assert_filtered(window, [25, 42], 46)

    def test_s12_go_to_and_what_is_hidden(self):
        window = self.open('landing-page.pcapng')
        for number in (15, 18, 32, 34):
            window.go_to(number)
        window.apply_filter('tcp.flags.syn == true or tcp.flags.reset == true')
        wait('the rows', lambda: window.numbers() == [15, 16, 34])
        window.go_to(34)
        wait('how many are hidden', lambda: [t for t in window.texts() if re.search(r'17 rows hidden', t)])

    def test_s18_the_same_in_other_words(self):
        window = self.open('redirect.pcap')
        expected = [*range(7, 14), *range(20, 37)]
        for text in ('tcp.port==64665 or tcp.port==64669', 'tcp.port==64665 || tcp.port == 64669',
                     'tcp.port==64665 OR tcp.port==64669', 'tcp.port in [64665, 64669]'):
            window.apply_filter(text)
            self.assert_filtered(window, expected, 36)
            window.apply_filter('arp')
            self.assert_filtered(window, [1, 2, 5, 6, 18, 19], 36)

    def test_s19_three_states(self):
        window = self.open('redirect.pcap')
        entry = window.apply_filter('http')
        self.assert_filtered(window, window.numbers(), 36)
        wait('applied', lambda: entry.description == 'Filter applied')
        rows = window.numbers()
        window.type(' and tcp.prot == 80')
        wait('edited', lambda: 'not applied' in entry.description)
        wait('words for it', lambda: 'Not applied' in window.texts())
        window.key('Return')
        wait('invalid', lambda: [t for t in window.texts() if re.search(r'^At character 10: .*tcp\.prot', t)])
        self.assertEqual(window.numbers(), rows)  # what was applied stays

    def test_s20_status(self):
        window = self.open('redirect.pcap')
        window.apply_filter('HTTP.StatusCode == 302')
        self.assert_filtered(window, [12], 36)
        self.assertRegex(window.row(12).name, 'Redirect 3xx')

    def test_find_and_problems(self):
        window = self.open('closed-port-silent.pcapng')
        window.go_to(1)
        window.key('F8')
        wait('the first problem', lambda: window.selected_row().number == 13)
        window.key('F8')
        wait('the next', lambda: window.selected_row().number == 25)
        window.key('shift+F8')
        wait('the one before', lambda: window.selected_row().number == 13)
        window.key('alt+Left')
        wait('back', lambda: window.selected_row().number == 25)
        window.key('ctrl+f')
        window.find('text', 'Find')
        window.type('style.css')
        window.key('Return')
        wait('what was looked for', lambda: window.selected_row().number == 34)

    def test_point_and_click(self):
        window = self.open('redirect.pcap')
        row = window.row(12)
        window.click(row.node, button=3)
        window.press_menu(re.compile('Filter This .?Conversation'))
        wait('the conversation', lambda: window.numbers() == [*range(7, 14), 31, 33, 34])


if __name__ == '__main__':
    unittest.main(verbosity=2)
