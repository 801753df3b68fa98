"""Who says an Arabic clause: the cue, the names round it, and where the report begins."""

from dataclasses import replace

from claims.text.arabic.clause import CODES, STANCES, Clause, Said, bids, complement, cued, particle_at
from claims.text.arabic.hops import Parts, is_outlet, named_after_comma, ranges_of, told_at, with_citing
from claims.text.arabic.lexicon import (
    Verb,
    bare_noun,
    can_speak,
    has,
    joined_verb,
    masdar,
    needs_that,
    participle,
    verb,
)
from claims.text.arabic.names import Name
from claims.text.arabic.phrases import PERIODS
from claims.text.arabic.prepositions import by_preposition, past_statement
from claims.text.arabic.quantities import number_word
from claims.text.arabic.relays import relay


def not_excluded(c: Clause, at: int) -> Said | None:
    """«لم تستبعد س أن»: an estimate, though negated; «لا ينكر س أن»: who does not deny asserts."""
    found = verb(c.word(at + 1)) if c.word(at).lstrip("وف") in ("لم", "لا") else None
    if not found or found.lemma not in NOT_WITH_NO:
        return None
    said = _plain_report(c, at + 1, found)
    plain = said and (found.cue == "estimate" or not c.word(said.body).startswith("ال"))
    return said if plain and not any(w in ("يوكد", "توكد") for w in c.words[at + 2 : c.last]) else None


NOT_WITH_NO = frozenset(("استبعد", "نفي", "انكر"))


def by_verb(c: Clause, at: int) -> Said | None:
    """A reporting verb at token `at`, its source after it, before it, or dropped."""
    found = verb(c.word(at))
    if not found or found.cue == "event":
        return None
    if found.cue == "call" and not _warns_of_fact(c, at, found):
        return _call(c, at, found)
    if found.lemma == "جاء" or (_impersonal(c, at) and _passive_form(c, at)):
        return None
    if found.cue == "relay":
        return relay(c, at, found)
    return _plain_report(c, at, found)


def _warns_of_fact(c: Clause, at: int, found: Verb) -> bool:
    """«حذرت س من أن المخزون يكفي ثلاثة أيام»: a warning that counts something says how things stand."""
    if found.lemma != "حذر":
        return False
    said = next((k for k in range(at + 1, min(at + 12, c.last)) if particle_at(c, k)), 0)
    return said > 0 and c.word(said - 1) == "من" and any(number_word(w) for w in c.words[said : c.last])


def _impersonal(c: Clause, at: int) -> bool:
    """«يُعتقد أن», «ويُرجح على نطاق واسع أن»: no subject between the verb and its particle."""
    if particle_at(c, at + 1):
        return True
    near = next((k for k in range(at + 2, min(at + 6, c.last)) if particle_at(c, k)), 0)
    return near > 0 and c.word(at + 1) in ("علي", "في", "انه", "بشكل", "كذلك", "ايضا")


def _passive_form(c: Clause, at: int) -> bool:
    """«ذُكر أن» has nobody who says it; «وذكر أن» goes on with whoever spoke last."""
    word = c.word(at)
    if c.word(at - 1).endswith(("لكنه", "لكنها", "انه", "انها", "قد")):
        return False
    if word == "وذكر":
        return "ُ" in c.tokens[at].raw
    return has("passive-reports", word.lstrip("وف"))


def _call(c: Clause, at: int, found: Verb) -> Said | None:
    """A call or a threat is let go, but whoever made it has spoken."""
    name = c.names.read(past_adverbs(c, at + 1), c.last, cut=True, b_opens=True)
    if not len(name) or not _speaks(c, name):
        return Said("reports", names=(), verb=found, dropped=not len(name), cue=(at, at + 1), drop=True)
    return Said("reports", names=((name.first, name.last),), verb=found, cue=(at, at + 1), drop=True)


