"""A text cut into pieces for the screen: highlights that may overlap, line by line, bidi controls apart.

Every piece knows where it begins in the text as stored. A piece never runs past a line end or a control, because the
browser folds line ends and shows controls as labels: counted from a piece's start, a selection is exact.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.models import Proposal, ProposalState
from claims.templatetags.opening import opening

# Some fifty proposals to a page; a page ends where a line does.
PAGE_CHARS = 8_000
# How much of a text is read for the words that stand for its title.
OPENING = 400
_LINE_END = re.compile(r"\r\n|\r|\n")
_CUTS = re.compile("(?<=\n)|(?<=\r)(?!\n)|(?=[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])|"
                   "(?<=[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])")  # fmt: skip
# Of several proposals over one piece, the one that still waits decides how it looks.
_RANK = {ProposalState.PROPOSED: 0, ProposalState.ACCEPTED: 1, ProposalState.REJECTED: 2}


@dataclass(frozen=True)
class Piece:
    """Text from `start` on; `ids` names the proposals over it, `state` how it looks ("" for no highlight)."""

    start: int
    text: str
    ids: str = ""
    state: str = ""
    opens: str = ""
    n_over: int = 0


def pages_of(body: str) -> list[int]:
    """Where each page of a text begins; the last entry is the end of the text."""
    starts = [0]
    while len(body) - starts[-1] > PAGE_CHARS * 1.25:
        wanted = starts[-1] + PAGE_CHARS
        line = _LINE_END.search(body, wanted, wanted + PAGE_CHARS // 4)
        starts.append(line.end() if line else wanted)
    return [*starts, len(body)]


def page_with(starts: Sequence[int], at: int) -> int:
    """The page, counted from 1, on which a code point stands."""
    return max(1, sum(start <= at for start in starts[:-1]))


def pieces(body: str, start: int, end: int, shown: Iterable[Proposal]) -> list[Piece]:
    """The text from `start` to `end` in pieces, in order, nothing left out."""
    rows = [row for row in shown if row.start < end and start < row.end]
    cuts = {start, end} | {at for row in rows for at in (row.start, row.end) if start < at < end}
    cuts |= {start + found.start() for found in _CUTS.finditer(body[start:end])}
    edges = sorted(cuts)
    opened: set[int] = set()
    return [
        _piece(body, a, b, [row for row in rows if row.start <= a and b <= row.end], opened)
        for a, b in pairwise(edges)
    ]


def _piece(body: str, start: int, end: int, over: list[Proposal], opened: set[int]) -> Piece:
    if not over:
        return Piece(start, body[start:end])
    first = next((row for row in over if row.pk not in opened), None)
    opened.update(row.pk for row in over)
    state = min(over, key=lambda row: _RANK.get(ProposalState(row.state), 3)).state
    ids = " ".join(str(row.pk) for row in over)
    return Piece(start, body[start:end], ids, state, str(first.pk) if first else "", len(over))


def first_words(body: str) -> str:
    """What stands for the title of a text that has none."""
    return opening(body[:OPENING].strip().split("\n")[0], 90)
