"""What the reading engine finds, kept as proposals; reading again never touches what somebody has decided."""

import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any

from claims.actions.history import Change
from claims.jobs import ask
from claims.ledger.canonical import plain
from claims.models import Document, Proposal, ProposalState, Source
from claims.text.read import read_parts
from claims.text.reading import EventTime, Proposed
from claims.text.registry import KnownSource, known_sources

READING_VERSION = 1
# A text up to this long is read while the editor waits, for this many seconds at most; a job reads on.
AT_ONCE = 20_000
PATIENCE = 1.5
# Each job reads from the beginning, three times as far as the one before: proposals appear early, and the whole
# costs half as much again as reading it once.
FURTHER = 3
LONGEST_WORDING = 20_000


@dataclass(frozen=True)
class Stretch:
    """A text read from its beginning up to `until` (code points); `done` when that is all of it."""

    proposals: tuple[Proposed, ...]
    until: int
    done: bool


def read_stretch(
    document: Document,
    *,
    until: int = AT_ONCE,
    patience: float | None = PATIENCE,
    watch: Callable[[float], None] | None = None,
) -> Stretch:
    """The proposals of the text up to `until`, or as far as `patience` (seconds) goes. Writes nothing.

    `watch` is told how much of the whole text is read, 0 to 1.
    """
    began, found, done = time.monotonic(), list[Proposed](), 0.0
    for part in read_parts(
        document.body,
        published_on=document.published_on,
        lang=document.lang if document.lang in {"ar", "en"} else None,
        zone=document.zone,
        sources=sources_here(),
        publisher=document.publisher.slug if document.publisher else None,
    ):
        found += part.proposals
        done = part.done
        if watch is not None:
            watch(done)
        if done * len(document.body) >= until or (patience and time.monotonic() - began > patience):
            break
    proposals = tuple(one for one in found if one.end - one.start <= LONGEST_WORDING)
    return Stretch(proposals, round(done * len(document.body)), done >= 1.0)


def keep_stretch(c: Change, document: Document, stretch: Stretch) -> None:
    """Store what was read, inside a change that holds the document; ask for the rest by a job.

    What is undecided and untouched in that stretch is replaced, row by row where the span is the same; a span that
    somebody decided on, edited or marked keeps every new one off.
    """
    rows = list(Proposal.objects.select_for_update(no_key=True).filter(document=document))
    kept = [row for row in rows if is_touched(row)]
    loose = {(row.start, row.end): row for row in rows if not is_touched(row)}
    fresh: dict[tuple[int, int], Proposal] = {}
    for read in stretch.proposals:
        same = loose.pop((read.start, read.end), None)
        if same is not None:
            _reread(same, read)
        elif (read.start, read.end) not in fresh and not _overlaps(read, kept):
            fresh[read.start, read.end] = _proposal(document, read)
    _reread_edited(kept, stretch.proposals)
    gone = [row.pk for row in loose.values() if stretch.done or row.start < stretch.until]
    Proposal.objects.filter(pk__in=gone).delete()
    Proposal.objects.bulk_create(fresh.values())
    _note_progress(c, document, stretch)


def _note_progress(c: Change, document: Document, stretch: Stretch) -> None:
    document.reading_state = "read" if stretch.done else "reading"
    document.reading_progress = 1.0 if stretch.done else stretch.until / len(document.body)
    # Not through the change: how far the engine is says nothing of the document, and is not in its history.
    Document.objects.filter(pk=document.pk).update(
        reading_state=document.reading_state, reading_progress=document.reading_progress
    )
    c.tell(n_proposed=len(stretch.proposals), read_until=stretch.until)
    if not stretch.done:
        ask(
            "document.read",
            dedup_key=f"document.read:{document.pk}",
            asked_by=c.actor,
            document=document.pk,
            until=max(stretch.until, AT_ONCE) * FURTHER,
        )


def is_touched(row: Proposal) -> bool:
    """Whether a person has decided on it, edited it or marked it: then the engine leaves it alone."""
    return row.state != ProposalState.PROPOSED or row.by_hand or bool(set(row.edits) - {"v"})


def _overlaps(read: Proposed, kept: Iterable[Proposal]) -> bool:
    return any(row.start < read.end and read.start < row.end for row in kept)


def _reread(row: Proposal, read: Proposed) -> None:
    reading = reading_of(read)
    if row.reading != reading:
        row.reading = reading
        row.version += 1
        row.save(update_fields=["reading", "version"])


def _reread_edited(kept: list[Proposal], proposals: Iterable[Proposed]) -> None:
    """An undecided proposal that somebody edited takes the new reading under its edits."""
    by_span = {(row.start, row.end): row for row in kept if row.state == ProposalState.PROPOSED}
    for read in proposals:
        row = by_span.get((read.start, read.end))
        if row is not None and not row.by_hand:
            _reread(row, read)


def _proposal(document: Document, read: Proposed) -> Proposal:
    return Proposal(
        document=document,
        start=read.start,
        end=read.end,
        wording=document.body[read.start : read.end],
        reading=reading_of(read),
        edits={"v": READING_VERSION},
    )


def reading_of(read: Proposed) -> dict[str, Any]:
    """A proposal of the engine as JSON: its fields by name, days as ISO dates, spans into the whole text."""
    fields = asdict(read)
    kept = {name: _json(value) for name, value in fields.items() if name not in {"start", "end"}}
    return {"v": READING_VERSION, **kept, "event": _event(read.event), "said": _event(read.said)}


def _event(event: EventTime | None) -> dict[str, Any] | None:
    return plain(asdict(event)) if event else None


def _json(value: Any) -> Any:
    """Tuples as lists, days as text; numbers stay numbers."""
    if isinstance(value, dict):
        return {key: _json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_json(item) for item in value]
    return value if isinstance(value, float) else plain(value)


def sources_here() -> tuple[KnownSource, ...]:
    """The newsroom's own registry as the engine reads it, key = slug; and what comes with the product beside it."""
    rows = Source.objects.active().named().select_related("parent").prefetch_related("aliases", "accounts")
    ours = [
        KnownSource(
            key=row.slug,
            name_en=row.name_en,
            name_ar=row.name_ar,
            aliases=tuple(alias.name for alias in row.aliases.all()),
            handles=tuple(account.handle for account in row.accounts.all()),
            kind=row.kind,
            country=row.country,
            is_party=row.is_party,
            parent=row.parent.slug if row.parent else None,
        )
        for row in rows
    ]
    taken = set(Source.objects.values_list("slug", flat=True))
    return tuple(chain(ours, (one for one in known_sources() if one.key not in taken)))
