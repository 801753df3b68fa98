import pytest

from claims.errors import Invalid
from claims.media.article import language_of
from claims.media.sandbox import run

PARAGRAPH = (
    "قالت مصادر محلية إن طائرات مجهولة قصفت مواقع في محيط حقل العمر شرقي دير الزور مساء السبت، "
    "ما أدى إلى مقتل خمسة أشخاص. "
)
PAGE = f"""<!DOCTYPE html><html lang=ar><head><meta charset="CHARSET"><title>قصف قرب حقل العمر</title>
<meta property="og:image" content="/top.jpg"><meta name="author" content="أحمد المراسل">
<meta property="article:published_time" content="2018-01-13T22:10:00+03:00">
<base href="/2018/"></head><body><nav>رئيسية</nav><article><h1>قصف قرب حقل العمر</h1>
<p>{PARAGRAPH * 3}</p><p>{PARAGRAPH * 2}</p><img src="a.jpg"><img src="data:image/png;base64,x"><img src="a.jpg">
<video src="//cdn.example/v.mp4" poster="p.jpg"></video><img src="javascript:x"><img src="http://[bad"></article>
<script>alert(1)</script></body></html>"""


def read(tmp_path, page, **more):
    path = tmp_path / "page"
    path.write_bytes(page)
    return run("article", path, url="https://news.example/2018/x.html", **more)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_text_title_author_and_date_of_an_arabic_page(tmp_path, charset):
    got = read(tmp_path, PAGE.replace("CHARSET", charset).encode(charset))
    assert got["title"] == "قصف قرب حقل العمر" and got["author"] == "أحمد المراسل"
    assert got["published_on"] == "2018-01-13" and got["language"] == "ar"
    assert "حقل العمر شرقي دير الزور" in got["text"] and "alert" not in got["text"]


def test_the_servers_charset_comes_first_and_a_wrong_one_does_no_harm(tmp_path):
    page = PAGE.replace('<meta charset="CHARSET">', "").encode("windows-1256")
    assert "حقل العمر" in read(tmp_path, page, charset="windows-1256")["text"]
    assert "حقل العمر" in read(tmp_path, page, charset="no-such")["text"]


def test_media_are_absolute_and_only_of_the_web(tmp_path):
    media = read(tmp_path, PAGE.replace("CHARSET", "utf-8").encode())["media"]
    assert media[0] == "https://news.example/top.jpg"
    assert set(media[1:]) == {f"https://news.example/2018/{n}" for n in ("a.jpg", "p.jpg")} | {
        "https://cdn.example/v.mp4"
    }


@pytest.mark.parametrize("page", [b"", b"   ", b"\0\0"])
def test_an_empty_page_is_refused(tmp_path, page):
    with pytest.raises(Invalid) as refused:
        read(tmp_path, page)
    assert refused.value.code == "no-article"


@pytest.mark.parametrize(
    "page",
    [
        b"<" * 20000,
        b"<div>" * 5000 + b"x",
        b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><html>&a;</html>",
        "\ud7ff".encode() * 50,
    ],
)
def test_d13_odd_markup_is_read_or_refused_and_reaches_nothing(tmp_path, page):
    try:
        got = read(tmp_path, page)
    except Invalid:
        return
    assert "root:" not in got["text"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("قال المصدر", "ar"),
        ("the source said", "en"),
        ("123 ...", ""),
        ("قال CENTCOM إن", "en"),
        ("قال CNN إن المصدر", "ar"),
    ],
)
def test_the_language_is_that_of_most_letters(text, language):
    assert language_of(text) == language
