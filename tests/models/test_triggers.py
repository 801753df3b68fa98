"""What the database itself refuses, whoever asks (ACCEPTANCE F1, M10)."""

import pytest
from django.db import connection

from claims.actions import claim as claims
from claims.actions import publish, verdict
from claims.models import (
    Attribution,
    Claim,
    Document,
    Publication,
    Review,
    Role,
    User,
    Verdict,
    triggers,
)
from claims.models.history import Entry
from tests import make
from tests.models.refusal import guarded, nothing_pending

pytestmark = pytest.mark.django_db
FROZEN = sorted(triggers.FROZEN)


def refused(sql, *values):
    with guarded(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return True


@pytest.fixture
def rows():
    """One row at least in the tables that take part in a publication."""
    return make.published(make.user("amal"), make.user("basim", Role.REVIEWER))


@pytest.mark.parametrize("table", ["claims_entry", "claims_review", "claims_publication"])
def test_f1_a_frozen_row_is_neither_changed_nor_deleted(rows, table):
    key = triggers.FROZEN[table][0]
    assert refused(f"UPDATE {table} SET {key} = {key}")
    assert refused(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", ["claims_entry", "claims_review", "claims_publication"])
def test_f1_a_frozen_row_is_not_replaced(rows, table):
    if connection.vendor == "sqlite":
        assert refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")
    else:
        key = triggers.FROZEN[table][0]
        assert refused(
            f"INSERT INTO {table} SELECT * FROM {table} LIMIT 1 "
            f"ON CONFLICT ({key}) DO UPDATE SET {key} = EXCLUDED.{key}"
        )


@pytest.mark.parametrize("table", [*FROZEN, "claims_contribution"])
def test_f1_no_frozen_table_is_truncated(rows, table):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    nothing_pending()
    assert refused(f"TRUNCATE {table} CASCADE")


def test_f1_another_publication_does_not_take_the_number_of_one_that_stands(rows):
    """A connection of somebody else's, without our pragma, on which REPLACE fires no delete trigger."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE")
    amal, basim = User.objects.get(username="amal"), User.objects.get(username="basim")
    draft = publish.start_correction(actor=amal, verdict_id=rows.verdict_id, kind="correction")
    texts = {**make.TEXTS, "change_en": "The night."}
    sent = make.submitted(amal, rows.claim, version=draft.version, texts=texts)
    verdict.approve_verdict(actor=basim, verdict_id=sent.pk, content_sha256=sent.content_sha256)
    Verdict.objects.filter(pk=rows.verdict_id).update(state="superseded")
    Verdict.objects.filter(pk=sent.pk).update(state="published")
    columns = (
        "claim_id, number, slug, value, snapshot, snapshot_sha256, text_folded, published_at, published_by_id"
    )
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=OFF")
    try:
        assert refused(
            f"INSERT OR REPLACE INTO claims_publication (id, verdict_id, kind, {columns}) "
            f"SELECT %s, %s, 'correction', {columns} FROM claims_publication",
            "0" * 32,
            sent.pk.hex,
        )
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers=ON")


@pytest.mark.parametrize("table", ["claims_verdict", "claims_contribution", "claims_document"])
def test_what_is_frozen_is_not_replaced_row_and_all(rows, table):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE")
    make.a_document(User.objects.get(username="amal"))
    assert refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")


def test_f1_the_replica_role_does_not_walk_past(rows):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only")
    with guarded(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM claims_entry")


def test_no_cycle_can_be_written_into_a_chain():
    amal = make.user("amal")
    made = make.a_chain(amal, make.a_claim(amal), make.a_source(amal, "A"), make.a_source(amal, "B"))
    outer, inner = Attribution.objects.filter(claim=made).order_by("-hop")
    with guarded():
        Attribution.objects.filter(pk=inner.pk).update(relays=outer, hop=outer.hop + 1)
    with guarded():
        Attribution.objects.filter(pk=outer.pk).update(hop=5)


def test_a_hop_does_not_relay_another_claims_hop():
    amal = make.user("amal")
    one = make.a_checkable_claim(amal, "One")
    other = make.a_claim(amal, "Other")
    hop = one.attributions.get()
    forged = Attribution(claim=other, source=hop.source, relays=hop, hop=1)
    with guarded():
        forged.save(force_insert=True)


def test_a_document_body_is_never_changed():
    document = Document.objects.create(body="as it was", body_sha256="0" * 64)
    with guarded():
        Document.objects.filter(pk=document.pk).update(body="as it never was")


def test_a_submitted_revision_is_frozen():
    amal = make.user("amal")
    row = make.submitted(amal, make.a_checkable_claim(amal))
    with guarded():
        Verdict.objects.filter(pk=row.pk).update(value="confirmed")


@pytest.mark.parametrize(
    "changes",
    [{"kind": "withdrawal"}, {"rationale_en": "Another."}, {"change_en": "Added."}, {"revision": 9}],
)
def test_nothing_a_reviewer_reads_is_changed_after_the_submission(changes):
    row = make.submitted(make.user("amal"), make.a_checkable_claim(make.user("dina")))
    with guarded():
        Verdict.objects.filter(pk=row.pk).update(**changes)


@pytest.mark.parametrize("state", ["draft", "published", "superseded", "withdrawn"])
def test_a_submitted_revision_goes_no_way_but_to_a_decision(state):
    row = make.submitted(make.user("amal"), make.a_checkable_claim(make.user("dina")))
    with guarded():
        Verdict.objects.filter(pk=row.pk).update(state=state)


def test_an_approval_that_an_edit_voided_is_not_taken_up_again():
    amal, basim = make.user("amal"), make.user("basim", Role.REVIEWER)
    made = make.a_checkable_claim(amal)
    row = make.submitted(amal, made)
    verdict.approve_verdict(actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256)
    made.refresh_from_db()
    claims.edit_claim(actor=amal, claim_id=made.pk, version=made.version, fields={"place": "elsewhere"})
    for state in ("approved", "published"):
        with guarded():
            Verdict.objects.filter(pk=row.pk).update(state=state)
    with guarded():
        forged_publication(row, basim).save(force_insert=True)


def test_a_submitted_revision_is_not_deleted():
    row = make.submitted(make.user("amal"), make.a_checkable_claim(make.user("dina")))
    with guarded():
        Verdict.objects.filter(pk=row.pk).delete()


def test_a_draft_is_not_decided_on():
    amal, basim = make.user("amal"), make.user("basim", Role.REVIEWER)
    draft = make.a_draft(amal, make.a_checkable_claim(amal))
    Verdict.objects.filter(pk=draft.pk).update(content_sha256="0" * 64, submitted_by=amal)
    forged = Review(verdict=draft, content_sha256="0" * 64, decision="approve", reviewer=basim, proposer=amal)
    with guarded():
        forged.save(force_insert=True)


def test_a_passage_is_what_stands_in_its_document():
    amal = make.user("amal")
    text = make.a_document(amal, "سُمع دوي خمسة انفجارات. 💥 Five blasts were heard.")
    made = claims.log_claim(actor=amal, fields={}, document=text, span=(24, 36))
    for changes in ({"wording": "Six blasts"}, {"start": 25}, {"end": 30}):
        with guarded():
            Claim.objects.filter(pk=made.pk).update(**changes)
    with guarded():
        Claim(document=text, start=0, end=4, wording="another", created_by=amal).save(force_insert=True)
    hop = Attribution(claim=made, source=make.a_source(amal), document=text, start=0, end=4, verbatim="x")
    with guarded():
        hop.save(force_insert=True)


@pytest.mark.parametrize("value", ["true", "mostly", ""])
def test_a_verdict_is_one_of_three(value):
    amal = make.user("amal")
    draft = make.a_draft(amal, make.a_checkable_claim(amal))
    with guarded("verdict_value_one_of_three"):
        Verdict.objects.filter(pk=draft.pk).update(value=value)


def test_a_work_state_is_never_a_verdict():
    made = make.a_claim(make.user("amal"))
    with guarded("claim_work_state_known"):
        Claim.objects.filter(pk=made.pk).update(work_state="confirmed")


def test_nobody_publishes_what_was_not_approved():
    amal, basim = make.user("amal"), make.user("basim", Role.REVIEWER)
    row = make.submitted(amal, make.a_checkable_claim(amal))
    with guarded():
        forged_publication(row, basim).save(force_insert=True)


def forged_publication(row, by):
    return Publication(
        claim=row.claim, verdict=row, number=1, slug="forged", kind="verdict", value=row.value,
        snapshot="{}", snapshot_sha256="0" * 64, published_at=row.submitted_at, published_by=by,
    )  # fmt: skip


def test_every_trigger_stands_and_the_check_names_one_that_does_not():
    from claims.checks import triggers_stand

    assert triggers.missing(connection) == set()
    name = "claims_document_body"
    with connection.cursor() as cursor:
        cursor.execute(
            f"DROP TRIGGER {name}" + (" ON claims_document" if connection.vendor != "sqlite" else "")
        )
    assert name in triggers_stand(databases=["default"])[0].msg
    triggers.install(connection)
    assert triggers.missing(connection) == set()


def test_a_trigger_that_only_bears_the_name_is_missed_and_replaced():
    name = "claims_document_body"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON claims_document BEGIN SELECT 1; END")
        else:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RETURN NEW; END $$"
            )
    assert triggers.missing(connection) == {name}
    triggers.install(connection)
    assert triggers.missing(connection) == set()


def test_the_entries_of_one_publication_follow_each_other(rows):
    assert list(Entry.objects.order_by("seq").values_list("action", flat=True))[-3:] == [
        "verdict.submitted",
        "verdict.approved",
        "verdict.published",
    ]


def test_who_had_a_hand_in_a_claim_is_not_forgotten_once_there_is_a_verdict():
    amal = make.user("amal")
    made = make.a_checkable_claim(amal)
    make.submitted(amal, made)
    assert refused("DELETE FROM claims_contribution")
    assert refused("UPDATE claims_contribution SET round = round + 1")
    assert made.contributions.count() == 1
