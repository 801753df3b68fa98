import io
import socket

import pytest
from PIL import Image
from warcio.archiveiterator import ArchiveIterator

from claims.archive import chrome
from claims.archive.capture import Options, capture
from claims.archive.fetch import Policy
from claims.archive.post import open_views, platform_of
from claims.archive.wire import Limits
from tests.archive.hostile import PUBLIC, Server, TestNet, answer, certificate, tls_context
from tests.media.make import saved, scene

PICTURE = saved(scene(1))
PARAGRAPH = (
    "قالت مصادر محلية إن طائرات مجهولة قصفت مواقع في محيط حقل العمر شرقي دير الزور، ما أدى إلى مقتل خمسة. "
    * 3
)
PAGE = f"""<html><head><title>قصف</title><meta property=og:image content=/top.jpg></head>
<body><article><h1>قصف</h1><p>{PARAGRAPH}</p><img src=/missing.jpg><img src=http://inside.example/x.jpg>
<img src=/page.jpg><img src=/big.jpg></article></body></html>""".encode()
QUICK = Options(with_browser=False, policy=Policy(limits=Limits(seconds=5, idle_seconds=2)))
PATHS = {
    b"/a": answer(PAGE),
    b"/top.jpg": answer(PICTURE, Content_Type="image/jpeg"),
    b"/missing.jpg": answer(b"no", "404 Not Found"),
    b"/page.jpg": answer(b"<html>not a picture", Content_Type="image/jpeg"),
    b"/big.jpg": answer(b"", Content_Length=str(10**9), Content_Type="image/jpeg"),
    b"/file.pdf": answer(b"%PDF-1.4\n%%EOF\n", Content_Type="application/pdf"),
    b"/empty": answer(b""),
    b"/old": answer(b"", "302 Found", Location="/a"),
    b"/gone": answer(b"<h1>gone", "410 Gone"),
    b"/out": answer(b"", "302 Found", Location="http://127.0.0.1/"),
}


@pytest.fixture
def net():
    server = Server(lambda head, sock: PATHS.get(head.split(b" ")[1], answer(b"", "404 No"))(head, sock))
    yield TestNet(server, names={"inside.example": ["10.0.0.1"], "nowhere.example": []})
    server.close()


def steps(captured, name=None):
    return [(s.name, s.state, s.reason) for s in captured.steps if name in (None, s.name)]


def test_a_page_becomes_body_text_media_and_exchange(net, tmp_path):
    seen = []
    got = capture("http://news.example/a", tmp_path, options=QUICK, net=net, progress=seen.append)
    assert [p.what for p in got.parts] == ["body", "text", "media", "exchange"] and seen == got.steps
    assert (got.title, got.language, got.status) == ("قصف", "ar", 200) and "حقل العمر" in got.parts[
        1
    ].path.read_text()
    assert got.parts[2].path.read_bytes() == PICTURE and got.parts[2].media_type == "image/jpeg"
    with got.parts[3].path.open("rb") as file:
        urls = [r.rec_headers["WARC-Target-URI"] for r in ArchiveIterator(file) if r.rec_type == "response"]
    assert urls == [f"http://news.example/{n}" for n in ("a", "top.jpg", "missing.jpg", "page.jpg")]


def test_what_could_not_be_had_is_logged_and_the_rest_is_kept(net, tmp_path):
    got = capture("http://news.example/a", tmp_path, options=QUICK, net=net)
    assert got.state == "partial" and steps(got, "fetch") == [("fetch", "ok", "")]
    assert {reason for _, _, reason in steps(got, "media")} == {
        "",
        "not-found",
        "address-refused",
        "too-large",
    }
    assert all(s.started_at <= s.ended_at and s.started_at.tzinfo for s in got.steps)
    assert {address for address, _ in net.dialled} == {PUBLIC}


def test_redirects_and_headers_are_kept_as_facts(net, tmp_path):
    got = capture("http://news.example/old", tmp_path, options=QUICK, net=net)
    assert got.final_url == "http://news.example/a" and [h["status"] for h in got.hops] == [302, 200]
    assert ["Location", "/a"] in got.hops[0]["headers"] and got.hops[0]["address"] == PUBLIC


def test_a_file_is_captured_as_it_is(net, tmp_path):
    got = capture("http://news.example/file.pdf", tmp_path, options=QUICK, net=net)
    assert [(p.what, p.kind) for p in got.parts] == [("body", "pdf"), ("exchange", "other")]
    assert got.state == "complete" and steps(got) == [("fetch", "ok", ""), ("exchange", "ok", "")]


