import gzip
import resource
import socket
import time
import zlib

import pytest

from claims.archive.address import BadUrl, Refused
from claims.archive.fetch import Policy, fetch
from claims.archive.net import Net
from claims.archive.wire import FetchFailed, Limits
from claims.errors import Conflict
from tests.archive.hostile import PUBLIC, Server, TestNet, answer, certificate, tls_context

SHORT = Policy(limits=Limits(seconds=2.0, idle_seconds=0.6, body_bytes=1_000_000))


@pytest.fixture
def serve():
    started = []

    def start(say, tls=None, **net):
        started.append(Server(say, tls))
        return TestNet(started[-1], **net)

    yield start
    for server in started:
        server.close()


def code_of(error):
    return error.value.code


def test_a_page_is_fetched_with_every_fact_of_the_exchange(serve, tmp_path):
    net = serve(answer(b"<p>hello", Set_Cookie="a=b", X_Twice="1"))
    got = fetch("http://news.example/a?b=1#c", tmp_path, net=net)
    hop = got.hops[0]
    assert (hop.url, hop.address, hop.answer.status, got.media_type) == (
        "http://news.example/a?b=1",
        PUBLIC,
        200,
        "text/html",
    )
    assert got.body.read_bytes() == b"<p>hello" and got.findings == ()
    assert hop.record.read_bytes().startswith(b"HTTP/1.1 200 OK\r\n") and hop.record.read_bytes().endswith(
        b"<p>hello"
    )
    assert hop.started_at.tzinfo and hop.started_at <= hop.ended_at
    assert hop.request.read_bytes() == net.server.requests[0]


def test_d15_the_target_sees_nothing_of_us_but_the_chosen_agent(serve, tmp_path):
    net = serve(answer(b"", "302 Found", Location="http://other.example/", Set_Cookie="a=b"))
    with pytest.raises(FetchFailed):
        fetch("http://news.example/", tmp_path, policy=Policy(user_agent="Desk/1"), net=net)
    names = {line.split(b":")[0] for line in net.server.requests[1].split(b"\r\n")[1:] if line}
    assert names == {b"Host", b"User-Agent", b"Accept", b"Accept-Language", b"Accept-Encoding", b"Connection"}
    assert b"User-Agent: Desk/1\r\n" in net.server.requests[1]


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "64:ff9b::7f00:1"]
)
def test_d1_d2_d3_a_name_of_a_private_address_is_refused_without_a_connection(serve, tmp_path, address):
    net = serve(answer(), names={"inside.example": [address]})
    with pytest.raises(Refused):
        fetch("http://inside.example/", tmp_path, net=net)
    assert net.dialled == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://169.254.169.254/",
        "http://0.0.0.0/",
        "http://127.0.0.1:8080/",
    ],
)
def test_d1_with_the_systems_own_resolver_loopback_is_refused(tmp_path, url):
    with pytest.raises(Refused):
        fetch(url, tmp_path, net=Net())


def test_d1_our_own_public_name_is_refused(serve, tmp_path):
    net = serve(answer())
    with pytest.raises(Refused):
        fetch(
            "http://desk.example/",
            tmp_path,
            policy=Policy(refused_hosts=frozenset({"desk.example"})),
            net=net,
        )
    assert net.dialled == []


class Unreachable(TestNet):
    def dial(self, address, port, timeout):
        self.dialled.append((address, port))
        raise ConnectionRefusedError


def test_d5_rebinding_between_lookup_and_connection_reaches_nothing(serve, tmp_path):
    """200 rounds: public at the first lookup, loopback at each later one. We look up once and go where we looked."""
    for _ in range(200):
        net = Unreachable(None, names={"re.example": lambda n: [PUBLIC] if n == 1 else ["127.0.0.1"]})
        with pytest.raises(FetchFailed):
            fetch("http://re.example/", tmp_path, net=net)
        assert net.dialled == [(PUBLIC, 80)] and net.lookups == ["re.example"]


