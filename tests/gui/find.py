"""Finding in messages, details and bytes: where a step goes, and what is said of it."""
import time
import unittest

import pyatspi

from driver import Check, has_state, wait


class Find(Check):
    def look_for(self, window, text, where):
        """Opens the bar, chooses WHERE by its place in the list, and looks for TEXT from the first message on."""
        window.key('ctrl+f')
        entry = window.entry('Find')
        wait('the bar', lambda: has_state(entry, pyatspi.STATE_FOCUSED))
        window.key('ctrl+a')
        window.type(text)
        wait('the text', lambda: window.text_of(entry) == text)
        if where:
            window.key('Tab', 'space')
            time.sleep(0.5)
            window.key(*['Down'] * where, 'Return')
            time.sleep(0.3)
        window.key('F3')

    def selected_field(self, window):
        return window.selected('Details')

    def test_in_summaries(self):
        window = self.open('landing-page.pcapng')
        self.look_for(window, 'logo', 0)
        window.wait_selected(24)
        window.text('^1 frame matches$')
        # An expression as well; F3 goes on, round the end.
        window.key('ctrl+f', 'ctrl+a')
        window.type('http.response.code == 404 or arp.opcode == 1')
        window.key('Return')
        window.wait_selected(31)
        window.key('F3')
        window.wait_selected(1)
        window.text('^From the beginning again · 3 frames match$')
        window.key('shift+F3')
        window.wait_selected(31)
        window.text('^From the end again · ')

    def test_in_details(self):
        window = self.open('landing-page.pcapng')
        self.look_for(window, 'TIME TO live', 1)
        window.wait_selected('^3, DNS')
        window.text('^1 of 1 in this message · 30 frames match$')
        wait('the field', lambda: self.selected_field(window) and 'Time to live' in self.selected_field(window).name)
        # The answer says it twice: of the record, and of the packet.
        window.key('F3')
        window.wait_selected('^4, DNS')
        window.text('^1 of 2 in this message')
        wait('the record', lambda: '300 ' in self.selected_field(window).name)
        window.key('F3')
        window.text('^2 of 2 in this message')
        window.wait_selected('^4, DNS')
        window.key('shift+F3')
        window.text('^1 of 2 in this message')
        window.key('shift+F3')
        window.wait_selected('^3, DNS')

    def test_in_bytes(self):
        window = self.open('landing-page.pcapng')
        self.look_for(window, 'LOGO', 2)
        # The very frame, in its operation; and the bytes are selected.
        window.wait_selected(r'^24, TCP')
        window.text('^1 of 1 in this message · 1 frame matches$')
        window.text('^4 bytes at 71 of frame 24$')
        wait('the field', lambda: self.selected_field(window) and '/logo.png' in self.selected_field(window).name)
        # Bytes in hex, and what is not there.
        window.key('ctrl+f', 'ctrl+a')
        window.type('0d:0a:0d:0a')
        window.key('Return')
        window.text('^1 of 1 in this message')
        window.text('^4 bytes at 174 of frame 24$')
        window.key('ctrl+f', 'ctrl+a')
        window.type('not in this trace')
        window.key('Return')
        window.text('^Nothing found$')
        window.wait_selected(r'^24, TCP')


if __name__ == '__main__':
    unittest.main(verbosity=2)
