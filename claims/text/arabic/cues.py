"""Arabic cues beyond verb and preposition: relative clauses, statements, footage, reports of nobody named."""

from dataclasses import replace

from claims.text.arabic.attribution import by_verb
from claims.text.arabic.clause import Clause, Said, complement, cued, particle_at
from claims.text.arabic.lexicon import can_speak, has, is_person, verb
from claims.text.arabic.prepositions import past_statement
from claims.text.normalise import fold
from claims.text.reading import Stance

_CARRIED = Said("reports")


def relative(c: Clause, at: int) -> Said | None:
    """«التي اكتفت بالقول إن»: the noun before it speaks."""
    if c.word(at) not in ("التي", "الذي"):
        return None
    found = verb(c.word(at + 1))
    if found and at == c.first and found.cue == "relay" and c.word(at + 2) == "عن":
        inner = c.names.read(at + 3, c.last)
        body, shown = complement(c, inner.end, needs=False)
        names = ((inner.first, inner.last),)
        return replace(cued(at + 1, found, names), dropped=True, body=body) if len(inner) and shown else None
    if found and at == c.first and found.cue not in ("event", "call", "relay"):
        said = by_verb(Clause(c.tokens, c.names, at + 1, c.last, c.sources), at + 1)
        return replace(said or _CARRIED, names=(), verb=found, dropped=True, cue=(at + 1, at + 2))
    if not found or found.cue != "say" or at == 0:
        return None
    body = next((k for k in range(at + 2, min(at + 5, c.last)) if particle_at(c, k)), at + 2)
    return Said("reports", names=((at - 1, at),), verb=found, cue=(at + 1, at + 2), body=body)


def taken_up(c: Clause, at: int) -> Said | None:
    """«وهي معلومة نفاها قائد القوات»: a verb that takes up what was just said."""
    found = verb(c.word(at + 1))
    opened = at > c.first and c.word(at - 1) in ("وهو", "وهي") and not can_speak(c.word(at))
    of_it = found is not None and c.word(at + 1).endswith(("ه", "ها"))
    if not opened or not found or not of_it or found.cue not in ("say", "deny"):
        return None
    return by_verb(c, at + 1)


def stated_in(c: Clause, at: int) -> Said | None:
    """«جاء في البيان أن», «ورد في تقرير لـ س أن»: whoever made the statement."""
    if c.word(at) in ("صدر", "وصدر") and c.word(at + 1) == "عن":
        return _issued_by(c, at)
    if c.word(at) not in ("جاء", "ورد", "وجاء", "وورد") or c.word(at + 1) != "في":
        return None
    body = next((k for k in range(at + 2, min(at + 14, c.last)) if particle_at(c, k) or c.word(k) == ":"), 0)
    if not body:
        return None
    first = past_statement(c, at + 2)
    name = c.names.read(first, body) if first > at + 2 else None
    if name and len(name):
        return Said(
            "reports", names=((name.first, name.last),), cue=(at, at + 2), body=body, told=((at, body),)
        )
    return Said("reports", verb=None, dropped=True, cue=(at, at + 2), body=body, told=((at, body),))


def _issued_by(c: Clause, at: int) -> Said | None:
    """«صدر عن قيادة الجيش البيان الآتي: ...»."""
    colon = next((k for k in range(at + 2, min(at + 16, c.last)) if c.word(k) == ":"), 0)
    name = c.names.read(at + 2, colon, cut=True) if colon else None
    if not name or not len(name):
        return None
    return Said(
        "reports", names=((name.first, name.last),), cue=(at, at + 2), body=colon, told=((at, colon),)
    )


def subject_of(c: Clause, at: int, said: Said, begin: int) -> Said:
    """«ترد القوات الأمريكية ...، بحسب ما أعلنته»: the one who announced is the subject of the clause."""
    told = ((begin, c.last),)
    for k in range(at, begin):
        n = c.names.known(k)
        if n and (said.verb is None or _agrees(c.word(k), said)):
            return replace(said, names=((k, k + n),), dropped=False, told=told)
    acts = next((k for k in range(at, min(at + 3, begin)) if verb(c.word(k))), None)
    if acts is not None and _announces(c, acts, said):
        name = c.names.read(acts + 1, begin, cut=True)
        if len(name):
            return replace(said, names=((name.first, name.last),), dropped=False, told=told)
    return replace(said, told=told)


_SUFFERED = frozenset(
    map(fold, ("قتل", "أصيب", "استشهد", "جرح", "توفي", "لقي", "اعتقل", "خطف", "اختطف", "فقد"))
)


def _announces(c: Clause, acts: int, said: Said) -> bool:
    """Whether who does something by the verb at `acts` may have announced it: not «قتل المدير», «لم يقتل أحد»."""
    found, word = verb(c.word(acts)), c.word(acts + 1)
    if not found or not can_speak(word) or word in ("احد", "احدي", "بعض"):
        return False
    if is_person(word) and found.lemma in _SUFFERED:
        return False
    return _agrees(word, said) or (said.verb is not None and said.verb.feminine and found.feminine)


def _agrees(word: str, said: Said) -> bool:
    feminine = word.endswith("ه") or has("feminine-names", word)
    return said.verb is None or feminine == said.verb.feminine


def when_said(c: Clause, at: int) -> Said | None:
    """«... في 18 أيلول، عندما أعلنت س أن», «بعد 17 غارة قالت س إن»: the report stands inside the clause."""
    for k in range(at + 2, c.last - 3):
        found = verb(c.word(k + 1))
        if not found or found.cue in ("event", "call"):
            continue
        said = by_verb(c, k + 1)
        if not said or not said.names:
            continue
        timed = c.word(k) in ("عندما", "حين", "حينما", "بعدما", "حيث")
        if timed or (found.cue in ("say", "distance") and particle_at(c, said.body) and c.word(k) != "ما"):
            return said
    return None


def footage(c: Clause, at: int) -> Said | None:
    """«أظهرت مقاطع نشرها ناشطون»: footage is said to show it; who posted it is the source."""
    found = verb(c.word(at))
    if has("footage-nouns", c.word(at)):
        shows = next((k for k in range(at + 1, min(at + 5, c.last)) if _shows(c.word(k))), 0)
        return (
            Said("footage", verb=verb(c.word(shows)), cue=(at, shows + 1), body=shows + 1) if shows else None
        )
    if not found or found.lemma != "اظهر" or not has("footage-nouns", c.word(at + 1)):
        return None
    for k in range(at + 2, min(at + 12, c.last)):
        posted = verb(c.word(k))
        if posted and posted.cue == "observe":
            name = c.names.read(k + 1, c.last, cut=True)
            if len(name):
                return Said(
                    "footage", names=((name.first, name.last),), verb=posted, cue=(at, at + 2), body=name.end
                )
    return Said("footage", verb=found, cue=(at, at + 2), body=at + 2)


def _shows(word: str) -> bool:
    found = verb(word)
    return found is not None and found.lemma in ("اظهر", "وثق")


def passive(c: Clause, at: int) -> Said | None:
    """«أُفيد بأن», «يُعتقد أن», «سُمع دوي»: reported by nobody named."""
    word = c.word(at).lstrip("وف") if c.word(at)[:1] in "وف" else c.word(at)
    if word in ("الجدير", "الجديربالذكر"):
        return Said("passive", cue=(at, at + 2), body=at + 2)
    if not has("passive-reports", word) and not has("passive-reports", c.word(at)):
        return None
    stance: Stance = "estimates" if word in ("يعتقد", "يرجح") else "asserts"
    return Said("passive" if stance == "asserts" else "estimates", stance, cue=(at, at + 1), body=at + 1)
