"""Where: a gazetteer of the region, longest name first. A name that two places share asks; it is never guessed."""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from claims.text.normalise import fold, fold_with_map
from claims.text.reading import PlaceMention

DATA = Path(__file__).parent / "data" / "places.json"


@dataclass(frozen=True, slots=True)
class Place:
    """A gazetteer entry. `precision_km` is how far off the point may be; `parent` is the key of the area it lies in."""

    key: str
    name_en: str
    name_ar: str
    names: tuple[str, ...]
    kind: str
    country: str
    lat: float
    lon: float
    precision_km: float
    parent: str | None = None


@lru_cache(maxsize=1)
def gazetteer() -> dict[str, Place]:
    """Every place by key, in file order. Facts typed by us: coordinates to about the precision stated."""
    rows = json.loads(DATA.read_text(encoding="utf-8"))
    return {
        r["key"]: Place(
            r["key"], r["en"], r["ar"], (r["en"], r["ar"], *r["also"]),
            r["kind"], r["country"], r["lat"], r["lon"], r["km"], r["in"],
        )
        for r in rows
    }  # fmt: skip


_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def place_token(token: str) -> str:
    """A folded word without the Arabic article, for comparison of place names."""
    return token[2:] if token.startswith("ال") and len(token) > 4 else token


@lru_cache(maxsize=1)
def _names() -> dict[tuple[str, ...], tuple[str, ...]]:
    names: dict[tuple[str, ...], list[str]] = {}
    for place in gazetteer().values():
        for name in place.names:
            tokens = tuple(place_token(t) for t in _WORD.findall(fold(name)))
            if tokens and place.key not in names.setdefault(tokens, []):
                names[tokens].append(place.key)
    return {k: tuple(v) for k, v in names.items()}


@lru_cache(maxsize=1)
def _longest_by_first() -> dict[str, int]:
    longest: dict[str, int] = {}
    for tokens in _names():
        longest[tokens[0]] = max(longest.get(tokens[0], 0), len(tokens))
    return longest


def lookup(name: str) -> tuple[Place, ...]:
    """Every place that `name` may mean, in file order; () when unknown. Two or more: ask."""
    keys = _names().get(tuple(place_token(t) for t in _WORD.findall(fold(name))), ())
    return tuple(gazetteer()[k] for k in keys)


def _forms(token: str) -> list[str]:
    """The word as it may stand in a name: as is, and with a one-letter clitic off it."""
    forms = [token, place_token(token)]
    if len(token) > 3 and token[0] in "وفبكل":
        forms.append(place_token(token[1:]))
        if token.startswith("لل"):
            forms.append(token[2:])
        if token[0] in "وف" and token[1] in "بل" and len(token) > 4:
            forms.append(place_token(token[2:]))
    return list(dict.fromkeys(forms))


def find_places(text: str) -> tuple[PlaceMention, ...]:
    """Gazetteer names in `text`, longest match, left to right, no overlaps. Spans are code points of `text`."""
    folded, index = fold_with_map(text)
    words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(folded)]
    found, i = [], 0
    while i < len(words):
        hit = _match_at(words, i)
        if hit:
            n, keys, skip = hit
            start, end = index[words[i][1] + skip], index[words[i + n - 1][2] - 1] + 1
            found.append(PlaceMention(text[start:end], start, end, keys))
            i += n
        else:
            i += 1
    return tuple(found)


def _match_at(words: list[tuple[str, int, int]], i: int) -> tuple[int, tuple[str, ...], int] | None:
    names, longest = _names(), _longest_by_first()
    for form in _forms(words[i][0]):
        for n in range(longest.get(form, 0), 0, -1):
            rest = tuple(place_token(w[0]) for w in words[i + 1 : i + n])
            keys = names.get((form, *rest)) if len(rest) == n - 1 else None
            if keys:
                word = words[i][0]
                return (
                    n,
                    keys,
                    len(word) - len(form) if not word.endswith("ال" + form) else len(word) - len(form) - 2,
                )
    return None
