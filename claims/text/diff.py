"""What changed between two texts, word by word, in time that does not explode on hostile or huge input."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter
from typing import Literal

Kind = Literal["same", "out", "in"]
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
# Texts whose lengths multiply to less than this are compared word by word; longer ones between anchors only,
_CELLS = 160_000
# where a stretch between two anchors may cost this much,
_STRETCH = 20_000
# and all of them together this much. What is over is shown as replaced whole.
_BUDGET = 320_000


@dataclass(frozen=True)
class Piece:
    """A run of text that both have (`same`), only the older has (`out`) or only the newer has (`in`)."""

    kind: Kind
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """The pieces that lead from `old` to `new`, in reading order; `out` precedes the `in` that replaces it.

    Joining `same` and `out` gives `old` back exactly, `same` and `in` gives `new`. Words that occur once on
    both sides anchor the comparison (patience diff), so that two texts of a megabyte take under a second.
    """
    if old == new:
        return [Piece("same", old)] if old else []
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    runs = _merged(_compare(a, b, [_BUDGET]))
    return [Piece(kind, text) for kind, text in runs if text]


def _compare(a: list[str], b: list[str], budget: list[int]) -> Iterator[tuple[Kind, str]]:
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    yield "same", "".join(a[:head])
    yield from _middle(a[head : len(a) - tail], b[head : len(b) - tail], budget)
    yield "same", "".join(a[len(a) - tail :])


def _common(a: list[str], b: list[str]) -> int:
    """How many tokens the two share at their start."""
    n = 0
    for left, right in zip(a, b, strict=False):
        if left != right:
            break
        n += 1
    return n


def _middle(a: list[str], b: list[str], budget: list[int]) -> Iterator[tuple[Kind, str]]:
    cells = len(a) * len(b)
    if cells <= min(_CELLS, budget[0]):
        budget[0] -= cells
        yield from _exact(a, b)
        return
    anchors = _anchors(a, b)
    if not anchors:
        yield "out", "".join(a)
        yield "in", "".join(b)
        return
    i = j = 0
    for x, y in [*anchors, (len(a), len(b))]:
        yield from _stretch(a[i:x], b[j:y], budget)
        yield "same", "".join(a[x : x + 1])
        i, j = x + 1, y + 1


def _stretch(a: list[str], b: list[str], budget: list[int]) -> Iterator[tuple[Kind, str]]:
    cells = len(a) * len(b)
    if 0 < cells <= min(_STRETCH, budget[0]):
        budget[0] -= cells
        yield from _exact(a, b)
    else:
        yield "out", "".join(a)
        yield "in", "".join(b)


def _exact(a: list[str], b: list[str]) -> Iterator[tuple[Kind, str]]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "same", "".join(a[i1:i2])
        else:
            yield "out", "".join(a[i1:i2])
            yield "in", "".join(b[j1:j2])


def _anchors(a: list[str], b: list[str]) -> list[tuple[int, int]]:
    """Positions of tokens that stand once on each side: the longest run of them in one order on both."""
    once_a = {t for t, n in Counter(a).items() if n == 1}
    where_b = {t: j for j, t in enumerate(b) if t in once_a}
    once_b = {t for t, n in Counter(b).items() if n == 1}
    pairs = [(i, where_b[t]) for i, t in enumerate(a) if t in where_b and t in once_b]
    return _rising(pairs)


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Longest subsequence of pairs, ordered by their first member, whose second members rise too."""
    tops: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for k, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before.append(at[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [j]
        at[pile : pile + 1] = [k]
    k = at[-1] if at else -1
    found = []
    while k >= 0:
        found.append(pairs[k])
        k = before[k]
    return found[::-1]


def _merged(runs: Iterator[tuple[Kind, str]]) -> Iterator[tuple[Kind, str]]:
    """Neighbours of one kind joined; in a replaced stretch everything removed comes first.

    A lone space between two changed words counts as changed too, or a rewritten line reads as confetti.
    """
    full = [run for run in runs if run[1]]
    last = len(full) - 1
    held = [
        kind == "same" and not (text.isspace() and 0 < k < last and "\n" not in text)
        for k, (kind, text) in enumerate(full)
    ]
    for same, group in groupby(zip(held, full, strict=True), key=itemgetter(0)):
        members = [run for _, run in group]
        if same:
            yield "same", "".join(text for _, text in members)
        else:
            yield from _replaced(members)


def _replaced(members: list[tuple[Kind, str]]) -> Iterator[tuple[Kind, str]]:
    old = "".join(text for kind, text in members if kind != "in")
    new = "".join(text for kind, text in members if kind != "out")
    if old == new:
        yield "same", old
    else:
        yield "out", old
        yield "in", new
