"""How an Arabic clause opens: connectives, datelines, tags and leads before what is said."""

from dataclasses import replace

from claims.text.arabic.attribution import by_verb
from claims.text.arabic.clause import Clause, Said, particle_at
from claims.text.arabic.hops import ranges_of
from claims.text.arabic.lexicon import Verb, can_speak, finite, has, is_person, masdar, participle, verb
from claims.text.arabic.prepositions import by_preposition
from claims.text.arabic.silence import refuses
from claims.text.arabic.subjects import before_verb
from claims.text.places import lookup


def opening(c: Clause) -> int:
    """The first token after connectives, «من جهته،» and short lead-ins such as «وفي ميكولايف،»."""
    at, moved = _past_dateline(c), True
    while moved and at < c.last:
        moved = False
        for n in (4, 3, 2, 1):
            phrase = c.phrase(at, n)
            if (
                has("connectives", phrase)
                or has("connectives", phrase.removeprefix("و"))
                or has("lead-in", phrase)
            ):
                at, moved = at + n, True
                break
        if c.first <= at < c.last and c.word(at + 1) == "," and "ً" in c.tokens[at].raw:
            at, moved = at + 2, True
        if c.word(at) == "هذا" and c.word(at + 1).startswith("و") and verb(c.word(at + 1)):
            at, moved = at + 1, True
        while at < c.last and _mark(c, at):
            at, moved = at + 1, True
    return _past_lead(c, at)


def _mark(c: Clause, at: int) -> bool:
    """Whether the token is a mark to pass over, or the # before «#عاجل»."""
    if c.word(at) == "#":
        return has("lead-in", c.word(at + 1))
    return not c.tokens[at].is_word and c.word(at) not in ("(", "@")


def _past_dateline(c: Clause) -> int:
    """Past «القاهرة - (د ب أ):» and «وكالات:» where a report follows the mark."""
    signed = c.words[c.first : c.first + 8].count("-") > 1
    for k in range(c.first + 1, min(c.first + (14 if signed else 8), c.last - 3)):
        if c.word(k) in ("-", ":", "/", ")") and not any(finite(w) for w in c.words[c.first : k]):
            at = k + 1
            while at < c.last and not c.tokens[at].is_word and c.word(at) != "(":
                at += 1
            found = verb(c.word(at))
            if _byline(c, k - 1):
                return at
            if can_speak(c.word(c.first)) and c.word(at).endswith("نا"):
                return c.first
            if is_person(c.word(c.first)) or (c.word(k) == ")" and can_speak(c.word(c.first))):
                return c.first
            if (found and found.cue != "event") or (
                c.word(k) == "-" and k - c.first <= 4 and by_colon(c, at)
            ):
                return at
    return c.first


def _past_lead(c: Clause, at: int) -> int:
    """Past «وفي بيان منفصل،» and «إثر تصريح المصدر» where a reporting verb follows."""
    word = c.word(at).removeprefix("و")
    asked = asked_at(c, at, at + 3) is not None
    if not has("lead-prepositions", word) and not has("time-words", word) and not asked:
        return at
    if _names_source(c, at):
        return at
    for k in range(at + 1, min(at + 14, c.last)):
        after_comma = c.word(k - 1) == ","
        here = k + (c.word(k) in ("فقد", "قد"))
        found = verb(c.word(here))
        if after_comma and refuses(c.word(here)):
            return here
        if (
            found
            and found.cue not in ("event", "call")
            and not has("receiving-verbs", c.word(here))
            and c.word(here - 1) not in ("ما", "لما", "الذي", "التي")
        ):
            said = by_verb(c, here)
            if word == "اما" or (after_comma and (said or word not in ("بحسب", "حسب"))):
                return here
            return here if said and said.names and _speaks_first(c, said) else at
        if particle_at(c, k) and not after_comma and c.word(at).removeprefix("و") not in ("علي", "رغم"):
            return at
    return at


_ASKED = frozenset(
    (
        "سالنا",
        "سالت",
        "سالته",
        "سالها",
        "سالناه",
        "سيل",
        "سيلت",
        "راسلنا",
        "راسلت",
        "واجهنا",
        "بسوال",
        "بسواله",
    )
)


