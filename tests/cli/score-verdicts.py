#!/usr/bin/env python3
"""Verdicts against recordings whose truth is known, with and without the hints that senders give, and bars below which
none may fall. Skipped where the recordings or their scorer are not at hand."""
import json
import os
import subprocess
import sys
import tempfile

CAPTURES = os.environ.get('LECTERN_CAPTURES', '')
LAB = os.path.join(CAPTURES, 'lab')
SCORER = os.path.join(CAPTURES, '..', 'tools', 'score-verdicts')

# precision/recall. A conversation of which no frame was captured, and one whose opener no recording at the far end
# shows (both sides opened at once), are in the truth.
ALWAYS = 'keep-alive=0.99/0.99,zero-window-probe=0.99/0.99,segment-not-captured=0.97/0.97'
LOST = 'segment-lost-before=0.97/0.97'
BARS = {
    None: f'retransmission=0.997/0.997,spurious=0.95/0.85,reordered=0.98/0.95,network-duplicate=0.99/0.97,{ALWAYS},{LOST},'
          'ack-of-unseen=0.97/0.97,cause=0.90/0.90,names-the-copy=0.995/0.995,conversation=1/0.99,http=1/1',
    'ipid': f'retransmission=0.99/0.99,reordered=0.95/0.85,{ALWAYS},{LOST}',
    'timestamps': f'retransmission=0.99/0.99,reordered=0.95/0.85,{ALWAYS},{LOST}',
    # Whoever takes a late segment for one sent again takes the hole before it for a loss.
    'both': f'retransmission=0.97/0.97,reordered=0.90/0.60,{ALWAYS}',
}


def copy_truth(folder):
    """The scorer wants a hash also of contents that are empty."""
    for name in os.listdir(LAB):
        path = os.path.join(LAB, name)
        if not name.endswith('.truth.json'):
            os.symlink(os.path.abspath(path), os.path.join(folder, name))
            continue
        truth = json.load(open(path))
        for exchange in truth['http']:
            exchange.setdefault('body_sha256', '')
        json.dump(truth, open(os.path.join(folder, name), 'w'))


def main():
    if not os.path.isdir(LAB) or not os.path.exists(SCORER):
        print('no recordings with truth here')
        return 77
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy_truth(folder)
        for strip, bars in BARS.items():
            options = ['--strip', strip] if strip else []
            failed += subprocess.run([sys.executable, SCORER, '--cli', os.environ['LECTERN_CLI'], '--bars', bars,
                                      *options, folder]).returncode != 0
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
