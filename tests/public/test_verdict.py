"""The verdict page, its states and its end."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.models import Publication
from claims.public.shown import shown
from claims.public.verdict import changes
from tests import make

pytestmark = pytest.mark.django_db
HOSTILE = "</script><script>alert(1)</script>\u2028<img src=x onerror=alert(1)>{{7*7}}\u202e'\"&"


def page(client, row, lang="en", rest=""):
    return client.get(f"/{lang}/verdicts/{row.slug}/{rest}")


def jsonld(answer):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', answer.content.decode(), re.S)
    return json.loads(found[1])


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_published_verdict_is_a_page_in_both_languages(client, row, lang):
    answer = page(client, row, lang)
    assert answer.status_code == 200
    assert "Five blasts were heard." in answer.content.decode()


def test_claim_verdict_and_reason_come_before_everything_else(client, row):
    text = page(client, row).content.decode().partition("<main")[2]
    parts = ("<h1", 'class="badge unverified big"', "One outlet only.", 'id="reasoning"')
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_it_names_its_address_in_the_other_language(client, row):
    text = page(client, row).content.decode()
    for code in ("ar", "x-default"):
        assert re.search(rf'hreflang="{code}" href="[^"]*/ar/verdicts/{row.slug}/"', text)
    assert re.search(rf'rel="canonical" href="[^"]*/en/verdicts/{row.slug}/"', text)


@pytest.mark.parametrize("rest", ["", "history/", "history/1/"])
def test_an_address_that_was_never_public_is_404(client, db, rest):
    assert client.get(f"/en/verdicts/never-public/{rest}").status_code == 404


def test_a_draft_has_no_page_under_any_name(client, amal):
    claim = make.a_checkable_claim(amal)
    make.submitted(amal, claim)
    names = [str(claim.pk), "five-blasts-were-heard", "claim"]
    assert {client.get(f"/en/verdicts/{name}/").status_code for name in names} == {404}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_readers_only_look(client, row, method):
    assert getattr(client, method)(f"/en/verdicts/{row.slug}/").status_code == 405


def test_signed_in_people_get_the_very_same_page(client, row, amal):
    before = page(client, row).content
    client.force_login(amal)
    assert page(client, row).content == before


def test_it_sets_no_cookie_and_varies_by_none(client, row):
    answer = page(client, row)
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_who_has_it_already_is_told_so(client, row):
    tag = page(client, row).headers["ETag"]
    again = client.get(f"/en/verdicts/{row.slug}/", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_no_name_and_no_inner_number_gets_out(client, row, amal, basim):
    inner = [amal.username, basim.username, row.pk, row.claim_id, row.verdict_id, amal.pk, basim.pk]
    for rest in ("", "history/", "history/1/"):
        answer = page(client, row, rest=rest)
        said = answer.content.decode() + str(answer.headers)
        assert [each for each in map(str, inner) if each in said] == []


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("value", ["confirmed", "denied", "unverified"])
def test_what_machines_read_is_what_the_page_says(client, amal, basim, lang, value, monkeypatch):
    claim = make.a_checkable_claim(amal)
    from claims.actions.evidence import attach_note

    note = attach_note(actor=amal, claim_id=claim.pk, fields={"description_en": "seen", "title_en": "Seen"})
    texts = {**make.TEXTS, "exception_en": "Filmed on the spot."}
    answer = page(
        client, make.published(amal, basim, claim, value=value, texts=texts, evidence_ids=[note.pk]), lang
    )
    review, text = jsonld(answer), answer.content.decode()
    word = review["reviewRating"]["alternateName"]
    assert f'<span class="badge {value} big">{word}</span>' in text
    assert review["claimReviewed"] in text and review["reviewRating"]["ratingExplanation"] in text
    assert ("ratingValue" in review["reviewRating"]) == (value != "unverified")


def test_the_author_is_us_and_the_speaker_is_the_origin(client, row):
    review = jsonld(page(client, row))
    assert review["author"]["name"] == "Factcheck"
    assert review["itemReviewed"]["author"]["name"] == "Oleg Yegorov"


def test_hostile_text_in_every_field_stays_text(client, amal, basim):
    claim = make.a_claim(amal, HOSTILE, statement_en=HOSTILE, answer_en="five <b>", place="<script>x")
    texts = {name: f"{text} {HOSTILE}" for name, text in make.TEXTS.items()}
    made = make.published(
        amal, basim, make.a_chain(amal, claim, make.a_source(amal, "<script>S")), texts=texts
    )
    text = page(client, made).content.decode()
    assert "<script>alert" not in text and "<img src=x" not in text and "{{7*7}}" in text
    assert "\u202e" not in re.sub(r'<script type="application/ld\+json">.*?</script>', "", text, flags=re.S)
    assert jsonld(page(client, made))["claimReviewed"] == HOSTILE


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=60))
def test_json_in_the_page_always_parses(text):
    from claims.markup.claimreview import embedded

    packed = embedded({"claimReviewed": text})
    assert json.loads(packed) == {"claimReviewed": text}
    assert not set("<>&\u2028\u2029") & set(packed)


def test_a_correction_says_so_and_keeps_what_stood_before(client, amal, basim, row):
    make.corrected(amal, basim, row, texts={"reason_en": "Two outlets now."})
    now, before = page(client, row).content.decode(), page(client, row, rest="history/1/").content.decode()
    assert "We had the wrong night." in now and "Two outlets now." in now
    assert "One outlet only." in before and "noindex" in before
    assert 'type="application/ld+json">{' not in before


def test_the_history_shows_what_changed(client, amal, basim, row):
    make.corrected(amal, basim, row, texts={"reason_en": "Two outlets now."})
    text = page(client, row, rest="history/").content.decode()
    assert "<del>" in text and "<ins>" in text
    assert all(each.snapshot_sha256 in text for each in Publication.objects.all())


def test_only_what_differs_is_a_change(amal, basim, row):
    after = make.corrected(amal, basim, row, texts={"reason_en": "Two outlets now."})
    assert [change.new for change in changes(shown(row), shown(after))] == ["Two outlets now."]


@pytest.mark.parametrize("rest", ["", "history/", "history/1/", "card.png"])
def test_a_withdrawn_verdict_is_gone_everywhere(client, amal, basim, row, rest):
    page(client, row, rest=rest)  # kept by the cache
    make.withdrawn(amal, basim, row)
    answer = page(client, row, rest=rest)
    assert answer.status_code == 410
    assert b"Five blasts" not in answer.content


def test_a_withdrawn_page_says_why(client, amal, basim, row):
    make.withdrawn(amal, basim, row)
    assert "We had the wrong night." in page(client, row).content.decode()


def test_five_queries_are_enough_however_long_the_history(
    client, amal, basim, row, django_assert_max_num_queries
):
    with django_assert_max_num_queries(5) as first:
        page(client, row)
    last = row
    for number in range(4):
        last = make.corrected(amal, basim, last, "update", texts={"reason_en": f"Reason {number}."})
    with django_assert_max_num_queries(len(first)):
        page(client, row)
