import tracemalloc

import pytest

from claims.archive.fetch import Policy, fetch
from claims.archive.wire import Limits
from tests.archive.hostile import Server, TestNet

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize("beginning", [b"", b"5\r\nhello\r\n0\r\n"], ids=["length", "trailer"])
def test_d8_a_line_between_chunks_that_never_ends_is_not_held_in_memory(tmp_path, beginning):
    def say(_, sock):
        sock.sendall(HEAD + beginning)
        for _ in range(40):
            sock.sendall(b"0" * 1_000_000)

    server = Server(say)
    tracemalloc.start()
    try:
        fetch("http://news.example/", tmp_path, policy=Policy(limits=Limits(seconds=30)), net=TestNet(server))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        server.close()
    assert most < 10_000_000
