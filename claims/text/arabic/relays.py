"""Arabic relays: one source that passes on what another said."""

from dataclasses import replace

from claims.text.arabic.clause import Clause, Said, complement, cued, particle_at
from claims.text.arabic.hops import Parts, is_outlet, named_after_comma
from claims.text.arabic.lexicon import Verb, can_speak, has, is_person, verb
from claims.text.arabic.names import Name


def relay(c: Clause, at: int, found: Verb) -> Said | None:
    """«نقلت س عن ص أن»: two hops. «نقلت الجرحى إلى» is none; «نقلت صفحات أن» is one."""
    about = c.word(at + 1) in _ABOUT_HIM
    ascribes = found.lemma == "نسب"
    outer = Name(at + 1, at + 1, at + 1)
    if not found.suffixed:
        outer = c.names.read(at + 1 + about, c.last, cut=ascribes)
    if about or c.word(outer.end) in _ABOUT_HIM:
        return _relayed_back(c, at, found, outer)
    stop = next(
        (
            i
            for i in range(outer.end, min(outer.end + 14, c.last))
            if c.word(i) in _from(found) or particle_at(c, i)
        ),
        0,
    )
    if not stop or (c.word(outer.end) == "الي" and not ascribes):
        return None
    if ascribes and len(outer) and (cause := _ascribed(c, at, found, outer, stop)):
        return cause
    base = cued(at, found, ((outer.first, outer.last),) if len(outer) else ())
    if particle_at(c, stop):
        return (
            replace(base, code="reports", body=stop, told=((outer.end, stop),), dropped=not len(outer))
            if len(outer)
            else None
        )
    inner = _relayed_from(c, stop)
    if not inner:
        return None
    inner += _relaying_in_turn(c, inner[-1])
    last = inner[-1]
    body, shown = complement(c, last.end, needs=False)
    parts = (*base.names, *((n.first, n.last) for n in inner))
    last, parts, role = named_after_comma(c, last, parts, body)
    told = ((outer.end, stop), (last.end, body))
    return (
        replace(base, names=parts, body=body, told=told, dropped=_goes_on(c, at, outer, found), role=role)
        if shown or len(outer)
        else None
    )


def _ascribed(c: Clause, at: int, found: Verb, outer: Name, stop: int) -> Said | None:
    """«ونسب الحريق إلى ماس» is of whoever spoke before, «نسبت س الحريق إلى ماس» of the one named."""
    base = replace(cued(at, found, ()), code="reports")
    speaks = (
        can_speak(c.word(outer.first)) or c.names.known(outer.first) or c.names.title(outer.first, c.last)
    )
    if not speaks:
        return replace(base, dropped=True, body=at + 1)
    thing = c.word(stop) == "الي" and outer.end < stop
    return replace(base, names=((outer.first, outer.last),), body=outer.end) if thing else None


_ABOUT_HIM = frozenset(("عنه", "عنها", "عنهم", "عنهما"))


def _relayed_back(c: Clause, at: int, found: Verb, outer: Name) -> Said | None:
    """«ونقلت عنه وكالة كذا قوله إن», «ونقل موقع كذا عنه أن»: it relays whoever spoke last."""
    body, shown = complement(c, outer.end + (c.word(outer.end) in _ABOUT_HIM), needs=True)
    if not len(outer) or not shown:
        return None
    return replace(cued(at, found, ((outer.first, outer.last),)), body=body, back=True)


def _from(found: Verb) -> tuple[str, ...]:
    """«نقلت س عن», «نسبت س إلى»."""
    return ("الي",) if found.lemma == "نسب" else ("عن",)


def _relayed_from(c: Clause, stop: int) -> list[Name]:
    """The names after «عن», one for each: «عن صحيفة كذا عن مصدر»."""
    names: list[Name] = []
    while c.word(stop) in ("عن", "الي") and len(names) < 3:
        name = c.names.read(stop + 1, c.last)
        if not len(name):
            break
        names.append(name)
        stop = name.end
    return names


