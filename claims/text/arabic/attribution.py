"""Who says an Arabic clause: the cue, the names round it, and where the report begins."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from claims.text.arabic.lexicon import (
    CueClass,
    Verb,
    bare_noun,
    can_speak,
    finite,
    has,
    masdar,
    needs_that,
    participle,
    verb,
)
from claims.text.arabic.names import Name, Names
from claims.text.reading import Stance
from claims.text.registry import KnownSource
from claims.text.tokens import Token

SCAN = 30


@dataclass(frozen=True, slots=True)
class Said:
    """What a clause says about who speaks.

    `names` are token ranges, outermost first. `dropped` asks for the voice used last (that agrees with `verb`).
    `carries` goes on with the chain of the clause before. `told` are token ranges that hold the time of saying.
    """

    code: str
    stance: Stance = "asserts"
    names: tuple[tuple[int, int], ...] = ()
    verb: Verb | None = None
    cue: tuple[int, int] = (0, 0)
    dropped: bool = False
    carries: bool = False
    body: int = 0
    told: tuple[tuple[int, int], ...] = ()
    doubted: bool = False
    drop: bool = False
    role: tuple[int, int] | None = None
    tail: bool = False


_STANCE: dict[CueClass, Stance] = {"deny": "denies", "estimate": "estimates"}
_CODE: dict[CueClass, str] = {
    "say": "reports", "relay": "relays", "distance": "reports", "estimate": "estimates", "deny": "denies",
    "responsibility": "responsibility", "observe": "observes",
}  # fmt: skip
_HEDGES = frozenset(
    (
        "زعمه",
        "زعمها",
        "زعمهم",
        "ادعايه",
        "ادعايها",
        "قوله",
        "قولها",
        "قولهم",
        "وصفه",
        "وصفها",
        "تعبيره",
        "تعبيرها",
        "ذكره",
    )
)


@dataclass(slots=True)
class Clause:
    """One clause of a sentence: tokens [first, last) with helpers that the cues share."""

    tokens: Sequence[Token]
    names: Names
    first: int
    last: int
    sources: Sequence[KnownSource] | None = None
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.words = self.names.words

    def word(self, i: int) -> str:
        return self.words[i] if self.first <= i < self.last else ""

    def phrase(self, i: int, n: int) -> str:
        return " ".join(self.words[i : min(i + n, self.last)])


def opening(c: Clause) -> int:
    """The first token after connectives, «من جهته،» and short lead-ins such as «وفي ميكولايف،»."""
    at, moved = c.first, True
    while moved and at < c.last:
        moved = False
        for n in (4, 3, 2, 1):
            phrase = c.phrase(at, n)
            if has("connectives", phrase) or has("connectives", phrase[1:]) or has("lead-in", phrase):
                at, moved = at + n, True
                break
        while c.word(at) in (",", "|", "-", ":", "*", "/", "."):
            at, moved = at + 1, True
    return _past_lead(c, at)


_LEADS = (
    "في",
    "وفي",
    "من",
    "ومن",
    "علي",
    "وعلي",
    "بعد",
    "وبعد",
    "قبل",
    "وقبل",
    "خلال",
    "وخلال",
    "مع",
    "ومع",
    "عقب",
    "وعقب",
    "اما",
    "واما",
)


def _past_lead(c: Clause, at: int) -> int:
    """Past «وفي بيان منفصل،» where a reporting verb follows the comma."""
    if c.word(at) not in _LEADS and not has("time-words", c.word(at).removeprefix("و")):
        return at
    for comma in range(at + 1, min(at + 9, c.last)):
        found = verb(c.word(comma + 1)) if c.word(comma) == "," else None
        if found and found.cue != "event":
            return comma + 1
    found = verb(c.word(at + 1))
    return at + 1 if found and found.cue != "event" and c.word(at) in ("اما", "واما") else at


def particle_at(c: Clause, i: int) -> bool:
    """Whether the report opens at token i with «أن» or «قوله إن»."""
    return has("particles", c.word(i)) or has("qawl", c.word(i))


def complement(c: Clause, i: int, *, needs: bool, b_opens: bool = False) -> tuple[int, bool]:
    """Where the report begins at or after token i, and whether a particle, colon or verbal noun shows it."""
    for at in range(i, min(i + SCAN, c.last)):
        word = c.word(at)
        if particle_at(c, at) or word == ":":
            return at, True
        if at > i + 1 and word == "," and verb(c.word(at + 1)) and not _saying_on(c, at + 1):
            break
    at = i
    if c.word(at) == "," or _aside(c, at):
        at = _past_aside(c, at)
    word = c.word(at)
    rest = word[1:] if word[:1] in "بل" else word
    if masdar(word) or masdar(rest) or (b_opens and word.startswith("ب")):
        return at, True
    if at < c.last and c.tokens[at].quoted:
        return at, True
    if word in ("عن", "الي") and not needs:
        return at, True
    return at, False


def _saying_on(c: Clause, i: int) -> bool:
    """«، قالت إنه» after «نشرت مقطعا» still belongs to the same report."""
    found = verb(c.word(i))
    return found is not None and found.cue in ("say", "distance")


def _aside(c: Clause, i: int) -> bool:
    return (
        has("stop-prepositions", c.word(i))
        or has("time-words", c.word(i))
        or c.word(i) in ("في", "خلال", "عبر", "علي")
    )


def _past_aside(c: Clause, i: int) -> int:
    """Past «في بيان اليوم،» up to where a verbal noun or «بـ» opens the report, or past the closing comma."""
    comma = 0
    for at in range(i + 1, min(i + 14, c.last)):
        word = c.word(at)
        if (
            masdar(word)
            or (word.startswith("ب") and masdar(word[1:]))
            or (word.startswith("و") is False and masdar(bare_noun(word)) and word.startswith("ب"))
        ):
            return at
        if word == ",":
            comma = at
            if verb(c.word(at + 1)) is None and not has("time-words", c.word(at + 1)):
                return at + 1
    return comma + 1 if comma else i


# -- by verb ------------------------------------------------------------------------


def by_verb(c: Clause, at: int) -> Said | None:
    """A reporting verb at token `at`, its source after it, before it, or dropped."""
    found = verb(c.word(at))
    if not found or found.cue in ("event", "call"):
        return None
    if found.lemma == "جاء" or (has("passive-reports", c.word(at).lstrip("وف")) and particle_at(c, at + 1)):
        return None
    if found.cue == "relay":
        return _relay(c, at, found)
    return _plain_report(c, at, found)


def _plain_report(c: Clause, at: int, found: Verb) -> Said | None:
    strict = found.lemma in needs_that()
    transitive = found.cue in ("responsibility", "observe", "estimate")
    b_opens = found.lemma in ("افاد", "صرح", "ابلغ", "اعترف", "اخبر", "اقر")
    skip = _adverbs(c, at + 1)
    if particle_at(c, skip) or c.word(skip) == ":":
        return replace(_finish(c, at, found, ()), dropped=True, body=skip)
    name = c.names.read(skip, c.last, b_opens=b_opens, cut=transitive)
    if name.first == name.last:
        return _dropped(c, at, found, skip, strict)
    body, shown = complement(c, name.end, needs=strict, b_opens=b_opens)
    if not shown and (strict or not _speaks(c, name)):
        return None
    if found.cue == "observe" and not _observes(c, found, name, shown):
        return None
    if found.lemma in ("حمل",) and "مسوول" not in " ".join(c.words[at : c.last]):
        return None
    parts = _with_citing(c, _parts(c, name, found), name.end, body)
    name, parts, role = _named_after_comma(c, name, parts, body)
    said = _finish(c, at, found, parts)
    return replace(said, body=body, told=((name.end, body),) if body > name.end else (), role=role)


def _adverbs(c: Clause, i: int) -> int:
    """Past «في وقت سابق», «أيضا», «اليوم» between verb and subject."""
    if c.phrase(i, 3) in ("في وقت سابق", "في وقت لاحق"):
        return i + 3
    while has("time-words", c.word(i)) or c.word(i) in (
        "ايضا",
        "كذلك",
        "لاحقا",
        "سابقا",
        "رسميا",
        "موخرا",
        "فيه",
        "فيها",
    ):
        i += 1
        if c.word(i) == "," and not particle_at(c, i + 1):
            i += 1
    return i


def _speaks(c: Clause, name: Name) -> bool:
    head = c.word(name.first)
    return can_speak(head) or c.names.known(name.first) > 0 or c.word(name.first + 1) in ("باسم",)


def _observes(c: Clause, found: Verb, name: Name, shown: bool) -> bool:
    """«نشر» reports only with a clip, post or statement; «رصد» and the like only with someone who can speak."""
    if found.lemma in ("نشر", "بث", "عرض", "وزع", "تداول", "تناقل"):
        return any(
            has("media-objects", w.lstrip("وبل")) or has("media-objects", bare_noun(w))
            for w in c.words[name.first : c.last]
        ) and _speaks(c, name)
    return _speaks(c, name)


def _dropped(c: Clause, at: int, found: Verb, skip: int, strict: bool) -> Said | None:
    """No subject: the voice used last, where what follows is shown to be a report."""
    body, shown = complement(c, skip, needs=strict)
    if shown and found.cue != "observe" and not (strict and body >= c.last):
        told = ((skip, body),) if body > skip else ()
        return replace(_finish(c, at, found, ()), dropped=True, body=body, told=told)
    return None


def _finish(c: Clause, at: int, found: Verb, parts: tuple[tuple[int, int], ...]) -> Said:
    return Said(
        _CODE[found.cue],
        _STANCE.get(found.cue, "asserts"),
        parts,
        found,
        (at, at + 1),
        doubted=found.cue == "distance",
    )


def _parts(c: Clause, name: Name, found: Verb) -> tuple[tuple[int, int], ...]:
    """Medium first where one was told; «أبلغ مسؤول وكالة كذا» has the medium as its object."""
    if name.medium:
        return (name.medium, (name.first, name.last))
    if found.lemma in ("ابلغ", "اخبر"):
        for at in range(name.first + 1, name.last):
            if has("media-heads", c.word(at)) or c.names.known(at):
                return ((at, name.last), (name.first, at))
    return ((name.first, name.last),)


def _with_citing(
    c: Clause, parts: tuple[tuple[int, int], ...], start: int, body: int
) -> tuple[tuple[int, int], ...]:
    """«قالت س، نقلا عن ص، إن» and «قال في تصريح لوكالة كذا»: the hop between the name and the report."""
    for at in range(start, min(body, c.last)):
        if c.word(at) in ("نقلا", "مستشهده", "مستشهدا") and c.word(at + 1) in ("عن", "ب"):
            inner = c.names.read(at + 2, c.last)
            return (*parts, (inner.first, inner.last)) if len(inner) else parts
        medium = (
            c.names.medium(at, c.last)
            if len(parts) == 1 and c.word(at - 1) not in ("تابع", "التابع")
            else None
        )
        if medium and medium[1] <= max(body, at + 1):
            return (medium, *parts)
    return parts


def _named_after_comma(
    c: Clause, name: Name, parts: tuple[tuple[int, int], ...], body: int
) -> tuple[Name, tuple[tuple[int, int], ...], tuple[int, int] | None]:
    """«نائب رئيس كذا، فلان الفلاني، إن»: a long title gives way to the person's name and becomes the role."""
    if c.word(name.last) != "," or name.medium or name.end >= body:
        return name, parts, None
    end = next(
        (
            i
            for i in range(name.last + 1, min(name.last + 7, c.last))
            if c.word(i) == "," or particle_at(c, i)
        ),
        0,
    )
    size = end - name.last - 1
    first = c.word(name.last + 1)
    if (
        not 1 <= size <= 5
        or _aside(c, name.last + 1)
        or finite(first)
        or masdar(first)
        or first.startswith("ب")
    ):
        return name, parts, None
    person = (name.last + 1, end)
    if len(name) <= 4:
        person = (name.first, end)
    moved = Name(name.first, name.last, end)
    return moved, tuple(person if p == (name.first, name.last) else p for p in parts), (name.first, name.last)


