"""What the database itself refuses, whoever asks (ACCEPTANCE F1, M10)."""

import pytest
from django.db import DatabaseError, connection, transaction

from claims.models import Attribution, Claim, Document, Role, Verdict, triggers
from claims.models.history import Entry
from tests import make

pytestmark = pytest.mark.django_db
FROZEN = sorted(triggers.FROZEN)


def refused(sql, *values):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return True


@pytest.fixture
def rows():
    """One row at least in the tables that take part in a publication."""
    return make.published(make.user("amal"), make.user("basim", Role.REVIEWER))


@pytest.mark.parametrize("table", ["claims_entry", "claims_review", "claims_publication"])
def test_f1_a_frozen_row_is_neither_changed_nor_deleted(rows, table):
    key = triggers.FROZEN[table]
    assert refused(f"UPDATE {table} SET {key} = {key}")
    assert refused(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", ["claims_entry", "claims_review", "claims_publication"])
def test_f1_a_frozen_row_is_not_replaced(rows, table):
    if connection.vendor == "sqlite":
        assert refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")
    else:
        key = triggers.FROZEN[table]
        assert refused(
            f"INSERT INTO {table} SELECT * FROM {table} LIMIT 1 "
            f"ON CONFLICT ({key}) DO UPDATE SET {key} = EXCLUDED.{key}"
        )


@pytest.mark.parametrize("table", FROZEN)
def test_f1_no_frozen_table_is_truncated(rows, table):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    assert refused(f"TRUNCATE {table} CASCADE")


def test_f1_the_replica_role_does_not_walk_past(rows):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM claims_entry")


def test_no_cycle_can_be_written_into_a_chain():
    amal = make.user("amal")
    made = make.a_chain(amal, make.a_claim(amal), make.a_source(amal, "A"), make.a_source(amal, "B"))
    outer, inner = Attribution.objects.filter(claim=made).order_by("-hop")
    with pytest.raises(DatabaseError), transaction.atomic():
        Attribution.objects.filter(pk=inner.pk).update(relays=outer, hop=outer.hop + 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Attribution.objects.filter(pk=outer.pk).update(hop=5)


def test_a_hop_does_not_relay_another_claims_hop():
    amal = make.user("amal")
    one = make.a_checkable_claim(amal, "One")
    other = make.a_claim(amal, "Other")
    hop = one.attributions.get()
    forged = Attribution(claim=other, source=hop.source, relays=hop, hop=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        forged.save(force_insert=True)


def test_a_document_body_is_never_changed():
    document = Document.objects.create(body="as it was", body_sha256="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(body="as it never was")


def test_a_submitted_revision_is_frozen():
    amal = make.user("amal")
    row = make.submitted(amal, make.a_checkable_claim(amal))
    with pytest.raises(DatabaseError), transaction.atomic():
        Verdict.objects.filter(pk=row.pk).update(value="confirmed")


@pytest.mark.parametrize("value", ["true", "mostly", ""])
def test_a_verdict_is_one_of_three(value):
    amal = make.user("amal")
    draft = make.a_draft(amal, make.a_checkable_claim(amal))
    with pytest.raises(DatabaseError), transaction.atomic():
        Verdict.objects.filter(pk=draft.pk).update(value=value)


def test_a_work_state_is_never_a_verdict():
    made = make.a_claim(make.user("amal"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Claim.objects.filter(pk=made.pk).update(work_state="confirmed")


def test_nobody_publishes_what_was_not_approved():
    amal, basim = make.user("amal"), make.user("basim", Role.REVIEWER)
    row = make.submitted(amal, make.a_checkable_claim(amal))
    from claims.models import Publication

    forged = Publication(
        claim=row.claim, verdict=row, number=1, slug="forged", kind="verdict", value=row.value,
        snapshot="{}", snapshot_sha256="0" * 64, published_at=row.submitted_at, published_by=basim,
    )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        forged.save(force_insert=True)


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
