"""Pages of a long list, counted no further than a person would turn."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property

CAP = 5_000


if TYPE_CHECKING:
    AnyPaginator = Paginator[Any]
else:
    AnyPaginator = Paginator


class CappedPaginator(AnyPaginator):
    """Counts at most CAP rows: an exact count of a hundred thousand costs more than the page itself."""

    def __init__(self, rows: "QuerySet[Any]", per_page: int) -> None:
        super().__init__(rows, per_page)
        self.rows = rows

    @cached_property
    def _counted(self) -> int:
        return self.rows.order_by()[: CAP + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self._counted, CAP)

    @property
    def is_capped(self) -> bool:
        """Whether there are more than are counted."""
        return self._counted > CAP


def page_of(rows: "QuerySet[Any]", number: str | None, per_page: int) -> "Page[Any]":
    """The page with that number, the nearest one where there is none."""
    return CappedPaginator(rows, per_page).get_page(number)


def query_without(params: QueryDict, *names: str, **changed: str) -> str:
    """The address's parameters without some, with others changed; empty ones left out. "" or "a=1&b=2"."""
    kept = [
        (name, value)
        for name, values in params.lists()
        for value in values
        if name not in names and name not in changed and value
    ]
    return urlencode(kept + [(name, value) for name, value in changed.items() if value])
