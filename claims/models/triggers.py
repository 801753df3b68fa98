"""Triggers of both engines: rows that are never changed, chains without cycles, approval by a second person.

SQLite: REPLACE walks past update and delete triggers unless a BEFORE INSERT guard stands there (measured, ACCEPTANCE
M10); and a migration that rebuilds a table drops its triggers, so they are taken away before migrations of this
application and put back after. PostgreSQL: row triggers miss TRUNCATE, and the replica role skips triggers that are not
ENABLE ALWAYS.
"""

import re

from django.db.backends.base.base import BaseDatabaseWrapper

# Table and its key: neither UPDATE nor DELETE, TRUNCATE nor REPLACE.
FROZEN = {
    "claims_entry": "seq",
    "claims_checkpoint": "id",
    "claims_capture": "id",
    "claims_review": "id",
    "claims_publication": "id",
    "claims_examination": "id",
    "claims_observation": "id",
}
UNIQUE_ALSO = {
    "claims_entry": ["prev_sha256", "sha256"],
    "claims_checkpoint": ["seq"],
    "claims_review": ["verdict_id"],
    "claims_publication": ["verdict_id"],
}


def _sqlite_frozen(table: str, key: str) -> list[str]:
    clash = " OR ".join(f"{column} = NEW.{column}" for column in [key, *UNIQUE_ALSO.get(table, [])])
    return [
        f"""CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table}
            BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END""",
        f"""CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table}
            BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END""",
        f"""CREATE TRIGGER IF NOT EXISTS {table}_no_replace BEFORE INSERT ON {table}
            WHEN EXISTS (SELECT 1 FROM {table} WHERE {clash})
            BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END""",  # noqa: S608 - names of ours
    ]


SQLITE = [
    """CREATE TRIGGER IF NOT EXISTS claims_attribution_relays_insert BEFORE INSERT ON claims_attribution
       WHEN NEW.relays_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims_attribution a
            WHERE a.id = NEW.relays_id AND a.claim_id = NEW.claim_id AND a.hop = NEW.hop - 1)
       BEGIN SELECT RAISE(ABORT, 'attribution hops form a forest'); END""",
    """CREATE TRIGGER IF NOT EXISTS claims_attribution_relays_update
       BEFORE UPDATE OF relays_id, hop, claim_id ON claims_attribution
       WHEN (NEW.relays_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims_attribution a
              WHERE a.id = NEW.relays_id AND a.claim_id = NEW.claim_id AND a.hop = NEW.hop - 1))
         OR ((NEW.hop <> OLD.hop OR NEW.claim_id <> OLD.claim_id)
              AND EXISTS (SELECT 1 FROM claims_attribution c WHERE c.relays_id = NEW.id))
       BEGIN SELECT RAISE(ABORT, 'attribution hops form a forest'); END""",
    """CREATE TRIGGER IF NOT EXISTS claims_review_second_person BEFORE INSERT ON claims_review
       WHEN NEW.decision = 'approve' AND EXISTS (
            SELECT 1 FROM claims_contribution c JOIN claims_verdict v
            ON v.claim_id = c.claim_id AND v.round = c.round
            WHERE v.id = NEW.verdict_id AND c.user_id = NEW.reviewer_id)
       BEGIN SELECT RAISE(ABORT, 'a contributor cannot approve'); END""",
    """CREATE TRIGGER IF NOT EXISTS claims_review_exact_revision BEFORE INSERT ON claims_review
       WHEN NOT EXISTS (SELECT 1 FROM claims_verdict v WHERE v.id = NEW.verdict_id
            AND v.content_sha256 = NEW.content_sha256 AND v.submitted_by_id = NEW.proposer_id)
       BEGIN SELECT RAISE(ABORT, 'a review names the revision it decides on'); END""",
    """CREATE TRIGGER IF NOT EXISTS claims_publication_approved BEFORE INSERT ON claims_publication
       WHEN NOT EXISTS (SELECT 1 FROM claims_verdict v JOIN claims_review r ON r.verdict_id = v.id
            WHERE v.id = NEW.verdict_id AND v.claim_id = NEW.claim_id AND v.value = NEW.value AND v.kind = NEW.kind
            AND r.decision = 'approve' AND r.content_sha256 = v.content_sha256)
       BEGIN SELECT RAISE(ABORT, 'a publication needs an approval of that revision'); END""",
    """CREATE TRIGGER IF NOT EXISTS claims_document_body BEFORE UPDATE OF body, body_sha256 ON claims_document
       WHEN NEW.body <> OLD.body OR NEW.body_sha256 <> OLD.body_sha256
       BEGIN SELECT RAISE(ABORT, 'a document body is never changed'); END""",
    """CREATE TRIGGER IF NOT EXISTS claims_verdict_frozen BEFORE UPDATE ON claims_verdict
       WHEN OLD.state <> 'draft' AND (NEW.snapshot <> OLD.snapshot OR NEW.content_sha256 <> OLD.content_sha256
            OR NEW.value <> OLD.value OR NEW.claim_id <> OLD.claim_id OR NEW.round <> OLD.round
            OR NEW.submitted_by_id <> OLD.submitted_by_id)
       BEGIN SELECT RAISE(ABORT, 'a submitted revision is frozen'); END""",
    """CREATE TRIGGER IF NOT EXISTS claims_contribution_no_update BEFORE UPDATE ON claims_contribution
       WHEN EXISTS (SELECT 1 FROM claims_verdict v WHERE v.claim_id = OLD.claim_id)
       BEGIN SELECT RAISE(ABORT, 'a hand in a claim is not forgotten'); END""",
    """CREATE TRIGGER IF NOT EXISTS claims_contribution_no_delete BEFORE DELETE ON claims_contribution
       WHEN EXISTS (SELECT 1 FROM claims_verdict v WHERE v.claim_id = OLD.claim_id)
       BEGIN SELECT RAISE(ABORT, 'a hand in a claim is not forgotten'); END""",
]

