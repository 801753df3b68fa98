"""The dossier of a verdict or an incident: one ZIP, streamed, that proves itself offline."""

import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from claims.actions.checkpoint import published_hashes, statement_of
from claims.actions.history import change
from claims.archive.configured import store
from claims.errors import NotFound, ensure
from claims.ledger.canonical import plain
from claims.models import (
    Capture,
    Claim,
    Derivative,
    DerivativeKind,
    Evidence,
    Examination,
    Incident,
    Publication,
    User,
    VerdictKind,
)
from claims.models.history import Checkpoint, Entry
from claims.rules.evidence import may_export

OFFLINE = Path(__file__).parent / "offline"
PIECE = 1 << 20
EXPORTED = "dossier.exported"
TRIES = 20


@dataclass(frozen=True)
class Subject:
    """What a dossier is about."""

    name: str
    claims: list[Claim]


def subject_of(slug: str) -> Subject:
    """The verdict or incident at a public address. Raises NotFound."""
    claim = Claim.objects.filter(slug=slug).first() if slug else None
    if claim is not None:
        return Subject(f"verdict {slug}", [claim])
    incident = Incident.objects.filter(slug=slug).first() if slug else None
    if incident is None:
        raise NotFound(what="dossier")
    return Subject(
        f"incident {slug}", list(Claim.objects.filter(incident=incident).order_by("created_at", "pk"))
    )


def export_dossier(*, actor: User, slug: str, public: bool) -> Iterator[bytes]:
    """The ZIP in pieces; that it was exported is an entry of the history, written before the first piece.

    `public` leaves out originals, custody and the words of entries. Raises NotAllowed, NotFound.
    """
    ensure(may_export(actor))
    subject = subject_of(slug)
    with transaction.atomic():
        # An entry for each claim: it belongs into the custody log of each one's evidence.
        about: list[Claim | None] = [*subject.claims] or [None]
        for claim in about:
            with change(actor=actor, action=EXPORTED, subject=claim, claim=claim) as c:
                c.tell(of=subject.name, public=public)
    return written(subject, public=public, made_at=timezone.now())


@dataclass
class Sink:
    """A file that cannot be sought in: what was written waits to be fetched."""

    waiting: list[bytes] = field(default_factory=list)
    at: int = 0

    def write(self, data: bytes) -> int:
        """Take some."""
        self.waiting.append(bytes(data))
        self.at += len(data)
        return len(data)

    def tell(self) -> int:
        """How much was written."""
        return self.at

    def flush(self) -> None:
        """Nothing to do."""

    def fetch(self) -> Iterator[bytes]:
        """What waits, and then it no longer does."""
        ready, self.waiting = self.waiting, []
        yield from ready


class Packer:
    """A ZIP being written, and the manifest of what went into it."""

    def __init__(self, made_at: datetime) -> None:
        self.sink = Sink()
        self.zip = zipfile.ZipFile(self.sink, "w", zipfile.ZIP_DEFLATED, allowZip64=True)  # type: ignore[call-overload]
        self.stamp = made_at.timetuple()[:6]
        self.files: list[dict[str, Any]] = []

    def add(self, name: str, pieces: Iterable[bytes], *, packed: bool = True) -> Iterator[bytes]:
        """Write one file, giving out what is ready meanwhile."""
        info = zipfile.ZipInfo(name, self.stamp)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.external_attr = 0o644 << 16
        made, size = sha256(), 0
        with self.zip.open(info, "w", force_zip64=True) as file:
            for piece in pieces:
                made.update(piece)
                size += len(piece)
                file.write(piece)
                yield from self.sink.fetch()
        self.files.append({"path": name, "sha256": made.hexdigest(), "size": size})
        yield from self.sink.fetch()

    def end(self) -> Iterator[bytes]:
        """The ZIP's own list of contents."""
        self.zip.close()
        yield from self.sink.fetch()


def written(subject: Subject, *, public: bool, made_at: datetime) -> Iterator[bytes]:
    """The whole ZIP. Only what is public goes into a public one: publications, their pictures, hashes."""
    packer = Packer(made_at)
    for name, pieces, packed in _parts(subject, _read(subject, public), public):
        yield from packer.add(name, pieces, packed=packed)
    about = {
        "subject": subject.name,
        "public": public,
        "made_at": plain(made_at),
        "files": list(packer.files),
    }
    yield from packer.add("manifest.json", _json(about))
    yield from packer.end()


Part = tuple[str, Iterable[bytes], bool]


@dataclass(frozen=True)
class Kept:
    """What stood in the database after entry `head`: all of it at that one moment."""

    head: int
    publications: list[Publication]
    shown: list[dict[str, Any]]
    captures: list[dict[str, Any]]


def _read(subject: Subject, public: bool) -> Kept:
    """Read again where an entry was made meanwhile: what is said must be what the history given with it says."""
    kept = _read_once(subject, public)
    for _ in range(TRIES):
        if kept.head == _head():
            break
        kept = _read_once(subject, public)
    return kept


def _read_once(subject: Subject, public: bool) -> Kept:
    head, shown = _head(), _shown(subject)
    facts = _public_captures(shown) if public else _captures(_evidence(subject))
    return Kept(head, list(_publications(subject, public)), shown, list(facts))


