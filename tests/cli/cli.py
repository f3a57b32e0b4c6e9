"""lectern-cli as the tests run it, and small traces made from the samples."""
import json
import os
import subprocess
import tempfile
import unittest

PROGRAM = os.environ['LECTERN_CLI']
SAMPLES = os.environ['LECTERN_SAMPLES']


def sample(name):
    return os.path.join(SAMPLES, name)


def read(path):
    with open(path, 'rb') as handle:
        return handle.read()


class CliTest(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, data):
        path = os.path.join(self.folder, name)
        with open(path, 'wb') as handle:
            handle.write(data)
        return path

    def cli(self, *arguments, status=0, stdin=None):
        """Standard output; the exit status must be STATUS. Standard error is kept in self.complaint."""
        run = subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                             timeout=60)
        self.complaint = run.stderr.decode()
        self.assertEqual(run.returncode, status, f'{arguments}: {self.complaint}')
        if status == 0:
            # Notes on a filter stand there without the program's name.
            self.assertEqual([line for line in self.complaint.splitlines() if line.startswith('lectern-cli:')], [])
        return run.stdout.decode()

    def json(self, command, *arguments, **options):
        return [json.loads(line) for line in self.cli(command, '--format=json', *arguments, **options).splitlines()]

    def values(self, path, *fields, filter=None):
        """A list a frame: the texts of FIELDS."""
        words = [word for field in fields for word in ('-e', field)] + (['-Y', filter] if filter else [])
        return [line.split('\t') for line in self.cli('frames', path, *words).split('\n')[:-1]]

    def frames(self, path, filter):
        """Numbers of the frames that pass FILTER."""
        return [int(number) for number, in self.values(path, 'frame.number', filter=filter)]

    def row(self, path, number):
        return next(row for row in self.json('frames', path) if row['number'] == number)
