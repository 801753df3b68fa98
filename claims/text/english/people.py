"""People whom a sentence names without letting them speak: "he" may mean them in the next."""

from collections.abc import Sequence

from claims.text.english.lexicon import has, possessive, proper, speaker
from claims.text.places import lookup
from claims.text.registry import KnownSource, longest_name
from claims.text.tokens import Token

Range = tuple[int, int]


def introduced(tokens: Sequence[Token], sources: Sequence[KnownSource] | None) -> Range | None:
    """The first person named with a title, a description after a comma, or as the owner of something."""
    i = 0
    while i < len(tokens):
        last = _run(tokens, i)
        if last > i and _is_person(tokens, i, last, sources):
            return i, last
        i = max(last, i + 1)
    return None


def _run(tokens: Sequence[Token], i: int) -> int:
    """Where the run of names that begins at i ends."""
    at = i
    while at < len(tokens) and (
        _part(tokens[at]) or (at > i and tokens[at].text == "." and _title(tokens[at - 1]))
    ):
        at += 1
        if possessive(tokens[at - 1]):
            break
    return at


def _part(token: Token) -> bool:
    return proper(token) or token.text.startswith(("al-", "el-"))


def _title(token: Token) -> bool:
    return has("titles", token.text)


def _is_person(tokens: Sequence[Token], first: int, last: int, sources: Sequence[KnownSource] | None) -> bool:
    words = [t.text for t in tokens[first:last] if t.is_word]
    titled = _title(tokens[first])
    if not 2 <= len(words) <= 5 or any(_body(w) for w in words[titled:]):
        return False
    if longest_name(words, sources) or lookup(" ".join(words)):
        return False
    return (
        titled
        or _described(tokens, last)
        or (possessive(tokens[last - 1]) and tokens[first - 1].text == "of")
    )


def _body(word: str) -> bool:
    """A word that bodies and papers carry in their names, and people do not."""
    return speaker(word) or any(has(name, word) for name in ("media-words", "areas", "no-place-names"))


def _described(tokens: Sequence[Token], last: int) -> bool:
    """ "Nabil Daoud, who", "Huda Salem, 34,", "Omar Said, a baker"."""
    after = [t.text for t in tokens[last : last + 3]]
    if len(after) < 3 or after[0] != ",":
        return False
    return after[1] == "who" or after[1].isdigit() or (after[1] in ("a", "an", "the") and speaker(after[2]))
