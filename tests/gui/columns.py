"""The row of filters under the titles of the message list."""
import re
import unittest

import pyatspi

from driver import Check, has_state, wait


class Columns(Check):
    def row(self, name='closed-port-silent.pcapng'):
        window = self.open(name, flat=True)
        window.key('ctrl+shift+l')
        wait('the row', lambda: self.entry(window, 'Summary'))
        return window

    def entry(self, window, column):
        return window.entry(f'Filter of the column {column}')

    def write(self, window, column, text):
        window.click(self.entry(window, column))
        window.key('ctrl+a', 'Delete')
        window.type(text)

    def place(self, node):
        box = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        return box.x, box.width

    def test_typing_narrows_and_is_read_in_the_box(self):
        window = self.row()
        self.write(window, 'Source', '203.0')
        window.text_entry_reads(r'^Source contains "203\.0"$')
        wait('frames from there', lambda: window.numbers() and all('203.0.113.53' in row.cells()[4] for row in window.rows()))
        both = len(window.numbers())
        self.write(window, 'Summary', 'RESPONSE a')
        window.text_entry_reads(r'^Source contains "203\.0" and lower\(Summary\) contains "response a"$')
        wait('fewer or as many', lambda: window.numbers() and len(window.numbers()) <= both)
        # Escape takes one back, and then leads to the list.
        window.key('Escape')
        window.text_entry_reads(r'^Source contains "203\.0"$')
        window.key('Escape', 'Home')
        wait('the keyboard in the list', lambda: any(has_state(row.node, pyatspi.STATE_FOCUSED) for row in window.rows()))

    def test_number_time_and_hardware_address(self):
        window = self.row()
        self.write(window, 'Number', '4')
        wait('numbers with a 4', lambda: window.numbers() == [4, 14, 24, 34, *range(40, 47)])
        window.key('Escape')
        self.write(window, 'Time', '0.04')
        wait('times', lambda: window.numbers() and all(row.cells()[2].startswith('0.04') for row in window.rows()))
        window.key('Escape')
        self.write(window, 'Source', '5e:00')
        wait('frames that show it', lambda: window.numbers() and len(window.numbers()) < 46 and
             all('5e:00' in row.cells()[4] for row in window.rows()))

    def test_what_others_do_to_the_filter(self):
        window = self.row()
        window.apply_filter('tcp or arp')
        self.write(window, 'Summary', 'ack')
        window.text_entry_reads(r'^\(tcp or arp\) and lower\(Summary\) contains "ack"$')
        # Without that part: the entry is empty too.
        window.apply_filter('tcp')
        wait('the entry to be empty', lambda: window.text_of(self.entry(window, 'Summary')) == '')
        # Hidden, the row filters nothing.
        self.write(window, 'Module', 'tcp')
        window.text_entry_reads(r'^tcp and lower\(Module\) contains "tcp"$')
        window.key('ctrl+shift+l')
        window.text_entry_reads('^tcp$')
        wait('no row', lambda: not window.find_all('text', re.compile('^Filter of the column')))

    def test_it_stands_under_its_columns(self):
        window = self.row('redirect.pcap')

        def aligned():
            for column in ('Time', 'Source', 'Destination', 'Module', 'Summary'):
                title, entry = self.place(window.title(column)), self.place(self.entry(window, column))
                if not entry[0] - 1 <= title[0] <= entry[0] + 12:
                    return False
            return True
        wait('the entries under their titles', aligned)
        # Wider by dragging the border of two titles.
        box = window.title('Destination').queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        before = self.place(self.entry(window, 'Source'))[1]
        window.drag(self.place(self.entry(window, 'Destination'))[0] - 1, box.y + 5, 60)
        wait('a wider column', lambda: self.place(self.entry(window, 'Source'))[1] >= before + 30)
        wait('the entries under their titles', aligned)
        # Narrow: whatever GTK leaves of the columns.
        window.resize(700, 700)
        wait('the entries under their titles', aligned)
        # A further column has an entry of its own.
        window.select(10)
        window.click(window.row('^Host: www', 'Details').node, button=3)
        window.choose('As Column')
        wait('its entry', lambda: abs(self.place(self.entry(window, 'http.host'))[0] -
                                      self.place(window.title('http.host'))[0]) < 12)
        self.write(window, 'http.host', 'PORTAL')
        window.text_entry_reads(r'^lower\(http\.host\) contains "portal"$')
        wait('its frames', lambda: window.numbers() and 10 not in window.numbers())
        # With Tab into a column that is out of view: it comes into view, entry and all.
        window.key('Tab')
        wait('the summary in view', lambda: self.place(window.title('Summary'))[0] < 690 and aligned())


if __name__ == '__main__':
    unittest.main(verbosity=2)
