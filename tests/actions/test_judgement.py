"""Where and when evidence was made, by people's account; which findings matter. Appended, never changed."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from claims.actions import claim as claims
from claims.actions import evidence, judgement
from claims.actions.publish import publish_verdict
from claims.actions.verdict import approve_verdict
from claims.errors import Conflict, Invalid, NotAllowed, NotFound
from claims.media.finding import Finding
from claims.models import Chronolocation, Evidence, FindingMark, Geolocation, Role, VerdictState
from claims.models.history import Entry
from claims.tasks.verify import Check
from tests import make

pytestmark = pytest.mark.django_db
# Mayadin lies some fifty kilometres down the river from Deir ez-Zor.
FIELDS = {"confidence": "medium", "reasoning_en": "The minaret matches.", "compared": "Satellite, 2022-10-01"}
NIGHT = datetime(2022, 10, 22, 19, tzinfo=UTC)


@pytest.fixture
def amal():
    return make.user("amal")


@pytest.fixture
def claim(amal):
    return make.a_claim(
        amal,
        place="Deir ez-Zor",
        event_earliest_at=NIGHT,
        event_latest_at=NIGHT + timedelta(hours=2),
        event_zone="Asia/Damascus",
    )


@pytest.fixture
def note(amal, claim):
    return evidence.attach_note(
        actor=amal, claim_id=claim.pk, fields={"description_en": "Seen from the road."}
    )


def located(actor, row, **fields):
    row.refresh_from_db()
    return judgement.locate_evidence(
        actor=actor, evidence_id=row.pk, version=row.version, fields={**FIELDS, **fields}
    )


def dated(actor, row, first=NIGHT, last=None, **fields):
    row.refresh_from_db()
    span = {"earliest_at": first, "latest_at": last or first, "precision": "hour", "zone": "Asia/Damascus"}
    return judgement.date_evidence(
        actor=actor, evidence_id=row.pk, version=row.version, fields={**FIELDS, **span, **fields}
    )


def codes(row):
    return [one["code"] for one in Evidence.objects.get(pk=row.pk).findings]


def test_a_name_stands_for_its_point_and_each_answer_is_kept(amal, note):
    first = located(amal, note, place="Mayadin")
    second = located(amal, note, place="Deir ez-Zor", confidence="high")
    assert first.place_key and second.place_key != first.place_key
    assert list(note.geolocations.order_by("pk")) == [first, second]
    entries = Entry.objects.filter(action="evidence.located", subject_id=str(note.pk))
    assert entries.count() == 2 and "minaret" in entries.last().body
    assert list(Check(files=False).faults()) == []


def test_a_place_far_from_the_claims_is_a_finding_and_a_near_one_takes_it_back(amal, note):
    located(amal, note, latitude=35.02, longitude=40.45, precision_m=200)
    (found,) = Evidence.objects.get(pk=note.pk).findings
    assert found["code"] == "located-far" and found["facts"]["place"] == "Deir ez-Zor"
    assert 30 < found["facts"]["km"] < 60 and found["facts"]["confidence"] == "medium"
    located(amal, note, place="Deir ez-Zor")
    assert codes(note) == []


def test_a_time_before_or_long_after_the_event_is_a_finding(amal, note):
    dated(amal, note, NIGHT - timedelta(days=3))
    assert codes(note) == ["dated-before-event"]
    dated(amal, note, NIGHT + timedelta(days=3))
    assert codes(note) == ["dated-after-event"]
    dated(amal, note, NIGHT - timedelta(days=3), NIGHT + timedelta(days=3))
    assert codes(note) == []


def test_that_it_cannot_be_told_is_an_answer_and_takes_the_earlier_one_back(amal, note):
    located(amal, note, latitude=0.0, longitude=0.0)
    assert codes(note) == ["located-far"]
    made = located(amal, note, place="Mayadin", confidence="none")
    assert (made.place, made.latitude) == ("", None) and codes(note) == []
    assert dated(amal, note, confidence="none").earliest_at is None


def test_when_the_claims_place_or_time_changes_the_findings_follow(amal, claim, note):
    located(amal, note, place="Mayadin")
    dated(amal, note)
    assert codes(note) == ["located-far"]
    claim.refresh_from_db()
    moved = {"place": "Mayadin", "event_earliest_at": NIGHT - timedelta(days=9)}
    moved["event_latest_at"] = NIGHT - timedelta(days=9)
    claims.edit_claim(actor=amal, claim_id=claim.pk, version=claim.version, fields=moved)
    assert codes(note) == ["dated-after-event"]
    assert list(Check(files=False).faults()) == []


def test_a_place_typed_over_another_does_not_keep_the_point_of_the_old_one(amal, claim):
    assert claim.place_key and claim.latitude
    changed = claims.edit_claim(
        actor=amal, claim_id=claim.pk, version=claim.version, fields={"place": "a farm nobody knows"}
    )
    assert (changed.place_key, changed.latitude, changed.longitude, changed.place_precision_m) == (
        "",
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "place-missing"),
        ({"place": "  "}, "place-missing"),
        ({"latitude": 90.1, "longitude": 0.0}, "off-the-globe"),
        ({"latitude": 0.0, "longitude": -180.1}, "off-the-globe"),
        ({"latitude": float("nan"), "longitude": 0.0}, "off-the-globe"),
        ({"latitude": 3.0}, "off-the-globe"),
        ({"place": "Mayadin", "precision_m": -1}, "off-the-globe"),
        ({"place": "Mayadin", "confidence": "certain"}, "confidence-unknown"),
        ({"place": "Mayadin", "reasoning_en": " "}, "reasoning-missing"),
        ({"place": "Mayadin", "reasoning_en": "x" * 5001}, "too-long"),
        ({"place": "x" * 201}, "bad-field"),
        ({"place": "Mayadin", "colour": "red"}, "unknown-field"),
    ],
)
def test_a_place_that_is_none_is_refused_and_leaves_nothing(amal, note, fields, code):
    with pytest.raises(Invalid) as refused:
        located(amal, note, **fields)
    assert refused.value.code == code and not Geolocation.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"first": None, "last": NIGHT}, "time-missing"),
        ({"first": NIGHT, "last": NIGHT - timedelta(seconds=1)}, "from-after-to"),
        ({"first": datetime(1899, 12, 31, 23, tzinfo=UTC)}, "out-of-range"),
        ({"first": timezone.now() + timedelta(days=732)}, "out-of-range"),
        ({"precision": "eon"}, "unknown-field"),
        ({"zone": "Mars/Olympus"}, "unknown-zone"),
    ],
)
def test_a_time_that_is_none_is_refused_and_leaves_nothing(amal, note, fields, code):
    with pytest.raises(Invalid) as refused:
        dated(amal, note, **fields)
    assert refused.value.code == code and not Chronolocation.objects.exists()


def test_an_answer_over_a_version_that_somebody_changed_is_refused(amal, note):
    located(amal, note, place="Mayadin")
    with pytest.raises(Conflict):
        judgement.locate_evidence(
            actor=amal, evidence_id=note.pk, version=note.version - 1, fields={**FIELDS, "place": "Mayadin"}
        )
    assert Geolocation.objects.count() == 1


def test_an_admin_and_a_closed_account_cannot_judge(note):
    huda = make.user("huda", Role.ADMIN)
    with pytest.raises(NotAllowed):
        located(huda, note, place="Mayadin")


@pytest.mark.parametrize("table", ["claims_geolocation", "claims_chronolocation", "claims_findingmark"])
@pytest.mark.parametrize("change", ["UPDATE {} SET evidence_id = evidence_id", "DELETE FROM {}"])
def test_judgements_are_append_only_in_the_database_itself(amal, note, table, change):
    located(amal, note, latitude=0.0, longitude=0.0)
    dated(amal, note)
    marked(amal, note, "located-far")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


def test_a_changed_answer_is_named_by_verify(amal, note):
    from claims.models import triggers

    made = located(amal, note, place="Mayadin")
    connection.check_constraints()  # PostgreSQL alters no table while something waits for the end of the transaction
    triggers.remove(connection)
    Geolocation.objects.filter(pk=made.pk).update(confidence="high")
    connection.check_constraints()
    triggers.install(connection)
    assert [(one.kind, one.what) for one in Check(files=False).faults()] == [
        ("row", f"geolocation {made.pk}")
    ]


def marked(actor, row, code, mark="dismissed", reason="The camera's clock was wrong."):
    row.refresh_from_db()
    key = next(Finding.from_json(one).key for one in row.findings if one["code"] == code)
    return judgement.mark_finding(
        actor=actor, evidence_id=row.pk, version=row.version, finding=key, mark=mark, reason=reason
    )


def test_a_finding_is_marked_with_a_reason_and_the_mark_can_be_taken_back(amal, note):
    located(amal, note, latitude=0.0, longitude=0.0)
    made = marked(amal, note, "located-far")
    assert judgement.marks_of([note]) == {(note.pk, made.finding): made}
    marked(amal, note, "located-far", mark="open", reason="Looked again.")
    assert judgement.marks_of([note]) == {} and FindingMark.objects.count() == 2
    assert Entry.objects.filter(action="evidence.finding-marked").count() == 2


def test_a_mark_outlives_an_examination_that_finds_the_same(amal, claim):
    row = evidence.attach_file(actor=amal, claim_id=claim.pk, chunks=[b"plain words"], file_name="photo.jpg")
    make.run_jobs("evidence.examine")
    made = marked(amal, row, "extension-mismatch")
    row.refresh_from_db()
    evidence.recapture_evidence(actor=amal, evidence_id=row.pk)
    make.run_jobs("evidence.examine")
    row.refresh_from_db()
    assert "extension-mismatch" in codes(row) and (row.pk, made.finding) in judgement.marks_of([row])


def test_marking_without_a_reason_or_what_was_not_found_is_refused(amal, note):
    located(amal, note, latitude=0.0, longitude=0.0)
    with pytest.raises(Invalid):
        marked(amal, note, "located-far", reason=" ")
    with pytest.raises(Invalid):
        marked(amal, note, "located-far", mark="splendid")
    note.refresh_from_db()
    with pytest.raises(NotFound):
        judgement.mark_finding(
            actor=amal,
            evidence_id=note.pk,
            version=note.version,
            finding="0" * 32,
            mark="relevant",
            reason="?",
        )


def submitted(amal, claim, note):
    make.a_chain(amal, claim, make.a_source(amal))
    return make.submitted(amal, claim, evidence_ids=[note.pk])


def test_an_answer_about_cited_evidence_takes_the_submission_back(amal, claim, note):
    row = submitted(amal, claim, note)
    located(amal, note, place="Mayadin")
    row.refresh_from_db()
    assert row.state == VerdictState.RETURNED


@pytest.mark.parametrize("may_publish", [True, False])
def test_readers_see_what_was_approved_for_them_and_never_who_said_so(amal, claim, note, may_publish):
    basim = make.user("basim", Role.REVIEWER)
    located(amal, note, latitude=35.02, longitude=40.45, precision_m=200, may_publish=may_publish)
    dated(amal, note, may_publish=may_publish)
    row = submitted(amal, claim, note)
    (frozen,) = json.loads(row.snapshot)["evidence"]
    assert frozen["where"]["latitude"] == "35.02" and frozen["when"]["precision"] == "hour"
    approve_verdict(actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256)
    shown = publish_verdict(actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256)
    (public,) = json.loads(shown.snapshot)["evidence"]
    assert ("where" in public, "when" in public) == (may_publish, may_publish)
    assert "amal" not in shown.snapshot and "made_by" not in shown.snapshot
    assert list(Check(files=False).faults()) == []


def test_what_is_approved_without_an_answer_hashes_as_it_did_before_there_were_any(amal, claim, note):
    (frozen,) = json.loads(submitted(amal, claim, note).snapshot)["evidence"]
    assert not {"where", "when"} & set(frozen)
