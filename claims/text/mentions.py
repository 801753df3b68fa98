"""Places in running text: names of the gazetteer where they stand as names, and names that only a head gives away.

«بلدة تادف» is a place even where the gazetteer has no Tadif: then it is given as written, without a key, and nobody
guesses where it lies.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.text.normalise import TATWEEL
from claims.text.places import Match, match_at, words_of
from claims.text.reading import PlaceMention
from claims.text.words import word_list

TANWIN = "\u064b"
_GAP = re.compile(r"[\s\"'“”„«»‘’()-]*")


@dataclass(frozen=True, slots=True)
class _Found:
    """Words `first` to `last` (exclusive) are a place; `lead` letters of the first are a clitic."""

    first: int
    last: int
    keys: tuple[str, ...]
    lead: int = 0


def find_places(text: str) -> tuple[PlaceMention, ...]:
    """Places named in `text`, longest match, left to right, no overlaps. Spans are code points of `text`."""
    return tuple(_Page(text).mentions())


def _has(lang: str, name: str, word: str) -> bool:
    return word in word_list(lang, name)


class _Page:
    def __init__(self, text: str) -> None:
        self.text, self.words = text, words_of(text)
        self.known_until = 0

    def mentions(self) -> Iterator[PlaceMention]:
        i = 0
        while i < len(self.words):
            found = self._at(i)
            if found is None:
                i += 1
                continue
            if found.last > found.first:
                yield self._mention(found)
                self.known_until = found.last
            i = max(found.last, i + 1)

    def _mention(self, found: _Found) -> PlaceMention:
        start, end = self.words[found.first].start, self.words[found.last - 1].end
        start = _past(self.text, start, found.lead)
        beside = self._beside(found.first)
        return PlaceMention(self.text[start:end], start, end, found.keys, beside)

    def _at(self, i: int) -> _Found | None:
        """The place that begins at word `i`; an empty one for words that are no place though they look like one."""
        if self.words[i].folded.isascii():
            return self._english(i)
        return self._arabic(i)

    def joined(self, i: int) -> bool:
        """Whether word `i` follows its neighbour with nothing but space or quotation marks between them."""
        if not 0 < i < len(self.words):
            return False
        return bool(_GAP.fullmatch(self.text[self.words[i - 1].end : self.words[i].start]))

    def _before(self, i: int) -> str:
        return self.words[i - 1].folded if self.joined(i) else ""

    # Arabic

    def _arabic(self, i: int) -> _Found | None:
        known = self._known(i)
        headed = self._headed(i)
        if headed and (known is None or headed.last > known.first + known.n_words):
            return headed
        if known:
            return known.found()
        return self._by_direction(i)

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
        if _has("ar", "place-words-headed", word):
            return self._is_placed(i, match.lead, by_preposition=False)
        return not _has("ar", "place-words", word) or self._is_placed(i, match.lead, by_preposition=True)

    def _is_placed(self, i: int, lead: int, *, by_preposition: bool) -> bool:
        """Whether the words before say that a place follows: «شرقي», «محيط», a place joined by «و», «إلى»."""
        before = self._before(i)
        if _has("ar", "place-near", before.removeprefix("و")) or _has("ar", "place-near", before[1:]):
            return True
        if i and self.known_until == i and self.words[i].folded.startswith("و") and lead:
            return True
        return by_preposition and (_has("ar", "place-prepositions", before) or self._b(i, lead))

    def _b(self, i: int, lead: int) -> bool:
        return bool(lead) and self.words[i].folded[lead - 1] in "بل"

    def _is_country_side(self, i: int) -> bool:
        return self.words[i].folded.endswith("ريف")

    def _adjectives(self, i: int) -> int:
        """How many words from `i` on are adjectives such as «الشرقي», «الكبير»."""
        n = 0
        while self.joined(i + n) and _has("ar", "place-adjectives", self.words[i + n].folded):
            n += 1
        return n

    def _head(self, i: int) -> tuple[str, int] | None:
        """The list a head stands in, and its clitic."""
        token = self.words[i].folded
        for lead in (0, 1, 2):
            if lead and token[lead - 1 : lead] not in tuple("وفبلك"):
                return None
            for name in ("place-heads", "place-heads-own"):
                if _has("ar", name, token[lead:]) and token[:2] != "لل":
                    return name, lead
        return None

    def _headed(self, i: int) -> _Found | None:
        """«بلدة تادف», «قضاء حديثة»: a head and a name, which the gazetteer may know or not."""
        head = self._head(i)
        if head is None or not self.joined(i + 1):
            return None
        match = match_at(self.words, i + 1)
        if match and match.keys and not match.lead and TANWIN not in self.words[i + match.n].raw:
            same = head[0] == "place-heads"
            last = i + 1 + match.n
            return _Found(i, last + self._adjectives(last), match.keys if same else (), head[1])
        last = self._unlisted(i + 1)
        return _Found(i, last, (), head[1]) if last > i + 1 else None

    def _unlisted(self, i: int) -> int:
        """Where a name ends that begins at word `i` and that nobody knows; `i` where it is no name."""
        at = i
        while self.joined(at) and _has("ar", "place-openers", self.words[at].folded):
            at += 1
        if not self.joined(at) or not self._may_be_name(at, opened=at > i):
            return i
        return at + 1 + self._adjectives(at + 1)

    def _may_be_name(self, i: int, *, opened: bool) -> bool:
        word = self.words[i]
        token = word.folded
        if len(token) < 3 or not token.isalpha() or _has("ar", "no-place-names", token):
            return False
        if opened or word.article:
            return opened or not token.endswith(("يه", "يين", "ات"))
        if token[0] == "م" and token[-1] == "ه":
            return False
        return not token.endswith(("يه", "ي", "ت", "ين")) and token[0] not in "وبلفك"

    def _by_direction(self, i: int) -> _Found | None:
        """«الريف الغربي», «القطاع الشرقي», «الحدود البولندية»: a definite head and where it is."""
        for lead in (0, 1):
            word = self.words[i].folded[lead:]
            if lead and self.words[i].folded[0] not in "وفبك":
                return None
            if _has("ar", "place-parts", word) and self._adjectives(i + 1):
                return _Found(i, i + 1 + self._adjectives(i + 1), (), lead)
            if word == "الحدود" and self.joined(i + 1) and self._of_country(i + 1):
                return _Found(i, i + 2 + (self.joined(i + 2) and self._of_country(i + 2)), (), lead)
        return None

    def _of_country(self, i: int) -> bool:
        token = self.words[i].folded
        return self.words[i].article and token.endswith("يه")

    # English

    def _english(self, i: int) -> _Found | None:
        match = match_at(self.words, i)
        if match and not match.keys:
            return _Found(i, i, ()) if match.n == 1 else _Found(i + match.n, i + match.n, ())
        side = self._countryside(i)
        if side:
            return side
        if match and self._named(i) and self._stands_in_english(i, match):
            return self._with_tail(i, match)
        return self._unlisted_english(i)

    def _named(self, i: int) -> bool:
        return bool(re.match(r"(?:[A-Za-z]{2,3}[- ])?[A-Z]", self.words[i].raw))

    def _stands_in_english(self, i: int, match: Match) -> bool:
        word = self.words[i].folded
        if match.n == 1 and len(word) > 3 and self.words[i].raw.isupper():
            return False
        if match.n > 1 or not _has("en", "place-words", word):
            return True
        return _has("en", "place-prepositions", self._before(i)) or self._before(i) == "of"

    def _with_tail(self, i: int, match: Match) -> _Found:
        """«Aleppo airport»: a tail that names another place than the name alone, where no entry is called so."""
        last = i + match.n
        if self.joined(last) and _has("en", "place-tails-own", self.words[last].folded):
            return _Found(i, last + 1, ())
        return _Found(i, last, match.keys)

    def _countryside(self, i: int) -> _Found | None:
        """«western countryside of Daraa», «Daraa's western countryside»."""
        at = i + _has("en", "place-directions", self.words[i].folded)
        if at + 2 < len(self.words) and [w.folded for w in self.words[at : at + 2]] == ["countryside", "of"]:
            match = match_at(self.words, at + 2)
            return _Found(i, at + 2 + match.n, self._side_of(at + 2, match)) if match else None
        match = match_at(self.words, i)
        if match is None or not match.keys:
            return None
        at = i + match.n
        at += at < len(self.words) and _has("en", "place-directions", self.words[at].folded)
        if at < len(self.words) and self.words[at].folded == "countryside":
            return _Found(i, at + 1, self._side_of(i, match))
        return None

    def _side_of(self, i: int, match: Match) -> tuple[str, ...]:
        """The keys of "X countryside", which the gazetteer knows as X's governorate."""
        side = match_at([*self.words[i : i + match.n], *words_of("countryside")], 0)
        return side.keys if side and side.n == match.n + 1 else ()

    def _unlisted_english(self, i: int) -> _Found | None:
        """ "the village of Jillin", "near Marwahin", "the Qarachogh mountains": capitals where a place stands."""
        last = self._capitals(i)
        if last == i:
            return None
        tail = self.joined(last) and _has("en", "place-tails", self.words[last].folded)
        own = self.joined(last) and _has("en", "place-tails-own", self.words[last].folded)
        if tail or own:
            return _Found(i, last + 1, ())
        before, two = self._before(i), self._before(i - 1) if i else ""
        if before == "of" and (_has("en", "place-tails", two) or _has("en", "place-directions", two)):
            return _Found(i, last, ())
        if _has("en", "place-prepositions", before) and self._ends_phrase(last):
            return _Found(i, last, ())
        return None

    def _capitals(self, i: int) -> int:
        at = i
        while at < len(self.words) and at < i + 4 and (at == i or self.joined(at)) and self._is_capital(at):
            at += 1
        return at

    def _is_capital(self, i: int) -> bool:
        raw, word = self.words[i].raw, self.words[i].folded
        if not self._named(i) or raw.isupper() or any(c.isdigit() for c in raw):
            return False
        return not _has("en", "no-place-names", word) and not word.endswith(("ians", "ish", "ese"))

    def _ends_phrase(self, i: int) -> bool:
        return not self.joined(i) or _has("en", "after-places", self.words[i].folded)

    def _beside(self, i: int) -> bool:
        """Whether it happened near it or to one side of it, not there: «شرقي حلب», "north of Aleppo"."""
        before = self._before(i)
        if _has("ar", "place-beside", before) or _has("en", "place-beside", before):
            return True
        return before in ("of", "from") and i > 1 and _has("en", "place-beside", self._before(i - 1))


@dataclass(frozen=True, slots=True)
class _Known:
    first: int
    match: Match
    adjectives: int

    @property
    def n_words(self) -> int:
        return self.match.n + self.adjectives

    def found(self) -> _Found:
        """As a place, or as words to pass over."""
        if not self.match.keys:
            return _Found(self.first + self.n_words, self.first + self.n_words, ())
        return _Found(self.first, self.first + self.n_words, self.match.keys, self.match.lead)


def _past(text: str, start: int, letters: int) -> int:
    """`start` moved past `letters` letters, with the marks and tatweel that stand with them."""
    while letters:
        start += 1
        letters -= 1
        while start < len(text) and (not text[start].isalpha() or text[start] == TATWEEL):
            start += 1
    return start