POSTGRES = [
    """CREATE OR REPLACE FUNCTION claims_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$""",
    """CREATE OR REPLACE FUNCTION claims_attribution_forest() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NEW.relays_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims_attribution a
              WHERE a.id = NEW.relays_id AND a.claim_id = NEW.claim_id AND a.hop = NEW.hop - 1)
            OR (TG_OP = 'UPDATE' AND (NEW.hop <> OLD.hop OR NEW.claim_id <> OLD.claim_id)
              AND EXISTS (SELECT 1 FROM claims_attribution c WHERE c.relays_id = NEW.id)) THEN
           RAISE EXCEPTION 'attribution hops form a forest' USING ERRCODE = 'check_violation';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE OR REPLACE FUNCTION claims_review_guard() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NEW.decision = 'approve' AND EXISTS (
            SELECT 1 FROM claims_contribution c JOIN claims_verdict v
            ON v.claim_id = c.claim_id AND v.round = c.round
            WHERE v.id = NEW.verdict_id AND c.user_id = NEW.reviewer_id) THEN
           RAISE EXCEPTION 'a contributor cannot approve' USING ERRCODE = 'check_violation';
         END IF;
         IF NOT EXISTS (SELECT 1 FROM claims_verdict v WHERE v.id = NEW.verdict_id
            AND v.content_sha256 = NEW.content_sha256 AND v.submitted_by_id = NEW.proposer_id) THEN
           RAISE EXCEPTION 'a review names the revision it decides on' USING ERRCODE = 'check_violation';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE OR REPLACE FUNCTION claims_publication_guard() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NOT EXISTS (SELECT 1 FROM claims_verdict v JOIN claims_review r ON r.verdict_id = v.id
            WHERE v.id = NEW.verdict_id AND v.claim_id = NEW.claim_id AND v.value = NEW.value AND v.kind = NEW.kind
            AND r.decision = 'approve' AND r.content_sha256 = v.content_sha256) THEN
           RAISE EXCEPTION 'a publication needs an approval of that revision' USING ERRCODE = 'check_violation';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE OR REPLACE FUNCTION claims_document_guard() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NEW.body <> OLD.body OR NEW.body_sha256 <> OLD.body_sha256 THEN
           RAISE EXCEPTION 'a document body is never changed' USING ERRCODE = 'restrict_violation';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE OR REPLACE FUNCTION claims_verdict_guard() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF OLD.state <> 'draft' AND (NEW.snapshot <> OLD.snapshot OR NEW.content_sha256 <> OLD.content_sha256
            OR NEW.value <> OLD.value OR NEW.claim_id <> OLD.claim_id OR NEW.round <> OLD.round
            OR NEW.submitted_by_id <> OLD.submitted_by_id) THEN
           RAISE EXCEPTION 'a submitted revision is frozen' USING ERRCODE = 'restrict_violation';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE OR REPLACE FUNCTION claims_contribution_guard() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF EXISTS (SELECT 1 FROM claims_verdict v WHERE v.claim_id = OLD.claim_id) THEN
           RAISE EXCEPTION 'a hand in a claim is not forgotten' USING ERRCODE = 'restrict_violation';
         END IF;
         RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
       END $$""",
    """CREATE OR REPLACE TRIGGER claims_contribution_stays BEFORE UPDATE OR DELETE ON claims_contribution
       FOR EACH ROW EXECUTE FUNCTION claims_contribution_guard()""",
    """CREATE OR REPLACE TRIGGER claims_attribution_relays BEFORE INSERT OR UPDATE ON claims_attribution
       FOR EACH ROW EXECUTE FUNCTION claims_attribution_forest()""",
    """CREATE OR REPLACE TRIGGER claims_review_second_person BEFORE INSERT ON claims_review
       FOR EACH ROW EXECUTE FUNCTION claims_review_guard()""",
    """CREATE OR REPLACE TRIGGER claims_publication_approved BEFORE INSERT ON claims_publication
       FOR EACH ROW EXECUTE FUNCTION claims_publication_guard()""",
    """CREATE OR REPLACE TRIGGER claims_document_body BEFORE UPDATE ON claims_document
       FOR EACH ROW EXECUTE FUNCTION claims_document_guard()""",
    """CREATE OR REPLACE TRIGGER claims_verdict_frozen BEFORE UPDATE ON claims_verdict
       FOR EACH ROW EXECUTE FUNCTION claims_verdict_guard()""",
]
POSTGRES_ALWAYS = {
    "claims_attribution": "claims_attribution_relays",
    "claims_contribution": "claims_contribution_stays",
    "claims_review": "claims_review_second_person",
    "claims_publication": "claims_publication_approved",
    "claims_document": "claims_document_body",
    "claims_verdict": "claims_verdict_frozen",
}


