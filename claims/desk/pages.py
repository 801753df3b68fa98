"""Pages of a long list, counted no further than a person would turn."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property

if TYPE_CHECKING:
    AnyPage = Page[Any]
    AnyPaginator = Paginator[Any]
else:
    AnyPage, AnyPaginator = Page, Paginator

CAP = 1_000


class CappedPaginator(AnyPaginator):
    """Counts at most CAP rows."""

    def __init__(self, rows: "QuerySet[Any]", per_page: int) -> None:
        super().__init__(rows, per_page)
        self.rows = rows

    @cached_property
    def count(self) -> int:
        return self.rows.order_by()[:CAP].count()


def page_of(rows: "QuerySet[Any]", number: int, per_page: int) -> AnyPage:
    """The page with that number, the nearest one where there is none."""
    return CappedPaginator(rows, per_page).get_page(number)


@dataclass(frozen=True)
class Capped:
    """One page of ids, and whether there are more rows than were counted."""

    page: AnyPage
    ids: list[Any]
    is_capped: bool


def ids_of(rows: "QuerySet[Any]", number: int, per_page: int) -> Capped:
    """The page with that number of a list too long to count.

    One query reads the ids of at most CAP rows, in order, which gives both the count and the page: counting all of a
    hundred thousand, and finding the page again, each cost more than the page itself (docs/performance.md).
    """
    ids = list(rows.values_list("pk", flat=True)[: CAP + 1])
    page = Paginator(ids[:CAP], per_page).get_page(number)
    return Capped(page, list(page.object_list), len(ids) > CAP)


def query_without(params: QueryDict, *names: str, **changed: str) -> str:
    """The address's parameters without some, with others changed; empty ones left out. "" or "a=1&b=2"."""
    kept = [
        (name, value)
        for name, values in params.lists()
        for value in values
        if name not in names and name not in changed and value
    ]
    return urlencode(kept + [(name, value) for name, value in changed.items() if value])
