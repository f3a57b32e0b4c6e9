#!/usr/bin/env python3
"""What a filter costs, opening included, against tshark: CPU of the whole process, medians, the two in turn.

filter-tshark.py LECTERN-CLI TRACE [RUNS [EXPRESSION…]]. Run by hand; a trace of a million frames shows most.
"""
import os
import shutil
import statistics
import subprocess
import sys

# What the index answers; least ratio.
COLUMNS = 30
# What has to be dissected.
DISSECTED = 10

EXPRESSIONS = [
    ('tcp.port == 5001', COLUMNS),
    ('http.response.code == 302', COLUMNS),
    ('tcp.analysis.retransmission', COLUMNS),
    ('ip.addr == 10.0.0.0/9', COLUMNS),
    ('tcp.stream == 7', COLUMNS),
    ('tcp.flags.syn == 1', COLUMNS),
    ('frame.len > 1000', COLUMNS),
    ('http.host contains "contoso"', DISSECTED),
    ('tcp.options.timestamp.tsval > 0', DISSECTED),
    ('dns.qry.name contains "www"', DISSECTED),
    ('frame contains "Trident"', DISSECTED),
    ('ip.ttl < 60', DISSECTED),
    ('tcp.seq == 1', DISSECTED),
]


def cpu_seconds(command):
    """CPU that COMMAND took, its lines, and how it ended; its messages are passed over."""
    before = os.times()
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    after = os.times()
    seconds = after.children_user - before.children_user + after.children_system - before.children_system
    return seconds, run.stdout.count(b'\n'), run.returncode


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    program, trace = sys.argv[1:3]
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    expressions = [(text, None) for text in sys.argv[4:]] or EXPRESSIONS
    tshark = shutil.which('tshark')
    print(f'{"lectern-cli":>12}{"tshark":>10}{"ratio":>8}{"at least":>10}{"rows":>10}{"rows":>10}  filter')
    for expression, least in expressions:
        own, others, rows, other_rows = [], [], 0, 0
        for _ in range(runs):
            seconds, rows, status = cpu_seconds([program, 'frames', trace, '-Y', expression, '-e', 'frame.number'])
            if status > 1:
                sys.exit(f'{program} does not take {expression}')
            own.append(seconds)
            if tshark:
                seconds, other_rows, _ = cpu_seconds(
                    [tshark, '-r', trace, '-Y', expression, '-T', 'fields', '-e', 'frame.number'])
                others.append(seconds)
        mine = statistics.median(own)
        line = f'{mine:10.2f} s'
        if others:
            other = statistics.median(others)
            line += f'{other:8.2f} s{other / max(mine, 0.01):8.1f}{least or "":>10}'
        else:
            line += f'{"-":>10}{"-":>8}{least or "":>10}'
        print(f'{line}{rows:10}{other_rows if others else "-":>10}  {expression}', flush=True)


if __name__ == '__main__':
    main()