def _relay(c: Clause, at: int, found: Verb) -> Said | None:
    """«نقلت س عن ص أن»: two hops. «نقلت الجرحى إلى» is none; «نقلت صفحات أن» is one."""
    outer = c.names.read(at + 1, c.last) if not found.suffixed else Name(at + 1, at + 1, at + 1)
    stop = next(
        (i for i in range(outer.end, min(outer.end + 14, c.last)) if c.word(i) == "عن" or particle_at(c, i)),
        0,
    )
    if not stop or c.word(outer.end) in ("الي",):
        return None
    base = _finish(c, at, found, ((outer.first, outer.last),) if len(outer) else ())
    if particle_at(c, stop):
        return (
            replace(base, code="reports", body=stop, told=((outer.end, stop),), dropped=not len(outer))
            if len(outer)
            else None
        )
    inner = c.names.read(stop + 1, c.last)
    if not len(inner):
        return None
    body, shown = complement(c, inner.end, needs=False)
    inner, parts, role = _named_after_comma(c, inner, (*base.names, (inner.first, inner.last)), body)
    told = ((outer.end, stop), (inner.end, body))
    return (
        replace(base, names=parts, body=body, told=told, dropped=not len(outer), role=role)
        if shown or len(outer)
        else None
    )


def before_verb(c: Clause, at: int) -> Said | None:
    """Source first: «خلية الإعلام الأمني أكدت أن», «لكن الحزب نفى أن»."""
    if not (can_speak(c.word(at)) or c.names.known(at)):
        return None
    name = c.names.read(at, c.last)
    here = name.end
    if len(name) and c.word(here) in ("ف", "قد"):
        here += 1
    found = verb(c.word(here))
    if not len(name) or not found or found.cue in ("event", "call", "relay"):
        return None
    body, shown = complement(c, here + 1, needs=found.lemma in needs_that())
    if not shown and found.cue in ("say", "observe"):
        return None
    return replace(_finish(c, here, found, ((name.first, name.last),)), body=body, told=((here + 1, body),))


