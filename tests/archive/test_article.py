from claims.archive import article
from claims.archive.article import article_of
from claims.media.sandbox import Limits

TEXT = "قالت مصادر محلية إن طائرات مجهولة قصفت مواقع في محيط حقل العمر شرقي دير الزور مساء السبت. " * 8
PAGE = f"""<html><head><meta charset=windows-1256><title>قصف في محيط العمر</title>
<meta property="article:published_time" content="2022-10-16T08:00:00Z"></head>
<body><article><h1>قصف في محيط العمر</h1><p>{TEXT}</p></article></body></html>""".encode("windows-1256")


def test_a_saved_page_gives_its_text_and_its_facts():
    found = article_of(PAGE)
    assert "حقل العمر" in found.text and found.title == "قصف في محيط العمر"
    assert found.published_on.isoformat() == "2022-10-16"


def test_a_page_without_text_is_none():
    assert article_of(b"<html><body></body></html>") is None


def test_c17_a_page_is_read_apart_so_that_one_the_reader_dies_of_ends_nothing_else(monkeypatch):
    monkeypatch.setattr(article, "LIMITS", Limits(seconds=0.01))
    assert article_of(PAGE) is None


def test_c17_markup_nested_without_end_is_no_article():
    assert article_of(b"<html><body>" + b"<div><b>" * 100_000) is None
