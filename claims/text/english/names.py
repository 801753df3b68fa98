"""English speakers: where the name of who speaks begins and ends."""

from claims.text.english.clause import MAX_NAME, Clause, Range
from claims.text.english.dates import WEEKDAYS
from claims.text.english.lexicon import finite, has, proper
from claims.text.words import word_list


def name_before(c: Clause, i: int, start: int) -> tuple[Range, Range | None, list[Range], int] | None:
    """The speaker that ends at verb i: name, role, asides such as "citing ...", and where the phrase begins."""
    end = i
    while end > start and (
        has("auxiliaries", c.word(end - 1)) or (c.word(end - 1).endswith("ly") and end - 1 > start)
    ):
        end -= 1
    segments = [_without_relative(c, s) for s in Clause(c.tokens, start, c.last, c.sources).segments(end)]
    segments = [s for s in segments if s[0] == 0 or c.tokens[s[0] - 1].text != "("]
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
    if before and last[0] - before[1] <= 8:
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
    return c.word(k) in (
        "earlier",
        "later",
        "on",
        "for",
        "which",
        "early",
        "late",
        "separately",
        "also",
        "then",
    ) or (c.word(k) in WEEKDAYS and not has("source-nouns", c.word(k + 1)))


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
