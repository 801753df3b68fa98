"""The one way out: every request the product makes on a user's word goes through `fetch`.

The address is read strictly, all its names are looked up and checked, the connection goes to an address that
was checked and is checked again once it stands, and all of this anew at each redirect. No cookies, no Referer,
nothing that names the newsroom but the User-Agent the operator chose.
"""

import ssl
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_address
from itertools import pairwise
from pathlib import Path
from socket import socket
from urllib.parse import urljoin

from cryptography import x509

from claims.archive.address import Refused, Target, checked, is_public, parse
from claims.archive.net import Net
from claims.archive.wire import Answer, Clock, FetchFailed, Limits, exchange, request_bytes

REDIRECTS = (301, 302, 303, 307, 308)
USER_AGENT = "Mozilla/5.0 (compatible; Factcheck)"
# X509 verification results (OpenSSL x509_vfy.h) in our words.
_TLS_FINDINGS = {
    9: "tls-not-yet-valid",
    10: "tls-expired",
    18: "tls-self-signed",
    19: "tls-self-signed",
    62: "tls-wrong-name",
    64: "tls-wrong-name",
}


def _anyone(host: str) -> None:
    """No limit per host."""


@dataclass(frozen=True)
class Policy:
    """What the operator chose. `before` is called with the host of each hop and may wait or raise: the place
    for limits per host. `refused_hosts` are names that are never fetched, our own public one above all."""

    user_agent: str = USER_AGENT
    limits: Limits = field(default_factory=Limits)
    refused_hosts: frozenset[str] = frozenset()
    before: Callable[[str], None] = _anyone
    accept_bad_tls: bool = True


@dataclass(frozen=True)
class Certificate:
    """What a TLS server showed: its certificate as PEM, who it names, and findings such as tls-expired."""

    pem: str
    subject: str
    issuer: str
    not_before_at: datetime | None
    not_after_at: datetime | None
    protocol: str
    findings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hop:
    """One exchange. `request` and `record` are files with the exact bytes sent and received; times are UTC."""

    url: str
    address: str
    method: str
    request: Path
    record: Path
    answer: Answer
    certificate: Certificate | None
    started_at: datetime
    ended_at: datetime


@dataclass(frozen=True)
class Fetched:
    """The whole fetch: hops in order, the last of them the answer, whose decoded body is the file `body`."""

    hops: tuple[Hop, ...]
    body: Path
    findings: tuple[str, ...]

    @property
    def url(self) -> str:
        """The address that answered, after redirects."""
        return self.hops[-1].url

    @property
    def answer(self) -> Answer:
        """The last answer."""
        return self.hops[-1].answer

    @property
    def media_type(self) -> str:
        """What the server says it is, without parameters: only what it says."""
        return self.answer.header("content-type").partition(";")[0].strip().lower()


def fetch(
    url: str,
    folder: Path,
    *,
    policy: Policy | None = None,
    method: str = "GET",
    headers: Sequence[tuple[str, str]] = (),
    body: bytes = b"",
    net: Net | None = None,
) -> Fetched:
    """Get a public web address into files in `folder`, which the caller made and will remove.

    Redirects are followed for GET and HEAD, each hop under the same checks; statuses such as 404 are answers,
    not errors. `net` is for tests. Raises BadUrl, Refused, FetchFailed, and what `policy.before` raises.
    """
    return _Fetch(folder, policy or Policy(), net or Net(), method, list(headers), body).run(url)


