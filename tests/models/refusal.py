"""Whether a guard refuses a statement: one that is wrongly typed is refused too, and would prove nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from claims.models.guards import GUARDS, NOT_EMPTIED, NOT_REPLACED

WORDS = {guard.words for guard in [*GUARDS, *NOT_REPLACED]} | {
    f"{table} is append-only" for table in NOT_EMPTIED
}


@contextmanager
def guarded(*words: str) -> Iterator[None]:
    """A transaction that a guard refuses with its words: those given, or any guard's."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        yield
    told = str(refusal.value)
    assert any(one in told for one in words or WORDS), told


def nothing_pending() -> None:
    """Deferred triggers have run: PostgreSQL would refuse TRUNCATE for their sake, whatever the guards say."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
