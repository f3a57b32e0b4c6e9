"""Filters that nobody types: legend, context menus, keys."""
import re
import unittest

import pyatspi

from driver import Check, has_state, wait

SILENT = [13, 25, 42]  # the three SYNs to the silent port


class Pointing(Check):
    def test_legend_filters_and_takes_it_back(self):
        window = self.open('closed-port-silent.pcapng', flat=True)
        window.apply_filter('tcp')
        chip = window.find('push button', 'Retransmission, 2 frames')
        window.click(chip)
        self.assert_filtered(window, [25, 42], 46)
        self.assertEqual(window.text_of(window.entry('Filter')), 'tcp.analysis.retransmission')
        wait('the chip to be down', lambda: has_state(chip, pyatspi.STATE_PRESSED) or has_state(chip, pyatspi.STATE_CHECKED))
        window.click(chip)
        wait('the filter before', lambda: window.text_of(window.entry('Filter')) == 'tcp')
        self.assert_filtered(window, [*range(13, 26), *range(34, 43)], 46)

    def test_pointer_on_a_cell(self):
        window = self.open('closed-port-silent.pcapng', flat=True)
        window.click(window.row(3).cell('203.0.113.53'), button=3)
        window.click_menu(re.compile('^Show Only .*203.0.113.53'))
        wait('frames of that address', lambda: 3 in window.numbers() and 13 not in window.numbers())
        window.text_entry_reads(r'== 203\.0\.113\.53')
        window.click(window.row(3).cell('DNS'), button=3)
        window.click_menu('Hide dns')
        wait('nothing left', lambda: not window.numbers())
        window.text('No message passes the filter')
        window.text('^0 of 46$')

    def test_menu_key_and_its_items(self):
        window = self.open('closed-port-silent.pcapng', flat=True)
        window.select(25)
        window.key('Menu')
        window.choose('Filter This Conversation')
        self.assert_filtered(window, SILENT, 46)
        # The selection is still there, and so is the keyboard.
        window.wait_selected(25)
        window.key('ctrl+l', 'shift+F10')
        window.choose('Copy Filter Expression')
        window.key('ctrl+e', 'ctrl+a', 'ctrl+v')
        window.text_entry_reads('^tcp$')

    def test_add_as_column(self):
        window = self.open('closed-port-silent.pcapng', flat=True)
        window.click(window.row(3).cell('203.0.113.53'), button=3)
        window.click_menu(re.compile('^Add .* as Column'))
        wait('a new column', lambda: len(window.row(3).cells()) == 9)
        self.assertIn('203.0.113.53', window.row(3).cells()[-1])

    def test_conversation_by_key(self):
        window = self.open('redirect.pcap', flat=True)
        window.select(12)
        window.key('ctrl+shift+f')
        self.assert_filtered(window, [*range(7, 14), 31, 33, 34], 36)


if __name__ == '__main__':
    unittest.main(verbosity=2)
