"""How what a filter finds arrives in the list, and what is said of it."""
import unittest

from driver import Check, wait


class Reasons(Check):
    def test_why_nothing_passes(self):
        window = self.open('landing-page.pcapng', flat=True)
        entry = window.apply_filter('dns.aaaa')
        window.text('^No message passes the filter$')
        reason = 'No frame of this trace has “dns.aaaa”.'
        wait('the reason in the list and below the box', lambda: window.texts().count(reason) == 2)
        self.assertEqual(entry.description, 'Filter applied')  # it is no mistake
        window.click(window.find('push button', 'Clear the Filter'))
        wait('all rows', lambda: window.numbers()[:34] == list(range(1, 35)))
        self.assertNotIn(reason, window.texts())

    def test_why_everything_passes(self):
        window = self.open('landing-page.pcapng', flat=True)
        window.apply_filter('!vlan')
        window.text('^No frame of this trace has “vlan”. “!vlan” is therefore true of all.$')
        # What is typed on makes it the reason of something else.
        window.type(' and tcp')
        wait('it to go', lambda: not [text for text in window.texts() if 'vlan' in text and '“' in text])

    def test_what_lacks_the_field(self):
        window = self.open('landing-page.pcapng', flat=True)
        window.apply_filter('tcp.port != 80')
        window.text('^14 of these frames have no “tcp.port” at all; “tcp.port ~= 80” leaves them out.$')


class References(Check):
    def test_the_selected_frame(self):
        window = self.open('landing-page.pcapng', flat=True)
        text = 'ip.src == ${ip.src}'
        entry = window.write_filter(text)
        window.key('Return')
        window.text('^At character 11: No frame is selected that this could refer to.$')
        window.select(4)
        entry = window.apply_filter(text)
        self.assert_filtered(window, [4, 10, 14], 34)
        window.text('^Understood as: ip.src == 203.0.113.53$')
        self.assertEqual(window.text_of(entry), text)
        window.key('ctrl+shift+e')
        window.select(8)
        window.apply_filter(text)
        window.text('^Understood as: ip.src == 198.51.100.20$')
        self.assert_filtered(window, [8, 12, 16, 19, 20, 23, 25, 26, 28, 29, 32], 34)

    def test_it_stays_what_it_was(self):
        window = self.open('landing-page.pcapng', flat=True)
        window.select(30)
        window.apply_filter('frame.number >= ${frame.number}')
        self.assert_filtered(window, [30, 31, 32, 33, 34], 34)
        window.select(33)
        window.key('ctrl+shift+s')  # sequence numbers as sent: what passes is found anew
        window.row('33, TCP.*Seq Range: [0-9]{4}')
        self.assert_filtered(window, [30, 31, 32, 33, 34], 34)
        # Applied anew, it points at what is selected now.
        window.key('ctrl+e', 'Return')
        self.assert_filtered(window, [33, 34], 34)

    def test_a_frame_without_it(self):
        window = self.open('landing-page.pcapng', flat=True)
        window.select(1)
        window.write_filter('arp or ip.src == ${ip.src}')
        window.key('Return')
        window.text('^At character 18: Frame 1, which this refers to, has no “ip.src”.$')


class Place(Check):
    """A filter over dissected fields, put on where one looks: what passes there is in view."""

    FILTER = 'tcp.options.sack'  # 34 … 135, 296 … 359

    def test_the_next_row_that_passes(self):
        window = self.open('lost-upload.pcapng', flat=True)
        window.select(200)
        window.apply_filter(self.FILTER)
        wait('what stands nearest', lambda: window.is_in_view(window.row(296)))
        window.text('^Frame 200 is hidden by the filter')
        self.assertTrue(all(window.is_in_view(window.row(number)) for number in (298, 300, 302)))
        # And back to where one was.
        window.key('ctrl+shift+e')
        window.wait_selected(200)
        wait('the selected row', lambda: window.is_in_view(window.row(200)))

    def test_the_selected_row(self):
        window = self.open('lost-upload.pcapng', flat=True)
        window.select(304)
        window.apply_filter(self.FILTER)
        window.wait_selected(304)
        wait('the selected row', lambda: window.is_in_view(window.row(304)))
        window.text('^50 of 389$')

    def test_from_the_top(self):
        window = self.open('lost-upload.pcapng', flat=True)
        window.apply_filter(self.FILTER)
        wait('the first row', lambda: window.is_in_view(window.row(34)))
        self.assertEqual(window.numbers()[0], 34)


class Parts(Check):
    """Which parts of an operation pass, and from one to the next with a key."""

    def test_parts_that_pass(self):
        window = self.open('landing-page.pcapng')
        window.apply_filter('http.response and not dns')
        window.select(18)
        window.key('F4')
        window.wait_selected('^20, .*passes the filter$')
        window.row('^19, .*does not pass the filter$')
        window.row('^18, .*does not pass the filter$')

    def test_from_one_to_the_next(self):
        window = self.open('landing-page.pcapng')
        window.apply_filter('http.response.begins')
        for number in (20, 23, 25, 32):
            window.key('F4')
            window.wait_selected(f'^{number}, .*, passes the filter$')
        window.key('F4')
        window.text('^Nothing further passes the filter in this direction.$')
        window.wait_selected(32)
        for number in (25, 23, 20):
            window.key('shift+F4')
            window.wait_selected(f'^{number}, .*, passes the filter$')


if __name__ == '__main__':
    unittest.main(verbosity=2)
