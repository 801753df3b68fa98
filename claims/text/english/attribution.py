"""Who says an English clause: subject and verb in either order, "according to", citing, telling, silence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.text.english.dates import MONTHS, WEEKDAYS
from claims.text.english.lexicon import CueClass, cue, finite, has, participle, proper
from claims.text.reading import Stance
from claims.text.registry import KnownSource, longest_name
from claims.text.tokens import Token
from claims.text.words import word_list

MAX_NAME = 16
Range = tuple[int, int]


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


_STANCE: dict[CueClass, Stance] = {"deny": "denies", "estimate": "estimates"}
_CODE: dict[CueClass, str] = {
    "say": "reports",
    "deny": "denies",
    "estimate": "estimates",
    "responsibility": "responsibility",
}


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

    def segments(self, end: int) -> list[Range]:
        """The runs between commas, colons and quotation marks in [first, end)."""
        out, begin = [], self.first
        for i in range(self.first, end):
            mark = self.tokens[i].text in (",", ":", "-", "(", ")") and not self._in_word(i)
            quote = self.tokens[i].quoted and i > begin and self.tokens[i - 1].text == ","
            if mark or quote:
                if i > begin:
                    out.append((begin, i))
                begin = i + 1 if mark else i
        if end > begin:
            out.append((begin, end))
        return out

    def _in_word(self, i: int) -> bool:
        """A hyphen inside a compound."""
        return self.tokens[i].text == "-" and i > 0 and self.tokens[i - 1].end == self.tokens[i].start


def opening(c: Clause) -> int:
    """The first token after conjunctions and short lead-ins."""
    at = c.first
    while (
        at < c.last
        and (has("conjunctions", c.word(at)) or not c.tokens[at].is_word)
        and c.word(at) not in ("#", "(")
    ):
        at += 1
    if c.word(at) in ("a", "an") and c.word(at + 1) in (
        "claim",
        "charge",
        "accusation",
        "allegation",
        "report",
        "figure",
    ):
        at += 2 + (c.word(at + 2) in ("that", "which"))
    return at


def main_verb(c: Clause, i: int) -> CueClass | None:
    """The cue class of a reporting verb at i that is finite and active here."""
    kind = cue(c.word(i))
    if not kind or (i <= c.first and not c.word(i + 1)):
        return None
    before = c.word(i - 1)
    if c.word(i) == "put" and not any(
        c.word(k) in ("toll", "number", "figure", "count") for k in range(i, i + 5)
    ):
        return None
    if has("before-noun", before):
        return None
    return kind


def find_report(c: Clause, start: int) -> Said | None:
    """The first reporting verb from `start` on with a name before it, or after it at the end."""
    for i in range(start, c.last):
        kind = main_verb(c, i)
        if not kind:
            continue
        said = _subject_verb(c, i, kind, start) or (_verb_subject(c, i, kind) if kind == "say" else None)
        if said:
            return said
    return None


def _name_before(c: Clause, i: int, start: int) -> tuple[Range, Range | None, list[Range], int] | None:
    """The speaker that ends at verb i: name, role, asides such as "citing ...", and where the phrase begins."""
    end = i
    while end > start and (
        has("auxiliaries", c.word(end - 1)) or (c.word(end - 1).endswith("ly") and end - 1 > start)
    ):
        end -= 1
    segments = [_without_relative(c, s) for s in Clause(c.tokens, start, c.last, c.sources).segments(end)]
    asides: list[Range] = []
    while segments and end_of(segments) and _aside(c, segments[-1]):
        asides.append(segments.pop())
    if not segments:
        return None
    name, role, begin = _apposed(c, segments)
    name = _without_conjunction(c, name)
    closing = i + 1 >= c.last
    if not is_name(c, name, whole=len(segments) == 1 or closing):
        return None
    return name, role, asides, begin


def _without_relative(c: Clause, s: Range) -> Range:
    """ "The group that relies on activists," without what follows "that"."""
    if c.word(s[0]) in ("the", "a", "an", "its") or proper(c.tokens[s[0]]):
        stop = next((k for k in range(s[0] + 2, s[1]) if c.word(k) in ("that", "which", "who")), s[1])
        return s[0], stop
    return s


def end_of(segments: list[Range]) -> bool:
    """Whether a segment before the last remains."""
    return len(segments) > 1


_ASIDE_OPENS = word_list("en", "aside-opens")


def _aside(c: Clause, s: Range) -> bool:
    return c.word(s[0]) in _ASIDE_OPENS


def _apposed(c: Clause, segments: list[Range]) -> tuple[Range, Range | None, int]:
    """Of "Its director, Rami Abdel Rahman," the person; the title is the role."""
    last = segments[-1]
    before = segments[-2] if len(segments) > 1 else None
    if before and before[1] + 1 == last[0]:
        if _all_proper(c, last) and _is_role(c, before):
            return last, before, before[0]
        if _is_role(c, last) and _nameish(c, before):
            return before, last, before[0]
    return last, None, last[0]


def _all_proper(c: Clause, s: Range) -> bool:
    return s[1] - s[0] <= 5 and all(
        proper(c.tokens[k]) or c.word(k) in ("al", "el", "abu", "bin", "von", "van", "de") for k in range(*s)
    )


def _nameish(c: Clause, s: Range) -> bool:
    return (
        s[1] - s[0] <= 9
        and c.word(s[0]) not in _ASIDE_OPENS
        and not (
            s[1] - s[0] == 1
            and (c.word(s[0]).endswith("ly") or c.word(s[0]) in ("earlier", "later", "still"))
        )
        and not has("conjunctions", c.word(s[0]))
        and (proper(c.tokens[s[0]]) or c.word(s[0]) in ("the", "a", "an"))
        and not any(finite(c.word(k)) for k in range(*s))
    )


def _is_role(c: Clause, s: Range) -> bool:
    first = c.word(s[0])
    if not 1 <= s[1] - s[0] <= 14 or any(has("finite", c.word(k)) for k in range(*s)):
        return False
    return (
        first in ("a", "an", "the", "its", "his", "their", "one", "part")
        or has("person-words", first)
        or (
            not proper(c.tokens[s[0]])
            and any(has("person-words", c.word(k)) or has("source-nouns", c.word(k)) for k in range(*s))
        )
    )


def _without_conjunction(c: Clause, s: Range) -> Range:
    first = s[0]
    while first < s[1] - 1 and (has("conjunctions", c.word(first)) or _leads_in(c, first)):
        first += 1
    return first, s[1]


def _leads_in(c: Clause, k: int) -> bool:
    """ "Earlier on Saturday the Israeli military": words of time before the name."""
    return c.word(k) in ("earlier", "later", "on", "early", "late", "separately", "also", "then") or (
        c.word(k) in WEEKDAYS and not has("source-nouns", c.word(k + 1))
    )


def is_name(c: Clause, s: Range, *, whole: bool) -> bool:
    """Whether the tokens can be a speaker: short, no verb inside, and headed by a name, article or speaking noun."""
    if not 1 <= s[1] - s[0] <= MAX_NAME:
        return False
    words = [c.word(k) for k in range(*s)]
    if words[0] in (
        "where",
        "when",
        "which",
        "what",
        "because",
        "if",
        "as",
        "whom",
        "how",
        "why",
        "there",
        "there's",
    ):
        return False
    if any(
        (has("finite", w) and not (n and proper(c.tokens[s[0] + n]))) or w in ("that", "who", "because", "if")
        for n, w in enumerate(words)
    ):
        return False
    if any(
        finite(w)
        and not proper(c.tokens[s[0] + n])
        and words[n : n + 1] != ["unnamed"]
        and not _adjective(words, n)
        for n, w in enumerate(words)
    ):
        return False
    if has("pronouns", words[0]) and len(words) == 1:
        return True
    speaks = any(has("source-nouns", w) or has("person-words", w) for w in words)
    return (
        speaks
        or proper(c.tokens[s[0]])
        or any(proper(c.tokens[k]) for k in range(*s))
        or (whole and words[0] in ("the", "a", "an"))
    )


def _adjective(words: list[str], n: int) -> bool:
    """ "based", "backed" and the like before a noun are no verbs."""
    return n + 1 < len(words) and words[n].endswith("ed")


def _subject_verb(c: Clause, i: int, kind: CueClass, start: int) -> Said | None:
    found = _name_before(c, i, start)
    if not found:
        return None
    name, role, asides, begin = found
    medium, after = _told(c, i)
    body, shown = _body(c, after)
    tail = (begin > start + 2 and c.word(begin - 1) in (",", "-")) or (
        begin > start + 2 and c.tokens[begin].quoted
    )
    if has("say-needs-that", c.word(i)) and kind == "say" and not ((shown or tail) and _speaks(c, name)):
        return None
    kind = _claimed(c, i, kind)
    names = (medium, name) if medium else (name,)
    for aside in asides:
        if c.word(aside[0]) in ("citing", "quoting") and aside[1] > aside[0] + 1:
            names = (*names, (aside[0] + 1, aside[1]))
    said = Said(
        _CODE.get(kind, "reports"), _STANCE.get(kind, "asserts"), names, (i, i + 1), body=body, told=((i, body),),
        drop=kind == "call", role=role, tail=tail,
    )  # fmt: skip
    return _placed(c, said, begin, after)


def _speaks(c: Clause, s: Range) -> bool:
    """Whether the name is headed by someone who can speak, or known."""
    words = [c.word(k) for k in range(*s)]
    bare = words[1:] if words[0] == "the" else words
    known = longest_name(words, c.sources) or longest_name(bare, c.sources) or has("pronouns", words[0])
    return bool(known) or any(has("source-nouns", w) or has("person-words", w) for w in words)


def _claimed(c: Clause, i: int, kind: CueClass) -> CueClass:
    return (
        "responsibility" if c.word(i).startswith("claim") and "responsibility" in c.text(i, i + 3) else kind
    )


def _placed(c: Clause, said: Said, begin: int, after: int) -> Said:
    """At the end of a sentence the time of saying runs to the end and what it covers stands before."""
    if not said.tail:
        return said
    return replace(said, body=c.first, told=((begin, c.last),), drop=said.drop)


def _told(c: Clause, i: int) -> tuple[Range | None, int]:
    """The outlet after "told", if it is one, and the token after it."""
    if c.word(i) not in ("told", "tells", "telling"):
        return None, i + 1
    at = i + 1
    while at < c.last and c.tokens[at].is_word and c.word(at) not in _AFTER_OBJECT and at - i < 8:
        if c.word(at) in ("the", "a", "an") and at > i + 1:
            break
        at += 1
    words = [c.word(k) for k in range(i + 1, at)]
    if not words or any(has("not-media", w) for w in words):
        return None, at
    n_known = max(
        longest_name(words, c.sources), longest_name(words[1:], c.sources) if words[0] == "the" else 0
    )
    if (
        n_known
        or any(has("media-words", w) for w in words)
        or all(proper(c.tokens[k]) for k in range(i + 1, at))
    ):
        return (i + 1, at), at
    return None, at


_AFTER_OBJECT = word_list("en", "after-object")


def _body(c: Clause, at: int) -> tuple[int, bool]:
    """Where what is said begins after the verb; and whether "that", a colon or a clause shows it."""
    for k in range(at, min(at + 14, c.last)):
        if c.word(k) == "that" or c.word(k) == ":":
            return k + 1, True
        if c.word(k) == "," and k > at:
            break
    here = _past_time(c, at)
    return here, any(finite(c.word(k)) for k in range(here, min(here + 14, c.last)))


_TIME_LEADS = frozenset(
    (
        "on",
        "late",
        "early",
        "earlier",
        "in",
        "at",
        "via",
        "by",
        "through",
        "over",
        "during",
        "yesterday",
        "later",
        "separately",
        "last",
        "from",
    )
)


def _past_time(c: Clause, at: int) -> int:
    """Past "on Monday", "in a statement on Telegram", "late on Sunday"."""
    if c.word(at) == ",":
        at += 1
    moved = True
    while moved and at < c.last:
        moved = False
        if c.word(at) in _TIME_LEADS:
            for k in range(at + 1, min(at + 6, c.last)):
                if time_or_statement(c, k):
                    at, moved = k + 1, True
                    break
        elif time_or_statement(c, at) and proper(c.tokens[at]):
            at, moved = at + 1, True
    return at


def time_or_statement(c: Clause, k: int) -> bool:
    word = c.word(k)
    return (
        word in WEEKDAYS
        or (word in MONTHS and c.tokens[k].capital)
        or has("statement-words", word)
        or word in ("night", "morning", "evening")
    )


def _verb_subject(c: Clause, i: int, kind: CueClass) -> Said | None:
    """ "P, said S" at the end."""
    if i < c.first + 3 or not (c.word(i - 1) == "," or c.tokens[i].quoted):
        return None
    end = next((k for k in range(i + 1, c.last) if c.word(k) in (",", "adding")), c.last)
    if not 1 <= end - i - 1 <= 12 or not is_name(c, (i + 1, end), whole=False):
        return None
    return Said(
        "reports", names=((i + 1, end),), cue=(i, i + 1), body=c.first, told=((i, c.last),), tail=True
    )


def by_colon(c: Clause, start: int) -> Said | None:
    """ "S: P" at the head of a line."""
    colon = next((i for i in range(start + 1, min(start + 9, c.last)) if c.word(i) == ":"), 0)
    if not colon or c.last - colon < 4 or c.tokens[colon].end == 0:
        return None
    if not is_name(c, (start, colon), whole=True) or c.word(start) in (
        "watch",
        "photo",
        "image",
        "video",
        "exclusive",
    ):
        return None
    return Said("headline-colon", names=((start, colon),), cue=(colon, colon + 1), body=colon + 1)


def carried(c: Clause) -> Said | None:
    """ "adding that ...": the report goes on."""
    at = c.first + (c.word(c.first) in ("and", "while", "but"))
    if at > c.first and cue(c.word(at)) == "say" and not has("say-needs-that", c.word(at)):
        return Said("continues", carries=True, cue=(at, at + 1), body=at + 1)
    kind = participle(c.word(at))
    if not kind:
        return None
    return Said(
        "continues" if kind not in ("deny", "estimate") else _CODE[kind], _STANCE.get(kind, "asserts"), carries=True,
        cue=(at, at + 1), body=at + 1, drop=kind == "call",
    )  # fmt: skip
