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
                spoken.update(
                    range(opened, i) if i - opened >= MIN_SPOKEN or tokens[i - 1].text == "," else ()
                )
                mark = ""
            elif char == '"' or (opens and not mark):
                opened, mark = i, char
    return tuple(replace(t, speech=i in spoken) for i, t in enumerate(tokens)) if spoken else tuple(tokens)


def _marks(text: str, tokens: Sequence[Token], i: int) -> Iterator[tuple[str, bool]]:
    """Quotation marks before token i: double as `"`; single as `'`, with whether it can open a quotation."""
    start = tokens[i - 1].end if i else max(0, tokens[0].start - 1) if tokens else 0
    end = tokens[i].start if i < len(tokens) else min(start + 2, len(text))
    for k in range(start, end):
        if text[k] in QUOTE_MARKS:
            yield '"', True
        elif text[k] in _SINGLE:
            yield "'", k == 0 or not (text[k - 1].isalnum() or text[k - 1] in ".,!?")
