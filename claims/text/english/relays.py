"""Hops of an English report: the outlet that was told, that carries a statement, or that quotes someone."""

from dataclasses import replace

from claims.text.english.cited import cites, sourced, whom
from claims.text.english.clause import Clause, Range, Said
from claims.text.english.dates import WEEKDAYS
from claims.text.english.lexicon import has, possessive, proper, speaker
from claims.text.english.names import is_name
from claims.text.english.quantities import NUMBERS
from claims.text.reading import Stance
from claims.text.registry import longest_name
from claims.text.words import word_list

_AFTER_OBJECT = word_list("en", "after-object")
_REACH = 16


def told(c: Clause, i: int) -> tuple[Range | None, int]:
    """The outlet after "told", if it is one, and the token after whoever was told."""
    if c.word(i + 1) == "to" and has("say", c.word(i)) and proper(c.tokens[min(i + 2, c.last - 1)]):
        i += 1  # "stated to Radio Nil that"
    elif not has("tells", c.word(i)):
        return None, i + 1
    heard, end = addressee(c, i + 1)
    return (heard if outlet(c, heard, trusted=True) else None), end


def addressee(c: Clause, at: int) -> tuple[Range, int]:
    """Who is told, from `at` on, and where that ends: of "a reporter for the daily Harbour" the daily."""
    if has("reporters", c.word(at + 1)) and c.word(at + 2) in ("for", "from", "of", "with"):
        at += 3
    end = _object_end(c, at)
    owner = next((k for k in range(at, min(at + 5, c.last)) if possessive(c.tokens[k])), 0)
    reporter = next((k for k in range(owner + 1, owner + 4) if owner and has("reporters", c.word(k))), 0)
    if reporter:  # "the channel's Gubba reporter"
        return (at, owner + 1), max(reporter + 1, end)
    return (at, end), end


def _object_end(c: Clause, first: int) -> int:
    """Where the one who is told ends: before "that" or a time, else the name ahead of a verb's own subject."""
    at = first
    while at < c.last and (c.tokens[at].is_word or c.word(at) == "&") and at - first < 7:
        if c.word(at) in _AFTER_OBJECT and not _of_a_name(c, at):
            break
        opens = c.word(at) in ("the", "a", "an") and at > first and c.word(at - 1) != "of"
        if opens or c.speech(at) or _counts(c, at):
            return at
        if c.verbal(at):
            return at if has("media-heads", c.word(at - 1)) else _name_run(c, first, at)
        at += 1
    return (
        at
        if at - first < 7 and c.word(at) not in ("has", "had", "was", "were", "is", "are")
        else _name_run(c, first, at)
    )


def _of_a_name(c: Clause, k: int) -> bool:
    """The "of" of "Voice of the Coast radio": names stand on both sides."""
    after = k + 1 + (c.word(k + 1) == "the")
    return c.word(k) == "of" and after < c.last and proper(c.tokens[k - 1]) and proper(c.tokens[after])


def _counts(c: Clause, k: int) -> bool:
    return c.word(k)[:1].isdigit() or c.word(k) in NUMBERS


def _name_run(c: Clause, first: int, last: int) -> int:
    """ "told Reuters Israeli troops had ...": of two names running together the one in the registry, else all."""
    at = first + (c.word(first) == "the")
    known = longest_name(c.words((at, last)), c.sources)
    if known:
        return at + known
    named = next((k for k in range(at, min(at + 3, last)) if proper(c.tokens[k])), at)  # "the daily Harbour"
    while named < last and proper(c.tokens[named]):
        named += 1
    return named


def outlet(c: Clause, s: Range, *, trusted: bool) -> bool:
    """Whether the words name a medium; `trusted`: the phrase round them allows nothing but one, so any name will do."""
    words = [
        w.removesuffix("s") if possessive(c.tokens[k]) else w
        for k, w in zip(range(*s), c.words(s), strict=True)
    ]
    mediums = words[-1:] == ["media"] and len(words) > 1 and words[0] != "the"
    if words in ([], ["the"], ["the", "press"]) or any(has("own-pages", w) for w in words):
        return False
    if any(has("not-media", w) for w in words) and not mediums:
        return False
    if has("media-heads", words[-1]) or mediums:
        return True
    if words[0] == "our" and (has("reporters", words[-1]) or words[-1] in ("team", "colleague", "stringer")):
        return True
    bare = words[1:] if words[0] == "the" else words
    known = not all(map(speaker, bare)) and max(
        longest_name(words, c.sources), longest_name(bare, c.sources)
    ) == len(bare)
    named = any(proper(c.tokens[k]) for k in range(*s)) and words[0] not in WEEKDAYS
    if known or (named and any(has("media-words", w) for w in words)):
        return True
    return (
        trusted
        and named
        and all(proper(c.tokens[k]) or c.word(k) == "&" for k in range(s[1] - len(bare), s[1]))
    )


