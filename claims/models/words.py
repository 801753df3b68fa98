"""An index that finds claims by any part of a word in their folded text, in either script.

SQLite: a full-text table of letter triples, kept by triggers. PostgreSQL: a trigram index, where the extension may be
had. Both only narrow down what ClaimQuerySet.matching then compares, so a claim is never found or missed because of
them; without them the search reads every claim (measured at 100,000 claims: docs/performance.md).
"""

from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL

# More candidates than this are not worth a list: the search meets a page of them soon enough on its way.
FEW = 5_000
_INSERT = """INSERT INTO claims_claim_triples (rowid, text)
             SELECT n, NEW.text_folded FROM claims_claim_words WHERE claim_id = NEW.id"""
_DELETE = """INSERT INTO claims_claim_triples (claims_claim_triples, rowid, text)
             SELECT 'delete', n, OLD.text_folded FROM claims_claim_words WHERE claim_id = OLD.id"""
SQLITE = [
    "CREATE TABLE claims_claim_words (n INTEGER PRIMARY KEY, claim_id TEXT NOT NULL UNIQUE)",
    "CREATE VIRTUAL TABLE claims_claim_triples USING fts5(text, content='', tokenize='trigram', detail='none')",
    "INSERT INTO claims_claim_words (claim_id) SELECT id FROM claims_claim",
    """INSERT INTO claims_claim_triples (rowid, text)
       SELECT w.n, c.text_folded FROM claims_claim_words w JOIN claims_claim c ON c.id = w.claim_id""",
    f"""CREATE TRIGGER claims_claim_words_insert AFTER INSERT ON claims_claim BEGIN
          INSERT INTO claims_claim_words (claim_id) VALUES (NEW.id); {_INSERT}; END""",  # noqa: S608 - names of ours
    f"""CREATE TRIGGER claims_claim_words_update AFTER UPDATE OF text_folded ON claims_claim
        WHEN OLD.text_folded <> NEW.text_folded BEGIN {_DELETE}; {_INSERT}; END""",
    f"""CREATE TRIGGER claims_claim_words_delete BEFORE DELETE ON claims_claim BEGIN {_DELETE};
          DELETE FROM claims_claim_words WHERE claim_id = OLD.id; END""",  # noqa: S608 - names of ours
]
POSTGRES = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX IF NOT EXISTS claims_claim_words ON claims_claim USING gin (text_folded gin_trgm_ops)",
]
_AWAY = [
    *(f"DROP TRIGGER IF EXISTS claims_claim_words_{when}" for when in ("insert", "update", "delete")),
    *("DROP TABLE IF EXISTS claims_claim_triples", "DROP TABLE IF EXISTS claims_claim_words"),
]
_HOLDING = """SELECT claim_id FROM claims_claim_words
              WHERE n IN (SELECT rowid FROM claims_claim_triples WHERE claims_claim_triples MATCH %s)"""
_there: dict[str, bool] = {}


def install(to: BaseDatabaseWrapper) -> bool:
    """Put the index in place and fill it; False where this database cannot have one, which costs time only."""
    _there.clear()
    if stands(to):
        return True
    try:
        with transaction.atomic(using=to.alias), to.cursor() as cursor:
            for statement in SQLITE if to.vendor == "sqlite" else POSTGRES:
                cursor.execute(statement)
    except DatabaseError:
        return False  # SQLite without FTS5; a PostgreSQL role that may not add an extension
    finally:
        _there.clear()
    return True


def remove(to: BaseDatabaseWrapper) -> None:
    """Take SQLite's away before a migration, which may rebuild the table or rewrite the texts."""
    _there.clear()
    with to.cursor() as cursor:
        for statement in _AWAY if to.vendor == "sqlite" else []:
            cursor.execute(statement)


def stands(there: BaseDatabaseWrapper) -> bool:
    """Whether the index is in this database, with the triggers that keep it."""
    query = (
        "SELECT count(*) = 3 FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'claims_claim_words_*'"
        if there.vendor == "sqlite"
        else "SELECT count(*) = 1 FROM pg_indexes WHERE indexname = 'claims_claim_words'"
    )
    with there.cursor() as cursor:
        cursor.execute(query)
        return bool(cursor.fetchone()[0])


def candidates(words: list[str]) -> Any:
    """An expression of the ids of claims that may hold all these folded words; None where it would not help.

    PostgreSQL's planner uses its index by itself. Words of one or two letters have no triple.
    """
    triples = sorted({word[i : i + 3] for word in words for i in range(len(word) - 2)})
    if connection.vendor != "sqlite" or not triples or not _stands_here():
        return None
    match = " AND ".join('"' + triple.replace('"', '""') + '"' for triple in triples[:60])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT 1 FROM claims_claim_triples WHERE claims_claim_triples MATCH %s LIMIT %s)",
            [match, FEW + 1],
        )
        if cursor.fetchone()[0] > FEW:
            return None
    return RawSQL(_HOLDING, [match])  # noqa: S611 - fixed text, the words are parameters


def _stands_here() -> bool:
    name = str(connection.settings_dict["NAME"])
    if name not in _there:
        _there[name] = stands(connection)
    return _there[name]
