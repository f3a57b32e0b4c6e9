"""A larger trace: everything works on what is there while the rest is read."""
import os
import re
import shutil
import struct
import tempfile
import time
import unittest

from driver import Check, sample, wait, xdotool

N_FRAMES = 36 * 30000


def repeated(path, n_times):
    """Writes the frames of redirect.pcap N_TIMES one after the other, each time a second later."""
    with open(sample('redirect.pcap'), 'rb') as file:
        whole = file.read()
    header, records, at = whole[:24], [], 24
    while at < len(whole):
        end = at + 16 + struct.unpack_from('>I', whole, at + 8)[0]
        records.append((struct.unpack_from('>I', whole, at)[0], whole[at + 4:end]))
        at = end
    with open(path, 'wb') as file:
        file.write(header)
        for i in range(n_times):
            file.write(b''.join(struct.pack('>I', (seconds + i) % 2 ** 32) + rest for seconds, rest in records))


class Loading(Check):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix='lectern-loading-')
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.trace = os.path.join(cls.folder, 'large.pcap')
        repeated(cls.trace, N_FRAMES // 36)

    def fed(self, header):
        """The program on a pipe that begins with HEADER and that we fill: it reads for as long as we write."""
        reading, writing = os.pipe()
        pipe = os.fdopen(writing, 'wb', buffering=0)
        pipe.write(header)
        window = self.start('-', stdin=reading)
        os.close(reading)
        return window, pipe

    def test_usable_while_it_loads(self):
        with open(self.trace, 'rb') as file:
            data = file.read()
        window, pipe = self.fed(data[:24])
        with pipe:
            pipe.write(data[24:200_000])
            wait('rows', lambda: len(window.rows()) > 100)
            window.text('^Reading')
            window.find('push button', 'Cancel')
            # Selecting, reading what it says, filtering and scrolling, all of it now.
            window.select(10)
            window.row('^Hypertext Transfer Protocol|^HTTP', 'Details')
            window.apply_filter('arp')
            window.text('^[1-9][0-9,]* of [1-9]')
            counted = self.count(window)
            pipe.write(data[200_000:400_000])
            wait('more of them', lambda: self.count(window) > counted)
            window.key('ctrl+shift+e')
            window.key('ctrl+l')
            wait('the end of the list', lambda: window.key('End') or window.selected().number > 1000)
            window.text('^Reading')
        window.text('^Ready')

    def count(self, window):
        text = window.text('^[0-9,]+ of [0-9,]+$')
        return int(text.split(' ')[0].replace(',', ''))

    def test_verdicts_wait_for_the_end(self):
        """S6: that nothing came is known only when all is read."""
        with open(sample('closed-port-silent.pcapng'), 'rb') as file:
            data = file.read()
        window, pipe = self.fed(data[:1000])
        with pipe:
            pipe.write(data[1000:4000])
            wait('the SYN', lambda: any(row.number == 13 for row in window.rows()))
            self.assertNotRegex(window.row(13).name, '[Nn]o answer')
            pipe.write(data[4000:])
        window.text('^Ready')
        window.row('^13, TCP, No answer')

    def test_an_open_operation_grows(self):
        """The request of frame 10 is laid open before its answer in frame 12 has come."""
        with open(sample('redirect.pcap'), 'rb') as file:
            data = file.read()
        at = 24
        for _ in range(11):
            at += 16 + struct.unpack_from('>I', data, at + 8)[0]
        window, pipe = self.fed(data[:24])
        with pipe:
            pipe.write(data[24:at])
            window.select(10)
            rows = window.expand()
            self.assertFalse(any(re.search('Response', row.name) for row in rows))
            pipe.write(data[at:])
            window.row('^12, HTTP, .*Response, Status: Moved Temporarily')
            window.row('^10, HTTP, .*302 Moved Temporarily')
        window.text('^Ready')

    def test_an_answer_is_not_whole_before_it_is(self):
        with open(sample('lost-segment.pcapng'), 'rb') as file:
            data = file.read()
        window, pipe = self.fed(data[:1000])
        with pipe:
            pipe.write(data[1000:len(data) // 2])
            window.row('^6, HTTP, .*200 OK, still coming')
            pipe.write(data[len(data) // 2:])
            window.row('^6, HTTP, .*200 OK · GET')
        window.text('^Ready')

    def test_cancelling_keeps_what_was_read(self):
        with open(self.trace, 'rb') as file:
            data = file.read(300_000)
        window, pipe = self.fed(data[:24])
        pipe.write(data[24:])
        wait('rows', lambda: len(window.rows()) > 100)
        window.click(window.find('push button', 'Cancel'))
        window.text('^Stopped')
        try:
            pipe.close()
        except BrokenPipeError:
            pass
        window.select(10)
        window.apply_filter('arp')
        window.text('^[1-9][0-9,]* of [1-9]')

    def test_a_million_frames(self):
        started = time.monotonic()
        window = self.start(self.trace)
        wait('rows', lambda: len(window.rows()) > 100)
        window.key(*['Page_Down'] * 5)
        window.text(f'^{N_FRAMES:,}$|^{N_FRAMES}$')
        window.text('^Ready')
        window.select(N_FRAMES)
        window.apply_filter('tcp.port in [64665, 64669]')
        wait('the count', lambda: self.count(window) == N_FRAMES // 36 * 24)
        print(f'a million frames read, shown and filtered in {time.monotonic() - started:.1f} s')

    def test_the_end_while_rows_come(self):
        """GTK learns of rows in steps; End means the last of them all, but for a person who has moved on."""
        window = self.start(self.trace)
        window.text('^Ready')
        window.flat()
        for keys, last in ((['End'], N_FRAMES), (['ctrl+End'], N_FRAMES), (['End', 'Home'], 1)):
            window.apply_filter('frame.number < 20')
            wait('few rows', lambda: window.numbers() == list(range(1, 20)))
            xdotool('key', '--delay', '1', 'ctrl+shift+e', 'ctrl+l', *keys)
            window.text(f'^{N_FRAMES:,}$|^{N_FRAMES}$')
            wait('many rows', lambda: len(window.rows()) > 150)
            wait('the row in view', lambda: window.is_in_view(window.wait_selected(last)))
            time.sleep(0.5)
            self.assertEqual(window.selected().number, last)


if __name__ == '__main__':
    unittest.main(verbosity=2)
