"""Going through a trace, and how the window looks while one does (S12)."""
import re
import unittest

import pyatspi

from driver import DEEP, Check, has_state, wait


class Navigation(Check):
    def test_s12_go_to(self):
        window = self.open('landing-page.pcapng')
        # 25 is part of an operation that begins earlier: its row is opened or selected.
        for number in (15, 18, 31, 34):
            window.select(number)
        window.flat()
        for number in (25, 32, 1):
            window.select(number)
        window.go_to(99)
        window.text('no frame “99”: the trace has frames 1 to 34')

    def test_f8_steps_through_problems(self):
        window = self.open('closed-port-silent.pcapng', flat=True)
        window.select(1)
        for number in (13, 25, 42):
            window.key('F8')
            window.wait_selected(number)
        window.key('F8')
        window.text('No further problem')
        window.key('shift+F8')
        window.wait_selected(25)

    def test_f8_stops_at_errors_of_http(self):
        window = self.open('landing-page.pcapng')
        window.select(1)
        for number in (31, 34):  # 404 Not Found, and the reset
            window.key('F8')
            window.wait_selected(number)
        window.key('shift+F8')
        window.wait_selected(31)

    def test_back_and_forward(self):
        window = self.open('closed-port-silent.pcapng', flat=True)
        for number in (3, 30, 17):
            window.select(number)
        window.key('alt+Left')
        window.wait_selected(30)
        window.key('alt+Left')
        window.wait_selected(3)
        window.click(window.find('push button', 'Forward'))
        window.wait_selected(30)
        window.key('alt+Right')
        window.wait_selected(17)

    def test_ctrl_f_finds(self):
        window = self.open('closed-port-silent.pcapng', flat=True)
        window.select(1)
        window.key('ctrl+f')
        entry = window.entry('Find')
        window.type('style.css')
        wait('the text', lambda: window.text_of(entry) == 'style.css')
        window.key('Return')
        window.wait_selected(34)
        window.key('ctrl+a')
        window.type('icmp')
        wait('the text', lambda: window.text_of(entry) == 'icmp')
        window.key('Return')
        window.wait_selected(45)
        window.key('shift+F3')
        window.wait_selected(33)
        window.key('F3')
        window.wait_selected(45)
        window.key('Escape')
        wait('the bar to close', lambda: not window.find_all('text', 'Find'))

    def test_arrow_keys_from_where_one_is(self):
        window = self.open('closed-port-silent.pcapng', flat=True)
        window.select(20)
        window.key('Down')
        window.wait_selected(21)
        window.key('Up', 'Up')
        window.wait_selected(19)
        window.key('Home')
        window.wait_selected(1)
        window.key('End')
        window.wait_selected(46)

    def test_selected_row_stays_in_view(self):
        window = self.open('lost-segment.pcapng', flat=True)
        window.select(150)
        for _ in range(2):
            window.apply_filter('tcp.len > 0 or frame.number == 150')
            window.text('^[1-9]. of 172$')
            wait('its row in view', lambda: window.is_in_view(window.wait_selected(150)))
            window.key('ctrl+shift+e')
            window.text('^172$')
            wait('its row in view again', lambda: window.is_in_view(window.wait_selected(150)))

    def test_zoom(self):
        window = self.open('redirect.pcap')
        def height():
            return window.height(window.row(1).node)
        usual = height()
        window.key('ctrl+plus', 'ctrl+plus')
        wait('larger rows', lambda: height() > usual)
        window.key('ctrl+0')
        wait('usual rows', lambda: height() == usual)
        window.key('ctrl+minus', 'ctrl+minus')
        wait('smaller rows', lambda: height() < usual)

    def test_dark_appearance(self):
        window = self.open('closed-port-silent.pcapng')
        row = window.row(13)
        light = window.brightness(row.node)
        self.assertGreater(light, 160)
        window.key('F10')
        window.choose('Appearance')
        window.choose('Dark')
        wait('a dark list', lambda: window.brightness(row.node) < 90)
        self.assertRegex(window.row(13).name, 'No answer')

    def test_color_rules_are_switched_off_in_the_dialog(self):
        window = self.open('closed-port-silent.pcapng')
        self.assertRegex(window.row(25).name, '^25, TCP, Retransmission; Start, end')
        window.key('F10')
        window.choose(re.compile('^Edit Colour Rules'))
        dialog = self.lectern.next_window(DEEP - {'list'})
        toggle = dialog.find(None, 'Use the rule Start, end')
        self.assertTrue(has_state(toggle, pyatspi.STATE_CHECKED))
        dialog.press(toggle)  # it is further down than the dialog is high
        wait('the row without it', lambda: re.search('^25, TCP, Retransmission, Flags', window.row(25).name))
        wait('the chip to go', lambda: not window.find_all('push button', re.compile('^Start, end')))
        dialog.press(toggle)
        window.row('^25, TCP, Retransmission; Start, end')

    def test_time_formats(self):
        window = self.open('landing-page.pcapng', flat=True)
        cells = window.row(2).cells()
        window.key('alt+4')
        wait('a date', lambda: any(re.match(r'\d{4}-\d\d-\d\d', text) for text in window.row(2).cells()))
        window.key('alt+1')
        wait('the time since the start', lambda: window.row(2).cells() == cells)

    def test_shortcuts_window(self):
        window = self.open('redirect.pcap')
        window.key('ctrl+question')
        shortcuts = self.lectern.next_window()
        shortcuts.find('label', re.compile('[Gg]o to (a )?[Ff]rame'))


if __name__ == '__main__':
    unittest.main(verbosity=2)
