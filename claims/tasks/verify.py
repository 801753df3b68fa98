"""Does everything still stand as it was written: the chain, every row it vouches for, spans, snapshots, files.

Reads in a stream and keeps what it must remember in a temporary file, so that memory does not grow with the archive.
Writes nothing.
"""

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Substr

from claims.actions.checkpoint import MADE, first_fault
from claims.archive.configured import store
from claims.archive.store import Found, Store, StoreUnavailable
from claims.ledger.canonical import plain, text_digest
from claims.ledger.chain import Link, first_break
from claims.models import (
    Attribution,
    Capture,
    Claim,
    Contribution,
    Decision,
    Derivative,
    Document,
    Publication,
    Review,
    Verdict,
    triggers,
)
from claims.models.history import Checkpoint, Entry
from claims.models.projection import GUARDED, digest_of, label_of

CHUNK = 500
# Rows that look wrong are looked at again, as somebody may be writing meanwhile; not where this many do.
SUSPECTS = 2_000
SHOWN = 100


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was written.

    `kind` is entry, row, span, snapshot, review, trigger, checkpoint or file.
    """

    kind: str
    what: str
    problem: str


class Remembered:
    """What the history last said of each row, in a temporary database of its own: on disk, gone when closed."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")
        self._db.execute(
            "CREATE TABLE rows (key TEXT PRIMARY KEY, sha TEXT, seen INTEGER DEFAULT 0) WITHOUT ROWID"
        )
        self.head = 0

    def put(self, kind: str, pk: str, sha256: str) -> None:
        """The row's digest as of the entry being read; empty once it was removed."""
        self._db.execute(
            "INSERT INTO rows (key, sha) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET sha = excluded.sha",
            [f"{kind} {pk}", sha256],
        )

    def look(self, kind: str, pk: str) -> str | None:
        """The digest, empty for a removed row, None where no entry ever spoke of it."""
        found = self._db.execute("SELECT sha FROM rows WHERE key = ?", [f"{kind} {pk}"]).fetchone()
        return found[0] if found else None

    def tick(self, kind: str, pk: str) -> None:
        """The row was met in its table."""
        self._db.execute("UPDATE rows SET seen = 1 WHERE key = ?", [f"{kind} {pk}"])

    def unseen(self) -> Iterator[tuple[str, str]]:
        """Kind and id of rows that the history knows and no table holds."""
        for (key,) in self._db.execute("SELECT key FROM rows WHERE seen = 0 AND sha <> '' ORDER BY key"):
            kind, _space, pk = key.partition(" ")
            yield kind, pk

    def close(self) -> None:
        """Forget it all."""
        self._db.close()


