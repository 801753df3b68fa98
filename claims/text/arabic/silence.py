"""Arabic silence and denial without a verb of denying: «لم يصدر عن», «لا صحة لـ»."""

from dataclasses import replace

from claims.text.arabic.clause import Clause, Said
from claims.text.arabic.lexicon import bare_noun, can_speak, has, is_person, masdar, verb
from claims.text.arabic.names import Name

REFUSALS = frozenset(
    ("رفض", "رفضت", "رفضا", "رفضتا", "رفضوا", "يرفض", "ترفض", "امتنع", "امتنعت", "التزم", "التزمت", "احجم", "احجمت",
     "تحفظ", "تحفظت", "اعتذر", "اعتذرت", "تجنب", "تجنبت", "لاذ", "لاذت", "فضل", "فضلت")
)  # fmt: skip
_NOBODY = frozenset(("اي", "ايه", "احد", "جهه"))


def refuses(word: str) -> bool:
    """Whether a party refuses by this verb, «و» or «ف» before it allowed: «فرفضت», but «فضلت»."""
    return word in REFUSALS or (word[:1] in ("و", "ف") and word[1:] in REFUSALS)


def past_own_name(c: Clause, at: int) -> int:
    """Past «رفض الكشف عن هويته», «فضل عدم ذكر اسمها», which hides a name and no news; 0 where this is no such thing."""
    if not refuses(c.word(at)) and c.word(at) not in ("طلب", "طلبت", "طلبوا", "اشترط", "اشترطت", "اشترطوا"):
        return 0
    near = range(at + 1, min(at + 6, c.last))
    k = next((k for k in near if c.word(k) in _OWN_NAME), 0)
    found = verb(c.word(k + 1)) if k else None
    closed = c.word(k + 1) == "," and (c.word(at - 1) == "," or is_person(c.word(at - 1)))
    return k + 1 if closed or (found and found.cue in ("say", "deny", "distance")) else 0


_OWN_NAME = frozenset(("اسمه", "اسمها", "اسمهم", "اسميهما", "اسمايهم", "هويته", "هويتها", "هويتهم"))


def silence(c: Clause, at: int) -> Said | None:
    """A party that has not spoken, or nobody at all; None where the clause is no silence."""
    opened = verb(c.word(at))
    if opened and opened.cue in ("say", "distance", "relay"):
        return None
    for i in range(at, min(at + 4, c.last)):
        word = c.word(i).lstrip("وف")
        if i > at and past_own_name(c, i):
            return None
        if refuses(c.word(i)):
            return (_after_name(c, at) if i > at else None) or _refusal(c, i)
        if word in ("تعذر", "يتعذر", "تعذرت"):
            return _could_not(c, i, i)
        if word in ("لم", "لا", "ولم", "ولا") or c.word(i) in ("ولم", "ولا", "فلم"):
            return (_after_name(c, at) if i > at else None) or _negated(c, i)
        if verb(c.word(i)) and i > at:
            return None
    return _after_name(c, at)


def _after_name(c: Clause, at: int) -> Said | None:
    """«قسد لم تعلق», «الجيش امتنع عن التعليق»."""
    if not (can_speak(c.word(at)) or c.names.known(at)):
        return None
    name = c.names.read(at, c.last)
    here = name.end + (c.word(name.end) == "قد")
    refused = refuses(c.word(here)) and not past_own_name(c, here)
    if not len(name) or (c.word(here).lstrip("ف") not in ("لم", "لا") and not refused):
        return None
    said = _refusal(c, here) if refused else _negated(c, here)
    return replace(said, names=((name.first, name.last),), dropped=False) if said else None


_BY_SOMEONE = frozenset(
    (
        "تورد",
        "يورد",
        "تذكر",
        "يذكر",
        "تقدم",
        "يقدم",
        "توضح",
        "يوضح",
        "تعلن",
        "يعلن",
        "تكشف",
        "يكشف",
        "تنشر",
        "ينشر",
    )
)
_WITHHELD = (
    "التعليق", "التعقيب", "الصمت", "الادلاء", "الاجابه", "الرد علي", "الكشف", "تاكيد", "تحديد", "الافصاح", "توضيح",
    "الخوض", "اعطاء", "تقديم تفاصيل", "ذكر", "اي تعليق", "اي توضيح",
)  # fmt: skip


def _refusal(c: Clause, i: int) -> Said | None:
    name = c.names.read(i + 1 + (c.word(i + 1) in ("فيه", "فيها")), c.last, cut=True)
    held = next((k for k in range(name.first, min(name.end + 9, c.last)) if _withheld(c, k)), 0)
    if not held or any(_other_object(c, k) for k in range(max(name.end, i + 1), held)):
        return None
    if c.word(i).endswith(("فضل", "فضلت")) and c.word(held - 1) != "عدم" and c.word(held) != "الصمت":
        return None
    if held < name.last:
        name = Name(name.first, held - (c.word(held - 1) == "عدم"), held)
    return replace(_quiet(c, i, name), dropped=not len(name))


