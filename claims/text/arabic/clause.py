"""One clause of an Arabic sentence, what is found out about who says it, and where a report begins."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.text.arabic.lexicon import CueClass, Verb, bare_noun, finite, has, masdar, verb
from claims.text.arabic.names import Names
from claims.text.reading import Stance
from claims.text.registry import KnownSource
from claims.text.tokens import Token

SCAN = 30


@dataclass(frozen=True, slots=True)
class Said:
    """What a clause says about who speaks.

    `names` are token ranges, outermost first. `dropped` asks for the voice used last (that agrees with `verb`).
    `carries` goes on with the chain of the clause before. `told` are token ranges that hold the time of saying.
    """

    code: str
    stance: Stance = "asserts"
    names: tuple[tuple[int, int], ...] = ()
    verb: Verb | None = None
    cue: tuple[int, int] = (0, 0)
    dropped: bool = False
    carries: bool = False
    body: int = 0
    told: tuple[tuple[int, int], ...] = ()
    doubted: bool = False
    drop: bool = False
    role: tuple[int, int] | None = None
    tail: bool = False
    byline: tuple[int, int] | None = None
    back: bool = False


@dataclass(slots=True)
class Clause:
    """One clause of a sentence: tokens [first, last) with helpers that the cues share."""

    tokens: Sequence[Token]
    names: Names
    first: int
    last: int
    sources: Sequence[KnownSource] | None = None
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.words = self.names.words

    def word(self, i: int) -> str:
        return self.words[i] if self.first <= i < self.last else ""

    def phrase(self, i: int, n: int) -> str:
        return " ".join(self.words[i : min(i + n, self.last)])


def passive_at(c: Clause, i: int) -> bool:
    """A written damma on the first letter makes a verb of a short word: «حُكم», «وسُجن»."""
    raw = c.tokens[i].raw if c.first <= i < c.last else ""
    return (
        raw.removeprefix("و")[1:2] == "ُ"
        and 3 <= len(c.word(i).removeprefix("و")) <= 6
        and "ال" not in raw[:3]
    )


def particle_at(c: Clause, i: int) -> bool:
    """Whether the report opens at token i with «أن» or «قوله إن»."""
    word = c.word(i)
    if has("particles", word):
        return not c.names.spelled(i)
    return has("qawl", word) or (word == "كيف" and i > c.first)


def bids(c: Clause, i: int) -> bool:
    """«[قالوا له] أن يغادر»: before a present verb «أن» says what is to be done, not what is so."""
    word = c.word(i + 1)
    found = verb(word)
    present = found.present if found else finite(word)
    return c.word(i).removeprefix("و") == "ان" and present and not masdar(word)


def complement(c: Clause, i: int, *, needs: bool, b_opens: bool = False) -> tuple[int, bool]:
    """Where the report begins at or after token i, and whether a particle, colon or verbal noun shows it."""
    if _opens_noun(c, i, b_opens) or (i < c.last and c.tokens[i].quoted):
        return i, True
    for at in range(i, min(i + SCAN, c.last)):
        word = c.word(at)
        if (particle_at(c, at) and c.word(at - 1) not in _NO_REPORT) or word == ":":
            return at, True
        if at > i + 1 and word == "," and verb(c.word(at + 1)) and not _saying_on(c, at + 1):
            break
    at = _past_aside(c, i) if c.word(i) == "," or aside(c, i) else i
    if _opens_noun(c, at, b_opens) or (at < c.last and c.tokens[at].quoted):
        return at, True
    to = c.word(at) in ("عن", "الي")
    return at, to and (not needs or (c.word(at) == "الي" and masdar(c.word(at + 1))))


_NO_REPORT = frozenset(("بعد", "قبل", "دون", "منذ", "يمكن", "بد", "بدل", "شرط", "من", "غير", "الا", "كما"))


def _opens_noun(c: Clause, i: int, b_opens: bool) -> bool:
    """Whether a verbal noun, with ب or ل on it or not, opens the report at token i."""
    word = c.word(i)
    rest = word[1:] if word[:1] in "بل" else word
    return bool(word) and (masdar(word) or masdar(rest) or (b_opens and word.startswith("ب")))


def _saying_on(c: Clause, i: int) -> bool:
    """«، قالت إنه» after «نشرت مقطعا» still belongs to the same report."""
    found = verb(c.word(i))
    return found is not None and found.cue in ("say", "distance")


def aside(c: Clause, i: int) -> bool:
    word = c.word(i)
    if c.first <= i < c.last and c.names.is_ali(i):
        return False
    return has("stop-prepositions", word) or has("time-words", word) or word in ("في", "خلال", "عبر")


def _named_event(word: str) -> bool:
    return masdar(word[1:]) or masdar(bare_noun(word))


_WITH = frozenset(
    ("بالاستناد", "باستثناء", "بالتزامن", "بالتعاون", "بالاشتراك", "بالتنسيق", "بالاضافه", "بحضور", "بمشاركه")
)


def _past_aside(c: Clause, i: int) -> int:
    """Past «في بيان اليوم،» up to where a verbal noun or «بـ» opens the report, or past the closing comma."""
    comma, at = 0, i + 1
    while at < min(i + 14, c.last):
        told = c.names.medium(at, c.last)
        if told and at > i + 1:
            at = told[1]
            continue
        word = c.word(at)
        stated = c.word(at - 1) in ("في", "خلال", "عبر", "عقب", "بعد", "اثر")
        opens = masdar(word) or (word.startswith("ب") and _named_event(word) and word not in _WITH)
        if not stated and opens:
            return at
        if word == ",":
            comma = at
            if verb(c.word(at + 1)) is None and not aside(c, at + 1) and not c.names.medium(at + 1, c.last):
                return at + 1
        at += 1
    return comma + 1 if comma else i


STANCES: dict[CueClass, Stance] = {"deny": "denies", "estimate": "estimates"}
CODES: dict[CueClass, str] = {
    "say": "reports", "relay": "relays", "distance": "reports", "estimate": "estimates", "deny": "denies",
    "responsibility": "responsibility", "observe": "observes", "call": "reports",
}  # fmt: skip


def cued(at: int, found: Verb, parts: tuple[tuple[int, int], ...]) -> Said:
    """What a verb at token `at` says of the clause, with the names found."""
    return Said(
        CODES[found.cue],
        STANCES.get(found.cue, "asserts"),
        parts,
        found,
        (at, at + 1),
        doubted=found.cue == "distance",
    )
