"""The filter library and the history: searched, applied, saved, changed, taken in and given out."""
import os
import re
import time
import unittest

import pyatspi

from driver import DEEP, Check, has_state, wait, walk, xdotool

OWN = os.path.join(os.environ.get('XDG_CONFIG_HOME', ''), 'lectern', 'filters.ini')


class Library(Check):
    def setUp(self):
        if os.path.exists(OWN):
            os.remove(OWN)

    def open_library(self, window, key='ctrl+b'):
        window.key(key)
        return self.focused(self.lectern.next_window(DEEP - {'list'}))

    def focused(self, window):
        def focus():
            window.take_focus()
            return True
        wait('the window to take the focus', focus)  # it may not be quite there yet
        return window

    def selected(self, library):
        return next((row.name for row in library.find_all('list item') if has_state(row, pyatspi.STATE_SELECTED)), None)

    def search(self, library, text):
        library.key('ctrl+a', 'Delete')
        library.type(text)

    def save(self, window, name, description=None):
        """The applied filter, under NAME."""
        window.key('ctrl+shift+d')
        editor = self.focused(self.lectern.next_window())
        editor.find('text', re.compile('Name'))
        editor.type(name)
        if description:
            editor.key('alt+w')
            editor.type(description)
        return editor

    def gone(self, window):
        wait('the window to be gone', lambda: window.window not in self.lectern.windows())
        self.lectern.known.pop(window.window, None)

    def own_file(self):
        with open(OWN, encoding='utf-8') as file:
            return file.read()

    def test_search_and_apply(self):
        window = self.open('redirect.pcap', flat=True)
        library = self.open_library(window)
        wait('the first to be chosen', lambda: re.match('Problems', self.selected(library) or ''))
        self.search(library, 'moved perm 301')
        wait('the one that is left', lambda: re.match('301 Moved', self.selected(library) or ''))
        self.search(library, 'status 302')
        wait('the one that is left', lambda: re.match('302 Found', self.selected(library) or ''))
        library.key('Return')
        self.gone(library)
        window.take_focus()
        window.text_entry_reads('^http.response.code == 302$')
        window.text('^1 of 36$')
        # With the arrows from the entry, and joined to what is applied.
        library = self.open_library(window)
        self.search(library, 'beginnings')
        wait('the one that is left', lambda: re.match('Beginnings and ends', self.selected(library) or ''))
        self.search(library, 'first look')
        wait('its first', lambda: re.match('Problems', self.selected(library) or ''))
        library.key('Down', 'Down', 'Up')
        wait('the second', lambda: re.match('Everything with a verdict', self.selected(library) or ''))
        library.key('shift+Return')
        self.gone(library)
        window.take_focus()
        window.text_entry_reads('^http.response.code == 302 and lectern.verdict$')

    def test_own_filters(self):
        window = self.open('redirect.pcap', flat=True)
        window.apply_filter('tcp.port == 64665')
        editor = self.save(window, 'First try', 'What the browser asked')
        editor.click(editor.find('push button', 'Save'))
        self.gone(editor)
        self.assertRegex(self.own_file(), r'\[first-try\]\nName=First try\n'
                                          r'Description=What the browser asked\nFilter=tcp\.port == 64665\n')
        # The same name in the same category again is refused, and said.
        window.take_focus()
        editor = self.save(window, 'First try')
        editor.key('Return')
        editor.text('^There is a filter of this name in this category already')
        editor.key('Escape')
        self.gone(editor)
        window.take_focus()
        window.apply_filter('arp')
        editor = self.save(window, 'Second')
        editor.key('Return')
        self.gone(editor)
        window.take_focus()
        library = self.open_library(window)
        names = lambda: [row.name.split(',')[0] for row in library.find_all('list item')][:2]
        wait('both, first of all', lambda: names() == ['First try', 'Second'])
        library.key('alt+Down')
        wait('them to change places', lambda: names() == ['Second', 'First try'])
        self.assertLess(self.own_file().index('[second]'), self.own_file().index('[first-try]'))
        # Deleting can be undone.
        wait('the moved one to stay chosen', lambda: re.match('First try', self.selected(library) or ''))
        library.click(library.find('push button', 'Delete'))
        library.text('^Deleted: First try$')
        self.assertNotIn('first-try', self.own_file())
        library.click(library.find('push button', 'Undo'))
        wait('it to be back', lambda: names() == ['Second', 'First try'])
        self.assertIn('What the browser asked', self.own_file())
        # Editing renames.
        library.click(library.find('push button', 'Edit…'))
        editor = self.focused(self.lectern.next_window())
        editor.key('ctrl+a')
        editor.type('Renamed')
        editor.key('Return')
        self.gone(editor)
        wait('the new name', lambda: names() == ['Second', 'Renamed'])

    def test_history(self):
        window = self.open('redirect.pcap', flat=True)
        window.apply_filter('arp')
        window.apply_filter('tcp.port == 64669')
        window.apply_filter('arp')
        window.write_filter('dns and no')  # half a thought is none
        window.key('Escape')  # closes the list of proposals, which is a window too
        library = self.open_library(window, 'ctrl+h')
        wait('what was applied, the newest first', lambda: self.selected(library) == 'arp')
        names = [row.name for row in library.find_all('list item')]
        self.assertEqual(names.count('arp'), 1)
        self.assertNotIn('dns and no', names)
        library.key('Down')
        wait('the one before', lambda: self.selected(library) == 'tcp.port == 64669')
        library.key('Return')
        self.gone(library)
        window.take_focus()
        window.text_entry_reads('^tcp.port == 64669$')
        # And it is forgotten when that is asked for.
        library = self.open_library(window, 'ctrl+h')
        library.key('F10')
        library.choose('Clear the History')
        library.find('label', 'No filter has been applied yet.')

    def test_import_tells_what_is_wrong(self):
        window = self.open('redirect.pcap', flat=True)
        library = self.open_library(window)
        folder = os.environ['HOME']
        files = {'broken.ini': '[a]\nName=A\nFilter=tcp\n\njunk\n',
                 'some.ini': '[a]\nName=A\nFilter=tcp\n[b]\nName=B\nFilter=tcp.prot == 1\n'}
        for name, text in files.items():
            with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
                file.write(text)

        def take(name):
            library.key('F10')
            library.choose('Import…')
            chooser = self.focused(self.lectern.next_window())
            time.sleep(0.5)
            chooser.type(os.path.join(folder, name))
            time.sleep(0.5)
            chooser.key('Return')
            self.gone(chooser)
            library.take_focus()

        take('broken.ini')
        library.text(r'^Nothing was taken from the file\. Line 5:')
        self.assertFalse(os.path.exists(OWN))
        take('some.ini')
        library.text(r'(?s)^1 filter was added\.\n1 was left out\.\nLine 6: .*tcp\.prot')
        self.assertIn('[a]\nName=A\nFilter=tcp\n', self.own_file())
        self.assertNotIn('[b]', self.own_file())

    def test_help_examples_go_to_the_box(self):
        window = self.open('landing-page.pcapng', flat=True)
        window.key('F1')
        help_window = self.focused(self.lectern.next_window())
        help_window.find('heading', 'Without a language')
        help_window.click_at(help_window.find('label', '192.0.2.15'), 10, 12)
        window.text_entry_reads(r'^192\.0\.2\.15$')
        help_window.text(r'^In the filter box: 192\.0\.2\.15\. Enter applies it\.$')
        window.text('^34$')  # and is not applied yet
        window.take_focus()
        window.key('Return')
        window.text('^30 of 34$')
        # Pages are turned with keys.
        help_window.take_focus()
        help_window.key('alt+Right')
        help_window.find('heading', 'Fields and values')
        help_window.key('Escape')
        self.gone(help_window)

    def test_help_without_a_trace(self):
        window = self.start()
        window.key('F1')
        help_window = self.focused(self.lectern.next_window())
        help_window.click_at(help_window.find('label', '4xx'), 10, 12)
        help_window.text('^Open a trace first')


if __name__ == '__main__':
    unittest.main()
