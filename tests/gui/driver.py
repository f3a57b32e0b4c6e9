"""Drives Lectern's real window as a person does: keys and pointer through xdotool, eyes through AT-SPI.

What is on screen is found by role and accessible name. A search never walks into a list: two hundred rows with their
cells take seconds; rows are asked for by table."""
import os
import re
import subprocess
import tempfile
import time
import unittest

import pyatspi

TIMEOUT = 30  # seconds that something may take on a busy machine
SAMPLES = os.environ['LECTERN_SAMPLES']
SCREENSHOTS = os.environ.get('LECTERN_SCREENSHOTS') or os.path.join(tempfile.gettempdir(), 'lectern-screenshots')


def wait(what, condition, timeout=TIMEOUT):
    """The first true value of CONDITION(); fails saying WHAT was waited for."""
    end = time.monotonic() + timeout
    problem = None
    while True:
        try:
            value = condition()
            if value:
                return value
            problem = None
        except Exception as error:  # what AT-SPI tells of may be gone when we ask
            problem = error
        if time.monotonic() > end:
            raise AssertionError(f'waited {timeout} s for {what}' + (f' ({problem!r})' if problem else ''))
        time.sleep(0.05)


def sample(name):
    return os.path.join(SAMPLES, name)


def xdotool(*arguments):
    return subprocess.run(['xdotool', *map(str, arguments)], check=True, stdout=subprocess.PIPE).stdout.decode().strip()


def children(node):
    return [child for child in (node.getChildAtIndex(i) for i in range(node.childCount)) if child]


def has_state(node, state):
    return node.getState().contains(state)


# Nothing that is looked for by a walk is below these.
DEEP = {'list', 'tree table', 'scroll bar', 'combo box', 'push button', 'label', 'image', 'text', 'menu item'}


def walk(node, deep=DEEP):
    """NODE and all below that is not hidden. GTK says of no widget whether it is on the screen, only whether it is
    hidden itself: what lies on a page of a stack that is not in front is found too."""
    if not has_state(node, pyatspi.STATE_VISIBLE):
        return
    yield node
    if node.getRoleName() not in deep:
        for child in children(node):
            yield from walk(child, deep)


def fits(text, wanted):
    """Is TEXT what is WANTED: the same string, or a match of a compiled pattern?"""
    return bool(wanted.search(text)) if isinstance(wanted, re.Pattern) else text == wanted


class Row:
    """A row of a table, as it was when it was read."""

    def __init__(self, node):
        self.node = node
        self.name = node.name
        number = re.match(r'\d+', self.name)
        self.number = int(number.group()) if number else None
        self.selected = has_state(node, pyatspi.STATE_SELECTED)

    def cells(self):
        """The texts of its cells, in the order of the columns."""
        return [' '.join(node.name for node in walk(cell) if node.getRoleName() == 'label' and node.name)
                for cell in children(self.node)]

    def cell(self, wanted):
        """The cell whose text is WANTED."""
        for cell in children(self.node):
            if any(node.getRoleName() == 'label' and fits(node.name, wanted) for node in walk(cell)):
                return cell
        raise AssertionError(f'no cell {getattr(wanted, "pattern", wanted)!r} in {self.cells()}')

    def image(self):
        """The sign of its verdict or colour rule."""
        return next(node for node in walk(self.node) if node.getRoleName() in ('image', 'icon') and node.name)

    def __repr__(self):
        return f'<{self.name}>'


