"""What has to fit, whatever the size of text: menus, panes, the legend."""
import os
import re
import time
import unittest

import pyatspi

from driver import Check, children, has_state, wait


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
        # A long filter is cut in the menu.
        window.apply_filter(' or '.join(['tcp.port == 80'] * 12))
        window.click(history)
        window.menu_item(re.compile('^tcp.port == 80 or .*…$'))
        self.assertLess(window.size(window.popup())[0], 500)
        window.key('Escape')

    def places(self, window):
        """Where the panes begin."""
        labels = [window.find('label', name) for name in ('Stack', 'Details', 'Why')]
        boxes = [label.queryComponent().getExtents(pyatspi.WINDOW_COORDS) for label in labels]
        return [(box.x, box.y) for box in boxes]

    def test_zoom_stays_on_screen_and_comes_back(self):
        window = self.open('redirect.pcap')
        before, size = self.places(window), window.size()
        window.key(*['ctrl+plus'] * 8)
        wait('larger panes', lambda: self.places(window) != before)
        self.assertEqual(window.size(), size)
        window.key('ctrl+0')
        wait(f'the panes at {before}', lambda: self.places(window) == before)
        # A handle that the user moves stays there.
        x, y = before[1]
        window.drag(x - 9, y + 60, 100)
        moved = wait('a wider stack', lambda: (lambda now: now if now[1][0] > x + 50 else None)(self.places(window)))
        window.key(*['ctrl+plus'] * 8)
        wait('larger panes', lambda: self.places(window) != moved)
        window.key('ctrl+0')
        wait(f'the panes at {moved}', lambda: self.places(window) == moved)

    def test_every_bar_fits_at_once(self):
        window = self.open('redirect.pcap')
        size = window.size()
        window.key(*['ctrl+plus'] * 8)
        window.key('ctrl+f')
        window.go_to(99)
        window.text('There is no frame')
        window.apply_filter('tcp.prot == 80')
        window.text('^At character 1: ')
        self.assertEqual(window.size(), size)

    def test_columns_follow_the_window(self):
        window = self.open('redirect.pcap')

        def summary_ends():
            box = children(window.row(1).node)[-1].queryComponent().getExtents(pyatspi.WINDOW_COORDS)
            return box.x + box.width

        for width in (760, 1200):
            window.resize(width, 700)
            wait(f'the summary to end at {width}', lambda: width - 20 < summary_ends() <= width)

    def is_inside(self, window, node):
        box = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        return box.x > 0 and box.x + box.width < window.size()[0]

    def press_until(self, window, name, condition):
        for _ in range(8):
            if condition():
                return
            window.press(window.find('push button', name))
            time.sleep(0.2)
        self.fail(f'"{name}" leads nowhere')

    def write_rules(self, n):
        """As many of the user's own; every frame passes each."""
        path = os.path.join(os.environ['XDG_CONFIG_HOME'], 'lectern', 'color-rules.ini')
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w') as file:
            for i in range(1, n + 1):
                file.write(f'[rule-{i}]\nName=Rule {i}\nFilter=frame.number >= 1\n')
        self.addCleanup(os.remove, path)

    def test_every_rule_is_in_reach(self):
        self.write_rules(12)
        window = self.open('redirect.pcap')
        last = window.find('push button', 'Rule 12, 36 frames')
        self.assertTrue(self.is_inside(window, last))
        window.key(*['ctrl+plus'] * 6)
        wait('the last rule to be outside', lambda: not self.is_inside(window, last))
        # By the buttons that say that there is more.
        first = window.find('push button', 'Rule 1, 36 frames')
        self.press_until(window, 'Scroll On', lambda: self.is_inside(window, last))
        # By keys alone.
        self.press_until(window, 'Scroll Back', lambda: self.is_inside(window, first))
        wait('the last rule to be outside', lambda: not self.is_inside(window, last))
        for _ in range(40):
            window.key('Tab')
            if has_state(last, pyatspi.STATE_FOCUSED):
                break
        self.assertTrue(has_state(last, pyatspi.STATE_FOCUSED), 'keys do not reach the last rule')
        wait('the last rule', lambda: self.is_inside(window, last))

    def test_every_window_fits_the_screen(self):
        window = self.open('redirect.pcap')
        screen = window.size()  # the window fills it
        window.key(*['ctrl+plus'] * 8)
        for key in 'ctrl+question', 'ctrl+i', 'F1', 'ctrl+b', 'F10':
            window.take_focus()
            window.key(key)
            if key == 'F10':
                window.choose(re.compile('^Edit Colour Rules'))
            other = window.next_window()
            width, height = other.size()
            self.assertLessEqual(width, screen[0], other.frame.name)
            self.assertLessEqual(height, screen[1], other.frame.name)
            other.take_focus()
            other.key('Escape')
            wait('it to close', lambda: other.window not in window.windows())


if __name__ == '__main__':
    unittest.main(verbosity=2)
