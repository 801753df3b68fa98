"""The matrix of an incident as parts/_matrix.html takes it: columns, rows and cells with their words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from claims.match.matrix import Answer, Cell, Clash, Matrix


@dataclass(frozen=True)
class Column:
    """A source at the head of a column."""

    name: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Asked:
    """A question at the head of a row."""

    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Words:
    """What a page knows of one answer beyond its short text."""

    quote: str = ""
    verdict: str = ""
    note: str = ""
    url: str = ""
    hops: Sequence[Any] = ()


@dataclass(frozen=True)
class LaidAnswer:
    id: str
    text: str
    quote: str
    verdict: str
    note: str
    clash: str
    url: str
    hops: Sequence[Any]


@dataclass(frozen=True)
class LaidCell:
    id: str
    answers: list[LaidAnswer]
    no_comment: bool
    clash: bool


@dataclass(frozen=True)
class LaidRow:
    question: str
    url: str
    note: str
    silent: list[str]
    cells: list[LaidCell]


@dataclass(frozen=True)
class Laid:
    columns: list[Column] = field(default_factory=list)
    rows: list[LaidRow] = field(default_factory=list)


def laid_out(
    matrix: Matrix,
    questions: Mapping[str, Asked],
    sources: Mapping[str, Column],
    answers: Mapping[str, Words],
) -> Laid:
    """The matrix with its words; `questions`, `sources` and `answers` are by the keys the matrix uses."""
    rows = []
    for number, key in enumerate(matrix.questions):
        cells = [
            _cell(f"{number}-{place}", matrix.cells[key][source], sources, answers)
            for place, source in enumerate(matrix.sources)
        ]
        silent = [
            sources[source].name
            for source, cell in zip(matrix.sources, cells, strict=True)
            if not cell.answers and not cell.no_comment
        ]
        asked = questions[key]
        rows.append(LaidRow(asked.text, asked.url, asked.note, silent, cells))
    return Laid([sources[source] for source in matrix.sources], rows)


def _cell(name: str, cell: Cell, sources: Mapping[str, Column], answers: Mapping[str, Words]) -> LaidCell:
    spoken = [answer for answer in cell.answers if answer.stance != "no_comment"]
    laid = [
        _answer(f"{name}-{place}", answer, cell.clashes, sources, answers[answer.key])
        for place, answer in enumerate(spoken)
    ]
    return LaidCell(name, laid, cell.no_comment, any(answer.clash for answer in laid))


def _answer(
    name: str, answer: Answer, clashes: Sequence[Clash], sources: Mapping[str, Column], words: Words
) -> LaidAnswer:
    against = next((clash for clash in clashes if clash.this == answer), None)
    note = words.note or (_("estimate, not observed") if answer.stance == "estimates" else "")
    text = answer.text
    if answer.stance == "denies":
        text = _("denies: %(answer)s") % {"answer": text} if text else _("denies it")
    return LaidAnswer(
        name, text, words.quote, words.verdict, note, _against(against, sources), words.url, words.hops
    )


def _against(clash: Clash | None, sources: Mapping[str, Column]) -> str:
    if clash is None:
        return ""
    other = sources[clash.other.source].name
    if clash.why == "denial":
        return _("cannot be true together with what %(source)s says") % {"source": other}
    return _("cannot be true with “%(answer)s” (%(source)s)") % {"answer": clash.other.text, "source": other}