def _relaying_in_turn(c: Clause, name: Name) -> list[Name]:
    """«[نقلت س عن] ص، التي نقلت بدورها عن ع،»: the one behind the relative clause."""
    at = name.end + 1
    relays = verb(c.word(at + 1)) if c.word(name.end) == "," and c.word(at) in ("التي", "الذي") else None
    if not relays or relays.cue != "relay":
        return []
    k = next((k for k in range(at + 2, min(at + 5, c.last)) if c.word(k) == "عن"), None)
    return _relayed_from(c, k) if k else []


def _goes_on(c: Clause, at: int, outer: Name, found: Verb) -> bool:
    """«ونقلت عن ص أن», «ونقل عن ص أن»: whoever spoke last passes it on; a written damma makes it passive."""
    return not len(outer) and (found.feminine or (c.word(at).startswith("و") and "ُ" not in c.tokens[at].raw))


def relayed_by(c: Clause, found: Verb, name: Name, here: int) -> Said | None:
    """«تقارير قد نقلت عن مصادر أمنية»: source first, and a hop after it."""
    while has("time-words", c.word(here + 1)) and here < c.last:
        here += 1
    inner = _relayed_from(c, here + 1)
    if not inner:
        return None
    last = inner[-1]
    body, _ = complement(c, last.end, needs=False)
    ranges = ((name.first, name.last), *((n.first, n.last) for n in inner))
    last, ranges, role = named_after_comma(c, last, ranges, body)
    told = ((last.end, body),)
    return replace(cued(here, found, ranges), body=body, told=told, role=role)


def learned(c: Clause, at: int) -> Said | None:
    """«علمت س من ص أن», «اطلعت س على وثيقة تفيد بأن»: the medium, and whoever it has it from."""
    word = c.word(at).lstrip("و")
    if word in ("تلقت", "تلقي"):
        return _was_told(c, at)
    over = {"علمت": "من", "علم": "من", "اطلعت": "علي", "اطلع": "علي", "حصلت": "علي", "حصل": "علي"}.get(word)
    if not over or not (c.names.title(at + 1, c.last) or is_outlet(c, at + 1)):
        return None
    name = c.names.read(at + 1, c.last, cut=True)
    k = next((k for k in range(name.end, min(name.end + 3, c.last)) if c.word(k) == over), 0)
    body = next((i for i in range(k, min(k + 14, c.last)) if particle_at(c, i)), 0) if k else 0
    if not body:
        return None
    names: Parts = ((name.first, name.last),)
    source = _from_statement(c, k + 1, body) if over == "علي" else k + 1
    inner = c.names.read(source, body) if source else None
    if inner and len(inner):
        names += ((inner.first, inner.last),)
    return Said("relays", names=names, cue=(at, at + 1), body=body, told=((name.end, body),))


def _was_told(c: Clause, at: int) -> Said | None:
    """«تلقت هيئة كذا بلاغا عن حادث»: who was told of it passes it on."""
    what = next((k for k in range(at + 2, min(at + 14, c.last)) if c.word(k) in _NOTICES), 0)
    name = c.names.read(at + 1, what or at + 1, cut=True)
    body = can_speak(c.word(name.first)) and not is_person(c.word(name.first))
    if not len(name) or name.end != what or not (body or c.names.known(name.first)):
        return None
    after = c.word(what + 1)
    of_event = after.startswith("ب") and "اخلاء" not in after
    if not of_event and after not in ("عن", "حول", "بشان", "يفيد", "تفيد"):
        return None
    return Said("reports", names=((name.first, name.last),), cue=(at, at + 1), body=name.end)


_NOTICES = frozenset(("بلاغ", "بلاغا", "بلاغات", "بلاغين"))


def _from_statement(c: Clause, at: int, body: int) -> int:
    """«[حصل على] إفادة من س», «[اطلع على] رسالة من س»: the token where the one who made it is named, else 0."""
    if not has("statement-nouns", c.word(at)):
        return 0
    return next((k + 1 for k in range(at + 1, min(at + 4, body)) if c.word(k) == "من"), 0)
