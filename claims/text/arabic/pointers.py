"""What a text has named before: «البلدة» stands for the last town, and «تل الزهور» is known from «بلدة تل الزهور»."""

from collections.abc import Iterable, Iterator

from claims.text.arabic.lexicon import can_speak, finite, has, masdar, verb
from claims.text.arabic.sites import place_kind
from claims.text.places import Word, gazetteer, words_of
from claims.text.reading import PlaceMention

# What entries of the gazetteer are called in Arabic.
_CALLED = {
    "city": ("مدينه",), "town": ("بلده", "مدينه"), "village": ("قريه", "بلده"), "state": ("ولايه",),
    "district": ("قضاء", "ناحيه", "مديريه"), "governorate": ("محافظه",), "base": ("قاعده", "معسكر"),
    "camp": ("مخيم",), "airport": ("مطار",), "crossing": ("معبر",), "field": ("حقل",), "port": ("ميناء",),
    "hospital": ("مستشفي", "مشفي"), "dam": ("سد",), "bridge": ("جسر",), "valley": ("وادي",), "river": ("نهر",),
    "plant": ("مصفاه",), "prison": ("سجن",),
}  # fmt: skip
_SHORT = 3


class Surroundings:
    """The place of each kind that a text named last, and the names that it gave under a head."""

    def __init__(self) -> None:
        self.last: dict[str, tuple[str, ...]] = {}
        self.names: dict[str, tuple[str, ...]] = {}

    def saw(self, mentions: Iterable[PlaceMention]) -> None:
        """Remember what has been named, under its head and under what the gazetteer calls it."""
        for one in mentions:
            head, *name = (word.folded for word in words_of(one.surface))
            if name and has("place-heads", head) and not one.keys and len("".join(name)) > _SHORT:
                self.names[name[0]] = tuple(name)
            if has("place-heads", head) or has("place-heads-own", head) or has("place-heads-the", head):
                self.last[head] = one.keys
            for kind in _CALLED.get(gazetteer()[one.keys[0]].kind, ()) if len(one.keys) == 1 else ():
                self.last[kind] = one.keys

    def again(self, text: str) -> Iterator[PlaceMention]:
        """Names that stand in `text` without the head that they had before."""
        words = words_of(text) if self.names else []
        for i, word in enumerate(words):
            for lead in (0, 1) if word.folded[0] in "وبلف" else (0,):
                name = self.names.get(word.folded[lead:], ())
                rest = tuple(w.folded for w in words[i + 1 : i + len(name)])
                if name and rest == name[1:] and (len(name) > 1 or lead or self._alone(words, i)):
                    start, end = _past_clitic(text, word.start, lead), words[i + len(name) - 1].end
                    yield PlaceMention(text[start:end], start, end)

    @staticmethod
    def _alone(words: list[Word], i: int) -> bool:
        """A single name with the article is often a word as well: it wants a preposition before it."""
        before = words[i - 1].folded if i else ""
        return not words[i].article or has("place-prepositions", before) or has("place-near", before)

    def pointed(self, text: str) -> PlaceMention | None:
        """The first word of `text` that points back to a place named before and says where something happened."""
        words = words_of(text)
        for i, word in enumerate(words):
            kind = place_kind(word.folded)
            if kind not in self.last or kind == word.folded or not _says_where(words, i):
                continue
            start = _past_clitic(text, word.start, int(word.folded[0] in "وبفك"))
            return PlaceMention(text[start : word.end], start, word.end, self.last[kind])
        return None


def _past_clitic(text: str, start: int, letters: int) -> int:
    """`start` behind a clitic of so many letters, and behind the marks on it."""
    start += letters
    while not text[start].isalpha():
        start += 1
    return start


def _says_where(words: list[Word], i: int) -> bool:
    """After a preposition or what happens, not after whoever belongs to the place: «مدير المستشفى», «سكان البلدة»."""
    word, before = words[i].folded, words[i - 1].folded if i else ""
    who = words[i - 2].folded if i > 1 else ""
    if word.startswith("بال"):
        return not can_speak(before)
    if has("place-prepositions", before) or has("place-within", before):
        return not can_speak(who)
    acts = verb(before)
    if acts is not None and acts.cue != "event":
        return False
    return acts is not None or finite(before) or any(masdar(form) for form in (before, before[1:]))
