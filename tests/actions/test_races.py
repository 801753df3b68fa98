"""Two people at once: exactly one wins, and nothing forks. Races show on PostgreSQL only (ACCEPTANCE M1, M9)."""

import threading
from collections import Counter
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection, connections

from claims.actions import claim as claims
from claims.actions import evidence, proposal, publish, source, verdict
from claims.actions.history import change
from claims.errors import Conflict, FactcheckError
from claims.ledger.chain import Link, first_break
from claims.models import Claim, Document, Evidence, Publication, Review, Role
from claims.models.history import Entry
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 50


def at_once(*works):
    """Run the works at the same moment, each in a thread of its own; say how each ended."""
    gate, ends = threading.Barrier(len(works)), Counter()

    def run(work):
        gate.wait()
        try:
            work()
            ends["won"] += 1
        except FactcheckError as error:
            ends[type(error).__name__] += 1
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def approval(row, who):
    return partial(verdict.approve_verdict, actor=who, verdict_id=row.pk, content_sha256=row.content_sha256)


def moving(made, who):
    return partial(
        claims.edit_claim, actor=who, claim_id=made.pk, version=made.version, fields={"place": "moved"}
    )


def chain_holds():
    links = [Link(e.seq, e.prev_sha256, e.sha256, e.body) for e in Entry.objects.order_by("seq")]
    return first_break(links) is None


def test_of_two_reviewers_at_once_exactly_one_approves():
    amal, basim, sami = make.user("amal"), make.user("basim", Role.REVIEWER), make.user("sami", Role.REVIEWER)
    rounds = ROUNDS if connection.vendor == "postgresql" else 5
    for number in range(rounds):
        row = make.submitted(amal, make.a_checkable_claim(amal, f"Claim {number}"))
        ends = at_once(
            *(approval(row, who) for who in (basim, sami)),
        )
        assert (ends["won"], Review.objects.filter(verdict=row).count()) == (1, 1), ends
    assert chain_holds()


def test_publishing_twice_at_once_publishes_once():
    amal, basim = make.user("amal"), make.user("basim", Role.REVIEWER)
    row = make.submitted(amal, make.a_checkable_claim(amal))
    verdict.approve_verdict(actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256)
    work = lambda: publish.publish_verdict(  # noqa: E731
        actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256
    )
    assert at_once(work, work) == {"won": 1, "Conflict": 1}
    assert Publication.objects.count() == 1


def test_of_two_editors_saving_the_same_version_one_is_told():
    amal, dina = make.user("amal"), make.user("dina")
    made = make.a_claim(amal)
    ends = at_once(*(moving(made, who) for who in (amal, dina)))
    assert ends == {"won": 1, "Conflict": 1}


def test_an_edit_and_an_approval_at_once_never_leave_an_approval_of_another_text():
    amal, basim = make.user("amal"), make.user("basim", Role.REVIEWER)
    for number in range(10):
        made = make.a_checkable_claim(amal, f"Claim {number}")
        row = make.submitted(amal, made)
        made.refresh_from_db()
        at_once(
            approval(row, basim),
            moving(made, amal),
        )
        row.refresh_from_db()
        made.refresh_from_db()
        assert not (row.state == "approved" and made.place == "moved")


def test_many_writers_at_once_leave_one_chain():
    amal = make.user("amal")

    def write(number):
        for step in range(5):
            make.a_claim(amal, f"Claim {number}.{step}")

    ends = at_once(*(lambda number=number: write(number) for number in range(6)))
    assert ends == {"won": 6}
    assert chain_holds()


def test_a_decision_names_the_revision_that_was_read():
    amal, basim = make.user("amal"), make.user("basim", Role.REVIEWER)
    row = make.submitted(amal, make.a_checkable_claim(amal))
    with pytest.raises(Conflict):
        verdict.approve_verdict(actor=basim, verdict_id=row.pk, content_sha256="0" * 64)


def test_a_form_sent_twice_at_once_attaches_once_and_both_are_told_so():
    amal = make.user("amal")
    made = make.a_claim(amal)
    for _ in range(5):
        send = partial(
            evidence.attach_note,
            actor=amal,
            claim_id=made.pk,
            fields={"description_en": "Heard it."},
            once=uuid4(),
        )
        assert at_once(send, send) == {"won": 2}
    assert Evidence.objects.count() == 5


@pytest.mark.postgres
def test_a_source_renamed_while_a_page_is_drawn_is_not_published_unread(monkeypatch):
    amal, basim = make.user("amal"), make.user("basim", Role.REVIEWER)
    row = make.submitted(amal, make.a_checkable_claim(amal))
    verdict.approve_verdict(actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256)
    said, draw = row.claim.attributions.get().source, publish.publication_snapshot

    def renamed_first(*args, **more):
        fields = {"name_en": "Renamed"}
        rename = partial(
            source.edit_source, actor=amal, source_id=said.pk, version=said.version, fields=fields
        )
        assert at_once(rename) == {"won": 1}
        return draw(*args, **more)

    monkeypatch.setattr(publish, "publication_snapshot", renamed_first)
    with pytest.raises(Conflict, match="revision-changed"):
        publish.publish_verdict(actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256)
    assert not Publication.objects.exists()


@pytest.mark.postgres
def test_two_changes_that_wait_for_each_other_end_in_one_conflict():
    amal = make.user("amal")
    rows, both_hold = [make.a_claim(amal).pk, make.a_claim(amal).pk], threading.Barrier(2)

    def crossing(first, second):
        with change(actor=amal, action="claim.edited") as c:
            c.lock(Claim, first)
            both_hold.wait()
            c.lock(Claim, second)

    assert at_once(partial(crossing, *rows), partial(crossing, *rows[::-1])) == {"won": 1, "Conflict": 1}
    assert chain_holds()


@pytest.mark.postgres
def test_an_accepted_passage_does_not_wait_for_the_reading_of_its_text():
    """Foreign keys are checked at the commit: a row that others point at is edited without holding its key."""
    amal = make.user("amal")
    text = make.a_document(amal, make.ARTICLE_EN, lang="en")
    passage = text.proposals.first()
    held, ended = threading.Event(), threading.Event()

    def reading_on():
        with change(actor=amal, action="document.read") as c:
            c.lock(Document, text.pk)
            held.set()
            ended.wait(10)

    reader = threading.Thread(target=lambda: (reading_on(), connections.close_all()))
    reader.start()
    held.wait(10)
    accepting = threading.Thread(
        target=lambda: (
            proposal.accept_proposal(actor=amal, proposal_id=passage.pk, version=passage.version),
            connections.close_all(),
        )
    )
    accepting.start()
    accepting.join(8)
    waited = accepting.is_alive()
    ended.set()
    reader.join()
    accepting.join()
    passage.refresh_from_db()
    assert (waited, passage.state) == (False, "accepted")
    assert chain_holds()
