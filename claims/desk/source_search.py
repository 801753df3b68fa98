"""Who is meant: sources found by any of their names, in either script."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import URLPattern, path

from claims.desk.gate import DeskRequest, gate
from claims.desk.render import render
from claims.forms.document import names_of
from claims.models import Source
from claims.rules.role import may_use_desk
from claims.text.normalise import fold

MOST = 8


@dataclass(frozen=True)
class Found:
    """One source that fits; `others` are further names, so that one sees why it was found."""

    id: str
    name: str
    others: str


@dataclass(frozen=True)
class Answer:
    """Context of parts/_sources.html: buttons that a picker puts under its field."""

    typed: str
    found: list[Found]


@gate(may_use_desk, methods=("GET",))
def source_search(request: DeskRequest) -> HttpResponse:
    """The sources whose names hold every word typed; the parameter is `q`, or any that ends in `name` or `outlet`."""
    typed = next(
        (str(v) for name, v in request.GET.items() if name == "q" or name.endswith(("name", "outlet"))), ""
    )[:200]
    return render(request, "parts/_sources.html", Answer(typed.strip(), find_sources(typed)))


def find_sources(typed: str) -> list[Found]:
    """At most MOST sources in use, those first whose name begins with what was typed."""
    folded = fold(typed).strip()
    if not folded:
        return []
    rows = list(_holding(folded).prefetch_related("aliases")[: MOST * 4])
    rows.sort(key=lambda row: (_rank(row, folded), row.name))
    return [_found(row) for row in rows[:MOST]]


def _holding(folded: str) -> "QuerySet[Source]":
    rows = Source.objects.active().named()
    for word in folded.split()[:6]:
        rows = rows.filter(names_folded__contains=word)
    return rows.order_by("slug")


def _rank(row: Source, folded: str) -> int:
    names = [fold(name) for name in names_of(row)]
    return 0 if folded in names else 1 if any(name.startswith(folded) for name in names) else 2


def _found(row: Source) -> Found:
    others = [name for name in names_of(row) if name != row.name]
    return Found(str(row.pk), row.name, " · ".join(others[:3]))


urls: list[URLPattern] = [path("sources/search/", source_search, name="source-search")]
