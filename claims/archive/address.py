"""Which web addresses we may go to: strict reading of a URL, and our own table of what is not public.

Everything that leaves this machine on a user's word passes here: the fetcher and the browser's proxy.
"""

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from claims.errors import Invalid

PORTS = frozenset({80, 443, 8080, 8443})
LONGEST = 4096
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Everything the IANA special-purpose registries call not globally reachable, and multicast, and the ranges
# that carry another address inside (6to4, its relays). Python's is_private misses 100.64/10 and its is_global
# is true for multicast, NAT64 and 6to4, so neither is asked (measured 2026-11-22, Python 3.11).
DENIED_V4 = tuple(
    ipaddress.IPv4Network(n)
    for n in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
# Of IPv6 only what is allocated as global unicast, less the parts below: ::/8, NAT64, ULA, link-local,
# site-local and multicast all lie outside 2000::/3.
GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
DENIED_V6 = tuple(
    ipaddress.IPv6Network(n) for n in ("2001::/23", "2001:db8::/32", "2002::/16", "3ffe::/16", "3fff::/20")
)
# Zero-width joiners stay: Persian addresses have them in their paths.
_FORBIDDEN = re.compile(
    r"[\x00-\x20\x7f-\xa0\u2000-\u200b\u200e\u200f\u2028-\u202f\u2060-\u2069\ufeff\\<>\"]"
)
_JOINERS = re.compile("[\u200c\u200d]")
_HOST = re.compile(
    r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*"
)
_NUMERIC_END = re.compile(r"(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)$")


class BadUrl(Invalid):
    """Not a web address we read: scheme, host, port, or characters that have no place in one. Facts: part."""

    code = "bad-url"


class Refused(Invalid):
    """The host does not exist or is not on the public internet. The same for both, and nothing more is said."""

    code = "address-refused"


@dataclass(frozen=True)
class Target:
    """A web address taken apart. `host` is ASCII, lower case, an IPv6 address without its brackets."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """As it stands in a Host header: the port only where it is not the scheme's own."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return shown if self.port == {"http": 80, "https": 443}[self.scheme] else f"{shown}:{self.port}"

    @property
    def url(self) -> str:
        """The address in one spelling, without its fragment."""
        return f"{self.scheme}://{self.authority}{self.path}"


def site_of(url: str) -> str:
    """The host of an address as `parse` reads it; empty for what it refuses."""
    try:
        return parse(url).host
    except BadUrl:
        return ""


def parse(url: str) -> Target:
    """Read an http or https address strictly, so that no two readers can understand it differently.

    Raises BadUrl for other schemes and ports, user names, control, space and direction characters,
    backslashes, and hosts written as numbers in any form but four plain decimals.
    >>> parse("HTTPS://Example.COM:443/a?q=1#top").url
    'https://example.com/a?q=1'
    """
    if len(url) > LONGEST or _FORBIDDEN.search(url) or not _JOINERS.sub("", url).isprintable():
        raise BadUrl(part="characters")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadUrl(part="host") from error
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not url[len(scheme) :].startswith("://"):
        raise BadUrl(part="scheme")
    if "@" in parts.netloc or parts.netloc.endswith(":") or _JOINERS.search(parts.netloc):
        raise BadUrl(part="host")
    port = port if port is not None else (443 if scheme == "https" else 80)
    if port not in PORTS:
        raise BadUrl(part="port")
    return Target(scheme, host_of(parts.hostname or ""), port, _path(parts.path, parts.query))


def host_of(written: str) -> str:
    """A host name or address in its one spelling. Raises BadUrl."""
    try:
        if ":" in written:
            return str(ipaddress.IPv6Address(written.replace("%", " ")))
        host = written.lower() if written.isascii() else written.encode("idna").decode("ascii").lower()
        # What ends in a number is an address (WHATWG URL, host parsing); any spelling but 1.2.3.4 is a trick.
        if _NUMERIC_END.search(host.rstrip(".")):
            return str(ipaddress.IPv4Address(written))
    except ValueError as error:
        raise BadUrl(part="host") from error
    host = host.removesuffix(".")
    if not _HOST.fullmatch(host):
        raise BadUrl(part="host")
    return host


def _path(path: str, query: str) -> str:
    kept = quote(path or "/", safe="/%:@!$&'()*+,;=~-._[]")
    return f"{kept}?{quote(query, safe='/%:@!$&()*+,;=~-._?[]' + chr(39))}" if query else kept


def is_public(text: str) -> bool:
    """May we connect to this address? False for anything that is not an address, too.

    >>> [is_public(a) for a in ("8.8.8.8", "100.64.0.1", "::ffff:8.8.8.8", "2606:4700::1111", "64:ff9b::808:808")]
    [True, False, False, True, False]
    """
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in DENIED_V4)
    if address.scope_id:
        return False
    return address in GLOBAL_V6 and not any(address in network for network in DENIED_V6)


def is_ours(text: str) -> bool:
    """Does this machine itself have this address? Then the route to it starts at it. Nothing is sent."""
    family = socket.AF_INET6 if ":" in text else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((text, 9))
            start = str(probe.getsockname()[0])
        except OSError:
            return False
    return ipaddress.ip_address(start) == ipaddress.ip_address(text)


def checked(addresses: list[str]) -> list[str]:
    """The addresses a name has, when each of them is public and none is ours. Raises Refused.

    One private address among public ones refuses all: a name that points both ways is set up for rebinding.
    """
    if not addresses or not all(is_public(a) and not is_ours(a) for a in addresses):
        raise Refused
    return addresses
