"""The browser's only way out: a proxy on loopback that lets through what the fetcher would fetch.

The browser is told to resolve nothing and to send everything here. Each connection is checked by the same
rules as a fetch: strict host, our ports, all addresses public, the connection to a checked address.
"""

import contextlib
import selectors
import socket
import threading
import time
from dataclasses import dataclass, field

from claims.archive.address import BadUrl, Refused, Target, checked, is_public, parse
from claims.archive.net import Net
from claims.errors import FactcheckError

MOST_HEAD = 64 * 1024
MOST_BYTES = 200 * 1024 * 1024
MOST_CONNECTIONS = 400
AT_ONCE = 48
IDLE_SECONDS = 15.0
_REFUSED = b"HTTP/1.1 403 Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_TUNNEL = b"HTTP/1.1 200 Connected\r\n\r\n"


@dataclass
class Traffic:
    """What went through: hosts let through, hosts refused, bytes both ways."""

    passed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    n_bytes: int = 0


class Gateway:
    """A proxy for one capture; use it as a context manager. `address` is what the browser is given."""

    def __init__(
        self, net: Net | None = None, *, refused_hosts: frozenset[str] = frozenset(), seconds: float = 90.0
    ) -> None:
        self.net = net or Net()
        self.refused_hosts = refused_hosts
        self.traffic = Traffic()
        self._end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._room = threading.BoundedSemaphore(AT_ONCE)
        self._known: dict[str, list[str]] = {}

    def __enter__(self) -> "Gateway":
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=AT_ONCE)
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end = 0.0
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    @property
    def address(self) -> str:
        """http://127.0.0.1:port"""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def _listen(self) -> None:
        for _ in range(MOST_CONNECTIONS):
            try:
                client, _peer = self._listener.accept()
            except OSError:
                return
            self._room.acquire()
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        try:
            with client, contextlib.suppress(OSError, FactcheckError):
                client.settimeout(IDLE_SECONDS)
                self._answer(client)
        finally:
            self._room.release()

    def _answer(self, client: socket.socket) -> None:
        head = _head(client)
        target, first = self._understood(head)
        upstream = self._connected(target) if target else None
        if target is None or upstream is None:
            self._count(self.traffic.refused, target.host if target else "?")
            client.sendall(_REFUSED)
            return
        self._count(self.traffic.passed, target.host)
        with upstream:
            upstream.sendall(first) if first else client.sendall(_TUNNEL)
            self._relay(client, upstream)

    def _understood(self, head: bytes) -> tuple[Target | None, bytes]:
        """(where to, what to send there first); nothing is sent first into a tunnel. None for what is no request."""
        line, _, rest = head.partition(b"\r\n")
        words = line.decode("latin-1").split(" ")
        if len(words) != 3:
            return None, b""
        method, where, version = words
        try:
            if method == "CONNECT":
                return parse(f"{'https' if where.endswith(':443') else 'http'}://{where}/"), b""
            target = parse(where)
        except BadUrl:
            return None, b""
        lines = [n for n in rest.split(b"\r\n") if not n.lower().startswith((b"proxy-", b"connection:"))]
        first = f"{method} {target.path} {version}\r\nConnection: close\r\n".encode()
        return target, first + b"\r\n".join(lines)

    def _connected(self, target: Target) -> socket.socket | None:
        try:
            addresses = self._addresses(target.host)
        except Refused:
            return None
        for address in addresses[:3]:
            with contextlib.suppress(OSError):
                sock = self.net.dial(address, target.port, 10.0)
                peer = self.net.peer(sock)
                if peer is None or is_public(peer):
                    return sock
                sock.close()
                return None
        return None

    def _addresses(self, host: str) -> list[str]:
        """Looked up once in the life of the gateway, so that a name cannot be turned round half way."""
        if host in self.refused_hosts:
            raise Refused
        with self._lock:
            known = self._known.get(host)
        if known is None:
            literal = host.replace(".", "").isdecimal() or ":" in host
            known = checked([host] if literal else self.net.resolve(host))
            with self._lock:
                known = self._known.setdefault(host, known)
        return known

    def _relay(self, client: socket.socket, upstream: socket.socket) -> None:
        """Bytes both ways until one side ends, the time is up, or the capture has had enough."""
        with selectors.DefaultSelector() as ready:
            ready.register(client, selectors.EVENT_READ, upstream)
            ready.register(upstream, selectors.EVENT_READ, client)
            while time.monotonic() < self._end and self.traffic.n_bytes < MOST_BYTES:
                events = ready.select(min(IDLE_SECONDS, max(0.0, self._end - time.monotonic())))
                if not events or not all(self._passed(key.fileobj, key.data) for key, _ in events):
                    return

    def _passed(self, source: object, sink: socket.socket) -> bool:
        assert isinstance(source, socket.socket)
        data = source.recv(65536)
        if not data:
            return False
        sink.settimeout(IDLE_SECONDS)
        sink.sendall(data)
        with self._lock:
            self.traffic.n_bytes += len(data)
        return True

    def _count(self, where: list[str], host: str) -> None:
        with self._lock:
            if host not in where and len(where) < 500:
                where.append(host)


def _head(client: socket.socket) -> bytes:
    """The request head, with whatever of the body came along."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = client.recv(8192)
        if not piece or len(head) > MOST_HEAD:
            return b""
        head += piece
    return head
