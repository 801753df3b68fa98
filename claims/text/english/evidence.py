"""Things that show: "Satellite images reviewed by S show ...", "Port records show ..."."""

from claims.text.english.clause import Clause, Range, Said
from claims.text.english.lexicon import has, proper, speaker
from claims.text.english.names import is_name
from claims.text.reading import Stance

_OWN = frozenset(("this", "our", "us", "the"))
_SEEMS = frozenset(
    ("appears", "appear", "appeared", "seems", "seem", "seemed", "purports", "purport", "purported")
)
_STOPS = frozenset((",", "on", "in", "at", "from", "and", "that", "which", "after", "late", "early", "to"))


def shown(c: Clause, start: int) -> Said | None:
    """What pictures or papers show: told by whoever checked or issued them, else by the papers themselves."""
    verb = next((k for k in range(start + 1, min(start + 26, c.last)) if _shows(c, k)), 0)
    if not verb or c.last - verb < 3:
        return None
    ends = next(
        (k for k in range(start, verb) if c.word(k) == ","), verb
    )  # "the panel, in its report, found": its own
    head = next((k for k in range(start, ends) if has("pictures", c.word(k)) or has("papers", c.word(k))), -1)
    if head < 0 or head - start > 6 or any(c.verbal(k) for k in range(start, head)):
        return None
    name = _agent(c, head + 1, verb)
    if not name and has("papers", c.word(head)) and not has("pictures", c.word(head)):
        name = (start, head + 1)
    stance: Stance = "estimates" if c.word(verb).startswith("suggest") else "asserts"
    names = (name,) if name and is_name(c, name, whole=True) else ()
    return Said("footage", stance, names, (verb, verb + 1), body=verb + 1, told=((start, verb),), begin=start)


def _shows(c: Clause, k: int) -> bool:
    if not has("shows", c.word(k)) or c.speech(k):
        return False
    return not has("before-noun", c.word(k - 1)) or (c.word(k - 1) == "to" and c.word(k - 2) in _SEEMS)


def _agent(c: Clause, first: int, verb: int) -> Range | None:
    """The last one named after "by" or "from" before the verb; the paper that one reads is none."""
    found = None
    for k in range(first, verb):
        if c.word(k) not in ("by", "from"):
            continue
        end = next((j for j in range(k + 1, verb) if c.word(j) in _STOPS or c.word(j) in _SEEMS), verb)
        known = any(proper(c.tokens[j]) or speaker(c.word(j)) for j in range(k + 1, end))
        if (
            end > k + 1
            and (known or c.word(k + 1) not in _OWN)
            and c.word(k + 1) not in ("us", "this", "our")
        ):
            found = (k + 1, end)
    return found or _checker(c, first, verb)


def _checker(c: Clause, first: int, verb: int) -> Range | None:
    """ "images that the lab reviewed": whoever did so."""
    if c.word(first) not in ("that", "which"):
        return None
    did = next(
        (k for k in range(first + 2, min(first + 10, verb)) if c.verbal(k) and c.word(k).endswith("ed")), 0
    )
    return (first + 1, did) if did and c.word(first + 1) not in ("was", "were", "are", "is") else None
