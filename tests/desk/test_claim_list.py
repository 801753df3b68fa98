"""The list of claims: filters in the address, pages, constant queries, giving several to a colleague."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import claim as claims
from claims.desk.claim_list import PER_PAGE
from claims.models import Claim
from tests import make
from tests.desk.cast import HTMX, page

pytestmark = pytest.mark.django_db
LIST = "/desk/claims/"


def test_it_says_what_to_do_when_there_is_nothing(as_amal):
    assert "No claims yet" in page(as_amal, LIST)
    assert "No claim fits these filters" in page(as_amal, f"{LIST}?state=open")


def test_words_are_found_in_either_script_and_spelling(as_amal, amal):
    make.a_claim(amal, "سُمع دوي انفجارات في الحقل", lang="ar")
    assert "دوي" in page(as_amal, f"{LIST}?text=إنفجارات")
    assert "دوي" not in page(as_amal, f"{LIST}?text=rockets", **HTMX)


@pytest.mark.parametrize("text", ["100%", "a_b", "\\", "%25%5f"])
def test_wildcards_are_letters_like_others(as_amal, amal, text):
    make.a_claim(amal, "An ordinary claim")
    assert "An ordinary claim" not in page(as_amal, f"{LIST}?text={text.replace('%', '%25')}")


def test_filters_work_together(as_amal, amal, dina):
    mine = make.a_checkable_claim(amal, "Mine and open")
    mine.refresh_from_db()
    claims.assign_claim(actor=amal, claim_id=mine.pk, version=mine.version, assignee=amal)
    make.a_draft(amal, mine)
    make.a_claim(amal, "Nobody's and new")
    source = mine.attributions.get().source
    body = page(
        as_amal, f"{LIST}?state=open&assignee=me&value=unverified&verdict_state=draft&source={source.pk}"
    )
    assert "Mine and open" in body
    assert "Nobody&#x27;s and new" not in body
    assert "Nobody&#x27;s and new" in page(as_amal, f"{LIST}?assignee=nobody&evidence=no&lang=en")


def test_days_of_the_event_bound_the_list(as_amal, amal):
    from datetime import UTC, datetime

    made = make.a_claim(amal, "In October", event_earliest_at=datetime(2022, 10, 22, tzinfo=UTC))
    claims.edit_claim(
        actor=amal,
        claim_id=made.pk,
        version=made.version,
        fields={"event_latest_at": datetime(2022, 10, 23, tzinfo=UTC)},
    )
    assert "In October" in page(as_amal, f"{LIST}?since=2022-10-01&until=2022-10-31")
    assert "In October" not in page(as_amal, f"{LIST}?since=2022-11-01")
    assert "In October" not in page(as_amal, f"{LIST}?until=2022-10-01")


@pytest.mark.parametrize(
    "query",
    [
        "state=shouting",
        "since=1776-07-04",
        "until=9999-01-01",
        "source=x",
        "sort=id;drop",
        "lang=xx",
    ],
)
def test_a_bad_filter_is_said_and_shows_nothing(as_amal, amal, query):
    make.a_claim(amal, "Should stay out")
    assert "Should stay out" not in page(as_amal, f"{LIST}?{query}", 422)


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999"])
def test_odd_page_numbers_show_a_page(as_amal, amal, number):
    make.a_claim(amal, "Still here")
    assert "Still here" in page(as_amal, f"{LIST}?page={number}")


def test_for_htmx_the_results_come_alone(as_amal, amal):
    make.a_claim(amal, "A result")
    body = page(as_amal, LIST, **HTMX)
    assert "A result" in body
    assert "<html" not in body


def test_the_number_of_queries_does_not_grow_with_the_list(as_amal, amal, django_assert_num_queries):
    make.a_checkable_claim(amal, "The first")
    with CaptureQueriesContext(connection) as few:
        as_amal.get(LIST)
    for n in range(PER_PAGE + 3):
        made = make.a_claim(amal, f"Claim {n}")
        make.a_draft(amal, made)
    with django_assert_num_queries(len(few)):
        as_amal.get(LIST)


def test_pages_follow_each_other_without_gaps(as_amal, amal):
    for n in range(PER_PAGE + 1):
        make.a_claim(amal, f"Claim number {n:03}.")
    body = page(as_amal, f"{LIST}?sort=created&page=2")
    assert f"Claim number {PER_PAGE:03}." in body
    assert f"Claim number {PER_PAGE - 1:03}." not in body


def test_several_claims_go_to_a_colleague_at_once(as_amal, amal, dina):
    rows = [make.a_claim(amal, f"Claim {n}") for n in range(3)]
    boxes = [f"{row.pk}:{row.version}" for row in rows[:2]]
    as_amal.post(reverse("desk:claim-assign-many"), {"claim": boxes, "to": str(dina.pk)})
    assert set(Claim.objects.filter(assignee=dina)) == set(rows[:2])


def test_a_stale_claim_stops_no_other(as_amal, amal, dina):
    rows = [make.a_claim(amal, f"Claim {n}") for n in range(2)]
    boxes = [f"{rows[0].pk}:9", f"{rows[1].pk}:{rows[1].version}"]
    answer = as_amal.post(
        reverse("desk:claim-assign-many"), {"claim": boxes, "to": str(dina.pk), "back": LIST}, follow=True
    )
    assert list(Claim.objects.filter(assignee=dina)) == [rows[1]]
    assert "Somebody saved this" in answer.content.decode()


@pytest.mark.parametrize("boxes", [[], ["x"], ["x:y"], ["00000000-0000-4000-8000-000000000000:1"]])
def test_nonsense_assigns_nothing(as_amal, amal, dina, boxes):
    make.a_claim(amal)
    data = {"claim": boxes, "to": str(dina.pk), "back": "https://elsewhere.example/"}
    assert as_amal.post(reverse("desk:claim-assign-many"), data).url == LIST
    assert not Claim.objects.filter(assignee=dina).exists()


def test_choosing_an_incident_offers_its_questions_at_once(as_amal, amal):
    night = make.an_incident(amal, "The night")
    asked = make.a_question(amal, "How many blasts?", incident=night)
    other = make.a_question(amal, "Who fired?")
    body = page(as_amal, f"{LIST}?incident={night.pk}", **HTMX)
    picker = body[: body.index("</select>")]
    assert 'hx-swap-oob="true"' in picker
    assert str(asked.pk) in picker
    assert str(other.pk) not in picker
    assert "hx-swap-oob" not in page(as_amal, f"{LIST}?incident={night.pk}")
