"""What either language's reader says about one clause, before it becomes a proposal."""

from dataclasses import dataclass

from claims.text.calendar import Found
from claims.text.reading import PlaceMention, Quantity, Stance, Voice
from claims.text.tokens import Token


@dataclass(frozen=True, slots=True)
class Draft:
    """A clause that is a claim: tokens of its sentence [first, last), who says it, and what stands in it.

    `event` is the date phrase that dates the event, `said` the one that dates the saying.
    """

    tokens: tuple[Token, ...]
    first: int
    last: int
    chain: tuple[Voice, ...]
    code: str
    stance: Stance
    verb: str = ""
    quantities: tuple[Quantity, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    event: Found | None = None
    said: Found | None = None
    doubted: bool = False
    background: bool = False
