"""Arabic attribution by preposition: «بحسب», «وفق ما نقلته س عن ص», «على حد قوله»."""

from dataclasses import replace

from claims.text.arabic.clause import Clause, Said, particle_at
from claims.text.arabic.hops import apposition, cites, ranges_of, titled_after, told_at, with_citing
from claims.text.arabic.lexicon import Verb, bare_noun, can_speak, has, masdar, verb
from claims.text.arabic.names import Name
from claims.text.arabic.silence import past_own_name

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


def by_preposition(c: Clause, at: int) -> tuple[Said, int] | None:
    """«بحسب س», «وفق ما نقلته س عن ص», «على حد قوله» at token `at`, and the token after it."""
    i = _past_preposition(c, at)
    if not i:
        return None
    own = _past_own(c, i)
    if c.word(i) in _HEDGES or own or (c.word(i) in _TO_THEM and c.word(i - 1) in _WITH_L):
        end = max(own, i + 1)
        return Said("according-to", dropped=True, cue=(at, end), body=end, doubted=True, tail=True), end
    if _is_statement(c.word(i)) and c.word(i + 1) in _SENT and c.word(i + 2) in ("الي", ",", ""):
        sent = Verb("ارسل", "say", feminine=c.word(i + 1).endswith(("ته", "تها")))
        told = ((i, c.last),)
        return Said("according-to", verb=sent, dropped=True, cue=(at, i), body=i, told=told, tail=True), i
    reached = _past_verb(c, i)
    if not reached:
        return None
    i, found = reached
    return _told_by(c, at, i, found) or _named_by(c, at, past_statement(c, i), found)


def _past_verb(c: Clause, i: int) -> tuple[int, Verb | None] | None:
    """Past «ما ذكرته», «وثيقة اطلعت عليها», with the verb; None where «ما» is followed by none."""
    if _is_statement(c.word(i)):
        made = verb(c.word(i + 1))
        if c.word(i + 1) in ("اطلع", "اطلعت", "حصل", "حصلت") and c.word(i + 2) in ("عليه", "عليها"):
            return i + 3, Verb(c.word(i + 1), "observe")
        if made and made.suffixed:
            return i + 2 + (c.word(i + 2) in ("عليه", "عليها")), made
    what = c.word(i) in ("ما", "لما")
    found = verb(c.word(i + 1)) if what else verb(c.word(i))
    named = has("verbs-as-names", c.word(i)) and not c.word(i - 1).endswith("ما")
    if not what and (named or c.names.title(i, c.last)):
        found = None
    if what and c.word(i + 1) in ("جاء", "ورد") and c.word(i + 2) == "في":
        return _past_verb(c, i + 3) if verb(c.word(i + 4)) else (i + 3, Verb(c.word(i + 1), "say"))
    if found and found.cue not in ("event", "call"):
        i += 1 + what
        return i + (c.word(i) in ("به", "عنه", "عنها", "عنهم", "بها", "اليه", "فيه")), found
    return None if what else (i, found)


def _told_by(c: Clause, at: int, i: int, found: Verb | None) -> tuple[Said, int] | None:
    """«كما قال لـ س», «وفق ما نقلت عن ص»: whoever spoke last, through or from somebody named here."""
    outlet = c.names.medium(i, c.last) if found and found.cue == "say" else None
    if outlet:
        back = Said(
            "according-to", names=(outlet,), verb=found, cue=(at, i), body=outlet[1], tail=True, back=True
        )
        return back, outlet[1]
    if not found or found.cue != "relay" or c.word(i) != "عن":
        return None
    inner = c.names.read(i + 1, c.last, alone=True)
    if not len(inner):
        return None
    cited = ((inner.first, inner.last),)
    return Said("relays", names=cited, dropped=True, cue=(at, i), body=inner.end, tail=True), inner.end