_CARRIES = word_list("en", "carries")


_STANDS = frozenset(("quoted", "cited", "published", "carried", "aired", "broadcast"))


def carrier(c: Clause, first: int, last: int) -> Range | None:
    """The outlet in "in a statement carried by S", "in an interview with S", "in remarks to S", "quoted by S"."""
    for k in range(first, min(last, first + _REACH)):
        word, before = c.word(k), c.word(k - 1)
        by = before in _CARRIES and (word == "by" or (word in ("in", "on") and before in _STANDS))
        talk = word in ("with", "to") and (has("talks", before) or has("passed-to", before))
        asked = word == "by" and has("asks", before)
        if by or talk or asked or word in ("to", "on", "via"):
            (first_heard, end), _ = addressee(c, k + 1)
            heard = first_heard, min(end, last)
            if outlet(c, heard, trusted=by or talk or before in _CARRIES):
                return heard
    return None


def quoted_saying(c: Clause, i: int) -> tuple[tuple[Range, ...], int] | None:
    """Who is quoted in "S quoted Z as saying P", and where P begins."""
    if not (has("cite", c.word(i)) or c.word(i) in ("reported", "reports")) or c.word(i).endswith("ing"):
        return None
    effect = _to_the_effect(c, i)
    if effect:
        return (person_of(c, i + 1, effect),), effect + 4
    at = _as_saying(c, i)
    if at <= i + 1:
        return None
    on = next((k for k in range(i + 2, at) if has("cite", c.word(k)) and c.word(k).endswith("ing")), 0)
    names = (person_of(c, i + 1, on), person_of(c, on + 1, at)) if on else (person_of(c, i + 1, at),)
    return names, _past_that(c, at + 2)


def _to_the_effect(c: Clause, i: int) -> int:
    """ "cited the general to the effect that": where that begins; 0 where it is not said."""
    ends = (k for k in range(i + 2, min(i + _REACH, c.last)) if c.text(k, k + 4) == "to the effect that")
    return next(ends, 0)


def listener(c: Clause, aside: Range) -> Range | None:
    """ ", to whom our paper's activists talked,", ", which Reuters has seen,": whoever listened or read."""
    whom = next(
        (k for k in range(aside[0], min(aside[0] + 2, aside[1])) if c.word(k) in ("whom", "which")), -1
    )
    verb = next(
        (k for k in range(whom + 2, aside[1]) if has("talks", c.word(k)) or has("carries", c.word(k))), 0
    )
    end = verb - (c.word(verb - 1) in ("has", "have", "had"))
    named = any(proper(c.tokens[k]) for k in range(whom + 1, end)) or c.word(whom + 1) == "our"
    return (whom + 1, end) if whom >= 0 and verb and named else None


def denies_as(c: Clause, i: int) -> bool:
    """ "quoted him as denying that"."""
    at = _as_saying(c, i)
    return at > 0 and c.participle(at + 1) == "deny"


def person_of(c: Clause, first: int, last: int) -> Range:
    """Of "the minister, Ahmad Vahidi," the name."""
    last -= c.word(last - 1) == ","
    comma = next((k for k in range(first + 1, last) if c.word(k) == ","), 0)
    if not comma:
        return first, last
    return (comma + 1, last) if all(proper(c.tokens[k]) for k in range(comma + 1, last)) else (first, comma)


def _as_saying(c: Clause, i: int) -> int:
    """The place of "as saying" after token i; 0 where there is none."""
    return next(
        (
            k
            for k in range(i + 1, min(i + _REACH, c.last))
            if c.word(k) == "as" and c.word(k + 1).endswith("ing")
        ),
        0,
    )


def _past_that(c: Clause, at: int) -> int:
    return at + (c.word(at) == "that")