def _plain_report(c: Clause, at: int, found: Verb) -> Said | None:
    takes_object = found.cue in ("responsibility", "observe", "estimate", "deny")
    transitive = takes_object or found.lemma in ("وصف", "عزا")
    b_opens = found.lemma in ("افاد", "صرح", "ابلغ", "اعترف", "اخبر", "اقر") and _opens_with_b(c, at)
    skip = past_adverbs(c, at + 1)
    if particle_at(c, skip) or c.word(skip) == ":":
        return replace(cued(at, found, _nested(c, (), skip)), dropped=True, body=skip)
    told = c.names.medium(skip, c.last) or object_told(c, found, skip)
    if told:
        return _told_first(c, at, found, told) or _dropped_to(c, at, found, told)
    name = c.names.read(past_statement(c, skip), c.last, b_opens=b_opens, cut=transitive)
    if bare_noun(c.word(name.first)) in ("معلومات", "انباء") and len(name) <= 3:
        return replace(cued(at, found, ()), code="passive", body=name.end)
    measured = found.lemma == "قدر" and not _speaks(c, name) and not found.suffixed
    if measured and any(w.startswith("ب") for w in c.words[name.end : name.end + 3]):
        return replace(cued(at, found, ()), dropped=True, body=at + 1)
    if name.first == name.last or _own_statement(c, name):
        return _dropped(c, at, found, skip, found.lemma in needs_that())
    published = _published(c, at, found, name)
    if published:
        return published
    body, shown = complement(c, name.end, needs=found.lemma in needs_that(), b_opens=b_opens)
    return _without_claim(c, at, found, name, body, shown=shown) or (
        reported(c, at, found, name, body) if _stands(c, at, found, name, shown=shown) else None
    )


def _told_first(c: Clause, at: int, found: Verb, told: tuple[int, int]) -> Said | None:
    """«قال لوكالة كذا مصدر أمني إن»: whoever was told stands before the speaker."""
    name = c.names.read(told[1], c.last)
    body, shown = complement(c, name.end, needs=found.lemma in needs_that())
    if not len(name) or not _speaks(c, name) or not shown or name.medium:
        return None
    said = reported(c, at, found, name, body)
    return replace(said, names=(told, *said.names), code="relays")


def _published(c: Clause, at: int, found: Verb, name: Name) -> Said | None:
    """«نشرت س بيانا لـ ص جاء فيه أن», «بثت س تصريحا لـ ص أكد فيه إسقاط»: the inner hop made what is published."""
    maker = name.end + 1
    if found.cue != "observe" or not _speaks(c, name) or not has("statement-heads", c.word(name.end)):
        return None
    if not c.word(maker).startswith("ل") or not can_speak(c.word(maker)):
        return None
    inner = c.names.read(maker, c.last, cut=True)
    therein = next((k for k in range(inner.end, min(inner.end + 6, c.last)) if c.word(k) in _IN_IT), None)
    if therein is None:
        return None
    names = ((name.first, name.last), (inner.first, inner.last))
    return replace(cued(at, found, names), code="relays", body=therein + 1)


_IN_IT = frozenset(("فيه", "فيها"))


def _opens_with_b(c: Clause, at: int) -> bool:
    """Whether «بـ» can open the report: not in «صرح مصدر بغرفة العمليات أن», whose report opens with «أن»."""
    for k in range(at + 1, min(at + 16, c.last)):
        word = c.word(k)
        if word.startswith("ب") and (particle_at(c, k) or masdar(word[1:]) or masdar(bare_noun(word))):
            return True
        if particle_at(c, k):
            return False
    return True


def _without_claim(c: Clause, at: int, found: Verb, name: Name, body: int, *, shown: bool) -> Said | None:
    """«ووصف الاتهام بأنه سخيف», «وأكدت ذلك الوزارة»: somebody spoke, and claimed nothing new; «وحمّل النظام المسؤولية»
    has its object where a subject would stand."""
    word = c.word(name.first)
    if found.lemma in ("وصف", "اعتبر") and not _speaks(c, name) and word.startswith("ال"):
        return Said("reports", verb=found, dropped=True, cue=(at, at + 1), drop=True)
    if c.word(at + 1) == "ذلك" and not shown and _speaks(c, name):
        return replace(cued(at, found, ((name.first, name.last),)), body=body, drop=True)
    blames = found.lemma == "حمل" and at > 0 and c.word(at).startswith("و")
    if blames and c.word(name.end).startswith("المسوول"):
        return replace(cued(at, found, ()), dropped=True, body=name.first)
    return None


def reported(c: Clause, at: int, found: Verb, name: Name, body: int) -> Said:
    """The report of a named voice, with the hops that stand between the name and what it says."""
    start = max(name.end, at + 1)
    parts = ranges_of(c, name, found)
    outlet = object_told(c, found, start) if len(parts) == 1 and len(name) else None
    parts = (outlet, *parts) if outlet else with_citing(c, parts, start, body)
    name, parts, role = named_after_comma(c, name, parts, body)
    parts = _nested(c, _interposed(c, parts, start, body), body)
    code = "relays" if len(parts) > 1 and found.cue == "say" else CODES[found.cue]
    told = ((start, body),) if body > start else ()
    return replace(cued(at, found, parts), code=code, body=body, told=told, role=role)