class Window:
    """One of the program's windows."""

    def __init__(self, frame, window, deep=DEEP):
        self.frame = frame
        self.window = window
        self.deep = deep

    # Looking

    def find_all(self, role=None, name=None):
        """Nodes of ROLE whose name fits NAME."""
        return [node for node in walk(self.frame, self.deep)
                if (not role or node.getRoleName() == role) and (name is None or fits(node.name, name))]

    def find(self, role=None, name=None):
        return wait(f'{role or "something"} called {getattr(name, "pattern", name)!r}',
                    lambda: (self.find_all(role, name) or [None])[0])

    def text(self, pattern):
        """The first text on screen that PATTERN is found in; labels, and what is said aloud."""
        return wait(f'the text {pattern!r}',
                    lambda: next((text for text in self.texts() if re.search(pattern, text)), None))

    def texts(self):
        return [node.name for node in walk(self.frame)
                if node.getRoleName() in ('label', 'alert', 'notification', 'status bar') and node.name]

    def rows(self, table='Messages'):
        """The rows of a table that exist as widgets: those on screen and some around them."""
        view = next((node for node in walk(self.frame)
                     if node.getRoleName() in ('tree table', 'table') and node.name == table), None)
        lists = [child for child in children(view) if child.getRoleName() == 'list'] if view else []
        return [row for row in map(Row, children(lists[0])) if row.name] if lists else []

    def title(self, name, table='Messages'):
        """The title over a column."""
        view = next(node for node in walk(self.frame)
                    if node.getRoleName() in ('tree table', 'table') and node.name == table)
        return next(label for row in children(view) if row.getRoleName() != 'list' for title in children(row)
                    for label in walk(title) if label.name == name)

    def numbers(self):
        return [row.number for row in self.rows()]

    def row(self, wanted, table='Messages'):
        """The row with that number, or whose name WANTED is found in."""
        def find():
            return next((row for row in self.rows(table) if
                         (row.number == wanted if isinstance(wanted, int) else re.search(wanted, row.name))), None)
        return wait(f'the row {wanted!r}', find)

    def selected(self, table='Messages'):
        return next((row for row in self.rows(table) if row.selected), None)

    def wait_selected(self, wanted, table='Messages'):
        """WANTED: a number, or a pattern that the row's name is to match."""
        def find():
            row = self.selected(table)
            fitting = row and (row.number == wanted if isinstance(wanted, int) else re.search(wanted, row.name))
            return row if fitting else None
        return wait(f'row {wanted!r} to be selected', find)

    def text_of(self, node):
        text = node.queryText()
        return text.getText(0, text.characterCount)

    def height(self, node):
        return node.queryComponent().getExtents(pyatspi.WINDOW_COORDS).height

    def size(self, window=None):
        """Width and height of an X window: its own, unless another is named."""
        geometry = xdotool('getwindowgeometry', '--shell', window or self.window)
        return tuple(int(re.search(rf'^{side}=(\d+)$', geometry, re.M).group(1)) for side in ('WIDTH', 'HEIGHT'))

    def is_in_view(self, row):
        """Does the list show ROW, and not only keep it at hand?"""
        inside = row.node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        around = row.node.parent.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        return inside.height > 0 and around.y <= inside.y and inside.y + inside.height <= around.y + around.height

    # Acting

    def take_focus(self):
        xdotool('windowfocus', '--sync', self.window)

    def key(self, *keys):
        for key in keys:
            xdotool('key', key)
            time.sleep(0.05)

    def type(self, text):
        xdotool('type', '--delay', 5, text)

    def place(self, node):
        """The middle of NODE in its window."""
        box = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        return box.x + min(box.width // 2, 60), box.y + box.height // 2

    def click(self, node, button=1):
        x, y = self.place(node)
        xdotool('mousemove', '--window', self.window, x, y, 'click', button)
        time.sleep(0.05)

    def click_at(self, node, x, y):
        """At a point of NODE, from its own corner."""
        box = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        xdotool('mousemove', '--window', self.window, box.x + x, box.y + y, 'click', 1)

    def resize(self, width, height):
        xdotool('windowsize', '--sync', self.window, width, height)

    def drag(self, x, y, across):
        """From a point of the window by ACROSS pixels to the right."""
        xdotool('mousemove', '--window', self.window, x, y, 'mousedown', 1)
        for step in range(1, 5):
            xdotool('mousemove', '--window', self.window, x + across * step // 4, y)
            time.sleep(0.05)
        xdotool('mouseup', 1)

    def carry(self, node, to, holding=None, meanwhile=None):
        """Drags NODE onto the node TO, with the key HOLDING down; MEANWHILE() is asked before it is let go."""
        from_x, from_y = self.place(node)
        to_x, to_y = self.place(to)
        xdotool('mousemove', '--window', self.window, from_x, from_y, 'mousedown', 1)
        for step in range(1, 9):
            xdotool('mousemove', '--window', self.window, from_x + (to_x - from_x) * step // 8,
                    from_y + (to_y - from_y) * step // 8)
            time.sleep(0.05)
        if holding:
            xdotool('keydown', holding)
        for nudge in (1, 0):
            time.sleep(0.2)
            xdotool('mousemove', '--window', self.window, to_x + nudge, to_y)
        try:
            if meanwhile:
                meanwhile()
        finally:
            xdotool('mouseup', 1)
            if holding:
                xdotool('keyup', holding)

    def popup(self):
        """The X window of the menu that is open."""
        popup = xdotool('search', '--onlyvisible', '--pid', self.frame.get_process_id()).split()[-1]
        assert popup != self.window, 'the menu has no window'
        return popup

    def click_menu(self, name):
        """An item of the menu that is open, with the pointer. The menu has an X window of its own."""
        item = self.menu_item(name)
        inside = item.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        menu = next(menu for menu in self.find_all('menu') if item in walk(menu))
        corner = menu.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        popup = self.popup()
        xdotool('mousemove', '--window', popup, inside.x - corner.x + inside.width // 2,
                inside.y - corner.y + inside.height // 2, 'click', 1)

    def choose(self, name):
        """An item of the menu that is open, with the keyboard: down until it has the focus, then Return."""
        for _ in range(30):
            if has_state(self.menu_item(name), pyatspi.STATE_FOCUSED):
                self.key('Return')
                return
            self.key('Down')
        raise AssertionError(f'the keyboard does not reach {name!r}')

    def press(self, node):
        """Activates NODE through the accessibility interface, as a screen reader does."""
        assert node.queryAction().doAction(0)

    # What a person does in one go

    def load(self, n_rows=1):
        wait(f'{n_rows} rows', lambda: len(self.rows()) >= n_rows)
        self.text(r'^(Ready|Stopped) ')
        return self

    def flat(self):
        """Switches to the list of frames."""
        self.key('ctrl+m')
        wait('the list of frames', lambda: self.numbers()[:5] == [1, 2, 3, 4, 5])
        return self

    def entry(self, name):
        return self.find('text', name)

    def write_filter(self, text):
        entry = self.entry('Filter')
        self.key('ctrl+e', 'ctrl+a', 'Delete')
        self.type(text)
        wait(f'the filter to read {text!r}', lambda: self.text_of(entry) == text)
        return entry

    def apply_filter(self, text):
        entry = self.write_filter(text)
        self.key('Return')
        wait('the filter to be judged', lambda: 'press Enter' not in entry.description)
        return entry

    def go_to(self, number):
        self.key('ctrl+g')
        entry = self.entry('Go to frame')
        self.key('ctrl+a')
        self.type(number)
        wait('the number', lambda: self.text_of(entry) == str(number))
        self.key('Return')

    def select(self, number):
        self.go_to(number)
        return self.wait_selected(number)

    def expand(self):
        """Opens the selected row with the keyboard, and returns all rows."""
        before = len(self.rows())
        self.key('Right')
        return wait('the parts of the row', lambda: (lambda rows: rows if len(rows) > before else None)(self.rows()))

    def menu_item(self, name):
        """An item of a menu: of one that hangs at a button too."""
        return wait(f'the menu item {getattr(name, "pattern", name)!r}',
                    lambda: next((node for node in walk(self.frame, DEEP - {'push button'})
                                  if node.getRoleName().endswith('menu item') and fits(node.name, name)), None))

    def tab(self, name):
        """Brings a page beside the details to the front: all tabs are called "Tab", their labels are not."""
        self.click(next(label for tab in self.find_all('page tab') for label in children(tab) if label.name == name))

    def texts_of_popovers(self):
        """What the popover of a sign says while it is open."""
        return [node.name for popover in self.find_all(None, 'LecVerdictPopover') for node in walk(popover)
                if node.getRoleName() == 'label' and node.name]

    def text_entry_reads(self, pattern):
        entry = self.entry('Filter')
        wait(f'the filter to read {pattern!r}', lambda: re.search(pattern, self.text_of(entry)))

    def stack_layers(self, name):
        """The boxes of the message stack, of both sides, for the protocol NAME."""
        return [row for side in self.find_all('list', re.compile('^(Request|Response)$')) for row in children(side)
                if re.search(rf'\b{name}:', row.name)]

    def pixels(self, x, y, width, height):
        """The colours of a part of the window, left to right and top to bottom, each as three numbers up to 255."""
        size = f'{width}x{height}'
        picture = subprocess.run(['import', '-silent', '-window', self.window, '-crop', f'{size}+{x}+{y}', '+repage',
                                  '-depth', '8', 'rgb:-'], stdout=subprocess.PIPE, check=True).stdout
        assert len(picture) == 3 * width * height, f'{len(picture)} bytes of a picture of {size}'
        return [tuple(picture[i:i + 3]) for i in range(0, len(picture), 3)]

    def colors_left_of(self, node, width):
        box = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        return frozenset(self.pixels(box.x - width, box.y + box.height // 2, width, 1))

    def brightness(self, node):
        """How light NODE is on average, 0 to 255."""
        box = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        colors = self.pixels(box.x, box.y, 200, box.height)
        return sum(map(sum, colors)) / (3 * len(colors))

    def description(self):
        """All that is on screen, for a failure's report."""
        return '\n'.join(f'{node.getRoleName()}: {node.name}' for node in walk(self.frame) if node.name)


class Lectern(Window):
    """The program with its first window, from its start to its end."""

    def __init__(self, *arguments, **how):
        self.told = tempfile.TemporaryFile('w+', errors='replace')  # what it says to whoever started it
        self.process = subprocess.Popen([os.environ['LECTERN_PROGRAM'], *map(str, arguments)], stderr=self.told, **how)
        self.known = {}  # X window → AT-SPI frame
        frame, window = self.next_window_ids()
        super().__init__(frame, window)
        self.take_focus()

    def application(self):
        assert self.process.poll() is None, f'Lectern ended with {self.process.returncode}'
        return next(a for a in children(pyatspi.Registry.getDesktop(0)) if a.get_process_id() == self.process.pid)

    def frames(self):
        """All windows. Their roles do not tell: GTK calls those after the first "filler"."""
        return children(self.application())

    def windows(self):
        """What X calls those on screen; not the one of a pixel that GDK keeps once something was dragged."""
        found = xdotool('search', '--onlyvisible', '--pid', self.process.pid).split()
        return [window for window in found if Window.size(self, window) != (1, 1)]

    def next_window_ids(self):
        """Waits for a window that was not there, and pairs what X and what AT-SPI call it."""
        def new():
            ids = self.windows()
            fresh = [i for i in ids if i not in self.known]
            frames = [f for f in self.frames() if has_state(f, pyatspi.STATE_VISIBLE) and f not in self.known.values()]
            return (frames[0], fresh[0]) if len(fresh) == 1 and len(frames) == 1 else None
        frame, window = wait('a new window', new)
        self.known[window] = frame
        return frame, window

    def next_window(self, deep=DEEP):
        return Window(*self.next_window_ids(), deep)

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(TIMEOUT)

    def warnings(self):
        """What GTK, GLib or the program itself found wrong so far."""
        self.told.seek(0)
        return [line for line in self.told.read().splitlines() if re.search(r'-(WARNING|CRITICAL|ERROR)\b', line)]


class Check(unittest.TestCase):
    """A check that starts the program; where it fails, a picture and the texts on screen are kept."""

    def run(self, result=None):
        self.result = result or self.defaultTestResult()
        self.n_failed_before = self.n_failed()
        return super().run(self.result)

    def n_failed(self):
        return len(self.result.failures) + len(self.result.errors)

    def start(self, *arguments, **how):
        lectern = Lectern(*arguments, **how)
        self.lectern = lectern
        self.addCleanup(self.stop, lectern)
        return lectern

    def open(self, name, flat=False):
        window = self.start(sample(name)).load(5)
        return window.flat() if flat else window

    def stop(self, lectern):
        ended = lectern.process.poll()
        if self.n_failed() > self.n_failed_before:
            self.keep_evidence(lectern)
        lectern.close()
        assert ended is None or ended == 0, f'Lectern ended with {ended}'
        warnings = lectern.warnings()
        lectern.told.close()
        assert not warnings, warnings

    def keep_evidence(self, lectern):
        os.makedirs(SCREENSHOTS, exist_ok=True)
        picture = os.path.join(SCREENSHOTS, self._testMethodName + '.png')
        subprocess.run(['import', '-window', 'root', picture], check=False)
        print(f'{picture} shows:')
        if lectern.process.poll() is None:
            print(lectern.description())

    def assert_filtered(self, window, numbers, total):
        wait(f'the rows {numbers}', lambda: window.numbers() == numbers)
        window.text(f'^{len(numbers)} of {total}$')
