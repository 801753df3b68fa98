from functools import partial

import pytest

from claims.archive.watch import look, text_hash
from claims.media import sandbox
from tests.archive.hostile import Server, TestNet, answer

TEXT = "قالت مصادر محلية إن طائرات مجهولة قصفت مواقع في محيط حقل العمر شرقي دير الزور مساء السبت. " * 20


def page(text, title="خبر"):
    return answer(f"<html><head><title>{title}</title></head><body><article><p>{text}</p></article>".encode())


def seen(say, tmp_path, url="http://news.example/2018/x", **before):
    server = Server(say)
    (tmp_path / "f").mkdir(exist_ok=True)
    try:
        return look(url, tmp_path / "f", net=TestNet(server, names={"dead.example": []}), **before)
    finally:
        server.close()


def test_a_page_that_is_the_same_is_alive_and_one_that_differs_is_changed(tmp_path):
    first = seen(page(TEXT), tmp_path)
    assert first.state == "alive" and first.text_sha256
    assert (
        seen(page("\n " + TEXT.replace(" ", "  ")), tmp_path, text_sha256=first.text_sha256).state == "alive"
    )
    assert (
        seen(page(TEXT + "وأضافت أن ستة قتلوا."), tmp_path, text_sha256=first.text_sha256).state == "changed"
    )


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("404 Not Found", "gone"),
        ("410 Gone", "gone"),
        ("451 No", "gone"),
        ("500 Oops", "unreachable"),
        ("403 No", "unreachable"),
    ],
)
def test_the_status_says_gone_or_not_now(tmp_path, status, state):
    assert seen(answer(b"x", status), tmp_path).state == state


@pytest.mark.parametrize(
    "say",
    [
        page("عذراً، الصفحة التي تبحث عنها غير موجودة"),
        page("تم حذف هذا المنشور من قبل صاحبه"),
        page("This video is unavailable"),
        page("Sorry, this page does not exist."),
        page(TEXT, title="404 - الصفحة غير موجودة"),
        page("لم يتم العثور على المحتوى المطلوب"),
    ],
)
def test_a_page_that_says_it_is_gone_is_soft_gone(tmp_path, say):
    assert seen(say, tmp_path).state == "soft-gone"


@pytest.mark.parametrize("text", [TEXT, TEXT + "وقال إن الفيديو غير متاح على المنصة. " + TEXT])
def test_a_long_article_that_mentions_such_words_is_not(tmp_path, text):
    assert seen(page(text), tmp_path).state == "alive"


@pytest.mark.parametrize(
    ("to", "state"),
    [
        ("/", "soft-gone"),
        ("/ar", "soft-gone"),
        ("/2018/other", "redirected"),
        ("http://www.news.example/2018/x/", "alive"),
    ],
)
def test_where_a_redirect_leads_decides(tmp_path, to, state):
    def say(head, sock):
        redirects = head.startswith(b"GET /2018/x ") and b"Host: news.example" in head
        (answer(b"", "301 Moved", Location=to) if redirects else page(TEXT))(head, sock)

    assert seen(say, tmp_path).state == state


@pytest.mark.parametrize(
    "brief",
    [
        "The mayor has been removed from office, the council said on Sunday.",
        "Aid workers counted 404 families on the road to Hasaka.",
        "قال الدفاع المدني إن الخبر غير موجود على صفحته.",
    ],
)
def test_a_brief_report_that_uses_such_words_is_alive_while_it_stands_as_it_was_captured(tmp_path, brief):
    known = seen(page(brief), tmp_path).text_sha256
    assert seen(page(brief), tmp_path, text_sha256=known).state == "alive"
    other = text_hash("What stood there before.")
    assert seen(page(brief), tmp_path, text_sha256=other).state == "soft-gone"


def test_a_page_that_the_reader_dies_of_is_not_told_as_changed(tmp_path, monkeypatch):
    known = seen(page(TEXT), tmp_path).text_sha256
    monkeypatch.setattr(sandbox, "Limits", partial(sandbox.Limits, seconds=0.01))
    now = seen(page(TEXT), tmp_path, text_sha256=known)
    assert (now.state, now.reason) == ("unreachable", "parser-died")


def test_a_name_that_leads_nowhere_and_a_dead_server_are_not_reached_now(tmp_path):
    lost = seen(page(TEXT), tmp_path, "http://dead.example/")
    assert (lost.state, lost.reason) == ("unreachable", "address-refused")
    assert seen(lambda head, sock: None, tmp_path).state == "unreachable"


def test_a_file_is_compared_by_its_bytes(tmp_path):
    first = seen(answer(b"%PDF-1.4 a", Content_Type="application/pdf"), tmp_path)
    again = seen(
        answer(b"%PDF-1.4 b", Content_Type="application/pdf"), tmp_path, text_sha256=first.text_sha256
    )
    assert (first.state, again.state) == ("alive", "changed")


def test_layout_is_no_change():
    assert text_hash("a  b\n c") == text_hash("a b c") != text_hash("a b d")
