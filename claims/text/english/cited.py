"""Phrases of citing, and whom they name: "citing Z", "with reference to Z", "on the strength of figures by Z"."""

from claims.text.english.clause import Clause, Range
from claims.text.english.lexicon import cue, has
from claims.text.words import raw_lists

_LONG = tuple(tuple(p.split()) for p in raw_lists("en")["cite-phrases"])
_FROM = frozenset(("from", "by", "with"))


def cites(c: Clause, k: int) -> int:
    """The token after a cue of citing that begins at k; 0 where none does."""
    if c.word(k) in ("citing", "quoting"):
        return k + 1 if c.word(k - 1) != "without" else 0
    if c.word(k) == "relaying":  # "relaying word from Z"
        return next((j + 1 for j in range(k + 1, k + 5) if c.word(j) == "from"), 0)
    return next((k + len(p) for p in _LONG if c.word(k) == p[0] and c.words((k, k + len(p))) == list(p)), 0)


def whom(c: Clause, first: int, last: int) -> Range | None:
    """Who is cited in [first, last): past "what it called" and "figures supplied by"; None where things alone are."""
    first = past_what(c, first)
    issued = next((k for k in range(first, min(first + 6, last)) if _issues(c, first, k)), 0)
    if issued:
        first = past_what(c, issued + 1)
    return (first, last) if last > first else None


def _issues(c: Clause, first: int, k: int) -> bool:
    """The "by" of "figures supplied by the governor": papers or talks stand before it."""
    return c.word(k) in _FROM and any(has("papers", w) or has("talks", w) for w in c.words((first, k)))


def past_what(c: Clause, at: int) -> int:
    """Past "what it called", "what he said were", "what the paper described as"."""
    if c.word(at) != "what":
        return at
    verb = next(
        (k for k in range(at + 1, min(at + 7, c.last)) if cue(c.word(k)) or has("names-it", c.word(k))),
        at - 1,
    )
    return verb + 1 + (c.word(verb + 1) in ("was", "were", "is", "are", "as", "to"))


_TO = frozenset(("attributes", "attributed", "sources", "sourced"))
_FROM_Z = frozenset(
    ("has", "had", "got", "hold", "holds", "obtained", "received", "heard", "learned", "learnt")
)


def sourced(c: Clause, k: int) -> Range | None:
    """ "which attributes the figure to Z", "which claims to have it from Z", from "which" at k: Z."""
    if c.word(k) == "whose":  # "whose correspondent cited medics"
        verb = next((j for j in range(k + 2, k + 6) if has("cite", c.word(j))), 0)
        return (
            (verb + 1, next((j for j in range(verb + 1, c.last) if c.word(j) == ","), c.last))
            if verb
            else None
        )
    if c.word(k) not in ("which", "who"):
        return None
    verb = next((j for j in range(k + 1, k + 5) if c.word(j) in _TO or c.word(j) in _FROM_Z), 0)
    joins = ("to",) if c.word(verb) in _TO else ("from",)
    at = next((j for j in range(verb + 1, verb + 6) if c.word(j) in joins), 0) if verb else 0
    stop = next((j for j in range(at + 1, c.last) if c.word(j) == ","), c.last)
    parted = at > verb + 1 or joins == ("from",)  # "which the mayor attributed to gas" tells the cause
    return (at + 1, stop) if parted and 0 < at < stop - 1 else None


def in_citing(c: Clause, i: int) -> bool:
    """Whether i stands in words between commas that cite: "estimates" in "quoting army estimates," is no verb."""
    comma = next((k for k in range(i - 1, max(c.first, i - 14), -1) if c.word(k) == ","), 0)
    return (
        comma > 0
        and cites(c, comma + 1) > 0
        and any(c.word(k) == "," for k in range(i + 1, min(i + 14, c.last)))
    )


def cited_aside(c: Clause, aside: Range) -> Range | None:
    """Whom words between commas cite: "citing Z", "which quoted Z"."""
    first = aside[0] + (c.word(aside[0]) in ("which", "who"))
    past = cites(c, first) or first + has("cite", c.word(first))
    if past == first or c.word(past) in ("by", "in", "on", "as"):
        return None
    return whom(c, past, aside[1])
