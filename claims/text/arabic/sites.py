"""Places in Arabic text: names where they stand as names, and names that only a head or a side gives away."""

import re
from dataclasses import dataclass
from functools import lru_cache

from claims.text.arabic.lexicon import has, masdar, verb
from claims.text.arabic.months import WEEKDAYS
from claims.text.arabic.numerals import HUNDREDS, ORDINALS, TENS, UNITS
from claims.text.normalise import fold
from claims.text.places import Match, gazetteer, match_at, words_of
from claims.text.tokens import QUOTE_MARKS
from claims.text.words import raw_lists

TANWIN = "\u064b"
_GAP = re.compile(r"[\s\"'“”„«»‘’()-]*")
_ARTICLES = ("وال", "بال", "فال", "كال", "لل", "ال")
_LONGEST_TITLE = 5


@dataclass(frozen=True, slots=True)
class Site:
    """Words `first` to `last` (exclusive) are a place; `lead` letters of the first are a clitic.

    `nameless`: it is described and has no name of its own.
    """

    first: int
    last: int
    keys: tuple[str, ...]
    lead: int = 0
    nameless: bool = False


class ArabicSites:
    """Finds the Arabic places of one passage, word by word."""

    def __init__(self, text: str) -> None:
        self.text, self.words = text, words_of(text)
        self.known_until = 0
        self.listing = -1

    def gap(self, i: int) -> str:
        """What stands between word `i` and the word before it."""
        return self.text[self.words[i - 1].end : self.words[i].start]

    def joined(self, i: int) -> bool:
        """Whether word `i` follows its neighbour with nothing but space or quotation marks between them."""
        return 0 < i < len(self.words) and bool(_GAP.fullmatch(self.gap(i)))

    def before(self, i: int) -> str:
        return self.words[i - 1].folded if self.joined(i) else ""

    def arabic(self, i: int) -> Site | None:
        """The place that begins at word `i`, or words to pass over."""
        found = (
            self._side(i) or self._called(i) or self._described(i) or self._by_direction(i) or self._listed(i)
        )
        if found and found.last > i and (self._many(i) or self.listing == i):
            self.listing = found.last
        return found

    def _called(self, i: int) -> Site | None:
        known = self._known(i)
        headed = self._headed(i)
        if headed and (known is None or headed.last > known.first + known.n_words):
            return headed
        return known.found() if known else None

    def _known(self, i: int) -> "_Known | None":
        match = match_at(self.words, i)
        if match is None:
            return None
        if match.keys and not self._stands(i, match):
            return None
        return _Known(i, match, self._adjectives(i + match.n) if self._is_country_side(i) else 0)

    def _stands(self, i: int, match: Match) -> bool:
        """Whether a name that is a word of the language as well stands as a name here."""
        last = self.words[i + match.n - 1]
        if TANWIN in last.raw:
            return False
        if match.n > 1:
            return all(self.joined(k) for k in range(i + 1, i + match.n))
        word = last.folded[match.lead :]
        if match.lead and last.folded[0] == "ك" and len(word) < 4:
            return False
        if has("place-words-headed", word):
            return self._is_placed(i, match.lead, by_preposition=False)
        return not has("place-words", word) or self._is_placed(i, match.lead, by_preposition=True)

    def _is_placed(self, i: int, lead: int, *, by_preposition: bool) -> bool:
        """Whether the words before say that a place follows: «شرقي», «محيط», a place joined by «و», «إلى»."""
        before = self.before(i)
        if has("place-near", before.removeprefix("و")) or has("place-near", before[1:]):
            return True
        if i and self.known_until == i and self.words[i].folded.startswith("و") and lead:
            return True
        return by_preposition and (has("place-prepositions", before) or self._b(i, lead))

    def _b(self, i: int, lead: int) -> bool:
        return bool(lead) and self.words[i].folded[lead - 1] in "بل"

    def _is_country_side(self, i: int) -> bool:
        return self.words[i].folded.endswith("ريف")

    def _adjectives(self, i: int) -> int:
        """How many words from `i` on are adjectives such as «الشرقي», «الكبير»."""
        n = 0
        while self.joined(i + n) and has("place-adjectives", self.words[i + n].folded):
            n += 1
        return n

    def _head(self, i: int) -> tuple[str, int] | None:
        """The list a head stands in, and its clitic."""
        token = self.words[i].folded
        for lead in (0, 1, 2):
            if lead and token[lead - 1 : lead] not in tuple("وفبلك"):
                return None
            for name in ("place-heads", "place-heads-own", "place-heads-the"):
                if has(name, token[lead:]) and token[:2] != "لل":
                    return name, lead
        return None

    def _by_direction(self, i: int) -> Site | None:
        """«الريف الغربي», «القطاع الشرقي», «الحدود البولندية»: a definite head and where it is."""
        for lead in (0, 1):
            word = self.words[i].folded[lead:]
            if lead and self.words[i].folded[0] not in "وفبك":
                return None
            if has("place-parts", word) and self._adjectives(i + 1):
                return Site(i, i + 1 + self._adjectives(i + 1), (), lead)
            if word == "الحدود" and self.joined(i + 1) and self._of_country(i + 1):
                return Site(i, i + 2 + (self.joined(i + 2) and self._of_country(i + 2)), (), lead)
        return None

    def _of_country(self, i: int) -> bool:
        token = self.words[i].folded
        return self.words[i].article and token.endswith("يه")

    def _headed(self, i: int) -> Site | None:
        """«بلدة تادف», «قضاء حديثة», «حقل "كاني الغربي"»: a head and a name, which the gazetteer may know or not."""
        head = self._head(i)
        if head is None or not self.joined(i + 1):
            return None
        match = match_at(self.words, i + 1)
        if match and match.keys and not match.lead and TANWIN not in self.words[i + match.n].raw:
            last = i + 1 + match.n
            keys = match.keys if head[0] == "place-heads" else ()
            if any(gazetteer()[key].kind == "country" for key in keys):
                return self._of_a_country(i, last, head[1])
            return Site(i, last + self._adjectives(last), keys, head[1])
        if match and not match.keys:
            return None
        last = self._quoted(i + 1) or self._unlisted(i + 1, head[0])
        return Site(i, last, (), head[1]) if last > i + 1 else None

    def _of_a_country(self, i: int, last: int, lead: int) -> Site | None:
        """«سوق ليبيا» is not in Libya; «مدينة سورية» has no name."""
        described = self.words[i].folded.endswith("ه") and self.words[last - 1].raw.endswith("ة")
        return Site(last, last, ()) if described else Site(i, last, (), lead)

    def _quoted(self, i: int) -> int:
        """Where a title in quotation marks ends that begins at word `i`; 0 where none begins."""
        if QUOTE_MARKS.isdisjoint(self.gap(i)):
            return 0
        for last in range(i + 1, min(i + _LONGEST_TITLE, len(self.words) + 1)):
            end = self.words[last - 1].end
            if self.text[end : end + 1] in QUOTE_MARKS:
                return last
            if not self.joined(last):
                return 0
        return 0

    def _unlisted(self, i: int, head: str = "place-heads") -> int:
        """Where a name ends that begins at word `i` and that nobody knows; `i` where it is no name."""
        at = i
        while self.joined(at) and has("place-openers", self.words[at].folded):
            at += 1
        if (
            not self.joined(at)
            or not (at > i or self._fits(at, head))
            or not self._may_be_name(at, opened=at > i)
        ):
            return i
        return at + 1 + self._adjectives(at + 1)

    def _fits(self, i: int, head: str) -> bool:
        """After «مصنع» and the like only a definite noun or a known place is a name."""
        return head != "place-heads-the" or self.words[i].article

    def _may_be_name(self, i: int, *, opened: bool) -> bool:
        word = self.words[i]
        token = word.folded
        if len(token) < 3 or not token.isalpha() or has("no-place-names", token):
            return False
        if any(place_kind(token) in table for table in (UNITS, TENS, HUNDREDS)) and not opened:
            return False
        if opened or word.article:
            return opened or not token.endswith(("يين", "ات"))
        if token[0] in "وبلفك" and not _own_letter(token):
            return False
        feminine = self._many(i) or (self.words[i - 1].folded.endswith("ه") and self._head(i - 1) is not None)
        return not _adjective(word.raw, token, feminine)

    # What lies to a side of something, and what is described

    def _side(self, i: int) -> Site | None:
        """«شرق المدينة», «جنوب غربي المحافظة», «محيط القلعة القديمة»: a side of what has no name here."""
        lead = self._lead_of(i, "place-sides")
        if lead is None:
            return None
        at = i + 1
        at += self.joined(at) and has("place-sides", self.words[at].folded)
        if not self.joined(at) or not self._is_kind(at, ("ال",)) or self._goes_on_by_name(at + 1):
            return None
        return Site(i, at + 1 + self._definite_adjective(at), (), lead, nameless=True)

    def _goes_on_by_name(self, i: int) -> bool:
        """«جنوب العاصمة صنعاء»: what has a name is no nameless side."""
        match = match_at(self.words, i) if self.joined(i) else None
        return match is not None and bool(match.keys) and not match.lead

    def _described(self, i: int) -> Site | None:
        """«القرى المجاورة», «المطار القديم», «الأراضي الزراعية»: a definite kind of place and what tells it apart."""
        if not self._is_kind(i, _ARTICLES) or not self._definite_adjective(i):
            return None
        token = self.words[i].folded
        lead = 0 if token.startswith(("ال", "لل")) else 1
        return Site(i, i + 2 + self._adjectives(i + 2), (), lead, nameless=True)

    def _is_kind(self, i: int, articles: tuple[str, ...]) -> bool:
        token = self.words[i].folded
        return any(token.startswith(a) and has("place-kinds", token[len(a) :]) for a in articles)

    def _definite_adjective(self, i: int) -> bool:
        """Whether the word after the noun at `i` has the article and agrees with it."""
        if not self.joined(i + 1) or not self.words[i + 1].article:
            return False
        noun, token = self.words[i].folded, self.words[i + 1].folded
        if token in WEEKDAYS or token in ORDINALS or _no_adjective(token):
            return False
        feminine = noun.endswith("ه") or has("place-kinds-feminine", place_kind(noun))
        if feminine:
            return token.endswith(("ه", "اء", "ري", "طي", "ليا"))
        return not token.endswith(("ه", "ين", "ون", "ات"))

    def _lead_of(self, i: int, name: str) -> int | None:
        """How many letters of a clitic stand before a word of the list; None where it is no such word."""
        token = self.words[i].folded
        if has(name, token):
            return 0
        return 1 if token[:1] in tuple("وبف") and has(name, token[1:]) else None

    # Lists of names

    def _many(self, i: int) -> bool:
        """Whether the word before says that several names follow: «بلدات», «جبهتي»."""
        before = self.before(i)
        return any(has("place-heads-many", form) for form in (before, before[1:]))

    def _listed(self, i: int) -> Site | None:
        """«جبهات مريس والفاخر وبتار», «باتجاه قارة»: names that nobody knows where names must stand."""
        word = self.words[i]
        if self._many(i):
            last = self._unlisted(i)
            ends = last > i and not self.joined(last) and not has("place-heads-vague", self.before(i))
            goes_on = last > i and self.joined(last) and self.words[last].folded[0] == "و"
            return Site(i, last, ()) if ends or goes_on else None
        if self.listing == i and self.joined(i) and word.folded[0] == "و" and _new_name(word.folded[1:]):
            return Site(i, i + 1 + self._adjectives(i + 1), (), 1)
        toward = self.before(i) in ("باتجاه", "صوب") and not self.joined(i + 1)
        if (
            toward
            and not word.article
            and not _known_word(word.folded)
            and self._may_be_name(i, opened=False)
        ):
            return Site(i, i + 1, ())
        return None


