"""What a cited page said when we captured it, for readers of a verdict whose source has gone since."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dateutil.parser import isoparse
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from claims.archive.configured import store
from claims.archive.store import NotStored
from claims.models import Citation, EvidenceKind, Observation, Publication, VerdictKind
from claims.public.door import open_to_all
from claims.public.gone import withdrawn
from claims.public.shown import EvidenceShown, Said, Shown, said, shown

LOST = ["gone", "soft-gone"]
MOST_BYTES = 400_000


@dataclass(frozen=True)
class KeptText:
    """Context of public/verdict/kept_text.html."""

    slug: str
    statement: Said
    title: str
    url: str
    text: str
    captured_at: datetime | None
    sha256: str


def lost_in(row: Publication) -> tuple[int, ...]:
    """Numbers, from 1, of the cited links that were gone when last looked at. One query."""
    newest = Observation.objects.filter(evidence=OuterRef("evidence")).order_by("-observed_at", "-id")
    cited = Citation.objects.filter(verdict=row.verdict_id).annotate(
        now=Subquery(newest.values("outcome")[:1])
    )
    kinds = cited.values_list("evidence__kind", "now")
    return tuple(n for n, (kind, now) in enumerate(kinds, 1) if kind == EvidenceKind.LINK and now in LOST)


def with_kept_texts(page: Shown, row: Publication, lost: tuple[int, ...]) -> Shown:
    """The page with a way to our copy of the text beside each source that has gone."""
    whole: dict[str, Any] = json.loads(row.snapshot)

    def led(n: int, item: EvidenceShown) -> EvidenceShown:
        if n not in lost or _text_of(whole["evidence"][n - 1]) is None:
            return item
        return replace(item, text_url=reverse("public:kept-text", args=[row.slug, n]))

    return replace(page, evidence=[led(n, item) for n, item in enumerate(page.evidence, 1)])


def _text_of(one: dict[str, Any]) -> dict[str, Any] | None:
    """The captured text that the snapshot names."""
    return next((c for c in one["captures"] if c["role"] == "text"), None)


@open_to_all
def kept_text(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The text alone, only while its own page cannot show it. Not for search engines."""
    row = Publication.objects.filter(slug=slug).order_by("-number").first()
    if row is None:
        raise Http404("no such verdict")
    if row.kind == VerdictKind.WITHDRAWAL:
        return withdrawn(request, row)
    evidence = json.loads(row.snapshot)["evidence"]
    text = _text_of(evidence[number - 1]) if number in lost_in(row) and number <= len(evidence) else None
    if text is None:
        raise Http404("nothing kept to show")
    response = render(
        request, "public/verdict/kept_text.html", vars(_context(row, evidence[number - 1], text))
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _context(row: Publication, one: dict[str, Any], text: dict[str, Any]) -> KeptText:
    try:
        data = b"".join(store().chunks(text["sha256"], length=MOST_BYTES))
    except NotStored:
        raise Http404("nothing kept to show") from None
    return KeptText(
        slug=row.slug,
        statement=shown(row).statement,
        title=said(one, "title").text or one["url"],
        url=one["url"],
        text=data.decode("utf-8", "ignore"),
        captured_at=isoparse(text["captured_at"]) if text.get("captured_at") else None,
        sha256=text["sha256"],
    )


urls: list[URLPattern] = [
    path("verdicts/<slug:slug>/evidence/<int:number>/", kept_text, name="kept-text"),
]