def _withheld(c: Clause, k: int) -> bool:
    """Whether what a party refuses to say or do stands at token k: «التعليق», «الإدلاء بأي تصريح», «إصدار بيان»."""
    if bare_noun(c.word(k)) == "اصدار":
        return any(has("silence-objects", bare_noun(w)) for w in c.words[k + 1 : k + 3])
    words = {c.phrase(k, n).removeprefix("ب") for n in (1, 2)}
    return any(w in words for w in _WITHHELD)


def _other_object(c: Clause, k: int) -> bool:
    """Whether what is refused is another thing: «رفض السكان إخلاء القرية رغم تأكيد الجيش»."""
    word = c.word(k)
    return word != "عدم" and (masdar(word) or masdar(bare_noun(word)) or word in ("رغم", "بعد", "طلب"))


def _quiet(c: Clause, i: int, name: Name) -> Said:
    names = ((name.first, name.last),) if len(name) else ()
    return Said("silence", "no_comment", names, cue=(i, i + 2), body=c.last, dropped=False)


def _negated(c: Clause, i: int) -> Said | None:
    if c.word(i).lstrip("وف") in ("لا",):
        return _no(c, i)
    at = i + 1
    if not has("silence-verbs", c.word(at)):
        return _unsaid(c, i, at)
    if c.word(at) in ("يتم", "تتم") and not any(w in ("التاكد", "التحقق") for w in c.words[at : at + 5]):
        return None
    if c.word(at) in ("يشا", "تشا"):
        name = c.names.read(at + 1, c.last, cut=True) if _speaker(c, at + 1) else Name(at, at, at)
        return replace(_quiet(c, i, name), dropped=not len(name))
    if c.word(at) in ("يتسن", "يتسني", "تتسن", "تتمكن", "يتمكن", "يتم", "تتم"):
        return _could_not(c, i, at)
    return _answer_from(c, i, at) or _nobody(c, i, at) or _silent_party(c, i, at)


def _nobody(c: Clause, i: int, at: int) -> Said | None:
    """«لم تعلن أي جهة», «لم ترد تفاصيل»: nobody has spoken; «لم تورد أي حصيلة» is of whoever spoke before."""
    nxt = c.word(at + 1)
    if (nxt in ("اي", "ايه") and c.word(at) not in ("يصدر", "تصدر", "يرد", "ترد", "يدل", "تدل")) or (
        nxt in _NOBODY and c.word(at + 2) in ("جهه", "طرف", "فصيل", "تنظيم", "احد", "جماعه")
    ):
        party = can_speak(c.word(at + 2)) and not has("statement-nouns", c.word(at + 2))
        withheld = nxt in ("اي", "ايه") and not party and c.word(at) in _BY_SOMEONE
        return replace(_quiet(c, i, Name(at, at, at)), dropped=withheld)
    if c.word(at) in ("ترد", "تتوفر", "يتوفر", "تتوافر", "تتضح", "يتضح", "تعرف", "يعرف") and not _speaker(
        c, at + 1
    ):
        k = next((k for k in range(at + 1, c.last - 1) if c.word(k) == "من" and _speaker(c, k + 1)), None)
        return _quiet(c, i, c.names.read(k + 1, c.last) if k else Name(at, at, at))
    return None


def _unsaid(c: Clause, i: int, at: int) -> Said | None:
    """«لم تؤكدها واشنطن»: the object hangs on the verb."""
    word = c.word(at)
    bare = next((word.removesuffix(t) for t in ("ها", "ه", "هم") if word.endswith(t)), "")
    if not has("silence-verbs", bare) or not _speaker(c, at + 1):
        return None
    return _quiet(c, i, c.names.read(at + 1, c.last, cut=True))


def _speaker(c: Clause, i: int) -> bool:
    return can_speak(c.word(i)) or c.names.known(i) > 0


def _could_not(c: Clause, i: int, at: int) -> Said | None:
    """«لم يتسن لوكالة كذا التحقق»: the one who could not check is the source."""
    words = c.words[at : c.last]
    got = "الحصول" in words and any(has("silence-objects", bare_noun(w)) or w == "معلومات" for w in words)
    if not got and not any(w in ("التحقق", "التاكد", "التواصل") for w in words):
        return None
    if c.word(at + 1) == "من" and c.words[i - 1].endswith(("لكنه", "لكنها", "لكنهم")):
        return replace(_quiet(c, i, Name(i, i, i)), dropped=True)
    asked = _asked(c, at)
    at += c.word(at + 1) == "علي"
    if asked:
        return _quiet(c, i, asked)
    name = c.names.read(at + 1, c.last)
    for stop in range(name.first, name.last):
        if c.word(stop) in ("التحقق", "التاكد", "الحصول"):
            name = Name(name.first, stop - (c.word(stop - 1) == "من"), stop)
            break
    if name.medium and not len(name):
        name = Name(*name.medium, name.medium[1])
    return _quiet(c, i, name)


