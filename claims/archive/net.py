"""The few things the fetcher asks of the system: look a name up, open a connection, put TLS on it.

Tests hand in another one that sends made-up public addresses to a server on loopback. There is no setting
for it: the product always uses this class.
"""

import socket
import ssl
import threading
from contextlib import suppress
from urllib.parse import urlsplit

LOOKUP_SECONDS = 10.0


class Net:
    """The system's own resolver and sockets, directly or through the operator's HTTP proxy.

    Through a proxy the connection is a tunnel (CONNECT) to the address we looked up and checked, for http too,
    so the proxy resolves nothing.
    """

    def __init__(self, proxy: str = "") -> None:
        self.proxy = proxy

    def resolve(self, host: str) -> list[str]:
        """All addresses of a name, each once, in the system's order; empty when there are none in 10 s."""
        found: list[str] = []

        def look_up() -> None:
            with suppress(OSError, UnicodeError):
                answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
                found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))

        # getaddrinfo takes no time limit; a thread that hangs is left behind, bounded by the resolver's own.
        thread = threading.Thread(target=look_up, daemon=True)
        thread.start()
        thread.join(LOOKUP_SECONDS)
        return list(found)

    def dial(self, address: str, port: int, timeout: float) -> socket.socket:
        """A TCP connection to the address. Raises OSError."""
        if not self.proxy:
            return socket.create_connection((address, port), timeout)
        proxy = urlsplit(self.proxy)
        sock = socket.create_connection((proxy.hostname or "", proxy.port or 3128), timeout)
        return _tunnel(sock, address, port)

    def peer(self, sock: socket.socket) -> str | None:
        """The address at the other end, or None behind a proxy, where it cannot be seen."""
        return None if self.proxy else str(sock.getpeername()[0])

    def tls(self, *, verify: bool) -> ssl.SSLContext:
        """TLS 1.2 or later with the system's authorities; without `verify`, to see what a bad server serves."""
        context = ssl.create_default_context()
        context.set_alpn_protocols(["http/1.1"])
        if not verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context


def _tunnel(sock: socket.socket, address: str, port: int) -> socket.socket:
    """Ask a proxy for a tunnel. Reads byte by byte, so that nothing of what follows is swallowed."""
    where = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
    try:
        sock.sendall(f"CONNECT {where} HTTP/1.1\r\nHost: {where}\r\n\r\n".encode())
        said = b""
        while not said.endswith(b"\r\n\r\n") and len(said) < 8192:
            byte = sock.recv(1)
            if not byte:
                break
            said += byte
        if said.split(b" ", 2)[1:2] != [b"200"]:
            raise ConnectionRefusedError("the proxy opened no tunnel")
    except BaseException:
        sock.close()
        raise
    return sock
