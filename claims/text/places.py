"""Where: a gazetteer of the region, longest name first. A name that two places share asks; it is never guessed."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from claims.text.normalise import fold_with_map
from claims.text.words import raw_lists, word_list

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


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word and where it stands. `name` is how it compares in a place's name: no article, one spelling.

    `raw` is the word as written, with the article that stands apart before a Latin name: «Al Jabalain».
    """

    folded: str
    name: str
    start: int
    end: int
    raw: str
    article: bool


# Sun letters only with a hyphen: "as" and "at" are English words.
_ARTICLE = r"(?:(?:a[dlnrstz]|ad[dh]|as[sh]|e[dlnrstz]|ul)[- ]?-|[ae]l )"
_WORD = re.compile(rf"(?:\b{_ARTICLE}(?=[a-z]))?[^\W_]+")
_SOUNDS = (
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "ai"), ("ey", "ai"), ("y", "i"), ("q", "k"),
)  # fmt: skip
_TWICE = re.compile(r"(.)\1+")


def place_token(token: str) -> str:
    """A folded word without the Arabic article, for comparison of place names."""
    return token[2:] if token.startswith("ال") and len(token) > 4 else token


@lru_cache(maxsize=20_000)
def _latin(word: str) -> str:
    """One spelling for the ways to write an Arabic name: Rmeilan and Rmaylan, Hasakah and Hasaka, Qusayr and Qusair."""
    word = re.sub(rf"^{_ARTICLE}", "", word)
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    word = re.sub("e(?=.)", "a", _TWICE.sub(r"\1", word))
    return word[:-1] if word.endswith("ah") and len(word) > 3 else word


def words_of(text: str) -> list[Word]:
    """The words of `text` as places compare them; spans are code points of `text`."""
    folded, index = fold_with_map(text)
    found = []
    for m in _WORD.finditer(folded):
        word, start, end = m.group(), index[m.start()], index[m.end() - 1] + 1
        raw = text[start:end]
        if not word.isascii():
            found.append(Word(word, place_token(word), start, end, raw, word != place_token(word)))
            continue
        if raw[-2:] in ("'s", "’s"):
            word, end, raw = word[:-1], end - 2, raw[:-2]
        found.append(Word(word, _latin(word), start, end, raw, bool(re.match(_ARTICLE, word))))
    return found


@dataclass(frozen=True, slots=True)
class _Names:
    """Keys by the words of a name, and the longest name by its first word. No keys: these words are no place.

    `articles` says of names of one Arabic word with which keys they stand with the article, and with which without:
    «الأنبار» is not «أنبار», and «السورية» is not «سورية».
    """

    keys: dict[tuple[str, ...], tuple[str, ...]]
    longest: dict[str, int]
    articles: dict[tuple[str, bool], tuple[str, ...]]


@lru_cache(maxsize=1)
def _names() -> _Names:
    keys: dict[tuple[str, ...], list[str]] = {}
    articles: dict[tuple[str, bool], list[str]] = {}
    for place in gazetteer().values():
        for name in place.names:
            words = words_of(name)
            tokens = tuple(w.name for w in words)
            _add(keys.setdefault(tokens, []), place.key)
            if len(words) == 1 and not words[0].folded.isascii():
                _add(articles.setdefault((tokens[0], words[0].article), []), place.key)
    for lang in ("ar", "en"):
        for phrase in raw_lists(lang)["no-places"]:
            keys[tuple(w.name for w in words_of(phrase))] = []
    longest: dict[str, int] = {}
    for tokens in keys:
        longest[tokens[0]] = max(longest.get(tokens[0], 0), len(tokens))
    return _Names({k: tuple(v) for k, v in keys.items()}, longest, {k: tuple(v) for k, v in articles.items()})


def _add(keys: list[str], key: str) -> None:
    if key not in keys:
        keys.append(key)


def lookup(name: str) -> tuple[Place, ...]:
    """Every place that `name` may mean, in file order; () when unknown. Two or more: ask.

    A head that is the same place as its name is no part of it: «بلدة تادف» is Tadif, «مطار تادف» is unknown.
    """
    words = words_of(name)
    known = _names()
    while words:
        tokens = tuple(w.name for w in words)
        keys = known.articles.get((tokens[0], words[0].article), ()) if len(words) == 1 else ()
        keys = keys or known.keys.get(tokens, ())
        if keys:
            return tuple(gazetteer()[k] for k in keys)
        if words[0].folded not in word_list("ar", "place-heads"):
            break
        words = words[1:]
    return ()


# One-letter prepositions and conjunctions, alone and together; with ل the article loses its alif.
_CLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك")


def forms(word: Word) -> Iterator[tuple[str, bool, int]]:
    """The word as it may stand in a name: its form, whether it has the article, and how much stands before it."""
    token = word.folded
    if token.isascii():
        yield word.name, word.article, 0
        return
    for clitic in _CLITICS:
        rest = token.removeprefix(clitic)
        if token.startswith(clitic) and (not clitic or len(rest) > 2):
            yield place_token(rest), rest != place_token(rest), len(clitic)
            if clitic.endswith("ل") and rest.startswith("ل") and len(rest) > 3:
                yield rest[1:], True, len(clitic) + 1


@dataclass(frozen=True, slots=True)
class Match:
    """`n` words are a name of the gazetteer; `lead` letters of the first are a clitic. No keys: they are no place."""

    n: int
    keys: tuple[str, ...]
    lead: int


def match_at(words: list[Word], i: int) -> Match | None:
    """The longest name of the gazetteer that begins at word `i`."""
    known, best = _names(), None
    for form, article, lead in forms(words[i]):
        for n in range(min(known.longest.get(form, 0), len(words) - i), 0, -1):
            keys = known.keys.get((form, *(w.name for w in words[i + 1 : i + n])))
            if keys is None:
                continue
            if n == 1 and not form.isascii() and keys:
                keys = known.articles.get((form, article), ())
                if not keys:
                    continue
            if best is None or n > best.n:
                best = Match(n, keys, lead)
            break
    return best
