"""My work and what waits."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import claim as claims
from claims.jobs import ask, lease
from claims.models import Document, Evidence, Observation, Proposal
from tests import make
from tests.desk.cast import page

pytestmark = pytest.mark.django_db
HOME = "/desk/"


def test_an_empty_desk_says_what_to_do_next(as_amal, as_huda):
    assert "Nothing waits for you" in page(as_amal, HOME)
    assert "All is quiet" in page(as_huda, HOME)


def test_my_claims_stand_by_state(as_amal, amal):
    claim = make.a_claim(amal, "Mine to check.")
    claims.assign_claim(actor=amal, claim_id=claim.pk, version=1, assignee=amal)
    body = page(as_amal, HOME)
    assert "Mine to check." in body


def test_reviewers_see_what_they_may_decide_on_and_nobody_else_does(as_basim, as_dina, basim, amal):
    make.submitted(amal, make.a_checkable_claim(amal, "By the editor."))
    make.submitted(basim, make.a_checkable_claim(basim, "By the reviewer."))
    body = page(as_basim, HOME)
    assert "By the editor." in body
    assert "Waits for your decision" not in page(as_dina, HOME)
    assert body.count("By the reviewer.") == 0


def test_what_others_say_on_my_claims_is_shown_and_my_own_words_are_not(as_amal, amal, dina):
    claim = make.a_claim(amal)
    claims.comment(actor=dina, claim_id=claim.pk, body="Hers to read.")
    claims.comment(actor=amal, claim_id=claim.pk, body="Mine, known.")
    body = page(as_amal, HOME)
    assert "Hers to read." in body
    assert "Mine, known." not in body


def test_admins_see_background_work_that_stopped(as_huda, as_amal):
    job = lease.begin(ask("upkeep.tidy").pk)[0]
    lease.park(job, "OSError: no such page")
    assert "OSError" in page(as_huda, HOME)
    assert "OSError" not in page(as_amal, HOME)


def test_the_number_of_queries_does_not_grow_with_the_work(as_amal, amal, dina, django_assert_num_queries):
    def more(n: int) -> None:
        claim = make.a_claim(amal, f"Claim {n}.")
        claims.comment(actor=dina, claim_id=claim.pk, body=f"Said {n}.")
        claims.assign_claim(actor=amal, claim_id=claim.pk, version=claim.version, assignee=amal)

    more(0)
    with CaptureQueriesContext(connection) as few:
        as_amal.get(HOME)
    for n in range(1, 6):
        more(n)
    with django_assert_num_queries(len(few)):
        as_amal.get(HOME)


def test_a_text_without_a_title_is_known_by_its_first_words(as_amal, amal):
    make.a_document(amal, url="https://example.org/1")
    first = make.ARTICLE_EN.strip()[:40]
    for place in (HOME, "/desk/intake/"):
        assert first in page(as_amal, place)


def test_the_newest_look_at_a_link_decides_whether_it_is_shown(as_amal, amal):
    claim = make.a_claim(amal)
    for name, looks in {
        "back": ["gone", "alive"],
        "lost": ["alive", "gone"],
        "away": ["unreachable"],
    }.items():
        url = f"https://news.example/{name}"
        row = Evidence.objects.create(claim=claim, kind="link", title_en=name, url=url, created_by=amal)
        for outcome in looks:
            Observation.objects.create(evidence=row, outcome=outcome)
    shown = as_amal.get(HOME).context["links"]
    assert [(one.evidence.title_en, one.outcome) for one in shown] == [("lost", "gone")]


def test_a_text_is_shown_until_nothing_in_it_waits(as_amal, amal):
    document = make.a_document(amal)
    document.proposals.all().delete()
    Document.objects.update(reading_state="read")
    for state in ("proposed", "proposed", "rejected"):
        Proposal.objects.create(document=document, start=0, end=4, wording="Text", state=state)
    assert [one.n_left for one in as_amal.get(HOME).context["unfinished"]] == [2]
    Proposal.objects.update(state="rejected")
    assert as_amal.get(HOME).context["unfinished"] == []