def _answer_from(c: Clause, i: int, at: int) -> Said | None:
    """«لم نتلق ردا من س»: who has not answered."""
    if c.word(at) not in ("نتلق", "يتلق", "تتلق") or not any(
        w.startswith(("رد", "جواب", "اجاب", "تعليق")) for w in c.words[at + 1 : at + 4]
    ):
        return None
    near = range(at + 1, min(at + 9, c.last - 1))
    k = next((k for k in near if c.word(k) == "من" and _speaker(c, k + 1)), 0)
    name = c.names.read(k + 1, c.last) if k and not any(map(_happens, c.words[at + 1 : k])) else None
    return _quiet(c, i, name) if name and len(name) else None


def _happens(word: str) -> bool:
    found = verb(word)
    return found is not None and found.cue == "event"


def _asked(c: Clause, at: int) -> Name | None:
    """«لم يتسن الحصول على رد من س»: who has not answered."""
    words = c.words[at : c.last]
    answer = "الحصول" in words and any(w in ("رد", "تعليق", "تعقيب", "توضيح") for w in words)
    if not answer and "التواصل" not in words:
        return None
    k = next((k for k in range(at, c.last - 1) if c.word(k) in ("من", "عن", "مع") and _speaker(c, k + 1)), 0)
    name = c.names.read(k + 1, c.last) if k else None
    return name if name and len(name) else None


def _silent_party(c: Clause, i: int, at: int) -> Said | None:
    """«لم يصدر عن س أي تعليق», «لم تعلق س على»."""
    word = c.word(at)
    at += c.word(at + 1) in ("عليه", "عليها", "عليهم", "عنه", "عنها", "بعد")
    text = c.words[at + 1 : c.last]
    if word in ("يصدر", "تصدر", "يرد", "ترد"):
        for k in range(at + 1, min(at + 14, c.last)):
            k += c.word(k) == "من" and c.word(k + 1) in ("جانب", "قبل", "طرف", "جهه")
            if c.word(k) in ("عن", "من", "جانب", "قبل", "طرف", "جهه") and (
                _speaker(c, k + 1) or _answers_after(c, k)
            ):
                return _quiet(c, i, c.names.read(k + 1, c.last))
    name = c.names.read(at + 1, c.last, cut=True)
    if not _speaker(c, at + 1) and not (
        has("silence-objects", c.word(name.end)) or c.word(name.end) in ("علي", "عن", "الي")
    ):
        name = Name(at + 1, at + 1, at + 1)
    pronoun = i > 0 and c.words[i - 1] in ("لكنها", "لكنه", "لكنهم", "ولكنها", "ولكنه")
    if word in ("تذكر", "يذكر", "تبين", "يبين", "يوكد", "توكد") and not len(name) and not pronoun:
        return None
    if (
        not len(name)
        and not pronoun
        and not any(has("silence-objects", w) or w in ("علي", "الي", "عن") for w in text[:6])
    ):
        return None
    said = _quiet(c, i, name)
    return replace(said, dropped=not len(name))


def _answers_after(c: Clause, k: int) -> bool:
    """«لم يصدر عن تل أبيب تعقيب»: what was not given stands after the name."""
    near = c.words[k + 2 : min(k + 8, c.last)]
    return (
        c.word(k) == "عن"
        and not has("silence-objects", bare_noun(c.word(k + 1)))
        and any(has("silence-objects", w) for w in near)
    )


def _no(c: Clause, i: int) -> Said | None:
    """«لا صحة لـ», «لا علاقة لـ», «لا علم له», «لا يعرف»."""
    word = c.word(i + 1)
    if word in ("صحه", "علاقه", "اساس", "صله"):
        return Said("denies", "denies", cue=(i, i + 2), body=i + 2)
    if word in ("معلومات", "انباء", "تفاصيل", "توضيح", "توضيحات", "تقارير") and c.word(i + 2) in (
        "عن",
        "حول",
        "بشان",
    ):
        return _quiet(c, i, Name(i, i, i))
    if word in ("تعليق", "تعقيب"):
        name = c.names.read(i + 3, c.last) if c.word(i + 2) in ("من", "عن") else Name(i, i, i)
        return _quiet(c, i, name)
    if word in ("تعلم", "يعلم", "علم", "يعرف", "تعرف"):
        return Said("silence", "no_comment", cue=(i, i + 2), body=c.last, dropped=True)
    return None
