"""`verify`: says nothing is wrong when nothing is, and names what was changed behind its back."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from claims.actions import capture, checkpoint, evidence
from claims.actions import claim as claims
from claims.actions.history import change
from claims.archive.configured import store
from claims.archive.store import key_of
from claims.ledger.canonical import text_digest
from claims.models import Attribution, Claim, Publication, triggers
from claims.models.history import Entry
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def amal(db):
    return make.user("amal")


@pytest.fixture
def shown(amal):
    return make.published(amal, make.user("basim", "reviewer"))


def verify(code: int, *options: str) -> dict:
    out = StringIO()
    if code:
        with pytest.raises(SystemExit) as ended:
            call_command("verify", "--json", *options, stdout=out)
        assert ended.value.code == code
    else:
        call_command("verify", "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def tampered(sql: str, *values) -> list[tuple[str, str, str]]:
    """What verify finds after somebody took the triggers away, wrote, and put them back."""
    connection.check_constraints()  # PostgreSQL alters no table that deferred checks wait on
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    connection.check_constraints()
    triggers.install(connection)
    return [(fault["kind"], fault["what"], fault["problem"]) for fault in verify(1)["faults"]]


def key(pk) -> str:
    """A primary key as the database holds it."""
    return pk.hex if connection.vendor == "sqlite" else str(pk)


def test_a_whole_walk_verifies(shown):
    answer = verify(0)
    assert (answer["ok"], answer["faults"]) == (True, [])
    assert answer["checked"]["snapshots"] == 2


def test_an_empty_installation_verifies(db):
    assert verify(0)["ok"]


@pytest.mark.parametrize("column", ["body", "sha256", "prev_sha256"])
def test_a_changed_entry_is_named_by_its_number(shown, column):
    value = Entry.objects.get(seq=3).body.replace(",", ", ", 1) if column == "body" else "f" * 64
    found = tampered(f"UPDATE claims_entry SET {column} = %s WHERE seq = 3", value)
    assert ("entry", "3") in [fault[:2] for fault in found]


def test_a_removed_entry_is_missed(shown):
    assert ("entry", "4", "missing") in tampered("DELETE FROM claims_entry WHERE seq = 4")


def test_a_removed_last_entry_shows_in_the_rows_it_told_of(shown):
    last = Entry.objects.order_by("-seq").first()
    found = tampered("DELETE FROM claims_entry WHERE seq = %s", last.seq)
    assert ("row", f"publication {shown.pk}", "no entry tells of it") in found


def test_a_column_that_lies_about_its_entry_is_named(shown):
    found = tampered("UPDATE claims_entry SET action = 'claim.commented' WHERE seq = 3")
    assert ("entry", "3", "columns differ from the body") in found


def test_a_time_that_is_not_the_entrys_own_is_named(shown):
    found = tampered("UPDATE claims_entry SET at = %s WHERE seq = 3", "2020-01-01 00:00:00+00:00")
    assert ("entry", "3", "columns differ from the body") in found


def test_a_checkpoint_that_is_gone_is_missed(shown, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    seq = checkpoint.keep_checkpoint(checkpoint.drafted()).seq
    assert verify(0)["ok"]
    assert ("checkpoint", str(seq), "missing or another") in tampered("DELETE FROM claims_checkpoint")


def test_a_quietly_changed_row_is_named(shown):
    found = tampered(
        "UPDATE claims_claim SET statement_en = 'Six blasts.' WHERE id = %s", key(shown.claim_id)
    )
    assert found == [("row", f"claim {shown.claim_id}", "not as the history left it")]


def test_a_row_nobody_logged_is_named(amal):
    row = Claim(wording="From nowhere", created_by=amal)
    row.save()
    assert {f["what"]: f["problem"] for f in verify(1)["faults"]} == {
        f"claim {row.pk}": "no entry tells of it"
    }


def test_a_row_that_is_gone_is_named(amal):
    claim = make.a_checkable_claim(amal)
    hop = claim.attributions.get()
    Attribution.objects.filter(pk=hop.pk).delete()
    assert [(f["what"], f["problem"]) for f in verify(1)["faults"]] == [(f"attribution {hop.pk}", "missing")]


def test_a_changed_verdict_is_named(shown):
    found = tampered("UPDATE claims_verdict SET value = 'confirmed' WHERE id = %s", key(shown.verdict_id))
    assert ("row", f"verdict {shown.verdict_id}", "not as the history left it") in found


def test_a_rewritten_publication_is_named_even_with_a_fitting_hash(shown):
    from claims.ledger.canonical import text_digest

    other = Publication.objects.get().snapshot.replace("Five", "Nine")
    found = tampered(
        "UPDATE claims_publication SET snapshot = %s, snapshot_sha256 = %s", other, text_digest(other)
    )
    assert ("snapshot", f"publication {shown.pk}", "its entry does not replay to it") in found


def test_a_passage_that_left_its_document_is_named(amal):
    document = make.a_document(amal, "Five blasts were heard.", lang="en")
    claim = claims.log_claim(actor=amal, fields={}, document=document, span=(0, 11))
    found = tampered("UPDATE claims_claim SET start = 1 WHERE id = %s", key(claim.pk))
    assert ("span", f"claim {claim.pk}", "does not stand in its document") in found


def test_a_changed_document_is_named(amal):
    document = make.a_document(amal, "Five blasts were heard.", lang="en")
    found = tampered(
        "UPDATE claims_document SET body = 'Six blasts were heard.' WHERE id = %s", key(document.pk)
    )
    assert ("row", f"document {document.pk}", "its text is not what was hashed") in found


def test_a_contributor_who_approved_is_named(shown, amal):
    review = shown.verdict.reviews.get()
    found = tampered(
        "UPDATE claims_review SET reviewer_id = %s, proposer_id = %s", key(amal.pk), key(review.reviewer_id)
    )
    assert ("review", f"review {review.pk}", "approved by a contributor") in found


def test_f2_a_published_text_that_nobody_approved_is_named_even_with_an_entry_of_its_own(shown):
    forged = shown.snapshot.replace("One outlet only.", "Two outlets say so.")
    assert forged != shown.snapshot
    with change(actor=shown.published_by, action="verdict.published", subject=shown.verdict) as c:
        c.claim = shown.claim
        c.tell(snapshot=forged)
        shown.snapshot, shown.snapshot_sha256 = forged, text_digest(forged)
        c._register(shown, before=None)
    found = tampered(
        "UPDATE claims_publication SET snapshot = %s, snapshot_sha256 = %s", forged, shown.snapshot_sha256
    )
    assert found == [("snapshot", f"publication {shown.pk}", "says other than what was approved")]


def test_missing_triggers_are_named(shown):
    connection.check_constraints()
    triggers.remove(connection)
    names = {fault["what"] for fault in verify(1)["faults"]}
    assert any("claims_entry" in name for name in names)


def planted(name: str, data: bytes) -> None:
    path = store().top / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    path.chmod(0o444)


@pytest.mark.parametrize("name", ["notes.txt", "ab/cd/ef", key_of("0" * 64)])
def test_f6_a_file_that_somebody_added_is_named(db, name):
    planted(name, b"Never sent in.\n")
    (fault,) = verify(1)["faults"]
    assert (fault["kind"], fault["what"]) == ("file", name.rpartition("/")[2] if len(name) > 60 else name)


def test_a_sound_file_without_a_row_is_no_fault_and_is_told(amal):
    """An upload that was cut off between file and row leaves one."""
    sha256 = store().put([b"Never attached.\n"], limit=100).sha256
    planted("incoming/in-1.part", b"Half of")
    answer = verify(0)
    assert (answer["unclaimed"], answer["checked"]["unclaimed files"]) == ([sha256], 1)


def test_a_damaged_file_is_named_and_can_be_skipped(amal):
    claim = make.a_claim(amal)
    evidence.attach_file(
        actor=amal, claim_id=claim.pk, chunks=[b"What we were sent.\n"], file_name="note.txt"
    )
    sha256 = next(found.sha256 for found in store().walk())
    path = store().top / key_of(sha256)
    path.chmod(0o644)
    path.write_bytes(b"What we were told.\n")
    assert [(f["kind"], f["what"]) for f in verify(1)["faults"]] == [("file", sha256)]
    assert verify(0, "--skip-files")["ok"]


@pytest.mark.parametrize("number", [-0.0, 1e16, 3e22, 1e-7, 0.1, 12])
def test_numbers_of_a_file_come_back_as_they_were_hashed(amal, number):
    """PostgreSQL gives some floats back in another form: that is nobody's doing."""
    note = evidence.attach_note(
        actor=amal, claim_id=make.a_claim(amal).pk, fields={"description_en": "Heard it."}
    )
    found = [{"code": "place-far", "facts": {"each": [number]}}]
    capture.record_examination(evidence_id=note.pk, facts={}, findings=found, state="ready", tool="test")
    assert verify(0)["ok"]


def test_a_place_on_the_meridian_comes_back_as_it_was_hashed(amal):
    make.a_claim(amal, latitude=-0.0, longitude=-0.0)
    assert verify(0)["ok"]


def test_work_that_goes_on_meanwhile_is_no_fault(amal, monkeypatch):
    from claims.tasks import verify as module

    claim = make.a_claim(amal)
    spans = module.Check._rows

    def while_somebody_writes(self):
        claims.edit_claim(actor=amal, claim_id=claim.pk, version=1, fields={"place": "elsewhere"})
        make.a_claim(amal, "A new one.")
        yield from spans(self)

    monkeypatch.setattr(module.Check, "_rows", while_somebody_writes)
    assert verify(0)["ok"]