@pytest.mark.parametrize(
    "answers", [[PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC], [PUBLIC, "fd00::1"], ["::1", PUBLIC]]
)
def test_d5_one_private_answer_among_public_ones_refuses_all(serve, tmp_path, answers):
    net = serve(answer(), names={"both.example": answers})
    with pytest.raises(Refused):
        fetch("http://both.example/", tmp_path, net=net)
    assert net.dialled == []


def test_d5_a_connection_that_ended_elsewhere_is_dropped_before_a_byte_is_sent(serve, tmp_path):
    net = serve(answer())
    net.peer = lambda sock: "127.0.0.1"
    with pytest.raises(Refused):
        fetch("http://news.example/", tmp_path, net=net)
    assert net.server.requests == []


@pytest.mark.parametrize(
    "status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"]
)
@pytest.mark.parametrize(
    "to", ["http://inside.example/", "http://10.0.0.1/", "http://[::1]/", "//169.254.169.254/x"]
)
def test_d6_a_redirect_to_a_private_address_is_refused_at_that_hop(serve, tmp_path, status, to):
    net = serve(answer(b"", status, Location=to), names={"inside.example": ["192.168.0.1"]})
    with pytest.raises(Refused):
        fetch("http://news.example/", tmp_path, net=net)
    assert net.dialled == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "to",
    [
        "file:///etc/passwd",
        "gopher://x.example/",
        "http://x.example:22/",
        "http://a@127.0.0.1/",
        "http://0x7f.1/",
    ],
)
def test_d6_a_redirect_to_another_scheme_or_port_is_refused(serve, tmp_path, to):
    net = serve(answer(b"", "302 Found", Location=to))
    with pytest.raises(BadUrl):
        fetch("http://news.example/", tmp_path, net=net)


def test_d6_a_name_that_turns_private_between_hops_is_refused(serve, tmp_path):
    names = {"news.example": lambda n: [PUBLIC] if n == 1 else ["127.0.0.1"]}
    net = serve(answer(b"", "302 Found", Location="/next"), names=names)
    with pytest.raises(Refused):
        fetch("http://news.example/", tmp_path, net=net)
    assert len(net.dialled) == 1


def test_d6_five_redirects_are_followed_and_no_more(serve, tmp_path):
    def say(head, sock):
        n = int(head.split(b" ")[1].strip(b"/") or 0)
        answer(b"", "302 Found", Location=f"/{n + 1}")(head, sock) if n < 5 else answer(b"there")(head, sock)

    assert len(fetch("http://news.example/0", tmp_path, net=serve(say)).hops) == 6
    net = serve(answer(b"", "302 Found", Location="/loop"))
    with pytest.raises(FetchFailed) as failed:
        fetch("http://news.example/", tmp_path, net=net)
    assert code_of(failed) == "too-many-redirects" and len(net.dialled) == 6


@pytest.mark.parametrize("extra", [{"Refresh": "0; url=http://10.0.0.1/"}, {}])
def test_d6_refresh_headers_and_meta_refresh_are_not_followed(serve, tmp_path, extra):
    net = serve(answer(b'<meta http-equiv=refresh content="0;url=http://10.0.0.1/">', **extra))
    assert len(fetch("http://news.example/", tmp_path, net=net).hops) == 1
    assert net.dialled == [(PUBLIC, 80)]


def forever(first, piece, wait=0.0):
    def say(head, sock):
        sock.sendall(first)
        while True:
            sock.sendall(piece)
            time.sleep(wait)

    return say


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("say", "code"),
    [
        (forever(OK + b"\r\n", b"x" * 65536), "too-large"),
        (forever(OK + b"Content-Length: 10000000000\r\n\r\n", b"x" * 65536), "too-large"),
        (forever(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"x" * 65536 + b"\r\n"), "too-large"),
        (forever(OK + b"\r\n", b"x", 0.2), "too-slow"),
        (forever(OK + b"\r\n", b"x", 5), "too-slow"),
        (forever(OK, b"X-Header: y\r\n", 0.0), "headers-too-large"),
        (forever(OK, b"X-Header: y\r\n", 0.3), "too-slow"),
        (forever(OK + b"X: ", b"y" * 1000), "headers-too-large"),
        (forever(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "headers-too-large"),
        (lambda head, sock: time.sleep(5), "too-slow"),
        (lambda head, sock: sock.sendall(b"SSH-2.0-x\r\n"), "bad-answer"),
        (lambda head, sock: sock.sendall(b"HTTP/1.1 abc\r\n\r\n"), "bad-answer"),
        (lambda head, sock: None, "bad-answer"),
    ],
)  # fmt: skip
def test_d8_servers_that_never_end_are_cut(serve, tmp_path, say, code):
    start = time.monotonic()
    with pytest.raises(FetchFailed) as failed:
        fetch("http://news.example/", tmp_path, policy=SHORT, net=serve(say))
    assert code_of(failed) == code and time.monotonic() - start < 10
    assert sum(f.stat().st_size for f in tmp_path.iterdir()) < 3_000_000


