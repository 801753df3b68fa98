"""Hops beside a speaker's name: the medium that was told, who is cited, the person behind a long title."""

from claims.text.arabic.clause import Clause, aside, particle_at
from claims.text.arabic.lexicon import (
    Verb,
    bare_noun,
    can_speak,
    finite,
    has,
    is_person,
    masdar,
    participle,
    verb,
)
from claims.text.arabic.names import Name
from claims.text.arabic.quantities import number_word
from claims.text.normalise import fold

Parts = tuple[tuple[int, int], ...]


def ranges_of(c: Clause, name: Name, found: Verb) -> Parts:
    """Medium first where one was told; «أبلغ مسؤول وكالة كذا» has the medium as its object."""
    if name.medium:
        return (name.medium, (name.first, name.last))
    if found.lemma in _TELLING and can_speak(c.word(name.first)):
        for at in range(name.first + max(c.names.known(name.first), 1), name.last):
            if c.word(at - 1) in _NO_OBJECT_AFTER or has("media-heads", bare_noun(c.word(at - 1))):
                continue
            body = has("told-bodies", c.word(at)) and at > name.first + 1 and is_person(c.word(name.first))
            if body or has("media-heads", bare_noun(c.word(at))) or c.names.known(at):
                return ((at, name.last), (name.first, at))
    return ((name.first, name.last),)


_TELLING = frozenset(("ابلغ", "اخبر", "افاد"))
_NO_OBJECT_AFTER = frozenset(
    ("مراسل", "مراسله", "مندوب", "مندوبه", "موفد", "موفده", "محرر", "محرره", "صحفي", "صحافي", "مصور",
     "مدير", "رييس", "لدي", "في", "من", "باسم")
)  # fmt: skip


def with_citing(c: Clause, parts: Parts, start: int, body: int) -> Parts:
    """What stands between the name and the report: «، نقلا عن ص،», «في تصريح لوكالة كذا», «في بيان تلقته س»."""
    for at in range(start, min(body, c.last)):
        apart = c.word(at - 1) == "," or has("media-objects", c.word(at - 1))
        person = is_person(c.word(at + 1)) and not number_word(c.word(at + 1))
        from_whom = c.word(at) == "عن" and apart and person
        if from_whom or cites(c, at):
            inner = c.names.read(_past_interviews(c, at + 2 - from_whom), c.last)
            heard = len(inner) > 0 and not (from_whom and _about(c, inner))
            return (*parts, (inner.first, inner.last)) if heard else parts
        medium = told_at(c, at) if len(parts) == 1 else None
        if medium and medium[1] <= max(body, at + 1):
            cited = with_citing(c, (medium, *parts), medium[1], body)
            return cited if len(cited) == 3 else (medium, *parts)
    return parts


def _about(c: Clause, name: Name) -> bool:
    """«نشرت س مقطعا عن ضابط قتل»: a recording about somebody, not from him."""
    found = verb(c.word(name.end))
    return c.word(name.first - 1) == "عن" and found is not None and found.cue == "event"


def _past_interviews(c: Clause, at: int) -> int:
    """«استنادا إلى مقابلات مع س», «إلى شهادات من س»: those who were asked."""
    said = at + number_word(c.word(at))
    if not has("statement-nouns", c.word(said)):
        return at
    at = said
    return at + 2 if c.word(at + 1) in ("مع", "من") else at + number_word(c.word(at + 1))


def cites(c: Clause, at: int) -> bool:
    """«نقلا عن», «مستندة إلى», «على لسان س»; a body's own member («على لسان عضوها») is no hop of its own."""
    pair = (c.word(at), c.word(at + 1))
    if pair == ("علي", "لسان"):
        return not (is_person(c.word(at + 2)) and c.word(at + 2).endswith(("ها", "هم")))
    return pair[0] in _CITING and pair[1] in ("عن", "ب", "الي", "علي")


_CITING = frozenset(
    (
        "نقلا",
        "مستشهده",
        "مستشهدا",
        "ناقلا",
        "ناقله",
        "مستنده",
        "مستندا",
        "مستندين",
        "استنادا",
        "بالاستناد",
        "معتمده",
    )
)


def told_at(c: Clause, at: int) -> tuple[int, int] | None:
    """The medium told at token `at`: «لوكالة كذا», «[في مقابلة] مع قناة كذا», «تلقت س نسخة منه»."""
    if c.word(at - 1) in ("تابع", "التابع", "تابعه", "التابعه"):
        return None
    medium = c.names.medium(at, c.last)
    if medium:
        return medium
    through = c.word(at) in ("مع", "الي") and _stated(c, at) and c.word(at - 1) not in _ASCRIBED
    asked = c.word(at) in _QUESTIONS and c.word(at - 1) in ("علي", "عن")
    if (through or asked) and (is_outlet(c, at + 1) or _title_of_one(c, at + 1)):
        name = c.names.read(at + 1, c.last, cut=True)
        return (name.first, name.last) if len(name) else None
    return _received(c, at)


def _title_of_one(c: Clause, at: int) -> bool:
    """A title in quotation marks, no question: «ردا على سؤال "النهر"», not «"من أطلق النار"»."""
    end = c.names.title(at, c.last)
    return end > 0 and not has("stop-prepositions", c.word(at)) and not any(map(finite, c.words[at:end]))


