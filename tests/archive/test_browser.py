import shutil
import socket
import threading
import time

import pytest
from PIL import Image

from claims.archive import chrome
from claims.archive.browser import NoBrowser, see
from claims.archive.gateway import Gateway
from tests.archive.hostile import PUBLIC, Server, TestNet, answer

CHROMIUM = chrome.found()
needs_browser = pytest.mark.skipif(not CHROMIUM, reason="no Chromium installed")


class Canary:
    """Listens on loopback and counts who comes."""

    def __init__(self):
        self.hits = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self):
        while True:
            try:
                self.listener.accept()[0].close()
            except OSError:
                return
            self.hits += 1


@pytest.fixture
def canary():
    made = Canary()
    yield made
    made.listener.shutdown(socket.SHUT_RDWR)
    made.listener.close()


@pytest.fixture
def page_of():
    started = []

    def start(body, **names):
        def say(head, sock):
            answer(body() if callable(body) else body)(head, sock)

        started.append(Server(say))
        return TestNet(started[-1], names=names.get("names"))

    yield start
    for server in started:
        server.close()


@needs_browser
@pytest.mark.slow
def test_a_page_is_kept_as_picture_pdf_and_one_file(page_of, tmp_path):
    net = page_of(
        "<html dir=rtl><body style='background:#fff'><h1>خبر</h1><div style='height:3000px'></div>آخر".encode()
    )
    seen = see("http://news.example/a", tmp_path, net=net)
    assert set(seen.files) == {"screenshot", "pdf", "mhtml"} and seen.failed == {} and seen.settled
    with Image.open(seen.files["screenshot"]) as picture:
        assert picture.width == 1280 and picture.height > 3000
    assert (
        seen.files["pdf"].read_bytes().startswith(b"%PDF")
        and b"multipart/related" in seen.files["mhtml"].read_bytes()
    )
    assert {address for address, _ in net.dialled} == {PUBLIC} and set(net.lookups) == {"news.example"}


HOSTILE = """<html><head><link rel=dns-prefetch href=//inside.example><link rel=prefetch href=http://127.0.0.1:PORT/p>
<link rel=preconnect href=http://127.0.0.1:PORT><meta http-equiv=refresh content="1;url=http://127.0.0.1:PORT/m"></head><body>
<img src=http://127.0.0.1:PORT/i><img src=http://localhost:PORT/l><img src=http://[::1]:PORT/6><img src=http://2130706433:PORT/>
<iframe src=http://127.0.0.1:PORT/f></iframe><iframe src=file:///etc/passwd></iframe><img src=http://inside.example/x>
<script>fetch('http://127.0.0.1:PORT/j',{mode:'no-cors'}).catch(()=>0);new WebSocket('ws://127.0.0.1:PORT/w');
navigator.sendBeacon('http://127.0.0.1:PORT/b');new EventSource('http://localhost:PORT/e');
const turn={urls:'turn:127.0.0.1:PORT?transport=tcp',username:'a',credential:'b'};
const c=new RTCPeerConnection({iceServers:[{urls:'stun:127.0.0.1:PORT'},turn]});
c.createDataChannel('x');c.createOffer().then(o=>c.setLocalDescription(o));alert(1);
if(navigator.serviceWorker)navigator.serviceWorker.register('/sw.js').catch(()=>0);window.open('http://127.0.0.1:PORT/o')</script>"""


@needs_browser
@pytest.mark.slow
def test_d12_a_page_in_the_browser_reaches_nothing_of_ours(page_of, canary, tmp_path):
    net = page_of(HOSTILE.replace("PORT", str(canary.port)).encode(), names={"inside.example": ["10.0.0.7"]})
    seen = see("http://news.example/", tmp_path, net=net, seconds=30)
    assert canary.hits == 0 and {address for address, _ in net.dialled} == {PUBLIC}
    assert "inside.example" in seen.refused_hosts
    assert b"root:" not in b"".join(f.read_bytes() for f in seen.files.values())


