"""Pages of a list, bounded."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from ninja import Field, Schema

MOST = 100


class Paging(Schema):
    """`page` from 1; at most 100 on one page."""

    page: int = Field(1, ge=1, le=100_000)
    per_page: int = Field(20, ge=1, le=MOST)


def cut(rows: Sequence[Any] | QuerySet[Any], paging: Paging) -> tuple[list[Any], int]:
    """The rows of one page, and how many there are in all."""
    n_all = rows.count() if isinstance(rows, QuerySet) else len(rows)
    start = (paging.page - 1) * paging.per_page
    return list(rows[start : start + paging.per_page]), n_all


def paged(items: list[dict[str, Any]], n_all: int, paging: Paging) -> dict[str, Any]:
    """The answer of every list."""
    return {"count": n_all, "page": paging.page, "per_page": paging.per_page, "items": items}
