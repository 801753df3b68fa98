"""Triggers of both engines: rows that are never changed, chains without cycles, approval by a second person.

SQLite: REPLACE walks past update and delete triggers unless a BEFORE INSERT guard stands there (measured, ACCEPTANCE
M10); and a migration that rebuilds a table drops its triggers, so they are taken away before migrations of this
application and put back after. PostgreSQL: row triggers miss TRUNCATE, and the replica role skips triggers that are not
ENABLE ALWAYS.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

# Tables whose rows stay as they were written, and what must not come twice: neither UPDATE nor DELETE, TRUNCATE nor
# REPLACE.
FROZEN = {
    "claims_entry": ["seq", "prev_sha256", "sha256"],
    "claims_checkpoint": ["id", "seq"],
    "claims_capture": ["id"],
    "claims_review": ["id", "verdict_id"],
    "claims_publication": ["id", "verdict_id", "claim_id, number"],
    "claims_examination": ["id"],
    "claims_observation": ["id"],
}
# Tables of which single rows are frozen: they are not emptied either (PostgreSQL; the others hang on a frozen one).
NOT_EMPTIED = [*FROZEN, "claims_contribution"]

VERDICT = ", ".join(
    [
        *("claim_id", "revision", "round", "kind", "value", "snapshot", "content_sha256", "submitted_by_id"),
        *(f"{name}_{lang}" for name in ("reason", "rationale", "would_settle") for lang in ("ar", "en")),
        *(f"{name}_{lang}" for name in ("exception", "change") for lang in ("ar", "en")),
    ]
)
WAYS = {
    "draft": ["submitted"],
    "submitted": ["returned", "approved"],
    "approved": ["returned", "published", "withdrawn"],
    "published": ["superseded"],
}


@dataclass(frozen=True)
class Guard:
    """One trigger before one kind of write: `words` are said where `when` holds. NEW and OLD are the rows.

    `event` may name columns (UPDATE OF …). {differs} stands for the comparison that knows NULL.
    """

    name: str
    table: str
    event: str
    when: str
    words: str


def _of(row: str, columns: str) -> str:
    return "(" + ", ".join(f"{row}.{column.strip()}" for column in columns.split(",")) + ")"


def _same(columns: str) -> str:
    return f"{_of('held', columns)} = {_of('NEW', columns)}"


def _replaced(table: str, keys: list[str], also: str = "") -> str:
    clash = " OR ".join(_same(key) for key in keys)
    return f"EXISTS (SELECT 1 FROM {table} held WHERE ({clash}){also})"  # noqa: S608 - names of ours


_MOVED = " OR ".join(
    f"OLD.state = '{here}' AND NEW.state NOT IN ({', '.join(repr(state) for state in [here, *there])})"
    for here, there in {**WAYS, "returned": [], "superseded": [], "withdrawn": []}.items()
)
_NO_HOP = """NEW.relays_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims_attribution a
    WHERE a.id = NEW.relays_id AND a.claim_id = NEW.claim_id AND a.hop = NEW.hop - 1)"""
_FOREST = "attribution hops form a forest"
_HAND = "a hand in a claim is not forgotten"
_JUDGED = "EXISTS (SELECT 1 FROM claims_verdict v WHERE v.claim_id = OLD.claim_id)"
_VERBATIM = "a passage stands in its document"


def _misquoted(column: str) -> str:
    return f"""NEW.document_id IS NOT NULL AND NEW.start IS NOT NULL AND NEW.{column} {{differs}} (
        SELECT substr(d.body, NEW.start + 1, NEW."end" - NEW.start) FROM claims_document d
        WHERE d.id = NEW.document_id)"""  # noqa: S608 - names of ours


GUARDS = [
    Guard("claims_attribution_relays_insert", "claims_attribution", "INSERT", _NO_HOP, _FOREST),
    Guard(
        "claims_attribution_relays_update",
        "claims_attribution",
        "UPDATE OF relays_id, hop, claim_id",
        f"""{_NO_HOP} OR ((NEW.hop <> OLD.hop OR NEW.claim_id <> OLD.claim_id)
            AND EXISTS (SELECT 1 FROM claims_attribution c WHERE c.relays_id = NEW.id))""",  # noqa: S608
        _FOREST,
    ),
    *(
        Guard(f"{table}_verbatim_{event[:6].lower()}", table, event, _misquoted(column), _VERBATIM)
        for table, column in (("claims_claim", "wording"), ("claims_attribution", "verbatim"))
        for event in ("INSERT", f'UPDATE OF document_id, start, "end", {column}')
    ),
    Guard(
        "claims_review_second_person",
        "claims_review",
        "INSERT",
        """NEW.decision = 'approve' AND EXISTS (
            SELECT 1 FROM claims_contribution c JOIN claims_verdict v
            ON v.claim_id = c.claim_id AND v.round = c.round
            WHERE v.id = NEW.verdict_id AND c.user_id = NEW.reviewer_id)""",
        "a contributor cannot approve",
    ),
    Guard(
        "claims_review_exact_revision",
        "claims_review",
        "INSERT",
        """NOT EXISTS (SELECT 1 FROM claims_verdict v WHERE v.id = NEW.verdict_id AND v.state = 'submitted'
            AND v.content_sha256 = NEW.content_sha256 AND v.submitted_by_id = NEW.proposer_id)""",
        "a review names the submitted revision it decides on",
    ),
    Guard(
        "claims_publication_approved",
        "claims_publication",
        "INSERT",
        """NOT EXISTS (SELECT 1 FROM claims_verdict v JOIN claims_review r ON r.verdict_id = v.id
            WHERE v.id = NEW.verdict_id AND v.claim_id = NEW.claim_id AND v.value = NEW.value AND v.kind = NEW.kind
            AND v.state IN ('published', 'withdrawn')
            AND r.decision = 'approve' AND r.content_sha256 = v.content_sha256)""",
        "a publication needs an approval of that revision, not voided since",
    ),
    Guard(
        "claims_document_body",
        "claims_document",
        "UPDATE OF body, body_sha256",
        "NEW.body <> OLD.body OR NEW.body_sha256 <> OLD.body_sha256",
        "a document body is never changed",
    ),
    Guard(
        "claims_verdict_frozen",
        "claims_verdict",
        "UPDATE",
        f"OLD.state <> 'draft' AND {_of('NEW', VERDICT)} {{differs}} {_of('OLD', VERDICT)}",
        "a submitted revision is frozen",
    ),
    Guard("claims_verdict_ways", "claims_verdict", "UPDATE OF state", _MOVED, "a revision goes no other way"),
    Guard(
        "claims_verdict_no_delete",
        "claims_verdict",
        "DELETE",
        "OLD.state <> 'draft'",
        "a submitted revision is kept",
    ),
    *(
        Guard(f"claims_contribution_no_{event.lower()}", "claims_contribution", event, _JUDGED, _HAND)
        for event in ("UPDATE", "DELETE")
    ),
]
# SQLite only: PostgreSQL has no REPLACE.
NOT_REPLACED = [
    *(
        Guard(f"{table}_no_replace", table, "INSERT", _replaced(table, keys), f"{table} is append-only")
        for table, keys in FROZEN.items()
    ),
    Guard(
        "claims_verdict_no_replace",
        "claims_verdict",
        "INSERT",
        _replaced("claims_verdict", ["id", "claim_id, revision"], " AND held.state <> 'draft'"),
        "a submitted revision is frozen",
    ),
    Guard(
        "claims_document_no_replace",
        "claims_document",
        "INSERT",
        _replaced("claims_document", ["id"]),
        "a document body is never changed",
    ),
    Guard(
        "claims_contribution_no_replace",
        "claims_contribution",
        "INSERT",
        _replaced("claims_contribution", ["id"]),
        _HAND,
    ),
]


def _sqlite() -> Iterator[tuple[str, str, str]]:
    """Name, table and statement of each trigger, as SQLite keeps it."""
    for guard in [*GUARDS, *NOT_REPLACED]:
        when = guard.when.format(differs="IS NOT")
        yield guard.name, guard.table, _raising(guard.name, guard.event, guard.table, guard.words, when)
    for table in FROZEN:
        for event in ("UPDATE", "DELETE"):
            name = f"{table}_no_{event.lower()}"
            yield name, table, _raising(name, event, table, f"{table} is append-only")


def _raising(name: str, event: str, table: str, words: str, when: str = "1") -> str:
    return f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{words}'); END"


def _postgres() -> Iterator[tuple[str, str, str, str]]:
    """Name, table, what it stands before, and the body of the function it calls, which bears its name."""
    for guard in GUARDS:
        row = "OLD" if guard.event == "DELETE" else "NEW"
        when = guard.when.format(differs="IS DISTINCT FROM")
        body = f"""
