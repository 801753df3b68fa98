"""English speakers: where the name of who speaks begins and ends."""

from claims.text.english.clause import MAX_NAME, Clause, Range
from claims.text.english.dates import WEEKDAYS
from claims.text.english.lexicon import cue, has, proper, speaker
from claims.text.words import word_list


def name_before(c: Clause, i: int, start: int) -> tuple[Range, Range | None, list[Range], int] | None:
    """The speaker that ends at verb i: name, role, asides such as "citing ...", and where the phrase begins."""
    end = _name_ends(c, _shared_subject(c, i, start), start)
    whole = Clause(c.tokens, start, c.last, c.sources).segments(end)
    named = _over_brackets(c, [s for s in whole if not _in_brackets(c, s) and not _is_age(c, s)])
    segments = [_without_relative(c, s) for s in named]
    if (
        segments
        and segments[-1][1] == end
        and segments[-1][0] > start
        and _opens_relative(c, segments[-1][0])
    ):
        return None
    asides: list[Range] = []
    first = segments[-1][0] if segments else start
    by_the_way = c.word(first + 1) in _CARRIES or "," in c.words((first, end))
    if (
        c.word(first) == "as"
        and first > start
        and not by_the_way
        and is_name(c, (first + 1, end), whole=True)
    ):
        return (first + 1, end), None, asides, first  # "A clinic reopened, as the mayor told Radio Nil"
    while segments and end_of(segments) and is_aside(c, segments[-1]):
        asides.append(segments.pop())
    if not segments:
        return None
    name, role, begin = _apposed(c, segments)
    name = _past_lead(c, _without_conjunction(c, name))
    closing = i + 1 >= c.last or has("plain-say", c.word(i))
    if not is_name(c, name, whole=len(segments) == 1 or closing):
        return None
    return name, role, asides, begin


def _opens_relative(c: Clause, k: int) -> bool:
    """Not "as" in ", as the mayor told Radio Nil"."""
    word = c.word(k + (c.word(k) == "and"))
    return has("relatives", word) and word != "as"


def _in_brackets(c: Clause, s: Range) -> bool:
    return s[0] > 0 and c.tokens[s[0] - 1].text == "("


def _over_brackets(c: Clause, segments: list[Range]) -> list[Range]:
    """ "the Maritime Trade Operations (UKMTO) agency" is one name."""
    out: list[Range] = []
    for s in segments:
        short = out and s[0] - out[-1][1] <= 5 and not has("prepositions", c.word(out[-1][0]))
        if short and c.word(s[0] - 1) == ")" and c.word(out[-1][1]) == "(":
            s = out.pop()[0], s[1]
        out.append(s)
    return out


def _is_age(c: Clause, s: Range) -> bool:
    """ "Oksana, 29, a care worker": who comes before and after belong together."""
    return s[1] - s[0] == 1 and c.word(s[0]).isdigit() and s[0] > 1 and proper(c.tokens[s[0] - 2])


def _name_ends(c: Clause, end: int, start: int) -> int:
    """Back past "has also", "last week", "on Monday" between the name and its verb."""
    while end > start:
        word, bare = c.word(end - 1), not proper(c.tokens[end - 1])
        adverb = word.endswith("ly") and not speaker(word) and end - 1 > start
        if bare and (has("auxiliaries", word) or adverb):
            end -= 1
        elif end - 2 > start and _recent(c, end):
            end -= 2
        elif end - 3 > start and _for_its_part(c, end):
            end -= 3
        else:
            break
    return end


def _for_its_part(c: Clause, end: int) -> bool:
    """ "The ministry for its part said"."""
    return c.word(end - 1) in ("part", "turn", "side") and c.word(end - 3) in ("for", "in", "on")


def _recent(c: Clause, end: int) -> bool:
    """ "last week", "on Monday" before token `end`."""
    day = c.word(end - 1) in WEEKDAYS and c.word(end - 2) in ("on", "late", "last", "early")
    return day or has("recent", c.text(end - 2, end))


def _shared_subject(c: Clause, i: int, start: int) -> int:
    """Of "The minister played down the toll and denied ..." the end of the subject; else i."""
    at = i - 1 if has("auxiliaries", c.word(i - 1)) else i
    if c.word(at - 1) not in ("and", "but") or has("pronouns", c.word(start)):
        return i
    verb = next((k for k in range(start + 1, at - 1) if c.verbal(k)), 0)
    return verb or i


def _without_relative(c: Clause, s: Range) -> Range:
    """ "The group that relies on activists," without what follows "that"; "an official quoted by" likewise."""
    if c.word(s[0]) in ("the", "a", "an", "its") or proper(c.tokens[s[0]]) or speaker(c.word(s[0])):
        stop = next((k for k in range(s[0] + 1, s[1]) if _hangs_on(c, k, s[0] + 1)), s[1])
        return s[0], stop
    return s


def _hangs_on(c: Clause, k: int, earliest: int) -> bool:
    passed_on = c.word(k + 1) == "by" and c.word(k) in _CARRIES
    return passed_on or (k >= earliest and c.word(k) in ("that", "which", "who", "whose", "whom"))


def end_of(segments: list[Range]) -> bool:
    """Whether a segment before the last remains."""
    return len(segments) > 1


