"""Who says an Arabic clause: every cue in order, with what stands before and after it."""

from dataclasses import replace

from claims.text.arabic.attribution import by_verb, carried, credited, not_excluded, said_after
from claims.text.arabic.clause import Clause, Said
from claims.text.arabic.contacted import unanswered
from claims.text.arabic.cues import footage, passive, relative, stated_in, subject_of, taken_up, when_said
from claims.text.arabic.hops import told_at, with_citing
from claims.text.arabic.lexicon import can_speak, has, masdar, participle
from claims.text.arabic.names import Name
from claims.text.arabic.openings import asked_at, by_colon, opening
from claims.text.arabic.prepositions import by_preposition, find_tail
from claims.text.arabic.relays import learned
from claims.text.arabic.silence import silence
from claims.text.arabic.subjects import before_verb


def attribute(c: Clause) -> Said:
    """Who says the clause: by the first cue that fits, in order of how little they can be mistaken."""
    on = _spoken_by(c) or carried(c)
    if on:
        return on
    at = opening(c)
    quiet = unanswered(c, at) or not_excluded(c, at) or silence(c, at)
    if quiet and not (quiet.code == "silence" and by_colon(c, at)):
        return _denied_by(c, at, quiet) if quiet.code == "denies" else quiet
    head = by_preposition(c, at)
    of_them = head and head[0].dropped and c.word(head[1]) == ","
    if head and (head[0].names or of_them) and head[1] < c.last - 2:
        return _under_head(c, at, *head)
    said = (
        learned(c, at)
        or by_colon(c, at)
        or relative(c, at)
        or stated_in(c, at)
        or taken_up(c, at)
        or footage(c, at)
        or by_verb(c, at)
    )
    said = said or before_verb(c, at)
    if said:
        return _with_tail(c, _with_lead(c, at, said))
    after = said_after(c, at) or credited(c, at)
    if after:
        return after
    tail = find_tail(c, at)
    if tail and tail[0].dropped and not tail[0].names:
        return subject_of(c, at, tail[0], tail[1])
    if tail:
        return replace(tail[0], told=((tail[1], _told_until(c, tail[0].body)),))
    return when_said(c, at) or passive(c, at) or Said("own-account", body=at)


def _spoken_by(c: Clause) -> Said | None:
    """«متحدثا لشبكة كذا، قال س إن»: a participle at the head of the sentence leads up to its own verb."""
    if c.first or not participle(c.word(0)):
        return None
    comma = next((k for k in range(1, min(14, c.last - 3)) if c.word(k) == ","), 0)
    said = by_verb(Clause(c.tokens, c.names, comma + 1, c.last, c.sources), comma + 1) if comma else None
    return _with_lead(c, comma + 1, said) if said and said.names else None


def _denied_by(c: Clause, at: int, quiet: Said) -> Said:
    """«لا صحة لـ ...، بحسب س»: who denies stands at the end."""
    tail = find_tail(c, at + 2)
    return replace(quiet, names=tail[0].names, told=((tail[1], c.last),)) if tail else quiet


def _under_head(c: Clause, at: int, head: Said, end: int) -> Said:
    """«بحسب وكالة كذا، قال س إن», «ونقلا عن ص، ذكرت س أن»: two hops; else the one who is named at the head."""
    alone = replace(head, tail=False, told=((at, end),))
    if c.word(end) != "," or len(head.names) > 1:
        return alone
    within = Clause(c.tokens, c.names, end + 1, c.last, c.sources)
    said = by_verb(within, end + 1) or before_verb(within, end + 1)
    if not said or said.drop or not said.names or said.code in ("observes", "responsibility", "denies"):
        return alone
    cited = c.word(at).endswith("نقلا")
    names = (*said.names, *head.names) if cited else (*head.names, *said.names)
    return replace(said, code="relays", names=names, told=((at, end), *said.told))


def _with_lead(c: Clause, at: int, said: Said) -> Said:
    """«وفي تصريح لقناة كذا، قال س إن»: the medium stands in the lead."""
    if said.dropped and not said.names and at > c.first:
        asked = _asked(c, at)
        if asked:
            return replace(said, names=(asked,), dropped=False)
        outlet = next((m for k in range(c.first + 1, at) if (m := told_at(c, k)) and m[1] <= at), None)
        return replace(said, names=(outlet,), dropped=False, back=True) if outlet else said
    if len(said.names) != 1 or at == c.first:
        return said
    if c.word(c.first).removeprefix("و") == "عن" and said.verb and said.verb.lemma == "نقل":
        inner = c.names.read(c.first + 1 + (c.word(c.first + 1) in ("هذا", "هذه")), at)
        names = (*said.names, (inner.first, inner.last))
        return replace(said, names=names, code="relays") if _somebody(c, inner) else said
    parts = with_citing(c, said.names, c.first + 1, at)
    return replace(said, names=parts, code="relays") if len(parts) > 1 else said


def _somebody(c: Clause, name: Name) -> bool:
    """«وعن حارس السد، نقلت س», not «وعن الحريق، نقلت س»."""
    word = c.word(name.first)
    thing = word.startswith("ال") or masdar(word) or has("np-breaks", word)
    return len(name) > 0 and (can_speak(word) or c.names.known(name.first) > 0 or not thing)


def _asked(c: Clause, at: int) -> tuple[int, int] | None:
    """«وعندما سألنا س عن ذلك، رد بأن»: who was asked answers."""
    k = asked_at(c, c.first, at)
    name = c.names.read(k + 1, at, cut=True) if k is not None else None
    if not name or not len(name) or not (can_speak(c.word(name.first)) or c.names.known(name.first)):
        return None
    return name.first, name.last


def _told_until(c: Clause, end: int) -> int:
    """«وقع القصف حسب س، الجمعة، في»: where the clause goes on after the name, the date is the event's."""
    return end if c.last - end >= 5 else c.last


def _with_tail(c: Clause, said: Said) -> Said:
    """A report that ends «نقلا عن ص» has another hop."""
    if said.dropped and said.code == "estimates" and said.verb and said.verb.present:
        return _estimated(c, said)
    if len(said.names) > 1 or not said.body or not (said.names or said.dropped):
        return said
    tail = find_tail(c, said.body)
    if tail and said.code == "headline-colon" and tail[0].names:
        return _under_colon(c, said, tail[0])
    if tail and c.word(tail[0].cue[0]).lstrip("و") == "نقلا" and tail[0].names:
        return replace(
            said, code="relays", names=(*said.names, tail[0].names[-1]), told=(*said.told, (tail[1], c.last))
        )
    return said


def _estimated(c: Clause, said: Said) -> Said:
    """«ويُقدّر عدد العالقين بكذا، وفق س»: the estimate is that of the source at the end."""
    tail = find_tail(c, said.body)
    if not tail or not tail[0].names:
        return said
    return replace(said, names=tail[0].names, dropped=False, told=(*said.told, (tail[1], c.last)))


def _under_colon(c: Clause, said: Said, tail: Said) -> Said:
    """«رويترز: P، بحسب س» is two hops; the outlet of a byline («غزة - وكالة كذا: P، بحسب س») is none."""
    first = said.names[0][0]
    if c.word(first - 1) == "-" and first > c.first:
        return replace(tail, byline=said.names[0])
    return replace(tail, code="relays", names=(*said.names, *tail.names))
