"""Numbers that count nothing: years, names of units and models, clock times, ordinals in digits."""

from collections.abc import Sequence, Set

from claims.text.arabic.lexicon import bare_noun, can_speak, verb
from claims.text.arabic.months import CLOCK
from claims.text.arabic.numerals import ORDINALS, SCALES, TENS
from claims.text.digits import plain_number
from claims.text.tokens import Token
from claims.text.words import word_list

_JOINS = ("و", "-", "/", "الي", "حتي", "او")
_LIKE_A_YEAR = (1900, 2099)
_ARTICLE = ("ال", "وال", "بال", "لل")
# Before a bare hour: «عند 3 فجرا», «بين 3 و5 فجرا».
_AT_HOUR = frozenset(
    ("عند", "حوالي", "قرابه", "نحو", "في", "من", "الي", "حتي", "تمام", "منذ", "بعد", "قبل", "بين", "و")
)


class Labels:
    """Tells which numbers of one sentence are names."""

    def __init__(self, tokens: Sequence[Token], words: Sequence[str], taken: Set[int]) -> None:
        self.tokens, self.words, self.taken = tokens, words, taken
        self.last = -9

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def is_label(self, i: int, value: float) -> bool:
        """Whether the digits at token i are a name; those that «و» joins to a name are one too."""
        on = self.last == i - 2 and self.word(i - 1) in _JOINS and not self._measured(i)
        found = on or self._is_name(i, value)
        if found:
            self.last = i
        return found

    def names_two(self, i: int) -> bool:
        """«اللواءين 16 و52», «بين الساعتين الثالثة والخامسة»: two of a kind that are called by their numbers."""
        after = self.word(i + 1)
        return (after.isdigit() and _identifies(self.word(i))) or (
            self.word(i).endswith("الساعتين") and (after in ORDINALS or after.isdigit())
        )

    def _is_name(self, i: int, value: float) -> bool:
        if ":" in self.word(i) or "/" in self.word(i) or self._in_title(i):
            return True
        before = self.word(i - 1)
        if before == "#" or (before == "-" and self.word(i - 2) in word_list("ar", "identifier-nouns")):
            return True
        if _identifies(before):
            return not (before in ("مجموعه", "سلسله") and value < 100)
        return (
            self._ordinal(i)
            or self._year(i, value)
            or self._clock(i, value)
            or self._of_body(i)
            or self._of_model(i)
        )

    def _measured(self, i: int) -> bool:
        """Whether a scale or a counted noun follows: «القرار 2254 و30 ألف نازح»."""
        after = self.word(i + 1)
        return after in SCALES or (len(after) > 3 and after[-1] == "ا" and after[0] not in "وفي")

    def _ordinal(self, i: int) -> bool:
        """«اليوم الـ12», «للمرة الـ10»: the article and a noun of which there is one make it an ordinal."""
        word = self.word(i)
        at = i - 1 if self.word(i - 1) in _ARTICLE else i
        if at == i and not word.startswith("ال"):
            return False
        return one_of_a_row(self.word(at - 1))

    def _year(self, i: int, value: float) -> bool:
        if not _LIKE_A_YEAR[0] <= value <= _LIKE_A_YEAR[1] or "," in self.word(i):
            return False
        before = self.word(i - 1)
        if before in ("منذ", "في", "خلال", "عام", "سنه", "و", "حتي", "/", "(") or i + 1 == len(self.words):
            return True
        if before.removeprefix("و") in ("بين", "من"):
            return self._from_year_to_year(i)
        named = _in_a_name(before) and before not in word_list("ar", "bounds-approx")
        return named and self.word(i + 1) != "من" and self._counts_nothing_after(i)

    def _from_year_to_year(self, i: int) -> bool:
        """«بين 2011 و2015», not «بين 2000 و2050 شخصا»."""
        second = plain_number(self.word(i + 2)) if self.word(i + 2).isdigit() else None
        if self.word(i + 1) not in _JOINS or second is None or not self._counts_nothing_after(i + 2):
            return False
        return _LIKE_A_YEAR[0] <= second <= _LIKE_A_YEAR[1]

    def _clock(self, i: int, value: float) -> bool:
        """«عند 3 فجرا», «9 صباحا بالتوقيت المحلي»: an hour, unless the part of the day belongs to a date."""
        hour = 0 < value <= 24 and self.word(i + 1) in CLOCK and i + 1 not in self.taken
        return hour and self.word(i - 1) in _AT_HOUR

    def _of_body(self, i: int) -> bool:
        """«قناة الشرقية 24», «لواء المشاة 55»: a number behind the name of a body that counts nothing after it."""
        lists = ("media-heads", "numbered-bodies")
        head = next((i - back for back in (2, 3) if any(self._headed(i - back, n) for n in lists)), None)
        if head is None or not all(map(_in_a_name, self.words[head + 1 : i])):
            return False
        return self._counts_nothing_after(i)

    def _of_model(self, i: int) -> bool:
        """«صاروخ فجر 5», «مروحية مي 8»: a number behind the name of a weapon that counts nothing after it."""
        name = self.word(i - 1)
        if not self._headed(i - 2, "weapon-heads") or not _in_a_name(name):
            return False
        return not name.endswith(("ه", "ات", "ين", "ان", "ها")) and self._counts_nothing_after(i)

    def _counts_nothing_after(self, i: int) -> bool:
        after = self.word(i + 1)
        if after[:1] == "و":
            return after not in word_list("ar", "own-waw")
        return not after[:1].isalpha() or after.startswith("ال") or _links(after)

    def _headed(self, i: int, name: str) -> bool:
        word = self.word(i)
        heads = word_list("ar", name)
        return bool(word) and any(form in heads for form in (word, word[1:], bare_noun(word)))

    def _in_title(self, i: int) -> bool:
        """Whether the number ends a name in quotation marks: «قناة "أفق 24"»."""
        if not self.tokens[i].closes or self.tokens[i].opens:
            return False
        head = next((k for k in range(i - 1, max(i - 5, -1), -1) if self.tokens[k].opens), 0)
        near = i - head <= 2 and not self.word(head)[:1].isdigit() and not self.word(head)[1:].isdigit()
        return head > 0 and (near or can_speak(self.word(head - 1)))


