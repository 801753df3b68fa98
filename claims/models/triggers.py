"""Triggers of both engines: rows that are never changed, chains without cycles, approval by a second person.

SQLite: REPLACE walks past update and delete triggers unless a BEFORE INSERT guard stands there (measured, ACCEPTANCE
M10); and a migration that rebuilds a table drops its triggers, so they are taken away before migrations of this
application and put back after. PostgreSQL: row triggers miss TRUNCATE, and the replica role skips triggers that are not
ENABLE ALWAYS. A trigger of the right name that does something else is as good as none, so what they do is compared.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from claims.models.guards import FROZEN as FROZEN
from claims.models.guards import GUARDS, NOT_EMPTIED, NOT_REPLACED


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
    """Name, table, the trigger as PostgreSQL tells it, and the body of the function it calls, which bears its name."""
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
        yield guard.name, guard.table, _calling(guard.name, guard.event, guard.table, "ROW"), body
    for table in NOT_EMPTIED:
        body = (
            f"\nBEGIN\n  RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'restrict_violation';\nEND "
        )
        name = f"{table}_no_truncate"
        yield name, table, _calling(name, "TRUNCATE", table, "STATEMENT"), body
        if table in FROZEN:
            name = f"{table}_no_change"
            yield name, table, _calling(name, "DELETE OR UPDATE", table, "ROW"), body


def _calling(name: str, event: str, table: str, each: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()"


def _wanted(vendor: str) -> dict[str, str]:
    """What each trigger does, as the database tells it."""
    if vendor == "sqlite":
        return {name: statement for name, _table, statement in _sqlite()}
    return {name: statement + body for name, _table, statement, body in _postgres()}


def _present(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    """Table and text of every trigger of ours that stands (PostgreSQL: ENABLE ALWAYS), by name."""
    query = (
        "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'claims_*'"
        " AND name NOT GLOB 'claims_claim_words_*'"
        if connection.vendor == "sqlite"
        else "SELECT tgname, tgrelid::regclass::text,"
        " CASE tgenabled WHEN 'A' THEN pg_get_triggerdef(pg_trigger.oid, true) || prosrc ELSE '' END"
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
    """Put every trigger in place, in the form it has here; what an earlier version left behind goes.

    The table of a later migration gets its own after that one.
    """
    wanted, present = _wanted(connection.vendor), _present(connection)
    _drop(connection, {name: at for name, (at, text) in present.items() if wanted.get(name) != text})
    lacking, there = missing(connection), set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor, lacking, there):
            cursor.execute(statement)


def _statements(vendor: str, names: set[str], tables: set[str]) -> Iterator[str]:
    if vendor == "sqlite":
        yield from (statement for name, at, statement in _sqlite() if name in names and at in tables)
        return
    for name, table, statement, body in _postgres():
        if name in names and table in tables:
            yield f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
            yield statement
            yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, for a migration that rebuilds tables (SQLite) or for going back to nothing."""
    _drop(connection, {name: at for name, (at, _text) in _present(connection).items()})


def _drop(connection: BaseDatabaseWrapper, which: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        for name, table in which.items():
            cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor != "sqlite" else ""))