def quoted_passive(c: Clause, start: int) -> Said | None:
    """ "Z was quoted by S as saying P", "Z was quoted as telling S that P"."""
    comma = 0
    for i in range(start + 1, c.last):
        comma = i if c.word(i) == "," and c.states(comma + 1 if comma else start, i) else comma
        if c.word(i - 1) not in ("was", "were", "been", "is", "are") or i - max(start, comma) > 20:
            continue
        if c.word(i) not in ("quoted", "cited"):
            continue
        at = _as_saying(c, i)
        first = comma + 1 if comma else start  # "Nine died, the mayor was quoted by S as saying"
        if not at or not is_name(c, (first, i - 1 - (c.word(i - 1) == "been")), whole=True):
            return None
        medium, body = told(c, at + 1)
        by = next((k for k in range(i, min(at + 6, c.last)) if c.word(k) == "by"), 0)
        by = by or (i + 1 if c.word(i + 1) in ("in", "on") and outlet(c, (i + 2, at), trusted=False) else 0)
        if by and not medium:
            medium = (by + 1, min(_object_end(c, by + 1), at if by < at else c.last))
            body = max(body, medium[1])
        zed = person_of(c, first, i - 1 - (c.word(i - 1) == "been"))
        names = (medium, zed) if medium else (zed,)
        return Said(
            "relays", names=names, cue=(i, i + 1), body=_past_that(c, body), told=((i, at),), begin=start
        )
    return None


def reported_by(c: Clause, start: int) -> Said | None:
    """ "The attack was first reported by S": the agent of a passive verb of reporting."""
    for i in range(start + 2, c.last - 1):
        if c.word(i) not in (
            "reported",
            "confirmed",
            "announced",
            "denied",
            "documented",
            "recorded",
            "claimed",
            "disputed",
            "rejected",
            "dismissed",
            "contradicted",
        ) or c.speech(i):
            continue
        earlier = c.word(i + 1) in (
            "earlier",
            "first",
            "initially",
        )  # "down from three reported earlier by S"
        medium, by = _confided(c, i) if c.word(i + 1) == "to" else (None, i + 1 + earlier)
        passive = earlier or any(c.word(k) in ("was", "were", "been", "as") for k in range(i - 2, i))
        if c.word(by) != "by" or not passive:
            continue
        end = _agent_end(c, by + 1)
        if end > by + 1 and is_name(c, (by + 1, end), whole=True):
            stance: Stance = "denies" if has("deny", c.word(i)) else "asserts"
            names = (medium, (by + 1, end)) if medium else ((by + 1, end),)
            source = sourced(c, end + (c.word(end) == ","))
            names = (*names, source) if source else names
            return Said("reports", stance, names, (i, i + 1), body=c.first, told=((i, c.last),), tail=True,
                        begin=i)  # fmt: skip
    return None


def _confided(c: Clause, i: int) -> tuple[Range | None, int]:
    """ "was confirmed to AFP by a source": the outlet, and where "by" stands."""
    by = next((k for k in range(i + 3, min(i + 10, c.last)) if c.word(k) == "by"), i + 1)
    (first, end), _ = addressee(c, i + 2)
    heard = first, min(end, by)
    return (heard if by > i + 1 and outlet(c, heard, trusted=True) else None), by


def _agent_end(c: Clause, first: int) -> int:
    stops = (",", "on", "in", "at", "as", "after", "and", "late", "early", "earlier", "who", "which", "that")
    at = first
    while at < c.last and at - first < 12:
        inner = c.word(at) in ("in", "at", "and") and proper(c.tokens[min(at + 1, c.last - 1)])
        if (c.word(at) in stops and not inner) or c.word(at) in WEEKDAYS:
            break
        at += 1
    return at


def citing(c: Clause, said: Said) -> Said:
    """ "S reported ..., citing Z": another hop at the end."""
    if len(said.names) != 1:
        return said
    for k in range(c.last - 1, said.cue[1] - 1, -1):
        past = 0 if c.speech(k) else cites(c, k)
        if past:
            stop = next((i for i in range(past + 1, c.last) if c.word(i) in (",", "that")), c.last)
            cited = whom(c, past, stop)
            return replace(said, code="relays", names=(*said.names, cited)) if cited else said
        medium = told(c, k)[0] if c.word(k) == "telling" and not c.speech(k) else None
        if medium:
            return replace(said, code="relays", names=(medium, *said.names))
    return said
