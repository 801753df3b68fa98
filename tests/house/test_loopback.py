"""The tests' own ground: nobody leaves the machine."""

import socket

import pytest

from tests.loopback import NetworkBlocked


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.com"])
def test_tests_cannot_reach_another_machine(host):
    with pytest.raises(NetworkBlocked):
        socket.create_connection((host, 80), timeout=1)


def test_tests_can_reach_their_own_servers():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()
