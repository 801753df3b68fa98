"""A clause of an English sentence, and what it says about who speaks."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.text.english.lexicon import CueClass, finite, participle, possessive, proper
from claims.text.reading import Stance
from claims.text.registry import KnownSource
from claims.text.tokens import Token

MAX_NAME = 16


Range = tuple[int, int]


# What a reporting verb of each class makes of what it reports; any other asserts it.
STANCES: dict[CueClass | None, Stance] = {"deny": "denies", "estimate": "estimates"}
CODES: dict[CueClass, str] = {
    "say": "reports",
    "deny": "denies",
    "estimate": "estimates",
    "responsibility": "responsibility",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a clause says about who speaks: names outermost first, as in the Arabic reader."""

    code: str
    stance: Stance = "asserts"
    names: tuple[Range, ...] = ()
    cue: Range = (0, 0)
    carries: bool = False
    body: int = 0
    told: tuple[Range, ...] = ()
    drop: bool = False
    role: Range | None = None
    tail: bool = False
    doubted: bool = False
    begin: int = 0


@dataclass(slots=True)
class Clause:
    """One clause of a sentence: tokens [first, last)."""

    tokens: Sequence[Token]
    first: int
    last: int
    sources: Sequence[KnownSource] | None = None

    def word(self, i: int) -> str:
        return self.tokens[i].text if self.first <= i < self.last else ""

    def text(self, first: int, last: int) -> str:
        return " ".join(t.text for t in self.tokens[max(first, self.first) : min(last, self.last)])

    def words(self, s: Range) -> list[str]:
        return [self.word(k) for k in range(*s)]

    def speech(self, i: int) -> bool:
        """Whether the token stands inside quoted speech."""
        return self.first <= i < self.last and self.tokens[i].speech

    def verbal(self, i: int) -> bool:
        """Whether the token looks like the finite verb of a clause: no name, no half of "US-led"."""
        return finite(self.word(i)) and not (self._named(self.tokens[i]) or self.joined(i))

    @staticmethod
    def _named(token: Token) -> bool:
        return proper(token) or possessive(token)

    def participle(self, i: int) -> CueClass | None:
        """The class of a participle at i that carries a report on; "pointing out", not "pointing a gun"."""
        if self.text(i, i + 2) in ("reporting from", "reporting live"):
            return None
        if self.word(i) == "pointing" and self.word(i + 1) != "out":
            return None
        return participle(self.word(i))

    def states(self, first: int, last: int) -> bool:
        """Whether a finite verb stands in [first, last)."""
        return any(self.verbal(k) for k in range(first, min(last, self.last)))

    def joined(self, i: int) -> bool:
        """Whether a hyphen ties the token to the one before it."""
        return i > 1 and self.hyphen(i - 1) and self.tokens[i - 1].end == self.tokens[i].start

    def segments(self, end: int) -> list[Range]:
        """The runs between commas, colons and the edges of quoted speech in [first, end)."""
        out, begin = [], self.first
        for i in range(self.first, end):
            mark = self.tokens[i].text in (",", ":", "-", "(", ")") and not self.hyphen(i)
            edge = i > begin and self.tokens[i].speech != self.tokens[i - 1].speech
            if mark or edge:
                if i > begin:
                    out.append((begin, i))
                begin = i + 1 if mark else i
        if end > begin:
            out.append((begin, end))
        return out

    def hyphen(self, i: int) -> bool:
        """A hyphen inside a compound, not a long dash."""
        t = self.tokens[i]
        return t.text == "-" and t.raw != "—" and i > 0 and self.tokens[i - 1].end == t.start
