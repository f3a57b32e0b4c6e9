"""Small traces, written byte by byte: Ethernet frames with TCP and UDP in them. Shares nothing with the program."""
import struct

FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16
CLIENT, SERVER = '192.0.2.1', '198.51.100.2'


class Trace:
    """A pcap or pcapng of Ethernet frames, written byte by byte."""

    def __init__(self):
        self.frames = []  # (time in µs, bytes, captured length, interface, options)
        self.us = 10_000_000
        self.identification = 0

    def wait(self, us):
        self.us += us
        return self

    def add(self, frame, captured=None, interface=0, options=b''):
        self.frames.append((self.us, frame, len(frame) if captured is None else captured, interface, options))
        return len(self.frames)

    def ip(self, source, destination, protocol, payload, ttl=64, **how):
        self.identification += 1
        address = lambda text: bytes(map(int, text.split('.')))
        header = struct.pack('>BBHHHBBH4s4s', 0x45, 0, 20 + len(payload), self.identification, 0x4000, ttl, protocol, 0,
                             address(source), address(destination))
        return self.add(b'\2\0\0\0\0\2' b'\2\0\0\0\0\1' b'\x08\0' + header + payload, **how)

    def tcp(self, source, destination, ports, flags, sequence, acknowledgment=0, payload=b'', mss=0, **how):
        options = struct.pack('>BBH', 2, 4, mss) if mss else b''
        header = struct.pack('>HHIIBBHHH', *ports, sequence, acknowledgment, (20 + len(options)) << 2, flags, 64240, 0, 0)
        return self.ip(source, destination, 6, header + options + payload, **how)

    def udp(self, source, destination, ports, payload, **how):
        return self.ip(source, destination, 17, struct.pack('>HHHH', *ports, 8 + len(payload), 0) + payload, **how)

    def pcap(self):
        data = struct.pack('<IHHiIII', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1)
        for us, frame, captured, _, _ in self.frames:
            data += struct.pack('<IIII', *divmod(us, 1_000_000), captured, len(frame)) + frame[:captured]
        return data

    def pcapng(self, n_interfaces=1, dropped=None):
        def block(kind, body):
            length = 12 + len(body)
            return struct.pack('<II', kind, length) + body + struct.pack('<I', length)

        data = block(0x0a0d0d0a, struct.pack('<IHHq', 0x1a2b3c4d, 1, 0, -1))
        data += block(1, struct.pack('<HHI', 1, 0, 0)) * n_interfaces
        for us, frame, captured, interface, options in self.frames:
            padding = b'\0' * (-captured % 4)
            data += block(6, struct.pack('<IIIII', interface, us >> 32, us & 0xffffffff, captured, len(frame)) +
                          frame[:captured] + padding + options)
        if dropped is not None:
            data += block(5, struct.pack('<III', 0, 0, self.us) + struct.pack('<HHQ', 5, 8, dropped) + b'\0' * 4)
        return data


class Connection:
    """A TCP connection in a trace. Times are those at the place of capture."""

    def __init__(self, trace, port=40000, server_port=47000, client=CLIENT, server=SERVER, ttl=(64, 64), mss=1460):
        self.trace, self.mss, self.ttl = trace, mss, ttl
        self.ends, self.ports = (client, server), (port, server_port)
        self.next = [1000, 5000]  # sequence numbers

    def send(self, side, flags=ACK, payload=b'', acknowledgment=None, **how):
        there, back = (self.ends, self.ports), (self.ends[::-1], self.ports[::-1])
        (source, destination), ports = there if side == 0 else back
        if acknowledgment is None:
            acknowledgment = self.next[1 - side] if flags & ACK else 0
        number = self.trace.tcp(source, destination, ports, flags, self.next[side], acknowledgment, payload,
                                ttl=self.ttl[side], **how)
        self.next[side] += len(payload) + (flags & SYN > 0) + (flags & FIN > 0)
        return number

    def open(self, to_client_us=30, to_server_us=20_000):
        self.send(0, SYN, mss=self.mss)
        self.trace.wait(to_server_us)
        self.send(1, SYN | ACK, mss=self.mss)
        self.trace.wait(to_client_us)
        self.send(0)
        return self

    def close(self):
        for side, flags in ((0, FIN | ACK), (1, FIN | ACK), (0, ACK)):
            self.trace.wait(100)
            self.send(side, flags)
        return self


def handshake(**how):
    trace = Trace()
    Connection(trace, **how).open()
    return trace
