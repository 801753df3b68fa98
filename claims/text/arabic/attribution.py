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
    outer: tuple[int, int] | None = None


_STANCE: dict[CueClass, Stance] = {"deny": "denies", "estimate": "estimates"}
_CODE: dict[CueClass, str] = {
    "say": "reports", "relay": "relays", "distance": "reports", "estimate": "estimates", "deny": "denies",
    "responsibility": "responsibility", "observe": "observes",
}  # fmt: skip


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


def particle_at(c: Clause, i: int) -> bool:
    """Whether the report opens at token i with «أن» or «قوله إن»."""
    return has("particles", c.word(i)) or has("qawl", c.word(i))


def complement(c: Clause, i: int, *, needs: bool, b_opens: bool = False) -> tuple[int, bool]:
    """Where the report begins at or after token i, and whether a particle, colon or verbal noun shows it."""
    if _opens_noun(c, i, b_opens) or (i < c.last and c.tokens[i].quoted):
        return i, True
    for at in range(i, min(i + SCAN, c.last)):
        word = c.word(at)
        if (particle_at(c, at) and c.word(at - 1) not in _NO_REPORT) or word == ":":
            return at, True
        if at > i + 1 and word == "," and verb(c.word(at + 1)) and not _saying_on(c, at + 1):
            break
    at = _past_aside(c, i) if c.word(i) == "," or aside(c, i) else i
    if _opens_noun(c, at, b_opens) or (at < c.last and c.tokens[at].quoted):
        return at, True
    return at, c.word(at) in ("عن", "الي") and not needs


_NO_REPORT = frozenset(("بعد", "قبل", "دون", "منذ", "يمكن", "بد", "بدل", "شرط", "من", "غير", "الا", "كما"))


def _opens_noun(c: Clause, i: int, b_opens: bool) -> bool:
    """Whether a verbal noun, with ب or ل on it or not, opens the report at token i."""
    word = c.word(i)
    rest = word[1:] if word[:1] in "بل" else word
    return bool(word) and (masdar(word) or masdar(rest) or (b_opens and word.startswith("ب")))


def _saying_on(c: Clause, i: int) -> bool:
    """«، قالت إنه» after «نشرت مقطعا» still belongs to the same report."""
    found = verb(c.word(i))
    return found is not None and found.cue in ("say", "distance")


def aside(c: Clause, i: int) -> bool:
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
    if not found or found.cue == "event":
        return None
    if found.cue == "call":
        return _call(c, at, found)
    if found.lemma == "جاء" or (has("passive-reports", c.word(at).lstrip("وف")) and particle_at(c, at + 1)):
        return None
    if found.cue == "relay":
        return _relay(c, at, found)
    return _plain_report(c, at, found)


def _call(c: Clause, at: int, found: Verb) -> Said | None:
    """A call or a threat is let go, but whoever made it has spoken."""
    name = c.names.read(_adverbs(c, at + 1), c.last, cut=True)
    if not len(name) or not _speaks(c, name):
        return Said("reports", names=(), verb=found, dropped=not len(name), cue=(at, at + 1), drop=True)
    return Said("reports", names=((name.first, name.last),), verb=found, cue=(at, at + 1), drop=True)


def _plain_report(c: Clause, at: int, found: Verb) -> Said | None:
    strict = found.lemma in needs_that()
    transitive = found.cue in ("responsibility", "observe", "estimate")
    b_opens = found.lemma in ("افاد", "صرح", "ابلغ", "اعترف", "اخبر", "اقر")
    skip = _adverbs(c, at + 1)
    if particle_at(c, skip) or c.word(skip) == ":":
        return replace(_finish(c, at, found, ()), dropped=True, body=skip)
    name = c.names.read(skip, c.last, b_opens=b_opens, cut=transitive)
    if bare_noun(c.word(name.first)) in ("معلومات", "انباء") and len(name) <= 3:
        return replace(_finish(c, at, found, ()), code="passive", body=name.end)
    if name.first == name.last:
        return _dropped(c, at, found, skip, strict)
    body, shown = complement(c, name.end, needs=strict, b_opens=b_opens)
    if not _stands(c, at, found, name, shown=shown):
        return None
    if (
        found.lemma == "حمل"
        and at > 0
        and c.word(at).startswith("و")
        and c.word(name.end).startswith("المسوول")
    ):
        return replace(_finish(c, at, found, ()), dropped=True, body=name.first)
    parts = with_citing(c, ranges_of(c, name, found), name.end, body)
    name, parts, role = _named_after_comma(c, name, parts, body)
    said = _finish(c, at, found, parts)
    return replace(said, body=body, told=((name.end, body),) if body > name.end else (), role=role)


