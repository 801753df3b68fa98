"""Calendar arithmetic for phrases counted from the day of publication. Days are days in the Document's zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from claims.text.reading import EventTime, Precision

# A note of phrases whose `offset` counts from the day last named, not from the first: «يومها».
FROM_LAST = "from-last"


@dataclass(frozen=True, slots=True)
class Found:
    """A date phrase at tokens [first, last) of a sentence. `days` is None while unresolved."""

    first: int
    last: int
    days: tuple[date, date] | None
    precision: Precision
    notes: tuple[str, ...] = ()
    open_period: bool = False
    offset: int | None = None

    def event(self, raw: str, start: int, end: int, zone: str) -> EventTime:
        """The same as a value of the public interface."""
        if self.days is None:
            return EventTime(None, None, "unresolved", raw, start, end, zone, (*self.notes, "unresolved"))
        return EventTime(self.days[0], self.days[1], self.precision, raw, start, end, zone, self.notes)


def make_date(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day or it lies outside 1900 to 2199."""
    if not 1900 <= year <= 2199:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(year: int) -> int:
    """A two-digit year as this century."""
    return year + 2000 if year < 100 else year


def day_of_month(day: int, month: int, ref: date | None, *, ahead: bool = False) -> date | None:
    """The latest such day not after `ref` (a day's grace for zones), or with `ahead` the first not before it."""
    if ref is None:
        return None
    years = range(ref.year - 1, ref.year + 2)
    days = [d for y in years if (d := make_date(y, month, day))]
    if ahead:
        return next((d for d in days if d >= ref), None)
    return next((d for d in reversed(days) if d <= ref + timedelta(days=1)), None)


def day_before_or_on(day: int, ref: date | None) -> date | None:
    """The latest day of that number in a month, not after `ref`."""
    if ref is None:
        return None
    months = [divmod(ref.year * 12 + ref.month - 1 - back, 12) for back in range(3)]
    return next((d for y, m in months if (d := make_date(y, m + 1, day)) and d <= ref), None)


def month_span(year: int, month: int) -> tuple[date, date] | None:
    """First and last day of a month."""
    first = make_date(year, month, 1)
    after = make_date(year + month // 12, month % 12 + 1, 1)
    return (first, after - timedelta(days=1)) if first and after else None


def latest_month(month: int, ref: date | None, *, strictly_past: bool = False) -> tuple[date, date] | None:
    """The latest month of that number that has begun by `ref`; `strictly_past` leaves out the current one."""
    if ref is None:
        return None
    this_year = month < ref.month or (month == ref.month and not strictly_past)
    return month_span(ref.year if this_year else ref.year - 1, month)


def year_span(year: int) -> tuple[date, date]:
    """First and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def period(first: int, last: int, ref: date | None, *, year: bool, back: bool) -> Found:
    """The year or month of `ref`, with `back` the one before it, at tokens [first, last)."""
    if ref is None:
        return Found(first, last, None, "unresolved")
    if year:
        return Found(first, last, year_span(ref.year - back), "year")
    index = ref.year * 12 + ref.month - 1 - back
    return Found(first, last, month_span(index // 12, index % 12 + 1), "month")


def written_date(words: Sequence[str], i: int) -> Found | None:
    """A day in figures at token i, in one token or five: "12/3/2022", "12 - 3 - 22", "12 / 3 / 2022"."""
    parts, last = words[i].replace("/", "-").replace(".", "-").split("-"), i + 1
    if len(parts) == 1 and words[i + 1 : i + 5 : 2] in (["-", "-"], ["/", "/"]):
        parts, last = list(words[i : i + 5 : 2]), i + 5
    if len(parts) != 3 or not all(p.isdigit() and len(p) <= 4 for p in parts):
        return None
    a, b, c = map(int, parts)
    day = make_date(a, b, c) if a > 31 else make_date(full_year(c), b, a)
    return Found(i, last, one(day), "day") if day else None


def weekday(
    number: int, ref: date | None, *, strictly_past: bool = False, ahead: bool = False
) -> date | None:
    """The latest such weekday (Monday is 0), `ref` included unless `strictly_past`; with `ahead` the next one."""
    if ref is None:
        return None
    if ahead:
        return ref + timedelta(days=(number - ref.weekday()) % 7 or 7)
    back = (ref.weekday() - number) % 7
    return ref - timedelta(days=back or (7 if strictly_past else 0))


def today_called(number: int | None, ref: date | None) -> tuple[date | None, tuple[str, ...]]:
    """The publication day; where the text's weekday disagrees, that weekday within a day either way, and a note."""
    if ref is None or number is None or ref.weekday() == number:
        return ref, ()
    for step in (-1, 1):
        if (ref + timedelta(days=step)).weekday() == number:
            return ref + timedelta(days=step), ("weekday-disagrees",)
    return ref, ("weekday-disagrees",)


def shift(ref: date | None, days: int) -> date | None:
    """`ref` moved by whole days; None stays None."""
    return ref + timedelta(days=days) if ref else None


def one(day: date | None) -> tuple[date, date] | None:
    """A single day as a range."""
    return (day, day) if day else None


_HIJRI_LEAP = (2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29)


def hijri_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of the tabular Islamic calendar (civil epoch,
    16 July 622 Julian); countries differ by a day."""
    cycle, in_cycle = divmod(year - 1, 30)
    leaps = sum(1 for y in _HIJRI_LEAP if y <= in_cycle)
    n_days = cycle * 10631 + in_cycle * 354 + leaps + (month - 1) * 29 + month // 2 + day - 1
    try:
        return date.fromordinal(227015 + n_days)
    except (ValueError, OverflowError):
        return None


def hijri_range(day: int, month: int, year: int | None, ref: date | None) -> tuple[date, date] | None:
    """A day either side of the tabular reckoning; without a year the latest such day not after `ref`."""
    if year is None:
        if ref is None:
            return None
        near = int((ref.toordinal() - 227015) / 354.367) + 1
        days = [
            d
            for y in (near + 1, near, near - 1)
            if (d := hijri_day(y, month, day)) and d <= ref + timedelta(days=1)
        ]
        middle = days[0] if days else None
    else:
        middle = hijri_day(year, month, day)
    return (middle - timedelta(days=1), middle + timedelta(days=1)) if middle else None
