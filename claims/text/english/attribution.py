"""Who says an English clause: subject and verb in either order, "according to", citing, telling, silence."""

from dataclasses import replace
from functools import partial

from claims.text.english.cited import cited_aside, in_citing
from claims.text.english.clause import CODES, STANCES, Clause, Range, Said
from claims.text.english.dates import MONTHS, WEEKDAYS
from claims.text.english.introductions import named_as
from claims.text.english.lexicon import CueClass, finite, has, proper, speaker
from claims.text.english.names import is_name, name_before, opens_aside
from claims.text.english.relays import carrier, denies_as, listener, outlet, quoted_saying, told
from claims.text.english.verbs import main_verb
from claims.text.registry import longest_name


def find_report(c: Clause, start: int) -> Said | None:
    """Who reports the clause: a name with its verb at the end or in brackets before one at the head."""
    first: Said | None = None
    for i in range(start, c.last):
        kind = main_verb(c, i)
        if not kind or in_citing(c, i):
            continue
        said = (_verb_subject(c, i) if kind == "say" else None) or _subject_verb(c, i, kind, start)
        if said and said.tail:
            return _within(c, said, first, start)
        first = first or said
    return first


def _within(c: Clause, tail: Said, inner: Said | None, start: int) -> Said:
    """ "The master reported two boats, the firm said": the report that another passes on is a hop."""
    if not inner or len(tail.names) > 1 or inner.begin > start + 1 or inner.code == "responsibility":
        return tail
    if inner.drop or not inner.names or has("pronouns", c.word(inner.names[0][0])):
        return tail
    if has("pronouns", c.word(tail.names[0][0])) or _same_body(c, tail.names[0], inner.names[0]):
        kept = inner.stance if tail.stance == "asserts" else tail.stance
        return replace(tail, names=inner.names, role=inner.role, stance=kept)
    verb = c.word(inner.cue[0])  # "Forces concluded a sweep, the army announced": a deed, not a report
    if has("say-needs-that", verb) and not has("observes", verb) and not c.states(inner.cue[1], tail.begin):
        return tail
    stance = inner.stance if tail.stance == "asserts" else tail.stance
    return replace(tail, names=(*tail.names, *inner.names), stance=stance, code="relays")


def _same_body(c: Clause, outer: Range, inner: Range) -> bool:
    """ "Quadrant documented nine strikes, the group said": one and the same."""
    words = c.words(outer)
    return (
        words[0] == "the" and len(words) == 2 and words[1] in _SELF and not any(map(speaker, c.words(inner)))
    )


_SELF = frozenset(
    ("group", "organisation", "organization", "charity", "monitor", "watchdog", "institute", "lab")
)


def _subject_verb(c: Clause, i: int, kind: CueClass, start: int) -> Said | None:
    found = name_before(c, i, start)
    if not found:
        return None
    name, role, asides, begin = found
    if has("pronouns", c.word(name[0])):
        name = _topic(c, name)
    given = named_as(c, start, i)
    if given and (given == name or not _has_name(c, name)):
        name, role = given, name if given != name else (start, _described_to(c, start, given[0]))
    medium, after = told(c, i)
    put_in = (
        c.word(after) == "," and c.word(after + 1) == "that"
    )  # "The general said, Interfax reported, that"
    tail = _set_off(c, begin, start, i) and (put_in or _closes(c, _past_time(c, after)))
    before = [] if tail else [(start, begin)]
    medium = medium or next((m for a in (*before, *asides) if (m := carrier(c, *a))), None)
    medium = medium or carrier(c, i + 1, _saying_ends(c, after)) or carrier(c, name[1], i)
    quoted = quoted_saying(c, i)
    body, shown = _body(c, after)
    if (
        has("say-needs-that", c.word(i))
        and kind == "say"
        and not (quoted or _certain(c, i, name, shown, tail))
    ):
        return None
    kind = _claimed(c, i, kind)
    if c.word(i) in ("warned", "warns") and c.word(after) == "that" and not _may_come(c, after + 1):
        kind = "say"
    medium = medium or next((m for a in asides if (m := listener(c, a))), None)
    names = (medium, name) if medium else (name,)
    names = (*names, *(a for a in map(partial(cited_aside, c), asides) if a))
    if quoted:
        names, body = (*names, *quoted[0]), quoted[1]
        kind = "deny" if denies_as(c, i) else kind
    said = Said(
        CODES.get(kind, "reports"), STANCES.get(kind, "asserts"), names, (i, i + 1), body=body,
        told=((i, body), *_by_the_way(c, asides)),
        drop=kind == "call", role=role, tail=tail, begin=begin,
    )  # fmt: skip
    return replace(said, body=c.first, told=((begin, c.last),)) if tail else said