@dataclass
class Check:
    """One verification under way: `n` counts what was looked at, by kind."""

    files: bool = True
    n: Counter[str] = field(default_factory=Counter)
    # Sound files no row speaks of, the first of them: an upload that was cut off leaves one, and so does a stranger.
    unclaimed: list[str] = field(default_factory=list)
    _known: Remembered = field(default_factory=Remembered)

    def faults(self) -> Iterator[Fault]:
        """Everything that is wrong, the first bad entry first."""
        steps: list[Callable[[], Iterator[Fault]]] = [
            self._chain,
            self._rows,
            self._spans,
            self._snapshots,
            self._second_person,
            self._triggers,
            self._checkpoints,
        ]
        if self.files:
            steps.append(self._files)
        try:
            for step in steps:
                yield from step()
        finally:
            self._known.close()

    def _checkpoints(self) -> Iterator[Fault]:
        """Does the history still reach, and hash to, what was signed? A chain cut or written anew holds by itself.

        And is every checkpoint there that the history tells of: without its row nothing is left to hold against.
        """
        found = first_fault()
        if found is not None:
            yield Fault("checkpoint", str(found.seq), found.problem)
        kept = dict(Checkpoint.objects.values_list("seq", "root_sha256"))
        for entry in Entry.objects.filter(action=MADE).order_by("seq").iterator(chunk_size=CHUNK):
            told = _body(entry).get("data", {})
            if kept.get(told.get("seq")) != told.get("root_sha256"):
                yield Fault("checkpoint", str(told.get("seq")), "missing or another")

    def _chain(self) -> Iterator[Fault]:
        """The first entry that does not follow, and every one whose columns say other than its body."""
        wrong: list[Fault] = []
        links = self._absorb(wrong)
        broken = first_break(links)
        for _rest in links:
            pass
        if broken is not None:
            yield Fault("entry", str(broken.seq), broken.problem)
        yield from wrong

    def _absorb(self, wrong: list[Fault]) -> Iterator[Link]:
        """Entries in order, what they say of rows remembered on the way."""
        for entry in (
            Entry.objects.filter(seq__gt=self._known.head).order_by("seq").iterator(chunk_size=CHUNK)
        ):
            body = _body(entry)
            for kind, pk, sha256 in body.get("rows", []):
                self._known.put(kind, pk, sha256)
            if not _repeats(entry, body):
                wrong.append(Fault("entry", str(entry.seq), "columns differ from the body"))
            self._known.head = entry.seq
            self.n["entries"] += 1
            yield Link(entry.seq, entry.prev_sha256, entry.sha256, entry.body)

    def _rows(self) -> Iterator[Fault]:
        suspects: list[tuple[type[models.Model], str]] = []
        for model in GUARDED:
            for row in _all(model).iterator(chunk_size=CHUNK):
                self.n["rows"] += 1
                kind, pk = label_of(row), str(row.pk)
                self._known.tick(kind, pk)
                if self._known.look(kind, pk) != digest_of(row):
                    suspects.append((model, pk))
        by_name = {label_of(model): model for model in GUARDED}
        suspects += [(by_name[kind], pk) for kind, pk in self._known.unseen() if kind in by_name]
        if len(suspects) <= SUSPECTS:
            for _new in self._absorb([]):
                pass
        for model, pk in suspects:
            yield from self._judge(model, pk)

    def _judge(self, model: type[models.Model], pk: str) -> Iterator[Fault]:
        """Look again at a row that seemed wrong, by what the history says now."""
        row = _all(model).filter(pk=pk).first()
        said = self._known.look(label_of(model), pk)
        what = f"{label_of(model)} {pk}"
        if row is None:
            if said:
                yield Fault("row", what, "missing")
        elif not said:
            yield Fault(
                "row", what, "no entry tells of it" if said is None else "removed by the history, but there"
            )
        elif said != digest_of(row):
            yield Fault("row", what, "not as the history left it")

    def _spans(self) -> Iterator[Fault]:
        """Claims and hops quote their document verbatim, and documents are what was hashed (rule 6)."""
        for row in Document.objects.only("id", "body", "body_sha256").iterator(chunk_size=10):
            self.n["documents"] += 1
            if hashlib.sha256(row.body.encode("utf-8", "surrogatepass")).hexdigest() != row.body_sha256:
                yield Fault("row", f"document {row.pk}", "its text is not what was hashed")
        quoting: list[tuple[type[models.Model], str]] = [(Claim, "wording"), (Attribution, "verbatim")]
        for model, column in quoting:
            spans = model._default_manager.filter(document__isnull=False, start__isnull=False)
            self.n["spans"] += spans.count()
            found = spans.annotate(there=Substr("document__body", F("start") + 1, F("end") - F("start")))
            for pk in found.exclude(there=F(column)).values_list("pk", flat=True).iterator():
                yield Fault("span", f"{label_of(model)} {pk}", "does not stand in its document")

    def _snapshots(self) -> Iterator[Fault]:
        """Frozen revisions hash to what was approved; published states are what their entries hold (rule 8)."""
        frozen = Verdict.objects.exclude(snapshot="").only("id", "snapshot", "content_sha256")
        for row in frozen.iterator(chunk_size=CHUNK):
            self.n["snapshots"] += 1
            if text_digest(row.snapshot) != row.content_sha256:
                yield Fault("snapshot", f"verdict {row.pk}", "does not hash to what was approved")
        for shown in Publication.objects.select_related("verdict").iterator(chunk_size=CHUNK):
            self.n["snapshots"] += 1
            if text_digest(shown.snapshot) != shown.snapshot_sha256:
                yield Fault("snapshot", f"publication {shown.pk}", "does not hash to what was published")
            elif _replayed(shown) != shown.snapshot_sha256:
                yield Fault("snapshot", f"publication {shown.pk}", "its entry does not replay to it")
            elif not same_where_both(_read(shown.verdict.snapshot), _read(shown.snapshot)):
                yield Fault("snapshot", f"publication {shown.pk}", "says other than what was approved")

    def _second_person(self) -> Iterator[Fault]:
        """No approval by somebody who had a hand in the revision, no publication without an approval (rule 3)."""
        hand = Contribution.objects.filter(
            claim=OuterRef("verdict__claim"), round=OuterRef("verdict__round"), user=OuterRef("reviewer")
        )
        approvals = Review.objects.filter(decision=Decision.APPROVE)
        for pk in approvals.filter(Exists(hand)).values_list("pk", flat=True):
            yield Fault("review", f"review {pk}", "approved by a contributor")
        approved = approvals.filter(
            verdict=OuterRef("verdict"), content_sha256=OuterRef("verdict__content_sha256")
        )
        for pk in Publication.objects.filter(~Exists(approved)).values_list("pk", flat=True):
            yield Fault("review", f"publication {pk}", "nobody approved it")

    def _triggers(self) -> Iterator[Fault]:
        for name in sorted(triggers.missing(connection)):
            yield Fault("trigger", name, "missing or changed")

    def _files(self) -> Iterator[Fault]:
        """Every capture and every copy, byte by byte; and whatever else lies in the store."""
        kept = store()
        tables: list[type[models.Model]] = [Capture, Derivative]
        for model in tables:
            files = model._default_manager.order_by("sha256").values_list("sha256", "size").distinct()
            for sha256, size in files.iterator(chunk_size=CHUNK):
                self.n["files"] += 1
                self._known.put("file", sha256, sha256)
                health = kept.verify(sha256, size=size)
                if health.state != "ok":
                    yield Fault("file", sha256, health.state)
        try:
            for found in kept.walk():
                yield from self._stranger(kept, found)
        except StoreUnavailable as error:
            yield Fault("file", "all", error.code)

    def _stranger(self, kept: Store, found: Found) -> Iterator[Fault]:
        """Something in the store that no row names: under a false name it was put there by another hand."""
        if found.sha256 is None:
            if not found.is_arriving:
                yield Fault("file", found.path, "does not belong there")
        elif self._known.look("file", found.sha256) is None:
            health = kept.verify(found.sha256)
            if health.state != "ok":
                yield Fault("file", found.sha256, health.state)
                return
            self.n["unclaimed files"] += 1
            if len(self.unclaimed) < SHOWN:
                self.unclaimed.append(found.sha256)