BEGIN
  IF {when} THEN
    RAISE EXCEPTION '{guard.words}' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN {row};
END """
        yield guard.name, guard.table, f"{guard.event} ON {guard.table} FOR EACH ROW", body
    for table in NOT_EMPTIED:
        body = (
            f"\nBEGIN\n  RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'restrict_violation';\nEND "
        )
        name = f"{table}_no_truncate"
        yield name, table, f"TRUNCATE ON {table} FOR EACH STATEMENT", body
        if table in FROZEN:
            name = f"{table}_no_change"
            yield name, table, f"UPDATE OR DELETE ON {table} FOR EACH ROW", body


def _wanted(vendor: str) -> dict[str, str]:
    """What each trigger does, as the database tells it."""
    if vendor == "sqlite":
        return {name: statement for name, _table, statement in _sqlite()}
    return {name: body for name, _table, _before, body in _postgres()}


def _present(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    """Table and text of every trigger of ours that stands (PostgreSQL: ENABLE ALWAYS), by name."""
    query = (
        "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'claims_*'"
        " AND name NOT GLOB 'claims_claim_words_*'"
        if connection.vendor == "sqlite"
        else "SELECT tgname, tgrelid::regclass::text, CASE tgenabled WHEN 'A' THEN prosrc ELSE '' END"
        " FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal AND tgname ~ '^claims_'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name: (table, text) for name, table, text in cursor.fetchall()}


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the triggers that should stand in this database and do not, or do something else than they should."""
    present = _present(connection)
    return {
        name for name, text in _wanted(connection.vendor).items() if present.get(name, ("", ""))[1] != text
    }


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place, in the form it has here; what an earlier version left behind goes."""
    wanted, present = _wanted(connection.vendor), _present(connection)
    _drop(connection, {name: at for name, (at, text) in present.items() if wanted.get(name) != text})
    lacking = missing(connection)
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor, lacking):
            cursor.execute(statement)


def _statements(vendor: str, names: set[str]) -> Iterator[str]:
    if vendor == "sqlite":
        yield from (statement for name, _table, statement in _sqlite() if name in names)
        return
    for name, table, before, body in _postgres():
        if name in names:
            yield f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
            yield f"CREATE TRIGGER {name} BEFORE {before} EXECUTE FUNCTION {name}()"
            yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, for a migration that rebuilds tables (SQLite) or for going back to nothing."""
    _drop(connection, {name: at for name, (at, _text) in _present(connection).items()})


def _drop(connection: BaseDatabaseWrapper, which: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        for name, table in which.items():
            cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor != "sqlite" else ""))
