"""A published verdict: the page, and every state it had."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from urllib.parse import urlencode

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from claims.markup.claimreview import claim_review, embedded
from claims.models import Publication, VerdictKind
from claims.public.cached import page as kept_page
from claims.public.copy import tokens_of
from claims.public.door import open_to_all
from claims.public.gone import withdrawn
from claims.public.kept_text import lost_in, with_kept_texts
from claims.public.shown import Said, Shown, absolute, language, newsroom, reviewed, shown


@dataclass(frozen=True)
class State:
    """One published state in a page's history."""

    number: int
    kind: str
    value: str
    at: datetime
    until: datetime | None
    change: Said
    sha256: str


@dataclass(frozen=True)
class Changed:
    """One text that differs between two states."""

    label: str
    old: str
    new: str
    is_value: bool = False


@dataclass(frozen=True)
class Step:
    """What changed with one state."""

    number: int
    changes: list[Changed]


@dataclass(frozen=True)
class HistoryPage:
    verdict: Shown
    states: list[State]
    steps: list[Step]


@dataclass(frozen=True)
class VerdictPage:
    """A verdict page, as it stands or as it stood."""

    verdict: Shown
    states: list[State]
    jsonld: str
    is_current: bool
    site_name: str
    canonical: str
    card_url: str
    json_url: str
    oembed_url: str


def newest(slug: str) -> Publication:
    """The newest publication at an address, a withdrawal included. Raises Http404."""
    row = Publication.objects.filter(slug=slug).order_by("-number").first()
    if row is None:
        raise Http404("no such verdict")
    return row


# The one query of a page that is kept. Written out: building it anew costs more than asking it (docs/performance.md).
_STANDING = (
    "SELECT kind, snapshot_sha256 FROM claims_publication WHERE slug = %s ORDER BY number DESC LIMIT 1"
)


@open_to_all
def verdict_detail(request: HttpRequest, slug: str) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [slug])
        found = cursor.fetchone()
    if found is None:
        raise Http404("no such verdict")
    kind, sha256 = found
    if kind == VerdictKind.WITHDRAWAL:
        return withdrawn(request, newest(slug))
    return kept_page(request, sha256, lambda: _current(request, slug))


def _current(request: HttpRequest, slug: str) -> HttpResponse:
    row = newest(slug)
    if row.kind == VerdictKind.WITHDRAWAL:  # since the question above
        return withdrawn(request, row)
    # Asked when the page is drawn: a source that goes shows when the kept page has run out.
    return _drawn(request, row, row, lost_in(row))


@open_to_all
def verdict_state(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The page as it stood. Earlier states of a withdrawn page are gone with it."""
    last = newest(slug)
    if last.kind == VerdictKind.WITHDRAWAL:
        return withdrawn(request, last)
    row = Publication.objects.filter(slug=slug, number=number).first()
    if row is None:
        raise Http404("no such state")
    return kept_page(request, f"{row.snapshot_sha256}/{last.number}", lambda: _drawn(request, row, last))


@open_to_all
def verdict_history(request: HttpRequest, slug: str) -> HttpResponse:
    last = newest(slug)
    if last.kind == VerdictKind.WITHDRAWAL:
        return withdrawn(request, last)
    return kept_page(request, last.snapshot_sha256, lambda: _history(request, last))


def _history(request: HttpRequest, last: Publication) -> HttpResponse:
    rows = list(Publication.objects.filter(slug=last.slug).order_by("-number"))
    pages = [shown(row) for row in rows]
    steps = [Step(after.publication.number, changes(before, after)) for after, before in pairwise(pages)]
    context = HistoryPage(pages[0], states_of(rows), [step for step in steps if step.changes])
    return render(request, "public/verdict/history.html", vars(context))


def changes(before: Shown, after: Shown) -> list[Changed]:
    """What a reader would see differently, text by text."""
    texts = [
        (_("Claim"), before.statement.text, after.statement.text),
        (_("In one sentence"), before.reason.text, after.reason.text),
        (_("Why"), before.rationale.text, after.rationale.text),
        (_("What would change our mind"), before.would_settle.text, after.would_settle.text),
        (_("Evidence"), _list(before), _list(after)),
    ]
    found = [Changed(label, old, new) for label, old, new in texts if old != new]
    if before.value != after.value:
        found.insert(0, Changed(_("Verdict"), before.value, after.value, is_value=True))
    return found


def _list(page: Shown) -> str:
    return "\n".join(item.title for item in page.evidence)


def states_of(rows: list[Publication]) -> list[State]:
    """Every published state of an address, newest first, from its publications in that order."""
    later: list[Publication | None] = [None, *rows]
    return [
        State(
            number=row.number,
            kind=row.kind,
            value=row.value,
            at=row.published_at,
            until=after.published_at if after else None,
            change=shown(row).change,
            sha256=row.snapshot_sha256,
        )
        for after, row in pairwise([*later])
        if row is not None
    ]


def _drawn(
    request: HttpRequest, row: Publication, last: Publication, lost: tuple[int, ...] = ()
) -> HttpResponse:
    lang = language()
    canonical = absolute(reverse("public:verdict-detail", args=[row.slug]))
    context = VerdictPage(
        verdict=with_kept_texts(_with_standing_copies(shown(row), last), row, lost),
        states=states_of(list(Publication.objects.filter(slug=row.slug).order_by("-number"))),
        jsonld=embedded(claim_review(reviewed(row, lang), newsroom(lang))),
        is_current=row.pk == last.pk,
        site_name=newsroom(lang).name,
        canonical=canonical,
        card_url=absolute(reverse("public:card", args=[row.slug])),
        json_url=f"{reverse('verdict-json', args=[row.slug])}?lang={lang}",
        oembed_url=f"{reverse('oembed')}?{urlencode({'url': canonical})}",
    )
    return render(request, "public/verdict/detail.html", vars(context))


def _with_standing_copies(page: Shown, last: Publication) -> Shown:
    """An earlier state without the pictures that the page no longer shows: those are gone."""
    standing = {reverse("copy", args=[token]) for token in tokens_of(last)}
    evidence = [item if item.copy_url in standing else item.without_copy() for item in page.evidence]
    return replace(page, evidence=evidence)


urls: list[URLPattern] = [
    path("verdicts/<slug:slug>/", verdict_detail, name="verdict-detail"),
    path("verdicts/<slug:slug>/history/", verdict_history, name="verdict-history"),
    path("verdicts/<slug:slug>/history/<int:number>/", verdict_state, name="verdict-state"),
]
