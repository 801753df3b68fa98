"""What is public, one short line per verdict: lists, records, filters and the sitemap are made of these.

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
from claims.public.shown import Said, chain_cuts, said

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
    def incident_title(self) -> Said:
        return said(self.incident, "title")

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