_TOLD_THEM = frozenset(("لها", "له", "لهم", "لنا", "اليها", "اليه", "اليهم"))


def _nested(c: Clause, parts: Parts, body: int) -> Parts:
    """«قالت س إن الأهالي رووا لها أن», «ذكرت س أن ص أبلغتها بأن»: who told the one who speaks is a hop of its own."""
    if not particle_at(c, body) or len(parts) > 2:
        return parts
    name = c.names.read(body + 1, c.last)
    told = verb(c.word(name.end))
    speaks = len(name) > 0 and (can_speak(c.word(name.first)) or c.names.known(name.first) > 0)
    if not speaks or not told or told.cue != "say":
        return parts
    to_them = told.suffixed or c.word(name.end + 1) in _TOLD_THEM
    k = next((k for k in range(name.end + 1, min(name.end + 5, c.last)) if particle_at(c, k)), 0)
    reports = k > 0 and not bids(c, k)
    return (*parts, (name.first, name.last)) if to_them and reports else parts


def _interposed(c: Clause, parts: Parts, start: int, body: int) -> Parts:
    """«زعم س، وفق ما أوردته ص، أن»: the one who brought it is the outer hop."""
    for at in range(start, min(body, c.last)):
        if len(parts) > 1 or c.word(at - 1) != "," or c.word(at) in ("نقلا", "علي"):
            continue
        given = by_preposition(c, at)
        if given and given[0].names and given[1] <= body:
            speaks = parts and (can_speak(c.word(parts[0][0])) or c.names.known(parts[0][0]))
            return (*given[0].names, *parts) if speaks else given[0].names
    return parts


def _stands(c: Clause, at: int, found: Verb, name: Name, *, shown: bool) -> bool:
    """Whether verb, name and what follows make a report, and not one of the verb's other senses."""
    accuses = found.lemma == "اتهم" and any(
        w.startswith("ب") for w in c.words[name.end : min(name.end + 8, c.last)]
    )
    if not shown and not accuses and (found.lemma in needs_that() or not _speaks(c, name)):
        return False
    if found.cue == "observe":
        return _observes(c, found, name, shown)
    return found.lemma != "حمل" or "مسوول" in " ".join(c.words[at : c.last])


def past_adverbs(c: Clause, i: int) -> int:
    """Past «في وقت سابق», «أيضا», «اليوم» between verb and subject."""
    if c.phrase(i, 3) in ("في وقت سابق", "في وقت لاحق"):
        return i + 3
    if c.word(i) in ("الهجوم", "العمليه", "التفجير", "القصف", "الاستهداف", "المسووليه", "الهجمات", "الضربه"):
        return i + 1
    if (c.word(i) == "كل" and c.word(i + 1) == "من") or (c.word(i) in _THOSE and c.word(i + 1) in PERIODS):
        return i + 2
    while (
        has("time-words", c.word(i))
        or c.word(i)
        in (
            "ايضا",
            "كذلك",
            "لاحقا",
            "سابقا",
            "رسميا",
            "موخرا",
            "فيه",
            "فيها",
            "ذلك",
            "لنا",
            "له",
            "لها",
            "لهم",
            "لهما",
            "قايلا",
            "قايله",
            "قايلين",
        )
        or (c.word(i) in _THOSE and c.word(i + 1).startswith("ال") and can_speak(c.word(i + 1)))
    ):
        i += 1
        if c.word(i) == "," and not particle_at(c, i + 1):
            i += 1
    return i


_THOSE = frozenset(("هذا", "هذه", "ذلك", "تلك", "هولاء", "اوليك"))


def _speaks(c: Clause, name: Name) -> bool:
    head = c.word(name.first)
    if c.names.title(name.first, c.last):
        return True
    return can_speak(head) or c.names.known(name.first) > 0 or c.word(name.first + 1) in ("باسم",)


def _observes(c: Clause, found: Verb, name: Name, shown: bool) -> bool:
    """«نشر» reports only with a clip, post or statement; «رصد» and the like only with someone who can speak."""
    if found.lemma in ("نشر", "بث", "عرض", "وزع", "تداول", "تناقل") and not particle_at(c, name.end):
        return any(
            has("media-objects", w.lstrip("وبل")) or has("media-objects", bare_noun(w))
            for w in c.words[name.first : c.last]
        ) and _speaks(c, name)
    return _speaks(c, name)