def test_d8_a_lying_length_is_a_finding_and_what_came_is_kept(serve, tmp_path):
    got = fetch("http://news.example/", tmp_path, net=serve(answer(b"half", Content_Length="1000")))
    assert got.findings == ("incomplete-body",) and not got.answer.complete
    assert got.body.read_bytes() == b"half"


BOMB = gzip.compress(b"\0" * 30_000_000)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [(BOMB, "gzip"), (zlib.compress(b"\0" * 30_000_000), "deflate"), (gzip.compress(BOMB), "gzip, gzip")],
)
def test_d9_inflated_bytes_count_and_memory_stays_flat(serve, tmp_path, data, encoding):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(FetchFailed) as failed:
        fetch(
            "http://news.example/", tmp_path, policy=SHORT, net=serve(answer(data, Content_Encoding=encoding))
        )
    assert code_of(failed) == "too-large"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30 * 1024
    assert (tmp_path / "body").stat().st_size <= 1_000_000


def test_d9_a_good_encoding_is_undone_and_the_record_keeps_it(serve, tmp_path):
    packed = gzip.compress(b"hello")
    got = fetch("http://news.example/", tmp_path, net=serve(answer(packed, Content_Encoding="gzip")))
    assert got.body.read_bytes() == b"hello" and got.hops[0].record.read_bytes().endswith(packed)


@pytest.mark.parametrize(
    ("data", "encoding", "finding"),
    [(b"junk", "gzip", "undecodable-body"), (b"junk", "br", "unknown-encoding")],
)
def test_an_encoding_we_cannot_undo_is_a_finding(serve, tmp_path, data, encoding, finding):
    got = fetch("http://news.example/", tmp_path, net=serve(answer(data, Content_Encoding=encoding)))
    assert got.findings == (finding,)


ROOT_PEM, _, ROOT = certificate("Test Root")


@pytest.mark.parametrize(
    ("name", "days", "issuer", "findings"),
    [
        ("news.example", 30, ROOT, ()),
        ("news.example", -1, ROOT, ("tls-expired",)),
        ("other.example", 30, ROOT, ("tls-wrong-name",)),
        ("news.example", 30, None, ("tls-self-signed",)),
    ],
)
def test_d10_a_bad_certificate_is_a_finding_and_never_silent(serve, tmp_path, name, days, issuer, findings):
    pem, key, _ = certificate(name, days=days, issuer=issuer)
    net = serve(answer(b"secret"), tls=tls_context(tmp_path, pem, key), trusted=ROOT_PEM)
    got = fetch("https://news.example/", tmp_path, net=net)
    assert got.findings == findings == got.hops[0].certificate.findings
    assert got.hops[0].certificate.pem.strip() == pem.strip() and got.body.read_bytes() == b"secret"
    assert net.dialled[0] == (PUBLIC, 443)


def test_d10_policy_may_refuse_a_bad_certificate(serve, tmp_path):
    pem, key, _ = certificate("news.example")
    net = serve(answer(b"secret"), tls=tls_context(tmp_path, pem, key), trusted=ROOT_PEM)
    with pytest.raises(FetchFailed) as failed:
        fetch("https://news.example/", tmp_path, policy=Policy(accept_bad_tls=False), net=net)
    assert failed.value.code == "tls-failed" and net.server.requests == []


