"""English date phrases: months, weekdays, relative words."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from claims.text import calendar as cal
from claims.text.calendar import Found
from claims.text.english.daycount import DAYS_IN, NamedDays, counted_from
from claims.text.english.quantities import NUMBERS
from claims.text.tokens import Token, tokenise

_LONG = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MONTHS = {m: n for n, m in enumerate(_LONG, 1)} | {m[:3]: n for n, m in enumerate(_LONG, 1)} | {"sept": 9}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS = (
    {d: n for n, d in enumerate(_DAYS)}
    | {d[:3]: n for n, d in enumerate(_DAYS)}
    | {"tues": 1, "weds": 2, "thurs": 3}
)
_PARTS = frozenset(("morning", "afternoon", "evening", "night", "dawn", "noon", "midday"))
_ABOUT = frozenset(
    (
        "early",
        "late",
        "mid",
        "in",
        "earlier",
        "since",
        "last",
        "of",
        "during",
        "until",
        "by",
        "through",
        "from",
        "for",
    )
)
_ORDINAL = ("st", "nd", "rd", "th")
_ABOUT_DAY = frozenset(
    ("at", "in", "and", "when", "after", "but", "by", "as", "near", "while", "before", "with")
)
_AHEAD = frozenset(
    ("will", "would", "expects", "expect", "expected", "due", "scheduled", "planned", "forecast")
)


_ANY_MONTH = "|".join(MONTHS)
_WITH_YEAR = re.compile(
    rf"\b(?:{_ANY_MONTH})\.?(?: \d{{1,2}}(?:st|nd|rd|th)?)?,? ((?:19|20)\d\d)\b", re.IGNORECASE
)


_WHOLE_DATE = rf"(?:\d{{1,2}} (?:{_ANY_MONTH})|(?:{_ANY_MONTH})\.? \d{{1,2}}),? (?:19|20)\d\d"
# "BAGHDAD, Nov. 11, 2013 (Wire) -", "Published: 11 November 2013", "11 November 2013" alone on its line.
_DATELINE = re.compile(
    rf"^(?:[A-Z][^.:;\n]{{1,50}}, ?|(?:published|posted|updated|issued|date)\b[^\d\n]{{0,20}})?"
    rf"(?P<day>{_WHOLE_DATE})(?: ?\([^)\n]{{1,40}}\))?[ .]*(?:[-–—:|].*)?$",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD = 600


def dateline_day(text: str) -> date | None:
    """The day that the head of the text gives for itself, from which "on Monday" counts where no other is known."""
    found = _DATELINE.search(text[:_HEAD])
    if not found:
        return None
    dates = Dates(tokenise(found["day"]), None).find()
    return next((d.days[0] for d in dates if d.days), None)


def only_year(text: str) -> int:
    """The year that every dated month of the text carries; 0 where none does or they differ."""
    years = set(_WITH_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else 0


class Dates:
    """Finds date phrases in one sentence against one publication day."""

    def __init__(
        self,
        tokens: Sequence[Token],
        published_on: date | None,
        year: int = 0,
        days: NamedDays | None = None,
    ) -> None:
        self.days = days or NamedDays()
        self.tokens = tokens
        self.words = [t.text for t in tokens]
        self.ref = published_on
        self.year = year  # the year last written in this sentence

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def find(self) -> Iterator[Found]:
        """Date phrases from left to right, none overlapping."""
        i = 0
        while i < len(self.words):
            found = (
                counted_from(self.words, i, self.days)
                or cal.written_date(self.words, i)
                or self._day_month(i)
                or self._month_day(i)
                or self._relative(i)
            )
            found = found or self._weekday(i) or self._month(i) or self._counted(i)
            if found:
                found = self._opened(found)
                self.days.named(found)
                yield found
                i = max(found.last, i + 1)
            else:
                i += 1

    def _opened(self, found: Found) -> Found:
        before = self.words[max(0, found.first - 2) : found.first]
        period = before[-1:] == ["between"] or (
            before[-1:] == ["and"] and "between" in self.words[max(0, found.first - 4) : found.first]
        )
        period = period and found.precision != "days"
        if period or "since" in before or "until" in before:
            return Found(found.first, found.last, found.days, found.precision, found.notes, True)
        return found

    def _number(self, i: int) -> int:
        """The day of a month that token i may be, else 0."""
        word = self.word(i)
        return int(word) if word.isdigit() and len(word) <= 2 and int(word) <= 31 else 0

    def _mid(self, i: int) -> Found | None:
        """ "mid-August" in one word."""
        month = MONTHS.get(self.word(i)[4:], 0) if self.word(i).startswith("mid-") else 0
        return Found(i, i + 1, cal.latest_month(month, self.ref), "about") if month else None

    def _is_month(self, i: int) -> int:
        month = MONTHS.get(self.word(i), 0)
        return month if month and self.tokens[i].capital else 0

    def _day_month(self, i: int) -> Found | None:
        """ "18 September 2022", "the 18th of September"."""
        day = self._number(i)
        at = i + 1 + (self.word(i + 1) in _ORDINAL)
        at += self.word(at) == "of"
        month = self._is_month(at) if day and at < len(self.words) else 0
        if day and not month and self._number(at + 1) and self.word(at) in ("-", "to", "and", "or"):
            month = self._is_month(at + 2) if at + 2 < len(self.words) else 0
            at += 2
            return self._span(i, self._number(at - 1), self._dated(i, at + 1, day, month)) if month else None
        return self._dated(i, at + 1, day, month) if month else self._bare_day(i, day)

    @staticmethod
    def _span(i: int, until: int, found: Found) -> Found:
        """ "between 3 and 5 May", "3-5 May 2024": the days from one to the other."""
        last = found.days and cal.make_date(found.days[0].year, found.days[0].month, until)
        days = (found.days[0], last) if found.days and last and last > found.days[0] else found.days
        return Found(i, found.last, days, "days" if days != found.days else "day", found.notes)

    def _bare_day(self, i: int, day: int) -> Found | None:
        """ "on the 14th": the latest such day."""
        bare = (
            self.word(i + 1) in _ORDINAL
            and self.word(i - 1) == "the"
            and self.word(i - 2) in ("on", "of", "by")
        )
        if not bare or (self.word(i + 2)[:1].isalpha() and self.word(i + 2) not in _ABOUT_DAY):
            return None
        return Found(i, i + 2, cal.one(cal.day_before_or_on(day, self.ref)), "day")

    def _month_day(self, i: int) -> Found | None:
        """ "Nov. 26", "September 18, 2022"."""
        month = self._is_month(i)
        at = i + 1 + (self.word(i + 1) == ".")
        day = self._number(at) if month else 0
        if not day:
            return None
        at += 1 + (self.word(at + 1) in _ORDINAL)
        if (
            self.word(at) in ("-", "to")
            and self._number(at + 1)
            and not self._is_month(min(at + 2, len(self.words) - 1))
        ):
            at += 2 + (self.word(at + 2) in _ORDINAL)
        return self._dated(i, at, day, month)

    def _dated(self, i: int, at: int, day: int, month: int) -> Found:
        at += self.word(at) == "." and self.word(at + 1).isdigit()
        year_at = at + (self.word(at) == ",")
        year = self.word(year_at)
        if year.isdigit() and len(year) == 4 and 1900 <= int(year) <= 2199:
            self.year = int(year)
            return Found(i, year_at + 1, cal.one(cal.make_date(int(year), month, day)), "day")
        if self.year:  # "a letter dated 2 February 2016 said nine died on 28 January"
            return Found(i, at, cal.one(cal.make_date(self.year, month, day)), "day")
        ahead = self.word(i - 1) in ("on", "by", "until", "before", "from", "for") and self._to_come(i)
        return Found(i, at, cal.one(cal.day_of_month(day, month, self.ref, ahead=ahead)), "day")

    def _relative(self, i: int) -> Found | None:
        word, after = self.word(i), self.word(i + 1)
        if word == "yesterday":
            return Found(i, i + 1 + (after in _PARTS), cal.one(cal.shift(self.ref, -1)), "day")
        if word == "tomorrow":
            return Found(i, i + 1, cal.one(cal.shift(self.ref, 1)), "day")
        if word in ("today", "tonight"):
            return Found(i, i + 1, cal.one(self.ref), "day")
        if word == "this" and after in ("morning", "afternoon", "evening"):
            return Found(i, i + 2, cal.one(self.ref), "day")
        if word == "last" and after == "night":
            return Found(i, i + 2, cal.one(cal.shift(self.ref, -1)), "night")
        if word == "the" and self.words[i : i + 4] == ["the", "day", "before", "yesterday"]:
            return Found(i, i + 4, cal.one(cal.shift(self.ref, -2)), "day")
        return None

    def _weekday(self, i: int) -> Found | None:
        name = self.word(i).split("-")[0]  # "Sunday-Monday" is the night from the first to the second
        number = WEEKDAYS.get(name.removesuffix("s") if len(name) > 6 else name)
        if number is None or not self.tokens[i].capital:
            return None
        before, after = self.word(i - 1), self.word(i + 1)
        at = i + 1
        night = after == "night"
        at += after in _PARTS
        dated = self._month_day(at + (self.word(at) == ",")) or self._day_month(at + (self.word(at) == ","))
        if dated:
            wrong = dated.days is not None and dated.days[0].weekday() != number
            return Found(i, dated.last, dated.days, "day", ("weekday-disagrees",) if wrong else ())
        first = i - (before in ("last", "next", "this"))
        if self.words[max(0, i - 4) : i][-3:-1] == ["after", "midnight"] and "-" in self.word(i):
            number = (number + 1) % 7  # after midnight of the night to Monday it is Monday
        ahead = before == "next" or (before in ("by", "until", "before", "on", "from") and self._to_come(i))
        day = cal.weekday(number, self.ref, strictly_past=before == "last", ahead=ahead)
        return Found(first, at, cal.one(day), "night" if night else "day")

    def _to_come(self, i: int) -> bool:
        """Whether words before i say that it is expected: "will", "is due"."""
        return not _AHEAD.isdisjoint(self.words[max(0, i - 14) : i])

    def _month(self, i: int) -> Found | None:
        month = self._is_month(i)
        if not month:
            return self._mid(i) or self._period(i)
        at = i + 1 + (self.word(i + 1) == "," and self.word(i + 2).isdigit())
        year = self.word(at)
        if year.isdigit() and len(year) == 4:
            return Found(i, at + 1, cal.month_span(int(year), month), "month")
        before = self.word(i - 1)
        if before not in _ABOUT and not before.endswith("-"):
            return None
        if self.ref is None and self.year:
            return Found(i, i + 1, cal.month_span(self.year, month), "month")
        days = cal.latest_month(month, self.ref, strictly_past=before == "last")
        if days and self.ref and before in ("in", "by", "early", "late", "mid", "of") and self._to_come(i):
            days = cal.month_span(self.ref.year + (month < self.ref.month), month)
        return Found(i, i + 1, days, "about" if before in ("early", "late", "mid") else "month")

    def _period(self, i: int) -> Found | None:
        word, after = self.word(i), self.word(i + 1)
        if (
            word in ("in", "since", "by", "until", "during")
            and after.isdigit()
            and len(after) == 4
            and 1900 <= int(after) <= 2099
        ):
            return Found(i + 1, i + 2, cal.year_span(int(after)), "year")
        if word not in ("last", "this") or after not in ("month", "year"):
            return None
        return cal.period(i, i + 2, self.ref, year=after == "year", back=word == "last")

    def _counted(self, i: int) -> Found | None:
        """ "two days ago", "a day after": the second is counted from another event."""
        word = self.word(i)
        n = 1 if word in ("a", "one") else int(NUMBERS.get(word, 0)) or self._number(i)
        if n and self.word(i + 1) == "or" and self.words[i + 3 : i + 5] == ["days", "ago"]:
            return Found(i, i + 5, cal.one(cal.shift(self.ref, -n)), "about")
        unit = DAYS_IN.get(self.word(i + 1))
        if not n or not unit or n > 400:
            return None
        tail = self.word(i + 2)
        if tail == "ago":
            return Found(i, i + 3, cal.one(cal.shift(self.ref, -n * unit)), "day" if unit == 1 else "about")
        if tail in ("after", "before") and unit == 1:
            return Found(i, i + 3, None, "day", (), False, -n if tail == "after" else n)
        return None
