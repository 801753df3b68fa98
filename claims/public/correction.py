"""Every correction, clarification, update and withdrawal, dated; none is ever taken from the list."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from claims.forms.page import page_asked
from claims.models import Publication, VerdictKind
from claims.public.door import open_to_all
from claims.public.shown import Said, said

PER_PAGE = 30


@dataclass(frozen=True)
class Logged:
    """One line of the log. A page that was withdrawn is named by its incident only, not by the claim it took back."""

    slug: str
    number: int
    kind: str
    value: str
    before: str
    at: datetime
    change: Said
    statement: Said
    incident_title: Said
    is_illustration: bool
    is_gone: bool


@dataclass(frozen=True)
class CorrectionPage:
    page: Page[Any]
    items: list[Logged]
    query: str


def changes() -> QuerySet[Publication]:
    """Every publication that changed or took back an earlier one, newest first."""
    return Publication.objects.exclude(kind=VerdictKind.VERDICT).order_by("-published_at", "-number")


def latest(n: int) -> list[Logged]:
    """The newest lines of the log."""
    return logged(changes()[:n])


def logged(rows: Iterable[Publication]) -> list[Logged]:
    """Publications as lines of the log, with the value each one replaced."""
    rows = list(rows)
    slugs = {row.slug for row in rows}
    every = Publication.objects.filter(slug__in=slugs).values_list("slug", "number", "value", "kind")
    values = {(slug, number): value for slug, number, value, _kind in every}
    gone = {slug for slug, _number, _value, kind in every if kind == VerdictKind.WITHDRAWAL}
    return [_logged(row, values, gone) for row in rows]


def _logged(row: Publication, values: dict[tuple[str, int], str], gone: set[str]) -> Logged:
    whole = json.loads(row.snapshot)
    claim, incident = whole["claim"], whole["incident"] or {}
    is_gone = row.slug in gone
    statement = said(claim, "statement") or Said(claim["wording"], claim["lang"])
    return Logged(
        slug=row.slug,
        number=row.number,
        kind=row.kind,
        value=row.value,
        before=values.get((row.slug, row.number - 1), row.value),
        at=row.published_at,
        change=said(whole["verdict"], "change"),
        statement=Said("", "") if is_gone else statement,
        incident_title=said(incident, "title"),
        is_illustration=bool(incident.get("is_illustration")),
        is_gone=is_gone,
    )


@open_to_all
def correction_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(changes(), PER_PAGE).get_page(page_asked(request))
    context = CorrectionPage(page, logged(page), "")
    return render(request, "public/correction/list.html", vars(context))


urls: list[URLPattern] = [path("corrections/", correction_list, name="correction-list")]