class _Fetch:
    """One fetch under way."""

    def __init__(
        self, folder: Path, policy: Policy, net: Net, method: str, headers: list[tuple[str, str]], body: bytes
    ) -> None:
        self.folder, self.policy, self.net, self.method = folder, policy, net, method
        self.headers, self.body = headers, body
        self.clock = Clock(policy.limits)
        self.hops: list[Hop] = []

    def run(self, url: str) -> Fetched:
        target = parse(url)
        while True:
            hop = self._hop(target)
            self.hops.append(hop)
            onward = self._onward(hop)
            if onward is None:
                return Fetched(tuple(self.hops), self._file("body"), tuple(self._findings()))
            if len(self.hops) > self.policy.limits.hops:
                raise FetchFailed("too-many-redirects", limit=self.policy.limits.hops)
            target = parse(onward)

    def _hop(self, target: Target) -> Hop:
        self.policy.before(target.host)
        started_at = datetime.now(UTC)
        sock, address, certificate = self._connected(target)
        request = request_bytes(target, self.method, self._sent_headers(target), self.body)
        self._file("request").write_bytes(request)
        with closing(sock), self._file("record").open("wb") as record, self._file("body").open("wb") as body:
            answer = exchange(sock, request, self.method, self.clock, record, body)
        return Hop(
            target.url,
            address,
            self.method,
            self._file("request"),
            self._file("record"),
            answer,
            certificate,
            started_at,
            datetime.now(UTC),
        )

    def _file(self, what: str) -> Path:
        """The body is written over at each hop: only the last one counts, the records hold the others."""
        return self.folder / ("body" if what == "body" else f"{what}-{len(self.hops)}")

    def _sent_headers(self, target: Target) -> list[tuple[str, str]]:
        """The caller's headers go to the host it named and no other, for they may hold a key."""
        first = parse(self.hops[0].url) if self.hops else target
        given = self.headers if (first.scheme, first.host) == (target.scheme, target.host) else []
        ours = [
            ("User-Agent", self.policy.user_agent),
            ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
            ("Accept-Language", "ar,en;q=0.8"),
            ("Accept-Encoding", "gzip, deflate"),
        ]
        names = {name.lower() for name, _ in given}
        return [(name, value) for name, value in ours if name.lower() not in names] + given

    def _onward(self, hop: Hop) -> str | None:
        location = hop.answer.header("location")
        if hop.answer.status not in REDIRECTS or not location or self.method not in ("GET", "HEAD"):
            return None
        # http.client reads headers as Latin-1; servers send UTF-8.
        return urljoin(hop.url, location.encode("latin-1", "replace").decode("utf-8", "replace").strip())

    def _findings(self) -> list[str]:
        found = [f for hop in self.hops for f in hop.answer.findings]
        found += [f for hop in self.hops if hop.certificate for f in hop.certificate.findings]
        secure = [hop.url.startswith("https:") for hop in self.hops]
        if any(a and not b for a, b in pairwise(secure)):
            found.append("downgraded")
        return list(dict.fromkeys(found))

    def _addresses(self, target: Target) -> list[str]:
        """The checked addresses of a host. A literal address is one of itself."""
        if target.host in self.policy.refused_hosts:
            raise Refused
        literal = target.host.replace(".", "").isdecimal() or ":" in target.host
        return checked([target.host] if literal else self.net.resolve(target.host))

    def _connected(self, target: Target) -> tuple[socket, str, Certificate | None]:
        addresses = self._addresses(target)
        failure: FetchFailed | None = None
        for address in addresses[:4]:
            try:
                sock = self._dial(address, target.port)
                if target.scheme == "http":
                    return sock, address, None
                return self._secured(sock, address, target)
            except FetchFailed as error:
                failure = error
        raise failure or FetchFailed("unreachable")

    def _dial(self, address: str, port: int) -> socket:
        """A connection to exactly this address, looked at once more when it stands."""
        try:
            sock = self.net.dial(address, port, self.clock.wait())
        except OSError as error:
            raise FetchFailed("unreachable") from error
        peer = self.net.peer(sock)
        if peer is not None and (not is_public(peer) or ip_address(peer) != ip_address(address)):
            sock.close()
            raise Refused
        return sock

    def _secured(self, sock: socket, address: str, target: Target) -> tuple[socket, str, Certificate]:
        """TLS as it should be; failing that, as the server has it, with the fault as a finding."""
        try:
            secured = self._handshake(sock, target, verify=True)
            return secured, address, _certificate(secured, ())
        except ssl.SSLCertVerificationError as error:
            fault = _TLS_FINDINGS.get(error.verify_code, "tls-untrusted")
        if not self.policy.accept_bad_tls:
            raise FetchFailed("tls-failed", finding=fault)
        secured = self._handshake(self._dial(address, target.port), target, verify=False)
        return secured, address, _certificate(secured, (fault,))

    def _handshake(self, sock: socket, target: Target, *, verify: bool) -> ssl.SSLSocket:
        try:
            sock.settimeout(self.clock.wait())
            return self.net.tls(verify=verify).wrap_socket(sock, server_hostname=target.host)
        except ssl.SSLCertVerificationError:
            sock.close()
            raise
        except (OSError, ValueError) as error:
            sock.close()
            raise FetchFailed("too-slow" if isinstance(error, TimeoutError) else "tls-failed") from error


def _certificate(sock: ssl.SSLSocket, findings: tuple[str, ...]) -> Certificate:
    """What the server showed. One that our parser refuses is kept as it came, with a finding."""
    der = sock.getpeercert(binary_form=True) or b""
    pem, protocol = ssl.DER_cert_to_PEM_cert(der), sock.version() or ""
    try:
        seen = x509.load_der_x509_certificate(der)
        names = seen.subject.rfc4514_string(), seen.issuer.rfc4514_string()
        return Certificate(
            pem, *names, seen.not_valid_before_utc, seen.not_valid_after_utc, protocol, findings
        )
    except ValueError:
        return Certificate(pem, "", "", None, None, protocol, (*findings, "tls-unreadable-certificate"))
