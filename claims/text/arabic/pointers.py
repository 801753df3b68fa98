"""«البلدة», «المعسكر»: a kind of place with the article, which stands for the last one named."""

from collections.abc import Iterable

from claims.text.arabic.lexicon import can_speak, finite, has, masdar, verb
from claims.text.arabic.sites import TANWIN, place_kind
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


class Surroundings:
    """The place of each kind that a text named last."""

    def __init__(self) -> None:
        self.last: dict[str, tuple[str, ...]] = {}

    def saw(self, mentions: Iterable[PlaceMention]) -> None:
        """Remember what has been named, under its head and under what the gazetteer calls it."""
        for one in mentions:
            head = words_of(one.surface)[0].folded
            if has("place-heads", head) or has("place-heads-own", head) or has("place-heads-the", head):
                self.last[head] = one.keys
            for kind in _CALLED.get(gazetteer()[one.keys[0]].kind, ()) if len(one.keys) == 1 else ():
                self.last[kind] = one.keys

    def pointed(self, text: str) -> PlaceMention | None:
        """The first word of `text` that points back to a place named before and says where something happened."""
        words = words_of(text)
        for i, word in enumerate(words):
            kind = place_kind(word.folded)
            if kind not in self.last or kind == word.folded or not _says_where(words, i):
                continue
            start = word.start + (1 if word.folded[0] in "وبفك" else 0)
            while text[start] == TANWIN or not text[start].isalpha():
                start += 1
            return PlaceMention(text[start : word.end], start, word.end, self.last[kind])
        return None


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
