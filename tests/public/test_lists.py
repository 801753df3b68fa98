"""Front page and lists: verdicts, incidents, sources, corrections, and the plain pages."""

import pytest

from claims.actions import attribution, claim, source
from tests import make

pytestmark = pytest.mark.django_db
PAGES = ["", "verdicts/", "incidents/", "sources/", "corrections/", "methodology/", "about/"]


def text(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_stands_before_anything_is_published(client, db, lang, path):
    assert "<h1" in text(client, f"/{lang}/{path}")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_only_looked_at(client, db, path):
    assert client.post(f"/en/{path}").status_code == 405


@pytest.mark.parametrize("path", ["", "verdicts/", "incidents/", "sources/"])
def test_what_is_published_is_found(client, row, path):
    assert any(each in text(client, f"/en/{path}") for each in ("Five blasts", "al-Omar", "Yegorov"))


@pytest.mark.parametrize("path", ["", "verdicts/", "incidents/", "sources/", "sources/?q=hajin"])
def test_what_is_not_published_is_nowhere(client, amal, path):
    secret = make.a_claim(amal, "A secret claim", incident_id=make.an_incident(amal, "Secret incident").pk)
    make.a_draft(amal, make.a_chain(amal, secret, make.a_source(amal, "Hajin Secret Network")))
    assert "ecret" not in text(client, f"/en/{path}").replace("hajin", "")
    assert client.get("/en/incidents/secret-incident/").status_code == 404
    assert client.get("/en/sources/hajin-secret-network/").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=blasts", True),
        ("q=yegorov", True),
        ("q=Tripoli", False),
        ("value=unverified", True),
        ("value=denied", False),
        ("source=sputnik", True),
        ("lang=en", True),
        ("lang=ar", False),
        ("since=2000-01-01", True),
        ("until=2000-01-01", False),
        ("since=0001-01-01&until=9999-12-31", True),
    ],
)
def test_the_list_can_be_asked(client, row, query, found):
    assert ("Five blasts were heard." in text(client, f"/en/verdicts/?{query}")) == found


@pytest.mark.parametrize(
    "query",
    ["value=x", "source=x", "since=yesterday", "lang=zz", "page=99999999999", "page=-1", "q=" + "x" * 300],
)
def test_nonsense_is_answered_with_a_page(client, row, query):
    assert client.get(f"/en/verdicts/?{query}").status_code == 200


def test_a_filter_in_use_can_be_taken_away(client, row):
    shown = text(client, "/en/verdicts/?value=unverified&q=blasts")
    assert 'href="/en/verdicts/?q=blasts"' in shown


def test_a_hop_added_after_publication_is_not_public_yet(client, amal, row):
    later = make.a_source(amal, "Later Network")
    attribution.add_chain(
        actor=amal, claim_id=row.claim_id, version=row.claim.version, hops=[attribution.Hop(source=later)]
    )
    assert client.get("/en/sources/later-network/").status_code == 404
    assert "Later Network" not in text(client, "/en/verdicts/")


def test_a_claim_moved_after_publication_stays_where_readers_know_it(client, amal, row):
    other = make.an_incident(amal, "Another night")
    claim.edit_claim(
        actor=amal,
        claim_id=row.claim_id,
        version=row.claim.version,
        fields={"incident_id": other.pk, "question_id": None},
    )
    assert client.get(f"/en/incidents/{other.slug}/").status_code == 404


def test_an_incident_lays_out_who_says_what(client, row):
    slug = row.claim.incident.slug
    shown = text(client, f"/en/incidents/{slug}/")
    assert "How many explosions?" in shown and 'class="matrix' in shown
    assert "1 outlet, 1 origin" in shown


def test_a_source_page_counts_what_it_said_itself_and_not_what_it_passed_on(client, row):
    origin, relay = text(client, "/en/sources/oleg-yegorov/"), text(client, "/en/sources/sputnik/")
    assert "Out of 1 published verdict" in origin
    assert "We have not yet published a verdict on anything this source said itself." in relay


def test_a_denial_weighs_nothing_in_the_record(client, amal, basim):
    denier = make.a_source(amal, "Army Desk")
    made = make.a_chain(amal, make.a_checkable_claim(amal), denier, stance="denies")
    make.published(amal, basim, made)
    assert "What it denied" in text(client, "/en/sources/army-desk/")
    assert "Out of" not in text(client, "/en/sources/army-desk/")


def test_inner_notes_about_a_source_stay_inside(client, amal, row):
    one = row.claim.attributions.filter(relays=None).get().source
    source.edit_source(actor=amal, source_id=one.pk, version=one.version, fields={"notes": "Pays our fixer"})
    assert "fixer" not in text(client, "/en/sources/oleg-yegorov/")


def test_every_change_is_listed_with_its_reason(client, amal, basim, row):
    make.corrected(amal, basim, row)
    shown = text(client, "/en/corrections/")
    assert "We had the wrong night." in shown and "Five blasts were heard." in shown


def test_a_withdrawal_is_listed_without_the_claim_it_took_back(client, amal, basim, row):
    make.corrected(amal, basim, row)
    make.withdrawn(amal, basim, make.Publication.objects.order_by("-number").first())
    shown = text(client, "/en/corrections/")
    assert shown.count("We had the wrong night.") == 2 and "Five blasts" not in shown


def test_withdrawing_empties_the_lists_at_once(client, amal, basim, row):
    pages = ["", "verdicts/", "incidents/", "sources/"]
    [client.get(f"/en/{path}") for path in pages]
    make.withdrawn(amal, basim, row)
    assert not any("Five blasts" in text(client, f"/en/{path}") for path in pages)
    assert client.get(f"/en/incidents/{row.claim.incident.slug}/").status_code == 404


@pytest.mark.parametrize("path", ["", "verdicts/", "sources/", "incidents/", "corrections/"])
def test_lists_ask_the_database_equally_often_however_long(
    client, amal, basim, row, path, django_assert_max_num_queries
):
    for number in range(5):
        make.published(amal, basim, make.a_checkable_claim(amal, f"Claim number {number}"))
    with django_assert_max_num_queries(7):
        client.get(f"/en/{path}")


def test_how_we_work_explains_each_verdict_and_how_to_ask_for_a_correction(client, db):
    for lang, asked in (("en", "Ask for a correction"), ("ar", "اطلب تصحيحًا")):
        shown = text(client, f"/{lang}/methodology/")
        assert all(f"badge {value}" in shown for value in ("confirmed", "denied", "unverified"))
        assert asked in shown


def test_readers_may_write_where_the_newsroom_says(client, db, settings):
    settings.NEWSROOM_CONTACT = "desk@example.org"
    assert 'href="mailto:desk@example.org"' in text(client, "/en/about/")
    settings.NEWSROOM_CONTACT = "javascript:alert(1)"
    assert 'href="javascript' not in text(client, "/en/about/")