def _named_by(c: Clause, at: int, i: int, found: Verb | None) -> tuple[Said, int] | None:
    name = c.names.read(i, c.last, b_opens=True, alone=True)
    if not len(name) or not c.tokens[name.first].is_word:
        told = ((i, c.last),)
        nobody = Said("according-to", verb=found, dropped=True, cue=(at, i), body=i, told=told, tail=True)
        return (nobody, i) if found else None
    parts, end = _hops(c, name, found)
    parts, end, role = _apposed(c, parts, end)
    parts, end = _told_after(c, parts, end)
    end = past_own_name(c, end) or end
    code = "relays" if len(parts) > 1 else "according-to"
    told = ((name.end, end),)
    return Said(code, names=parts, verb=found, cue=(at, i), body=end, told=told, tail=True, role=role), end


_SENT = frozenset(
    (
        "ارسلته",
        "ارسلتها",
        "ارسله",
        "اصدرته",
        "اصدرتها",
        "اصدره",
        "وجهته",
        "وجهتها",
        "وجهه",
        "وزعته",
        "وزعه",
        "عممته",
        "عممه",
    )
)


def _past_own(c: Clause, i: int) -> int:
    """The token after «[بحسب] أرقامها», «[وفق] تقريرها السنوي الأخير», of whoever spoke before; else 0."""
    word = c.word(i).removeprefix("ل")
    bare = next((word.removesuffix(s) for s in ("ها", "هم", "ه") if word.endswith(s)), "")
    if len(bare) < 4 or not has("statement-heads", bare):
        return 0
    end = i + 1
    while has("time-words", c.word(end)) or (c.word(end).startswith("ال") and not can_speak(c.word(end))):
        end += 1
    return end if c.word(end) in (",", "") or has("stop-prepositions", c.word(end)) else 0


def _is_statement(word: str) -> bool:
    """A statement, recording or paper, before «أرسلته س», «راجعها ص»."""
    bare = word.removeprefix("ل")
    return any(has(name, w) for name in ("statement-heads", "footage-nouns") for w in (word, bare))


def _hops(c: Clause, name: Name, found: Verb | None) -> tuple[tuple[tuple[int, int], ...], int]:
    """The names outermost first, with whom the first relays or tells, and the token after them."""
    parts = ranges_of(c, name, found or Verb("", "say"))
    end = name.end
    relays = (found and found.cue == "relay") or c.word(end) == "عن"
    inner = _relayed_from(c, end) if relays else None
    if inner:
        return (*parts, (inner.first, inner.last)), inner.end
    if len(parts) == 1 and (found or cites(c, end + (c.word(end) == ","))):
        parts = with_citing(c, parts, end, min(end + 8, c.last))
    return parts, max(end, *(last for _, last in parts))


def _told_after(
    c: Clause, parts: tuple[tuple[int, int], ...], end: int
) -> tuple[tuple[tuple[int, int], ...], int]:
    """«بحسب فلان، لوكالة كذا», «بحسب مصدر تحدث لكذا شريطة ...»: the medium after the name, and the token after it."""
    if len(parts) != 1:
        return parts, end
    at = end + (c.word(end) == ",")
    at += c.word(at) in ("الذي", "التي", "الذين", "اللذين", "وقد")
    at += c.word(at) in ("تحدث", "تحدثت", "تحدثوا", "تحدثا", "تحدثتا")
    told = told_at(c, at)
    if not told or told[0] > at + 1:
        return parts, end
    return (told, *parts), _past_condition(c, told[1])


def _past_condition(c: Clause, end: int) -> int:
    """Past «شريطة عدم ذكر اسمه» after whoever was told, up to the comma."""
    if c.word(end) not in ("شريطه", "مشترطا", "مشترطه", "طالبا", "طالبه", "طلب", "رفض", "فضل", "هاتفيا"):
        return end
    return next((k for k in range(end, min(end + 8, c.last)) if c.word(k) == ","), c.last)


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
    begin, close = apposition(c, end, tail=True)
    if close and titled_after(c, first, begin):
        return parts, close, (begin, close)
    if not close or close - end > 5:
        return parts, end, None
    whole = last - first <= 4
    return (*parts[:-1], (first if whole else end + 1, close)), close, (first, last)


