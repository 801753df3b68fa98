"""Places in running text: names of the gazetteer where they stand as names, and names that only a head gives away.

«بلدة تادف» is a place even where the gazetteer has no Tadif: then it is given as written, without a key, and nobody
guesses where it lies.
"""

import re
from collections.abc import Iterator

from claims.text.arabic.lexicon import has
from claims.text.arabic.sites import ArabicSites, Site
from claims.text.normalise import TATWEEL
from claims.text.places import Match, match_at, words_of
from claims.text.reading import PlaceMention
from claims.text.words import word_list


def _in(name: str, word: str) -> bool:
    """Whether the word is in that list of the English words."""
    return word in word_list("en", name)


def find_places(text: str) -> tuple[PlaceMention, ...]:
    """Places named in `text`, longest match, left to right, no overlaps. Spans are code points of `text`."""
    return tuple(_Page(text).mentions())


class _Page(ArabicSites):
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

    def _mention(self, found: Site) -> PlaceMention:
        start, end = self.words[found.first].start, self.words[found.last - 1].end
        start = _past(self.text, start, found.lead)
        beside = found.nameless or self._beside(found.first)
        return PlaceMention(self.text[start:end], start, end, found.keys, beside)

    def _at(self, i: int) -> Site | None:
        """The place that begins at word `i`; an empty one for words that are no place though they look like one."""
        if self.words[i].folded.isascii():
            return self._english(i)
        return self.arabic(i)

    # English

    def _english(self, i: int) -> Site | None:
        match = match_at(self.words, i)
        if match and not match.keys:
            return Site(i, i, ()) if match.n == 1 else Site(i + match.n, i + match.n, ())
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
        if match.n > 1 or not _in("place-words", word):
            return True
        return _in("place-prepositions", self.before(i)) or self.before(i) == "of"

    def _with_tail(self, i: int, match: Match) -> Site:
        """«Aleppo airport»: a tail that names another place than the name alone, where no entry is called so."""
        last = i + match.n
        if self.joined(last) and _in("place-tails-own", self.words[last].folded):
            return Site(i, last + 1, ())
        return Site(i, last, match.keys)

    def _countryside(self, i: int) -> Site | None:
        """«western countryside of Daraa», «Daraa's western countryside»."""
        at = i + _in("place-directions", self.words[i].folded)
        if at + 2 < len(self.words) and [w.folded for w in self.words[at : at + 2]] == ["countryside", "of"]:
            match = match_at(self.words, at + 2)
            return Site(i, at + 2 + match.n, self._side_of(at + 2, match)) if match else None
        match = match_at(self.words, i)
        if match is None or not match.keys:
            return None
        at = i + match.n
        at += at < len(self.words) and _in("place-directions", self.words[at].folded)
        if at < len(self.words) and self.words[at].folded == "countryside":
            return Site(i, at + 1, self._side_of(i, match))
        return None

    def _side_of(self, i: int, match: Match) -> tuple[str, ...]:
        """The keys of "X countryside", which the gazetteer knows as X's governorate."""
        side = match_at([*self.words[i : i + match.n], *words_of("countryside")], 0)
        return side.keys if side and side.n == match.n + 1 else ()

    def _unlisted_english(self, i: int) -> Site | None:
        """ "the village of Jillin", "near Marwahin", "the Qarachogh mountains": capitals where a place stands."""
        last = self._capitals(i)
        if last == i:
            return None
        tail = self.joined(last) and _in("place-tails", self.words[last].folded)
        own = self.joined(last) and _in("place-tails-own", self.words[last].folded)
        if tail or own:
            return Site(i, last + 1, ())
        before, two = self.before(i), self.before(i - 1) if i else ""
        if before == "of" and (_in("place-tails", two) or _in("place-directions", two)):
            return Site(i, last, ())
        if _in("place-prepositions", before) and self._ends_phrase(last):
            return Site(i, last, ())
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
        return not _in("no-place-names", word) and not word.endswith(("ians", "ish", "ese"))

    def _ends_phrase(self, i: int) -> bool:
        return not self.joined(i) or _in("after-places", self.words[i].folded)

    def _beside(self, i: int) -> bool:
        """Whether it happened near it or to one side of it, not there: «شرقي حلب», "north of Aleppo"."""
        before = self.before(i)
        if has("place-beside", before) or _in("place-beside", before):
            return True
        return before in ("of", "from") and i > 1 and _in("place-beside", self.before(i - 1))


def _past(text: str, start: int, letters: int) -> int:
    """`start` moved past `letters` letters, with the marks and tatweel that stand with them."""
    while letters:
        start += 1
        letters -= 1
        while start < len(text) and (not text[start].isalpha() or text[start] == TATWEEL):
            start += 1
    return start
