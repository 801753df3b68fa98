"""English word classes and small tests on words."""

from functools import lru_cache
from typing import Literal

from claims.text.tokens import Token
from claims.text.words import raw_lists, word_list

CueClass = Literal["say", "deny", "estimate", "responsibility", "call"]


OWNERS = frozenset(("its", "their", "his", "her"))


def has(name: str, word: str) -> bool:
    """Whether the folded word is in that list of the English words."""
    return word in word_list("en", name)


@lru_cache(maxsize=4096)
def cue(word: str) -> CueClass | None:
    """The class of a finite reporting verb; None for any other word."""
    if has("deny", word):
        return "deny"
    if has("estimate", word):
        return "estimate"
    if has("say", word) or has("say-needs-that", word):
        return "say"
    if has("responsibility", word):
        return "responsibility"
    return "call" if has("call", word) else None


@lru_cache(maxsize=4096)
def participle(word: str) -> CueClass | None:
    """The class of a participle that carries a report on ("adding")."""
    for kind in ("deny", "estimate", "responsibility", "call", "say"):
        if has("participle-" + kind, word):
            return kind
    return None


@lru_cache(maxsize=8192)
def finite(word: str) -> bool:
    """Whether the word looks like a finite verb of a clause."""
    if has("finite", word) or cue(word) is not None:
        return True
    return (
        len(word) > 4
        and word.endswith("ed")
        and word not in ("united", "armed", "unnamed", "hundred", "allied", "alleged")
    )


@lru_cache(maxsize=4096)
def speaker(word: str) -> bool:
    """Whether the noun, in either number, is one that can speak."""
    singular = word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
    return any(has(name, w) for name in ("source-nouns", "person-words") for w in (word, singular))


def proper(token: Token) -> bool:
    """Whether a token is written as a name."""
    return token.capital or token.text[:1] == "@"


def possessive(token: Token) -> bool:
    """ "the state's governor": no verb, though "states" is one."""
    return token.raw.endswith(("'s", "’s"))


@lru_cache(maxsize=1)
def kinds() -> dict[str, str]:
    """Head word to the kind of a source that the registry lacks."""
    return {a: b for a, _, b in (e.partition("=") for e in raw_lists("en")["kinds"])}
