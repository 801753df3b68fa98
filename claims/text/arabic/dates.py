"""Arabic date phrases: four regions' month names, Hijri, weekdays, relative words, parts of day."""

from collections.abc import Iterator, Sequence
from datetime import date

from claims.text import calendar as cal
from claims.text.arabic.lexicon import future
from claims.text.arabic.months import (
    ABOUT,
    DAYWORDS,
    HIJRI,
    MONTHS,
    NEXT,
    NIGHT,
    ORDINALS,
    PARTS,
    PAST,
    SINCE,
    THIS,
    WEEKDAYS,
)
from claims.text.calendar import Found
from claims.text.reading import Precision
from claims.text.tokens import Token


class Dates:
    """Finds date phrases in one sentence against one publication day."""

    def __init__(self, tokens: Sequence[Token], published_on: date | None) -> None:
        self.words = [t.text for t in tokens]
        self.ref = published_on

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

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def _opened(self, found: Found) -> Found:
        """A phrase after «منذ» opens a period: it is no day of the event."""
        before = self.word(found.first - 1)
        if before in (SINCE, "و" + SINCE) or (before in ABOUT and self.word(found.first - 2).endswith(SINCE)):
            recent = (
                found.precision == "day" and self.ref and found.days and (self.ref - found.days[0]).days < 7
            )
            notes = (*found.notes, "since")
            return Found(found.first, found.last, found.days, found.precision, notes, not recent)
        return found

    def _at(self, i: int) -> Found | None:
        word = self.word(i)
        bare = word[1:] if word[:1] in ("و", "ف", "ل", "ب") and len(word) > 3 else word
        return (
            cal.written_date(self.words, i)
            or self._day_range(i)
            or self._day_month(i)
            or self._today(i, word)
            or self._today(i, bare)
            or self._yesterday(i, bare)
            or self._tomorrow(i, bare)
            or self._weekday(i, bare)
            or self._month_or_year(i)
            or self._ago(i)
        )

    # -- absolute -----------------------------------------------------------------

    def _month_name(self, i: int, table: dict[tuple[str, ...], int]) -> tuple[int, int] | None:
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
        if word in ORDINALS:
            if self.word(i + 1) == "عشر":
                return ORDINALS[word] + 10, 2
            if self.word(i + 1) in ("والعشرين", "والعشرون"):
                return ORDINALS[word] + 20, 2
            return ORDINALS[word], 1
        return None

    def _day_month(self, i: int) -> Found | None:
        number = self._day_number(i)
        if not number:
            return None
        day, at = number[0], i + number[1]
        while self.word(at) in ("من", "شهر", "لشهر"):
            at += 1
        hijri = self._month_name(at, HIJRI)
        if hijri:
            return self._hijri(i, at + hijri[1], day, hijri[0])
        month = self._month_name(at, MONTHS)
        if not month:
            same = self.word(at) in ("الشهر",) and self.word(at + 1) in THIS
            return self._this_month(i, at + 2, day) if same or self.word(at) in THIS else None
        return self._dated(i, at + month[1], day, month[0])

    def _day_range(self, i: int) -> Found | None:
        """«بين 1 و5 آذار», «من 3 إلى 7 نيسان»: from the first day to the second."""
        opened = self.word(i) in ("بين", "من", "وبين", "ومن")
        number = self._day_number(i + opened)
        join = i + opened + number[1] if number else 0
        if not number or self.word(join) not in (("و", "الي", "حتي") if opened else ("-",)):
            return None
        last = self._day_month(join + 1)
        if not last or not last.days or not self._day_number(join + 1):
            return None
        first = cal.make_date(last.days[0].year, last.days[0].month, number[0])
        days = (first, last.days[0]) if first and first <= last.days[0] else last.days
        return Found(i, last.last, days, "days", last.notes)

    def _this_month(self, i: int, last: int, day: int) -> Found | None:
        made = cal.make_date(self.ref.year, self.ref.month, day) if self.ref else None
        return Found(i, min(last, len(self.words)), cal.one(made), "day")

    def _dated(self, i: int, at: int, day: int, month: int) -> Found:
        at, second = self._second_name(at)
        mod = self.word(at)
        notes: tuple[str, ...] = ()
        if second and second != month:
            notes = ("months-disagree",)
            month = self._fits_weekday(i, day, month, second)
        at += mod in PAST or mod in THIS or mod in NEXT
        at += self.word(at) in ("عام", "سنه", "من") and self.word(at + 1)[:4].isdigit()
        year = self.word(at)
        if year.isdigit() and len(year) == 4:
            made = cal.make_date(int(year), month, day)
            at += 1 + (self.word(at + 1) in ("م", "ميلادي"))
        else:
            made = cal.day_of_month(day, month, self.ref, ahead=mod in NEXT)
        return Found(i, at, cal.one(made), "day", notes)

    def _second_name(self, at: int) -> tuple[int, int | None]:
        """A second month name after a slash or in brackets: where it ends, and which."""
        if self.word(at) not in ("/", "(", "-"):
            return at, None
        month = self._month_name(at + 1, MONTHS)
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
            return inner and Found(i, inner.last, inner.days, inner.precision, inner.notes)
        if bare in ("الليله", "هذه") and (bare == "الليله" or self.word(i + 1) == "الليله"):
            return Found(i, i + 1 + (bare == "هذه"), cal.one(self.ref), "night")
        if bare != "اليوم" or self.word(i + 1) in (
            "نفسه",
            "التالي",
            "ذاته",
            "السابق",
            "الاول",
            "الثاني",
            "الثالث",
        ):
            return None
        at = i + 1
        skip = at + (self.word(at) in (",", "(", "-", "يوم"))
        named = WEEKDAYS.get(self.word(skip))
        at = skip + 1 + (self.word(skip + 1) == ")") if named is not None else at
        dated = self._day_month(at + (self.word(at) in (",", "(")))
        if dated and dated.days and (self.ref is None or abs((dated.days[0] - self.ref).days) < 200):
            return self._checked(i, dated, named) if named is not None else dated
        day, notes = cal.today_called(named, self.ref)
        return Found(i, at, cal.one(day), "day", notes)

    def _yesterday(self, i: int, bare: str) -> Found | None:
        part = self._part(i)
        if part and self.word(i + part) in ("امس", "البارحه", "اول"):
            inner = self._yesterday(i + part, self.word(i + part))
            return inner and Found(i, inner.last, inner.days, inner.precision, inner.notes)
        back, at = 1, i + 1
        if bare == "اول" and self.word(i + 1) in ("امس", "من") and "امس" in self.words[i + 1 : i + 3]:
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
        """«غدا», «غدا الاثنين», «بعد غد»."""
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
        dated = self._day_month(after + (mod in (",", "(", "الموافق", "الموافق:")))
        if dated:
            return self._checked(i, dated, number)
        day = cal.weekday(number, self.ref, strictly_past=mod in PAST, ahead=self._ahead(i, mod))
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
        if self.word(at) in ("العام", "السنه", "الشهر", "الاسبوع"):
            return self._period(i, at)
        if self.word(at) in ("عام", "سنه") and self.word(at + 1).isdigit() and len(self.word(at + 1)) == 4:
            year = int(self.word(at + 1))
            return Found(i, at + 2, cal.year_span(year), "year") if cal.make_date(year, 1, 1) else None
        month = self._month_name(at, MONTHS)
        if not month:
            bare = self.word(at)[1:] if self.word(at)[:1] in "بول" else ""
            month = (MONTHS[(bare,)], 1) if (bare,) in MONTHS else None
        return self._bare_month(i, at, month) if month else None

    def _bare_month(self, i: int, at: int, month: tuple[int, int]) -> Found | None:
        """A month without a day: wants a qualifier, a year or a word such as «شهر» or «في» beside it."""
        end, _ = self._second_name(at + month[1])
        mod = self.word(end)
        year = self.word(end + (mod in ("عام", "سنه", "من")))
        precision: Precision = "about" if i < at and self.word(i) not in ("شهر", "خلال") else "month"
        if year.isdigit() and len(year) == 4:
            return Found(i, end + 1 + (year != mod), cal.month_span(int(year), month[0]), precision)
        known = (
            mod in PAST or mod in THIS or i < at or self.word(i - 1) in ("في", "خلال", "منذ", "شهر", "نهايه")
        )
        if not known:
            return None
        days = cal.latest_month(month[0], self.ref, strictly_past=mod in PAST)
        return Found(i, end + (mod in PAST or mod in THIS), days, precision)

    def _period(self, i: int, at: int) -> Found | None:
        mod, unit = self.word(at + 1), self.word(at)
        if (mod not in PAST and mod not in THIS) or unit == "الاسبوع":
            return None
        return cal.period(i, at + 2, self.ref, year=unit in ("العام", "السنه"), back=mod in PAST)

    def _ago(self, i: int) -> Found | None:
        """«قبل يومين»: counted from publication; «بعد يوم من»: counted from another event."""
        word = self.word(i)
        for n in (2, 1):
            days = DAYWORDS.get(" ".join(self.words[i + 1 : i + 1 + n]))
            if days is None:
                continue
            if word in ("قبل", "وقبل", "منذ") and self.word(i + 1 + n) != "من":
                when = cal.one(cal.shift(self.ref, -days))
                precision: Precision = "day" if days < 7 else "about"
                return Found(i, i + 1 + n, when, precision, (), word == "منذ" and days >= 7)
            if word in ("بعد", "وبعد") and self.word(i + 1 + n) in ("من", "علي"):
                return Found(i, i + 2 + n, None, "day", (), False, -days)
            if word == "قبل" and self.word(i + 1 + n) == "من":
                return Found(i, i + 2 + n, None, "day", (), False, days)
        return None