def _by_the_way(c: Clause, asides: list[Range]) -> list[Range]:
    """ "speaking after a meeting on Monday": days of the saying, where "who fled on Monday" tells of the event."""
    return [a for a in asides if c.word(a[0]) not in ("who", "which", "whose")]


def _topic(c: Clause, pronoun: Range) -> Range:
    """ "As for the army, it denied": the army, else the pronoun."""
    if c.text(c.first, c.first + 2) != "as for":
        return pronoun
    return c.first + 2, _described_to(c, c.first + 2, pronoun[0])


def _described_to(c: Clause, start: int, last: int) -> int:
    """Where the description before a name given by the way ends: "The doctor"."""
    return next((k for k in range(start + 1, last) if c.word(k) == "," or has("relatives", c.word(k))), last)


def _has_name(c: Clause, name: Range) -> bool:
    """Whether a person is named there, past a capital that only opens the sentence."""
    if c.word(name[0]) in ("a", "an", "one", "another"):
        return False
    return any(proper(c.tokens[k]) for k in range(name[0] + 1, name[1])) or name[1] - name[0] == 1


def _may_come(c: Clause, at: int) -> bool:
    """Whether a warning is of what may come, not of what has happened."""
    return any(
        c.word(k) in ("could", "would", "will", "may", "might", "must", "if", "is", "are")
        for k in range(at, at + 12)
    )


def _saying_ends(c: Clause, at: int) -> int:
    """Where the words about the saying end and what is said begins."""
    that = next((k for k in range(at, min(at + 16, c.last)) if c.word(k) in ("that", ":")), 0)
    return that or next((k for k in range(at, c.last) if _verb_of_its_own(c, k)), c.last)


def _certain(c: Clause, i: int, name: Range, shown: bool, tail: bool) -> bool:
    """Whether a verb that says much else besides reports here."""
    if c.word(i) in ("posted", "published", "shared") and c.word(c.first) and _colon_quotes(c, i):
        return True
    if tail or (c.word(i) in ("report", "claim") and c.word(i + 1) == "that" and c.word(i - 1).endswith("s")):
        return True
    if has("puts", c.word(i)) and any(proper(c.tokens[k]) for k in range(*name)):
        return True
    named = [proper(c.tokens[k]) for k in range(*name) if c.tokens[k].is_word and c.word(k) != "the"]
    if all(named) and (c.word(i + 1) == "that" or _claims_that(c, i) or has("observes", c.word(i))):
        return True
    if c.word(i) in ("reports", "report") and c.word(i + 1) in ("no", "all"):
        return _speaks(c, name)
    if c.word(i + 1) in (
        "hearing",
        "seeing",
        "finding",
        "being",
        "having",
    ):  # "residents described hearing jets"
        return _speaks(c, name)
    ours = c.word(i) in ("reports", "report") and any(has("reporters", w) for w in c.words(name))
    named_so = ours or (has("naming", c.word(i)) and "as" in c.words((i + 2, min(i + 7, c.last))))
    if c.word(i) in ("has", "have", "had"):
        return _speaks(c, name)
    sure = shown or named_so or has("observes", c.word(i)) or has("puts", c.word(i))
    return sure and _speaks(c, name)