@needs_browser
@pytest.mark.slow
def test_a_page_that_never_ends_is_kept_as_far_as_it_came(tmp_path):
    def say(head, sock):
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>start")
        with_end = time.monotonic() + 30
        while time.monotonic() < with_end:
            sock.sendall(b"<p>more")
            time.sleep(0.2)

    server = Server(say)
    start = time.monotonic()
    seen = see("http://news.example/", tmp_path, net=TestNet(server), seconds=16)
    assert time.monotonic() - start < 25 and not seen.settled
    server.close()


@needs_browser
@pytest.mark.slow
def test_no_browser_and_no_profile_is_left_behind(page_of, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with (
        pytest.raises(chrome.BrowserFailed),
        chrome.running(CHROMIUM, "http://127.0.0.1:1", accept_bad_tls=False, seconds=20) as page,
    ):
        process = page._process
        page.go("http://news.example/", load_seconds=3, settle_seconds=0.1)
    assert process.poll() is not None and list(tmp_path.iterdir()) == []


def test_without_a_browser_the_capture_is_told_so(tmp_path):
    with pytest.raises(NoBrowser):
        see("http://news.example/", tmp_path, program="off")
    with pytest.raises(NoBrowser):
        see("http://news.example/", tmp_path, program="/no/such/browser")
    assert chrome.found("off") is None and chrome.found(shutil.which("sh")) == shutil.which("sh")


def through(gateway, head):
    with socket.create_connection(("127.0.0.1", int(gateway.address.rpartition(":")[2])), 5) as sock:
        sock.sendall(head)
        said = b""
        while piece := sock.recv(4096):
            said += piece
        return said


@pytest.mark.parametrize(
    "where",
    ["127.0.0.1:80", "localhost:443", "[::1]:443", "10.0.0.1:443", "inside.example:443", "news.example:22",
     "news.example:6379", "a@127.0.0.1:80", "0x7f.1:80", "169.254.169.254:80", "", "desk.example:443"],
)  # fmt: skip
def test_d12_the_gateway_opens_no_tunnel_to_what_the_fetcher_would_refuse(page_of, where):
    net = page_of(b"x", names={"inside.example": ["192.168.1.1"], "localhost": ["127.0.0.1"]})
    with Gateway(net, refused_hosts=frozenset({"desk.example"})) as gateway:
        said = through(gateway, f"CONNECT {where} HTTP/1.1\r\n\r\n".encode())
    assert said.startswith(b"HTTP/1.1 403") and net.dialled == [] and gateway.traffic.passed == []


def test_the_gateway_forwards_a_plain_request_without_what_is_meant_for_it(page_of):
    net = page_of(b"hello")
    with Gateway(net) as gateway:
        said = through(
            gateway,
            b"GET http://news.example/a?b HTTP/1.1\r\nHost: news.example\r\nProxy-Connection: keep-alive\r\n\r\n",
        )
    assert said.endswith(b"hello") and net.dialled == [(PUBLIC, 80)]
    assert net.server.requests[0].startswith(b"GET /a?b HTTP/1.1\r\nConnection: close\r\nHost: news.example")
    assert b"Proxy" not in net.server.requests[0]


def test_d5_a_name_is_looked_up_once_for_the_whole_page(page_of):
    net = page_of(b"x", names={"re.example": lambda n: [PUBLIC] if n == 1 else ["127.0.0.1"]})
    with Gateway(net) as gateway:
        for _ in range(3):
            assert through(gateway, b"GET http://re.example/ HTTP/1.1\r\nHost: re.example\r\n\r\n").endswith(
                b"x"
            )
    assert net.lookups == ["re.example"]


@pytest.mark.parametrize(
    "head",
    [
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"\xff\xfe\r\n\r\n",
        b"GET file:///etc/passwd HTTP/1.1\r\n\r\n",
    ],
)
def test_the_gateway_refuses_what_is_no_request(page_of, head):
    net = page_of(b"x")
    with Gateway(net) as gateway:
        assert through(gateway, head).startswith(b"HTTP/1.1 403") and net.dialled == []
