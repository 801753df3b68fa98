"""Which words of a line stand inside quoted speech: no speaker and no report is looked for there."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.text.tokens import QUOTE_MARKS, Token

# A shorter quotation is a name or a word held at a distance, and part of the sentence round it.
MIN_SPOKEN = 4
_SINGLE = frozenset("‘’'`")


def mark_speech(text: str, tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens of one line with `speech` set inside closed quotations of some length."""
    spoken: set[int] = set()
    opened, mark = 0, ""
    for i in range(len(tokens) + 1):
        for char, opens in _marks(text, tokens, i):
            if char == mark:
                spoken.update(range(opened, i) if _is_speech(tokens[opened:i]) else ())
                mark = ""
            elif char == '"' or (opens and not mark):
                opened, mark = i, char
    return tuple(replace(t, speech=i in spoken) for i, t in enumerate(tokens)) if spoken else tuple(tokens)


def _is_speech(quoted: Sequence[Token]) -> bool:
    """Whether the words between two marks are spoken: enough of them, or closed by a comma and no mere name."""
    if len(quoted) >= MIN_SPOKEN:
        return True
    words = [t for t in quoted if t.is_word]
    name = len(words) > 1 and all(t.capital for t in words)
    return bool(quoted) and quoted[-1].text == "," and not name


def _marks(text: str, tokens: Sequence[Token], i: int) -> Iterator[tuple[str, bool]]:
    """Quotation marks before token i: double as `"`; single as `'`, with whether it can open a quotation."""
    start = tokens[i - 1].end if i else max(0, tokens[0].start - 1) if tokens else 0
    end = tokens[i].start if i < len(tokens) else min(start + 2, len(text))
    for k in range(start, end):
        if text[k] in QUOTE_MARKS:
            yield '"', True
        elif text[k] in _SINGLE:
            yield "'", k == 0 or not (text[k - 1].isalnum() or text[k - 1] in ".,!?")