def _postgres_frozen(table: str) -> list[str]:
    return [
        f"""CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION claims_refuse()""",
        f"""CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION claims_refuse()""",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_change",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_truncate",
    ]


_SQLITE_NAME = re.compile(r"TRIGGER IF NOT EXISTS (\w+)")
_POSTGRES_NAME = re.compile(r"TRIGGER (claims_\w+)\s+BEFORE")


def _statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [s for table, key in FROZEN.items() for s in _sqlite_frozen(table, key)] + SQLITE
    always = [f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}" for table, name in POSTGRES_ALWAYS.items()]
    return POSTGRES + [s for table in FROZEN for s in _postgres_frozen(table)] + always


def _names(vendor: str) -> set[str]:
    pattern = _SQLITE_NAME if vendor == "sqlite" else _POSTGRES_NAME
    return {found for statement in _statements(vendor) for found in pattern.findall(statement)}


def _present(connection: BaseDatabaseWrapper) -> set[str]:
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the triggers that should stand in this database and do not (PostgreSQL: ENABLE ALWAYS)."""
    return _names(connection.vendor) - _present(connection)


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place; those already there stay. The tables must exist."""
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, for a migration that rebuilds tables (SQLite) or for going back to nothing."""
    with connection.cursor() as cursor:
        for name in _names(connection.vendor) & _present(connection):
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {name}")
            else:
                cursor.execute(f"DROP TRIGGER {name} ON {_table_of(name)}")


def _table_of(name: str) -> str:
    tables = [*FROZEN, *POSTGRES_ALWAYS]
    return max((table for table in tables if name.startswith(table)), key=len)
