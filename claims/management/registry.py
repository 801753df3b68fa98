"""The source registry, from the reading engine's list into the database, by the actions an editor uses."""

from django.db import transaction

from claims.actions.source import add_account, add_source
from claims.models import Account, Alias, Language, Source, SourceKind, User
from claims.text.normalise import fold
from claims.text.registry import KnownSource, known_sources


def load_registry(actor: User) -> int:
    """How many sources were added; the ones already there stay as editors left them.

    The list's anonymous entries ("local sources") are for reading only: in the database each belongs to one text.
    One transaction: a hundred small changes would otherwise wait for the disk a hundred times.
    """
    here = dict(Source.objects.values_list("slug", "pk"))
    missing = [
        known for known in _parents_first(known_sources()) if known.key not in here and _is_somebody(known)
    ]
    taken = set(Alias.objects.values_list("folded", flat=True))
    taken.update(fold(name).strip() for known in missing for name in (known.name_ar, known.name_en))
    with transaction.atomic():
        for known in missing:
            row = add_source(
                actor=actor,
                slug=known.key,
                fields={**_fields(known), "parent_id": here.get(known.parent or "")},
                aliases=_free(known, taken),
            )
            here[known.key] = row.pk
            _add_handles(actor, row, known)
    return len(missing)


def _is_somebody(known: KnownSource) -> bool:
    return known.kind not in {SourceKind.UNNAMED, SourceKind.EYEWITNESS}


def _fields(known: KnownSource) -> dict[str, str | bool]:
    return {
        "name_ar": known.name_ar,
        "name_en": known.name_en,
        "kind": known.kind,
        "country": known.country,
        "affiliation": _both(known.affiliation_ar, known.affiliation),
        "interest": _both(known.interest_ar, known.interest),
        "is_party": known.is_party,
    }


def _free(known: KnownSource, taken: set[str]) -> list[tuple[str, str]]:
    """Its further names that no source has yet, each with its language; notes them as taken."""
    free = []
    for name in known.aliases:
        folded = fold(name).strip()
        if folded and folded not in taken:
            taken.add(folded)
            free.append((name, _language(name)))
    return free


def _add_handles(actor: User, row: Source, known: KnownSource) -> None:
    for handle in known.handles:
        if not Account.objects.filter(platform="x", handle=handle).exists():
            add_account(
                actor=actor, source_id=row.pk, platform="x", handle=handle, checked=known.handles_verified
            )


def _parents_first(sources: tuple[KnownSource, ...]) -> list[KnownSource]:
    by_key = {known.key: known for known in sources}

    def depth(known: KnownSource) -> int:
        parent = by_key.get(known.parent or "")
        return 0 if parent is None else 1 + depth(parent)

    return sorted(sources, key=depth)


def _language(name: str) -> str:
    return Language.ARABIC if any("؀" <= letter <= "ۿ" for letter in name) else Language.ENGLISH


def _both(ar: str, en: str) -> str:
    return " / ".join(text for text in (ar, en) if text)
