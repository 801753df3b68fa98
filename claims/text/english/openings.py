"""How an English clause opens: conjunctions, labels, "S: P"."""

from claims.text.english.cited import cites, whom
from claims.text.english.clause import Clause, Said
from claims.text.english.dates import MONTHS, WEEKDAYS
from claims.text.english.lexicon import has, speaker
from claims.text.english.names import is_name
from claims.text.english.relays import carrier
from claims.text.places import lookup
from claims.text.registry import longest_name


def opening(c: Clause) -> int:
    """The first token after conjunctions and short lead-ins."""
    at = c.first
    while (
        at < c.last
        and (has("conjunctions", c.word(at)) or c.word(at) == "where" or not c.tokens[at].is_word)
        and c.word(at) not in ("#", "(")
    ):
        at += 1
    at = _past_note(c, _past_label(c, at))
    if said_of_it(c, at):
        return at + 1
    if (
        c.first
        and c.word(at) in ("a", "an")
        and (has("account-nouns", c.word(at + 1)) or has("tallies", c.word(at + 1)))
    ):
        at += 2 + (c.word(at + 2) in ("that", "which"))
    return at


def said_of_it(c: Clause, at: int) -> bool:
    """ "which Kyiv says saw 70 missiles": the relative belongs to what is said."""
    if c.word(at) != "which":
        return False
    verb = next((k for k in range(at + 2, min(at + 7, c.last)) if has("plain-say", c.word(k))), 0)
    follows = c.verbal(verb + 1) or c.word(verb + 1) in ("was", "were", "is", "are", "had", "has")
    return verb > 0 and follows and is_name(c, (at + 1, verb), whole=True)


def _past_note(c: Clause, at: int) -> int:
    """Past "It is noteworthy that"."""
    return next((at + n for n in range(6, 1, -1) if has("noteworthy", c.text(at, at + n))), at)


def _past_label(c: Clause, at: int) -> int:
    """Past "BREAKING:" or "#Syria:"."""
    colon = next((k for k in range(at + 1, min(at + 4, c.last)) if c.word(k) == ":"), 0)
    if colon and (has("labels", c.text(at, colon)) or c.word(at) == "#"):
        return colon + 1
    return at


def by_colon(c: Clause, start: int) -> Said | None:
    """ "S: P" at the head of a line."""
    colon = next((i for i in range(start + 1, min(start + 24, c.last)) if c.word(i) == ":"), 0)
    if not colon or c.last - colon < 4:
        return None
    cited = _citing_head(c, start, colon)
    if cited or colon - start > 8:
        return cited
    start = next(
        (k + 1 for k in range(colon - 1, start, -1) if c.word(k) == "|"), start
    )  # "#Gaza | Radio Nil:"
    lead = next((k for k in range(start, min(start + 4, colon)) if c.word(k) == "from"), start)
    start = lead if c.word(start) in ("more", "just", "breaking", "this", "new") else start
    if c.word(start) in ("from", "via"):  # "From @handle on X:"
        end = next((k for k in range(start + 1, colon) if c.word(k) == "on"), colon)
        return Said("headline-colon", names=((start + 1, end),), cue=(colon, colon + 1), body=colon + 1)
    if _dateline(c, start, colon) or any(
        has("areas", c.word(k)) or has("deny", c.word(k)) or _dated(c, k) for k in range(start, colon)
    ):
        return None
    asks = c.word(colon + 1) in ("what", "how", "why", "who", "where", "when")
    if (
        asks
        or _topic(c, start, colon)
        or not is_name(c, (start, colon), whole=True)
        or has("labels", c.word(start))
    ):
        return None
    return Said("headline-colon", names=((start, colon),), cue=(colon, colon + 1), body=colon + 1)


def _citing_head(c: Clause, start: int, colon: int) -> Said | None:
    """ "S, citing Z: P", "S with reference to Z: P", "S, via Z: P", "Z, in remarks to S: P"."""
    comma = next((k for k in range(start + 1, min(start + 8, colon)) if c.word(k) == ","), 0)
    medium = carrier(c, comma + 1, colon) if comma else None
    if medium and is_name(c, (start, comma), whole=True):
        return Said("relays", names=(medium, (start, comma)), cue=(colon, colon + 1), body=colon + 1)
    cue = next((k for k in range(start + 1, colon) if _passes(c, k)), 0)
    cited = whom(c, _passes(c, cue), colon) if cue else None
    head = start, cue - (c.word(cue - 1) == ",")
    if not cited or not is_name(c, head, whole=True):
        return None
    return Said("relays", names=(head, cited), cue=(cue, cited[0]), body=colon + 1)


def _passes(c: Clause, k: int) -> int:
    """Where whoever is passed on begins after a cue at k: "citing", "via", "retweeting"; 0 where none is."""
    return cites(c, k) or (k + 1 if has("hands-on", c.word(k)) else 0)


def _dateline(c: Clause, start: int, colon: int) -> bool:
    """ "ADEN:" is where it was written, "SANA:" who wrote it."""
    bracket = next((k for k in range(start + 1, colon) if c.word(k) == "("), 0)
    if bracket and lookup(c.text(start, bracket)):  # "Hasakah (Noor Press):"
        return True
    if not all(c.tokens[k].raw.isupper() for k in range(start, colon)):
        return False
    words = c.words((start, colon))
    return not longest_name(words, c.sources) and (len(words[0]) > 4 or bool(lookup(" ".join(words))))


def _topic(c: Clause, start: int, colon: int) -> bool:
    """ "Winterisation:": what it is about, not who says it."""
    word = c.word(start)
    return colon - start == 1 and word.endswith(("tion", "sion", "ness", "ity")) and not speaker(word)


def _dated(c: Clause, k: int) -> bool:
    """ "Aden, 28 September:" is a dateline."""
    return (c.word(k) in MONTHS or c.word(k) in WEEKDAYS) and c.tokens[k].capital
