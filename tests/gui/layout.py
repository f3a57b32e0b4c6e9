"""What has to fit, whatever the size of text: menus, panes, the legend."""
import unittest

import pyatspi

from driver import Check, has_state, wait


class Layout(Check):
    def test_history_is_as_high_as_its_entries(self):
        window = self.open('redirect.pcap')
        history = window.find('push button', 'Filter history')
        self.assertFalse(has_state(history, pyatspi.STATE_SENSITIVE), 'a menu of nothing')
        heights = []
        for text in ('http', 'tcp'):
            window.apply_filter(text)
            wait('the history', lambda: has_state(history, pyatspi.STATE_SENSITIVE))
            window.click(history)
            item = window.menu_item(text)
            heights.append(window.size(window.popup())[1])
            window.key('Escape')
        self.assertEqual(heights[1] - heights[0], window.height(item))


if __name__ == '__main__':
    unittest.main(verbosity=2)
