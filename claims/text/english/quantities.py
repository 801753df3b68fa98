"""English amounts: digits, words, bounds, vague amounts and ranges."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from claims.text.digits import plain_number
from claims.text.reading import Comparator, Quantity
from claims.text.tokens import Token
from claims.text.words import raw_lists, word_list

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
         "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS: Mapping[str, float] = {w: n for n, w in enumerate(_ONES, 1)} | {
    w: n * 10 for n, w in enumerate(_TENS, 2)
}
_SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "dozen": 12,
    "trillion": 10**12,
}
_GLUED = {"k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
_ORDINAL_ENDS = ("st", "nd", "rd", "th")
_CLOCK = frozenset(("am", "pm", "a.m", "a.m.", "p.m", "p.m.", "gmt", "utc", "oclock"))
_PARTS = frozenset(("third", "thirds", "quarter", "quarters", "fifth", "fifths", "half", "halves", "tenths"))
_NOT_ONE = frozenset(
    (
        "no",
        "any",
        "the",
        "another",
        "each",
        "every",
        "american",
        "which",
        "other",
        "s",
        "first",
        "second",
        "third",
        "latest",
        "previous",
        "last",
        "new",
    )
)


_ALONG = frozenset(("by", "x", "wide", "long", "deep", "high", "tall", "from", "away", "off", "apart", "to",
                    "north", "south", "east", "west", "inside", "beyond", "behind", "below", "above"))  # fmt: skip
_WITH_CAPITAL = frozenset(
    ("base", "camp", "post", "witness", "bus", "gate")
)  # "Camp 12", not "the camp 12 men left"
MEASURES = frozenset(
    ("metres", "meters", "m", "km", "kilometres", "kilometers", "miles", "yards", "tonnes", "tons", "percent")
)
_IN_A_SINGLE = frozenset(("not", "in", "from", "within", "by", "on", "under", "at"))
_NOT_NAMING = ("in", "since", "group", "class", "area", "zone", "point", "district", "al", "s", "m")
_DAYTIMES = [["the", part] for part in ("morning", "afternoon", "evening")]


@lru_cache(maxsize=1)
def units() -> dict[str, str]:
    """Noun to unit, the same units for both languages."""
    pairs = (entry.partition("=") for entry in raw_lists("en")["units"])
    return {noun: unit for unit, _, noun in pairs}


@dataclass(slots=True)
class _Run:
    first: int
    last: int
    value: float


def _superlative(word: str) -> bool:
    return (word.endswith("est") and word not in ("west", "forest", "rest", "guest")) or word in (
        "most", "main", "few", "top", "best", "leading", "key",
    )  # fmt: skip


class Quantities:
    """Finds amounts in one sentence; tokens of date phrases are left alone."""

    def __init__(self, tokens: Sequence[Token], taken: Collection[int] = ()) -> None:
        self.tokens = tokens
        self.words = [t.text for t in tokens]
        self.taken = frozenset(taken)

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def find(self) -> Iterator[Quantity]:
        """Amounts from left to right, none overlapping."""
        i = 0
        while i < len(self.words):
            run = None if i in self.taken else self._number(i)
            if run:
                quantity, i = self._bounded(run)
                yield quantity
                continue
            vague = None if i in self.taken else self._several(i)
            if vague:
                yield vague
            i += 1

    def _number(self, i: int) -> _Run | None:
        word = self.word(i)
        if word[:1].isdigit():
            return self._digits(i)
        part = self._part_of_an_hour(i) or self._twin(i)
        if part:
            return part
        if (
            word in ("a", "another") and self._after_further(i + 1) in (*_SCALES, "single", "pair", "score")
        ) or (word == "half" and self.word(i + 1) == "a"):
            return self._article(i)
        head = word.split("-")[0]
        if "-" in word and head in NUMBERS:
            return self._hyphened(i, word)
        if word == "two" and self.word(i - 1) == "the" and self.word(i + 1) in word_list("en", "paired"):
            return None
        if word in NUMBERS and (self._is_share(i) or self._is_hour(i)):
            return None
        if word not in NUMBERS or (word == "one" and not self._counts_one(i)):
            return None
        return self._scaled(_Run(i, i + 1, NUMBERS[word]))

    def _part_of_an_hour(self, i: int) -> _Run | None:
        """ "half an hour", "a quarter of an hour", up to the word that is the unit."""
        if self.words[i : i + 3] == ["half", "an", "hour"]:
            return _Run(i, i + 2, 0.5)
        if self.words[i : i + 5] == ["a", "quarter", "of", "an", "hour"]:
            return _Run(i, i + 4, 0.25)
        return None

    def _twin(self, i: int) -> _Run | None:
        """What is done twice: "twin car bombing", "twin blasts"; not "twin towns"."""
        deeds = word_list("en", "incidents")
        twice = self.word(i) == "twin" and any(self.word(k) in deeds for k in range(i + 1, i + 4))
        return _Run(i, i + 1, 2) if twice else None

    def _after_further(self, i: int) -> str:
        return self.word(i + (self.word(i) == "further"))

    def _article(self, i: int) -> _Run | None:
        """ "a hundred", "half a million", "a dozen"; "not a single" is none."""
        if self.word(i + 1) == "single" and self.word(i - 1) in _IN_A_SINGLE:
            return None
        if self.word(i) == "half":
            scale = _SCALES.get(self.word(i + 2)) if self.word(i + 1) == "a" else None
            return _Run(i, i + 3, scale / 2) if scale else None
        if self.words[max(0, i - 3) : i] == ["a", "quarter", "of"] and self.word(i + 1) in _SCALES:
            return _Run(i - 2, i + 2, _SCALES[self.word(i + 1)] / 4)
        if self.word(i + 1) == "score":  # "a score of people"
            return _Run(i, i + 2, 20) if self.word(i + 2) in ("of", "or") else None
        at = i + 1 + (self.word(i + 1) == "further")
        return _Run(i, at + 1, _SCALES.get(self.word(at), 1 + (self.word(at) == "pair")))

    def _hyphened(self, i: int, word: str) -> _Run | None:
        """ "seventy-eight", "three-year-old"; other compounds count nothing."""
        parts = word.split("-")
        if len(parts) == 2 and parts[0] in _TENS and parts[1] in NUMBERS:
            return self._scaled(_Run(i, i + 1, NUMBERS[parts[0]] + NUMBERS[parts[1]]))
        if parts[1] in (
            "year",
            "month",
            "day",
            "hour",
            "week",
            "storey",
            "story",
            "mile",
            "kilometre",
            "kilometer",
            "minute",
            "metre",
            "meter",
            "member",
            "man",
            "person",
            "truck",
            "vehicle",
            "hectare",
            "tonne",
            "ton",
            "bed",
            "strong",
            "odd",
        ):
            return _Run(i, i + 1, NUMBERS[parts[0]])
        return None

    def _is_share(self, i: int) -> bool:
        """ "two thirds", "one in five", "one of the largest": no count."""
        after = self.words[i + 1 : i + 4]
        if after[:1] and after[0] in _PARTS:
            return True
        if self.words[max(0, i - 2) : i] == ["one", "in"]:
            return True
        if self.word(i) != "one":
            return False
        if after[:1] == ["of"] and self.word(i - 1) in ("is", "was", "are", "were", "be", "been", "as"):
            return True
        return after[:1] == ["in"] or (after[:2] == ["of", "the"] and _superlative(self.word(i + 3)))

    def _is_hour(self, i: int) -> bool:
        """ "four in the morning", "2 and 4 p.m.", "ten o'clock"."""
        after = self.words[i + 1 : i + 5]
        if after[:1] == ["in"] and after[1:3] in _DAYTIMES:
            return True
        if after[:1] and after[0] in ("and", "to", "-") and after[1:2]:
            after = after[2:]
        return bool(after) and after[0] in _CLOCK

    def _counts_one(self, i: int) -> bool:
        before, after = self.word(i - 1), self.word(i + 1)
        if (
            before in _NOT_ONE
            or before == "not"
            or (before == "from" and after == "of")
            or (i and self.tokens[i - 1].capital and i > 1)
        ):
            return False
        return (
            bool(after)
            and (after == "of" or after[0].isalpha())
            and after not in ("another", "by", "day", "who", "that", "had", "has", "in")
        )

    def _digits(self, i: int) -> _Run | None:
        word = self.word(i)
        value = plain_number(word)
        if value is None or self._is_name(i, value):
            return None
        after = self.word(i + 1)
        glued = i + 1 < len(self.words) and self.tokens[i].end == self.tokens[i + 1].start
        if glued and (after in _ORDINAL_ENDS or (after.startswith("s") and len(after) == 1)):
            return None
        if glued and after == "b" and self.tokens[i + 1].capital and not self._money(i):
            return None  # "flat 3B"
        if glued and after == "m" and not self._money(i) and self._is_length(i):
            return _Run(i, i + 1, value)
        if glued and after in _GLUED:
            return _Run(i, i + 2, value * _GLUED[after])
        return self._scaled(_Run(i, i + 1, value))

    def _is_length(self, i: int) -> bool:
        """ "2m by 3m", "100m from the gate": metres, where "3m people" are millions."""
        return self.word(i + 2) in _ALONG or self.word(i - 1) in ("by", "x")

    def _money(self, i: int) -> bool:
        return i > 0 and self.word(i - 1)[-1:] in ("$", "£", "€")

    def _scaled(self, run: _Run) -> _Run:
        if self.words[run.last : run.last + 3] == ["and", "a", "half"]:
            run = _Run(run.first, run.last + 3, run.value + 0.5)
        while (scale := _SCALES.get(self.word(run.last))) and (scale != 12 or run.value < 12):
            run = _Run(run.first, run.last + 1, run.value * scale)
            join = run.last + (self.word(run.last) == "and")
            rest = NUMBERS.get(self.word(join)) if scale < 10**6 else None
            if rest and join > run.last:
                run = _Run(run.first, join + 1, run.value + rest)
        return run

    def _is_name(self, i: int, value: float) -> bool:
        word, before, after = self.word(i), self.word(i - 1), self.word(i + 1)
        if ":" in word or "/" in word or self._is_hour(i) or before in ("#", "/") or after == "/":
            return True
        if word.isdigit() and len(word) > 2 and word[0] == "0":
            return True
        glued = i > 0 and self.tokens[i - 1].end == self.tokens[i].start
        if glued and before in ("-", "_", "@"):
            return self.word(i - 2)[-1:].isalpha()
        if (
            word.isdigit()
            and after.endswith("s")
            and after.isalpha()
            and len(after) > 3
            and after not in MEASURES
            and before not in ("in", "since")
        ):
            return before in word_list("en", "identifier-nouns") and before not in _NOT_NAMING
        if after in _WITH_CAPITAL and i > 1 and self.tokens[i - 1].capital and word.isdigit() and value < 50:
            return True  # "Jeddah 1 camp"
        if before in _WITH_CAPITAL and self.tokens[i - 1].capital and i > 1:
            return True
        year = 1900 <= value <= 2099 and "," not in word and word.isdigit()
        if before in word_list("en", "identifier-nouns") and after not in MEASURES:
            return before not in _NOT_NAMING or year
        return year and (
            before in ("of", "from", "by", "until", "and", "the", "early", "late", "-", ",", "(") or not after
        )

    def _several(self, i: int) -> Quantity | None:
        for n in (3, 2, 1):
            phrase = " ".join(self.words[i : i + n])
            if phrase in word_list("en", "several") and not (phrase == "some" and not self._plural(i + 1)):
                at = i + n + (self.word(i + n) == "of")
                return self._made("several", 2.0, None, units().get(self.word(at), ""), i, i + n)
        return None

    def _plural(self, i: int) -> bool:
        return self.word(i).endswith("s") and len(self.word(i)) > 3

    def _bounded(self, run: _Run) -> tuple[Quantity, int]:
        between = self._range(run)
        if between:
            return between
        comparator, first = self._bound(run)
        low: float | None = None if comparator == "le" else run.value
        high: float | None = None if comparator == "ge" else run.value
        return self._made(comparator, low, high, self._unit(run), first, run.last), run.last

    def _range(self, run: _Run) -> tuple[Quantity, int] | None:
        join, before = self.word(run.last), self.word(run.first - 1 - self._money(run.first))
        either = join == "or"  # "eight or nine days"
        if not (
            (before == "between" and join == "and")
            or (join in ("to", "-") and before != "according")
            or either
        ):
            return None
        second = self._number(run.last + 1 + self._money(run.last + 2))
        if not second or second.value <= run.value or (either and second.value > 2 * run.value):
            return None
        first = run.first - (before in ("between", "from"))
        return self._made(
            "range", run.value, second.value, self._unit(second), first, second.last
        ), second.last

    def _bound(self, run: _Run) -> tuple[Comparator, int]:
        kinds: tuple[tuple[str, Comparator], ...] = (
            ("bounds-ge", "ge"),
            ("bounds-le", "le"),
            ("bounds-approx", "approx"),
        )
        for name, comparator in kinds:
            for n in (4, 3, 2, 1):
                if n <= run.first and " ".join(self.words[run.first - n : run.first]) in word_list(
                    "en", name
                ):
                    return comparator, run.first - n
        return "eq", run.first

    def _unit(self, run: _Run) -> str:
        for at in range(run.last, min(run.last + 3, len(self.words))):
            for n in (2, 1):
                unit = units().get(" ".join(self.words[at : at + n]))
                if unit and unit not in ("person",):
                    return unit
        near = [units().get(w) for w in self.words[max(0, run.first - 3) : run.first]]
        for unit in near:
            if unit in ("killed", "injured"):
                return unit
        after = self.word(run.last)
        return units().get(after, after if after[:1].isalpha() else "")

    def _made(
        self, comparator: Comparator, low: float | None, high: float | None, unit: str, first: int, last: int
    ) -> Quantity:
        start, end = self.tokens[first].start, self.tokens[min(last, len(self.tokens)) - 1].end
        raw = " ".join(t.raw for t in self.tokens[first:last])
        return Quantity(comparator, low, high, unit, raw, start, end, self._scope())

    def _scope(self) -> str:
        for i, word in enumerate(self.words):
            if word == "24" and self.word(i + 1) == "hours":
                return "window:24h"
            if word == "since" and i + 1 < len(self.words):
                return "since:" + " ".join(self.words[i + 1 : i + 4])
        return ""
