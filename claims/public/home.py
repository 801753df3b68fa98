"""The front page: what was decided last, what it is about, and how we work."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from claims.models import Publication
from claims.public.cached import page as kept_page
from claims.public.correction import Logged, latest
from claims.public.door import open_to_all
from claims.public.incident import Listed, listed
from claims.public.shown import Shown, shown
from claims.rules.published import counts, current, index

LATEST, INCIDENTS, CORRECTIONS = 8, 4, 3


@dataclass(frozen=True)
class HomePage:
    """The front page; `n` counts public verdicts by value."""

    lead: Shown | None
    items: list[Shown]
    incidents: list[Listed]
    corrections: list[Logged]
    n: dict[str, int]
    n_all: int


@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    known = index()
    return kept_page(request, f"home/{known.state}", lambda: _drawn(request))


def _drawn(request: HttpRequest) -> HttpResponse:
    known = index()
    rows: list[Publication] = list(current().order_by("-published_at", "-number")[:LATEST])
    pages = [shown(row) for row in rows]
    context = HomePage(
        lead=pages[0] if pages else None,
        items=pages[1:],
        incidents=listed(known)[:INCIDENTS],
        corrections=latest(CORRECTIONS),
        n=counts(list(known.lines)),
        n_all=len(known.lines),
    )
    return render(request, "public/home/page.html", vars(context))


urls: list[URLPattern] = [path("", home, name="home")]