def _links(word: str) -> bool:
    return word in word_list("ar", "place-prepositions") or word in word_list("ar", "particles")


def _in_a_name(word: str) -> bool:
    return word[:1].isalpha() and not _links(word) and not _links(word[1:]) and verb(word) is None


def one_of_a_row(word: str) -> bool:
    """«اليوم», «للمرة», «يومه»: of such things a number with the article says which, not how many."""
    nouns = word_list("ar", "numbered-nouns")
    leads = ("", "و", "ب", "ل", "ال", "بال", "لل", "وال")
    bare = [word.removeprefix(lead) for lead in leads if word.startswith(lead)]
    owned = [form.removesuffix(tail) for form in bare for tail in ("ه", "ها", "هم") if form.endswith(tail)]
    return any(form in nouns for form in (*bare, *owned))


def ordinal_in_words(words: Sequence[str], i: int) -> bool:
    """«الثانية عشرة», «الثالث والعشرين», «الذكرى الخمسين»: the number word at i is part of an ordinal."""
    word, before = words[i], words[i - 1] if i else ""
    definite = next((word[len(a) :] for a in ("وال", "ال") if word.startswith(a)), "")
    if before.removeprefix("و") in ORDINALS:
        return word in ("عشر", "عشره") or definite in TENS
    if definite in ("واحد", "واحده"):
        return True
    return (definite in TENS or definite in ("ميه", "مايه")) and one_of_a_row(before)


def _identifies(noun: str) -> bool:
    """Whether the number after the noun is its name, a clitic allowed: «اللواء 29», «للسويداء 24», «المادتين 3 و4»."""
    names = word_list("ar", "identifier-nouns")
    forms = [noun]
    if noun[:1] in tuple("وبلفك"):
        forms.append(noun[1:])
    if noun.startswith("لل"):
        forms.append("ا" + noun[1:])
    for form in tuple(forms):
        if len(form) > 5 and form.endswith(("ين", "ان")):
            forms += [form[:-2], form[:-3] + "ه"]
    return any(form in names for form in forms)
