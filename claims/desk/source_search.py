"""Who is meant: sources found by any of their names, in either script."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import URLPattern, path

from claims.desk.gate import DeskRequest, gate
from claims.desk.render import render
from claims.forms.naming import names_of, search
from claims.models import Source
from claims.rules.role import may_use_desk

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
    return render(
        request, "parts/_sources.html", Answer(typed.strip(), [_found(row) for row in search(typed, MOST)])
    )


def _found(row: Source) -> Found:
    others = [name for name in names_of(row) if name != row.name]
    return Found(str(row.pk), row.name, " · ".join(others[:3]))


urls: list[URLPattern] = [path("sources/search/", source_search, name="source-search")]