def place_kind(noun: str) -> str:
    """The noun without its article."""
    return next((noun[len(a) :] for a in _ARTICLES if noun.startswith(a)), noun)


def _no_adjective(token: str) -> bool:
    return (
        has("no-place-names", token)
        or has("time-words", token)
        or token in ("التي", "الذي", "الذين", "اللواتي")
    )


def _adjective(raw: str, token: str, feminine: bool) -> bool:
    """Whether a word without the article behind a head describes it and names nothing: «بلدة صغيرة», «مطار عسكري»."""
    if token.endswith(("ت", "ين")) or raw.endswith(("ًا", "اً")):
        return True
    if feminine:
        return token.endswith("يه") or (token[0] == "م" and token[-1] == "ه")
    return raw.endswith("ي")


def _new_name(token: str) -> bool:
    """Whether a word behind «و» in a list of names may be another that nobody knows."""
    if len(token) < 4 or not token.isalpha():
        return False
    return _own_letter(token) if token[0] in "وبلفك" else not _known_word(token)


def _own_letter(token: str) -> bool:
    """Whether the first letter belongs to the word: «لارنكا» is a name, «لاستهداف» and «بغارة» are not."""
    rest = token[1:]
    if len(token) < 4 or rest.startswith("ال") or token.startswith("لل") or has("no-place-names", token):
        return False
    return not _known_word(token) and not _known_word(rest)


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """Every single word of the lists of this language."""
    entries = (part for words in raw_lists("ar").values() for entry in words for part in entry.split("/"))
    return frozenset(fold(entry.rpartition("=")[2]) for entry in entries)


@lru_cache(maxsize=8192)
def _known_word(token: str) -> bool:
    if token.startswith("ال"):
        return token in _vocabulary() or token[2:] in _vocabulary()
    return token in _vocabulary() or verb(token) is not None or masdar(token)


@dataclass(frozen=True, slots=True)
class _Known:
    first: int
    match: Match
    adjectives: int

    @property
    def n_words(self) -> int:
        return self.match.n + self.adjectives

    def found(self) -> Site:
        """As a place, or as words to pass over."""
        if not self.match.keys:
            return Site(self.first + self.n_words, self.first + self.n_words, ())
        return Site(self.first, self.first + self.n_words, self.match.keys, self.match.lead)
