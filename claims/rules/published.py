"""What is public, one short line per verdict: lists, records, filters and the sitemap are made of these.

The public pages and the API read it alike.

Read from the snapshots of current publications alone. What an editor has changed since, a claim's new incident or a
new hop of its chain, is not public until it is published.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, QuerySet

from claims.models import Claim, Publication, VerdictKind
from claims.text.normalise import fold

SAYS = {"asserts", "estimates"}


@dataclass(frozen=True)
class Voice:
    """A source's part in a verdict's chains: `origin` or `relay`, and what the chain's origin does with the claim."""

    slug: str
    part: str
    stance: str


@dataclass(frozen=True)
class Line:
    """One verdict as it stands, in short. Titles are kept in both languages, as the snapshot has them."""

    slug: str
    number: int
    kind: str
    value: str
    lang: str
    published_at: datetime
    first_published_at: str
    incident: dict[str, Any]
    voices: tuple[Voice, ...]

    @property
    def incident_slug(self) -> str:
        return str(self.incident.get("slug", ""))

    @property
    def is_illustration(self) -> bool:
        return bool(self.incident.get("is_illustration"))


@dataclass(frozen=True)
class Index:
    """All that is public, newest first. `names` is what the snapshots call each source, newest publication first."""

    state: str
    lines: tuple[Line, ...]
    names: dict[str, dict[str, Any]]

    def of_incident(self, slug: str) -> list[Line]:
        return [line for line in self.lines if slug and line.incident_slug == slug]

    def of_source(self, slug: str) -> list[Line]:
        return [line for line in self.lines if any(voice.slug == slug for voice in line.voices)]

    def incidents(self) -> dict[str, list[Line]]:
        """Lines by incident, the one with the newest verdict first."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            if line.incident_slug:
                found.setdefault(line.incident_slug, []).append(line)
        return found


@dataclass(frozen=True)
class Record:
    """What became of what a source itself said. Relays and denials are counted apart and weigh nothing here."""

    confirmed: int
    denied: int
    unverified: int
    n: int
    n_relayed: int
    n_denials: int


def record_of(slug: str, lines: list[Line]) -> Record:
    """A source's record over the lines that name it."""
    said = [line.value for line in lines if part_of(line, slug) == "said"]
    return Record(
        confirmed=said.count("confirmed"),
        denied=said.count("denied"),
        unverified=said.count("unverified"),
        n=len(said),
        n_relayed=sum(part_of(line, slug) == "relayed" for line in lines),
        n_denials=sum(part_of(line, slug) == "denied" for line in lines),
    )


def part_of(line: Line, slug: str) -> str:
    """What a source did with a claim: `said`, `denied` or `silent` as its origin, or `relayed`."""
    mine = [voice for voice in line.voices if voice.slug == slug and voice.part == "origin"]
    if not mine:
        return "relayed"
    if any(voice.stance in SAYS for voice in mine):
        return "said"
    return "denied" if any(voice.stance == "denies" for voice in mine) else "silent"


def counts(lines: list[Line]) -> dict[str, int]:
    """How many of the lines have each verdict."""
    values = [line.value for line in lines]
    return {value: values.count(value) for value in ("confirmed", "denied", "unverified")}


def with_words(words: str) -> set[str] | None:
    """Addresses whose texts hold every one of some words, in either script; None when no word was given."""
    asked = fold(words).split()[:12]
    if not asked:
        return None
    rows = current()
    for word in asked:
        rows = rows.filter(text_folded__contains=word)
    return set(rows.values_list("slug", flat=True))


def current() -> QuerySet[Publication]:
    """The current publication of every claim that is not withdrawn."""
    rows = Publication.objects.filter(
        pk__in=Claim.objects.filter(publication__isnull=False).values("publication_id")
    )
    return rows.exclude(kind=VerdictKind.WITHDRAWAL)


def state() -> str:
    """Changes whenever anything is published, corrected or withdrawn: publications are only ever added."""
    found = Publication.objects.aggregate(n=Count("pk"), last=Max("published_at"))
    return f"{found['n']}/{found['last'].isoformat() if found['last'] else ''}"


def index() -> Index:
    """Everything public as it stands; read again only after a publication."""
    return _read(state())


@lru_cache(maxsize=2)
def _read(known: str) -> Index:
    names: dict[str, dict[str, Any]] = {}
    lines = []
    fields = ("slug", "number", "kind", "value", "published_at", "snapshot")
    for row in current().order_by("-published_at", "-number").values_list(*fields).iterator():
        whole = json.loads(row[5])
        lines.append(_line(row, whole))
        for hop in whole["chains"]:
            names.setdefault(hop["source"]["slug"], hop["source"])
    return Index(known, tuple(lines), names)


def _line(row: tuple[Any, ...], whole: dict[str, Any]) -> Line:
    slug, number, kind, value, published_at, _snapshot = row
    return Line(
        slug=slug,
        number=number,
        kind=kind,
        value=value,
        lang=whole["claim"]["lang"],
        published_at=published_at,
        first_published_at=whole["first_published_at"],
        incident=whole["incident"] or {},
        voices=tuple(_voices(whole["chains"])),
    )


def _voices(hops: list[dict[str, Any]]) -> list[Voice]:
    voices = []
    for chain in chain_cuts(hops):
        stance = chain[-1]["stance"]
        voices += [Voice(hop["source"]["slug"], "relay", stance) for hop in chain[:-1]]
        voices.append(Voice(chain[-1]["source"]["slug"], "origin", stance))
    return voices


def chain_cuts(hops: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The hops of a snapshot as chains, each outermost first."""
    chains: list[list[dict[str, Any]]] = []
    expected = -1
    for hop in hops:
        if hop["hop"] != expected:
            chains.append([])
        chains[-1].append(hop)
        expected = hop["hop"] - 1
    return chains
