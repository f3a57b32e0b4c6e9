"""Drives Lectern's real window as a person does: keys and pointer through xdotool, eyes through AT-SPI.

What is on screen is found by role and accessible name. A search never walks into a list: two hundred rows with their
cells take seconds; rows are asked for by table."""
import os
import re
import subprocess
import time

import pyatspi

TIMEOUT = 30  # seconds that something may take on a busy machine


def wait(what, condition, timeout=TIMEOUT):
    """The first true value of CONDITION(); fails saying WHAT was waited for."""
    end = time.monotonic() + timeout
    while True:
        try:
            value = condition()
        except Exception as error:  # what AT-SPI tells of may be gone when we ask
            value, problem = None, error
        else:
            problem = None
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f'waited {timeout} s for {what}' + (f' ({problem!r})' if problem else ''))
        time.sleep(0.05)


def xdotool(*arguments):
    return subprocess.run(['xdotool', *map(str, arguments)], check=True, stdout=subprocess.PIPE).stdout.decode().strip()


def children(node):
    return [child for child in (node.getChildAtIndex(i) for i in range(node.childCount)) if child]


def walk(node):
    yield node
    if node.getRoleName() == 'list':
        return
    for child in children(node):
        yield from walk(child)


def states(node):
    return node.getState()


def is_showing(node):
    return states(node).contains(pyatspi.STATE_SHOWING)


class Row:
    """A row of a table, as it was read."""

    def __init__(self, node):
        self.node = node
        self.name = node.name
        number = re.match(r'\d+', self.name)
        self.number = int(number.group()) if number else None
        self.selected = states(node).contains(pyatspi.STATE_SELECTED)

    def cells(self):
        """The texts of its cells, in the order of the columns; '' where a cell has none."""
        return [' '.join(node.name for node in walk(cell) if node.getRoleName() == 'label' and node.name)
                for cell in children(self.node)]

    def __repr__(self):
        return f'<{self.name}>'


class Lectern:
    """The program, from its start to its end."""

    def __init__(self, *arguments, program=None):
        self.process = subprocess.Popen([program or os.environ['LECTERN_PROGRAM'], *map(str, arguments)])
        self.application = wait('the application', self._find_application)
        self.frame = wait('a window', lambda: [f for f in children(self.application) if f.getRoleName() == 'frame'][-1])
        self.window = wait('the window on the display', self._find_window)
        xdotool('windowfocus', self.window)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind:
            self.screenshot('failure')
        self.close()

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(TIMEOUT)

    def _find_application(self):
        assert self.process.poll() is None, f'Lectern ended with {self.process.returncode}'
        return next((a for a in children(pyatspi.Registry.getDesktop(0)) if a.get_process_id() == self.process.pid), None)

    def _find_window(self):
        found = xdotool('search', '--onlyvisible', '--pid', self.process.pid).split()
        return found[-1] if found else None

    # Looking

    def find_all(self, role=None, name=None, below=None, showing=True):
        """Nodes of ROLE whose name is NAME, or matches it where it is a compiled pattern."""
        def fits(node):
            if role and node.getRoleName() != role:
                return False
            if isinstance(name, re.Pattern) and not name.search(node.name):
                return False
            if isinstance(name, str) and node.name != name:
                return False
            return not showing or is_showing(node)
        return [node for node in walk(below or self.frame) if fits(node)]

    def find(self, role=None, name=None, below=None, showing=True):
        def first():
            found = self.find_all(role, name, below, showing)
            return found[0] if found else None
        return wait(f'{role or "something"} called {getattr(name, "pattern", name)!r}', first)

    def table(self, name):
        return self.find('tree table', name)

    def rows(self, name='Messages'):
        """The rows of a table that exist as widgets: those on screen and some around them."""
        table = self.table(name)
        lists = [child for child in children(table) if child.getRoleName() == 'list']
        return [row for row in (Row(node) for node in children(lists[0])) if row.name] if lists else []

    def numbers(self):
        return [row.number for row in self.rows()]

    def row(self, number, name='Messages', depth=0):
        """The row with NUMBER; an operation and its request share it, so DEPTH says which."""
        def find():
            found = [row for row in self.rows(name) if row.number == number]
            return found[depth] if len(found) > depth else None
        return wait(f'row {number}', find)

    def selected_row(self, name='Messages'):
        return next((row for row in self.rows(name) if row.selected), None)

    def text_of(self, node):
        text = node.queryText()
        return text.getText(0, text.characterCount)

    def labels(self, below=None):
        return [node.name for node in self.find_all('label', below=below) if node.name]

    def wait_loaded(self, n_rows=1):
        wait(f'{n_rows} rows', lambda: len(self.rows()) >= n_rows)
        return self

    # Acting

    def key(self, *keys):
        for key in keys:
            xdotool('key', '--window', self.window, key)
            time.sleep(0.05)

    def type(self, text):
        xdotool('type', '--window', self.window, '--delay', 5, text)

    def place(self, node):
        """The middle of NODE in its window, and that window."""
        box = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        return box.x + box.width // 2, box.y + box.height // 2

    def click(self, node, button=1, repeat=1):
        x, y = self.place(node)
        xdotool('mousemove', '--window', self.window, x, y, 'click', '--repeat', repeat, '--delay', 40, button)
        time.sleep(0.1)

    def press(self, node):
        """A click through the accessibility interface, as a screen reader does it."""
        assert node.queryAction().doAction(0)

    # What a user does in one go

    def filter_entry(self):
        return self.find('text', 'Filter')

    def write_filter(self, text):
        entry = self.filter_entry()
        self.click(entry)
        self.key('ctrl+a', 'Delete')
        self.type(text)
        wait(f'the filter to read {text!r}', lambda: self.text_of(entry) == text)
        return entry

    def apply_filter(self, text):
        entry = self.write_filter(text)
        self.key('Return')
        return entry

    def go_to(self, number):
        self.key('ctrl+g')
        self.find('text', re.compile('[Ff]rame|[Nn]umber'))
        self.type(str(number))
        self.key('Return')
        return wait(f'row {number} to be selected',
                    lambda: (lambda row: row if row and row.number == number else None)(self.selected_row()))

    def screenshot(self, name):
        folder = os.environ.get('LECTERN_SCREENSHOTS')
        if folder:
            os.makedirs(folder, exist_ok=True)
            subprocess.run(['import', '-window', 'root', os.path.join(folder, name + '.png')], check=False)
