"""The problems pane: what is wrong in the trace, kind by kind, in step with the list and the filter."""
import json
import os
import re
import subprocess
import time
import unittest

import pyatspi

from driver import Check, children, has_state, sample, wait, xdotool

UPLOAD = 'lost-upload.pcapng'
RESENDS = 'tcp.analysis.retransmission'


class Entry:
    """A row of the pane: a heading, a kind, or a frame."""

    def __init__(self, node):
        self.node = node
        self.name = node.name
        self.selected = has_state(node, pyatspi.STATE_SELECTED)
        self.pressed = has_state(node, pyatspi.STATE_PRESSED)
        self.expanded = has_state(node, pyatspi.STATE_EXPANDED)

    def __repr__(self):
        return f'<{self.name}>'


def verdicts(name):
    """Kinds of verdicts, labels and all, with the frames of each, as the command line tells them."""
    text = subprocess.run([os.environ['LECTERN_CLI'], 'verdicts', '--format=json', sample(name)], check=True,
                          stdout=subprocess.PIPE).stdout.decode()
    frames = {}
    for line in text.splitlines():
        verdict = json.loads(line)
        frames.setdefault(verdict['kind'], []).append(verdict['frame'])
    return frames


class Problems(Check):
    def show(self, name, flat=False):
        self.window = self.open(name, flat)
        self.window.key('ctrl+7')
        wait('the pane', lambda: self.entries() or self.window.find_all('label', re.compile('^No problems found')))
        return self.window

    def entries(self):
        lists = self.window.find_all('list', 'Problems')
        return [Entry(node) for node in children(lists[0]) if node.name] if lists else []

    def entry(self, pattern):
        return wait(f'the entry {pattern!r}',
                    lambda: next((entry for entry in self.entries() if re.search(pattern, entry.name)), None))

    def wait_names(self, *patterns):
        """All entries, in order."""
        wait(f'the entries {patterns}', lambda: (lambda names: len(names) == len(patterns) and all(
            re.search(pattern, name) for pattern, name in zip(patterns, names)))([e.name for e in self.entries()]))

    def wait_entry(self, pattern, what, condition):
        return wait(f'{pattern!r} to be {what}',
                    lambda: next((e for e in self.entries() if re.search(pattern, e.name) and condition(e)), None))

    def wait_marked(self, pattern):
        return self.wait_entry(pattern, 'marked', lambda entry: entry.selected)

    def click(self, pattern, x, y=10):
        """At a point of an entry, once the pointer has come there: a tooltip of the entry above may lie over it."""
        box = self.entry(pattern).node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        xdotool('mousemove', '--window', self.window.window, box.x + x, box.y + y)
        time.sleep(0.3)
        xdotool('click', 1)

    def click_text(self, pattern):
        self.click(pattern, 80)

    def click_arrow(self, pattern):
        self.click(pattern, 24)

    def filter_text(self):
        return self.window.text_of(self.window.entry('Filter'))

    def test_counts_are_those_of_the_command_line(self):
        self.show(UPLOAD)
        frames = verdicts(UPLOAD)
        self.assertEqual(set(frames), {'retransmission', 'duplicate-ack'})
        self.wait_names('^Warnings$', rf'^Retransmission, warning, {len(frames["retransmission"])} times$', '^Notes$',
                        rf'^Duplicate ACK, note, {len(frames["duplicate-ack"])} times$')
        self.click_arrow('^Retransmission')
        self.wait_entry('^Retransmission', 'open', lambda entry: entry.expanded)
        wait('its frames', lambda: [int(entry.name.split(',')[0]) for entry in self.entries()
                                    if re.match(r'\d', entry.name)] == frames['retransmission'])
        self.click_arrow('^Retransmission')
        wait('them to go', lambda: len(self.entries()) == 4)

    def test_a_click_filters_and_the_next_takes_it_back(self):
        window = self.show(UPLOAD, flat=True)
        window.apply_filter('tcp.port == 80')
        self.click_text('^Retransmission')
        self.wait_entry('^Retransmission', 'pressed', lambda entry: entry.pressed)
        self.assertEqual(self.filter_text(), RESENDS)
        wait('its frames', lambda: window.numbers() == verdicts(UPLOAD)['retransmission'])
        # From kind to kind, and back to what was there before the first.
        self.click_text('^Duplicate ACK')
        self.wait_entry('^Duplicate ACK', 'pressed', lambda entry: entry.pressed)
        self.wait_entry('^Retransmission', 'up', lambda entry: not entry.pressed)
        wait('its frames', lambda: window.numbers() == verdicts(UPLOAD)['duplicate-ack'])
        self.click_text('^Duplicate ACK')
        self.wait_entry('^Duplicate ACK', 'up', lambda entry: not entry.pressed)
        self.assertEqual(self.filter_text(), 'tcp.port == 80')

    def test_it_follows_the_filter_box(self):
        window = self.show(UPLOAD)
        window.apply_filter(RESENDS)
        self.wait_entry('^Retransmission', 'pressed', lambda entry: entry.pressed)
        window.key('ctrl+shift+e')
        self.wait_entry('^Retransmission', 'up', lambda entry: not entry.pressed)

    def test_a_click_on_a_frame_goes_there(self):
        """Also where a closed operation hides it."""
        window = self.show(UPLOAD)
        frames = verdicts(UPLOAD)['retransmission']
        self.click_arrow('^Retransmission')
        for frame in frames[1], frames[-1]:
            self.click_text(rf'^{frame},')
            window.wait_selected(rf'^{frame}, TCP')
            self.wait_marked(rf'^{frame},')

    def test_it_follows_the_list(self):
        window = self.show(UPLOAD, flat=True)
        frames = verdicts(UPLOAD)
        window.select(frames['duplicate-ack'][3])
        self.wait_marked('^Duplicate ACK')
        window.select(frames['retransmission'][2])
        self.wait_marked('^Retransmission')
        self.click_arrow('^Retransmission')
        window.select(frames['retransmission'][4])
        self.wait_marked(rf"^{frames['retransmission'][4]},")
        window.select(1)
        wait('nothing to be marked', lambda: not any(entry.selected for entry in self.entries()))

    def test_next_problem_passes_over_notes(self):
        window = self.show(UPLOAD, flat=True)
        window.key('ctrl+l', 'Home')
        window.wait_selected(1)
        for frame in verdicts(UPLOAD)['retransmission']:
            window.key('F8')
            window.wait_selected(frame)
            self.wait_marked('^Retransmission')

    def test_keyboard(self):
        window = self.show(UPLOAD, flat=True)
        frames = verdicts(UPLOAD)['retransmission']
        # The pane has the keys as soon as it is shown; headings are passed over.
        self.wait_marked('^Retransmission')
        window.key('Down')
        self.wait_marked('^Duplicate ACK')
        window.key('Up', 'space')
        self.wait_entry('^Retransmission', 'pressed', lambda entry: entry.pressed)
        window.key('space')
        self.wait_entry('^Retransmission', 'up', lambda entry: not entry.pressed)
        window.key('Right')
        self.entry(rf'^{frames[0]},')
        # Each frame is shown as the keys come to it.
        window.key('Down')
        self.wait_marked(rf'^{frames[0]},')
        window.wait_selected(frames[0])
        window.key('Down')
        self.wait_marked(rf'^{frames[1]},')
        window.wait_selected(frames[1])
        # Return goes on in the list.
        window.key('Return', 'Down')
        window.wait_selected(frames[1] + 1)
        window.key('ctrl+7')
        wait('the pane to go', lambda: not self.entries())
        window.key('ctrl+7')
        wait('the pane again', self.entries)
        window.key('Left', 'Left')
        wait('it to be closed', lambda: len(self.entries()) == 4)

    def test_the_number_in_the_status_bar_shows_them(self):
        self.window = self.open(UPLOAD)
        self.window.press(self.window.find('push button', '6 problems'))
        self.entry('^Retransmission')

    def test_errors_before_warnings(self):
        self.show('landing-page.pcapng')
        self.wait_names('^Errors$', '^Reset, error, 1 time$', '^Warnings$', '^Client error 4xx, warning, 1 time$')

    def test_errors_of_http(self):
        window = self.show('windows-logon.pcapng')
        count = int(re.search(r', (\d+) times?$', self.entry('^Client error 4xx, warning').name).group(1))
        window.apply_filter('http.response.code >= 400 and http.response.code < 500')
        window.text(rf'^{count} of ')
        self.wait_entry('^Client error', 'pressed', lambda entry: entry.pressed)

    def test_nothing_wrong(self):
        window = self.show('redirect.pcap')
        window.text('^No problems found in 36 frames')
        window.find('push button', 'No problems')
        window.apply_filter('lectern.problem')
        window.text('^0 of 36$')


if __name__ == '__main__':
    unittest.main(verbosity=2)
