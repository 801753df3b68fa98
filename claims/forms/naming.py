"""Who is meant by a name that somebody types: one answer for every form and picker of the desk."""

from typing import Any

from claims.models import Alias, Source
from claims.text.normalise import fold

LONGEST_NAME = 200
_LOOKED_AT = 64


def named(name: str, source_id: Any = None) -> Source | None:
    """The source that has this name, in any spelling. `source_id` is what the form held or a picker chose for it.

    A source set aside is found only where the form held it already.
    """
    folded = fold(name).strip()[:LONGEST_NAME]
    held = Source.objects.filter(pk=source_id).prefetch_related("aliases").first() if source_id else None
    if held is not None and folded in {fold(one).strip() for one in names_of(held)}:
        return held
    aliases = Alias.objects.filter(folded=folded, source__retired_at__isnull=True)
    alias = aliases.select_related("source").first()
    return alias.source if alias else None


def search(text: str, limit: int) -> list[Source]:
    """Named sources in use whose names hold every word typed, in either script; those that begin with it first."""
    folded = fold(text).strip()
    if not folded:
        return []
    rows = Source.objects.active().named().order_by("slug")
    for word in folded.split()[:6]:
        rows = rows.filter(names_folded__contains=word)
    found = list(rows.prefetch_related("aliases")[:_LOOKED_AT])
    return sorted(found, key=lambda row: (_rank(row, folded), row.name))[:limit]


def names_of(source: Source) -> list[str]:
    """Every name of a source, its own in the page's language first, each once."""
    names = [source.name, source.name_ar, source.name_en, *(alias.name for alias in source.aliases.all())]
    return list(dict.fromkeys(name for name in names if name))


def _rank(row: Source, folded: str) -> int:
    names = [fold(name) for name in names_of(row)]
    return 0 if folded in names else 1 if any(name.startswith(folded) for name in names) else 2
