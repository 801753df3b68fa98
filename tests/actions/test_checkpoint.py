"""Checkpoints: signed, public, and able to tell a history that was cut or written anew."""

import json

import pytest
from django.db import connection

from claims.actions import checkpoint
from claims.ledger import seal
from claims.ledger.chain import link
from claims.ledger.merkle import holds
from claims.models import Role, triggers
from claims.models.history import Checkpoint, Entry
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_key(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def publication(db):
    return make.published(make.user("amal"), make.user("basim", Role.REVIEWER))


def made():
    assert make.run_jobs("checkpoint.make") == 1
    return Checkpoint.objects.order_by("-seq").first()


def ask():
    from claims.jobs import ask

    ask("checkpoint.make")


def test_a_checkpoint_signs_length_root_and_head_of_the_history(publication):
    ask()
    head = Entry.objects.order_by("-seq").first()
    row = made()
    assert (row.seq, row.head_sha256, row.n_publications) == (head.seq, head.sha256, 1)
    assert seal.signature_holds(checkpoint.statement_of(row).message(), row.signature, row.public_key)
    assert checkpoint.first_fault() is None


def test_nothing_new_makes_no_new_checkpoint(publication):
    for _ in range(2):
        ask()
        make.run_jobs("checkpoint.make")
    assert Checkpoint.objects.count() == 1


def test_the_key_is_made_once_and_for_us_alone(settings):
    first = checkpoint.signing_key()
    path = settings.DATA_DIR / "checkpoint_key"
    assert checkpoint.signing_key() == first and path.stat().st_mode & 0o077 == 0


def test_a_worker_that_dies_making_the_key_leaves_none(monkeypatch):
    def dies():
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(seal, "new_key", dies)
        with pytest.raises(SystemExit):
            checkpoint.signing_key()
    assert seal.public_key(checkpoint.signing_key())


def test_the_operators_key_is_used_when_there_is_one(settings, publication):
    settings.CHECKPOINT_KEY = seal.new_key()
    ask()
    assert made().public_key == seal.public_key(settings.CHECKPOINT_KEY)


def rewritten(change):
    """Do with the history what only somebody with the database file can do."""
    connection.check_constraints()  # PostgreSQL alters no table while deferred checks are pending
    triggers.remove(connection)
    try:
        change()
    finally:
        triggers.install(connection)


def test_f4_a_history_cut_short_fails_against_its_checkpoint(publication):
    ask()
    row = made()
    rewritten(lambda: Entry.objects.filter(seq__gte=row.seq).delete())
    assert checkpoint.first_fault() == checkpoint.Fault(row.seq, "the history ends before it")


def test_f4_a_history_written_anew_consistently_fails_against_its_checkpoint(publication):
    ask()
    row = made()

    def anew():
        entries = list(Entry.objects.order_by("seq"))
        Entry.objects.all().delete()
        prev = entries[0].prev_sha256
        for entry in entries:
            entry.body = entry.body.replace("amal", "omar")
            entry.prev_sha256, entry.sha256 = prev, link(prev, entry.body)
            prev = entry.sha256
        Entry.objects.bulk_create(entries)

    rewritten(anew)
    assert checkpoint.first_fault() == checkpoint.Fault(row.seq, "the history before it is another")


def test_f9_the_proof_of_a_verdict_page_holds_with_public_data_alone(publication, client):
    ask()
    made()
    proof = client.get(f"/verdicts/{publication.slug}/proof.json").json()
    signed = proof["checkpoint"]
    lines = signed["message"].splitlines()
    assert seal.signature_holds(signed["message"].encode(), signed["signature"], signed["public_key"])
    assert holds(proof["snapshot_sha256"], proof["index"], int(lines[4]), proof["path"], lines[5])
    assert json.loads(proof["snapshot"])["slug"] == publication.slug
    assert "amal" not in json.dumps(proof) and str(publication.pk) not in json.dumps(proof)


def test_before_the_first_checkpoint_the_proof_says_that_nothing_is_signed_yet(publication, client):
    early = client.get(f"/verdicts/{publication.slug}/proof.json").json()
    assert (early["snapshot_sha256"], early["checkpoint"]) == (publication.snapshot_sha256, None)


@pytest.mark.parametrize(
    "path", ["/ar/checkpoints/", "/en/checkpoints/", "/checkpoints.json", "/checkpoints.atom"]
)
def test_checkpoints_are_public(publication, client, path):
    ask()
    row = made()
    answer = client.get(path)
    assert answer.status_code == 200 and row.root_sha256 in answer.content.decode()


def test_an_authority_that_does_not_answer_is_written_down_and_stops_nothing(publication, settings):
    settings.TIMESTAMP_AUTHORITIES = ["http://127.0.0.1/stamp"]
    ask()
    (stamp,) = made().stamps
    assert stamp == {"authority": "http://127.0.0.1/stamp", "error": "address-refused"}


def test_f8_a_whole_older_copy_put_back_fails_against_a_checkpoint_kept_outside(publication, client):
    ask()
    row = made()
    kept = client.get("/checkpoints.json").json()["checkpoints"]

    def put_back():
        Checkpoint.objects.all().delete()
        Entry.objects.filter(seq__gte=row.seq - 1).delete()

    rewritten(put_back)
    assert checkpoint.first_fault() is None
    assert checkpoint.first_fault(kept) == checkpoint.Fault(row.seq, "the history ends before it")


def test_a_kept_checkpoint_that_was_tampered_with_is_told(publication, client):
    ask()
    row = made()
    (kept,) = client.get("/checkpoints.json").json()["checkpoints"]
    kept["message"] = kept["message"].replace(row.root_sha256, "0" * 64)
    assert checkpoint.first_fault([kept]) == checkpoint.Fault(row.seq, "the signature does not hold")


def test_the_first_verdict_can_be_proven_at_once_and_later_ones_wait_for_the_night(publication):
    make.run_jobs("publication.announce")
    assert made().n_publications == 1 and checkpoint.inclusion_of(publication) is not None
    sami = make.user("sami")
    other = make.a_chain(sami, make.a_claim(sami), make.a_source(sami, "Another outlet"))
    make.published(sami, make.user("dina", Role.REVIEWER), other)
    make.run_jobs("publication.announce")
    assert make.run_jobs("checkpoint.make") == 0
