"""English attribution by phrase: "according to", "citing"."""

from claims.text.english.attribution import time_or_statement
from claims.text.english.cited import cites, sourced, whom
from claims.text.english.clause import MAX_NAME, Clause, Range, Said
from claims.text.english.dates import WEEKDAYS
from claims.text.english.lexicon import OWNERS, cue, has, possessive, proper, speaker
from claims.text.english.quantities import NUMBERS
from claims.text.english.relays import carrier
from claims.text.reading import Stance
from claims.text.registry import longest_name


def according_to(c: Clause, start: int) -> Said | None:
    """ "according to S, citing Z", "citing S", at the head or the end."""
    for i in range(start, c.last):
        word = c.word(i)
        as_by = c.word(i - 1) == "as" and _passed_by(c, i)  # "as reported by S"
        if (word == "according" and c.word(i + 1) == "to") or as_by:
            return _by_phrase(c, i, i + 2, start)
        if (
            word == "per"
            and (i > start or c.first == i)
            and (proper(c.tokens[min(i + 1, c.last - 1)]) or c.word(i - 1) == "," or c.word(i + 1) == "the")
        ):
            return _by_phrase(c, i, i + 1, start)
        if word == "based" and c.word(i + 1) == "on" and i > start and _figures_of(c, i + 2):
            return _by_phrase(c, i, i + 2, start)
        if has("cite", word) and i == start and word.endswith("ing"):
            return _by_phrase(c, i, i + 1, start)
        if word in ("by", "on", "in") and (i == start or c.word(i - 1) == ","):
            counted = _reckoning(c, i, start)
            if counted:
                return counted
    return _papers_show(c, start) or in_brackets(c, start)


def _papers_show(c: Clause, start: int) -> Said | None:
    """ ", the port's figures show", ", data from the ministry showed" at the end."""
    verb = c.last - 1
    comma = next((k for k in range(verb - 1, max(start + 3, verb - 12), -1) if c.word(k) == ","), 0)
    noun = next((k for k in range(comma + 1, verb) if has("papers", c.word(k))), 0) if comma else 0
    if not noun or not has("shows", c.word(verb)) or c.speech(verb) or c.states(comma + 1, noun):
        return None
    of = next((k for k in range(noun + 1, verb) if c.word(k) in ("from", "by", "of")), 0)
    owner = next((k + 1 for k in range(comma + 1, noun) if possessive(c.tokens[k])), noun + 1)
    name = (of + 1, verb) if of else (comma + 1, owner)
    return Said(
        "according-to", names=(name,), cue=(verb, verb + 1), body=c.first, told=((comma, c.last),), tail=True
    )


def _reckoning(c: Clause, i: int, start: int) -> Said | None:
    """ "by the UN's reckoning", "by police estimates", "on the governor's count"."""
    noun = next((k for k in range(i + 2, min(i + 9, c.last)) if has("reckonings", c.word(k))), 0)
    name = _owner_of_figures(c, (i + 1, noun + 1))
    name = name if name[1] <= noun else (i + 1, noun)
    if not noun or not (c.word(i + 1) in OWNERS or _keeps(c, name)):
        return None
    tail = i > start + 2
    stance: Stance = "estimates" if c.word(noun).startswith(("estim", "calc")) else "asserts"
    return Said("according-to", stance, (name,), (i, noun), body=c.first if tail else noun + 1,
                told=((i, noun + 1),), tail=tail)  # fmt: skip


def _keeps(c: Clause, name: Range) -> bool:
    """Whether somebody's own figures are meant: "the UN's", "police", not "some" nor "all"."""
    if any(c.word(k).removesuffix("s") in WEEKDAYS for k in range(*name)):
        return False
    owned = possessive(c.tokens[name[1] - 1]) or c.tokens[name[1] - 1].text.endswith("s")
    known = any(proper(c.tokens[k]) or speaker(c.word(k)) for k in range(*name))
    return known and (owned or speaker(c.word(name[1] - 1)) or proper(c.tokens[name[1] - 1]))


def in_brackets(c: Clause, start: int) -> Said | None:
    """ "Some 7,200 households fled (local authorities)": the source in brackets at the end."""
    if c.word(c.last - 1) != ")":
        return None
    opened = next((k for k in range(c.last - 2, max(start + 3, c.last - 16), -1) if c.word(k) == "("), 0)
    name = opened + 1, c.last - 1
    cue = next((k for k in range(opened + 2, c.last - 1) if cites(c, k)), 0) if opened else 0
    cited = whom(c, cites(c, cue), c.last - 1) if cue else None
    dated = (
        next((k for k in range(opened + 2, c.last - 1) if c.word(k) == ","), 0) if opened and not cited else 0
    )
    if dated and any(_counts(c, k) for k in range(dated, c.last - 1)):  # "(OCHA, 3 May)"
        name = opened + 1, dated
    if cited:  # "(AFP, citing the mayor)"
        name = opened + 1, cue - (c.word(cue - 1) == ",")
    told_of = opened and (c.states(start, opened) or any(_counts(c, k) for k in range(start, opened)))
    if not told_of or not _source_alone(c, name):
        return None
    return Said(
        "relays" if cited else "according-to",
        names=(name, cited) if cited else (name,),
        cue=(opened, opened + 1),
        body=c.first,
        told=((opened, c.last),),
        tail=True,
    )


def _counts(c: Clause, k: int) -> bool:
    return c.word(k)[:1].isdigit() or c.word(k) in NUMBERS


def _source_alone(c: Clause, name: Range) -> bool:
    words = c.words(name)
    if any(w[:1].isdigit() or w == "," for w in words) or not words:
        return False
    known = (
        longest_name(words, c.sources) == len(words) or speaker(words[-1]) or has("media-heads", words[-1])
    )
    return known or (len(words) == 1 and c.tokens[name[0]].raw.isupper() and len(words[0]) > 2)