def by_colon(c: Clause, at: int) -> Said | None:
    """«س: P» at the head of a line."""
    colon = next((i for i in range(at + 1, min(at + 10, c.last)) if c.word(i) == ":"), 0)
    if not colon or c.last - colon < 4:
        return None
    if not (can_speak(c.word(at)) or c.names.known(at)) or any(finite(w) for w in c.words[at + 1 : colon]):
        return None
    if has("furniture-start", c.phrase(at, colon - at)):
        return None
    name = c.names.read(at, colon)
    parts = _parts(c, name, Verb("", "say")) if len(name) else ((at, colon),)
    return Said("headline-colon", names=parts, cue=(colon, colon + 1), body=colon + 1)


# -- by preposition -----------------------------------------------------------------


def by_preposition(c: Clause, at: int) -> tuple[Said, int] | None:
    """«بحسب س», «وفق ما نقلته س عن ص», «على حد قوله» at token `at`, and the token after it."""
    i = _past_preposition(c, at)
    if not i:
        return None
    if c.word(i) in _HEDGES:
        return Said("according-to", dropped=True, cue=(at, i + 1), body=i + 1, doubted=True, tail=True), i + 1
    relayed = False
    found = verb(c.word(i)) if c.word(i) != "ما" else verb(c.word(i + 1))
    if found and found.cue not in ("event", "call"):
        i += 1 + (c.word(i) == "ما")
        i += c.word(i) in ("به", "عنه", "اليه", "فيه")
        relayed = found.cue == "relay"
    elif c.word(i) == "ما":
        return None
    i = _past_statement(c, i)
    name = c.names.read(i, c.last, b_opens=True)
    if not len(name) or not c.tokens[name.first].is_word:
        return (
            (
                Said(
                    "according-to",
                    verb=found,
                    dropped=True,
                    cue=(at, i),
                    body=i,
                    told=((i, c.last),),
                    tail=True,
                ),
                i,
            )
            if found
            else None
        )
    parts = _parts(c, name, found or Verb("", "say"))
    end = name.end
    inner = _relayed_from(c, end) if relayed else None
    if inner:
        parts, end = (*parts, (inner.first, inner.last)), inner.end
    elif len(parts) == 1 and found:
        parts = _with_citing(c, parts, end, min(end + 8, c.last))
    parts, end, role = _apposed(c, parts, end)
    code = "relays" if len(parts) > 1 else "according-to"
    return Said(
        code, names=parts, verb=found, cue=(at, i), body=end, told=((name.end, end),), tail=True, role=role
    ), end


