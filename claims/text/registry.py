"""The sources we know, and which of them a name in a text is."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from claims.text.normalise import fold
from claims.text.words import word_list

DATA = Path(__file__).parent / "data" / "sources.json"

KINDS = (
    "agency",
    "state_agency",
    "broadcaster",
    "newspaper",
    "monitoring_group",
    "rescue_organisation",
    "local_network",
    "local_agency",
    "military",
    "armed_group",
    "ministry",
    "official",
    "social_account",
    "eyewitness",
    "security_service",
    "medical_network",
    "unnamed",
)


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A source as the reader needs it. `aliases` are every other name, in either language; `handles` have no @."""

    key: str
    name_en: str
    name_ar: str = ""
    aliases: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    kind: str = "agency"
    country: str = ""
    affiliation: str = ""
    affiliation_ar: str = ""
    is_party: bool = False
    interest: str = ""
    interest_ar: str = ""
    parent: str | None = None
    handles_verified: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every name in either language, handles left out."""
        return tuple(n for n in (self.name_en, self.name_ar, *self.aliases) if n)


@dataclass(frozen=True, slots=True)
class Match:
    """Which source a surface form is. `others` are further candidates of the same strength: an editor is asked."""

    key: str
    certainty: float
    others: tuple[str, ...] = ()


def _known(row: dict[str, Any]) -> KnownSource:
    plain = ("key", "name_en", "name_ar", "kind", "country", "affiliation", "affiliation_ar", "is_party")
    return KnownSource(
        **{k: row[k] for k in plain},
        interest=row["interest"],
        interest_ar=row["interest_ar"],
        parent=row["parent"],
        aliases=(*row["aliases_ar"], *row["aliases_en"]),
        handles=tuple(h["handle"] for h in row["handles"]),
        handles_verified=bool(row["handles"]) and all(h["verified"] for h in row["handles"]),
    )


@lru_cache(maxsize=1)
def known_sources() -> tuple[KnownSource, ...]:
    """The registry that comes with the product (ARABIC.md §5), in file order."""
    return tuple(_known(row) for row in json.loads(DATA.read_text(encoding="utf-8")))


class SourceSet(tuple[KnownSource, ...]):
    """Sources to match against, hashed by identity: an index over them is made once, and found at no cost."""

    __slots__ = ()

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other


def source_set(sources: Sequence[KnownSource] | None) -> SourceSet | None:
    """The sources ready for matching; None stands for the registry that comes with the product."""
    return sources if sources is None or isinstance(sources, SourceSet) else SourceSet(sources)


@lru_cache(maxsize=8)
def _by_key(sources: SourceSet | None) -> dict[str, KnownSource]:
    return {s.key: s for s in (known_sources() if sources is None else sources)}


def by_key(sources: Sequence[KnownSource] | None = None) -> dict[str, KnownSource]:
    """The same sources by key; None takes the registry that comes with the product."""
    return _by_key(source_set(sources))


# Words that head a name without telling one source from another (folded).
_HEADS = word_list("ar", "source-heads") | word_list("en", "source-heads")
_WORD = re.compile(r"[@\w]+")


def name_tokens(surface: str) -> tuple[str, ...]:
    """Comparable words of a name: folded, the articles ال and 'the' and 's taken off."""
    folded = re.sub(r"(?<=\w)['’]s\b", "", surface)
    out = []
    for token in _WORD.findall(fold(folded)):
        if token.startswith(("ال", "لل")) and len(token) > 4:
            token = token[2:]
        if token not in ("the", "a", "an"):
            out.append(token)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class _Index:
    exact: dict[tuple[str, ...], tuple[str, ...]]
    first: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    handles: dict[str, str]


@lru_cache(maxsize=8)
def _index(sources: SourceSet | None) -> _Index:
    every = known_sources() if sources is None else sources
    exact: dict[tuple[str, ...], list[str]] = {}
    first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for source in every:
        for name in source.names:
            tokens = name_tokens(name)
            if tokens and source.key not in exact.setdefault(tokens, []):
                exact[tokens].append(source.key)
                first.setdefault(tokens[0], []).append((tokens, source.key))
    return _Index(
        {k: tuple(v) for k, v in exact.items()},
        {k: tuple(sorted(v, key=lambda p: -len(p[0]))) for k, v in first.items()},
        {fold(h): s.key for s in every for h in s.handles},
    )


def match_source(surface: str, sources: Sequence[KnownSource] | None = None) -> Match | None:
    """The registry source that `surface` names, or None when none fits.

    Certainty: 1.0 a handle, 0.95 the whole name or an apposition in brackets, 0.85 the name without its head word,
    0.7 a name inside a longer phrase ("spokesman of ..."). Two sources of one name come back with `others`.
    """
    index = _index(source_set(sources))
    for handle in re.findall(r"@(\w+)", surface):
        if key := index.handles.get(fold(handle)):
            return Match(key, 1.0)
    tokens = name_tokens(surface)
    if keys := index.exact.get(tokens):
        return Match(keys[0], 0.95 if len(keys) == 1 else 0.5, keys[1:])
    for inner in re.findall(r"\(([^()]{2,60})\)", surface):
        if keys := index.exact.get(name_tokens(inner)):
            return Match(keys[0], 0.95 if len(keys) == 1 else 0.5, keys[1:])
    bare = tuple(t for t in tokens if t not in _HEADS)
    if keys := index.exact.get(bare):
        return Match(keys[0], 0.85 if len(keys) == 1 else 0.5, keys[1:])
    return _inside(tokens[:24], index)


def _inside(tokens: tuple[str, ...], index: _Index) -> Match | None:
    best: tuple[int, str] | None = None
    for i, token in enumerate(tokens):
        for form, key in index.first.get(token, ()):
            size = sum(map(len, form))
            if size >= 4 and tokens[i : i + len(form)] == form and (best is None or size > best[0]):
                best = (size, key)
    return Match(best[1], 0.7) if best else None


def longest_name(words: Sequence[str], sources: Sequence[KnownSource] | None = None) -> int:
    """How many of the folded `words`, counted from the first, are a name in the registry; 0 where none is."""
    exact = _index(source_set(sources)).exact
    bare = [w[2:] if w.startswith(("ال", "لل")) and len(w) > 4 else w for w in words[:8]]
    for n in range(len(bare), 0, -1):
        if tuple(bare[:n]) in exact:
            return n
    return 0
