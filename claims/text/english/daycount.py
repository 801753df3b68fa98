"""Days counted from a day that the text has named: "the next day", "two nights earlier", "the day of the raid"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from claims.text import calendar as cal
from claims.text.calendar import Found
from claims.text.english.lexicon import has
from claims.text.english.quantities import NUMBERS

DAYS_IN = {
    "day": 1,
    "days": 1,
    "night": 1,
    "nights": 1,
    "week": 7,
    "weeks": 7,
    "fortnight": 14,
}
_PARTS = frozenset(("day", "night", "evening", "afternoon", "morning"))
_STEP = {"same": 0, "very": 0, "next": 1, "following": 1, "previous": -1, "preceding": -1}
_LATER = {"later": 1, "afterwards": 1, "after": 1, "earlier": -1, "before": -1, "previously": -1}
# Not "the day before yesterday", nor "two days after the truce", which is counted from the truce.
_FROM_ANOTHER = frozenset(("after", "before"))


@dataclass(slots=True)
class NamedDays:
    """The first and the last single day that a text has named so far."""

    first: date | None = None
    last: date | None = None

    def named(self, found: Found) -> None:
        """Take note of a date phrase, where it is one day."""
        if not found.days or found.open_period or found.days[0] != found.days[1]:
            return
        self.first = self.first or found.days[0]
        self.last = found.days[0]


def counted_from(words: Sequence[str], i: int, days: NamedDays) -> Found | None:
    """The phrase at token i that counts from a day named before; its days are None where none was."""
    incident = _day_of(words, i)
    if incident:
        return _found(i, incident, days.first, 0)
    step = _stepped(words, i) or _numbered(words, i)
    return _found(i, step[0], days.last, step[1]) if step else None


def _found(i: int, last: int, anchor: date | None, step: int) -> Found:
    day = cal.shift(anchor, step)
    return Found(i, last, cal.one(day), "day", ("inferred",) if day else (), day is None)


def _word(words: Sequence[str], i: int) -> str:
    return words[i] if i < len(words) else ""


def _day_of(words: Sequence[str], i: int) -> int:
    """The end of "the day of the strike"; 0 where it is not that."""
    if words[i] != "the" or _word(words, i + 1) not in _PARTS or _word(words, i + 2) != "of":
        return 0
    at = i + 3 + (_word(words, i + 3) in ("the", "that", "this"))
    return next((k + 1 for k in range(at, at + 3) if has("incidents", _word(words, k))), 0)


def _stepped(words: Sequence[str], i: int) -> tuple[int, int] | None:
    """ "the same evening", "the next day", "that night", "the day before": where it ends, and days from the last."""
    after, third = _word(words, i + 1), _word(words, i + 2)
    if words[i] == "that" and after in _PARTS and _ends(words, i + 2):
        return i + 2, 0
    if words[i] not in ("the", "that"):
        return None
    if after in _STEP and third in _PARTS:
        return i + 3, _STEP[after]
    if after in _PARTS and third in _FROM_ANOTHER and _ends(words, i + 3):
        return i + 3, _LATER[third]
    return None


def _numbered(words: Sequence[str], i: int) -> tuple[int, int] | None:
    """ "two days earlier", "a week before", "one night later"."""
    word = words[i]
    n = 1 if word in ("a", "one") else int(NUMBERS.get(word, 0)) or (int(word) if word.isdecimal() else 0)
    unit, turn = DAYS_IN.get(_word(words, i + 1), 0), _word(words, i + 2)
    if not unit or turn not in _LATER or not 0 < n <= 400:
        return None
    if turn in _FROM_ANOTHER and not _ends(words, i + 3):
        return None
    return i + 3, n * unit * _LATER[turn]


_GOES_ON = frozenset(("and", "but", "when", "while", "in", "at", "near", "from", "as", "was", "were"))


def _ends(words: Sequence[str], at: int) -> bool:
    """Whether nothing follows from which else one could count."""
    word = _word(words, at)
    return not word or not word[0].isalnum() or word in _GOES_ON
