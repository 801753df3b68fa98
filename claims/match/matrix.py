"""The matrix of an incident: questions by sources, what each answers, and which answers cannot both be true."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

from claims.text.normalise import fold
from claims.text.numbers import agree
from claims.text.reading import Quantity

SAYS = {"asserts", "estimates"}


@dataclass(frozen=True)
class Answer:
    """What one source answers to one question. `key` names the claim; `text` is its short answer."""

    key: str
    question: str
    source: str
    text: str
    stance: str = "asserts"
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True)
class Clash:
    """Two answers that cannot both be true; `why` is "quantity" or "denial"."""

    this: Answer
    other: Answer
    why: str


@dataclass(frozen=True)
class Cell:
    """Everything one source says to one question: silent when empty, `no_comment` when it says it has none."""

    answers: tuple[Answer, ...] = ()
    clashes: tuple[Clash, ...] = ()

    @property
    def no_comment(self) -> bool:
        return bool(self.answers) and all(answer.stance == "no_comment" for answer in self.answers)


@dataclass(frozen=True)
class Matrix:
    """`cells[question][source]`; silent cells included. Those who answer most come first."""

    questions: tuple[str, ...]
    sources: tuple[str, ...]
    cells: dict[str, dict[str, Cell]] = field(default_factory=dict)


def clash(a: Answer, b: Answer) -> str:
    """Why two answers to one question cannot both be true: "quantity", "denial", or "" where they can."""
    if a.stance == "no_comment" or b.stance == "no_comment":
        return ""
    if (a.stance == "denies") != (b.stance == "denies"):
        return "denial" if _same_matter(a, b) else ""
    if a.stance == "denies":
        return ""
    return "quantity" if _at_odds(a.quantities, b.quantities) else ""


def matrix_of(questions: Sequence[str], answers: Sequence[Answer]) -> Matrix:
    """The grid for the questions in their order. Answers to other questions are left out."""
    asked = [answer for answer in answers if answer.question in set(questions)]
    cells = {question: _row([a for a in asked if a.question == question]) for question in questions}
    sources = _ordered(asked)
    for row in cells.values():
        for source in sources:
            row.setdefault(source, Cell())
    return Matrix(tuple(questions), sources, cells)


def _row(answers: list[Answer]) -> dict[str, Cell]:
    row: dict[str, Cell] = {}
    for source in dict.fromkeys(answer.source for answer in answers):
        mine = tuple(answer for answer in answers if answer.source == source)
        clashes = tuple(
            Clash(this, other, why)
            for this in mine
            for other in answers
            if other.source != source and (why := clash(this, other))
        )
        row[source] = Cell(mine, clashes)
    return row


def _ordered(answers: Sequence[Answer]) -> tuple[str, ...]:
    first: dict[str, int] = {}
    spoken: dict[str, int] = {}
    for position, answer in enumerate(answers):
        first.setdefault(answer.source, position)
        spoken[answer.source] = spoken.get(answer.source, 0) + (answer.stance != "no_comment")
    return tuple(sorted(first, key=lambda source: (-spoken[source], first[source])))


def _same_matter(a: Answer, b: Answer) -> bool:
    """A denial without words of its own denies every answer; else only the answer it names."""
    denial, other = (a, b) if a.stance == "denies" else (b, a)
    counted = _compared(denial.quantities, other.quantities)
    if counted:
        return any(agree(x, y) for pairs in counted for x, y in pairs)
    said = fold(denial.text).strip()
    return not said or said == fold(other.text).strip()


def _at_odds(mine: Sequence[Quantity], others: Sequence[Quantity]) -> bool:
    """Answers conflict when of some thing that both count no two counts fit, whatever else they agree on."""
    return any(not any(agree(x, y) for x, y in pairs) for pairs in _compared(mine, others))


def _compared(mine: Sequence[Quantity], others: Sequence[Quantity]) -> list[list[tuple[Quantity, Quantity]]]:
    """Pairs of counts, thing by thing: one unit within one scope. Without a unit a count may be of any thing, and is
    compared only where nothing else can be."""
    things: dict[tuple[str, str], list[tuple[Quantity, Quantity]]] = {}
    loose: list[tuple[Quantity, Quantity]] = []
    for x, y in product(mine, others):
        if x.scope == y.scope and x.unit == y.unit:
            things.setdefault((x.unit, x.scope), []).append((x, y))
        elif x.scope == y.scope and not (x.unit and y.unit):
            loose.append((x, y))
    return list(things.values()) or ([loose] if loose else [])
