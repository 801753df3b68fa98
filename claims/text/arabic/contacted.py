"""Who was asked: a party that has not answered, and the one who answers next."""

from claims.text.arabic.clause import Clause, Said
from claims.text.arabic.hops import is_outlet
from claims.text.arabic.lexicon import bare_noun, can_speak, has
from claims.text.arabic.names import Name
from claims.text.normalise import fold

_CONTACTS = frozenset(
    fold(stem + end)
    for stem in ("تواصل", "اتصل", "راسل", "أرسل", "توجه", "حاول", "سأل", "طلب", "خاطب")
    for end in ("", "ت", "نا", "وا")
)
_UNANSWERED = frozenset(
    map(fold, ("يتلق", "تتلق", "نتلق", "يصله", "يصلها", "يصلنا", "تصلنا", "يحصل", "تحصل", "نحصل", "يرد", "ترد",
               "يجب", "تجب", "يستجب", "تستجب", "يأت", "يأتنا", "يردوا", "يجيبوا"))
)  # fmt: skip


def unanswered(c: Clause, at: int) -> Said | None:
    """Silence of whoever was contacted in this clause; None where the clause is no such thing."""
    asked = next(
        (k for k in range(at, min(at + 3, c.last)) if c.word(k).removeprefix("و") in _CONTACTS), None
    )
    if asked is None or not _by_outlet(c, asked):
        return None
    negated = (k for k in range(asked + 2, c.last - 1) if c.word(k).lstrip("وف") == "لم")
    no = next((k for k in negated if _no_answer(c, k + 1)), None)
    name = _partner(c, asked, no) if no else None
    return (
        Said("silence", "no_comment", ((name.first, name.last),), cue=(no, no + 2), body=c.last)
        if name and no
        else None
    )


def _by_outlet(c: Clause, asked: int) -> bool:
    """Whether a medium or «we» asked: not «تواصل القصف», «توجه الوفد إلى الوزارة»."""
    near = range(asked + 1, min(asked + 4, c.last))
    own = c.word(asked).endswith("نا")
    return own or any(is_outlet(c, k) or c.tokens[k].opens or c.word(k).startswith("مراسل") for k in near)


def _no_answer(c: Clause, k: int) -> bool:
    """«لم يرد», «لم يتلق ردا», «لم يحصل على جواب»; «لم يحصل على تمويل» is something else."""
    got = c.word(k).endswith(("تلق", "حصل"))
    answer = any(has("silence-objects", bare_noun(w).removesuffix("ا")) for w in c.words[k + 1 : k + 4])
    return c.word(k) in _UNANSWERED and (answer or not got)


def _partner(c: Clause, asked: int, no: int) -> Name | None:
    """Who was asked: behind «مع», «إلى» or «بـ», else the last of the two that stand after the verb."""
    no -= c.word(no - 1).removeprefix("و") in ("لكنه", "لكنها", "لكنهم")
    for k in range(asked + 1, no):
        with_b = c.word(k).startswith("بال") and _speaks(c, k)
        if with_b or (c.word(k) in ("مع", "الي", "من") and _speaks(c, k + 1)):
            return c.names.read(k + (not with_b), no, cut=True)
    name = c.names.read(asked + 1, no, cut=True)
    other = c.names.read(name.end, no, cut=True) if len(name) and name.end < no else None
    name = other if other and len(other) and _speaks(c, other.first) else name
    return name if len(name) and _speaks(c, name.first) else None


def _speaks(c: Clause, at: int) -> bool:
    return can_speak(c.word(at)) or c.names.known(at) > 0


_WE_ASK = frozenset(map(fold, ("نسأله", "نسألها", "سألناه", "سألناها", "سألته", "سألتها", "أسأله", "أسألها")))


def asks(c: Clause) -> bool:
    """«نسأله عما ذكرته س»: whoever is named in the question is not who answers it."""
    return c.word(c.first).removeprefix("و") in _WE_ASK
