"""Where an English sentence breaks into clauses."""

from collections.abc import Sequence

from claims.text.english.attribution import find_report
from claims.text.english.clause import Clause
from claims.text.english.lexicon import finite, has, participle
from claims.text.english.phrases import according_to
from claims.text.english.silence import silence
from claims.text.registry import KnownSource
from claims.text.tokens import Token

MIN_WORDS = 3


def split(tokens: Sequence[Token], sources: Sequence[KnownSource] | None) -> list[Clause]:
    """The clauses of one sentence in order; marks between them belong to none."""
    cuts = [0]
    for i in range(1, len(tokens)):
        rest = Clause(tokens, i, len(tokens), sources)
        if i - cuts[-1] >= MIN_WORDS and _breaks(rest, cuts[-1], i):
            cuts.append(i)
    spans = zip(cuts, [*cuts[1:], len(tokens)], strict=True)
    return [Clause(tokens, *_trim(tokens, a, b), sources) for a, b in spans]


def _trim(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    while last > first and not tokens[last - 1].is_word and tokens[last - 1].text not in ")%":
        last -= 1
    while first < last and not tokens[first].is_word and tokens[first].text not in "(#@$":
        first += 1
    return first, last


def _breaks(rest: Clause, begin: int, i: int) -> bool:
    if rest.tokens[i - 1].text != ",":
        on = rest.word(i) == "but" and rest.word(i + 1) in ("said", "says", "claimed", "added", "denied")
        return on and i - begin >= 6 and rest.last - i >= 5
    word, after = rest.word(i), rest.word(i + 1)
    kind = participle(word) or (participle(after) if word in ("and", "while") else None)
    if kind:
        return kind != "say" or _said_already(rest, begin, i)
    if word in ("a", "an") and after in (
        "claim",
        "charge",
        "accusation",
        "allegation",
        "report",
        "figure",
        "account",
    ):
        return find_report(rest, i + 2) is not None
    if (word in ("which", "something") and has("deny", rest.word(i + 2))) or (
        has("deny", rest.word(i + 3)) and word == "which"
    ):
        return True
    if word == "with":
        return any(participle(w) for w in rest.text(i + 2, i + 10).split(" "))
    if word in ("and", "but") and after == "that":
        return rest.last - i >= 6
    return has("conjunctions", word) and word not in ("as", "after") and _stands_alone(rest, i)


def _said_already(rest: Clause, begin: int, i: int) -> bool:
    """ "saying" after a bare quotation belongs to it; after a report it is another."""
    Clause(rest.tokens, begin, i - 1, rest.sources)
    return not (rest.tokens[begin].quoted and rest.word(i) == "saying")


def _stands_alone(rest: Clause, i: int) -> bool:
    """Whether what follows the conjunction has a voice of its own, or after "while" and "but" a verb."""
    word = rest.word(i)
    end = next((k for k in range(i + 1, rest.last) if rest.word(k) == ","), rest.last)
    piece = Clause(rest.tokens, i + 1, rest.last, rest.sources)
    if silence(piece, i + 1) or (
        find_report(Clause(rest.tokens, i + 1, end, rest.sources), i + 1) is not None
    ):
        return True
    if word in ("while", "but", "whereas", "though", "although", "however"):
        verb = any(finite(rest.word(k)) for k in range(i + 1, min(i + 14, rest.last)))
        return verb and rest.last - i >= 5
    return word in ("and",) and according_to(piece, i + 1) is not None and rest.last - i >= 9
