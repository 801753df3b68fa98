"""The daily checkpoint: a signed statement of how long the history is and what it hashes to, for all to keep.

Who keeps one can later tell that the history was cut, rolled back or written anew, which the chain alone cannot.
"""

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from claims.actions.history import change
from claims.actions.person import system_user
from claims.ledger import seal
from claims.ledger.merkle import proof, root, roots_at, running_root
from claims.ledger.seal import Statement
from claims.models import Publication
from claims.models.history import Checkpoint, Entry

MADE = "checkpoint.made"


@dataclass(frozen=True)
class Draft:
    """A checkpoint ready to be kept. `stamps` are what authorities answered, or why they did not, as JSON."""

    statement: Statement
    signature: str
    public_key: str
    stamps: Sequence[Mapping[str, Any]] = field(default_factory=list)


def signing_key() -> str:
    """CHECKPOINT_KEY, else a key made at first use in the data folder, readable by us alone."""
    if settings.CHECKPOINT_KEY:
        return str(settings.CHECKPOINT_KEY)
    path = settings.DATA_DIR / "checkpoint_key"
    try:
        return str(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    # Whole or not at all, and once: a worker that dies here leaves no empty key, two at once the same one.
    handle, made = tempfile.mkstemp(dir=path.parent, prefix="checkpoint_key-")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(seal.new_key() + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        with contextlib.suppress(FileExistsError):
            os.link(made, path)
    finally:
        Path(made).unlink()
    return str(path.read_text(encoding="ascii").strip())


def is_any() -> bool:
    """Whether a checkpoint was ever made."""
    return Checkpoint.objects.exists()


def drafted() -> Draft | None:
    """A signed statement of the history as it stands; None when nothing happened since the last one."""
    last = Entry.objects.order_by("-seq").only("seq", "sha256", "action").first()
    before = Checkpoint.objects.order_by("-seq").first()
    if last is None or (before and last.seq <= before.seq + 1 and last.action == MADE):
        return None
    hashes = published_hashes(last.seq)
    statement = Statement(
        seq=last.seq,
        root_sha256=running_root(entry_hashes(last.seq)),
        head_sha256=last.sha256,
        n_publications=len(hashes),
        publications_sha256=root(hashes),
        made_at=timezone.now(),
    )
    key = signing_key()
    return Draft(statement, seal.sign(statement.message(), key), seal.public_key(key))


def keep_checkpoint(draft: Draft) -> Checkpoint:
    """Write it down, for good; an entry says so. Raises Conflict("taken") where another made the same."""
    said = draft.statement
    with change(actor=system_user(), action=MADE) as c:
        c.tell(seq=said.seq, root_sha256=said.root_sha256)
        return c.add(
            Checkpoint(
                seq=said.seq,
                root_sha256=said.root_sha256,
                head_sha256=said.head_sha256,
                n_publications=said.n_publications,
                publications_sha256=said.publications_sha256,
                signature=draft.signature,
                public_key=draft.public_key,
                stamps=list(draft.stamps),
                made_at=said.made_at,
            )
        )


def statement_of(row: Checkpoint) -> Statement:
    """What was signed."""
    return Statement(
        row.seq, row.root_sha256, row.head_sha256, row.n_publications, row.publications_sha256, row.made_at
    )


def entry_hashes(seq: int) -> Iterator[str]:
    """Hashes of entries 1 to `seq`, in order."""
    rows = Entry.objects.filter(seq__lte=seq).order_by("seq").values_list("sha256", flat=True)
    yield from rows.iterator(chunk_size=5000)


def published_hashes(seq: int) -> list[str]:
    """Snapshot hashes of all that was published up to entry `seq`, in the order of the history."""
    entries = Entry.objects.filter(action="verdict.published", seq__lte=seq).order_by("seq")
    verdicts = list(entries.values_list("subject_id", flat=True))
    by_verdict = {
        str(verdict): sha
        for verdict, sha in Publication.objects.values_list("verdict_id", "snapshot_sha256").iterator()
    }
    return [by_verdict[verdict] for verdict in verdicts if verdict in by_verdict]


@dataclass(frozen=True)
class Included:
    """Where a publication stands in the newest checkpoint that covers it, and the way up to its root."""

    checkpoint: Checkpoint
    index: int
    path: list[str]


def inclusion_of(publication: Publication) -> Included | None:
    """The proof that a publication is part of the newest checkpoint; None while no checkpoint covers it."""
    row = Checkpoint.objects.order_by("-seq").first()
    if row is None:
        return None
    hashes = published_hashes(row.seq)
    if publication.snapshot_sha256 not in hashes:
        return None
    index = hashes.index(publication.snapshot_sha256)
    return Included(row, index, proof(hashes, index))


@dataclass(frozen=True)
class Fault:
    """A checkpoint that no longer fits the history, and in which way."""

    seq: int
    problem: str


def first_fault(kept: Iterable[Mapping[str, Any]] | None = None) -> Fault | None:
    """The first checkpoint that does not hold against the history as it stands now: of our own, or of those that
    somebody kept (as /checkpoints.json gave them).

    Cut off or rolled back: the history is shorter than what was signed. Written anew: the roots differ.
    """
    head = Entry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    signed = _ours() if kept is None else sorted(map(_theirs, kept))
    wanted: dict[int, str] = {}
    for seq, root_sha256, message, signature, key in signed:
        if not seal.signature_holds(message, signature, key):
            return Fault(seq, "the signature does not hold")
        if seq > head:
            return Fault(seq, "the history ends before it")
        if wanted.setdefault(seq, root_sha256) != root_sha256:
            return Fault(seq, "two checkpoints differ")
    for seq, found in roots_at(entry_hashes(head), sorted(wanted)):
        if found != wanted[seq]:
            return Fault(seq, "the history before it is another")
    return None


Signed = tuple[int, str, bytes, str, str]


def _ours() -> list[Signed]:
    return [
        (row.seq, row.root_sha256, statement_of(row).message(), row.signature, row.public_key)
        for row in Checkpoint.objects.order_by("seq")
    ]


def _theirs(kept: Mapping[str, Any]) -> Signed:
    """Read from the signed text alone. Raises ValueError for what is no checkpoint."""
    lines = str(kept["message"]).splitlines()
    if len(lines) != 7 or lines[0] != seal.TAG:
        raise ValueError("no checkpoint")
    message = str(kept["message"]).encode()
    return int(lines[1]), lines[2], message, str(kept["signature"]), str(kept["public_key"])