def _stands(c: Clause, at: int, found: Verb, name: Name, *, shown: bool) -> bool:
    """Whether verb, name and what follows make a report, and not one of the verb's other senses."""
    if not shown and (found.lemma in needs_that() or not _speaks(c, name)):
        return False
    if found.cue == "observe":
        return _observes(c, found, name, shown)
    return found.lemma != "حمل" or "مسوول" in " ".join(c.words[at : c.last])


def _adverbs(c: Clause, i: int) -> int:
    """Past «في وقت سابق», «أيضا», «اليوم» between verb and subject."""
    if c.phrase(i, 3) in ("في وقت سابق", "في وقت لاحق"):
        return i + 3
    if c.word(i) in ("الهجوم", "العمليه", "التفجير", "القصف", "الاستهداف", "المسووليه", "الهجمات", "الضربه"):
        return i + 1
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


def ranges_of(c: Clause, name: Name, found: Verb) -> tuple[tuple[int, int], ...]:
    """Medium first where one was told; «أبلغ مسؤول وكالة كذا» has the medium as its object."""
    if name.medium:
        return (name.medium, (name.first, name.last))
    if found.lemma in ("ابلغ", "اخبر", "افاد") and has("person-heads", bare_noun(c.word(name.first))):
        for at in range(name.first + 1, name.last):
            if c.word(at - 1) in ("مراسل", "مراسله", "مدير", "لدي", "في", "من", "باسم"):
                continue
            if has("media-heads", c.word(at)) or c.names.known(at):
                return ((at, name.last), (name.first, at))
    return ((name.first, name.last),)


def with_citing(
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
    begin, end = _apposition(c, name.last)
    further = _apposition(c, end) if end and c.word(end) == "," and end < body else (0, 0)
    if further[1]:
        begin, end = further
    if not end:
        return name, parts, None
    person = (begin, end)
    if len(name) <= 4 and not further[1]:
        person = (name.first, end)
    moved = Name(name.first, name.last, end)
    return moved, tuple(person if p == (name.first, name.last) else p for p in parts), (name.first, name.last)


def _apposition(c: Clause, comma: int) -> tuple[int, int]:
    """The one to five words after a comma that can be a person's name, up to the next comma or particle; or (0, 0)."""
    near = range(comma + 1, min(comma + 7, c.last))
    end = next((i for i in near if c.word(i) == "," or particle_at(c, i)), 0)
    first = c.word(comma + 1)
    if not 1 <= end - comma - 1 <= 5 or aside(c, comma + 1) or finite(first) or masdar(first):
        return 0, 0
    if first.startswith(("و", "ب")) or first in ("الذي", "التي", "الذين"):
        return 0, 0
    return comma + 1, end


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
        replace(base, names=parts, body=body, told=told, dropped=not len(outer) and found.feminine, role=role)
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
    if not len(name) or not found or found.cue in ("event", "call"):
        return None
    if found.cue == "relay":
        inner = c.names.read(here + 2, c.last) if c.word(here + 1) == "عن" else None
        return _relayed(c, found, name, here, inner) if inner and len(inner) else None
    body, shown = complement(c, here + 1, needs=found.lemma in needs_that())
    if not shown and found.cue in ("say", "observe"):
        return None
    return replace(_finish(c, here, found, ((name.first, name.last),)), body=body, told=((here + 1, body),))


def _relayed(c: Clause, found: Verb, name: Name, here: int, inner: Name) -> Said:
    """«تقارير قد نقلت عن مصادر أمنية»: source first, and a hop after it."""
    body, _ = complement(c, inner.end, needs=False)
    ranges = ((name.first, name.last), (inner.first, inner.last))
    return replace(_finish(c, here, found, ranges), body=body, told=((inner.end, body),))


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
