"""What a reading of an article is: plain frozen values, spans in code points of the text as given.

Every span is half open and slices the text the reader was handed: `text[start:end]`.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Stance = Literal["asserts", "denies", "no_comment", "estimates"]
Comparator = Literal["eq", "ge", "le", "approx", "several", "range"]
Precision = Literal["part_of_day", "night", "day", "days", "month", "about", "year", "unresolved"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open run of code points of the text as given."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Voice:
    """One hop of who said so.

    `surface` is as written, resolved to the name last used; `start` and `end` are None when the words stand
    nowhere near the claim (a pronoun, a dropped subject). `source_key` is a registry key or None; then
    `kind` is what a new source would be. `certainty` runs 0 to 1 and is about the registry match, not the truth.
    """

    surface: str
    start: int | None = None
    end: int | None = None
    source_key: str | None = None
    source_name: str | None = None
    certainty: float = 0.0
    unnamed: bool = False
    kind: str = "unnamed"
    role: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A counted or measured amount with its bound.

    `low` and `high` close the interval that the words allow; None is open. `several` has no number of its own
    (low 2 or 3, high None). `unit` is a folded noun ("rocket", "killed", "km") or "". `scope` says what a total
    covers ("since:2023-10-07", "window:24h", "preliminary") or "". `sure` is False for a masculine dual that may
    be a plural.
    """

    comparator: Comparator
    low: float | None
    high: float | None
    unit: str
    raw: str
    start: int
    end: int
    scope: str = ""
    sure: bool = True

    @property
    def value(self) -> float | None:
        """The number as written, None for *several*: the bound of "at least five" is 5."""
        if self.comparator == "several":
            return None
        return self.low if self.low is not None else self.high


@dataclass(frozen=True, slots=True)
class EventTime:
    """When it happened, not when it was said.

    `earliest_on` and `latest_on` are calendar days in the zone `zone`, both inclusive, or None while unresolved
    (no publication date). `notes` are stable codes a screen can word: "weekday-disagrees", "months-disagree",
    "hijri-range", "night-of-two-days", "inferred", "older-use-night-before", "since" (it began then), "unresolved".
    """

    earliest_on: date | None
    latest_on: date | None
    precision: Precision
    raw: str
    start: int | None = None
    end: int | None = None
    zone: str = "UTC"
    notes: tuple[str, ...] = ()

    @property
    def earliest_at(self) -> datetime | None:
        """First instant of the range, in UTC."""
        return _instant(self.earliest_on, self.zone)

    @property
    def latest_at(self) -> datetime | None:
        """First instant after the range, in UTC."""
        return _instant(self.latest_on + timedelta(days=1), self.zone) if self.latest_on else None

    def iso(self) -> str | None:
        """`YYYY-MM-DD`, `YYYY-MM` or `YYYY`; None while unresolved."""
        if self.earliest_on is None:
            return None
        if self.precision == "year":
            return f"{self.earliest_on.year:04d}"
        if self.precision in ("month", "about"):
            return f"{self.earliest_on.year:04d}-{self.earliest_on.month:02d}"
        return self.earliest_on.isoformat()


def _instant(day: date | None, zone: str) -> datetime | None:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC) if day else None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place as written. `keys` are gazetteer candidates: two or more ask, none is not in the gazetteer.

    `beside`: it is named to say where something else lies («شرقي حلب», "north of Aleppo"), or has no name of its own
    («الأراضي الزراعية»): a place that is named says more.
    """

    surface: str
    start: int
    end: int
    keys: tuple[str, ...] = ()
    beside: bool = False

    @property
    def ambiguous(self) -> bool:
        """Whether an editor must choose between candidates."""
        return len(self.keys) > 1


@dataclass(frozen=True, slots=True)
class Why:
    """Why this is proposed: a stable `code` (WHY_CODES), and words of the text for the screen's sentence."""

    code: str
    cue: str = ""
    source: str = ""


WHY_CODES = {
    "reports": "a source reports it with a verb of saying",
    "relays": "one source passes on what another said",
    "according-to": "a phrase such as 'according to' names the source",
    "headline-colon": "a source and a colon stand before it",
    "continues": "the sentence carries on the report of the source before it",
    "denies": "a source denies it",
    "silence": "a party has not spoken",
    "estimates": "a source estimates it",
    "responsibility": "responsibility is claimed or laid on someone",
    "observes": "a source observed, recorded or counted it",
    "footage": "footage is said to show it",
    "passive": "reported without naming who said it",
    "post": "a post on a social account says it",
    "own-account": "the outlet states it in its own voice",
}


@dataclass(frozen=True, slots=True)
class Proposed:
    """One claim proposed. `chain` is outermost reporter first, then whoever it relays; empty: the outlet itself."""

    start: int
    end: int
    chain: tuple[Voice, ...] = ()
    verb: str = ""
    stance: Stance = "asserts"
    quantities: tuple[Quantity, ...] = ()
    event: EventTime | None = None
    places: tuple[PlaceMention, ...] = ()
    why: Why = field(default_factory=lambda: Why("own-account"))
    appearances: tuple[Span, ...] = ()
    background: bool = False
    doubted: bool = False
    said: EventTime | None = None

    @property
    def span(self) -> Span:
        """Where the claim stands in the text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Reading:
    """The whole reading of one text. `needs_date` is True when relative dates wait for a publication date."""

    lang: str
    proposals: tuple[Proposed, ...]
    published_on: date | None = None
    zone: str = "Asia/Damascus"
    n_chars: int = 0
    needs_date: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A step of a streamed reading: new proposals in text order, and how much of the text is read (0 to 1)."""

    done: float
    proposals: tuple[Proposed, ...]
    lang: str
