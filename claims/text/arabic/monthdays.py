"""Days of a month in Arabic: figures, ordinals and month names of four regions, with or without a year."""

from collections.abc import Sequence
from datetime import date

from claims.text import calendar as cal
from claims.text.arabic.months import HIJRI, MONTHS, NEXT, PAST, THIS, WEEKDAYS
from claims.text.arabic.numerals import ORDINALS, TENS, Numerals
from claims.text.calendar import Found
from claims.text.tokens import Token


def in_year(tokens: Sequence[Token], found: Found, year: int) -> Found | None:
    """The day of a month that `found` names without its year, in that year; None where it names none."""
    days = MonthDays(tokens, date(year, 12, 31))
    made = (days.day_month(i) for i in range(found.first, found.last))
    return next((one for one in made if one and one.days and one.last == found.last), None)


class MonthDays:
    """Finds days of a month in one sentence against one publication day."""

    def __init__(self, tokens: Sequence[Token], published_on: date | None) -> None:
        self.words = [t.text for t in tokens]
        self.ref = published_on
        self.numerals = Numerals(tokens)

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def month_name(self, i: int, table: dict[tuple[str, ...], int]) -> tuple[int, int] | None:
        """The month at token i and how many tokens it takes; a clitic ل may hug it («لشهر»)."""
        for n in (2, 1):
            month = table.get(tuple(self.words[i : i + n]))
            if month:
                return month, n
        return None

    def _day_number(self, i: int) -> tuple[int, int] | None:
        word = self.word(i)
        digits = word.lstrip("الوبف")
        if digits.isdigit() and 1 <= int(digits) <= 31 and len(digits) <= 2:
            return int(digits), 1
        tens = TENS.get(word.removeprefix("ال")) if word.startswith("ال") else None
        if word not in ORDINALS or word.endswith("ه"):
            return (tens, 1) if tens in (20, 30) else None
        if self.word(i - 1) in ("الاسبوع", "النصف", "الثلث", "الربع", "العقد"):
            return None
        if self.word(i + 1) == "عشر":
            return ORDINALS[word] + 10, 2
        tens = TENS.get(self.word(i + 1).removeprefix("وال"))
        if tens in (20, 30) and self.word(i + 1).startswith("وال"):
            return ORDINALS[word] + tens, 2
        return ORDINALS[word], 1

    def day_month(self, i: int) -> Found | None:
        number = self._day_number(i)
        if not number:
            return None
        day, at = number[0], i + number[1]
        while self.word(at) in ("من", "شهر", "لشهر", "/", "-"):
            at += 1
        hijri = self.month_name(at, HIJRI)
        if hijri:
            return self._hijri(i, at + hijri[1], day, hijri[0])
        month = self.month_name(at, MONTHS)
        if not month:
            return self._of_the_month(i, at, day)
        return self._dated(i, at + month[1], day, month[0])

    def day_range(self, i: int) -> Found | None:
        """«بين 1 و5 آذار», «من 3 إلى 7 نيسان»: from the first day to the second."""
        opened = self.word(i) in ("بين", "من", "وبين", "ومن")
        number = self._day_number(i + opened)
        join = i + opened + number[1] if number else 0
        if not number or self.word(join) not in (("و", "الي", "حتي") if opened else ("-",)):
            return None
        last = self.day_month(join + 1)
        if not last or not last.days or not self._day_number(join + 1):
            return None
        first = cal.make_date(last.days[0].year, last.days[0].month, number[0])
        days = (first, last.days[0]) if first and first <= last.days[0] else last.days
        return Found(i, last.last, days, "days", last.notes)

    def _of_the_month(self, i: int, at: int, day: int) -> Found | None:
        """«في الثالث من الشهر الجاري», «11 الجاري», «في 20 من الشهر الماضي»."""
        named = self.word(at) == "الشهر"
        mod = self.word(at + named)
        if mod not in THIS and not (named and mod in PAST):
            return None
        year, month = (
            divmod(self.ref.year * 12 + self.ref.month - 1 - (mod in PAST), 12) if self.ref else (0, 0)
        )
        return Found(i, at + named + 1, cal.one(cal.make_date(year, month + 1, day)), "day")

    def _dated(self, i: int, at: int, day: int, month: int) -> Found:
        at, second = self.second_name(at)
        mod = self.word(at)
        notes: tuple[str, ...] = ()
        if second and second != month:
            notes = ("months-disagree",)
            month = self._fits_weekday(i, day, month, second)
        at += mod in PAST or mod in THIS or mod in NEXT
        stated = self.stated_year(at)
        if stated:
            made, at = cal.make_date(stated[0], month, day), stated[1]
        else:
            made = cal.day_of_month(day, month, self.ref, ahead=mod in NEXT)
        return Found(i, at, cal.one(made), "day", notes)

    def stated_year(self, at: int) -> tuple[int, int] | None:
        """The year that follows a month, and where it ends: «2019», «من عام 2019», «من العام الماضي»."""
        at += self.word(at) in ("من", "/", "-", ",")
        named = self.word(at) in ("عام", "سنه", "العام", "السنه")
        year = self.word(at + named)
        if year.isdigit() and len(year) == 4:
            return int(year), at + named + 1 + (self.word(at + named + 1) in ("م", "ميلادي"))
        if self.ref and named and (year in PAST or year in THIS):
            return self.ref.year - (year in PAST), at + 2
        return None

    def second_name(self, at: int) -> tuple[int, int | None]:
        """A second month name after a slash, in brackets or bare: where it ends, and which."""
        if self.word(at) not in ("/", "(", "-"):
            twice = self.month_name(at, MONTHS)
            first = self.month_name(at - 1, MONTHS) or self.month_name(at - 2, MONTHS)
            return at + twice[1] if twice and first and first[0] == twice[0] else at, None
        month = self.month_name(at + 1, MONTHS)
        if not month:
            return at, None
        end = at + 1 + month[1]
        return end + (self.word(end) == ")"), month[0]

    def _fits_weekday(self, i: int, day: int, month: int, second: int) -> int:
        """Of two month names that disagree, the one on which the weekday written before falls."""
        named = next((WEEKDAYS[w] for w in reversed(self.words[max(0, i - 3) : i]) if w in WEEKDAYS), None)
        for m in (month, second):
            made = cal.day_of_month(day, m, self.ref)
            if named is not None and made and made.weekday() == named:
                return m
        return month

    def _hijri(self, i: int, at: int, day: int, month: int) -> Found:
        year = self.word(at)
        stated = int(year) if year.isdigit() and len(year) == 4 else None
        at += (stated is not None) + (self.word(at + (stated is not None)) in ("ه", "هجري"))
        days = cal.hijri_range(day, month, stated, self.ref)
        return Found(i, at, days, "days", ("hijri-range",))

    def in_figures(self, i: int) -> Found | None:
        """«18/10/2018», and «14/5» without a year."""
        if i >= len(self.words):
            return None
        day, _, month = self.word(i).partition("/")
        if day.isdigit() and month.isdigit() and int(month) <= 12:
            return Found(i, i + 1, cal.one(cal.day_of_month(int(day), int(month), self.ref)), "day")
        return cal.written_date(self.words, i)