def test_a_page_that_is_gone_is_captured_with_its_status(net, tmp_path):
    got = capture("http://news.example/gone", tmp_path, options=QUICK, net=net)
    assert got.status == 410 and got.state != "failed"


def test_an_empty_answer_is_an_exchange_and_a_finding(net, tmp_path):
    got = capture("http://news.example/empty", tmp_path, options=QUICK, net=net)
    assert [p.what for p in got.parts] == ["exchange"] and "empty-body" in got.findings


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://inside.example/", "address-refused"),
        ("http://nowhere.example/", "address-refused"),
        ("http://127.0.0.1/", "address-refused"),
        ("http://news.example/out", "address-refused"),
        ("file:///etc/passwd", "bad-url"),
        ("", "bad-url"),
    ],
)
def test_an_address_that_gives_nothing_is_a_failure_with_its_reason(net, tmp_path, url, reason):
    got = capture(url, tmp_path, options=QUICK, net=net)
    assert (got.state, got.parts) == ("failed", []) and steps(got) == [("fetch", "failed", reason)]


def test_d8_a_server_that_never_answers_is_a_failure_with_its_reason(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        net = TestNet(type("S", (), {"port": silent.getsockname()[1]}))
        options = Options(with_browser=False, policy=Policy(limits=Limits(seconds=1, idle_seconds=0.5)))
        got = capture("http://news.example/", tmp_path, options=options, net=net)
    assert steps(got) == [("fetch", "failed", "too-slow")]


def test_without_a_browser_the_step_is_skipped_and_nothing_is_missing(net, tmp_path):
    got = capture(
        "http://news.example/gone", tmp_path, options=Options(program="off", policy=QUICK.policy), net=net
    )
    assert ("browser", "skipped", "no-browser") in steps(got) and got.state == "complete"


@pytest.mark.slow
@pytest.mark.skipif(not chrome.found(), reason="no Chromium installed")
def test_with_a_browser_the_page_is_kept_as_it_looked(net, tmp_path):
    got = capture(
        "http://news.example/a", tmp_path, options=Options(policy=QUICK.policy, browser_seconds=30), net=net
    )
    kinds = {p.what: p.kind for p in got.parts}
    assert (kinds["screenshot"], kinds["pdf"], kinds["mhtml"]) == ("image", "pdf", "other")
    assert set(net.lookups) == {"news.example", "inside.example"}  # the browser calls nobody by itself
    picture = next(p.path for p in got.parts if p.what == "screenshot")
    assert Image.open(io.BytesIO(picture.read_bytes())).width == 1280


@pytest.mark.parametrize(
    ("url", "platform", "views"),
    [
        ("https://t.me/s/chan/12", "telegram", ["https://t.me/chan/12?embed=1&mode=tme"]),
        ("https://t.me/chan", "telegram", []),
        ("https://x.com/a/status/1", "x", ["https://publish.twitter.com/oembed?omit_script=1&dnt=1&url=https%3A%2F%2Fx.com%2Fa%2Fstatus%2F1"]),
        ("https://youtu.be/abc", "youtube", ["https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fyoutu.be%2Fabc"]),
        ("https://m.facebook.com/p/1", "facebook", []),
        ("https://notx.com/a/status/1", "", []),
        ("https://evil-t.me/chan/1", "", []),
    ],
)  # fmt: skip
def test_posts_are_known_by_their_host(url, platform, views):
    assert (platform_of(url), open_views(url)) == (platform, views)


def test_a_post_is_kept_in_its_other_open_form_too(tmp_path):
    root_pem, _, root = certificate("Test Root")
    pem, key, _ = certificate("t.me", issuer=root)

    def say(head, sock):
        answer(b"<p>the whole post" if b"embed=1" in head else b"<p>shell")(head, sock)

    server = Server(say, tls_context(tmp_path, pem, key))
    got = capture("https://t.me/chan/12", tmp_path, options=QUICK, net=TestNet(server, trusted=root_pem))
    server.close()
    views = [p for p in got.parts if p.what == "view"]
    assert got.platform == "telegram" and [p.url for p in views] == ["https://t.me/chan/12?embed=1&mode=tme"]
    assert views[0].path.read_bytes() == b"<p>the whole post" and got.findings == []
