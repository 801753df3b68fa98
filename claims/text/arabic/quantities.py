"""Arabic amounts: digits of any set, words, duals, bounds, vague amounts and mixed forms (ARABIC.md §3)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from claims.text.arabic.duals import dual_at, dual_noun
from claims.text.arabic.labels import Labels, ordinal_in_words
from claims.text.arabic.lexicon import is_person
from claims.text.arabic.months import CLOCK
from claims.text.arabic.numerals import (
    DUAL_SCALES,
    HUNDREDS,
    ONE_OR_TWO,
    ORDINALS,
    SCALES,
    TEEN_HEADS,
    TENS,
    UNITS,
    Numerals,
    Run,
)
from claims.text.digits import plain_number
from claims.text.normalise import fold
from claims.text.reading import Comparator, Quantity
from claims.text.tokens import Token
from claims.text.words import raw_lists, word_list

_MEASURED = frozenset(
    ("ساعه", "يوم", "شهر", "عام", "سنه", "كيلومتر", "متر", "طن", "هكتار", "دقيقه", "اسبوع", "عقد")
)
_FRACTIONS = frozenset(("ارباع", "اثلاث", "اخماس", "اعشار", "اسباع"))
_PERCENT_WORDS = frozenset(("بالميه", "بالمايه"))


@lru_cache(maxsize=1)
def units() -> dict[str, str]:
    """Folded noun to unit, the same units for both languages."""
    pairs = (entry.partition("=") for entry in raw_lists("ar")["units"])
    return {fold(noun): unit for unit, _, noun in pairs}


class Quantities:
    """Finds amounts in one sentence; tokens of date phrases are left alone."""

    def __init__(self, tokens: Sequence[Token], taken: Collection[int] = ()) -> None:
        self.tokens = tokens
        self.words = [t.text for t in tokens]
        self.taken = set(taken)
        self.numerals = Numerals(tokens)
        self.labels = Labels(tokens, self.words, self.taken)

    def find(self) -> Iterator[Quantity]:
        """Amounts from left to right, none overlapping."""
        i = 0
        while i < len(self.words):
            run = None if i in self.taken else self._number(i)
            if run:
                quantity, i = self._bounded(run)
                if quantity:
                    yield quantity
                continue
            dual = None if i in self.taken else self._dual(i)
            if dual:
                quantity, i = dual
                yield quantity
                continue
            vague = None if i in self.taken else self._several(i)
            if vague:
                yield vague
            i += 1

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    # -- numbers ------------------------------------------------------------------

    def _number(self, i: int) -> Run | None:
        """The amount that begins at token i; None where there is none or where it is no amount."""
        if self.word(i)[:1].isdigit() or self.numerals.bare(i)[:1].isdigit():
            return self._digits(i)
        if self.word(i).lstrip("بو").removesuffix("ا") in _MEASURED and self._and_a_half(i + 1):
            return Run(i, i + 2 + (self.word(i + 2).removeprefix("ال") in _MEASURED), 1.5)
        part = self._part_of_an_hour(i) or self._age(i)
        if part:
            return part
        if self._per_cent(i) or ordinal_in_words(self.words, i):
            return None
        run = self.numerals.at(i)
        if run and self._counts_nothing(run):
            self.taken.update(range(run.first, run.last))
            return None
        return run if run and run.value else None

    def _part_of_an_hour(self, i: int) -> Run | None:
        """«نصف ساعة», «ربع الساعة»; «ساعة ونصف الساعة» is one run."""
        share = {"نصف": 0.5, "ربع": 0.25}.get(self.word(i).lstrip("بول"))
        hour = self.word(i + 1).removeprefix("ال") == "ساعه"
        return Run(i, i + 1, share) if share and hour and not self.word(i).startswith("و") else None

    def _per_cent(self, i: int) -> bool:
        """«بالمئة», «في المئة»; «تجاوز المئة» is a hundred."""
        return self.word(i) in _PERCENT_WORDS or (
            self.word(i - 1) == "في" and "ب" + self.word(i) in _PERCENT_WORDS
        )

    def _counts_nothing(self, run: Run) -> bool:
        """«ثلاثة أرباع», «مجموعة السبع», «في آن واحد», «بضع عشرة»: words that are no amount."""
        before = self.word(run.first - 1)
        if self.word(run.last) in _FRACTIONS or before in ("بضع", "بضعه"):
            return True
        if before in ("مجموعه", "قمه", "دول") and self.word(run.first).startswith("ال"):
            return True
        if self._past_the_hour(run):
            return True
        together = before in word_list("ar", "one-together") and self.word(run.first - 2) in (
            "من",
            "افراد",
            "في",
        )
        return together and run.value == 1

    def _past_the_hour(self, run: Run) -> bool:
        """«الحادية عشرة وعشر دقائق», «الثالثة إلا خمس دقائق»: minutes of a clock time."""
        before = self.word(run.first - 1)
        joined = self.word(run.first).startswith("و") or before in ("و", "الا")
        hour = self.word(run.first - 1 - (before in ("و", "الا", "عشره")))
        return joined and hour in ORDINALS and self.word(run.last).startswith("دق")

    def _age(self, i: int) -> Run | None:
        """«في الحادية والستين من عمرها», «دون الخامسة», «أرملة في السابعة والخمسين»: an age said as an ordinal."""
        value, at = ORDINALS.get(self.word(i), 0), i + 1
        if self.word(at) in ("عشره", "عشر"):
            value, at = value + 10, at + 1
        elif tens := TENS.get(self.word(at).removeprefix("وال")):
            value, at = value + tens, at + 1
        elif tens := TENS.get(self.word(i).removeprefix("ال")):
            value = tens
        return Run(i, at, float(value)) if value and self._aged(i, at, value) else None

    def _aged(self, i: int, at: int, value: int) -> bool:
        """Whether the ordinal at tokens i to `at` is an age, not an hour of the clock nor one of a row."""
        if self.word(at) == "من" and self.word(at + 1).removeprefix("ال").startswith("عمر"):
            return self.word(i - 1) != "العقد"
        feminine = self.word(i).endswith("ه") or self.word(i).removeprefix("ال") in TENS
        if not feminine or self.word(at) in CLOCK or at in self.taken or self.word(at).startswith("وال"):
            return False
        if self.word(i - 1).lstrip("وب") in word_list("ar", "age-openers"):
            return True
        who = self.word(i - 2)
        return self.word(i - 1) == "في" and (value > 12 or is_person(who) or who in word_list("ar", "aged"))

    def _digits(self, i: int) -> Run | None:
        run = self.numerals.at(i)
        value = plain_number(self.numerals.bare(i))
        return None if run is None or value is None or self.labels.is_label(i, value) else run

    # -- duals and vague amounts --------------------------------------------------

    def _dual(self, i: int) -> tuple[Quantity, int] | None:
        word = self.word(i)
        found = dual_at(self.words, i, self.tokens[i].raw)
        if not found or self.labels.names_two(i):
            return None
        sure, last = found
        noun = dual_noun(word)
        unit = units().get(word) or units().get(word[1:]) or units().get(noun, noun)
        value = 2.5 if self._and_a_half(last) else 2.0
        return self._made("eq", value, value, unit, i, last, sure=sure), last + (value > 2)

    def _several(self, i: int) -> Quantity | None:
        for n in (2, 1):
            phrase = " ".join(self.words[i : i + n])
            for form in (phrase, phrase[1:] if phrase[:1] in "وبل" else phrase):
                if form in word_list("ar", "several"):
                    low, high = (3.0, 9.0) if form.startswith("بضع") else (2.0, None)
                    unit = units().get(self.word(i + n), "")
                    return self._made("several", low, high, unit, i, i + n)
        return None

    # -- bounds -------------------------------------------------------------------

    def _bounded(self, run: Run) -> tuple[Quantity | None, int]:
        between = self._range(run)
        if between:
            return between
        unit = self._unit(run)
        run = self._with_half(run)
        comparator, first, last = self._bound(run)
        low: float | None = run.value
        high: float | None = run.value
        if comparator == "ge":
            high = None
        elif comparator == "le":
            low = None
        return self._made(comparator, low, high, unit, first, last), max(last, run.last)

    def _and_a_half(self, i: int) -> bool:
        """«ساعتين ونصف», «3 كيلومترات ونصف الكيلومتر»."""
        return self.word(i) in ("ونصف", "ونصفا")

    def _with_half(self, run: Run) -> Run:
        """The half that stands behind the unit."""
        if not self._and_a_half(run.last + 1):
            return run
        return replace(run, last=run.last + 2, value=run.value + 0.5)

    def _range(self, run: Run) -> tuple[Quantity, int] | None:
        """«بين 100 و300», «من 5 إلى 7», «5-7», «بين 20 و25 ألف نازح»."""
        join = self.word(run.last)
        before = self.word(run.first - 1)
        opened = before in ("بين", "وبين", "من") and join in ("و", "الي", "حتي")
        glued = before in ("بين", "وبين") and join[:1] == "و" and len(join) > 2
        if not opened and not glued and join not in ("-", "الي"):
            return None
        second = self.numerals.at(run.last + (not glued), joined=glued)
        if not second or second.value <= run.value:
            return None
        scale = SCALES.get(self.word(second.last - 1), 1)
        low = run.value * scale if run.value * scale < second.value else run.value
        first = run.first - opened
        unit = self._unit(second)
        return self._made("range", low, second.value, unit, first, second.last), second.last

    def _bound(self, run: Run) -> tuple[Comparator, int, int]:
        for name, comparator in (("bounds-ge", "ge"), ("bounds-le", "le"), ("bounds-approx", "approx")):
            words = word_list("ar", name)
            for n in (4, 3, 2, 1):
                phrase = " ".join(self.words[run.first - n : run.first]) if n <= run.first else ""
                if phrase in words or phrase[1:] in words:
                    return comparator, run.first - n, run.last  # type: ignore[return-value]
                for gap in (0, 1, 2):
                    after = " ".join(self.words[run.last + gap : run.last + gap + n])
                    if n > 1 and after in words and after.startswith("علي"):
                        return comparator, run.first, run.last  # type: ignore[return-value]
        near = self.words[run.last : run.last + 3]
        return ("approx" if "تقريبا" in near else "eq"), run.first, run.last

    def _unit(self, run: Run) -> str:
        own = self.word(run.first).lstrip("بو").removesuffix("ا")
        if own in _MEASURED:
            return units().get(own, own)
        for n in (2, 1):
            phrase = " ".join(self.words[run.last : run.last + n])
            if phrase in units():
                return units()[phrase]
        for back in (1, 2, 3):
            before = self.word(run.first - back)
            for form in (before, before[1:]):
                if units().get(form) in ("killed", "injured"):
                    return units()[form]
        after = self.word(run.last)
        counts = after and after[0].isalpha() and not after.startswith(("و", "بين", "من", "في"))
        return after if counts else ""

    def _made(
        self,
        comparator: Comparator,
        low: float | None,
        high: float | None,
        unit: str,
        first: int,
        last: int,
        *,
        sure: bool = True,
    ) -> Quantity:
        start, end = self.tokens[first].start, self.tokens[min(last, len(self.tokens)) - 1].end
        raw = " ".join(t.raw for t in self.tokens[first:last])
        return Quantity(comparator, low, high, unit, raw, start, end, self._scope(), sure)

    def _scope(self) -> str:
        """What a total covers, as far as the sentence says."""
        for i, word in enumerate(self.words):
            if (
                word in ("خلال", "في")
                and self.word(i + 1).lstrip("ال") == "24"
                and self.word(i + 2).startswith("ساع")
            ):
                return "window:24h"
            if word in ("منذ", "ومنذ") and i + 1 < len(self.words):
                return "since:" + " ".join(self.words[i + 1 : i + 4])
            if word in ("اوليه", "الاوليه") and "حصيل" in " ".join(self.words[max(0, i - 2) : i]):
                return "preliminary"
        return ""


@lru_cache(maxsize=8192)
def number_word(word: str) -> bool:
    """Whether the folded word begins an amount: digits, a number word, a bound or a vague amount."""
    if word[:1].isdigit():
        return True
    bare = word[1:] if word[:1] in "وبل" and len(word) > 3 else word
    tables = (UNITS, TEEN_HEADS, TENS, HUNDREDS, DUAL_SCALES, ONE_OR_TWO)
    if bare in ("احد", "احدي"):
        return False
    return any(bare in t or word in t for t in tables) or bare in ("عده", "بضعه", "عشرات", "ميات")
