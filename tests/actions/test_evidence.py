"""Evidence: kept as it came, attached to one claim, never lost."""

import pytest
from django.db import DatabaseError, transaction

from claims.actions import evidence, verdict
from claims.archive.configured import store
from claims.errors import Conflict, Invalid, NotAllowed
from claims.models import Capture, Evidence, Job, Role, VerdictState
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def amal(db):
    return make.user("amal")


@pytest.fixture
def basim(db):
    return make.user("basim", Role.REVIEWER)


def attached(amal, made, data=b"plain words", name="note.txt"):
    return evidence.attach_file(actor=amal, claim_id=made.pk, chunks=[data], file_name=name)


def test_a_file_is_kept_under_its_own_hash_with_a_job_to_examine_it(amal):
    row = attached(amal, make.a_claim(amal))
    capture = row.captures.get()
    with store().open(capture.sha256) as kept:
        assert kept.read() == b"plain words"
    assert Job.objects.filter(name="evidence.examine", args__evidence=str(row.pk)).count() == 1


def test_an_empty_file_is_refused_and_changes_nothing(amal):
    made = make.a_claim(amal)
    with pytest.raises(Invalid, match="empty-file"):
        attached(amal, made, data=b"")
    assert not Evidence.objects.exists()


def test_the_type_comes_from_the_bytes_not_the_name(amal):
    capture = attached(amal, make.a_claim(amal), data=b"%PDF-1.4 ...", name="photo.jpg").captures.get()
    assert capture.media_type == "application/pdf"


def test_a_capture_can_be_neither_changed_nor_deleted(amal):
    capture = attached(amal, make.a_claim(amal)).captures.get()
    for write in (lambda: Capture.objects.update(size=1), lambda: capture.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


@pytest.mark.parametrize(
    "url", ["ftp://a/b", "javascript:alert(1)", "http://", "http://u:p@a/", "http://a/\nb"]
)
def test_an_address_that_is_no_web_page_is_refused(amal, url):
    with pytest.raises(Invalid, match="bad-url"):
        evidence.attach_link(actor=amal, claim_id=make.a_claim(amal).pk, url=url)


def test_editing_cited_evidence_voids_the_submission(amal, basim):
    made = make.a_checkable_claim(amal)
    note = evidence.attach_note(actor=amal, claim_id=made.pk, fields={"description_en": "Heard it."})
    row = make.submitted(amal, made, evidence_ids=[note.pk])
    evidence.edit_evidence(
        actor=amal, evidence_id=note.pk, version=note.version, fields={"description_en": "Heard two."}
    )
    with pytest.raises(Conflict):
        verdict.approve_verdict(actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256)
    row.refresh_from_db()
    assert row.state == VerdictState.RETURNED


def test_evidence_of_a_publication_cannot_be_set_aside(amal, basim):
    made = make.a_checkable_claim(amal)
    note = evidence.attach_note(actor=amal, claim_id=made.pk, fields={"description_en": "Heard it."})
    make.published(amal, basim, made, evidence_ids=[note.pk])
    with pytest.raises(NotAllowed, match="cited-by-publication"):
        evidence.retire_evidence(actor=amal, evidence_id=note.pk, version=note.version, reason="wrong")


def test_evidence_that_only_a_withdrawal_cites_cannot_be_set_aside_either(amal, basim):
    made = make.a_checkable_claim(amal)
    first = make.published(amal, basim, made)
    note = evidence.attach_note(actor=amal, claim_id=made.pk, fields={"description_en": "It was staged."})
    make.corrected(amal, basim, first, "withdrawal", evidence_ids=[note.pk])
    with pytest.raises(NotAllowed, match="cited-by-publication"):
        evidence.retire_evidence(actor=amal, evidence_id=note.pk, version=note.version, reason="wrong")


def test_a_verdict_waits_for_its_evidence_to_be_captured(amal):
    made = make.a_checkable_claim(amal)
    row = attached(amal, made)
    draft = make.a_draft(amal, made, evidence_ids=[row.pk])
    with pytest.raises(NotAllowed) as refused:
        verdict.submit_verdict(actor=amal, verdict_id=draft.pk, version=draft.version)
    assert refused.value.facts["missing"] == ["evidence-captured"]