_CARRIES = word_list("en", "carries")
_ASIDE_OPENS = word_list("en", "aside-opens")


def is_aside(c: Clause, s: Range) -> bool:
    """Words between commas that are about the speaker: "speaking on ...", "reached by phone", "in a statement"."""
    word = c.word(s[0])
    bent = word.endswith(("ing", "ed")) and len(word) > 4 and not proper(c.tokens[s[0]])
    age = s[1] - s[0] == 1 and word.isdigit()
    run_by = c.word(s[0] + 1) == "by" and not proper(c.tokens[s[0]])
    return bent or age or run_by or opens_aside(c, s)


def opens_aside(c: Clause, s: Range) -> bool:
    """Whether the first word can open nothing else but words by the way."""
    if has("prepositions", c.word(s[0])) and c.word(s[0] + 1) in ("whom", "which"):
        return True
    return c.word(s[0]) in _ASIDE_OPENS or has("relatives", c.word(s[0]))


def _apposed(c: Clause, segments: list[Range]) -> tuple[Range, Range | None, int]:
    """Of "Its director, Rami Abdel Rahman," the person; the title is the role."""
    last = segments[-1]
    before = segments[-2] if len(segments) > 1 else None
    if before and last[0] - before[1] <= 8:
        if _all_proper(c, last) and _is_role(c, before):
            return last, before, before[0]
        parted = c.word(last[1]) in (",", "that", "which", "who") or (
            before[1] - before[0] > 1 and _all_proper(c, before)
        )
        if parted and _is_role(c, last) and _nameish(c, before):
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
        and _opens_name(c, s)
        and not c.speech(s[0])
        and not c.states(*s)
    )


def _opens_name(c: Clause, s: Range) -> bool:
    """A capital, an article, or a trade before a capital: "farmer Omar"."""
    if proper(c.tokens[s[0]]) or c.word(s[0]) in ("the", "a", "an"):
        return True
    return has("person-words", c.word(s[0])) and proper(c.tokens[s[1] - 1])


def _is_role(c: Clause, s: Range) -> bool:
    first = c.word(s[0])
    words = range(s[1] - s[0])
    if not 1 <= len(words) <= 14 or c.speech(s[0]) or any(_clause_verb(c, s, n) for n in words):
        return False
    return (
        first in ("a", "an", "the", "its", "his", "their", "one", "part")
        or has("person-words", first)
        or (not proper(c.tokens[s[0]]) and any(map(speaker, c.words(s))))
    )


def _without_conjunction(c: Clause, s: Range) -> Range:
    first = s[0]
    while first < s[1] - 1 and (has("conjunctions", c.word(first)) or _leads_in(c, first)):
        first += 1
    return first, s[1]


def _past_lead(c: Clause, s: Range) -> Range:
    """Past "in a separate statement" where no comma parts it from the speaker."""
    if not has("prepositions", c.word(s[0])):
        return s
    if has("pronouns", c.word(s[1] - 1)):  # "On the second day he"
        return s[1] - 1, s[1]
    inner = next(
        (k for k in range(s[1] - 2, s[0] + 1, -1) if c.word(k) in ("the", "a", "an", "its", "his")), 0
    )
    return (inner, s[1]) if inner else s


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
        "theres",
        "thats",
        "heres",
    ):
        return False
    if (
        c.speech(s[0])
        or has("prepositions", words[0])
        or any(w in ("that", "who", "because", "if") for w in words)
        or any(w in ("which", "whose", "where", "what") for w in words[1:])
    ):
        return False
    if any(_clause_verb(c, s, n) for n in range(len(words))):
        return False
    if has("pronouns", words[0]) and len(words) == 1:
        return True
    return (
        any(map(speaker, words))
        or any(proper(c.tokens[k]) for k in range(*s))
        or (whole and (has("determiners", words[0]) or _short_noun(c, s)))
    )


def _short_noun(c: Clause, s: Range) -> bool:
    """ "dock workers", "fishermen": a few plain words."""
    return (
        s[1] - s[0] <= 3
        and all(w.isalpha() and len(w) > 3 for w in c.words(s))
        and not has("time-words", c.word(s[0]))
    )


def _tells(word: str) -> bool:
    """Whether a word in -ed reports; "an Iraqi identified in court as T." does not."""
    return cue(word) is not None and not has("naming", word)


def _clause_verb(c: Clause, s: Range, n: int) -> bool:
    """Whether word n of a name is a finite verb after all."""
    at = s[0] + n
    if c.joined(at) or (n and proper(c.tokens[at])):
        return False
    word = c.word(at)
    if word.endswith("ed") and c.word(at - 1) == "those":  # "two of those interviewed"
        return False
    if word == "informed" and at + 1 < s[1] and has("unnamed-heads", c.word(at + 1)):  # "an informed source"
        return False
    if n and word.endswith("ed") and has("prepositions", c.word(at + 1)) and not _tells(word):
        return False
    if has("finite", word):
        return True
    if n and has("papers", word) and has("determiners", c.word(s[0])):  # "the report" is a noun
        return False
    attributive = at + 1 < s[1] and word.endswith("ed") and cue(word) != "say"
    return c.verbal(at) and word != "unnamed" and not attributive