def asked_at(c: Clause, first: int, last: int) -> int | None:
    """The token of «سألنا», «راسلت» in [first, last): whoever stands after it is asked, and answers."""
    return next((k for k in range(first, min(last, c.last)) if c.word(k).removeprefix("و") in _ASKED), None)


def _names_source(c: Clause, at: int) -> bool:
    """Whether the lead names a source up to its comma: «بحسب ما نقلت عنه س،»; «بحسب البيان،» names none."""
    given = by_preposition(c, at)
    if not given or not given[0].names or c.word(given[1]) != ",":
        return False
    return c.word(given[0].names[-1][0]) not in ("البيان", "التقرير", "المنشور", "التصريح")


def _speaks_first(c: Clause, said: Said) -> bool:
    first = said.names[-1][0]
    return can_speak(c.word(first)) or c.names.known(first) > 0


def _proper(c: Clause, at: int, colon: int) -> bool:
    """Whether the one to three words before the colon can be a person's name: «بيسكوف: لا نعلق»."""
    words = c.words[at:colon]
    if len(words) > 3 or words[0].startswith("ال") or words[0].endswith("ه") or any(map(finite, words)):
        return False
    lists = (
        "lead-in",
        "furniture-start",
        "footage-nouns",
        "media-objects",
        "statement-nouns",
        "statement-heads",
    )
    common = any(has(name, w) for name in lists for w in words) or masdar(words[0]) or participle(words[0])
    return not common and not lookup(" ".join(words)) and not c.names.stops_at_once(at) and at == c.first


# «غزة - وكالات:» says that agencies report it, not which.
_BYLINES = frozenset(("وكالات", "متابعات", "خاص", "ومتابعات", "ووكالات"))


def _byline(c: Clause, at: int) -> bool:
    """«غزة - خاص», not «المحافظ في تصريح خاص»."""
    alone = at == c.first or c.word(at - 1) in ("-", "/")
    return c.word(at) in _BYLINES and (alone or c.word(at) != "خاص")


def _report_under(c: Clause, at: int) -> Said | None:
    """«س: ص يقول إن», «س: قال ص إن»: a report under the colon."""
    within = Clause(c.tokens, c.names, at, c.last, c.sources)
    said = by_colon(within, at) or by_verb(within, at) or before_verb(within, at)
    if said and said.code == "headline-colon":
        return said
    opened = said and (particle_at(c, said.body) or masdar(c.word(said.body)))
    if not said or said.drop or len(said.names) != 1 or not opened:
        return None
    return said


def by_colon(c: Clause, at: int) -> Said | None:
    """«س: P» at the head of a line, «س عن ص: P», «س: ص يقول إن P»."""
    at += c.word(at) == "#"
    colon = next((i for i in range(at + 1, min(at + 15, c.last)) if c.word(i) == ":"), 0)
    if _byline(c, colon - 1):
        return None
    if not colon or c.last - colon < 4 or not _before_colon(c, at, colon):
        return None
    name = c.names.read(at, colon)
    cites = name.end + (c.word(name.end) == ",")
    cites += c.word(cites) in ("نقلا", "نقلها")
    if c.word(cites) == "عن" and len(name):
        cited = c.names.read(cites + 1, colon)
        names = tuple((found.first, found.last) for found in (name, cited) if len(found))
        return Said("relays", names=names, cue=(colon, colon + 1), body=colon + 1)
    parts = ranges_of(c, name, Verb("", "say")) if len(name) else ((at, colon),)
    inner = _report_under(c, colon + 1) if len(parts) == 1 else None
    if inner:
        return replace(inner, code="relays", names=(*parts, *inner.names))
    return Said("headline-colon", names=parts, cue=(colon, colon + 1), body=colon + 1)


def _before_colon(c: Clause, at: int, colon: int) -> bool:
    """Whether what stands before the colon is somebody, and no heading or sentence."""
    if lookup(c.phrase(at, colon - at)) and not c.names.known(at):
        return False
    titled = c.names.title(at, colon)
    medium = has("media-names", c.phrase(at, colon - at))
    speaks = can_speak(c.word(at)) or c.names.known(at) or titled or medium or _proper(c, at, colon)
    said = range(max(at + 1, titled), colon)
    if not speaks or any(
        finite(c.words[k]) and c.words[k - 1] != "لم" and not c.tokens[k].quoted for k in said
    ):
        return False
    return not has("furniture-start", c.phrase(at, colon - at))
