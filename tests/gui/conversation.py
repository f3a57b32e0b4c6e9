"""The page about the selected row's conversation: what it says, and its charts with pointer and keyboard."""
import re
import time
import unittest

import pyatspi

from driver import Check, wait, xdotool

FLIGHT = re.compile('^Bytes in flight since frame')
TRIPS = re.compile('^Round trips since frame')


class Conversation(Check):
    def page(self, name, number, flat=True):
        window = self.open(name, flat=flat)
        window.key('ctrl+8')
        window.select(number)
        return window

    def value(self, window, line, side):
        """Of the tables: what stands in LINE for the client or the server."""
        found = window.find_all('label')
        return next(node.name for node in found if node.description == f'{line}, {side}')

    def values(self, window, line):
        return self.value(window, line, 'Client'), self.value(window, line, 'Server')

    def chart(self, window, name=FLIGHT):
        """The chart, with the page scrolled so that it is in view."""
        chart = window.find('image', name)
        top = window.find('label', re.compile('^With frame')).queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        bottom = window.size()[1] - 30  # of the page: the status bar is below
        xdotool('mousemove', '--window', window.window, top.x, bottom - 60)

        def in_view():
            box = chart.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
            if box.y + box.height > bottom:
                xdotool('click', 5)
                time.sleep(0.2)
                return False
            return box.height > 50
        wait('the chart to be in view', in_view)
        return chart

    def click_chart(self, window, chart, share):
        """At SHARE of its width."""
        box = chart.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        window.click_at(chart, int(share * (box.width - 1)), box.height // 3)

    def test_what_it_says(self):
        window = self.page('lost-segment.pcapng', 7)
        window.text('^With frame 7$')
        window.text('^Closed by both$')
        window.text(r'^192\.0\.2\.\d+:\d+ ↔ 198\.51\.100\.\d+:80$')
        self.assertEqual(self.values(window, 'State'), ('ESTABLISHED', 'ESTABLISHED'))
        self.assertEqual(self.values(window, 'In flight'), ('0 bytes', '0 bytes'))
        self.assertEqual(self.values(window, 'Sent again'), ('0 of 3 segments', '1 of 93 segments (1.1 %)'))
        self.assertEqual(self.value(window, 'Goodput', 'Server'), '5.8 Mbit/s')
        window.text('^Round trip of 40 ms: it answers frame 6')
        window.text('(?m)^Round trip of the handshake: 40 ms$')
        # With another frame of the same conversation.
        window.select(3)
        window.text('^With frame 3$')
        self.assertEqual(self.values(window, 'State'), ('SYN-SENT', 'SYN-RECEIVED'))
        self.assertEqual(self.value(window, 'Window', 'Server'), 'unknown')
        window.text('^Tells no round trip: it acknowledges nothing new')

    def test_what_is_not_there_is_said(self):
        window = self.page('closed-port-silent.pcapng', 13)
        window.text('^no answer to 3 SYNs over 3.0 s, gave up$')
        self.assertEqual(self.values(window, 'State'), ('SYN-SENT', 'unknown'))
        self.assertEqual(self.values(window, 'Goodput'), ('unknown', 'unknown'))
        self.assertEqual(window.find_all('image', FLIGHT) + window.find_all('image', TRIPS), [])
        window.select(1)
        window.text('^The selected row belongs to no conversation over TCP')

    def test_a_span_of_a_chart_is_a_filter(self):
        window = self.page('lost-segment.pcapng', 7)
        chart = self.chart(window)
        box = chart.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        window.drag(box.x + box.width // 2, box.y + box.height // 3, box.width // 4)
        wait('the span to be told', lambda: 'Marked out: tcp.stream == ' in chart.description)
        expression = re.search('Marked out: (.*)', chart.description).group(1)
        self.assertRegex(expression, r'^tcp\.stream == \d+ and frame\.time_relative >= [\d.]+ '
                                     r'and frame\.time_relative <= [\d.]+$')
        xdotool('mousemove', '--window', window.window, box.x + box.width * 5 // 8, box.y + box.height // 3, 'click', 3)
        window.choose('Show Only')
        wait('the filter', lambda: window.text_of(window.entry('Filter')) == expression)
        numbers = wait('some rows, not all', lambda: 1 < len(window.numbers()) < 90 and window.numbers())
        self.assertEqual(numbers, list(range(numbers[0], numbers[0] + len(numbers))))

    def test_a_span_by_keyboard(self):
        window = self.page('lost-segment.pcapng', 7)
        chart = self.chart(window)
        self.click_chart(window, chart, 0.3)
        window.key('shift+Right', 'shift+Right', 'Menu')
        window.text(r'^tcp\.stream == \d+ and frame\.time_relative >= ')
        window.choose('Show Only')
        wait('three rows', lambda: len(window.numbers()) == 3)

    def test_the_conversation_is_a_filter(self):
        window = self.page('landing-page.pcapng', 3)
        window.click(window.find('label', re.compile('over UDP')), button=3)
        window.choose('Show Only')
        window.text_entry_reads(r'^udp\.stream == \d+$')
        window.apply_filter('')
        window.select(15)
        window.text('^With frame 15$')
        window.click(window.find('label', re.compile('^192.* ↔ ')), button=3)
        window.choose('Show Only')
        window.text_entry_reads(r'^tcp\.stream == \d+$')

    def test_datagrams(self):
        window = self.page('landing-page.pcapng', 3)
        window.text(r'^192\.0\.2\.15:\d+ ↔ 203\.0\.113\.53:53: \d+ frames? over UDP')
        window.select(15)
        window.text('^With frame 15$')

    def test_charts_in_words(self):
        window = self.page('lost-segment.pcapng', 7)
        flight, trips = window.find('image', FLIGHT), window.find('image', TRIPS)
        self.assertEqual(flight.name, 'Bytes in flight since frame 3')
        wait('the marked frame', lambda: 'Frame 7, 81 ms after the first' in flight.description)
        for part in ('Server → client: up to 71.0\u00a0kB in flight, window up to 161.8\u00a0kB',
                     'Frame 7, 81 ms after the first', 'Client → server: in flight 0 bytes, window 65.5\u00a0kB'):
            self.assertIn(part, flight.description)
        for part in ('To the server and back: 40 ms (40 ms to 41 ms)', 'Round trip of 40 ms: it answers frame 6.'):
            self.assertIn(part, trips.description)
        for key in ('in flight', "receiver's window", 'sent again', 'round trip', 'selected frame'):
            window.find('label', key)
        window.select(6)
        wait('the chart to go with it', lambda: 'Frame 6, 41 ms' in flight.description)

    def test_chart_with_the_pointer(self):
        window = self.page('lost-upload.pcapng', 7)  # 1077 ms without a long pause
        chart = self.chart(window)
        last = 7
        for share in (0.3, 0.6, 0.9):
            self.click_chart(window, chart, share)
            number = wait('another frame', lambda: (lambda row: row and row.number != last and row.number)(
                window.selected()))
            window.text(f'^With frame {number}$')
            span, unit = re.search(r'Frame \d+, ([\d.]+) (ms|s) after', chart.description).groups()
            seconds = float(span) / (1000 if unit == 'ms' else 1)
            self.assertLess(abs(seconds / 1.037 - share), 0.1, (share, number))
            last = number

    def test_chart_with_the_keyboard(self):
        window = self.page('lost-segment.pcapng', 7)
        chart = self.chart(window)
        self.click_chart(window, chart, 0.6)
        window.key('Home')
        window.wait_selected(3)
        for key, number in (('Right', 4), ('Right', 5), ('Left', 4)):
            window.key(key)
            window.wait_selected(number)
        window.key('Page_Down')
        self.assertGreater(wait('a frame further on', lambda: (lambda row: row and row.number != 4 and row.number)(
            window.selected())), 5)
        window.key('End')
        window.wait_selected(172)

    def test_chart_beside_messages(self):
        """A frame that lies in a closed row is shown in it."""
        window = self.page('lost-segment.pcapng', 6, flat=False)
        chart = self.chart(window)
        self.click_chart(window, chart, 0.5)
        window.key('Home', 'Right', 'Right', 'Right', 'Right', 'Right')
        wait('frame 8 to be marked', lambda: 'Frame 8,' in chart.description)
        window.text('^With frame 8$')


if __name__ == '__main__':
    unittest.main(verbosity=2)
