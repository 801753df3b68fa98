"""What programs read: ClaimReview, feeds, sitemap, oEmbed, cards."""

import json
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from tests import make

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.mark.parametrize(("lang", "word"), [("ar", "غير متحقَّق منه"), ("en", "Unverified")])
def test_claimreview_of_one_verdict_in_the_language_asked_for(client, row, lang, word):
    answer = client.get(f"/verdicts/{row.slug}.json?lang={lang}")
    assert answer.headers["Content-Type"].startswith("application/ld+json")
    review = answer.json()
    assert (review["inLanguage"], review["reviewRating"]["alternateName"]) == (lang, word)
    assert review["url"].endswith(f"/{lang}/verdicts/{row.slug}/")


@pytest.mark.parametrize("stance", ["denies", "no_comment"])
def test_who_denies_a_claim_is_never_given_out_as_its_author(client, amal, basim, stance):
    claim = make.a_chain(amal, make.a_claim(amal), make.a_source(amal, "The ministry"), stance=stance)
    row = make.published(amal, basim, make.a_chain(amal, claim, make.a_source(amal, "Ayn al-Furat")))
    item = client.get(f"/verdicts/{row.slug}.json?lang=en").json()["itemReviewed"]
    assert item["author"]["name"] == "Ayn al-Furat"


def test_a_claim_nobody_known_makes_has_no_author(client, amal, basim):
    made = make.a_chain(amal, make.a_claim(amal), make.a_source(amal, "The ministry"), stance="denies")
    row = make.published(amal, basim, made)
    assert "author" not in client.get(f"/verdicts/{row.slug}.json?lang=en").json()["itemReviewed"]


def test_an_unknown_language_gets_the_first(client, row):
    assert client.get(f"/verdicts/{row.slug}.json?lang=xx").json()["inLanguage"] == "ar"


def test_the_feed_of_reviews_holds_them_all(client, amal, basim, row):
    make.published(amal, basim, make.a_checkable_claim(amal, "Another claim"))
    feed = client.get("/claimreview.json?lang=en").json()
    assert feed["@type"] == "DataFeed"
    assert [each["item"]["claimReviewed"] for each in feed["dataFeedElement"]] == [
        "Another claim",
        "Five blasts were heard.",
    ]


@pytest.mark.parametrize(
    "path", ["/claimreview.json", "/feed.atom", "/ar/feed.atom", "/sitemap.xml", "/robots.txt"]
)
def test_every_address_stands_before_anything_is_published(client, db, path):
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/verdicts/nothing.json",
        "/oembed?url=http://127.0.0.1:8000/en/verdicts/nothing/",
        "/en/verdicts/nothing/card.png",
    ],
)
def test_what_was_never_public_is_404(client, db, path):
    assert client.get(path).status_code == 404


def test_what_was_withdrawn_is_410_with_its_reason(client, amal, basim, row):
    paths = [f"/verdicts/{row.slug}.json", f"/oembed?url=http://127.0.0.1:8000/en/verdicts/{row.slug}/"]
    assert [client.get(path).status_code for path in paths] == [200, 200]
    make.withdrawn(amal, basim, row)
    answers = [client.get(path) for path in paths]
    assert [(each.status_code, each.json()["error"]["message"]) for each in answers] == [
        (410, "We had the wrong night.")
    ] * 2
    assert client.get("/claimreview.json").json()["dataFeedElement"] == []
    assert row.slug not in client.get("/sitemap.xml").content.decode()


def test_the_feed_has_one_entry_for_a_verdict_however_often_it_changed(client, amal, basim, row):
    make.corrected(amal, basim, row)
    feed = ElementTree.fromstring(client.get("/en/feed.atom").content)
    entries = feed.findall("a:entry", ATOM)
    assert len(entries) == 1
    assert "We had the wrong night." in entries[0].find("a:summary", ATOM).text


def test_a_withdrawal_reaches_those_who_follow_the_feed(client, amal, basim, row):
    make.withdrawn(amal, basim, row)
    shown = client.get("/en/feed.atom").content.decode()
    assert "Withdrawn" in shown and "Five blasts" not in shown


def test_signs_that_xml_cannot_hold_do_not_break_the_feed(client, amal, basim):
    make.published(amal, basim, make.a_checkable_claim(amal, "Bell \x07 and <b>bold</b> & more"))
    feed = ElementTree.fromstring(client.get("/en/feed.atom").content)
    assert "<b>bold</b> & more" in feed.find("a:entry/a:title", ATOM).text


def test_a_sentence_in_the_feed_is_never_taken_for_html(client, amal, basim):
    made = make.a_checkable_claim(amal, "Five blasts.")
    texts = {**make.TEXTS, "reason_en": "They wrote <img src=x> & five < six"}
    make.published(amal, basim, made, texts=texts)
    summary = ElementTree.fromstring(client.get("/en/feed.atom").content).find("a:entry/a:summary", ATOM)
    assert summary.get("type") == "html"
    assert summary.text == "They wrote &lt;img src=x&gt; &amp; five &lt; six"


def test_the_sitemap_names_each_page_in_each_language(client, row):
    found = ElementTree.fromstring(client.get("/sitemap.xml").content).findall("s:url", MAP)
    places = {each.find("s:loc", MAP).text: each for each in found}
    mine = next(each for place, each in places.items() if place.endswith(f"/ar/verdicts/{row.slug}/"))
    assert {link.get("hreflang") for link in mine.findall("x:link", MAP)} == {"ar", "en", "x-default"}
    assert any(place.endswith("/en/sources/oleg-yegorov/") for place in places)


def test_robots_are_kept_from_the_desk_and_shown_the_map(client, db):
    told = client.get("/robots.txt").content.decode()
    assert "Disallow: /desk/" in told and "/sitemap.xml" in told


def test_oembed_answers_for_our_own_addresses_only(client, row):
    answer = client.get(f"/oembed?url=http://127.0.0.1:8000/en/verdicts/{row.slug}/").json()
    assert answer["title"] == "Unverified: Five blasts were heard."
    for url in (
        "http://evil.example/en/verdicts/x/",
        "",
        "http://127.0.0.1:8000/desk/",
        "http://127.0.0.1:8000.evil.example/en/verdicts/x/",
    ):
        assert client.get("/oembed", {"url": url}).status_code == 404
    assert (
        client.get(f"/oembed?format=xml&url=http://127.0.0.1:8000/en/verdicts/{row.slug}/").status_code == 501
    )


def test_the_card_is_a_picture_that_others_may_show(client, row):
    answer = client.get(f"/ar/verdicts/{row.slug}/card.png")
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_hostile_text_does_not_break_out_of_data(client, amal, basim):
    made = make.published(amal, basim, make.a_checkable_claim(amal, "</script><x>\u2028"))
    assert client.get(f"/verdicts/{made.slug}.json").json()["claimReviewed"] == "</script><x>\u2028"
    oembed = client.get(f"/oembed?url=http://127.0.0.1:8000/en/verdicts/{made.slug}/")
    assert json.loads(oembed.content)["title"].endswith("</script><x>\u2028")
