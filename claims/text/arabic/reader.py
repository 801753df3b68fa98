"""One line of Arabic to the claims in it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from claims.text.arabic import clauses
from claims.text.arabic.attribution import (
    before_verb,
    by_verb,
    carried,
    credited,
    not_excluded,
    said_after,
)
from claims.text.arabic.clause import Clause, Said, particle_at
from claims.text.arabic.contacted import unanswered
from claims.text.arabic.dates import Dates
from claims.text.arabic.headings import heads, issues, listed
from claims.text.arabic.hops import told_at, with_citing
from claims.text.arabic.lexicon import can_speak, has, participle, verb
from claims.text.arabic.media import MEDIA_KINDS
from claims.text.arabic.names import Names
from claims.text.arabic.openings import asked_at, by_colon, opening
from claims.text.arabic.prepositions import by_preposition, find_tail, past_statement
from claims.text.arabic.quantities import Quantities
from claims.text.arabic.relays import learned
from claims.text.arabic.silence import silence
from claims.text.arabic.voices import Voices
from claims.text.arabic.worth import is_claim, stance_of
from claims.text.calendar import Found
from claims.text.draft import Draft
from claims.text.memory import Memory
from claims.text.quotations import read_line
from claims.text.reading import Quantity, Stance, Voice
from claims.text.registry import KnownSource
from claims.text.tokens import Line, Token


class ArabicReader:
    """Reads lines in order; what it has heard in one line resolves references in the next."""

    def __init__(
        self,
        text: str,
        published_on: date | None,
        sources: Sequence[KnownSource] | None,
        publisher: str | None = None,
    ) -> None:
        self.text = text
        self.published_on = published_on
        self.sources = sources
        self.memory = Memory()
        self.voices = Voices(text, self.memory, sources, publisher)
        self.last: tuple[Voice, ...] = ()
        self.heading: Voice | None = None
        self.issuer: Voice | None = None
        self._fresh = False

    def turn(self, line: Line) -> None:
        """Takes in the line to come: a heading speaks for the list under it, an issuer for the rest of the text."""
        names = Names(line.tokens, self.sources)
        over, issued = heads(line, names), issues(line, names)
        if over or issued:
            voice = self.voices.heading(line.tokens, *(over or issued or (0, 0)))
            self.heading, self.issuer = (voice, self.issuer) if over else (None, voice)
        elif not (self._fresh or listed(line)):
            self.heading = None
        self._fresh = over is not None

    def read(self, tokens: tuple[Token, ...]) -> Iterator[Draft]:
        """Claims of one line, in order."""
        return read_line(self.text, tokens, self._sentence, lambda: self.last)

    def _sentence(self, tokens: tuple[Token, ...]) -> Iterator[Draft]:
        dates = list(Dates(tokens, self.published_on).find())
        taken = {i for d in dates for i in range(d.first, d.last)}
        quantities = list(Quantities(tokens, taken).find())
        names = Names(tokens, self.sources)
        merged = self._merged(clauses.split(tokens, names, self.sources))
        before = self.last if merged and merged[0][1].carries else ()
        outer = self._relayed_by(merged, taken)
        for clause, said in merged:
            span = tokens[clause.first].start, tokens[clause.last - 1].end
            held = [q for q in quantities if span[0] <= q.start < span[1]]
            goes_on = said.code == "own-account" and (_goes_with(clause, held) or _still_quoted(clause))
            if before and goes_on:
                said = replace(said, code="continues", carries=True)
            chain = self.voices.chain(said, tokens, before)
            unsaid = said.code in ("own-account", "denies")
            if not chain and unsaid and (over := self.heading or self.issuer):
                chain = (over,)
                said = replace(said, code="continues") if self.heading and said.code == "own-account" else said
            before = chain
            self.last = chain or self.last
            if outer and chain and said.code != "according-to":
                chain = (outer, *chain) if not alike(outer, chain[0]) else chain
            within = [d for d in dates if clause.first <= d.first < clause.last]
            if said.drop or not is_claim(clause, said, held, within):
                continue
            yield self._draft(clause, said, chain, held, within)

    def overhear(self, tokens: tuple[Token, ...]) -> None:
        """Takes in the outlets that a heading or byline names, so that «الوكالة» can point to them."""
        self.voices.overhear(tokens, Names(tokens, self.sources))

    def _relayed_by(self, merged: list[tuple[Clause, Said]], dated: set[int]) -> Voice | None:
        """A medium at the end of a sentence that reports («..., وفق ما ذكرته رويترز») relays all of it."""
        clause, said = merged[-1] if merged else (None, None)
        if clause is None or said is None or not (said.names or said.carries or said.dropped) or said.tail:
            return None
        tail = find_tail(clause, max(said.body, said.cue[1], clause.first + 2))
        if not tail or len(tail[0].names) != 1:
            return None
        if any(k not in dated and clause.word(k) != "," for k in range(tail[0].body, clause.last - 1)):
            return None
        if clause.word(tail[0].cue[0]).removeprefix("و") == "نقلا":
            return None
        voice = self.voices.quiet_voice(tail[0], clause.tokens)
        return voice if voice and voice.kind in MEDIA_KINDS else None

    def _merged(self, parts: list[Clause]) -> list[tuple[Clause, Said]]:
        """Clauses with who says them; what a sentence-final source covers is one claim with it."""
        read = [(c, attribute(c)) for c in parts if c.last > c.first]
        out: list[tuple[Clause, Said]] = []
        for clause, said in read:
            if said.tail and said.cue[0] > clause.first and out and out[-1][1].code == "own-account":
                before = out.pop()[0]
                if clauses.coordinated(clause, clause.first):
                    out.append((before, replace(said, told=())))
                else:
                    clause = Clause(clause.tokens, clause.names, before.first, clause.last, clause.sources)
            out.append((clause, said))
        return out

    def _draft(
        self, c: Clause, said: Said, chain: tuple[Voice, ...], held: list[Quantity], within: list[Found]
    ) -> Draft:
        event, told = _event(said, within)
        first = _past_tag(c)
        cue = " ".join(t.raw for t in c.tokens[said.cue[0] : said.cue[1]])
        background = said.code in ("own-account", "passive") and not within and not held
        return Draft(
            tuple(c.tokens), first, c.last, chain, said.code, stance_of(c, said), cue, tuple(held), (), event, told,
            said.doubted, background,
        )  # fmt: skip


def _goes_with(c: Clause, held: list[Quantity]) -> bool:
    """«قال س إن ...، كما أصيب 13»: the count goes on with what was reported before it."""
    if clauses.coordinated(c, c.first) and c.word(c.first) not in ("وكان", "وكانت", "وسبق"):
        return True
    word = c.word(c.first).removeprefix("و")
    if word in ("فيما", "بينما", "لكن", "غير") and any(w in _OF_THEM for w in c.words[c.first + 1 : c.first + 6]):
        return True
    return word == "كما" or (word in ("فيما", "بينما") and bool(held))


_OF_THEM = frozenset(("منها", "منهم", "بعضها", "بعضهم", "معظمها", "معظمهم", "اغلبها", "اغلبهم", "اخرون", "اخرين", "اخر", "اخري"))


def _still_quoted(c: Clause) -> bool:
    """Whether the quotation that the clause before opened goes on here."""
    for k in range(c.first - 1, max(c.first - 60, -1), -1):
        if c.tokens[k].closes:
            return False
        if c.tokens[k].opens:
            return True
    return False


def alike(a: Voice, b: Voice) -> bool:
    """Whether two voices are one source."""
    return a.surface == b.surface or (a.source_key is not None and a.source_key == b.source_key)


def attribute(c: Clause) -> Said:
    """Who says the clause: by the first cue that fits, in order of how little they can be mistaken."""
    on = _spoken_by(c) or carried(c)
    if on:
        return on
    at = opening(c)
    quiet = unanswered(c, at) or not_excluded(c, at) or silence(c, at)
    if quiet:
        return _denied_by(c, at, quiet) if quiet.code == "denies" else quiet
    head = by_preposition(c, at)
    if head and head[0].names and head[1] < c.last - 2:
        return _under_head(c, at, *head)
    said = (
        learned(c, at)
        or by_colon(c, at)
        or _relative(c, at)
        or _stated_in(c, at)
        or _which(c, at)
        or _footage(c, at)
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
        return _subject_of(c, at, tail[0], tail[1])
    if tail:
        return replace(tail[0], told=((tail[1], _told_until(c, tail[0].body)),))
    return _when_said(c, at) or _passive(c, at) or Said("own-account", body=at)


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
        return replace(said, names=(*said.names, (inner.first, inner.last)), code="relays") if len(inner) else said
    parts = with_citing(c, said.names, c.first + 1, at)
    return replace(said, names=parts, code="relays") if len(parts) > 1 else said


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


_CARRIED = Said("reports")


def _relative(c: Clause, at: int) -> Said | None:
    """«التي اكتفت بالقول إن»: the noun before it speaks."""
    if c.word(at) not in ("التي", "الذي"):
        return None
    found = verb(c.word(at + 1))
    if found and at == c.first and found.cue not in ("event", "call", "relay"):
        said = by_verb(Clause(c.tokens, c.names, at + 1, c.last, c.sources), at + 1)
        return replace(said or _CARRIED, names=(), verb=found, dropped=True, cue=(at + 1, at + 2))
    if not found or found.cue != "say" or at == 0:
        return None
    body = next((k for k in range(at + 2, min(at + 5, c.last)) if particle_at(c, k)), at + 2)
    return Said("reports", names=((at - 1, at),), verb=found, cue=(at + 1, at + 2), body=body)


def _which(c: Clause, at: int) -> Said | None:
    """«وهي معلومة نفاها قائد القوات»: a verb that takes up what was just said."""
    found = verb(c.word(at + 1))
    opened = at > c.first and c.word(at - 1) in ("وهو", "وهي") and not can_speak(c.word(at))
    if not opened or not found or not found.suffixed or found.cue not in ("say", "deny"):
        return None
    return by_verb(c, at + 1)


def _stated_in(c: Clause, at: int) -> Said | None:
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
    return Said("reports", names=((name.first, name.last),), cue=(at, at + 2), body=colon, told=((at, colon),))


def _subject_of(c: Clause, at: int, said: Said, begin: int) -> Said:
    """«ترد القوات الأمريكية ...، بحسب ما أعلنته»: the one who announced is the subject of the clause."""
    told = ((begin, c.last),)
    for k in range(at, begin):
        n = c.names.known(k)
        if n and (said.verb is None or _agrees(c.word(k), said)):
            return replace(said, names=((k, k + n),), dropped=False, told=told)
    acts = next((k for k in range(at, min(at + 3, begin)) if verb(c.word(k))), None)
    if acts is not None and can_speak(c.word(acts + 1)) and _agrees(c.word(acts + 1), said):
        name = c.names.read(acts + 1, begin, cut=True)
        return (
            replace(said, names=((name.first, name.last),), dropped=False, told=told) if len(name) else said
        )
    return replace(said, told=told)


def _agrees(word: str, said: Said) -> bool:
    feminine = word.endswith("ه") or has("feminine-names", word)
    return said.verb is None or feminine == said.verb.feminine


def _when_said(c: Clause, at: int) -> Said | None:
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


def _footage(c: Clause, at: int) -> Said | None:
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


def _passive(c: Clause, at: int) -> Said | None:
    """«أُفيد بأن», «يُعتقد أن», «سُمع دوي»: reported by nobody named."""
    word = c.word(at).lstrip("وف") if c.word(at)[:1] in "وف" else c.word(at)
    if word in ("الجدير", "الجديربالذكر"):
        return Said("passive", cue=(at, at + 2), body=at + 2)
    if not has("passive-reports", word) and not has("passive-reports", c.word(at)):
        return None
    stance: Stance = "estimates" if word in ("يعتقد", "يرجح") else "asserts"
    return Said("passive" if stance == "asserts" else "estimates", stance, cue=(at, at + 1), body=at + 1)


def _event(said: Said, within: list[Found]) -> tuple[Found | None, Found | None]:
    """The phrase that dates the event, and the one that dates the saying."""
    within = [d for d in within if not any(a <= d.first < b for a, b in said.names)]
    told = [d for d in within if any(a <= d.first < b for a, b in said.told)]
    dated = [d for d in within if d not in told and not d.open_period]
    exact = [d for d in dated if d.precision in ("day", "days", "night", "part_of_day")] or dated
    if exact:
        return exact[0], told[0] if told else None
    stated = next((d for d in told if d.last - d.first >= 3 and not d.open_period and d.days), None)
    return stated, told[0] if told else None


def _past_tag(c: Clause) -> int:
    """Past «عاجل |»: the tag is no part of the claim."""
    at = c.first
    while (
        at < c.last - 3
        and (has("lead-in", c.word(at)) or not c.tokens[at].is_word)
        and not (c.word(at) in ("#", "(", "@") and not has("lead-in", c.word(at + 1)))
    ):
        at += 1
    return at
