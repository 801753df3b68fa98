"""The one definition of folding: how two spellings of one word come to compare equal.

Used for matching and for search columns. Stored text is never changed. The table is ARABIC.md §4.
"""

import re
import unicodedata
from functools import lru_cache

# Letters whose Unicode decomposition does not already lose the hamza (U+0671 alef wasla, U+0649 alef maqsura,
# U+0629 ta marbuta, U+06CC Farsi ya, U+06A9 keheh, U+06C1 heh goal); tatweel U+0640 joins nothing.
_LETTERS = {"ٱ": "ا", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ہ": "ه", "ۀ": "ه", "ـ": "ـ"}
_MARKS = {
    "،": ",",
    "؛": ";",
    "؟": "?",
    "٪": "%",
    "٫": ".",
    "٬": ",",
    "–": "-",
    "—": "-",
    "‒": "-",
    "―": "-",
    "−": "-",
}
_QUOTES = set("«»“”„‟‘’‚‛\"'`´‹›〝〞＂＇")
_DROPPED = {"Mn", "Me", "Cf", "Cs", "Cn", "Co"}
TATWEEL = "ـ"


@lru_cache(maxsize=70_000)
def _fold_char(char: str) -> str:
    """One code point folded until nothing changes; tatweel stays for now, a space stands for any white space."""
    if char.isspace():
        return " "
    if char in _QUOTES:
        return ""
    now, before = char, ""
    while now != before:
        before = now
        now = "".join(_fold_once(c) for c in now)
    return now


def _fold_once(char: str) -> str:
    out = []
    for c in unicodedata.normalize("NFKD", char).casefold():
        kind = unicodedata.category(c)
        if c.isspace():
            out.append(" ")
        elif kind in _DROPPED or kind == "Cc" or c in _QUOTES:
            continue
        elif kind == "Nd":
            out.append(str(unicodedata.decimal(c)))
        else:
            out.append(_LETTERS.get(c) or _MARKS.get(c) or c)
    return "".join(out)


_AR = "ء-غف-ي"
# Dodged filters: tatweel with a dot beside it; a dot that cuts the last letter off a word; letters set apart.
_DODGES = re.compile(
    rf"ـ[.*_]|[.*_]ـ|ـ|(?<=[{_AR}][{_AR}])[.*](?=[{_AR}](?<!و)(?![{_AR}.*]))"
    rf"|(?<![{_AR}])(?:(?<=^)|(?<=[ (]))[{_AR}](?:[. ][{_AR}](?![{_AR}])){{2,}}\.?|(?<= ) +"
)


def _cuts(folded: str) -> list[tuple[int, int]]:
    """Runs of `folded` to leave out so that dodged and spaced words read as one word."""
    cuts = []
    for m in _DODGES.finditer(folded):
        text = m.group()
        if len(text) > 2 and not text.isspace():
            cuts += [(m.start() + i, m.start() + i + 1) for i, c in enumerate(text) if c in ". "]
        else:
            cuts.append(m.span())
    return cuts


def fold_with_map(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the index in `text` that it came from.

    The map has one entry more than the folded text: its last is `len(text)`. It never decreases.
    """
    chars: list[str] = []
    index: list[int] = []
    for i, char in enumerate(text):
        for c in _fold_char(char):
            chars.append(c)
            index.append(i)
    folded = "".join(chars)
    while cuts := _cuts(folded):
        folded, index = _without(folded, index, cuts)
    lead, tail = len(folded) - len(folded.lstrip(" ")), len(folded.rstrip(" "))
    return folded[lead:tail], [*index[lead:tail], len(text)]


def _without(folded: str, index: list[int], cuts: list[tuple[int, int]]) -> tuple[str, list[int]]:
    kept: list[str] = []
    left: list[int] = []
    at = 0
    for start, end in [*cuts, (len(folded), len(folded))]:
        kept.append(folded[at:start])
        left += index[at:start]
        at = end
    return "".join(kept), left


def fold(text: str) -> str:
    """`text` for comparison: one alef, no diacritics, tatweel, quotes or bidi controls, ASCII digits, lower case.

    >>> fold("«المُسيّرة» أُصيبت في الأحد ٢٢")
    'المسيره اصيبت في الاحد 22'
    >>> fold("صـ.اروخ") == fold("صاروخ"), fold("د ا ع ش") == fold("داعش"), fold("أ.ف.ب") == fold("أ ف ب")
    (True, True, True)
    """
    folded = "".join(map(_fold_char, text))
    while cuts := _cuts(folded):
        folded = _without(folded, [], cuts)[0]
    return folded.strip(" ")
