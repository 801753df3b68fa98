"""Who says an English clause: subject and verb in either order, "according to", citing, telling, silence."""

from dataclasses import replace

from claims.text.english.clause import Clause, Range, Said
from claims.text.english.dates import MONTHS, WEEKDAYS
from claims.text.english.lexicon import CueClass, cue, finite, has, participle, proper
from claims.text.english.names import is_name, name_before
from claims.text.reading import Stance
from claims.text.registry import longest_name
from claims.text.words import word_list

_STANCE: dict[CueClass, Stance] = {"deny": "denies", "estimate": "estimates"}
_CODE: dict[CueClass, str] = {
    "say": "reports",
    "deny": "denies",
    "estimate": "estimates",
    "responsibility": "responsibility",
}


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
        if said and said.drop and not said.tail:
            return next((t for k in range(c.last - 1, i, -1) if (t := _tail_at(c, k, start))), said)
        if said:
            return said
    return None


def _tail_at(c: Clause, i: int, start: int) -> Said | None:
    """A report at the end that covers a call inside what is said."""
    kind = main_verb(c, i)
    said = _subject_verb(c, i, kind, start) if kind == "say" else None
    return said if said and said.tail else None


def _subject_verb(c: Clause, i: int, kind: CueClass, start: int) -> Said | None:
    found = name_before(c, i, start)
    if not found:
        return None
    name, role, asides, begin = found
    medium, after = _told(c, i)
    body, shown = _body(c, after)
    tail = (begin > start + 2 and c.word(begin - 1) in (",", "-")) or (
        begin > start + 2 and c.tokens[begin].quoted
    )
    shown = shown or has("observes", c.word(i))
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
    if any(has("areas", c.word(k)) for k in range(start, colon)):
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
