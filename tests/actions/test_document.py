"""Documents: kept as given, refused with a reason, read without losing a decision."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from claims.actions import document as documents
from claims.actions import proposal as proposals
from claims.actions import reading
from claims.errors import Conflict, Invalid, NotAllowed
from claims.jobs.registry import HANDLERS
from claims.models import Document, Job, Proposal, Role
from claims.models.history import Entry
from claims.tasks.run import carry_out
from tests import make
from tests.make import ARTICLE_EN

pytestmark = pytest.mark.django_db


@pytest.fixture
def amal(db):
    return make.user("amal")


def test_the_body_is_kept_exactly_as_given(amal):
    body = "  \ufeffقال\r\n«المرصد»\u200f إن\tخمسة انفجارات دوت.\n\n"
    row = Document.objects.get(pk=make.a_document(amal, body).pk)
    assert (row.body, row.lang) == (body, "ar")


def test_its_claims_are_proposed_with_their_exact_words(amal):
    row = make.a_document(amal)
    found = list(row.proposals.all())
    assert found and all(row.body[one.start : one.end] == one.wording for one in found)
    assert row.reading_state == "read"


def test_adding_leaves_one_entry(amal):
    before = Entry.objects.count()
    make.a_document(amal)
    assert list(Entry.objects.values_list("action", flat=True))[: Entry.objects.count() - before] == [
        "document.added"
    ]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "empty"),
        (" \n\u200f\t…", "empty"),
        ("before\0after", "nul"),
        ("lone \ud83d half", "surrogates"),
        ("ق" * 1_000_001, "too-long"),
    ],
)
def test_a_body_that_cannot_be_kept_is_refused_by_name(amal, body, code):
    with pytest.raises(Invalid, match=code):
        make.a_document(amal, body)
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"published_on": date(1899, 12, 31)}, "date-out-of-bounds"),
        ({"published_on": timezone.now().date() + timedelta(days=800)}, "date-out-of-bounds"),
        ({"lang": "tlh"}, "unknown-language"),
        ({"zone": "Mars/Olympus"}, "unknown-zone"),
        ({"url": "javascript:alert(1)"}, "url-scheme"),
        ({"url": "https://not a host/"}, "bad-field"),
        ({"publisher_id": "5f0c0e6e-0000-4000-8000-000000000000"}, "no-such-source"),
        ({"body_sha256": "0"}, "unknown-field"),
    ],
)
def test_facts_that_cannot_be_are_refused_by_name(amal, fields, code):
    with pytest.raises(Invalid, match=code):
        make.a_document(amal, **fields)
    assert not Document.objects.exists()


def test_the_same_text_again_points_to_the_first(amal):
    first = make.a_document(amal)
    with pytest.raises(Conflict, match="document-known") as known:
        make.a_document(amal)
    assert known.value.facts["current"] == first
    assert documents.known_document(ARTICLE_EN) == first


def test_the_same_text_again_on_request_is_another_document(amal):
    assert make.a_document(amal) != make.a_document(amal, again=True)


def test_an_admin_adds_no_text(amal):
    with pytest.raises(NotAllowed):
        make.a_document(make.user("huda", Role.ADMIN))


def test_another_date_reads_again_and_keeps_what_is_decided(amal):
    row = make.a_document(amal)
    first, second, *_ = row.proposals.all()
    proposals.reject_proposal(actor=amal, proposal_id=first.pk, version=first.version)
    proposals.edit_proposal(
        actor=amal, proposal_id=second.pk, version=second.version, edits={"answer_en": "five"}
    )
    spans = sorted(row.proposals.values_list("start", "end"))
    documents.edit_document(
        actor=amal, document_id=row.pk, version=row.version, fields={"published_on": date(2022, 10, 23)}
    )
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.edits["answer_en"]) == ("rejected", "five")
    assert sorted(row.proposals.values_list("start", "end")) == spans


def test_reading_again_twice_proposes_nothing_twice(amal):
    row = make.a_document(amal)
    ids = set(row.proposals.values_list("pk", flat=True))
    documents.read_again(actor=amal, document_id=row.pk)
    assert set(row.proposals.values_list("pk", flat=True)) == ids


def test_a_decided_span_keeps_new_proposals_off_it(amal):
    row = make.a_document(amal)
    one = row.proposals.first()
    left, right = proposals.split_proposal(
        actor=amal, proposal_id=one.pk, version=one.version, at=one.start + 12
    )
    documents.read_again(actor=amal, document_id=row.pk)
    waiting = row.proposals.filter(state="proposed", start__lt=one.end)
    assert list(waiting) == [left, right]


def test_a_stale_edit_is_refused(amal):
    row = make.a_document(amal)
    documents.edit_document(actor=amal, document_id=row.pk, version=row.version, fields={"title": "One"})
    with pytest.raises(Conflict, match="stale"):
        documents.edit_document(actor=amal, document_id=row.pk, version=row.version, fields={"title": "Two"})


def test_the_body_cannot_be_edited(amal):
    row = make.a_document(amal)
    with pytest.raises(Invalid, match="unknown-field"):
        documents.edit_document(actor=amal, document_id=row.pk, version=row.version, fields={"body": "x"})


def long_text(n_chars: int) -> str:
    line = "North Press reported that rocket number {0} fell near the base on Saturday.\n"
    return "".join(line.format(n) for n in range(n_chars // len(line)))


def run_waiting() -> int:
    """Carries out the jobs that wait, as a worker does, until none does."""
    n = 0
    while job := Job.objects.filter(state="ready").first():
        Job.objects.filter(pk=job.pk).update(state="running", token="t")
        job.refresh_from_db()
        carry_out(job, HANDLERS[job.name])
        n += 1
    return n


def test_a_long_text_is_read_on_by_jobs_and_shows_how_far_it_is(amal):
    row = make.a_document(amal, long_text(150_000))
    assert row.reading_state == "reading"
    assert 0 < row.reading_progress < 1
    at_once = row.proposals.count()
    assert run_waiting() == 2
    row.refresh_from_db()
    assert (row.reading_state, row.reading_progress) == ("read", 1.0)
    assert row.proposals.count() > at_once > 0


def test_a_job_that_read_with_the_old_date_keeps_nothing(amal):
    row = make.a_document(amal, long_text(50_000))
    job = Job.objects.get(name="document.read")
    effects = HANDLERS["document.read"].work(running(job), **job.args)
    documents.edit_document(
        actor=amal, document_id=row.pk, version=row.version, fields={"published_on": date(2022, 10, 23)}
    )
    n = Proposal.objects.count()
    effects()
    assert Proposal.objects.count() == n


def running(job: Job) -> Job:
    Job.objects.filter(pk=job.pk).update(state="running", token="t")
    job.refresh_from_db()
    return job


def test_a_decision_made_while_a_job_reads_stands(amal):
    row = make.a_document(amal, long_text(50_000))
    one = row.proposals.first()
    proposals.reject_proposal(actor=amal, proposal_id=one.pk, version=one.version)
    run_waiting()
    one.refresh_from_db()
    assert one.state == "rejected"
    assert not row.proposals.filter(state="proposed", start__lt=one.end, end__gt=one.start).exists()


def test_our_own_sources_are_read_with_and_the_list_beside_them(amal):
    make.a_source(amal, "Radio Nowhere")
    keys = {one.key for one in reading.sources_here()}
    assert {"radio-nowhere", "sohr"} <= keys