def _claims_that(c: Clause, i: int) -> bool:
    """ "Moscow claims it only hit barracks"."""
    return c.word(i) in ("claims", "claim", "maintains", "states") and (
        any(has(name, c.word(i + 1)) for name in ("pronouns", "determiners"))
        or c.word(i + 1) in ("there", "no")
        or c.word(i + 1).isdigit()
    )


def _colon_quotes(c: Clause, i: int) -> bool:
    """ "posted on Telegram: "A house was hit": the colon opens what is said."""
    return any(c.word(k) == ":" and c.tokens[min(k + 1, c.last - 1)].quoted for k in range(i + 1, i + 8))


def _set_off(c: Clause, begin: int, start: int, i: int) -> bool:
    """Whether a comma, dash or the end of a quotation stands between what is said and the name."""
    dateline = c.word(begin - 1) == "-" and not c.states(start, begin)
    if dateline and has("say-needs-that", c.word(i)):  # "ERBIL (Nahr) - Forces have concluded ..."
        return False
    return begin > start + 1 and (c.word(begin - 1) in (",", "-") or c.speech(begin - 1))


def _closes(c: Clause, after: int) -> bool:
    """Whether nothing more is said after the verb, or a mark shows that the report was put in between."""
    if after >= c.last or c.word(after) in (",", "-") or c.speech(after):
        return True
    return c.word(after) not in ("that", ":") and not any(
        c.word(k) == "that" or _verb_of_its_own(c, k) for k in range(after, _aside_begins(c, after))
    )


def _verb_of_its_own(c: Clause, k: int) -> bool:
    """Not "published" in "in a statement published on Monday"."""
    return c.verbal(k) and not has("statement-words", c.word(k - 1))


def _aside_begins(c: Clause, after: int) -> int:
    return next(
        (k for k in range(after, c.last) if c.word(k) in (",", "citing", "quoting", "because")), c.last
    )


def _speaks(c: Clause, s: Range) -> bool:
    """Whether the name is headed by someone who can speak, or known."""
    words = c.words(s)
    bare = words[1:] if words[0] == "the" else words
    known = longest_name(words, c.sources) or longest_name(bare, c.sources) or has("pronouns", words[0])
    return bool(known) or any(map(speaker, words))


def _claimed(c: Clause, i: int, kind: CueClass) -> CueClass:
    return (
        "responsibility" if c.word(i).startswith("claim") and "responsibility" in c.text(i, i + 3) else kind
    )


def _body(c: Clause, at: int) -> tuple[int, bool]:
    """Where what is said begins after the verb; and whether "that", a colon or a clause shows it."""
    for k in range(at, min(at + 14, c.last)):
        if c.word(k) == "that" or c.word(k) == ":":
            return k + 1, True
        if c.word(k) == "," and k > at:
            break
    here = _past_time(c, at)
    return here, any(finite(c.word(k)) for k in range(here, min(here + 14, c.last)))


_TIME_LEADS = frozenset(
    (
        "on",
        "late",
        "early",
        "earlier",
        "in",
        "at",
        "via",
        "by",
        "through",
        "over",
        "during",
        "yesterday",
        "later",
        "separately",
        "last",
        "from",
    )
)


def _past_time(c: Clause, at: int) -> int:
    """Past "on Monday", "in a statement on Telegram", "late on Sunday"."""
    if c.word(at) == ",":
        at += 1
    moved = True
    while moved and at < c.last:
        moved = False
        if c.word(at) in _TIME_LEADS:
            for k in range(at + 1, min(at + 6, c.last)):
                if time_or_statement(c, k):
                    at, moved = k + 1, True
                    break
        elif time_or_statement(c, at) and proper(c.tokens[at]):
            at, moved = at + 1, True
    return at


def time_or_statement(c: Clause, k: int) -> bool:
    word = c.word(k)
    return (
        word in WEEKDAYS
        or (word in MONTHS and c.tokens[k].capital)
        or has("statement-words", word)
        or word in ("night", "morning", "evening")
    )


