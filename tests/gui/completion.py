"""Proposals while a filter is written."""
import re
import unittest

import pyatspi

from driver import Check, children, has_state, wait, walk, xdotool


class Completion(Check):
    def proposals(self, window):
        """The rows of the list of proposals, where it is open."""
        lists = [node for node in walk(window.frame) if node.getRoleName() == 'list' and node.name == 'Proposals']
        if not lists or not has_state(lists[0].parent, pyatspi.STATE_VISIBLE):
            return []
        return children(lists[0])

    def names(self, window):
        return [row.name for row in self.proposals(window)]

    def wait_names(self, window, *patterns):
        """Waits for proposals that begin with those that match PATTERNS."""
        def find():
            names = self.names(window)
            return names if len(names) >= len(patterns) and all(map(re.search, patterns, names)) else None
        return wait(f'proposals like {patterns}', find)

    def wait_none(self, window):
        wait('no proposals', lambda: not self.proposals(window))

    def chosen(self, window):
        return [row.name for row in self.proposals(window) if has_state(row, pyatspi.STATE_SELECTED)]

    def test_a_filter_out_of_proposals(self):
        window = self.open('redirect.pcap', flat=True)
        entry = window.write_filter('tcp.po')
        self.wait_names(window, r'^tcp\.port, Source or destination port, port$')
        self.assertEqual(self.chosen(window), [])
        self.assertIn('press Enter', entry.description)
        window.key('Down')
        wait('the first to be chosen', lambda: self.chosen(window) == ['tcp.port, Source or destination port, port'])
        wait('the entry to tell it', lambda: entry.description.startswith('tcp.port, Source'))
        window.key('Tab')
        wait('it to be taken', lambda: window.text_of(entry) == 'tcp.port')
        self.wait_none(window)
        wait('the entry to tell its state', lambda: 'press Enter' in entry.description)
        window.type(' ')
        self.wait_names(window, '^==, equal', '^!=, not equal')
        window.type('== ')
        # Each with as many frames as the filter finds.
        names = self.wait_names(window, '^80, HTTP, 24 frames$', '^64669, 14 frames$', '^64665, 10 frames$')
        self.assertEqual(len(names), 3)
        window.key('Down', 'Return')
        wait('the value to be taken', lambda: window.text_of(entry) == 'tcp.port == 80')
        self.assertIn('press Enter', entry.description)
        window.key('Return')
        self.assert_filtered(window, [*range(7, 14), *range(20, 37)], 36)

    def test_what_is_typed_is_what_is_applied(self):
        window = self.open('redirect.pcap', flat=True)
        for text in ('tcp.port == 64665 or tcp.port == 64669', 'arp', 'tc', 'http.request.method == "GET"'):
            entry = window.apply_filter(text)
            self.assertEqual(window.text_of(entry), text)
            self.wait_none(window)

    def test_keys(self):
        window = self.open('redirect.pcap', flat=True)
        entry = window.apply_filter('arp')
        window.type(' or ht')
        self.wait_names(window, '^http, ')
        # Escape closes the list, then takes back what was typed, then the filter.
        window.key('Escape')
        self.wait_none(window)
        self.assertEqual(window.text_of(entry), 'arp or ht')
        window.key('ctrl+space')
        self.wait_names(window, '^http, ')
        window.key('Down', 'Down', 'Up', 'Up')
        self.assertEqual(self.chosen(window), [])
        window.key('Up')
        wait('the last to be chosen', lambda: self.chosen(window) == self.names(window)[-1:])
        window.key('Escape', 'Escape')
        wait('what was applied', lambda: window.text_of(entry) == 'arp')
        window.key('Escape')
        wait('no filter', lambda: window.text_of(entry) == '')
        window.key('ctrl+space')
        self.wait_names(window, '^tcp, ', '^http, ')
        window.key('Escape')
        self.wait_none(window)

    def test_the_pointer(self):
        window = self.open('redirect.pcap', flat=True)
        entry = window.write_filter('http.request.method == ')
        row = wait('the methods', lambda: next((row for row in self.proposals(window)
                                                if row.name.startswith('"GET"')), None))
        inside = row.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        corner = row.parent.parent.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        xdotool('mousemove', '--window', window.popup(), inside.x - corner.x + 20,
                inside.y - corner.y + inside.height // 2, 'click', 1)
        wait('it to be taken', lambda: window.text_of(entry) == 'http.request.method == "GET"')
        window.key('Return')  # the entry has the focus still
        wait('the filter', lambda: 'Filter applied' == entry.description)

    def test_no_list_without_the_focus(self):
        window = self.open('redirect.pcap', flat=True)
        window.write_filter('tcp.po')
        self.wait_names(window, r'^tcp\.port')
        window.go_to(12)
        window.wait_selected(12)
        self.wait_none(window)


if __name__ == '__main__':
    unittest.main(verbosity=2)