def _own_statement(c: Clause, name: Name) -> bool:
    """«وأوضح بيانها أن»: the statement of whoever spoke last."""
    word = c.word(name.first)
    bare = next((word.removesuffix(s) for s in ("ها", "هم", "ه") if word.endswith(s)), "")
    return len(name) == 1 and len(bare) > 3 and has("statement-heads", bare)


def object_told(c: Clause, found: Verb, at: int) -> tuple[int, int] | None:
    """«أبلغ وكالة كذا أن»: an outlet behind such a verb is its object."""
    if found.lemma not in ("ابلغ", "اخبر") or not is_outlet(c, at):
        return None
    name = c.names.read(at, c.last, b_opens=True)
    reports = any(particle_at(c, k) for k in range(name.end, min(name.end + 8, c.last)))
    return (name.first, name.last) if len(name) and reports else None


def _dropped_to(c: Clause, at: int, found: Verb, told: tuple[int, int]) -> Said | None:
    """«وأضاف لـكذا أن»: whoever spoke last, told to a medium."""
    body, shown = complement(c, told[1], needs=found.lemma in needs_that())
    if not shown:
        return None
    return replace(
        cued(at, found, (told,)), body=body, back=True, told=((told[1], body),) if body > told[1] else ()
    )


def _dropped(c: Clause, at: int, found: Verb, skip: int, strict: bool) -> Said | None:
    """No subject: the voice used last, where what follows is shown to be a report."""
    body, shown = complement(c, skip, needs=strict)
    if shown and found.cue != "observe" and not (strict and body >= c.last):
        told = ((skip, body),) if body > skip else ()
        outlet = next((m for k in range(skip, body) if (m := told_at(c, k)) and m[1] <= body), None)
        if outlet:
            return replace(cued(at, found, (outlet,)), body=body, told=told, back=True)
        cited = with_citing(c, (), skip, body) if c.word(skip) == "," else ()
        given = _interposed(c, (), skip, body) if c.word(skip) == "," and not cited else ()
        said = replace(cued(at, found, cited or given), body=body, told=told)
        return replace(said, dropped=not given, back=bool(given))
    return None


_THUS = frozenset((",", "هكذا", "العبارات", "العباره", "الكلمات"))


def credited(c: Clause, at: int) -> Said | None:
    """«... في البوكمال (نهر ميديا)»: a medium in brackets at the end; «(قسد)» only explains the name before it."""
    if c.word(c.last - 1) != ")" or c.last - at < 6:
        return None
    opened = next((k for k in range(c.last - 2, max(at + 3, c.last - 8), -1) if c.word(k) == "("), 0)
    if not opened or not c.names.outlet(opened + 1):
        return None
    name = c.names.read(opened + 1, c.last - 1)
    if not len(name) or name.end < c.last - 1:
        return None
    cue = (opened, c.last)
    return Said(
        "according-to", names=((name.first, name.last),), cue=cue, body=c.last, told=(cue,), tail=True
    )


def said_after(c: Clause, at: int) -> Said | None:
    """«"..."، يقول المزارع فلان لموقع كذا»: verb and speaker behind what is said."""
    for k in range(c.last - 2, at + 3, -1):
        found = verb(c.word(k))
        joined = c.word(k).startswith("و") and joined_verb(c.word(k))
        if not found or found.cue not in ("say", "distance") or joined:
            continue
        if c.word(k - 1) not in _THUS and not c.tokens[k - 1].closes:
            continue
        start = past_adverbs(c, k + 1)
        told = c.names.medium(start, c.last)
        name = c.names.read(told[1] if told else start, c.last)
        quoted = any(t.quoted for t in c.tokens[c.first : at + 2])
        if not len(name) or not (_speaks(c, name) or quoted) or particle_at(c, name.end):
            return None
        said = reported(c, k, found, name, c.last)
        names = (told, *said.names) if told and len(said.names) == 1 else said.names
        return replace(said, names=names, told=((k, c.last),), tail=True)
    return None


def carried(c: Clause) -> Said | None:
    """A participle such as «مشيرا إلى» or «وأن»: the report goes on."""
    word = c.word(c.first)
    cue = participle(word)
    if cue == "call":
        return Said("continues", carries=True, drop=True, cue=(c.first, c.first + 1))
    if cue:
        return Said(
            "continues" if cue not in ("estimate", "deny") else CODES[cue], STANCES.get(cue, "asserts"),
            carries=True, cue=(c.first, c.first + 1), body=c.first + 1, doubted=cue == "distance",
        )  # fmt: skip
    if word.startswith("و") and has("particles", word[1:]):
        return Said("continues", carries=True, cue=(c.first, c.first + 1), body=c.first + 1)
    return None
