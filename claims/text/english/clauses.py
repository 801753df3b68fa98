"""Where an English sentence breaks into clauses."""

from collections.abc import Sequence

from claims.text.english.attribution import find_report
from claims.text.english.cited import sourced
from claims.text.english.clause import Clause
from claims.text.english.goingon import carried, coordinated
from claims.text.english.hearsay import contradicted, heard
from claims.text.english.lexicon import has, proper, speaker
from claims.text.english.openings import opening, said_of_it
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
    if rest.speech(i) and rest.tokens[i - 1].speech:
        return False
    if rest.word(i) in ("and", "but") and _report_goes_on(rest, begin, i):
        return True
    if _quotes_after_colon(rest, begin, i) or _contradicts(rest, i):
        return True
    if rest.word(i) in ("while", "whereas") and rest.tokens[i - 1].text != ",":
        return find_report(rest, i + 1) is not None and _has_report(rest, begin, i)
    return rest.tokens[i - 1].text == "," and _breaks_at_comma(rest, begin, i)


def speaking(rest: Clause, i: int) -> int:
    """The participle of saying after a subject that begins at i and can speak; 0 where there is none."""
    if not has("determiners", rest.word(i)):
        return 0
    verb = next((k for k in range(i + 2, min(i + 9, rest.last)) if rest.participle(k)), 0)
    subject = rest.words((i, verb)) if verb else []
    return verb if any(map(speaker, subject)) and "," not in subject and not rest.states(i, verb) else 0


def _quotes_after_colon(rest: Clause, begin: int, i: int) -> bool:
    """ "The port is shut: "We have nothing," the mayor said.": the outlet's words, then a quotation."""
    if rest.tokens[i - 1].text != ":" or not rest.speech(i):
        return False
    earlier = Clause(rest.tokens, begin, i - 1, rest.sources)
    said = find_report(rest, i)
    return bool(said and said.tail and earlier.states(begin, i - 1) and not _has_report(rest, begin, i - 1))


def _contradicts(rest: Clause, i: int) -> bool:
    """ ", contradicting a spokesman who had said P"."""
    return rest.tokens[i - 1].text in (",", "-") and contradicted(rest, i) is not None


def _breaks_at_comma(rest: Clause, begin: int, i: int) -> bool:
    word, after = rest.word(i), rest.word(i + 1)
    if rest.tokens[begin].text in ("while", "although", "though") and begin + 3 < i:
        return _after_concession(rest, begin, i)
    if after == "," or (word == "and" and after in ("who", "whom", "whose", "which")):
        return False
    kind = rest.participle(i) or (rest.participle(i + 1) if word in ("and", "while") else None)
    if kind and not (word == "telling" and _denied_again(rest, begin, i)):
        return kind != "say" or not (rest.tokens[begin].speech and word == "saying")
    return _absolute(rest, i) or _breaks_at_word(rest, begin, i)


def _breaks_at_word(rest: Clause, begin: int, i: int) -> bool:
    """What the first word after the comma opens: an account, a relative, a conjunction."""
    word, after = rest.word(i), rest.word(i + 1)
    if word in ("a", "an") and (has("account-nouns", after) or has("tallies", after)):
        return find_report(rest, i + 2 + (rest.word(i + 2) in ("that", "which"))) is not None
    if word in ("which", "something", "where", "who"):
        return sourced(rest, i) is None and _relative_report(rest, begin, i)
    if word == "with":
        return any(rest.participle(k) for k in range(i + 2, i + 10))
    if word == "and" and not Clause(rest.tokens, begin, i, rest.sources).states(begin, i):
        return False
    return has("conjunctions", word) and word not in ("as", "after") and _stands_alone(rest, i)


def _absolute(rest: Clause, i: int) -> bool:
    """ ", its spokesman telling Y that", ", the adviser alleging that": a voice of its own."""
    return speaking(rest, i) > 0 and find_report(Clause(rest.tokens, 0, i, rest.sources), 0) is not None


def _denied_again(rest: Clause, begin: int, i: int) -> bool:
    """ "denied the raid, telling Y that the reports were false": one denial, made through Y."""
    said = find_report(Clause(rest.tokens, begin, i, rest.sources), begin)
    return bool(
        said and said.stance == "denies" and any(has("falsehood", w) for w in rest.words((i, rest.last)))
    )


def _report_goes_on(rest: Clause, begin: int, i: int) -> bool:
    """ "... and that", "... and said": one speaker, another claim."""
    if rest.last - i < 5 or not rest.states(i + 1, rest.last):
        return False
    at = i + 1 + (rest.word(i + 1) in ("also", "later", "has", "had", "then"))
    if rest.word(i + 1) != "that" and not (i - begin >= 4 and coordinated(rest, at)):
        return False
    return _has_report(rest, begin, i)


def _has_report(rest: Clause, begin: int, i: int) -> bool:
    """Whether someone speaks in the clause before."""
    earlier = Clause(rest.tokens, begin, i, rest.sources)
    at = opening(earlier)
    return bool(
        carried(earlier)
        or heard(earlier, at)
        or silence(earlier, at)
        or find_report(earlier, at)
        or according_to(earlier, at)
        or earlier.word(begin) in ("and", "but")
    )


def _after_concession(rest: Clause, begin: int, i: int) -> bool:
    """ "While the ministry gave no reason, a councillor said ...": two voices, parted at the comma."""
    earlier = Clause(rest.tokens, begin, i, rest.sources)
    at = opening(earlier)
    first = silence(earlier, at) or find_report(earlier, at)
    return bool(first and not first.tail and find_report(rest, i))


def _relative_report(rest: Clause, begin: int, i: int) -> bool:
    """ ", which the army denied", ", where staff said he had spoken", ", who added that": a report of its own."""
    if any(has("deny", rest.word(k)) for k in (i + 2, i + 3)) or said_of_it(rest, i):
        return True
    attributed = according_to(rest, i + 1) if rest.word(i) == "which" else None
    named = attributed.names[-1][1] if attributed else 0
    # "which brings to 61, according to its count, the number"
    if named and "," in rest.words((named, named + 2)):
        return True
    ends = not any(rest.word(k) == "," for k in range(i, rest.last))
    if rest.word(i) == "which" and ends and silence(rest, i):
        return True
    if rest.word(i) == "who":
        return ends and coordinated(rest, i + 1) and _has_report(rest, begin, i)
    return ends and find_report(rest, i + (rest.word(i) == "where")) is not None


def _full_clause(rest: Clause, at: int) -> bool:
    """After ", and": a subject of its own with a verb near it, where a whole clause came before."""
    if rest.last - at < 5:
        return False
    if not (has("determiners", rest.word(at)) or has("pronouns", rest.word(at)) or proper(rest.tokens[at])):
        return False
    verb = next((k for k in range(at + 1, min(at + 9, rest.last)) if rest.verbal(k)), 0)
    return verb > 0 and "," not in rest.words((at, verb))


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
        attributed = according_to(piece, i + 1) is not None and rest.last - i >= 9
        return attributed or (rest.states(i + 1, min(i + 14, rest.last)) and rest.last - i >= 5)
    if word != "and":
        return False
    return (according_to(piece, i + 1) is not None and rest.last - i >= 9) or _full_clause(rest, i + 1)
