"""Incidents for readers: what each source says, question by question, as far as verdicts on it are published."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from claims.forms.page import page_asked
from claims.match.matrix import Answer, matrix_of
from claims.models import Publication, Question, SourceKind
from claims.public.cached import page as kept_page
from claims.public.door import open_to_all
from claims.public.shown import EvidenceShown, HopShown, Said, Shown, said, shown
from claims.rules.published import Index, Line, counts, current, index
from claims.templatetags.grid import Asked, Column, Laid, Words, laid_out
from claims.templatetags.opening import opening
from claims.templatetags.units import counted
from claims.text.reading import Quantity as Amount

PER_PAGE = 20


@dataclass(frozen=True)
class Listed:
    """An incident in a list; `n` counts its public verdicts by value."""

    slug: str
    title: Said
    is_illustration: bool
    n: dict[str, int]
    n_all: int
    n_sources: int
    changed_at: datetime


@dataclass(frozen=True)
class Event:
    """One line of the timeline."""

    earliest: datetime
    latest: datetime | None
    precision: str
    title: str
    url: str
    who: str
    verdict: str


@dataclass(frozen=True)
class IncidentPage:
    """One incident as its published verdicts show it."""

    slug: str
    title: Said
    is_illustration: bool
    n: dict[str, int]
    n_all: int
    n_sources: int
    changed_at: datetime
    earliest: datetime | None
    latest: datetime | None
    places: list[str]
    matrix: Laid
    chains: list[list[HopShown]]
    events: list[Event]
    evidence: list[EvidenceShown]
    verdicts: list[Shown]


@dataclass(frozen=True)
class IncidentList:
    page: Page[Any]
    items: list[Listed]
    query: str


def listed(known: Index) -> list[Listed]:
    """Incidents with something published, the one with the newest verdict first."""
    return [_listed(slug, lines) for slug, lines in known.incidents().items()]


def _listed(slug: str, lines: list[Line]) -> Listed:
    return Listed(
        slug=slug,
        title=said(lines[0].incident, "title"),
        is_illustration=any(line.is_illustration for line in lines),
        n=counts(lines),
        n_all=len(lines),
        n_sources=len({voice.slug for line in lines for voice in line.voices}),
        changed_at=lines[0].published_at,
    )


@open_to_all
def incident_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(listed(index()), PER_PAGE).get_page(page_asked(request))
    return render(request, "public/incident/list.html", vars(IncidentList(page, list(page), "")))


@open_to_all
def incident_detail(request: HttpRequest, slug: str) -> HttpResponse:
    known = index()
    lines = known.of_incident(slug)
    if not lines:
        raise Http404("no such incident")
    state = "/".join(f"{line.slug}:{line.number}" for line in lines)
    return kept_page(request, state, lambda: _drawn(request, slug, lines))


def _drawn(request: HttpRequest, slug: str, lines: list[Line]) -> HttpResponse:
    rows = list(current().filter(slug__in=[line.slug for line in lines]).order_by("published_at", "slug"))
    wholes = [json.loads(row.snapshot) for row in rows]
    pages = [shown(row) for row in rows]
    starts = [page.event[0] for page in pages if page.event[0]]
    ends = [page.event[1] or page.event[0] for page in pages if page.event[0]]
    context = IncidentPage(
        **vars(_listed(slug, lines)),
        earliest=min(starts, default=None),
        latest=max((end for end in ends if end), default=None),
        places=list(dict.fromkeys(page.place for page in pages if page.place)),
        matrix=_matrix(slug, rows, pages, wholes),
        chains=_distinct(pages),
        events=_events(pages),
        evidence=_evidence(pages),
        verdicts=sorted(pages, key=lambda page: page.published_at, reverse=True),
    )
    return render(request, "public/incident/detail.html", vars(context))


def _matrix(slug: str, rows: list[Publication], pages: list[Shown], wholes: list[dict[str, Any]]) -> Laid:
    answers, words, columns, asked = [], {}, {}, {}
    for row, page, whole in zip(rows, pages, wholes, strict=True):
        if not whole["question"]:
            continue
        question = _question_key(whole["question"])
        asked[question] = Asked(page.question.text)
        for number, chain in enumerate(page.chains):
            key, outlet = f"{row.slug}-{number}", chain[0]
            told = amounts(whole["claim"])
            answers.append(Answer(key, question, outlet.key, _short(page, told), chain[-1].stance, told))
            url = reverse("public:verdict-detail", args=[row.slug])
            words[key] = Words(_quote(chain, page), page.value, "", url, chain)
            columns[outlet.key] = Column(outlet.name, _column_note(outlet), outlet.url)
    order = _order(slug, list(asked))
    return laid_out(matrix_of(order, answers), asked, columns, words)


def _question_key(question: dict[str, Any]) -> str:
    return json.dumps([question["text_ar"], question["text_en"]], ensure_ascii=False)


def _order(slug: str, keys: list[str]) -> list[str]:
    """Published questions in the order the desk gives them; one that was reworded since stands last."""
    rows = Question.objects.filter(incident__slug=slug).values_list("text_ar", "text_en")
    placed = {json.dumps([ar, en], ensure_ascii=False): place for place, (ar, en) in enumerate(rows)}
    return sorted(keys, key=lambda key: placed.get(key, len(placed)))


def _short(page: Shown, told: tuple[Amount, ...]) -> str:
    """The answer that was published; else the one number of the claim; else its first words."""
    number = counted(told[0]) if len(told) == 1 else ""
    text = page.answer.text or number or page.statement.text
    return opening(text, 80)


def _quote(chain: list[HopShown], page: Shown) -> str:
    return next((hop.verbatim for hop in chain if hop.verbatim), page.wording)


def _column_note(hop: HopShown) -> str:
    if hop.is_party:
        return _("party to the conflict")
    return "" if hop.unnamed else str(SourceKind(hop.kind).label)


def amounts(claim: dict[str, Any]) -> tuple[Amount, ...]:
    """A published claim's quantities as intervals that can be compared."""
    return tuple(
        Amount(
            comparator=each["comparator"],
            low=None if each["low"] is None else float(each["low"]),
            high=None if each["high"] is None else float(each["high"]),
            unit=each["unit"],
            raw=each["raw"],
            start=0,
            end=0,
            scope=each["scope"],
        )
        for each in claim["quantities"]
    )


def _distinct(pages: list[Shown]) -> list[list[HopShown]]:
    """Each chain once, however many claims travelled along it."""
    chains = [chain for page in pages for chain in page.chains]
    return list({tuple(hop.key for hop in chain): chain for chain in chains}.values())


def _events(pages: list[Shown]) -> list[Event]:
    found = [
        Event(
            earliest=page.event[0],
            latest=page.event[1],
            precision=page.event[2],
            title=page.statement.text,
            url=reverse("public:verdict-detail", args=[page.slug]),
            who=", ".join(dict.fromkeys(chain[0].name for chain in page.chains)),
            verdict=page.value,
        )
        for page in pages
        if page.event[0]
    ]
    return sorted(found, key=lambda event: event.earliest)


def _evidence(pages: list[Shown]) -> list[EvidenceShown]:
    """Everything the verdicts cite, once each."""
    cited = [item for page in pages for item in page.evidence]
    return list({(item.title, item.sha256, item.url): item for item in cited}.values())


urls: list[URLPattern] = [
    path("incidents/", incident_list, name="incident-list"),
    path("incidents/<slug:slug>/", incident_detail, name="incident-detail"),
]