_ASCRIBED = frozenset(("منسوب", "منسوبه", "نسب", "نسبت"))
_QUESTIONS = frozenset(map(fold, ("سؤال", "أسئلة", "استفسار", "استفسارات")))


def _stated(c: Clause, at: int) -> bool:
    """Whether «في اتصال», «خلال مقابلة» stands just before token `at`."""
    near = c.words[max(c.first, at - 4) : at]
    if c.word(at - 1) in ("متحدثا", "متحدثه", "تحدث", "تحدثت", "تحدثوا", "تحدثا", "يتحدث"):
        return True
    return any(has("statement-nouns", form) for w in near for form in (w, bare_noun(w), _without_suffix(w)))


def _without_suffix(word: str) -> str:
    return next((word.removesuffix(s) for s in ("ها", "هم", "ه") if word.endswith(s)), word)


def is_outlet(c: Clause, at: int) -> bool:
    word = c.word(at)
    named = any(has("media-names", c.phrase(at, n)) for n in (1, 2, 3))
    known = c.names.outlet(at) or (c.names.known(at) > 0 and not is_person(word))
    return has("media-heads", bare_noun(word)) or named or known


def _received(c: Clause, at: int) -> tuple[int, int] | None:
    """«[في بيان] تلقته وكالة كذا», «تلقت كذا نسخة منه», «اطلعت عليه كذا»: who has the statement."""
    met = c.word(at).startswith(("التقا", "التقت", "قابل", "حاور"))
    if not has("receiving-verbs", c.word(at)) or not (met or _stated(c, at)):
        return None
    first = at + 1 + (c.word(at + 1) in ("عليه", "عليها", "به", "بها", "منه", "الي", "معه", "معها"))
    if first >= c.last:
        return None
    name = c.names.read(first, c.last, cut=True)
    own = c.word(first).endswith(("ها", "ه")) and not is_outlet(c, first)
    body = has("told-bodies", bare_noun(c.word(first))) and c.word(at).endswith(("ه", "ها", "هم"))
    outlet = body or is_outlet(c, first) or c.tokens[first].opens or has("reading-verbs", c.word(at))
    if not len(name) or (own and len(name) == 1) or not outlet:
        return None
    last = next((k for k in range(name.first, name.last) if c.word(k) in ("نسخه", "صوره")), name.last)
    return (name.first, last)


def named_after_comma(
    c: Clause, name: Name, parts: Parts, body: int
) -> tuple[Name, Parts, tuple[int, int] | None]:
    """«نائب رئيس كذا، فلان الفلاني، إن»: a long title gives way to the person's name and becomes the role."""
    if c.word(name.last) != "," or name.medium or name.end >= body:
        return name, parts, None
    if c.word(name.last + 1).removeprefix("و") in ("يدعي", "تدعي", "يسمي", "تسمي", "اسمه", "اسمها"):
        called = c.names.read(name.last + 2, c.last)
        if not len(called):
            return name, parts, None
        moved = Name(name.first, name.last, called.end)
        person = (called.first, called.last)
        return moved, tuple(person if p == (name.first, name.last) else p for p in parts), None
    begin, end = apposition(c, name.last)
    further = apposition(c, end) if end and c.word(end) == "," and end < body else (0, 0)
    if further[1]:
        begin, end = further
    if not end:
        return name, parts, None
    if titled_after(c, name.first, begin):
        return Name(name.first, name.last, end), parts, (begin, end)
    person = (begin, end)
    if len(name) <= 4 and not further[1]:
        person = (name.first, end)
    moved = Name(name.first, name.last, end)
    return moved, tuple(person if p == (name.first, name.last) else p for p in parts), (name.first, name.last)


def titled_after(c: Clause, first: int, begin: int) -> bool:
    """«كاثرين راسل، المديرة التنفيذية لكذا»: the person is named before the comma and the title follows."""
    return not can_speak(c.word(first)) and not c.names.known(first) and is_person(c.word(begin))


def apposition(c: Clause, comma: int, *, tail: bool = False) -> tuple[int, int]:
    """The one to five words after a comma that can be a person's name, up to the next comma or particle; or (0, 0).

    `tail`: the end of the clause closes it as well.
    """
    near = range(comma + 1, min(comma + 8, c.last))
    end = next((i for i in near if c.word(i) == "," or particle_at(c, i)), 0)
    end = end or (c.last if tail and c.last - comma <= 7 else 0)
    first = c.word(comma + 1)
    if participle(first) or cites(c, comma + 1) or has("receiving-verbs", first):
        return 0, 0
    if has("connectives", c.phrase(comma + 1, 2)) or has("connectives", first) or number_word(first):
        return 0, 0
    if (
        not 1 <= end - comma - 1 <= 6
        or aside(c, comma + 1)
        or masdar(first)
        or (finite(first) and first[0] != "ف")
    ):
        return 0, 0
    if first.startswith(("و", "ب")) and not c.names.known(comma + 1) and len(first) > 4:
        return 0, 0
    if (
        (has("stop-prepositions", first) and not c.names.is_ali(comma + 1))
        or c.names.medium(comma + 1, c.last)
        or not c.tokens[comma + 1].is_word
    ):
        return 0, 0
    return comma + 1, end
