"""The strip over the list: is the trace fit to be judged, and what happened in it."""
import os
import re
import sys
import tempfile
import time
import unittest

import pyatspi

from driver import Check, has_state, sample, wait

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'cli'))
from traces import SYN, Connection, Trace  # noqa: E402 (after the path to it)


class Trust(Check):
    def made(self, trace):
        """The program with TRACE in it."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = os.path.join(folder.name, 'made.pcap')
        with open(path, 'wb') as file:
            file.write(trace.pcap())
        return self.start(path).load()

    def head(self, window, pattern='^Trust and story: '):
        """The first line, once the report on the whole trace is there."""
        return wait(f'the strip {pattern!r}', lambda: next(
            (node for node in window.find_all('toggle button') + window.find_all('push button')
             if re.search(pattern, node.name) and not re.search('So far|Looking at', node.name)), None))

    def is_open(self, window):
        return any(re.search('^What happened', text) for text in window.texts())

    def wait_open(self, window, wanted):
        wait('the lines to be ' + ('shown' if wanted else 'hidden'), lambda: self.is_open(window) == wanted)

    def is_shown(self, window):
        return bool(window.find_all('push button', 'Close trust and story'))

    def cut(self):
        """Six frames of a handshake and data, of which two are cut, and a connection from before."""
        trace = Trace()
        connection = Connection(trace).open()
        for _ in range(2):
            connection.send(0, payload=b'x' * 500, captured=80)
            trace.wait(20_000)
            connection.send(1)
        early = Connection(trace, port=41000)
        early.send(0, payload=b'y')
        early.send(1)
        return trace

    def test_one_line_where_all_is_well(self):
        window = self.open('landing-page.pcapng')
        head = self.head(window, 'Fit to judge · captured at the client$')
        self.assertRegex(head.description, 'aborted by the client after')
        self.assertFalse(self.is_open(window))

    def test_opened_and_closed_as_it_was_left(self):
        window = self.open('landing-page.pcapng')
        window.click(self.head(window))
        self.wait_open(window, True)
        window.text('^Captured at the client 192.0.2.15: ')
        window.key('F5')
        self.wait_open(window, True)
        for wanted in (False, True, False):
            window.key('ctrl+shift+t')
            self.wait_open(window, wanted)
        window.key('Return')  # the button has the focus
        self.wait_open(window, True)

    def test_gone_and_back(self):
        window = self.open('landing-page.pcapng')
        self.head(window)
        window.click(window.find('push button', 'Close trust and story'))
        wait('the strip to go', lambda: not self.is_shown(window))
        window.key('F5')
        window.load(5)
        self.assertFalse(self.is_shown(window), 'what was closed stays closed')
        window.key('ctrl+t')
        self.head(window)
        window.key('ctrl+t')
        wait('the strip to go', lambda: not self.is_shown(window))
        window.key('F10')
        window.choose('Trust and Story')
        self.head(window)
        window.key('ctrl+t')
        wait('the strip to go', lambda: not self.is_shown(window))
        window.key('ctrl+shift+t')
        self.wait_open(window, True)

    def test_the_story_leads_to_frames(self):
        window = self.open('landing-page.pcapng')
        window.click(self.head(window))
        window.click(window.find('push button', re.compile('404 Not Found')))
        window.wait_selected(r'404 Not Found')
        window.press(window.find('push button', re.compile('aborted by the client')))
        window.wait_selected(34)

    def test_the_story_leads_to_filters(self):
        window = self.open('closed-port-refused.pcap')
        window.click(self.head(window))
        window.press(window.find('push button', re.compile('refused 3 attempts to connect')))
        window.text_entry_reads('^lectern.verdict == "refused"$')
        window.text('^3 of 8$')

    def test_remarks_show_what_they_are_about(self):
        window = self.made(self.cut())
        self.head(window, 'with care · captured at the client · 2 remarks$')
        self.assertTrue(self.is_open(window), 'a trace that calls for care says why by itself')
        window.text('^2 of 9 frames are cut short')
        window.press(window.find('push button', 'Show These Frames'))
        window.text_entry_reads('^lectern.remark == "cut-short"$')
        window.text('^2 of 9$')
        window.press(window.find('push button', 'Show These Conversations'))
        window.text_entry_reads('^lectern.remark == "handshake-missing"$')
        window.text('^2 of 9$')

    def test_copies_are_hidden(self):
        trace = Trace()
        connection = Connection(trace).open()
        for _ in range(5):
            connection.send(0, payload=b'x' * 100)
            frame = trace.wait(5).frames[-1][1]
            trace.add(frame[:22] + bytes([frame[22] - 1]) + frame[23:])
            trace.wait(20_000)
            connection.send(1)
        window = self.made(trace).flat()
        copies = [5, 8, 11, 14, 17]
        self.assertEqual([row.number for row in window.rows() if 'captured twice' in row.name], copies)
        self.head(window, '1 remark$')
        for _ in range(2):  # a second time changes nothing
            window.press(window.find('push button', 'Hide the Copies'))
            self.assert_filtered(window, [number for number in range(1, 19) if number not in copies], 18)

    def test_the_clock_jumps(self):
        trace = Trace()
        connection = Connection(trace).open()
        for step in (1000, -3_000_000, 1000, 1000):
            trace.wait(step)
            connection.send(0, payload=b'x' * 10)
        window = self.made(trace)
        self.head(window, '1 remark$')
        window.text('^The clock runs backwards 1 time, by 3.0 s')
        window.press(window.find('push button', 'Go to the Jump'))
        window.wait_selected(5)

    def test_cut_off(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = os.path.join(folder.name, 'cut.pcapng')
        data = open(sample('landing-page.pcapng'), 'rb').read()
        with open(path, 'wb') as file:
            file.write(data[:len(data) * 2 // 3])
        window = self.start(path).load(5).flat()
        window.click(self.head(window, 'Fit to judge · captured at the client · 1 remark$'))
        window.press(window.find('push button', 'Go to the Last Frame'))
        window.wait_selected(26)

    def test_nothing_to_judge(self):
        window = self.made_empty()
        time.sleep(0.5)
        self.assertFalse(self.is_shown(window))

    def made_empty(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = os.path.join(folder.name, 'empty.pcap')
        with open(path, 'wb') as file:
            file.write(Trace().pcap())
        window = self.start(path)
        window.text('^(Ready|Stopped) ')
        return window

    def much_to_say(self):
        trace = self.cut()
        for port in range(42000, 42004):
            Connection(trace, port=port).send(0, SYN, mss=1460)
            trace.wait(-1_000_000)
        return self.made(trace)

    def heights(self, window):
        """Of the list, and of the lines above it."""
        lines = next(node for node in window.find_all('label') if node.name.startswith('What happened'))
        while lines.getRoleName() != 'scroll pane':
            lines = lines.parent
        return window.height(window.find('tree table', 'Messages')), window.height(lines)

    def test_half_of_the_height_is_the_lists(self):
        window = self.much_to_say()
        for size in ((1280, 800), (1280, 720), (1280, 800)):
            window.resize(*size)
            self.wait_open(window, True)
            wait(f'an even share at {size}', lambda: (lambda rows, lines: rows >= lines > 60)(*self.heights(window)))

    def test_over_the_list_where_there_is_little_room(self):
        """At twice the size of text, with all that the strip can say."""
        window = self.much_to_say()
        self.wait_open(window, True)
        window.key(*['ctrl+plus'] * 6)
        self.wait_open(window, False)
        shown = wait('rows in sight', lambda: [row for row in window.rows() if window.is_in_view(row)])
        self.assertGreaterEqual(len(shown), 3)
        table = window.find('tree table', 'Messages')
        height = window.height(table)
        window.click(self.head(window))
        self.wait_open(window, True)
        self.assertEqual(window.height(table), height, 'it lies over the list')
        window.click(self.head(window))
        self.wait_open(window, False)
        window.key('ctrl+shift+t')
        self.wait_open(window, True)
        window.key('Escape')
        self.wait_open(window, False)
        window.click(self.head(window))
        self.wait_open(window, True)
        window.press(window.find('push button', 'Show These Frames'))
        window.text_entry_reads('^lectern.remark == "cut-short"$')
        self.wait_open(window, False)
        # Where there is room again they are above it again.
        window.key('ctrl+0')
        self.wait_open(window, True)

    def test_what_is_read_later_is_told_later(self):
        """On a pipe: what is there so far, marked as that, and then all."""
        data = open(sample('landing-page.pcapng'), 'rb').read()
        reading, writing = os.pipe()
        pipe = os.fdopen(writing, 'wb', buffering=0)
        pipe.write(data[:-200])
        window = self.start('-', stdin=reading)
        os.close(reading)
        wait('rows', lambda: len(window.rows()) > 3)
        wait('a first report', lambda: self.told_so_far(window))
        pipe.write(data[-200:])
        pipe.close()
        self.head(window, 'Fit to judge · captured at the client$')

    def told_so_far(self, window):
        return [node for node in window.find_all(None, re.compile('^Trust and story: So far: Fit to judge'))
                if has_state(node, pyatspi.STATE_VISIBLE)]


if __name__ == '__main__':
    unittest.main(verbosity=2)
