"""Arabic amounts: digits of any set, words, duals, bounds, vague amounts and mixed forms (ARABIC.md §3)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from claims.text.arabic.duals import dual_at, dual_stem
from claims.text.arabic.lexicon import can_speak
from claims.text.digits import plain_number
from claims.text.normalise import fold
from claims.text.reading import Comparator, Quantity
from claims.text.tokens import Token
from claims.text.words import raw_lists, word_list

_UNITS = {
    "واحدا": 1, "ثلاثا": 3, "اربعا": 4, "خمسا": 5, "ستا": 6, "سبعا": 7, "ثمانيا": 8, "تسعا": 9, "عشرا": 10,
    "واحد": 1, "واحده": 1, "اثنان": 2, "اثنين": 2, "اثنتان": 2, "اثنتين": 2, "ثلاثه": 3, "ثلاث": 3, "اربعه": 4,
    "اربع": 4,
    "خمسه": 5, "خمس": 5, "سته": 6, "ست": 6, "سبعه": 7, "سبع": 7, "ثمانيه": 8, "ثماني": 8, "ثمان": 8, "تسعه": 9,
    "تسع": 9,
    "عشره": 10, "عشر": 10,
}  # fmt: skip
_TEEN_HEADS = {"احد": 11, "احدي": 11, "اثنا": 12, "اثني": 12, "اثنتا": 12, "اثنتي": 12} | {
    w: n + 10 for w, n in _UNITS.items() if 3 <= n <= 9
}
_TENS = {fold(w): n for stem, n in (("عشر", 20), ("ثلاث", 30), ("أربع", 40), ("خمس", 50), ("ست", 60), ("سبع", 70),
                                    ("ثمان", 80), ("تسع", 90)) for w in (stem + "ون", stem + "ين")}  # fmt: skip
_HUNDREDS = {"مئه": 100, "مايه": 100, "ميه": 100, "مئتان": 200, "مئتين": 200, "مايتان": 200, "مايتين": 200,
    "ميتان": 200, "ميتين": 200,
             "مئتا": 200, "مئتي": 200, "ميتا": 200, "ميتي": 200, "مايتا": 200, "مايتي": 200} | {
    fold(h + m): n * 100
    for h, n in (("ثلاث", 3), ("أربع", 4), ("خمس", 5), ("ست", 6), ("سبع", 7), ("ثمان", 8), ("ثماني", 8), ("تسع", 9))
    for m in ("مئة", "مائة", "مية")
}  # fmt: skip
_SCALES = {"الف": 1000, "الفا": 1000, "الاف": 1000, "مليون": 10**6, "مليونا": 10**6, "ملايين": 10**6, "مليار": 10**9,
           "مليارات": 10**9, "مليارا": 10**9, "الفٍ": 1000, "تريليون": 10**12}  # fmt: skip
_ONE_OR_TWO = ("الفا", "مليونا", "مليارا")  # a tanween makes one of them, a construct two
_DUAL_SCALES = {"الفان": 2000, "الفين": 2000, "الفي": 2000, "مليونان": 2 * 10**6, "مليونين": 2 * 10**6,
    "مليوني": 2 * 10**6,
                "مليارين": 2 * 10**9, "ملياري": 2 * 10**9}  # fmt: skip
_LEADS = frozenset(("", "و", "ب", "ل", "ف", "ك", "ال", "وب", "ول", "وال", "بال", "لل", "فب", "لال"))
_ORDINALS = {
    fold(form): n
    for n, words in enumerate(
        ("الحادي;الحادية", "الثاني;الثانية", "الثالث;الثالثة", "الرابع;الرابعة", "الخامس;الخامسة", "السادس;السادسة",
         "السابع;السابعة", "الثامن;الثامنة", "التاسع;التاسعة", "العاشر;العاشرة"), 1)
    for form in words.split(";")
}  # fmt: skip
_MEASURED = frozenset(
    ("ساعه", "يوم", "شهر", "عام", "سنه", "كيلومتر", "متر", "طن", "هكتار", "دقيقه", "اسبوع", "عقد")
)
_PERCENT_WORDS = frozenset(("بالميه", "بالمايه", "المايه", "الميه", "بالمئه", "المئه"))


@lru_cache(maxsize=1)
def units() -> dict[str, str]:
    """Folded noun to unit, the same units for both languages."""
    pairs = (entry.partition("=") for entry in raw_lists("ar")["units"])
    return {fold(noun): unit for unit, _, noun in pairs}


@dataclass(slots=True)
class _Run:
    """A number being read: tokens [first, last) and its value."""

    first: int
    last: int
    value: float


class Quantities:
    """Finds amounts in one sentence; tokens of date phrases are left alone."""

    def __init__(self, tokens: Sequence[Token], taken: Collection[int] = ()) -> None:
        self.tokens = tokens
        self.words = [t.text for t in tokens]
        self.taken = frozenset(taken)

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

    def _bare(self, i: int, joined: bool) -> str:
        """The word with a clitic off it where a number word is left; `joined` asks for the و between parts."""
        word = self.word(i)
        if joined:
            return word[1:] if word.startswith("و") else ""
        known = (_UNITS, _TEEN_HEADS, _TENS, _HUNDREDS, _SCALES, _DUAL_SCALES, _ONE_OR_TWO)
        for form in (word, word[1:], word[2:], word[3:]):
            lead = word[: len(word) - len(form)]
            if lead in _LEADS and (form.isdigit() or any(form in table for table in known)):
                return form
        return word

    def _number(self, i: int) -> _Run | None:
        word = self._bare(i, False)
        if word[:1].isdigit():
            return self._digits(i, word)
        if self.word(i).lstrip("بو") in _MEASURED and self._and_a_half(i + 1):
            return _Run(i, i + 2, 1.5)
        if self.word(i) in ("نصف", "بنصف", "ونصف") and self.word(i + 1) in _SCALES:
            return _Run(i, i + 2, _SCALES[self.word(i + 1)] / 2)
        age = self._age(i)
        if age:
            return age
        if self.word(i) in _PERCENT_WORDS or self.word(i - 1).removeprefix("و") in _ORDINALS:
            return None
        run = self._words(i, word)
        return run if run and run.value else None

    def _age(self, i: int) -> _Run | None:
        """«في الحادية والستين من عمرها», «في الخامسة عشرة من العمر»: an age said as an ordinal."""
        value, at = _ORDINALS.get(self.word(i), 0), i + 1
        if self.word(at) in ("عشره", "عشر"):
            value, at = value + 10, at + 1
        elif tens := _TENS.get(self.word(at).removeprefix("وال")):
            value, at = value + tens, at + 1
        elif tens := _TENS.get(self.word(i).removeprefix("ال")):
            value = tens
        aged = self.word(at) == "من" and self.word(at + 1).removeprefix("ال").startswith("عمر")
        return _Run(i, at, float(value)) if value and aged else None

    def _digits(self, i: int, word: str) -> _Run | None:
        value = plain_number(word)
        if value is None or self._is_name(i, value):
            return None
        return self._scaled(_Run(i, i + 1, value))

    def _scaled(self, run: _Run) -> _Run:
        """Multiplied by a following ألف or مليون, then whatever و joins below it («18 ألفا و608»)."""
        while (scale := _SCALES.get(self.word(run.last))) and run.value < scale:
            run = _Run(run.first, run.last + 1, run.value * scale)
            if self.word(run.last) in ("ونصف",):
                run = _Run(run.first, run.last + 1, run.value + scale / 2)
            rest = self._below(run.last, scale)
            if rest:
                run = _Run(run.first, rest.last, run.value + rest.value)
        return run

    def _below(self, i: int, scale: float) -> _Run | None:
        if self.word(i) == "و" and self.word(i + 1).isdigit():
            value = plain_number(self.word(i + 1))
            return _Run(i, i + 2, value) if value is not None and value < scale else None
        joined = self._bare(i, True)
        part = self._small(i, joined) if joined else None
        return part if part and part.value < scale else None

    def _words(self, i: int, word: str) -> _Run | None:
        if word in _ONE_OR_TWO:
            one = "ً" in self.tokens[i].raw or self.word(i + 1) == "و"
            value = _SCALES[word] if one else 2 * _SCALES[word]
            return self._plus(_Run(i, i + 1, value), _SCALES[word])
        if word in _DUAL_SCALES:
            return self._plus(_Run(i, i + 1, _DUAL_SCALES[word]), _DUAL_SCALES[word] / 2)
        if word in ("الف", "مليون", "مليار") and not self.word(i).startswith("ال" + word):
            return self._plus(_Run(i, i + 1, _SCALES[word]), _SCALES[word])
        run = self._small(i, word)
        return self._scaled(run) if run else None

    def _plus(self, run: _Run, scale: float) -> _Run:
        """With what و joins below the scale: «مليون و200 ألف», «ألفان وخمسمئة»."""
        rest = self._below(run.last, 1000)
        rest = self._scaled(rest) if rest else None
        fits = rest is not None and rest.value < scale
        return _Run(run.first, rest.last, run.value + rest.value) if rest and fits else run

    def _small(self, i: int, word: str) -> _Run | None:
        """A number below a thousand in words that starts at token i, whose bare form is `word`."""
        if word in _HUNDREDS:
            return self._with_rest(_Run(i, i + 1, _HUNDREDS[word]))
        if word in _TEEN_HEADS and self.word(i + 1) in ("عشر", "عشره"):
            return _Run(i, i + 2, _TEEN_HEADS[word])
        if word in _TENS:
            return _Run(i, i + 1, _TENS[word])
        if word in _UNITS and _UNITS[word] <= 9 and self.word(i + 1) in ("مئه", "مايه", "ميه"):
            return self._with_rest(_Run(i, i + 2, _UNITS[word] * 100))
        if word in _UNITS:
            tens = _TENS.get(self._bare(i + 1, True))
            return _Run(i, i + 2, _UNITS[word] + tens) if tens else _Run(i, i + 1, _UNITS[word])
        return None

    def _with_rest(self, run: _Run) -> _Run:
        rest = self._below(run.last, 100)
        return _Run(run.first, rest.last, run.value + rest.value) if rest else run

    def _is_name(self, i: int, value: float) -> bool:
        """Years, unit and model numbers, clock times: digits that count nothing."""
        before = self.word(i - 1)
        if ":" in self.word(i) or "/" in self.word(i) or self._in_title(i):
            return True
        names = word_list("ar", "identifier-nouns")
        if before in names or (before[:1] in "وبلفك" and before[1:] in names):
            return not (before in ("مجموعه", "سلسله") and value < 100)
        if before == "#" or (before == "-" and self.word(i - 2) in word_list("ar", "identifier-nouns")):
            return True
        year = 1900 <= value <= 2099 and "," not in self.word(i)
        return year and (
            before in ("منذ", "في", "عام", "سنه", "و", "حتي", "/", "(") or i + 1 == len(self.words)
        )

    def _in_title(self, i: int) -> bool:
        """Whether the number ends a name in quotation marks: «قناة "أفق 24"»."""
        if not self.tokens[i].closes or self.tokens[i].opens:
            return False
        head = next((k for k in range(i - 1, max(i - 5, -1), -1) if self.tokens[k].opens), 0)
        near = i - head <= 2 and not self._bare(head, False)[:1].isdigit()
        return head > 0 and (near or can_speak(self.word(head - 1)))

    # -- duals and vague amounts --------------------------------------------------

    def _dual(self, i: int) -> tuple[Quantity, int] | None:
        word = self.word(i)
        found = dual_at(self.words, i)
        if not found:
            return None
        sure, last = found
        unit = units().get(word) or units().get(word[1:]) or dual_stem(word)
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

    def _bounded(self, run: _Run) -> tuple[Quantity | None, int]:
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

    def _with_half(self, run: _Run) -> _Run:
        """The half that stands behind the unit."""
        if not self._and_a_half(run.last + 1):
            return run
        return replace(run, last=run.last + 2, value=run.value + 0.5)

    def _range(self, run: _Run) -> tuple[Quantity, int] | None:
        """«بين 100 و300», «من 5 إلى 7», «5-7»."""
        join = self.word(run.last)
        opened = self.word(run.first - 1) in ("بين", "وبين", "من") and join in ("و", "الي", "حتي")
        glued = self.word(run.first - 1) == "بين" and join[:1] == "و" and join[1:] in _UNITS
        if not opened and not glued and join not in ("-", "الي"):
            return None
        at = run.last + (not glued)
        word = self._bare(at, glued)
        second = self._digits(at, word) if word[:1].isdigit() else self._words(at, word)
        if not second or second.value <= run.value:
            return None
        first = run.first - opened
        unit = self._unit(second)
        return self._made("range", run.value, second.value, unit, first, second.last), second.last

    def _bound(self, run: _Run) -> tuple[Comparator, int, int]:
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

    def _unit(self, run: _Run) -> str:
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
    tables = (_UNITS, _TEEN_HEADS, _TENS, _HUNDREDS, _DUAL_SCALES, _ONE_OR_TWO)
    if bare in ("احد", "احدي"):
        return False
    return any(bare in t or word in t for t in tables) or bare in ("عده", "بضعه", "عشرات", "ميات")
