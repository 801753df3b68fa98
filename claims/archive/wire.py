"""One HTTP exchange over one connection, every byte of it kept, under limits of time and size."""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

import urllib3
from urllib3.exceptions import DecodeError, HTTPError

from claims.archive.address import Target
from claims.errors import FactcheckError


class FetchFailed(FactcheckError):
    """The exchange came to nothing. Codes: unreachable, too-slow, too-large, headers-too-large, bad-answer,
    tls-failed, too-many-redirects. Facts hold limits, never what the other side said."""

    code = "unreachable"


@dataclass(frozen=True)
class Limits:
    """How much one fetch, all its hops together, may take. Bytes are counted as sent and again inflated."""

    seconds: float = 60.0
    idle_seconds: float = 10.0
    body_bytes: int = 100 * 1024 * 1024
    header_bytes: int = 64 * 1024
    hops: int = 5


class Clock:
    """What is left of a fetch's time."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._end = time.monotonic() + limits.seconds

    def wait(self) -> float:
        """How long the next step may block. Raises FetchFailed('too-slow') when the time is up."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise FetchFailed("too-slow", seconds=self.limits.seconds)
        return min(left, self.limits.idle_seconds)


@dataclass
class Answer:
    """What came back. Header names and values are as sent, in order, duplicates kept."""

    status: int
    reason: str
    version: str
    headers: list[tuple[str, str]]
    encoding: str = ""
    size: int = 0
    complete: bool = True
    findings: list[str] = field(default_factory=list)

    def header(self, name: str) -> str:
        """The first value of a header, or an empty string."""
        return next((v for n, v in self.headers if n.lower() == name.lower()), "")


class _Tap(io.RawIOBase):
    """The receiving side of a socket: counts, copies to the record, and keeps to the clock."""

    def __init__(self, sock: socket.socket, clock: Clock, record: IO[bytes]) -> None:
        self.sock, self.clock, self.record = sock, clock, record
        self.received = 0
        self.most = clock.limits.header_bytes
        self.in_headers = True

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        self.sock.settimeout(self.clock.wait())
        # One byte past the limit shows that there is more; no more than that is ever taken in.
        room = self.most + 1 - self.received
        try:
            n = self.sock.recv_into(view[: max(1, min(len(view), room))])
        except TimeoutError as error:
            self.clock.wait()
            raise FetchFailed("too-slow", idle_seconds=self.clock.limits.idle_seconds) from error
        self.record.write(view[:n])
        self.received += n
        if self.received > self.most:
            raise FetchFailed("headers-too-large" if self.in_headers else "too-large", limit=self.most)
        return n

    def body_follows(self) -> None:
        """The headers are through: from here the body's limit holds."""
        self.in_headers = False
        self.most = self.received + self.clock.limits.body_bytes


class _Pipe:
    """What http.client wants of a socket."""

    def __init__(self, tap: _Tap) -> None:
        self.tap = tap

    def makefile(self, *_: object) -> io.BufferedReader:
        # A small buffer, so that headers are not read with megabytes of body behind them.
        return io.BufferedReader(self.tap, 8192)


def request_bytes(target: Target, method: str, headers: list[tuple[str, str]], body: bytes) -> bytes:
    """A request as it goes over the wire. The caller's headers must hold no line breaks."""
    lines = [f"{method} {target.path} HTTP/1.1", f"Host: {target.authority}"]
    lines += [f"{name}: {value}" for name, value in headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    if any("\r" in line or "\n" in line for line in lines):
        raise FetchFailed("bad-request")
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1", "replace") + body


def exchange(
    sock: socket.socket, request: bytes, method: str, clock: Clock, record: IO[bytes], body: IO[bytes]
) -> Answer:
    """Send a request, keep the raw answer in `record` and the decoded body in `body`. Raises FetchFailed."""
    tap = _Tap(sock, clock, record)
    try:
        sock.settimeout(clock.wait())
        sock.sendall(request)
        raw = http.client.HTTPResponse(_Pipe(tap), method=method)  # type: ignore[arg-type]
        raw.begin()
        tap.body_follows()
    except (http.client.HTTPException, ValueError) as error:
        # http.client says "more than 100 headers" with the bare class.
        crowded = type(error) in (http.client.HTTPException, http.client.LineTooLong)
        raise FetchFailed("headers-too-large" if crowded else "bad-answer") from error
    except ssl.SSLError as error:
        raise FetchFailed("tls-failed") from error
    except OSError as error:
        raise FetchFailed("too-slow" if isinstance(error, TimeoutError) else "unreachable") from error
    answer = Answer(raw.status, raw.reason, f"HTTP/{raw.version // 10}.{raw.version % 10}", raw.getheaders())
    answer.encoding = answer.header("content-encoding").lower()
    _announced(answer, clock.limits)
    _drain(raw, method, answer, clock.limits, body)
    return answer


def _announced(answer: Answer, limits: Limits) -> None:
    """Whoever announces too much is not read at all."""
    length = answer.header("content-length")
    if length.isdecimal() and int(length[:20]) > limits.body_bytes:
        raise FetchFailed("too-large", limit=limits.body_bytes)


def _drain(
    raw: http.client.HTTPResponse, method: str, answer: Answer, limits: Limits, body: IO[bytes]
) -> None:
    """Read the body to its end, undoing content encodings, and note how it ended."""
    try:
        for chunk in _decoded(raw, method):
            answer.size += len(chunk)
            if answer.size > limits.body_bytes:
                raise FetchFailed("too-large", limit=limits.body_bytes)
            body.write(chunk)
    except DecodeError:
        answer.complete = False
        answer.findings.append("undecodable-body")
    except (http.client.HTTPException, HTTPError, OSError):
        answer.complete = False
        answer.findings.append("incomplete-body")
    if not set(answer.encoding.replace(" ", "").split(",")) <= {"", "identity", "gzip", "x-gzip", "deflate"}:
        answer.findings.append("unknown-encoding")


def _decoded(raw: http.client.HTTPResponse, method: str) -> Iterator[bytes]:
    """The body in small pieces. urllib3 inflates no more than it is asked for, so a bomb is met piece by piece."""
    response = urllib3.HTTPResponse(
        raw,
        headers=urllib3.HTTPHeaderDict(raw.getheaders()),
        status=raw.status,
        preload_content=False,
        decode_content=True,
        original_response=raw,
        request_method=method,
        enforce_content_length=False,  # else the last piece of a body that ends early is thrown away
    )
    yield from response.stream(64 * 1024, decode_content=True)
    if raw.length:
        raise http.client.IncompleteRead(b"", raw.length)