def _verb_subject(c: Clause, i: int) -> Said | None:
    """ "P, said S" at the end."""
    parted = c.word(i - 1) in (",", "-") or c.speech(i - 1)
    if i < c.first + 2 or not parted or not has("inverts", c.word(i)) or not _proposes(c, i):
        return None
    heard, at = _told_first(c, i)
    end = _inverted_ends(c, at)
    if not 1 <= end - at <= 12 or not is_name(c, (at, end), whole=True) or not _opens_name(c, at):
        return None
    relative = next(
        (
            k
            for k in range(end, c.last)
            if has("relatives", c.word(k)) or c.speech(k) or c.word(k).endswith("ing")
        ),
        c.last,
    )
    if any(_verb_of_its_own(c, k) for k in range(end, relative)) or c.states(at + 2, end):
        return None
    said = Said("reports", names=((at, end),), cue=(i, i + 1), body=c.first, told=((i, c.last),))
    role = _role_after(c, end)
    given = None if _has_name(c, (at, end)) else named_as(c, end, c.last)
    if given:
        said, role = replace(said, names=(given,)), (at, end)
    if role and has("determiners", c.word(at)) and all(proper(c.tokens[k]) for k in range(*role)):
        said, role = replace(said, names=(role,)), (at, end)
    medium = heard or carrier(c, end, c.last)
    if medium:
        said = replace(said, names=(medium, *said.names))
    return replace(said, tail=True, begin=i, role=role)


def _told_first(c: Clause, i: int) -> tuple[Range | None, int]:
    """ "affirmed to AFP this Wednesday Commander Ben Ali": the outlet, and where the speaker begins."""
    first = i + 2 + (c.word(i + 2) == "the")
    end = next((k for k in range(first, c.last) if not proper(c.tokens[k])), c.last)
    if c.word(i + 1) != "to" or not outlet(c, (i + 2, end), trusted=True):
        return None, i + 1
    heard = i + 2, end
    while end < c.last and (c.word(end) in ("on", "this", "yesterday", "today") or c.word(end) in WEEKDAYS):
        end += 1
    return heard, end


def _said_to(c: Clause, k: int) -> bool:
    """The "to" of "said the guard to Radio Nil"."""
    if c.word(k) != "to":
        return False
    end = next((j for j in range(k + 1, c.last) if _parts(c, j)), c.last)
    return outlet(c, (k + 1, end), trusted=False)


def _inverted_ends(c: Clause, at: int) -> int:
    """Where the speaker after the verb ends."""
    stops = (k for k in range(at, c.last) if _parts(c, k) or (c.word(k) == "who" and k > at + 1))
    end = next(stops, c.last)
    end = next((k for k in range(at + 1, end) if _said_to(c, k)), end)
    return next((k for k in range(at + 1, end) if c.word(k) in ("in", "on") and _says_where(c, k)), end)


def _proposes(c: Clause, i: int) -> bool:
    """Whether the words before i say something: more than "Khaled Nimr, the owner,"."""
    if c.speech(i - 1) or c.speech(i - 2):
        return True
    return any(c.states(*s) or c.speech(s[0]) for s in c.segments(i) if not opens_aside(c, s))


def _role_after(c: Clause, end: int) -> Range | None:
    """Who that is, after the name: "said Olha Bondar, a nurse"."""
    if c.word(end) != ",":
        return None
    stop = next(
        (k for k in range(end + 1, c.last) if c.word(k) == "," or has("relatives", c.word(k))), c.last
    )
    return (end + 1, stop) if 0 < stop - end - 1 <= 12 and not has("relatives", c.word(end + 1)) else None


def _opens_name(c: Clause, k: int) -> bool:
    return (
        c.word(k) in ("the", "a", "an", "its", "his", "their", "one", "two")
        or proper(c.tokens[k])
        or speaker(c.word(k))
    )


def _parts(c: Clause, k: int) -> bool:
    return c.word(k) in (",", "(", "adding") or (c.word(k) == "-" and not c.hyphen(k)) or c.speech(k)


def _says_where(c: Clause, k: int) -> bool:
    """ "on Telegram", "in a statement", "on Monday": words about the saying."""
    return any(time_or_statement(c, j) for j in range(k + 1, min(k + 4, c.last)))
