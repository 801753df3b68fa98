"""Words with their place in the original text, and the sentences they make."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import category

from claims.text.normalise import fold_with_map
from claims.text.words import word_list

# An address or handle; an abbreviation with dots; a currency before its sum ("SDG85,000"); Arabic letters, with a
# model number after a hyphen; other words, hyphens and digits inside; numbers with separators, clock times, numeric
# dates; anything else.
_TOKEN = re.compile(
    r"https?://\S+|@\w+|[a-z](?:\.[a-z])+\.?|[a-z]{2,3}(?=\d{1,3}(?:,\d{3})+\b)|[ء-ي]+(?:-\d+)?|[^\W\d_ء-ي]+(?:-?[^\W_ء-ي]+)*"
    r"|\d+(?:[.,:/]\d+)*|[^\w ]|_"
)
MAX_LINE = 20_000
MAX_SENTENCE = 260


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark. `text` is folded; `start` and `end` are code points of the whole original text.

    `quoted`: a quotation mark hugs its head. `opens` and `closes`: any mark, single ones too, stands at its head
    (behind a clitic also: «لـ"الفرات"») or after it; with them a quoted name is found. `speech`: it stands inside
    quoted speech (marked for English only).
    """

    text: str
    start: int
    end: int
    raw: str
    quoted: bool = False
    opens: bool = False
    closes: bool = False
    speech: bool = False

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum() or self.text[0] == "@"

    @property
    def capital(self) -> bool:
        return self.raw[:1].isupper()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text without its white space at either end."""

    start: int
    end: int
    body: str
    tokens: tuple[Token, ...]


QUOTE_MARKS = frozenset('«»“”„‟"＂〝〞')
_ANY_MARK = QUOTE_MARKS | frozenset("'‘’‹›")


def tokenise(body: str, base: int = 0) -> tuple[Token, ...]:
    """Tokens of one line that begins at code point `base` of the text."""
    folded, index = fold_with_map(body)
    if "—" in body:  # a long dash parts words, also where the page sets no space round it
        folded = "".join(
            "—" if c == "-" and body[i] == "—" else c for c, i in zip(folded, index, strict=False)
        )
    tokens = []
    last = 0
    for m in _TOKEN.finditer(folded):
        start, end = index[m.start()], index[m.end() - 1] + 1
        while end < len(body) and (body[end] == "ـ" or category(body[end]) == "Mn"):
            end += 1
        gap = body[last:start]
        raw = body[start:end]
        worded = m.group()[0].isalnum()
        quoted = worded and (gap[-1:] in QUOTE_MARKS or gap.endswith("''"))
        opens = worded and (gap[-1:] in _ANY_MARK or not _ANY_MARK.isdisjoint(raw))
        closes = body[end : end + 1] in _ANY_MARK
        tokens.append(
            Token(m.group().replace("—", "-"), base + start, base + end, raw, quoted, opens, closes)
        )
        last = end
    return tuple(tokens)


_BREAK = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


def lines(text: str) -> Iterator[Line]:
    """Lines that hold something, in order; a line longer than MAX_LINE is cut at a space."""
    for m in _BREAK.finditer(text):
        at = m.start()
        while at < m.end():
            stop = min(at + MAX_LINE, m.end())
            if stop < m.end():
                space = text.rfind(" ", at + MAX_LINE // 2, stop)
                stop = space + 1 if space > 0 else stop
            part = text[at:stop]
            body = part.strip()
            start = at + (len(part) - len(part.lstrip()))
            if body:
                yield Line(start, start + len(body), body, tokenise(body, start))
            at = stop


# A semicolon before these parts a claim from its source, not one sentence from another.
_ATTRIBUTING = frozenset(
    ("وفق", "بحسب", "حسب", "وفقا", "حسبما", "نقلا", "طبقا", "ان", "انه", "انها", "بان", "according")
)
_ENDS = frozenset(".!?;")
_ON_X = frozenset(("on", "to", "via"))  # "the army said on X.": the network, no initial
_ABBREVIATED = word_list("en", "abbreviated") | word_list("ar", "abbreviated")


def sentences(tokens: tuple[Token, ...]) -> Iterator[tuple[tuple[Token, ...], str]]:
    """Sentences of a line with the mark that ends each ("" at a bare line end); marks themselves left out."""
    begin = 0
    for i, token in enumerate(tokens):
        if (token.text in _ENDS and _ends(tokens, i)) or i - begin >= MAX_SENTENCE:
            keep = i if token.text in _ENDS else i + 1
            if keep > begin:
                yield tokens[begin:keep], token.text if token.text in _ENDS else ""
            begin = i + 1
    if begin < len(tokens):
        yield tokens[begin:], ""


def _ends(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the mark at `i` ends a sentence: not after a title or initial, nor inside an abbreviation."""
    token = tokens[i]
    if token.text == ";" and i + 1 < len(tokens) and tokens[i + 1].text in _ATTRIBUTING:
        return False
    if token.text != ".":
        return True
    before = tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if before is None or after is None:
        return True
    if before.text == "x" and i > 1 and tokens[i - 2].text in _ON_X:
        return True
    if before.end == token.start and (
        before.text in _ABBREVIATED or (len(before.text) == 1 and before.text.isalpha())
    ):
        return False
    letter = len(after.text) == 1 and "\u0621" <= after.text <= "\u064a" and after.text != "و"
    return not (after.raw[:1].islower() or after.text in _ENDS or letter)
