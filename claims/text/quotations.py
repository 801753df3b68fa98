"""Sentences that stand inside one quotation share the speaker who is named at its end or before it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from claims.text.draft import Draft
from claims.text.reading import Voice
from claims.text.spans import odd_marks
from claims.text.tokens import QUOTE_MARKS, Token, sentences

Read = Callable[[tuple[Token, ...]], Iterator[Draft]]


def read_line(
    text: str, tokens: tuple[Token, ...], read: Read, last: Callable[[], tuple[Voice, ...]]
) -> Iterator[Draft]:
    """Drafts of one line in order, a semicolon carrying on the report of whoever speaks before it.

    `read` takes a sentence; `last` gives the chain that spoke last.
    """
    waiting: list[Draft] = []
    open_mark = bool(tokens) and tokens[0].quoted
    before, spoken = "", True
    at = first = tokens[0].start if tokens else 0
    for sentence, mark in sentences(tokens):
        open_mark ^= odd_marks(text[at : sentence[0].start])
        at = sentence[0].start
        if mark == "?":
            continue
        goes_on, before = before == ";" and spoken, mark
        quoted = goes_on or (open_mark and at > first) or _quoted_whole(text, sentence)
        for draft in read(sentence):
            if goes_on and draft.code == "own-account":
                yield from _given([draft], last())
                continue
            if quoted and draft.code == "own-account":
                waiting.append(draft)
                continue
            yield from _given(waiting, draft.chain)
            waiting, spoken = [], bool(draft.chain)
            yield draft
    yield from _given(waiting, last())


def _quoted_whole(text: str, sentence: tuple[Token, ...]) -> bool:
    """Whether the sentence opens with a quotation mark and the quotation runs to its end or past it."""
    start, end = sentence[0].start, sentence[-1].end
    if not sentence[0].quoted:
        return False
    inner = sum(c in QUOTE_MARKS for c in text[start:end])
    return inner % 2 == 0 and (inner == 0 or any(c in QUOTE_MARKS for c in text[end : end + 3]))


def _given(waiting: list[Draft], chain: tuple[Voice, ...]) -> Iterator[Draft]:
    for draft in waiting:
        yield replace(draft, chain=chain, code="continues" if chain else draft.code)
