"""A server on loopback that does as a test says, and a network in which made-up public names lead to it."""

import contextlib
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from claims.archive.net import Net

PUBLIC = "93.184.215.14"


class Server:
    """Answers each connection with `say(request head, socket)`; remembers the requests it saw."""

    def __init__(self, say, tls=None):
        self.say, self.tls, self.requests = say, tls, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                sock, _ = self.listener.accept()
                threading.Thread(target=self._one, args=(sock,), daemon=True).start()

    def _one(self, sock):
        with contextlib.suppress(OSError), sock:
            if self.tls:
                sock = self.tls.wrap_socket(sock, server_side=True)
            head = b""
            while b"\r\n\r\n" not in head:
                piece = sock.recv(4096)
                if not piece:
                    return
                head += piece
            self.requests.append(head)
            self.say(head, sock)
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_WR)
            sock.close()

    def close(self):
        # shutdown wakes the thread that waits in accept; close alone would leave it there
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


class TestNet(Net):
    """Names lead where the test says; every address leads to the server. What was dialled is remembered."""

    __test__ = False

    def __init__(self, server, names=None, trusted=None):
        super().__init__()
        self.server, self.names, self.trusted = server, names or {}, trusted
        self.dialled, self.peers, self.lookups = [], {}, []

    def resolve(self, host):
        self.lookups.append(host)
        answer = self.names.get(host, [PUBLIC])
        return answer(len(self.lookups)) if callable(answer) else answer

    def dial(self, address, port, timeout):
        self.dialled.append((address, port))
        sock = socket.create_connection(("127.0.0.1", self.server.port), timeout)
        self.peers[sock.fileno()] = address
        return sock

    def peer(self, sock):
        return self.peers[sock.fileno()]

    def tls(self, *, verify):
        context = super().tls(verify=verify)
        if verify and self.trusted:
            context.load_verify_locations(cadata=self.trusted)
        return context


def answer(body=b"hello", status="200 OK", **headers):
    """A say() that answers once, with a true length unless told otherwise."""
    sent = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
    sent.update({name.replace("_", "-"): value for name, value in headers.items()})
    lines = [f"{name}: {value}" for name, value in sent.items() if value is not None]
    data = "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode() + body
    return lambda head, sock: sock.sendall(data)


def certificate(name, *, days=30, issuer=None):
    """(certificate PEM, key PEM, issuer handle). Self-signed unless an issuer handle is given."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    by, by_key = issuer or (subject, key)
    now = datetime.now(UTC)
    start, end = sorted([now - timedelta(days=60), now + timedelta(days=days)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(by_key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM).decode()
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    return pem, secret, (subject, key)


def tls_context(tmp_path, pem, key):
    file = tmp_path / "server.pem"
    file.write_text(pem + key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