def same_where_both(approved: Any, shown: Any) -> bool:
    """Whether two snapshots say the same wherever both speak: the approved one holds ids, the published one dates.

    Not of their own version (`v`). Lists have the same items in the same order.
    """
    if isinstance(approved, dict) and isinstance(shown, dict):
        both = (approved.keys() & shown.keys()) - {"v"}
        return all(same_where_both(approved[name], shown[name]) for name in both)
    if isinstance(approved, list) and isinstance(shown, list):
        return len(approved) == len(shown) and all(map(same_where_both, approved, shown))
    return bool(approved == shown)


def _read(snapshot: str) -> Any:
    try:
        return json.loads(snapshot)
    except ValueError:
        return None


def _all(model: type[models.Model]) -> Any:
    rows = model._default_manager.order_by("pk")
    return rows.defer("body") if model is Document else rows


def _body(entry: Entry) -> dict[str, Any]:
    try:
        body = json.loads(entry.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _repeats(entry: Entry, body: dict[str, Any]) -> bool:
    """Whether the columns by which the history is searched say what the hashed body says."""
    subject = body.get("subject") or {}
    told = (body.get("seq"), body.get("action"), body.get("claim"), subject.get("type"), subject.get("id"))
    claim = str(entry.claim_id) if entry.claim_id else None
    same = told == (entry.seq, entry.action, claim, entry.subject_type, entry.subject_id)
    return (
        same
        and (body.get("actor") or {}).get("id") == str(entry.actor_id)
        and body.get("at") == plain(entry.at)
    )


def _replayed(shown: Publication) -> str:
    """SHA-256 of the snapshot that the entry of this publication holds."""
    entry = (
        Entry.objects.filter(
            action="verdict.published", claim_id=shown.claim_id, subject_id=str(shown.verdict_id)
        )
        .order_by("-seq")
        .first()
    )
    snapshot = _body(entry).get("data", {}).get("snapshot") if entry else None
    return text_digest(snapshot) if isinstance(snapshot, str) else ""
