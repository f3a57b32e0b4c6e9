"""What a message is made of: the details, the bytes, the text (S15, S21)."""
import re
import unittest

from driver import Check, wait

SERVER = rb'Server: Microsoft-IIS/7.5'


class Details(Check):
    def test_s15_headers_server_by_keyboard(self):
        window = self.open('windows-logon.pcapng', flat=True)
        window.select(8)
        window.row('^Server: Microsoft-IIS/7.5', 'Details')
        names = [row.name for row in window.rows('Details')]
        headers = next(i for i, name in enumerate(names) if name.startswith('Headers'))
        self.assertLess(headers, next(i for i, name in enumerate(names) if name.startswith('Server')))
        # From the list to the field with keys alone.
        window.key('ctrl+5', 'ctrl+d', 'Home')
        window.key(*['Down'] * names.index('Server: Microsoft-IIS/7.5'))
        window.wait_selected('^Server: Microsoft-IIS/7.5', 'Details')
        # Exactly its bytes, whether that is the whole line or the value.
        selected = wait('its bytes', lambda: next((re.match(r'(\d+) bytes at (\d+): (.*)', node.name)
                                                  for node in window.find_all('image', re.compile('^[12]. bytes at'))), None))
        shown = bytes.fromhex(selected.group(3).replace('…', ''))
        self.assertEqual(int(selected.group(1)), len(SERVER))
        self.assertEqual(shown, SERVER[:len(shown)])
        # Its menu makes a filter that finds it.
        window.key('Menu')
        window.press(window.menu_item('Show Only'))
        wait('the three responses', lambda: window.numbers() == [8, 18, 21])
        self.assertIn('Microsoft-IIS/7.5', window.text_of(window.entry('Filter')))

    def test_s15_as_it_opens_from_the_operation(self):
        window = self.open('windows-logon.pcapng')
        window.select(6)
        window.expand()
        window.key('Down', 'Down')
        window.wait_selected('^8, HTTP, .*Response')
        window.row('^Server: Microsoft-IIS/7.5', 'Details')
        # A field is opened and closed in the tree itself.
        window.click(window.row('^Headers', 'Details').node)
        window.key('Left')
        wait('Headers to close', lambda: not any(row.name.startswith('Server:') for row in window.rows('Details')))
        window.key('Right')
        window.row('^Server: Microsoft-IIS/7.5', 'Details')

    def test_s21_location_is_copied_with_one_command(self):
        window = self.open('redirect.pcap', flat=True)
        window.select(12)
        row = window.row(r'^Location: http://portal\.example\.com/welcome\.html$', 'Details')
        window.click(row.node)
        window.wait_selected('^Location:', 'Details')
        window.key('ctrl+c')
        window.key('ctrl+e', 'ctrl+a', 'ctrl+v')
        window.text_entry_reads(r'^http://portal\.example\.com/welcome\.html$')

    def test_bytes_find_their_field(self):
        window = self.open('redirect.pcap', flat=True)
        window.select(1)
        window.tab('Bytes')
        view = window.find('image', re.compile('^42 bytes$|bytes at'))
        window.click_at(view, 80, 12)
        field = wait('a field', lambda: window.selected('Details'))
        self.assertRegex(field.name, 'ddress|Destination|Ethernet')

    def test_text_of_a_response(self):
        window = self.open('windows-logon.pcapng', flat=True)
        window.select(8)
        window.key('ctrl+6')
        text = window.find('text', 'Message as text')
        wait('its text', lambda: 'Server: Microsoft-IIS/7.5' in window.text_of(text))

    def test_stack_shows_both_sides(self):
        window = self.open('redirect.pcap')
        window.select(10)
        for layer in ('HTTP', 'TCP', 'IPv4', 'Ethernet'):
            wait(f'{layer} twice', lambda: len(window.stack_layers(layer)) == 2)


if __name__ == '__main__':
    unittest.main(verbosity=2)