def _relayed_from(c: Clause, end: int) -> Name | None:
    for at in range(end, min(end + 12, c.last)):
        if c.word(at) == "عن":
            inner = c.names.read(at + 1, c.last)
            return inner if len(inner) else None
    return None


def _apposed(
    c: Clause, parts: tuple[tuple[int, int], ...], end: int
) -> tuple[tuple[tuple[int, int], ...], int, tuple[int, int] | None]:
    """A person's name after a comma, closed by another comma: «نائب رئيس كذا، فلان، فإن»."""
    first, last = parts[-1]
    if c.word(end) != "," or end != last:
        return parts, end, None
    close = next(
        (i for i in range(end + 1, min(end + 7, c.last)) if c.word(i) == "," or particle_at(c, i)), 0
    )
    word = c.word(end + 1)
    if (
        not close
        or not 1 <= close - end - 1 <= 4
        or _aside(c, end + 1)
        or finite(word)
        or masdar(word)
        or word.startswith(("ب", "و"))
    ):
        return parts, end, None
    whole = last - first <= 4
    return (*parts[:-1], (first if whole else end + 1, close)), close, (first, last)


_PREPOSITIONS = frozenset(
    ("بحسب", "حسب", "وفق", "حسبما", "وفقما", "بحسبما", "وبحسب", "وحسب", "ووفق", "وحسبما")
)
_WITH_L = frozenset(("وفقا", "ووفقا", "طبقا", "وطبقا", "استنادا", "واستنادا"))