def _head() -> int:
    return Entry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def _parts(subject: Subject, kept: Kept, public: bool) -> Iterator[Part]:
    for name, file in (
        ("README.md", "readme.en.md"),
        ("README.ar.md", "readme.ar.md"),
        ("verify.py", "verify.py"),
    ):
        yield name, [(OFFLINE / file).read_bytes()], True
    for row in kept.publications:
        yield f"publications/{row.slug}-{row.number}.json", [row.snapshot.encode("utf-8")], True
    yield "publications.json", _json(published_hashes(kept.head)), True
    checkpoint = Checkpoint.objects.filter(seq__lte=kept.head).order_by("-seq").first()
    if checkpoint is not None:
        yield "checkpoint.json", _json(_signed(checkpoint)), True
    yield from _copies(kept.shown)
    yield "captures.json", _json(kept.captures), True
    if not public:
        yield from _originals(kept.captures)
        yield "custody.json", _json(_custody(subject, kept.head)), True
    yield "history/entries.jsonl", _entries(subject, kept.head, public), True


def _publications(subject: Subject, public: bool) -> Iterable[Publication]:
    """Every state; of a page that was withdrawn nothing goes into a public dossier."""
    rows = Publication.objects.filter(claim__in=subject.claims).order_by("published_at", "number")
    if not public:
        return rows
    gone = Publication.objects.filter(kind=VerdictKind.WITHDRAWAL).values("claim_id")
    return rows.exclude(claim_id__in=gone)


def _evidence(subject: Subject) -> list[Evidence]:
    """All evidence of the claims."""
    rows = Evidence.objects.filter(claim__in=subject.claims).order_by("created_at", "pk")
    return list(rows.select_related("claim", "source").prefetch_related("captures"))


def _shown(subject: Subject) -> list[dict[str, Any]]:
    """Evidence as current pages show it, from their snapshots: what was changed since stays inside until published."""
    current = [claim.publication_id for claim in subject.claims if claim.publication_id]
    live = Publication.objects.filter(pk__in=current).exclude(kind=VerdictKind.WITHDRAWAL).order_by("slug")
    return [item for row in live for item in json.loads(row.snapshot)["evidence"]]


def _copies(shown: list[dict[str, Any]]) -> Iterator[Part]:
    """Public copies that current pages show, each once."""
    rows = Derivative.objects.filter(
        token__in=[copy["token"] for item in shown for copy in item["copies"]],
        kind=DerivativeKind.PUBLIC,
        retired_at__isnull=True,
        capture__evidence__may_publish=True,
    )
    for value in sorted(set(rows.values_list("sha256", flat=True))):
        yield f"public/{value}.webp", store().chunks(value, each=PIECE), False


def _originals(captures: list[dict[str, Any]]) -> Iterator[Part]:
    for value in sorted({one["sha256"] for one in captures}):
        yield f"originals/{value}", store().chunks(value, each=PIECE), False


def _captures(evidence: list[Evidence]) -> Iterator[dict[str, Any]]:
    for row in evidence:
        for capture in row.captures.all():
            yield _facts(row, capture)


ABOUT = ("title_ar", "title_en", "url", "relation")


def _public_captures(shown: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What pages show of each capture."""
    for item in shown:
        for capture in item["captures"]:
            yield {"evidence": {name: item[name] for name in ABOUT}, **capture}


def _facts(row: Evidence, capture: Capture) -> dict[str, Any]:
    examined = Examination.objects.filter(capture=capture).first()
    return {
        "evidence": {name: getattr(row, name) for name in ABOUT},
        "role": capture.role,
        "sha256": capture.sha256,
        "size": capture.size,
        "media_type": capture.media_type,
        "captured_at": capture.captured_at,
        "sha3_512": capture.sha3_512,
        "file_name": capture.file_name,
        "url": capture.url,
        "tool": capture.tool,
        "facts": capture.facts,
        "examined": examined.facts if examined else {},
        "findings": row.findings,
        "log": row.log,
        "evidence_id": row.pk,
        "capture_id": capture.pk,
    }


def _custody(subject: Subject, head: int) -> list[dict[str, Any]]:
    about = Entry.objects.filter(claim_id__in=[claim.pk for claim in subject.claims], seq__lte=head)
    rows = about.filter(Q(subject_type="evidence") | Q(action=EXPORTED)).order_by("seq")
    return [
        {
            "seq": row.seq,
            "at": row.at,
            # As they were called then.
            "who": json.loads(row.body)["actor"]["username"],
            "what": row.action,
            "evidence": row.subject_id if row.subject_type == "evidence" else "",
        }
        for row in rows
    ]


def _entries(subject: Subject, head: int, public: bool) -> Iterator[bytes]:
    """The chain from its first entry, a line each: the words of those about these claims, of the rest the hashes."""
    keys = {str(claim.pk) for claim in subject.claims}
    for row in Entry.objects.filter(seq__lte=head).order_by("seq").iterator(chunk_size=1000):
        line: dict[str, Any] = {"seq": row.seq, "prev_sha256": row.prev_sha256, "sha256": row.sha256}
        if not public and str(row.claim_id) in keys:
            line["body"] = row.body
        yield json.dumps(line, ensure_ascii=False).encode("utf-8") + b"\n"


def _signed(row: Checkpoint) -> Mapping[str, Any]:
    return {
        "message": statement_of(row).message().decode("ascii"),
        "signature": row.signature,
        "public_key": row.public_key,
        "timestamps": row.stamps,
    }


def _json(value: Any) -> list[bytes]:
    return [json.dumps(plain(value), ensure_ascii=False, indent=1).encode("utf-8") + b"\n"]
