"""Keeps the tests off the network: whoever reaches past loopback is told so."""

import contextlib
import ipaddress
import socket
from collections.abc import Iterator

import pytest


class NetworkBlocked(socket.gaierror):
    """A test tried to leave this machine. Looks like a host without network to the code under test."""


def named(host: object) -> str:
    """A host as text, whichever way it was given."""
    return host.decode() if isinstance(host, bytes) else str(host or "")


def is_address(name: str) -> bool:
    """True for an address, which needs no name server."""
    with contextlib.suppress(ValueError):
        ipaddress.ip_address(name.split("%")[0])
        return True
    return False


def leaves_machine(name: str) -> bool:
    """True for a name or address that is not this machine's own loopback."""
    if is_address(name):
        return not ipaddress.ip_address(name.split("%")[0]).is_loopback
    return name not in ("", "localhost")


def guarded(connect):
    """The same socket method, for loopback and local sockets only."""

    def connect_nearby(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and leaves_machine(named(address[0])):
            raise NetworkBlocked(socket.EAI_FAIL, f"tests may not connect to {address[0]}")
        return connect(self, address)

    return connect_nearby


def guarded_lookup(look_up):
    """The same name lookup, for this machine's names and for addresses only."""

    def look_up_nearby(host, *args, **kwargs):
        if leaves_machine(named(host)) and not is_address(named(host)):
            raise NetworkBlocked(socket.EAI_FAIL, f"tests may not look up {named(host)}")
        return look_up(host, *args, **kwargs)

    return look_up_nearby


@pytest.fixture(autouse=True, scope="session")
def _network_blocked() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
        patch.setattr(socket, "getaddrinfo", guarded_lookup(socket.getaddrinfo))
        yield
