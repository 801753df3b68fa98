"""Arabic numbers as values: digits of any set, words in every case, mixed forms, fractions of a scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.text.digits import plain_number
from claims.text.normalise import fold
from claims.text.tokens import Token


def _folded(values: dict[int, str]) -> dict[str, int]:
    return {fold(word): n for n, words in values.items() for word in words.split(";")}


UNITS = _folded(
    {1: "واحد;واحدة;واحدا", 2: "اثنان;اثنين;اثنتان;اثنتين;ثنتان;ثنتين", 3: "ثلاثة;ثلاث;ثلاثا", 4: "أربعة;أربع;أربعا",
     5: "خمسة;خمس;خمسا", 6: "ستة;ست;ستا", 7: "سبعة;سبع;سبعا", 8: "ثمانية;ثماني;ثمان;ثمانيا", 9: "تسعة;تسع;تسعا",
     10: "عشرة;عشر;عشرا"}
)  # fmt: skip
TEEN_HEADS = _folded({11: "أحد;إحدى", 12: "اثنا;اثني;اثنتا;اثنتي"}) | {
    w: n + 10 for w, n in UNITS.items() if 3 <= n <= 9
}
_STEMS = ((3, "ثلاث"), (4, "أربع"), (5, "خمس"), (6, "ست"), (7, "سبع"), (8, "ثمان"), (9, "تسع"))
TENS = _folded({10 * n: f"{stem}ون;{stem}ين" for n, stem in ((2, "عشر"), *_STEMS)})
_HUNDRED = ("مئة", "مائة")
HUNDREDS = (
    {fold(one): 100 for one in _HUNDRED}
    | {fold(one)[:-1] + tail: 200 for one in _HUNDRED for tail in ("تان", "تين", "تا", "تي")}
    | {fold(stem + one): n * 100 for n, stem in (*_STEMS, (8, "ثماني")) for one in _HUNDRED}
)
# A scale: its value, its plural, its one (a tanween makes it one, a construct two), and its duals.
_SCALE_NAMES = ((10**3, "ألف", "آلاف"), (10**6, "مليون", "ملايين"), (10**9, "مليار", "مليارات"),
                (10**9, "بليون", "بلايين"), (10**12, "تريليون", "تريليونات"))  # fmt: skip
SCALES = {fold(w): n for n, one, many in _SCALE_NAMES for w in (one, one + "ا", many)}
_ONE_SCALE = frozenset(fold(one) for _, one, _ in _SCALE_NAMES)
ONE_OR_TWO = frozenset(one + "ا" for one in _ONE_SCALE)
DUAL_SCALES = {fold(one) + tail: 2 * n for n, one, _ in _SCALE_NAMES for tail in ("ان", "ين", "ي")}
ORDINALS = _folded({1: "الأول;الأولى"}) | _folded(
    {n: f"{word};{word}ة"
     for n, word in enumerate(("الحادي", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن",
                               "التاسع", "العاشر"), 1)}
)  # fmt: skip
_PART_OF = {"نصف": 0.5, "ربع": 0.25, "ثلث": 1 / 3}
_LEADS = frozenset(("", "و", "ب", "ل", "ف", "ك", "ال", "وب", "ول", "وال", "بال", "لل", "فب", "لال"))
_TABLES = (UNITS, TEEN_HEADS, TENS, HUNDREDS, SCALES, DUAL_SCALES)


@dataclass(frozen=True, slots=True)
class Run:
    """A number: tokens [first, last) and its value."""

    first: int
    last: int
    value: float


class Numerals:
    """Reads the number that begins at a token, whatever it counts."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.words = [t.text for t in tokens]

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def at(self, i: int, *, joined: bool = False) -> Run | None:
        """The number at token i, a clitic allowed; `joined`: behind a و that joins it to what went before."""
        word = self.bare(i, joined)
        if word[:1].isdigit():
            value = plain_number(word)
            return None if value is None else self._scaled(Run(i, i + 1, value))
        return self._part(i) or (self._words(i, word) if word else None)

    def bare(self, i: int, joined: bool = False) -> str:
        """The word with a clitic off it where a number word is left; `joined` asks for the و between parts."""
        word = self.word(i)
        if joined:
            return word[1:] if word.startswith("و") else ""
        for form in (word, word[1:], word[2:], word[3:]):
            lead = word[: len(word) - len(form)]
            if lead in _LEADS and (form.isdigit() or any(form in table for table in _TABLES)):
                return form
        return word

    def _part(self, i: int) -> Run | None:
        """«نصف مليون», «ربع المليون»: a part of a scale."""
        part = _PART_OF.get(self.word(i).lstrip("بو"))
        scale = SCALES.get(self.word(i + 1).removeprefix("ال"))
        return Run(i, i + 2, scale * part) if part and scale else None

    def _words(self, i: int, word: str) -> Run | None:
        if word in ONE_OR_TWO:
            one = "ً" in self.tokens[i].raw or self._goes_on(i + 1)
            return self._with_less(Run(i, i + 1, SCALES[word] * (1 if one else 2)), SCALES[word])
        if word in DUAL_SCALES:
            return self._with_less(Run(i, i + 1, DUAL_SCALES[word]), DUAL_SCALES[word] / 2)
        if word in _ONE_SCALE and not self.word(i).startswith("ال" + word):
            return self._with_less(Run(i, i + 1, SCALES[word]), SCALES[word])
        run = self._small(i, word)
        return self._scaled(run) if run else None

    def _goes_on(self, i: int) -> bool:
        """Whether something smaller is joined at i: «ألفا ومئتي منزل» begins with one thousand."""
        return self.word(i) == "و" or self.word(i)[1:] in _PART_OF or self._below(i, 1000) is not None

    def _scaled(self, run: Run) -> Run:
        """Multiplied by a following ألف or مليون, then whatever و joins below it («18 ألفا و608»)."""
        while (scale := SCALES.get(self.word(run.last))) and run.value < scale:
            run = self._with_less(Run(run.first, run.last + 1, run.value * scale), scale)
        return run

    def _with_less(self, run: Run, scale: float) -> Run:
        """With what و joins below the scale: «مليون و200 ألف», «ألفان وخمسمئة», «مليون ونصف المليون»."""
        part = _PART_OF.get(self.word(run.last).removeprefix("و").rstrip("ا"))
        if part and self.word(run.last).startswith("و"):
            again = SCALES.get(self.word(run.last + 1).removeprefix("ال")) == scale
            return Run(run.first, run.last + 1 + again, run.value + part * scale)
        rest = self._below(run.last, scale)
        rest = self._scaled(rest) if rest else None
        fits = rest is not None and rest.value < scale
        return Run(run.first, rest.last, run.value + rest.value) if rest and fits else run

    def _below(self, i: int, scale: float) -> Run | None:
        """A number less than `scale` that و joins at i, not yet multiplied."""
        if self.word(i) == "و" and self.word(i + 1)[:1].isdigit():
            value = plain_number(self.word(i + 1))
            return Run(i, i + 2, value) if value is not None and value < scale else None
        joined = self.bare(i, True).removeprefix("ال")
        part = self._small(i, joined) if joined else None
        return part if part and part.value < scale else None

    def _small(self, i: int, word: str) -> Run | None:
        """A number below a thousand in words that starts at token i, whose bare form is `word`."""
        if word in HUNDREDS:
            return self._with_rest(Run(i, i + 1, HUNDREDS[word]))
        if word in TEEN_HEADS and self.word(i + 1) in ("عشر", "عشره"):
            return Run(i, i + 2, TEEN_HEADS[word])
        if word in TENS:
            return Run(i, i + 1, TENS[word])
        tens = TENS.get(self.bare(i + 1, True).removeprefix("ال"))
        if tens and word in ("احد", "احدي"):
            return Run(i, i + 2, tens + 1)
        return self._unit(i, word, tens) if word in UNITS else None

    def _unit(self, i: int, word: str, tens: int | None) -> Run:
        value = UNITS[word]
        if value <= 9 and HUNDREDS.get(self.word(i + 1)) == 100:
            return self._with_rest(Run(i, i + 2, value * 100))
        return Run(i, i + 2, value + tens) if tens and value < 10 else Run(i, i + 1, value)

    def _with_rest(self, run: Run) -> Run:
        rest = self._below(run.last, 100)
        return Run(run.first, rest.last, run.value + rest.value) if rest else run
