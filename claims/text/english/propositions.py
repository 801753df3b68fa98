"""Which English clauses are claims, and with what stance."""

import re
from collections.abc import Sequence

from claims.text.calendar import Found
from claims.text.english.clause import Clause, Said
from claims.text.english.lexicon import cue, finite, has, proper
from claims.text.english.openings import opening
from claims.text.reading import Quantity


def is_claim(c: Clause, said: Said, held: Sequence[Quantity], within: Sequence[Found]) -> bool:
    """Calls, threats, praise, plans and bare background are no claims."""
    if c.last - c.first < 3 or (c.last - c.first <= 9 and _ANOTHER_STORY.search(c.text(c.first, c.last))):
        return False
    if said.code == "silence":
        return True
    if said.code == "own-account":
        return _own_account(c, held, within)
    return not _planned(c, c.first if said.tail else said.body, (*held, *within))


# "State media told another story": what it is comes in the next sentence.
_ANOTHER_STORY = re.compile(
    r"\b(?:tells?|told|gave|gives?|ha[ds]|have) (?:a|another|a very|quite a|its own) (?:different )?"
    r"(?:story|tale|version|account)$|\b(?:puts?|tells?|told|saw|sees?) it (?:quite |very |rather )?differently$"
)
_ASKS = frozenset(("who", "what", "how", "why", "whether"))
_OUGHT = frozenset(("must", "should", "shall"))
_TO_COME = frozenset(("will", "would", "may", "might", "cannot"))


def _planned(c: Clause, at: int, known: Sequence[object] = ()) -> bool:
    """What is to come or ought to be: "will respond", "must stop"; with a figure or a day it is a claim."""
    for k in range(at, min(at + 9, c.last)):
        word = "" if proper(c.tokens[k]) and k > c.first else c.word(k)
        if word in _OUGHT:
            return True
        if word in _TO_COME and c.word(k + 1) != "have":
            return not known
        if c.verbal(k):
            return False
    return False


_PRESENT = frozenset(("is", "are", "has", "have", "can", "could", "says", "faces", "shows", "suggests", "comes", "do",
                      "does"))  # fmt: skip


def _own_account(c: Clause, held: Sequence[Quantity], within: Sequence[Found]) -> bool:
    """The outlet's own voice is a claim where something happened: a past verb with a count, date or more."""
    at = opening(c)
    verbs = [k for k in range(at, c.last) if finite(c.word(k))]
    if not verbs:
        return bool(held) and c.last - at >= 6
    if _planned(c, at, held) or (c.word(c.first) in _ASKS and not held and not within):
        return False  # "Who fired it is harder to say"
    first = c.word(verbs[0])
    if cue(first) == "call" or _APPEAL.search(c.text(at, c.last)) or " for comment" in c.text(at, c.last):
        return False
    return first not in _PRESENT or _has_happened(c, verbs[0]) or bool(held) or bool(within)


# "Nine groups call for": a verb after a plural, where "a call for" is a noun.
_APPEAL = re.compile(
    r"^(?:\w+ ){0,5}\w+s (?:call|appeal) (?:for|on|upon|to) "
    r"|^(?:\w+ ){1,6}(?:is|are|were|was) (?:urged|asked|advised|encouraged|reminded|invited|requested) to "
)
_WISHED = frozenset(("needed", "required", "concerned", "committed", "determined", "prepared", "worried", "supposed",
                     "expected", "interested", "deeply", "convinced", "opposed"))  # fmt: skip
_UNDER_WAY = frozenset(
    ("being", "still", "thought", "believed", "feared", "suspected", "reported", "presumed", "understood")
)


def _has_happened(c: Clause, k: int) -> bool:
    """ "has collapsed", "have been moved", "is being treated", "is still closed"; "have been mediating" lasts."""
    near = [w for w in c.words((k + 1, min(k + 4, c.last))) if not w.endswith("ly")]
    after = [w for w in near if w == "still" or not has("auxiliaries", w)]
    if c.word(k) in ("is", "are"):
        return bool(after) and (after[0] in _UNDER_WAY or (finite(after[0]) and after[0] not in _WISHED))
    if c.word(k) not in ("has", "have"):
        return False
    after = [w for w in after if w not in ("not", "been")]
    return bool(after) and finite(after[0]) and after[0] not in ("to", "had")