_PREPOSITIONS = frozenset(
    ("بحسب", "حسب", "وفق", "حسبما", "وفقما", "بحسبما", "وبحسب", "وحسب", "ووفق", "وحسبما")
)
_TO_THEM = frozenset(("له", "لها", "لهم"))
_WITH_L = frozenset(("وفقا", "ووفقا", "طبقا", "وطبقا", "استنادا", "واستنادا"))


def _past_preposition(c: Clause, at: int) -> int:
    """The token after the preposition, or 0 where there is none. A clitic ل on the name is part of the cue."""
    word, after = c.word(at), c.word(at + 1)
    if word in _PREPOSITIONS and not (word == "حسب" and after in ("الطلب", "الحاجه", "الظروف")):
        return at + 1
    if word in _WITH_L and (after.startswith("ل") or after == "الي"):
        return at + 1 + (after in ("ل", "الي"))
    if word == "علي" and after == "ما" and (found := verb(c.word(at + 2))) and found.cue in ("say", "relay"):
        return at + 1
    if (word in ("نقلا", "ونقلا", "منقول") and after == "عن") or (
        word in ("بناء", "وبناء") and after == "علي"
    ):
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


def past_statement(c: Clause, i: int) -> int:
    """Past «بيان لـ», «آخر إحصاء لـ», «تقرير صادر عن», «إحصاءات»: the speaker comes after."""
    head = i + (c.word(i) in ("اخر", "احدث"))
    word = c.word(head)
    known = any(has("statement-heads", w) for w in (word, bare_noun(word), word.removeprefix("ل")))
    if not known or c.names.title(head, c.last):
        return i
    at = next((k for k in range(head + 1, min(head + 5, c.last)) if _made_by(c, head, k)), 0)
    if not at or any(_ends_statement(c, k) for k in range(head + 1, at)):
        return i
    return at + (c.word(at) in ("عن", "من"))


def _made_by(c: Clause, head: int, at: int) -> bool:
    """Whether whoever made the statement stands at token `at`, or after it where it is «عن»."""
    word = c.word(at)
    if word == "عن" or c.names.known(at) or (word == "من" and c.word(head) == "معلومات"):
        return True
    if word.startswith("ل") and len(word) > 3 and (can_speak(bare_noun(word)) or at == head + 1):
        return True
    described = word.endswith(("ي", "يه")) and not word.startswith("ال")
    return can_speak(word) and not described and not _ends_statement(c, at) and verb(word) is None


def _ends_statement(c: Clause, at: int) -> bool:
    return particle_at(c, at) or c.word(at) in (",", "الي", "في", "علي")


def find_tail(c: Clause, start: int) -> tuple[Said, int] | None:
    """The last attribution by preposition after token `start`, and where it begins."""
    for at in range(c.last - 1, start, -1):
        if c.last - at > 45:
            break
        if c.word(at) in ("كما",) and c.word(at - 1) != ",":
            continue
        said = by_preposition(c, at)
        if said and (said[0].names or said[0].dropped):
            return _from_further_left(c, start, at, said) or (said[0], at)
    return None


def _from_further_left(c: Clause, start: int, at: int, last: tuple[Said, int]) -> tuple[Said, int] | None:
    """«وفق ما بثه س نقلا عن ص»: the tail begins where the outer of its two hops does."""
    if c.word(at).removeprefix("و") not in ("نقلا", "استنادا"):
        return None
    for k in range(at - 2, max(start, at - 10), -1):
        wider = by_preposition(c, k)
        if wider and len(wider[0].names) > 1 and wider[1] >= last[1]:
            return wider[0], k
        brought = verb(c.word(k))
        outlet = c.names.read(k + 1, at) if brought and brought.suffixed and brought.cue != "event" else None
        if outlet and len(outlet) and outlet.end in (at, at - 1):
            names = ((outlet.first, outlet.last), *last[0].names)
            return replace(last[0], names=names, code="relays", cue=(k, k + 1)), k
    return None
