"""The one way to write: a change opens a transaction, saves rows, and leaves exactly one entry in the chain.

    with change(actor=user, action="claim.edited") as c:
        claim = c.lock(Claim, pk, version)
        claim.place = "..."
        c.save(claim)

No flag skips the entry, and a row saved through the change is in it with its digest, so `verify` can tell a row that
was changed any other way.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.utils import timezone

from claims.errors import Conflict, Invalid, NotFound
from claims.ledger.canonical import canonical_text, plain, settled
from claims.ledger.chain import GENESIS, link
from claims.models import Claim, User
from claims.models.history import Entry
from claims.models.projection import GUARDED, digest_of, label_of, state_of
from claims.models.row import Row

ENTRY_VERSION = 1
_APPEND_LOCK = 0x66616374636B  # "factck": the advisory lock that keeps the chain from forking
_BIG = {"snapshot"}
M = TypeVar("M", bound=models.Model)


@dataclass
class Change:
    """One action under way. `subject` is what the entry is about; the first row added or saved unless set."""

    actor: User
    action: str
    subject: models.Model | None = None
    claim: Claim | None = None
    data: dict[str, Any] = field(default_factory=dict)
    entry: Entry | None = None
    _before: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    _rows: dict[tuple[str, str], str] = field(default_factory=dict)
    _changes: list[dict[str, Any]] = field(default_factory=list)

    def lock(self, model: type[M], pk: Any, version: int | None = None) -> M:
        """The row, locked until the change ends. Raises NotFound; Conflict("stale") when `version` is not its own.

        Not its key: PostgreSQL checks foreign keys at the commit, with the append lock held, and would wait there for
        whoever edits a row that is only pointed at (a claim's text while it is read on, a hop's source).
        """
        try:
            row = model._default_manager.select_for_update(of=("self",), no_key=True).get(pk=pk)
        except (ObjectDoesNotExist, ValidationError, ValueError):
            raise NotFound(what=label_of(model)) from None
        if version is not None and isinstance(row, Row) and row.version != version:
            raise Conflict("stale", what=label_of(model), current=row, version=row.version)
        self._remember(row)
        return row

    def add(self, row: M) -> M:
        """Insert a row, checked as a form would check it. Raises Invalid."""
        self._clean(row)
        row.save(force_insert=True)
        self._register(row, before=None)
        return row

    def save(self, row: M) -> M:
        """Update a row taken by `lock` (or by `remember`); a Row's version goes up by one."""
        if isinstance(row, Row):
            row.version += 1
        self._clean(row)
        row.save(force_update=True)
        self._register(row, before=self._before.get(self._key(row)))
        return row

    def remember(self, row: M) -> M:
        """Note the state of a row read without a lock, so that its diff can be told."""
        self._remember(row)
        return row

    def remove(self, row: models.Model) -> None:
        """Delete a row; the entry keeps what it was."""
        key, before = self._key(row), state_of(row)
        row.delete()
        self._rows[key] = ""
        self._changes.append({"type": key[0], "id": key[1], "was": _lean(before)})

    def tell(self, **facts: Any) -> None:
        """Add facts to the entry."""
        self.data.update(facts)

    def _key(self, row: models.Model) -> tuple[str, str]:
        return label_of(row), str(row.pk)

    def _remember(self, row: models.Model) -> None:
        self._before.setdefault(self._key(row), state_of(row))

    def _clean(self, row: models.Model) -> None:
        for column in row._meta.concrete_fields:
            if isinstance(column, models.JSONField | models.FloatField):
                setattr(row, column.attname, settled(getattr(row, column.attname)))
        try:
            row.clean_fields()
        except ValidationError as error:
            name, messages = next(iter(error.message_dict.items()))
            raise Invalid("bad-field", field=name, messages=messages) from error

    def _register(self, row: models.Model, before: dict[str, Any] | None) -> None:
        if self.subject is None:
            self.subject = row
        if self.claim is None and isinstance(row, Claim):
            self.claim = row
        key, after = self._key(row), state_of(row)
        if isinstance(row, GUARDED):
            self._rows[key] = digest_of(row)
        if before is None:
            self._changes.append({"type": key[0], "id": key[1], "is": _lean(after)})
            return
        changed = {
            name: [before[name], value]
            for name, value in after.items()
            if plain(before.get(name)) != plain(value) and name != "version"
        }
        if changed:
            self._changes.append({"type": key[0], "id": key[1], "changed": _lean(changed)})
        self._before[key] = after


def _lean(state: dict[str, Any]) -> dict[str, Any]:
    """A state without the long texts that the entry holds elsewhere, and without empty columns."""
    return {name: value for name, value in state.items() if name not in _BIG and value not in (None, "")}


@contextmanager
def change(
    *, actor: User, action: str, subject: models.Model | None = None, claim: Claim | None = None
) -> Iterator[Change]:
    """One action: everything saved inside commits together with its entry, or nothing does.

    Raises Conflict("taken") where a database constraint or trigger refuses what the rules let through, or where two
    changes waited for each other: somebody else was first.
    """
    try:
        with transaction.atomic():
            under_way = Change(actor=actor, action=action, subject=subject, claim=claim)
            yield under_way
            under_way.entry = _append(under_way)
    except IntegrityError as error:
        raise Conflict("taken", detail=str(error).splitlines()[0]) from error
    except OperationalError as error:
        if not _collided(error):
            raise
        raise Conflict("taken", detail=str(error).splitlines()[0]) from error


def _collided(error: OperationalError) -> bool:
    """Whether other writers stood in the way: a deadlock (PostgreSQL), a lock that did not come free (SQLite)."""
    return getattr(error.__cause__, "sqlstate", "") in {"40P01", "40001"} or "is locked" in str(error)


def _append(done: Change) -> Entry:
    """Write the entry. The lock is taken last and held to the end of the transaction: the chain cannot fork."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_APPEND_LOCK])
    last = Entry.objects.order_by("-seq").only("seq", "sha256").first()
    seq, prev = (last.seq + 1, last.sha256) if last else (1, GENESIS)
    at = timezone.now()
    kind, pk = (label_of(done.subject), str(done.subject.pk)) if done.subject is not None else ("", "")
    claim_id = done.claim.pk if done.claim else None
    body = canonical_text(
        {
            "v": ENTRY_VERSION,
            "seq": seq,
            "at": at,
            "action": done.action,
            "actor": {"id": done.actor.pk, "username": done.actor.username},
            "subject": {"type": kind, "id": pk},
            "claim": claim_id,
            "data": done.data,
            "changes": done._changes,
            "rows": [[*key, sha] for key, sha in sorted(done._rows.items())],
        }
    )
    return Entry.objects.create(
        seq=seq,
        prev_sha256=prev,
        sha256=link(prev, body),
        body=body,
        action=done.action,
        actor_id=done.actor.pk,
        claim_id=claim_id,
        subject_type=kind,
        subject_id=pk,
        at=at,
    )