def _past_preposition(c: Clause, at: int) -> int:
    """The token after the preposition, or 0 where there is none. A clitic ل on the name is part of the cue."""
    word, after = c.word(at), c.word(at + 1)
    if word in _PREPOSITIONS and not (word == "حسب" and after in ("الطلب", "الحاجه", "الظروف")):
        return at + 1
    if word in _WITH_L and (after.startswith("ل") or after == "الي"):
        return at + 1 + (after in ("ل", "الي"))
    if word in ("نقلا", "ونقلا") and after == "عن":
        return at + 2
    if word in ("علي", "وعلي") and after in ("لسان", "حد", "ذمه"):
        return at + 2
    if (
        word in ("كما", "مثلما")
        and (found := verb(after))
        and found.cue in ("say", "relay")
        and not particle_follows(c, at + 2)
    ):
        return at + 1
    if word in ("في", "وفي") and after in ("روايه", "تقدير", "تقديرات") and c.names.known(at + 2):
        return at + 2
    return 0


def particle_follows(c: Clause, i: int) -> bool:
    """Whether «أن» stands within the next ten tokens: then «كما» opens a report of its own."""
    return any(
        particle_at(c, at) or (c.word(at).startswith("ب") and masdar(c.word(at)[1:]))
        for at in range(i, min(i + 10, c.last))
    )


def _past_statement(c: Clause, i: int) -> int:
    """Past «بيان لـ», «تقرير صادر عن», «إحصاءات»: the speaker comes after."""
    if not has("statement-heads", bare_noun(c.word(i))) and not has("statement-heads", c.word(i)):
        return i
    at = i + 1
    while at < min(i + 5, c.last):
        if (
            c.word(at).startswith("ل")
            and len(c.word(at)) > 3
            and (can_speak(bare_noun(c.word(at))) or c.names.known(at) or at == i + 1)
        ):
            return at
        if c.word(at) == "عن":
            return at + 1
        if can_speak(c.word(at)) or c.names.known(at):
            return at
        at += 1
    return i


def find_tail(c: Clause, start: int) -> tuple[Said, int] | None:
    """The last attribution by preposition after token `start`, and where it begins."""
    for at in range(c.last - 1, start, -1):
        if c.last - at > 45:
            break
        if c.word(at) in ("كما",) and c.word(at - 1) != ",":
            continue
        said = by_preposition(c, at)
        if said and (said[0].names or said[0].dropped):
            return said[0], at
    return None


def carried(c: Clause) -> Said | None:
    """A participle such as «مشيرا إلى» or «وأن»: the report goes on."""
    word = c.word(c.first)
    cue = participle(word)
    if cue == "call":
        return Said("continues", carries=True, drop=True, cue=(c.first, c.first + 1))
    if cue:
        return Said(
            "continues" if cue not in ("estimate", "deny") else _CODE[cue], _STANCE.get(cue, "asserts"),
            carries=True, cue=(c.first, c.first + 1), body=c.first + 1, doubted=cue == "distance",
        )  # fmt: skip
    if word.startswith("و") and has("particles", word[1:]):
        return Said("continues", carries=True, cue=(c.first, c.first + 1), body=c.first + 1)
    return None