_FIGURES = frozenset(("estimates", "figures", "data", "statistics", "records", "counts"))


def _figures_of(c: Clause, at: int) -> bool:
    """ "police estimates", "World Bank data": figures that someone keeps."""
    end = next((k for k in range(at, min(at + 6, c.last)) if c.word(k) in _FIGURES), at)
    return any(proper(c.tokens[k]) or speaker(c.word(k)) for k in range(at, end))


def _by_phrase(c: Clause, i: int, at: int, start: int) -> Said | None:
    first = _past_statement(c, at)
    end = _name_end(c, first)
    if c.word(first) == "what":  # "according to what the mayor reported"
        said = next((k for k in range(first + 2, min(first + 9, c.last)) if cue(c.word(k))), 0)
        first, end = (first + 1, said) if said else (first, end)
    if end == first:
        return None
    names: tuple[Range, ...] = (_owner_of_figures(c, (first, end)),)
    cited = next((k for k in range(end, min(end + 4, c.last)) if _hands_over(c, k)), 0)
    named = _named_next(c, first, end)
    if named:  # "one of the survivors, Huda Salem, who spoke to Radio Nil"
        names, end = (named,), named[1] + (c.word(named[1]) == ",")
    source = sourced(c, end + (c.word(end) == ","))
    if source:
        names, end = (*names, source), source[1]
    elif cited:
        by = c.word(cited + 1) == "by"  # "the ministry, cited by AFP": the outlet stands outside
        stop = next((k for k in range(cited + 1, c.last) if c.word(k) == ","), c.last)
        names = ((cited + 2, stop), *names) if by else (*names, (cites(c, cited) or cited + 1, stop))
    medium = carrier(c, end, c.last) if c.word(end) == "who" and len(names) == 1 else None
    if medium:  # "according to witnesses who spoke to S"
        names, end = (medium, *names), medium[1]
    tail = i > start + 2
    told = (i, c.last) if tail else (i, end)
    code = "according-to" if len(names) == 1 else "relays"
    return Said(code, names=names, cue=(i, at), body=c.first if tail else end, told=(told,), tail=tail)


def _named_next(c: Clause, first: int, end: int) -> Range | None:
    """The name between commas after "one of the survivors" or another description."""
    if c.word(end) != "," or (not has("determiners", c.word(first)) and c.word(first) != "one"):
        return None
    stop = next((k for k in range(end + 1, min(end + 6, c.last)) if c.word(k) == ","), c.last)
    capitals = 2 <= stop - end - 1 <= 4 and all(proper(c.tokens[k]) for k in range(end + 1, stop))
    person = any(speaker(w) for w in c.words((first, end)))
    return (
        (end + 1, stop)
        if capitals and person and not any(proper(c.tokens[k]) for k in range(first, end))
        else None
    )


def _owner_of_figures(c: Clause, name: Range) -> Range:
    """Of "its count", "their own figures" whoever "its" means; any other name as it is."""
    last = c.word(name[1] - 1)
    theirs = c.word(name[0]) in OWNERS and (has("reckonings", last) or has("papers", last))
    return (name[0], name[0] + 1) if theirs else name


_STOPS = frozenset((",", ":", ";", "which", "who", "that", "while", "but"))


def _past_statement(c: Clause, at: int) -> int:
    """Past "a statement from", "figures by": the speaker comes after."""
    while (has("issued", c.word(at)) or c.word(at + 1) in ("by", "from")) and _statement_ahead(c, at):
        at += 1
    of = next((k for k in range(at + 1, min(at + 5, c.last)) if c.word(k) in ("from", "by")), 0)
    noun = c.word(of - 1) if of else ""  # "preliminary information from the prosecutor"
    return of + 1 if has("papers", noun) or has("tidings", noun) else at


def _name_end(c: Clause, first: int) -> int:
    end = first
    while end < c.last and end - first < MAX_NAME and not _phrase_ends(c, end):
        if c.word(end) == "(":
            end = next((k for k in range(end, min(end + 6, c.last)) if c.word(k) == ")"), end)
        end += 1
    return end


def _phrase_ends(c: Clause, end: int) -> bool:
    word = c.word(end)
    if _passed_by(c, end) or cites(c, end):
        return True
    if word in _STOPS or (word in ("in", "and", "on") and not _goes_on(c, end)):
        return True
    if proper(c.tokens[end]):  # "Channel 12", "Radio Nil" begin so
        return time_or_statement(c, end) and not has("media-heads", word)
    return has("finite", word) and not word.endswith("ed")


def _hands_over(c: Clause, k: int) -> bool:
    return has("cite", c.word(k)) or _passed_by(c, k) or cites(c, k) > 0


def _passed_by(c: Clause, k: int) -> bool:
    """ "local pharmacists interviewed by MSF": the outlet stands outside."""
    return c.word(k + 1) == "by" and has("carries", c.word(k))


def _statement_ahead(c: Clause, i: int) -> bool:
    """Whether "a statement from", "figures by" still stands between the cue and the speaker."""
    return any(c.word(k) in ("from", "by") for k in range(i, min(i + 5, c.last))) or c.word(i) in (
        "from",
        "by",
    )


def _goes_on(c: Clause, k: int) -> bool:
    """ "the health ministry in Gaza", "Safe and Sound": the name goes on after in or and."""
    if c.word(k) == "and" and any(
        has("source-nouns", c.word(j)) or has("person-words", c.word(j)) for j in range(k + 1, k + 4)
    ):
        return True
    return (
        k + 1 < c.last
        and (proper(c.tokens[k + 1]) or c.word(k + 1) == "the")
        and not time_or_statement(c, k + 1)
    )
