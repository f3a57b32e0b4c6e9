"""The filter as tiers with parts: switched off and on, turned round, kept and taken up again."""
import re
import unittest

import pyatspi

from driver import Check, has_state, wait

ALL = list(range(1, 37))
ARP = [1, 2, 5, 6, 18, 19]
FIRST = [*range(7, 14), 31, 33, 34]  # the connection of port 64665
SECOND = [*range(20, 31), 32, 35, 36]  # that of 64669


class Tiers(Check):
    def chips(self, window):
        """The names of the chips in their order, without those that stand for nothing now."""
        return [node.name for node in window.find_all(None, re.compile(r'^(Part|Tier) \d'))]

    def chip(self, window, name):
        return window.find(None, re.compile(rf'^(Part|Tier) \d of \d, {re.escape(name)}, (on|off)$'))

    def assert_chips(self, window, *names):
        wait(f'the chips {names}', lambda: self.chips(window) == list(names))

    def assert_entry(self, window, text):
        entry = window.entry('Filter')
        wait(f'the entry to read {text!r}', lambda: window.text_of(entry) == text)

    def test_parts_are_switched(self):
        window = self.open('redirect.pcap', flat=True)
        window.apply_filter('tcp.port == 64665')
        self.assert_filtered(window, FIRST, 36)
        self.assertEqual(self.chips(window), [])  # one part needs no switch
        window.apply_filter('tcp.port == 64665 or tcp.port == 64669 or arp')
        self.assert_chips(window, 'Part 1 of 3, tcp.port == 64665, on', 'Part 2 of 3, tcp.port == 64669, on',
                          'Part 3 of 3, arp, on')
        window.click(self.chip(window, 'tcp.port == 64669'))
        self.assert_filtered(window, sorted(ARP + FIRST), 36)
        self.assert_entry(window, 'tcp.port == 64665 or arp')
        self.assertEqual(window.entry('Filter').description, 'Filter applied')
        self.assert_chips(window, 'Part 1 of 3, tcp.port == 64665, on', 'Part 2 of 3, tcp.port == 64669, off',
                          'Part 3 of 3, arp, on')
        # The keyboard goes from chip to chip, and stays at the one that it switches.
        window.key('shift+Tab', 'shift+Tab', 'space')
        self.assert_filtered(window, ARP, 36)
        window.key('space')
        self.assert_filtered(window, sorted(ARP + FIRST), 36)
        # What is written on keeps what is off.
        window.apply_filter('tcp.port == 64665 or arp or frame.number == 20')
        self.assert_filtered(window, sorted(ARP + FIRST + [20]), 36)
        self.assert_chips(window, 'Part 1 of 4, tcp.port == 64665, on', 'Part 2 of 4, tcp.port == 64669, off',
                          'Part 3 of 4, arp, on', 'Part 4 of 4, frame.number == 20, on')
        window.press(self.chip(window, 'tcp.port == 64669'))
        self.assert_filtered(window, sorted(ARP + FIRST + SECOND), 36)
        window.key('ctrl+e', 'Escape')
        wait('all rows', lambda: window.numbers() == ALL)
        self.assertEqual(self.chips(window), [])

    def test_brackets_and_quotes_hold_together(self):
        window = self.open('redirect.pcap', flat=True)
        window.apply_filter('(arp or tcp.port == 64665) && not frame contains "x and y"')
        self.assert_filtered(window, sorted(ARP + FIRST), 36)
        self.assert_chips(window, 'Part 1 of 2, (arp or tcp.port == 64665), on',
                          'Part 2 of 2, not frame contains "x and y", on')
        window.press(self.chip(window, '(arp or tcp.port == 64665)'))
        wait('the others', lambda: window.numbers() == ALL)
        self.assert_entry(window, 'not frame contains "x and y"')

    def test_parts_are_inverted_copied_and_removed(self):
        window = self.open('redirect.pcap', flat=True)
        window.apply_filter('tcp and tcp.port == 64665')
        self.assert_filtered(window, FIRST, 36)
        window.click(self.chip(window, 'tcp.port == 64665'))  # the keyboard is there now
        window.key('space', 'exclam')
        self.assert_filtered(window, SECOND, 36)
        self.assert_entry(window, 'tcp and !(tcp.port == 64665)')
        window.click(self.chip(window, '!(tcp.port == 64665)'), button=3)
        window.choose('Invert')
        self.assert_filtered(window, FIRST, 36)
        self.assert_entry(window, 'tcp and tcp.port == 64665')
        window.click(window.find(None, 'Menu of part 2'))
        window.choose('Copy')
        window.write_filter('arp or ')
        window.key('ctrl+v', 'Return')
        self.assert_filtered(window, sorted(ARP + FIRST), 36)
        self.assert_chips(window, 'Part 1 of 2, arp, on', 'Part 2 of 2, tcp.port == 64665, on')
        window.click(window.find(None, 'Menu of part 1'))
        window.choose('Remove')
        self.assert_filtered(window, FIRST, 36)
        self.assert_entry(window, 'tcp.port == 64665')
        self.assert_chips(window)

    def test_what_is_typed_is_not_lost(self):
        window = self.open('redirect.pcap', flat=True)
        window.apply_filter('tcp')
        window.key('shift+Return')
        window.apply_filter('http or arp')
        tier, part = self.chip(window, 'tcp'), self.chip(window, 'http')
        self.assertTrue(has_state(part, pyatspi.STATE_SENSITIVE))
        window.key('ctrl+e', 'End')
        window.type(' or dns')
        wait('the parts to wait', lambda: not has_state(part, pyatspi.STATE_SENSITIVE))
        window.press(tier)
        self.assert_chips(window, 'Tier 1 of 1, tcp, off', 'Part 1 of 2, http, on', 'Part 2 of 2, arp, on')
        self.assert_entry(window, 'http or arp or dns')
        self.assertIn('not applied', window.entry('Filter').description)
        window.key(*7 * ['BackSpace'])
        self.assert_entry(window, 'http or arp')
        wait('the parts', lambda: has_state(part, pyatspi.STATE_SENSITIVE))

    def test_tiers_narrow(self):
        window = self.open('redirect.pcap', flat=True)
        window.write_filter('arp or tcp.port == 64665')
        window.key('shift+Return')
        self.assert_filtered(window, sorted(ARP + FIRST), 36)
        self.assert_entry(window, '')
        self.assert_chips(window, 'Tier 1 of 1, arp or tcp.port == 64665, on')
        window.type('frame.number > 5')
        window.key('ctrl+shift+k')
        narrowed = [n for n in sorted(ARP + FIRST) if n > 5]
        self.assert_filtered(window, narrowed, 36)
        window.apply_filter('tcp')
        self.assert_filtered(window, FIRST, 36)
        self.assert_chips(window, 'Tier 1 of 2, arp or tcp.port == 64665, on', 'Tier 2 of 2, frame.number > 5, on',
                          'Part 1 of 1, tcp, on')
        window.press(self.chip(window, 'arp or tcp.port == 64665'))
        self.assert_filtered(window, sorted(FIRST + SECOND), 36)
        window.press(self.chip(window, 'arp or tcp.port == 64665'))
        window.press(self.chip(window, 'tcp'))
        self.assert_filtered(window, narrowed, 36)
        window.press(self.chip(window, 'tcp'))
        # A click in the window adds to the last tier.
        window.select(9)
        window.press(window.find(None, re.compile('^Start, end, ')))
        wait('the switch', lambda: window.numbers() and set(window.numbers()) < set(FIRST))
        window.press(window.find(None, re.compile('^Start, end, ')))
        self.assert_filtered(window, FIRST, 36)

    def test_tiers_are_edited_and_written_as_one(self):
        window = self.open('redirect.pcap', flat=True)
        window.write_filter('arp or tcp.port == 64665')
        window.key('shift+Return')
        window.apply_filter('frame.number > 5')
        narrowed = [n for n in sorted(ARP + FIRST) if n > 5]
        self.assert_filtered(window, narrowed, 36)
        window.click(window.find(None, 'Menu of tier 1'))
        window.choose('Edit')
        self.assert_entry(window, 'arp or tcp.port == 64665')
        self.assert_chips(window, 'Tier 1 of 1, frame.number > 5, on', 'Part 1 of 2, arp, on',
                          'Part 2 of 2, tcp.port == 64665, on')
        self.assert_filtered(window, narrowed, 36)
        window.key('F10')
        window.choose('Filter')
        window.choose('Write as One Filter')
        self.assert_entry(window, 'frame.number > 5 and (arp or tcp.port == 64665)')
        self.assert_chips(window, 'Part 1 of 2, frame.number > 5, on', 'Part 2 of 2, (arp or tcp.port == 64665), on')
        self.assert_filtered(window, narrowed, 36)
        # Escape goes back a step at a time.
        window.key('ctrl+e', 'shift+Return', 'Escape')
        wait('all rows', lambda: window.numbers() == ALL)
        self.assert_chips(window)

    def test_back_and_forward(self):
        window = self.open('redirect.pcap', flat=True)
        window.apply_filter('tcp')
        self.assert_filtered(window, sorted(FIRST + SECOND), 36)
        window.select(12)
        window.apply_filter('tcp and frame.number > 8')
        window.click(self.chip(window, 'frame.number > 8'))
        window.key('ctrl+e', 'shift+Return')
        window.apply_filter('tcp.port == 64669')
        self.assert_filtered(window, SECOND, 36)
        window.select(25)
        window.key('alt+shift+Left')
        self.assert_chips(window, 'Tier 1 of 1, tcp, on')
        self.assert_entry(window, '')
        window.wait_selected(12)
        window.key('alt+shift+Left')
        self.assert_chips(window, 'Part 1 of 2, tcp, on', 'Part 2 of 2, frame.number > 8, off')
        window.key('alt+shift+Left', 'alt+shift+Left')
        self.assert_entry(window, 'tcp')
        self.assert_chips(window)
        window.key('alt+shift+Left')
        wait('all rows', lambda: window.numbers() == ALL)
        window.click(window.find('push button', 'Filter history'))
        window.choose('Forward to the Next Filter')
        self.assert_filtered(window, sorted(FIRST + SECOND), 36)
        window.wait_selected(12)
        window.key(*4 * ['alt+shift+Right'])
        self.assert_filtered(window, SECOND, 36)
        window.wait_selected(25)
        self.assert_chips(window, 'Tier 1 of 1, tcp, on', 'Part 1 of 1, tcp.port == 64669, on')
        # A new filter ends the way forward.
        window.key('alt+shift+Left')
        window.apply_filter('arp')
        window.key('alt+shift+Right')
        self.assert_entry(window, 'arp')

    def row_place(self, window, number):
        """How far down the list the row NUMBER stands, in pixels."""
        row = window.row(number).node
        inside = row.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        around = row.parent.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        return inside.y - around.y

    def test_rows_stay_where_they_are(self):
        window = self.open('lost-upload.pcapng', flat=True)
        window.select(120)
        wait('it in view', lambda: window.is_in_view(window.row(120)) and window.is_in_view(window.row(126)))
        window.click(window.row(126).node)
        window.wait_selected(126)
        place = self.row_place(window, 126)
        self.assertGreater(place, 0)
        window.apply_filter('frame.number > 40 and frame.number != 124')
        window.text('^348 of 389$')
        wait('the other rows', lambda: 124 not in window.numbers())
        window.wait_selected(126)
        wait('it in view', lambda: window.is_in_view(window.row(126)))
        window.key('ctrl+l', 'Home')
        window.wait_selected(41)
        # It stands where it stood under this filter, and has the keyboard.
        window.key('alt+shift+Left')
        window.wait_selected(126)
        wait('it to stand where it stood', lambda: self.row_place(window, 126) == place)
        window.key('Down')
        window.wait_selected(127)
        window.key('alt+shift+Right')
        window.wait_selected(41)
        self.assertTrue(window.is_in_view(window.row(41)))


if __name__ == '__main__':
    unittest.main(verbosity=2)
