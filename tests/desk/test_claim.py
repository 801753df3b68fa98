"""The claim page: everything about one claim, changing it, talking about it, working on it."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import claim as claims
from claims.models import Claim, Comment, Verdict
from claims.models.history import Entry
from tests import make
from tests.desk.cast import HTMX, page

pytestmark = pytest.mark.django_db


def url(name: str, claim: Claim) -> str:
    return reverse(f"desk:{name}", args=[claim.pk])


def typed(claim: Claim, **fields: str) -> dict[str, str]:
    """The edit form as the page fills it, with some fields typed over."""
    rows = {"quantity-TOTAL_FORMS": "0", "quantity-INITIAL_FORMS": "0"}
    kept = {
        name: getattr(claim, name) for name in ("wording", "lang", "statement_ar", "statement_en", "place")
    }
    return {"version": str(claim.version), **kept, **rows, **fields}


def fresh(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def test_the_passage_stands_in_its_document_and_links_to_it(as_amal, amal):
    document = make.a_document(
        amal, "Before it. Five blasts were heard. After it.", lang="en", title="The article"
    )
    claim = claims.log_claim(actor=amal, fields={}, document=document, span=(11, 34))
    body = page(as_amal, url("claim-detail", claim))
    assert "<mark>Five blasts were heard.</mark>" in body
    assert "Before it." in body
    assert "The article" in body


def test_hostile_text_is_shown_and_does_nothing(as_amal, amal):
    claim = make.a_claim(amal, "<script>alert(1)</script> \u202egnp.exe")
    body = page(as_amal, url("claim-detail", claim))
    assert "<script>alert" not in body
    assert "\u202e" not in body


def test_rivals_say_whether_both_can_be_true(as_amal, amal):
    question = make.a_question(amal)
    counted = [
        ("eq", 2, 2, "Two were heard."),
        ("ge", 5, None, "At least five."),
        ("several", 3, None, "Several."),
    ]
    made = [
        claims.log_claim(
            actor=amal,
            fields={"wording": words, "lang": "en", "question_id": question.pk},
            quantities=[claims.Count(kind, low, high, "explosion", words)],
        )
        for kind, low, high, words in counted
    ]
    body = page(as_amal, url("claim-detail", made[1]))
    assert "Cannot be true together: <bdi>Two were heard.</bdi>" in body
    assert body.count("Both can be true.") == 1


def test_the_number_of_queries_is_the_same_for_a_full_page(as_amal, amal, django_assert_num_queries):
    question = make.a_question(amal)
    fields = {"question_id": question.pk}
    claim = make.a_checkable_claim(amal, "First.")
    claims.edit_claim(actor=amal, claim_id=claim.pk, version=claim.version, fields=fields)
    make.a_claim(amal, "Rival 0.", **fields)
    claims.comment(actor=amal, claim_id=claim.pk, body="0")
    with CaptureQueriesContext(connection) as few:
        as_amal.get(url("claim-detail", claim))
    for n in range(1, 6):
        make.a_claim(amal, f"Rival {n}.", **fields)
        claims.comment(actor=amal, claim_id=claim.pk, body=str(n))
        make.a_chain(amal, claim, make.a_source(amal, f"Outlet {n}"))
    with django_assert_num_queries(len(few)):
        as_amal.get(url("claim-detail", claim))


def test_a_claim_is_logged_by_hand_with_its_numbers_and_time(as_amal):
    data = {
        **{"wording": "خمسة انفجارات", "lang": "ar", "from_on": "2022-10-22", "from_clock": "21:05"},
        **{"quantity-TOTAL_FORMS": "1", "quantity-INITIAL_FORMS": "0", "quantity-0-comparator": "ge"},
        **{"quantity-0-low": "٥", "quantity-0-unit": "explosion", "quantity-0-raw": "خمسة"},
    }
    assert as_amal.post(reverse("desk:claim-new"), data).status_code == 302
    claim = Claim.objects.get()
    counted = claim.quantities.get()
    assert (counted.comparator, counted.low, counted.high) == ("ge", 5, None)
    assert claim.event_earliest_at == datetime(2022, 10, 22, 18, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "wrong",
    [
        {"wording": ""},
        {"wording": "x" * 20_001},
        {"statement_en": "x" * 2001},
        {"lang": "tlh"},
        {"from_on": "1899-12-31"},
        {"from_on": "2999-01-01"},
        {"from_on": "31 February"},
        {"from_on": "2022-10-23", "to_on": "2022-10-22"},
        {"from_clock": "10:00"},
        {"incident_id": "00000000-0000-4000-8000-000000000000"},
        {"question_id": "00000000-0000-4000-8000-000000000000"},
        {
            "quantity-TOTAL_FORMS": "1",
            "quantity-0-low": "9",
            "quantity-0-high": "5",
            "quantity-0-comparator": "range",
        },
        {"quantity-TOTAL_FORMS": "1", "quantity-0-raw": "five", "quantity-0-comparator": "eq"},
        {"quantity-TOTAL_FORMS": "1", "quantity-0-low": "NaN"},
        {"quantity-TOTAL_FORMS": "1", "quantity-0-low": "1e99"},
        {"quantity-TOTAL_FORMS": "99999"},
    ],
)
def test_bad_input_is_said_where_it_stands_and_kept(as_amal, wrong):
    data = {
        "wording": "What I typed",
        "lang": "en",
        "quantity-TOTAL_FORMS": "0",
        "quantity-INITIAL_FORMS": "0",
    }
    answer = as_amal.post(reverse("desk:claim-new"), {**data, "place": "al-Omar", **wrong})
    assert answer.status_code == 422
    assert "al-Omar" in answer.content.decode()
    assert not Claim.objects.exists()


def test_an_edit_is_saved_and_says_so_in_the_history(as_amal, amal):
    claim = make.a_claim(amal)
    answer = as_amal.post(url("claim-edit", claim), typed(claim, place="al-Omar field"))
    assert (answer.status_code, fresh(claim).place) == (302, "al-Omar field")
    assert "al-Omar field" in page(as_amal, url("claim-history", claim))


def test_a_stale_edit_shows_both_texts_and_keeps_what_was_typed(as_amal, amal, dina):
    claim = make.a_claim(amal)
    claims.edit_claim(actor=dina, claim_id=claim.pk, version=claim.version, fields={"place": "Dina's place"})
    before = Entry.objects.count()
    answer = as_amal.post(url("claim-edit", claim), typed(claim, place="My place", statement_en="My words"))
    body = answer.content.decode()
    assert answer.status_code == 409
    for text in ("My place", "Dina&#x27;s place", "My words", "dina"):
        assert text in body
    assert (fresh(claim).place, Entry.objects.count()) == ("Dina's place", before)


def test_saving_over_it_takes_the_version_the_conflict_page_gave(as_amal, amal, dina):
    claim = make.a_claim(amal)
    claims.edit_claim(actor=dina, claim_id=claim.pk, version=claim.version, fields={"place": "Hers"})
    body = as_amal.post(url("claim-edit", claim), typed(claim, place="Mine")).content.decode()
    version = re.search(r'name="version" value="(\d+)"', body)[1]
    assert (
        as_amal.post(url("claim-edit", claim), typed(claim, place="Mine", version=version)).status_code == 302
    )
    assert fresh(claim).place == "Mine"


def test_the_wording_of_a_passage_cannot_be_typed(as_amal, amal):
    document = make.a_document(amal, "Five blasts were heard.", lang="en")
    claim = claims.log_claim(actor=amal, fields={}, document=document, span=(0, 23))
    as_amal.post(url("claim-edit", claim), typed(claim, wording="Six blasts were heard.", place="here"))
    assert (fresh(claim).wording, fresh(claim).place) == ("Five blasts were heard.", "here")


def test_a_time_read_to_the_second_survives_an_edit_elsewhere(as_amal, amal):
    at = datetime(2022, 10, 22, 18, 5, 17, tzinfo=UTC)
    claim = make.a_claim(amal, event_earliest_at=at, event_latest_at=at, event_zone="Asia/Damascus")
    body = page(as_amal, url("claim-edit", claim))
    shown = {
        n: re.search(rf'name="{n}"[^>]*value="([^"]*)"', body)[1]
        for n in ("from_on", "from_clock", "to_on", "to_clock")
    }
    as_amal.post(url("claim-edit", claim), typed(claim, place="elsewhere", **shown))
    assert (fresh(claim).place, fresh(claim).event_earliest_at) == ("elsewhere", at)


def test_a_comment_comes_back_alone_for_htmx(as_basim, amal):
    claim = make.a_claim(amal)
    answer = as_basim.post(url("claim-comment", claim), {"body": "See the second video."}, headers=HTMX)
    assert "See the second video." in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert Comment.objects.get().author.username == "basim"


@pytest.mark.parametrize("body", ["", "   ", "x" * 5001, "\ud800".encode("utf-8", "surrogatepass")])
def test_a_comment_that_says_nothing_or_too_much_is_refused(as_amal, amal, body):
    claim = make.a_claim(amal)
    assert as_amal.post(url("claim-comment", claim), {"body": body}).status_code in {302, 422}
    assert not Comment.objects.filter(body__in=["", "   "]).exists()


def test_a_struck_comment_stays_to_be_seen(as_amal, amal):
    claim = make.a_claim(amal)
    row = claims.comment(actor=amal, claim_id=claim.pk, body="Wrong street.")
    as_amal.post(reverse("desk:comment-strike", args=[row.pk]))
    assert re.search(r"<s>.*Wrong street", page(as_amal, url("claim-detail", claim)))


def test_one_takes_a_claim_and_puts_it_on_hold_with_a_reason(as_amal, amal):
    claim = make.a_claim(amal)
    as_amal.post(url("claim-assign", claim), {"version": claim.version, "assignee": str(amal.pk)})
    claim = fresh(claim)
    refused = as_amal.post(url("claim-state", claim), {"version": claim.version, "state": "on_hold"})
    assert (refused.status_code, fresh(claim).work_state) == (422, "open")
    as_amal.post(
        url("claim-state", claim), {"version": claim.version, "state": "on_hold", "reason": "No access"}
    )
    assert (fresh(claim).assignee, fresh(claim).work_state) == (amal, "on_hold")


def test_a_stale_assignment_answers_409_and_changes_nothing(as_amal, amal, dina):
    claim = make.a_claim(amal)
    claims.edit_claim(actor=dina, claim_id=claim.pk, version=claim.version, fields={"place": "x"})
    answer = as_amal.post(url("claim-assign", claim), {"version": claim.version, "assignee": str(amal.pk)})
    assert (answer.status_code, fresh(claim).assignee) == (409, None)


@pytest.mark.parametrize("state", ["decided", "in_review", "shouting", ""])
def test_no_hand_sets_a_state_that_follows_from_the_verdict(as_amal, amal, state):
    claim = make.a_claim(amal)
    assert as_amal.post(url("claim-state", claim), {"version": 1, "state": state}).status_code == 422
    assert fresh(claim).work_state == "new"


def test_an_edit_of_what_is_under_review_is_announced_and_takes_it_back(as_dina, amal):
    claim = make.a_checkable_claim(amal)
    row = make.submitted(amal, claim)
    claim = fresh(claim)
    assert "takes it back to a draft" in page(as_dina, url("claim-edit", claim))
    as_dina.post(url("claim-edit", claim), typed(claim, place="moved"))
    assert Verdict.objects.get(pk=row.pk).state == "returned"


def taken_from(text, said, actor):
    """The claim that somebody marked in a document and accepted."""
    from claims.actions.proposal import accept_proposal, mark_passage

    start = text.body.index(said)
    row = mark_passage(actor=actor, document_id=text.pk, start=start, end=start + len(said))
    return accept_proposal(actor=actor, proposal_id=row.pk, version=row.version)


def test_the_passage_begins_and_ends_with_whole_words_and_in_the_pages_language(as_amal, amal):
    from django.utils import translation

    from claims.desk.claim_parts import passage_of

    said = "Five explosions were heard near the port."
    body = "Before " * 60 + said + " afterwards" * 60
    outlet = make.a_source(amal, "Harbour Gazette", name_ar="جريدة الميناء")
    text = make.a_document(amal, body, propose=False, publisher_id=outlet.pk)
    claim = taken_from(text, said, amal)
    with translation.override("en"):
        found = passage_of(claim)
    assert found.publisher == "Harbour Gazette"
    assert found.before.startswith("…Before ")
    assert found.after.endswith(" afterwards…")


def test_a_passage_at_the_ends_of_its_document_is_not_shown_as_cut(as_amal, amal):
    from claims.desk.claim_parts import passage_of

    said = "Five explosions were heard near the port."
    text = make.a_document(amal, f"Headline\n{said} End", propose=False)
    found = passage_of(taken_from(text, said, amal))
    assert (found.before, found.after) == ("Headline\n", " End")
