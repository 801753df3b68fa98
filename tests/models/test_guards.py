"""Ways round the second person by raw SQL with the application's own rights, each of which once was open (B8, F1)."""

import uuid

import pytest
from django.db import connection
from django.utils import timezone

from claims.actions import verdict as verdicts
from claims.actions.person import system_user
from claims.models import Contribution, Document, Publication, Review, Role, Verdict, triggers
from tests import make
from tests.models.refusal import guarded, nothing_pending

pytestmark = pytest.mark.django_db


def key(value):
    """An id as the column of this engine holds it."""
    return value.hex if connection.vendor == "sqlite" and isinstance(value, uuid.UUID) else value


def refused(*statements):
    """True when one of the statements, in one transaction, is refused at once or when it ends."""
    with guarded():
        with connection.cursor() as cursor:
            for sql, *values in statements:
                cursor.execute(sql, [key(value) for value in values])
        connection.check_constraints()
    return True


def columns(model, **other):
    """The columns of a table, and the same with some of them said otherwise, for INSERT … SELECT."""
    names = [field.column for field in model._meta.concrete_fields]
    return ", ".join(names), ", ".join(other.get(name, name) for name in names)


def again(model, pk, **other):
    """Statements that take a row out and put it back changed, in one transaction: no foreign key minds."""
    table, (names, values) = model._meta.db_table, columns(model, **other)
    return (
        (f"CREATE TEMPORARY TABLE aside AS SELECT * FROM {table} WHERE id = %s", pk),
        (f"DELETE FROM {table} WHERE id = %s", pk),
        (f"INSERT INTO {table} ({names}) SELECT {values} FROM aside",),
    )


@pytest.fixture
def amal():
    return make.user("amal")


@pytest.fixture
def basim():
    return make.user("basim", Role.REVIEWER)


@pytest.fixture
def sami():
    return make.user("sami", Role.REVIEWER)


@pytest.fixture
def shown(amal, basim):
    """A publication."""
    return make.published(amal, basim)


@pytest.fixture
def waiting(amal):
    """A revision that waits for its reviewer."""
    return make.submitted(amal, make.a_checkable_claim(amal, "Two blasts."))


def a_review(row, reviewer, **other):
    values = {
        "verdict": row,
        "content_sha256": row.content_sha256,
        "decision": "approve",
        "reviewer": reviewer,
        "proposer": row.submitted_by,
    }
    return Review(**{**values, **other})


def not_written(row):
    with guarded():
        row.save(force_insert=True)
    return True


def test_nobody_else_than_a_reviewer_decides(waiting, sami):
    for who in (make.user("dina"), make.user("huda", Role.ADMIN), system_user()):
        assert not_written(a_review(waiting, who))
    sami.is_active = False
    sami.save()
    assert not_written(a_review(waiting, sami))


@pytest.mark.parametrize("state", ["approved", "published", "superseded", "withdrawn", "draft"])
def test_no_state_is_set_past_the_review(waiting, state):
    assert refused(("UPDATE claims_verdict SET state = %s WHERE id = %s", state, waiting.pk))


def test_a_revision_does_not_leave_its_round_by_way_of_the_draft(waiting, sami):
    assert refused(
        ("UPDATE claims_verdict SET state = 'draft' WHERE id = %s", waiting.pk),
        ("UPDATE claims_verdict SET round = 9, submitted_by_id = %s WHERE id = %s", sami.pk, waiting.pk),
    )


def test_a_revision_begins_as_a_draft(waiting):
    names, values = columns(
        Verdict,
        id=f"'{key(uuid.uuid4())}'",
        revision="9",
        round="9",
    )
    sql = f"INSERT INTO claims_verdict ({names}) SELECT {values} FROM claims_verdict WHERE id = %s"
    assert refused(
        ("UPDATE claims_verdict SET state = 'returned' WHERE id = %s", waiting.pk), (sql, waiting.pk)
    )


def test_a_hand_does_not_hide_in_another_round(amal, basim):
    claim = make.a_checkable_claim(amal, "Two blasts.")
    assert refused(("UPDATE claims_claim SET round = 7 WHERE id = %s", claim.pk))
    Contribution.objects.create(claim=claim, round=7, user=basim)
    assert not_written(a_review(make.submitted(amal, claim), basim))


def test_an_approval_of_a_made_up_round_is_none(amal, basim):
    claim = make.a_checkable_claim(amal, "Two blasts.")
    draft = make.a_draft(amal, claim)
    Verdict.objects.filter(pk=draft.pk).update(round=3)
    sent = verdicts.submit_verdict(actor=amal, verdict_id=draft.pk, version=draft.version)
    assert not_written(a_review(sent, basim))


@pytest.mark.parametrize("when", ["a draft was discarded", "the verdict waits", "nothing was proposed"])
def test_a_hand_is_not_taken_away_while_there_is_a_claim(amal, when):
    claim = make.a_checkable_claim(amal, "Two blasts.")
    if when == "the verdict waits":
        make.submitted(amal, claim)
    if when == "a draft was discarded":
        make.a_draft(amal, claim)
        assert refused(
            ("DELETE FROM claims_verdict WHERE claim_id = %s", claim.pk),
            ("DELETE FROM claims_contribution WHERE claim_id = %s", claim.pk),
        )
    assert refused(("DELETE FROM claims_contribution WHERE claim_id = %s", claim.pk))


