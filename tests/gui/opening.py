"""Every way in, and what is said where there is none (S2)."""
import os
import re
import shutil
import struct
import subprocess
import tempfile
import unittest

from driver import SAMPLES, Check, sample, wait, walk, xdotool

APPLICATION = 'io.github.lectern.Lectern'


class Opening(Check):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='lectern-opening-')
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, name, data):
        path = os.path.join(self.folder, name)
        with open(path, 'wb') as file:
            file.write(data)
        return path

    def test_s2_from_a_file_manager_into_the_running_program(self):
        """gio open finds the program by the trace's type and its desktop file."""
        data = os.environ['XDG_DATA_HOME']
        for folder in ('applications', 'mime/packages'):
            os.makedirs(os.path.join(data, folder), exist_ok=True)
        with open(os.environ['LECTERN_DESKTOP_FILE']) as file:
            entry = re.sub('^Exec=lectern ', f'Exec={os.environ["LECTERN_PROGRAM"]} ', file.read(), flags=re.M)
        with open(os.path.join(data, 'applications', f'{APPLICATION}.desktop'), 'w') as file:
            file.write(entry)
        shutil.copy(os.environ['LECTERN_MIME_FILE'], os.path.join(data, 'mime', 'packages'))
        subprocess.run(['update-mime-database', os.path.join(data, 'mime')], check=True)
        os.makedirs(os.environ['XDG_CONFIG_HOME'], exist_ok=True)
        with open(os.path.join(os.environ['XDG_CONFIG_HOME'], 'mimeapps.list'), 'w') as file:
            file.write(f'[Default Applications]\napplication/vnd.tcpdump.pcap={APPLICATION}.desktop\n'
                       f'application/x-pcapng={APPLICATION}.desktop\n')
        self.open('redirect.pcap')
        # A name that says nothing: the content decides.
        trace = os.path.join(self.folder, 'capture')
        shutil.copy(sample('closed-port-silent.pcapng'), trace)
        subprocess.run(['gio', 'open', trace], check=True)
        second = self.lectern.next_window().load(10)
        self.assertRegex(second.frame.name, '^capture ')
        second.text('^46 frames')

    def test_several_files_several_windows(self):
        first = self.start(sample('redirect.pcap'))
        first.load(10)
        subprocess.run([os.environ['LECTERN_PROGRAM'], sample('not-modified.pcap'), sample('lost-segment.pcapng')], check=True)
        wait('three windows', lambda: {frame.name.split(' ')[0] for frame in first.frames()} ==
             {'redirect.pcap', 'not-modified.pcap', 'lost-segment.pcapng'})
        # Each has rows of its own; what is filtered in one is not in the others.
        first.take_focus()
        first.apply_filter('arp')
        first.text('^6 of 36$')
        # They lie one above the other, without a window manager to part them.
        self.assertEqual(len(xdotool('search', '--onlyvisible', '--pid', first.process.pid).split()), 3)

    def test_s2_drag_and_drop(self):
        window = self.start()
        window.text('or drop one here')
        source = subprocess.Popen([os.environ['LECTERN_DRAG_SOURCE'], sample('closed-port-silent.pcapng')])
        self.addCleanup(source.wait)
        self.addCleanup(source.terminate)
        wait('what is to be dragged', lambda: xdotool('search', '--onlyvisible', '--name', '^A file to drag$'))
        xdotool('mousemove', 60, 50)
        xdotool('mousedown', 1)
        for step in range(1, 12):  # as a hand does it: a jump is no drag
            xdotool('mousemove', 60 + step * 40, 50 + step * 40, 'sleep', '0.05')
        xdotool('mouseup', 1)
        window.load(10)
        self.assertRegex(window.frame.name, '^closed-port-silent.pcapng ')
        window.text('^46 frames')

    def test_start_page_opens_a_sample(self):
        window = self.start()
        window.find('push button', 'Open a Trace…')
        samples = window.find('list', 'Sample Traces')
        rows = wait('the samples', lambda: samples.childCount and list(samples))
        self.assertEqual(len(rows), len([name for name in os.listdir(SAMPLES) if '.pcap' in name]))
        self.assertTrue(all(row.description for row in rows), 'a sample without a sentence')
        window.click(next(row for row in rows if row.name == 'A port that is closed'))
        window.load(5)
        self.assertRegex(window.frame.name, '^closed-port-refused.pcap ')

    def test_damaged_trace(self):
        with open(sample('redirect.pcap'), 'rb') as file:
            whole = file.read()
        at, n_frames = 24, 0
        while n_frames < 20:
            at += 16 + struct.unpack_from('>I', whole, at + 8)[0]
            n_frames += 1
        window = self.start(self.write('cut.pcap', whole[:at + 30]))
        window.load(10)
        window.text(rf'cut off in the middle of a record.* byte {at:,}'.replace(',', "[,'  ]?"))
        window.text(f'^{n_frames} frames')

    def test_what_is_no_trace(self):
        window = self.start(self.write('empty.pcap', b''))
        window.text('trace is empty')
        for name, path, words in (('a folder', self.folder, 'is a folder, not a trace'),
                                  ('nothing', os.path.join(self.folder, 'absent.pcap'), 'Cannot open .*absent.pcap'),
                                  ('words', self.write('words.txt', b'These are only words. ' * 40), 'not|no ')):
            subprocess.run([os.environ['LECTERN_PROGRAM'], path], check=True)
            wait(f'a sentence about {name}', lambda: any(re.search(words, text) for text in self.alerts()))

    def test_known_formats_that_cannot_be_read(self):
        folder = os.path.join(os.environ['LECTERN_CAPTURES'], 'windows')
        traces = sorted(name for name in os.listdir(folder) if name.endswith('.etl')) if os.path.isdir(folder) else []
        if not traces:
            self.skipTest('no captures at hand')
        self.start(os.path.join(folder, traces[0]))
        wait('its name', lambda: any(text == 'This is a Windows event trace (.etl); Lectern cannot read it yet.'
                                     for text in self.alerts()))

    def alerts(self):
        """What the bars of all windows say."""
        return [node.name for frame in self.lectern.frames() for node in walk(frame)
                if node.getRoleName() in ('alert', 'notification') and node.name]


if __name__ == '__main__':
    unittest.main(verbosity=2)
