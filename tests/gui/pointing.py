"""Filters that nobody types: legend, context menus, keys."""
import re
import unittest

import pyatspi

from driver import DEEP, Check, children, has_state, wait, xdotool

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
        window.click_menu('Show Only')
        wait('frames of that address', lambda: 3 in window.numbers() and 13 not in window.numbers())
        window.text_entry_reads(r'== 203\.0\.113\.53')
        window.click(window.row(3).cell('DNS'), button=3)
        window.click_menu('Hide')
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
        window.choose('Copy Expression')
        window.key('ctrl+e', 'ctrl+a', 'ctrl+v')
        window.text_entry_reads('^tcp$')

    def test_add_as_column(self):
        window = self.open('closed-port-silent.pcapng', flat=True)
        window.click(window.row(3).cell('203.0.113.53'), button=3)
        window.click_menu('As Column')
        wait('a new column', lambda: len(window.row(3).cells()) == 9)
        self.assertIn('203.0.113.53', window.row(3).cells()[-1])

    def test_find_next_like_this(self):
        window = self.open('closed-port-silent.pcapng', flat=True)
        window.click(window.row(3).cell('203.0.113.53'), button=3)
        window.text('^ip.dst == 203.0.113.53$')
        window.click_menu('Find Next Like This')
        window.wait_selected(9)
        self.assertEqual(window.text_of(window.entry('Find')), 'ip.dst == 203.0.113.53')
        self.assertEqual(len(window.rows()), 46)

    def test_as_colour_rule(self):
        window = self.open('closed-port-silent.pcapng', flat=True)
        window.click(window.row(3).cell('203.0.113.53'), button=3)
        window.click_menu('As Colour Rule…')
        dialog = window.next_window(DEEP - {'list'})
        wait('the rule in the form', lambda: 'ip.dst == 203.0.113.53' in [
            dialog.text_of(entry) for entry in dialog.find_all('text') if entry.name == 'Filter'])
        wait('its chip', lambda: window.find_all('push button', re.compile('^ip.dst == 203.0.113.53, ')))

    def test_chip_of_the_legend(self):
        window = self.open('closed-port-silent.pcapng', flat=True)
        window.click(window.find('push button', 'Retransmission, 2 frames'), button=3)
        window.text('^tcp.analysis.retransmission$')
        window.choose('Hide')
        window.text_entry_reads(r'^!tcp\.analysis\.retransmission$')
        window.text('^44 of 46$')

    def test_number_of_problems(self):
        window = self.open('closed-port-silent.pcapng', flat=True)
        window.click(window.find('push button', '3 problems'), button=3)
        window.choose('Show Only')
        self.assert_filtered(window, [13, 25, 42], 46)

    def test_status_bar(self):
        window = self.open('closed-port-silent.pcapng', flat=True)
        window.select(25)
        window.click(window.find(None, re.compile('^Frame 25 selected')), button=3)
        window.choose('Show Only')
        self.assert_filtered(window, SILENT, 46)

    def test_problem_and_its_frame(self):
        window = self.open('closed-port-silent.pcapng', flat=True)
        window.key('ctrl+7')
        entry = wait('the kind', lambda: next((node for node in children(window.find('list', 'Problems'))
                                               if node.name.startswith('Retransmission, ')), None))
        window.click(entry, button=3)
        window.choose('Hide')
        window.text('^44 of 46$')

    def test_verdict(self):
        window = self.open('closed-port-silent.pcapng', flat=True)
        window.key('ctrl+4')
        window.select(25)
        window.tab('Why')
        window.click(window.find('label', re.compile('^Retransmission · ')), button=3)
        window.text('^lectern.verdict == "retransmission"$')
        window.choose('Show Only')
        self.assert_filtered(window, [25, 42], 46)

    def test_bytes(self):
        window = self.open('redirect.pcap', flat=True)
        window.select(10)
        window.tab('Bytes')
        view = window.find('image', re.compile('^152 bytes$|bytes? at'))
        # A field, where nothing is selected; and as a slice, with the keyboard.
        window.click_at(view, 70, 12)
        window.click(view, button=3)
        window.text(r'^\S+ == \S+')
        window.key('Escape')
        window.click_at(view, 70, 12)
        window.key('shift+Right', 'shift+Right', 'shift+Right')
        window.key('shift+F10')
        window.text(r'^eth\.dst\[1:4\] == 00:5e:00:53$')
        window.menu_item('eth[1:4] == 00:5e:00:53')
        window.menu_item('frame[1:4] == 00:5e:00:53')
        window.choose('Hide')
        self.assert_filtered(window, [1, 5, 18], 36)

    def test_cell_dragged_to_the_box(self):
        window = self.open('closed-port-silent.pcapng', flat=True)
        box = window.entry('Filter')

        def reads(text):
            return lambda: wait(f'{text!r} in the box', lambda: window.text_of(box) == text)
        window.carry(window.row(3).cell('203.0.113.53'), box, meanwhile=reads('ip.dst == 203.0.113.53'))
        wait('frames to that address', lambda: 3 in window.numbers() and 13 not in window.numbers())
        # With Ctrl: added to what is there.
        both = 'ip.dst == 203.0.113.53 and dns'
        window.carry(window.row(3).cell('DNS'), box, holding='ctrl', meanwhile=reads(both))
        wait('the filter to be applied', lambda: 'applied' in box.description and window.text_of(box) == both)
        # Only over it: nothing has happened.
        window.carry(window.row(3).cell('DNS'), window.find(None, re.compile('^Trust and story')))
        reads(both)()
        window.text('^Frame|^Ready')

    def test_field_dragged_to_the_header(self):
        window = self.open('redirect.pcap', flat=True)
        window.select(10)
        field = window.row('^Host: www', 'Details')
        header = window.title('Source')
        window.carry(field.node, header)
        wait('a new column', lambda: len(window.row(10).cells()) == 9)
        self.assertIn('www.example.com', window.row(10).cells()[-1])
        self.assertLess(window.place(window.title('Elapsed')), window.place(window.title('http.host')))
        self.assertLess(window.place(window.title('http.host')), window.place(window.title('Source')))

    def test_chip_and_cell_dragged_to_the_rules(self):
        window = self.open('closed-port-silent.pcapng', flat=True)
        window.carry(window.find('push button', 'Retransmission, 2 frames'), window.entry('Filter'))
        self.assert_filtered(window, [25, 42], 46)
        window.carry(window.row(25).cell('TCP'), window.find('push button', 'Retransmission, 2 frames'))
        xdotool('mousemove', 1270, 790)  # no tooltip, which would be a window too
        dialog = window.next_window(DEEP - {'list'})
        wait('the rule in the form', lambda: 'tcp' in [
            dialog.text_of(entry) for entry in dialog.find_all('text') if entry.name == 'Filter'])

    def test_conversation_by_key(self):
        window = self.open('redirect.pcap', flat=True)
        window.select(12)
        window.key('ctrl+shift+f')
        self.assert_filtered(window, [*range(7, 14), 31, 33, 34], 36)


if __name__ == '__main__':
    unittest.main(verbosity=2)