@pytest.mark.parametrize("table", ["contribution", "citation"])
def test_f1_what_a_row_trigger_would_miss_is_not_truncated(shown, table):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    nothing_pending()
    assert refused((f"TRUNCATE claims_{table} CASCADE",))


@pytest.mark.parametrize(
    "column", ["reason_en", "rationale_ar", "change_en", "kind", "round", "submitted_at"]
)
def test_a_submitted_revision_is_frozen_whole(waiting, column):
    value = timezone.now() if column == "submitted_at" else "9" if column == "round" else "update"
    assert refused((f"UPDATE claims_verdict SET {column} = %s WHERE id = %s", value, waiting.pk))


def test_a_frozen_revision_is_not_put_back_changed(shown):
    pk = shown.verdict_id
    assert refused(*again(Verdict, pk, value="'denied'"))
    if connection.vendor == "sqlite":
        names, values = columns(Verdict, value="'denied'")
        insert = f"claims_verdict ({names}) SELECT {values} FROM claims_verdict WHERE id = %s"
        assert refused((f"INSERT OR REPLACE INTO {insert}", pk))


def test_a_document_is_not_put_back_changed(amal):
    pk = make.a_document(amal, propose=False).pk
    assert refused(*again(Document, pk, body="'as it never was'"))
    if connection.vendor == "sqlite":
        names, values = columns(Document, body="'as it never was'")
        insert = f"claims_document ({names}) SELECT {values} FROM claims_document WHERE id = %s"
        assert refused((f"INSERT OR REPLACE INTO {insert}", pk))


def test_what_a_frozen_revision_cites_stands(amal, basim):
    claim = make.a_checkable_claim(amal, "Two blasts.")
    note = make.a_note(amal, claim)
    row = make.submitted(amal, claim, value="denied", evidence_ids=[note.pk])
    other = make.a_note(amal, make.a_claim(amal, "Three."))
    assert refused(("DELETE FROM claims_citation WHERE verdict_id = %s", row.pk))
    assert refused(("UPDATE claims_citation SET position = 5 WHERE verdict_id = %s", row.pk))
    sql = "INSERT INTO claims_citation (verdict_id, evidence_id, position) VALUES (%s, %s, 1)"
    assert refused((sql, row.pk, other.pk))


def test_a_voided_approval_publishes_nothing(amal, basim):
    row = make.submitted(amal, make.a_checkable_claim(amal, "Two blasts."))
    verdicts.approve_verdict(actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256)
    row.refresh_from_db()
    verdicts.take_back_verdict(actor=amal, verdict_id=row.pk, version=row.version)
    assert not_written(a_publication(row, basim))


def a_publication(row, by, **other):
    values = {
        "claim": row.claim,
        "verdict": row,
        "number": 1,
        "slug": "forged",
        "kind": row.kind,
        "value": row.value,
        "snapshot": "{}",
        "snapshot_sha256": "0" * 64,
        "published_at": timezone.now(),
        "published_by": by,
    }
    return Publication(**{**values, **other})


def test_who_had_a_hand_in_it_does_not_publish(amal, basim, sami):
    row = make.submitted(amal, make.a_checkable_claim(amal, "Two blasts."))
    verdicts.approve_verdict(actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256)
    Contribution.objects.create(claim=row.claim, round=1, user=sami)
    Verdict.objects.filter(pk=row.pk).update(state="published")
    assert not_written(a_publication(row, sami))
    assert not_written(a_publication(row, amal))
    assert not_written(a_publication(row, basim, number=4))


@pytest.mark.parametrize("value", ["NULL", "another's", "older"])
def test_a_claim_shows_its_own_newest_publication(amal, basim, shown, value):
    newest = make.corrected(amal, basim, shown)
    other = make.published(amal, basim, make.a_checkable_claim(amal, "Two blasts."))
    pk = {"NULL": None, "another's": other.pk, "older": shown.pk}[value]
    assert refused(("UPDATE claims_claim SET publication_id = %s WHERE id = %s", pk, newest.claim_id))


def test_a_published_claim_keeps_its_address_and_its_row(shown):
    claim = shown.claim
    assert refused(("UPDATE claims_claim SET slug = 'elsewhere' WHERE id = %s", claim.pk))
    assert refused(*again(type(claim), claim.pk, publication_id="NULL"))


@pytest.mark.parametrize(
    "told",
    [
        "INSERT ON claims_review {each} {when} ",
        "UPDATE ON claims_review {each} ",
        "INSERT ON claims_alias {each} ",
    ],
    ids=["never fires", "before another write", "at another table"],
)
def test_a_trigger_that_stands_where_it_guards_nothing_is_missing(told):
    name = "claims_review_second_person"
    sqlite = connection.vendor == "sqlite"
    told = told.format(each="FOR EACH ROW", when="WHEN 1 = 0" if sqlite else "WHEN (false)")
    does = "BEGIN SELECT RAISE(ABORT, 'no'); END" if sqlite else f"EXECUTE FUNCTION {name}()"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + ("" if sqlite else " ON claims_review"))
        cursor.execute(f"CREATE TRIGGER {name} BEFORE {told}{does}")
        if not sqlite:
            table = told.split()[2]
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
    assert triggers.missing(connection) == {name}
    triggers.install(connection)
    assert triggers.missing(connection) == set()
