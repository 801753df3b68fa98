"""Arabic date phrases: four regions' month names, Hijri, weekdays, relative words, parts of day."""

from collections.abc import Iterator
from dataclasses import replace

from claims.text import calendar as cal
from claims.text.arabic.lengths import length_at
from claims.text.arabic.lexicon import bare_noun, finite, future, has
from claims.text.arabic.monthdays import MonthDays
from claims.text.arabic.months import (
    ABOUT,
    MONTHS,
    NEXT,
    NIGHT,
    PARTS,
    PAST,
    SINCE,
    THIS,
    WEEKDAYS,
)
from claims.text.arabic.numerals import ORDINALS
from claims.text.calendar import FROM_LAST, Found
from claims.text.reading import Precision

_MATCHING = ("الموافق", "المصادف", "الواقع")
_TWO_WEEKS, _TWO_YEARS = 14, 730
_DATELINE = 6
_NTH = frozenset(word for word in ORDINALS if not word.endswith("ه"))
_BEFORE_BARE_YEAR = ("في", "خلال", "منذ", "صيف", "شتاء", "ربيع", "خريف")
_BEFORE_MONTH = ("في", "خلال", "منذ", "شهر", "نهايه", "الي", "حتي", "لشهر")


class Dates(MonthDays):
    """Finds date phrases in one sentence against one publication day."""

    def find(self) -> Iterator[Found]:
        """Date phrases from left to right, none overlapping."""
        i = 0
        while i < len(self.words):
            found = self._at(i)
            if found:
                yield self._opened(found)
                i = max(found.last, i + 1)
            else:
                i += 1

    def _opened(self, found: Found) -> Found:
        """A phrase after «منذ» opens a period, one after «بحلول» ends it: it is no day of the event."""
        before = self.word(found.first - 1)
        if before.removeprefix("و") == "بحلول" or self._is_deadline(found, before) or self._filed(found):
            return replace(found, open_period=True)
        if before in (SINCE, "و" + SINCE) or (before in ABOUT and self.word(found.first - 2).endswith(SINCE)):
            recent = (
                found.precision == "day" and self.ref and found.days and (self.ref - found.days[0]).days < 7
            )
            return replace(found, notes=(*found.notes, "since"), open_period=not recent)
        return found

    def _is_deadline(self, found: Found, before: str) -> bool:
        """«قبل السبت»; «قبل ظهر السبت» is a part of the day."""
        return before == "قبل" and found.precision == "day" and self.word(found.first) in WEEKDAYS

    def _filed(self, found: Found) -> bool:
        """«عدن 15 آب (وكالات) -»: the dateline says when it was filed."""
        if found.first > _DATELINE or self.word(found.last) != "(":
            return False
        close = next((k for k in range(found.last, found.last + _DATELINE) if self.word(k) == ")"), 0)
        return close > 0 and self.word(close + 1) == "-"

    def _at(self, i: int) -> Found | None:
        word = self.word(i)
        bare = word[1:] if word[:1] in ("و", "ف", "ل", "ب") and len(word) > 3 else word
        return (
            cal.written_date(self.words, i)
            or self.day_range(i)
            or self.day_month(i)
            or self._today(i, word)
            or self._today(i, bare)
            or self._yesterday(i, bare)
            or self._tomorrow(i, bare)
            or self._weekday(i, bare)
            or self._month_or_year(i)
            or self._ago(i)
            or (self._same_day(i, i + 1, 0) if bare in ("يومها", "يومذاك", "يوميذ") else None)
        )

    # -- relative -----------------------------------------------------------------

    def _part(self, i: int) -> int:
        """Tokens of a part-of-day word at i (0, 1 or 2)."""
        if self.word(i) in ("منتصف", "بمنتصف") and self.word(i + 1) in NIGHT:
            return 2
        word = self.word(i)
        return 1 if word in PARTS or (word[:1] in ("و", "ب", "ل") and word[1:] in PARTS) else 0

    def _today(self, i: int, bare: str) -> Found | None:
        part = self._part(i)
        if part and self.word(i + part) == "اليوم":
            inner = self._today(i + part, "اليوم")
            return inner and replace(inner, first=i)
        if (
            bare == "هذا"
            and self.word(i + 1).removeprefix("ال") in PARTS
            and self.word(i + 1).startswith("ال")
        ):
            return Found(i, i + 2, cal.one(self.ref), "part_of_day")
        if bare in ("الليله", "هذه") and (bare == "الليله" or self.word(i + 1) == "الليله"):
            return self._night(i, i + 1 + (bare == "هذه"))
        if (
            bare != "اليوم"
            or self.word(i - 1).endswith("نصف")
            or self.word(i + 1) in PAST
            or self.word(i + 1) in _NTH
        ):
            return None
        if self.word(i + 1) in ("نفسه", "ذاته", "التالي"):
            return self._same_day(i, i + 2, int(self.word(i + 1) == "التالي"))
        at = i + 1
        skip = at + (self.word(at) in (",", "(", "-", "يوم"))
        named = WEEKDAYS.get(self.word(skip))
        at = skip + 1 + (self.word(skip + 1) == ")") if named is not None else at
        dated = self.day_month(at + (self.word(at) in (",", "(")))
        if dated and dated.days and (self.ref is None or abs((dated.days[0] - self.ref).days) < 200):
            return self._checked(i, dated, named) if named is not None else dated
        day, notes = cal.today_called(named, self.ref)
        return Found(i, at, cal.one(day), "day", notes)

    @staticmethod
    def _same_day(i: int, last: int, later: int) -> Found:
        """«في اليوم نفسه», «يومها», «في اليوم التالي»: counted from the day last named."""
        return Found(i, last, None, "day", (FROM_LAST,), False, later)

    def _night(self, i: int, at: int) -> Found:
        """«الليلة», «الليلة الماضية», «الليلة قبل الماضية»."""
        twice = self.word(at) == "قبل" and self.word(at + 1) in PAST
        back = 1 + twice if twice or self.word(at) in PAST else 0
        return Found(i, at + back, cal.one(cal.shift(self.ref, -back)), "night")

    def _yesterday(self, i: int, bare: str) -> Found | None:
        part = self._part(i)
        if part and self.word(i + part) in ("امس", "البارحه", "اول"):
            inner = self._yesterday(i + part, self.word(i + part))
            return inner and replace(inner, first=i)
        back, at = 1, i + 1
        if (
            bare in ("اول", "الاول")
            and self.word(i + 1) in ("امس", "من")
            and "امس" in self.words[i + 1 : i + 3]
        ):
            back, at = 2, i + 2 + (self.word(i + 1) == "من")
        elif bare not in ("امس", "البارحه", "الامس", "بالامس"):
            return None
        at += self.word(at) == "الاول"
        back += self.word(at - 1) == "الاول"
        skip = at + (self.word(at) in (",", "("))
        at = skip + 1 if self.word(skip) in WEEKDAYS else at
        day = cal.shift(self.ref, -back)
        notes: tuple[str, ...] = ()
        if day and self.word(at - 1) in WEEKDAYS:
            day, notes = cal.today_called(WEEKDAYS[self.word(at - 1)], day)
        return Found(i, at, cal.one(day), "day", notes)

    def _tomorrow(self, i: int, bare: str) -> Found | None:
        """«غدا», «غدا الاثنين», «صباح غد», «بعد غد»."""
        part = self._part(i)
        if part and self.word(i + part) in ("غد", "الغد"):
            inner = self._tomorrow(i + part, self.word(i + part))
            return inner and replace(inner, first=i)
        ahead, at = (2, i + 2) if bare == "بعد" and self.word(i + 1) in ("غد", "الغد") else (1, i + 1)
        if ahead == 1 and bare not in ("غدا", "الغد", "غد"):
            return None
        skip = at + (self.word(at) in (",", "("))
        at = skip + 1 if self.word(skip) in WEEKDAYS else at
        return Found(i, at, cal.one(cal.shift(self.ref, ahead)), "day")

    def _weekday(self, i: int, bare: str) -> Found | None:
        at = i
        night = False
        while self._part(at):
            took = self._part(at)
            night = night or any(
                w.lstrip("وبل") in ("يل", "يله") or w in NIGHT for w in self.words[at : at + took]
            )
            at += took
        name = bare if at == i else self.word(at)
        if name not in WEEKDAYS:
            return None
        return self._named_day(i, at, WEEKDAYS[name], night)

    def _named_day(self, i: int, at: int, number: int, night: bool) -> Found:
        after = at + 1
        second = after + (self.word(after) in ("-", "/", "علي", "الي"))
        if night and self.word(second) in WEEKDAYS:
            day = cal.weekday(number, self.ref)
            both = (day, cal.shift(day, 1) or day) if day else None
            return Found(i, second + 1, both, "night", ("night-of-two-days",))
        mod = self.word(after)
        on = after + (mod in PAST)
        on += self.word(on) in (",", "(", *_MATCHING)
        on += self.word(on) in ("ل", ":", "في", *_MATCHING)
        dated = self.day_month(on) or self.in_figures(on)
        if dated:
            return self._checked(i, dated, number)
        day = cal.weekday(number, self.ref, strictly_past=mod in PAST, ahead=self._ahead(i, mod))
        if mod == "قبل" and self.word(after + 1) in PAST:
            return Found(
                i, after + 2, cal.one(cal.shift(cal.weekday(number, self.ref, strictly_past=True), -7)), "day"
            )
        after += mod in PAST or mod in NEXT or mod in THIS
        notes = ("older-use-night-before",) if night and self.word(i).endswith("ليله") else ()
        return Found(i, after, cal.one(day), "night" if night else "day", notes)

    def _ahead(self, i: int, mod: str) -> bool:
        """Whether a weekday lies ahead: «الجمعة المقبل», «ستعقد الجلسة الخميس»."""
        to_come = any(map(future, self.words[max(0, i - 8) : i]))
        return mod in NEXT or (to_come and mod not in PAST)

    @staticmethod
    def _checked(i: int, dated: Found, number: int) -> Found:
        wrong = dated.days is not None and dated.days[0].weekday() != number
        notes = (*dated.notes, "weekday-disagrees") if wrong else dated.notes
        return Found(i, dated.last, dated.days, dated.precision, notes)

    def _month_or_year(self, i: int) -> Found | None:
        at = i + (self.word(i) in ABOUT) + (self.word(i + 1) in ABOUT and self.word(i) in ABOUT)
        if self.word(at) in ("العام", "السنه", "الشهر", "الاسبوع") and not self.word(at + 1).isdigit():
            return self._period(i, at)
        year = self._year(at)
        if year:
            return Found(i, at + 2, cal.year_span(year), "year")
        if self._bare_year(at):
            return Found(at, at + 1, cal.year_span(int(self.word(at))), "year")
        month = self.month_name(at, MONTHS)
        if not month:
            bare = self.word(at)[1:] if self.word(at)[:1] in "بول" else ""
            month = (MONTHS[(bare,)], 1) if (bare,) in MONTHS else None
        return self._bare_month(i, at, month) if month else None

    def _year(self, at: int) -> int | None:
        """The year of «عام 2014», «العام 2014»."""
        digits = self.word(at + 1)
        if bare_noun(self.word(at)) not in ("عام", "سنه") or not digits.isdigit() or len(digits) != 4:
            return None
        return int(digits) if cal.make_date(int(digits), 1, 1) else None

    def _bare_year(self, at: int) -> bool:
        """«في 2015», «صيف 2023»; «في 2000 قرية» counts villages."""
        digits, after = self.word(at), self.word(at + 1)
        if len(digits) != 4 or not digits.isdigit() or not 1950 <= int(digits) <= 2099:
            return False
        linked = has("place-prepositions", after) or has("bounds-approx", after) or finite(after)
        counts = after[:1].isalpha() and not linked and after[0] not in "وب"
        return self.word(at - 1).lstrip("و") in _BEFORE_BARE_YEAR and not counts

    def _bare_month(self, i: int, at: int, month: tuple[int, int]) -> Found | None:
        """A month without a day: wants a qualifier, a year or a word such as «شهر» or «في» beside it."""
        end, _ = self.second_name(at + month[1])
        mod = self.word(end)
        precision: Precision = "about" if i < at and self.word(i) not in ("شهر", "خلال") else "month"
        stated = self.stated_year(end)
        if stated:
            return Found(i, stated[1], cal.month_span(stated[0], month[0]), precision)
        known = mod in PAST or mod in THIS or i < at or self._month_follows(i) or end > at + month[1]
        if not known:
            return None
        days = cal.latest_month(month[0], self.ref, strictly_past=mod in PAST)
        return Found(i, end + (mod in PAST or mod in THIS), days, precision)

    def _month_follows(self, i: int) -> bool:
        """«في أيلول», «الأسبوع الأول من أيلول»."""
        return self.word(i - 1) in _BEFORE_MONTH or (
            self.word(i - 1) == "من" and self.word(i - 2) in ORDINALS
        )

    def _period(self, i: int, at: int) -> Found | None:
        mod, unit = self.word(at + 1), self.word(at)
        if (mod not in PAST and mod not in THIS) or unit == "الاسبوع":
            return None
        found = cal.period(i, at + 2, self.ref, year=unit in ("العام", "السنه"), back=mod in PAST)
        compared = self.word(i - 2) in ORDINALS or self.word(i - 2) in ("نفسها", "ذاتها", "نفسه", "ذاته")
        return replace(found, open_period=True) if compared and self.word(i - 1) == "من" else found

    def _ago(self, i: int) -> Found | None:
        """«قبل يومين», «قبل 10 أيام»: counted from publication; «بعد يوم من»: counted from another event."""
        word = self.word(i).removeprefix("و")
        if word not in ("قبل", "بعد"):
            return None
        about = self.word(i + 1) in ("نحو", "حوالي", "قرابه")
        counted = length_at(self.numerals, i + 1 + about)
        if not counted:
            return None
        days, last = counted
        if self.word(last) == "من" or (word == "بعد" and self.word(last) == "علي"):
            return Found(i, last + 1, None, "day", (), False, days if word == "قبل" else -days)
        if word == "بعد":
            return None
        exact = days <= _TWO_WEEKS and not about
        when = cal.shift(self.ref, -days)
        if when and days >= _TWO_YEARS:
            return Found(i, last, cal.year_span(when.year), "year")
        return Found(i, last, cal.one(when), "day" if exact else "about")