def test_d6_a_fall_from_https_to_http_is_a_finding(serve, tmp_path):
    pem, key, _ = certificate("news.example", issuer=ROOT)
    plain = serve(answer(b"plain"))
    net = serve(
        answer(b"", "302 Found", Location="http://plain.example/"),
        tls=tls_context(tmp_path, pem, key),
        trusted=ROOT_PEM,
    )
    over_tls = net.dial
    net.dial = lambda address, port, timeout: (over_tls if port == 443 else plain.dial)(
        address, port, timeout
    )
    net.peers = plain.peers = {}
    assert fetch("https://news.example/", tmp_path, net=net).findings == ("downgraded",)


def test_d14_refusals_are_the_same_whatever_is_behind(serve, tmp_path):
    """A listening port, a closed one and a name that does not exist."""
    with socket.create_server(("127.0.0.1", 0)):
        said, took = set(), []
        for names in (
            {"a.example": ["127.0.0.1"]},
            {"a.example": ["127.0.0.2"]},
            {"a.example": ["10.9.9.9"]},
            {"a.example": []},
        ):
            tries = []
            for _ in range(5):  # the quickest of five: a busy machine delays any one of them
                start = time.monotonic()
                with pytest.raises(Refused) as refused:
                    fetch("http://a.example/", tmp_path, net=TestNet(None, names=names))
                tries.append(time.monotonic() - start)
            took.append(min(tries))
            said.add((refused.value.code, str(refused.value.facts), str(refused.value)))
    assert len(said) == 1 and max(took) - min(took) < 0.05


def test_d16_the_hook_per_host_is_asked_before_each_hop_and_may_refuse(serve, tmp_path):
    asked = []

    def before(host):
        asked.append(host)
        if len(asked) > 1:
            raise Conflict("busy")

    net = serve(answer(b"", "302 Found", Location="http://other.example/"))
    with pytest.raises(Conflict):
        fetch("http://news.example/", tmp_path, policy=Policy(before=before), net=net)
    assert asked == ["news.example", "other.example"] and len(net.dialled) == 1


def test_a_post_carries_its_body_and_follows_nothing(serve, tmp_path):
    net = serve(answer(b"", "302 Found", Location="/x"))
    got = fetch(
        "http://tsa.example/",
        tmp_path,
        method="POST",
        headers=[("Content-Type", "a/b")],
        body=b"12345",
        net=net,
    )
    assert got.answer.status == 302 and len(net.dialled) == 1
    assert b"Content-Length: 5\r\n" in net.server.requests[0]


def test_headers_of_the_caller_go_to_the_host_it_named_only(serve, tmp_path):
    def say(head, sock):
        to = {b"/": "/second", b"/second": "http://other.example/third"}.get(head.split(b" ")[1])
        answer(b"", "302 Found", Location=to)(head, sock) if to else answer(b"")(head, sock)

    net = serve(say)
    fetch("http://news.example/", tmp_path, headers=[("Authorization", "key"), ("Accept", "a/b")], net=net)
    assert [b"Authorization: key" in head for head in net.server.requests] == [True, True, False]
    assert net.server.requests[0].count(b"Accept: ") == 1


def test_headers_of_the_caller_cannot_break_out(serve, tmp_path):
    with pytest.raises(FetchFailed):
        fetch("http://news.example/", tmp_path, headers=[("X", "a\r\nHost: evil")], net=serve(answer()))


def test_an_operators_proxy_gets_the_checked_address_and_resolves_nothing(tmp_path):
    def say(head, sock):
        sock.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        sock.recv(4096)
        answer(b"through")(head, sock)

    proxy = Server(say)
    net = Net(proxy=f"http://127.0.0.1:{proxy.port}")
    net.resolve = lambda host: [PUBLIC]
    assert fetch("http://news.example/", tmp_path, net=net).body.read_bytes() == b"through"
    assert proxy.requests[0].startswith(f"CONNECT {PUBLIC}:80 HTTP/1.1".encode())
    with pytest.raises(Refused):
        fetch("http://127.0.0.1/", tmp_path, net=net)
    proxy.close()
