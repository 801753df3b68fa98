"""One line of Arabic to the claims in it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from claims.text.arabic import clauses
from claims.text.arabic.clause import Clause, Said
from claims.text.arabic.contacted import asks
from claims.text.arabic.dates import Dates
from claims.text.arabic.headings import heads, issues, listed
from claims.text.arabic.lexicon import has
from claims.text.arabic.media import MEDIA_KINDS
from claims.text.arabic.names import Names
from claims.text.arabic.openings import by_colon, opening
from claims.text.arabic.prepositions import find_tail
from claims.text.arabic.quantities import Quantities
from claims.text.arabic.saying import attribute
from claims.text.arabic.voices import Voices
from claims.text.arabic.worth import is_claim, stance_of
from claims.text.calendar import Found
from claims.text.draft import Draft
from claims.text.memory import Memory
from claims.text.quotations import read_line
from claims.text.reading import Quantity, Voice
from claims.text.registry import KnownSource
from claims.text.tokens import Line, Token

MAX_BYLINE = 12


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
            answering = self.memory.last() if asks(clause) else None
            span = tokens[clause.first].start, tokens[clause.last - 1].end
            held = [q for q in quantities if span[0] <= q.start < span[1]]
            goes_on = said.code == "own-account" and (_goes_with(clause) or _still_quoted(clause))
            if before and goes_on:
                said = replace(said, code="continues", carries=True)
            chain = self.voices.chain(said, tokens, before)
            unsaid = said.code in ("own-account", "denies")
            if not chain and unsaid and (over := self.heading or self.issuer):
                chain = (over,)
                said = (
                    replace(said, code="continues") if self.heading and said.code == "own-account" else said
                )
            if answering:
                self.memory.note(answering)
            before = () if answering else chain
            self.last = chain or self.last
            if outer and chain and said.code != "according-to":
                chain = (outer, *chain) if not alike(outer, chain[0]) else chain
            within = [d for d in dates if clause.first <= d.first < clause.last]
            if said.drop or not is_claim(clause, said, held, within):
                continue
            yield self._draft(clause, said, chain, held, within)

    def overhear(self, tokens: tuple[Token, ...]) -> None:
        """Takes in whoever a heading or byline names: «الوكالة», «يقول» under it can point to them."""
        names = Names(tokens, self.sources)
        line = Clause(tokens, names, 0, len(tokens), self.sources)
        tag = next((i + 1 for i, word in enumerate(names.words[:4]) if word in ("|", "/")), 0)
        said = by_colon(line, tag or opening(line)) if tokens else None
        if said and len(said.names) > 1:
            self.voices.chain(said, tokens, ())
        elif len(tokens) <= MAX_BYLINE:
            self.voices.overhear(tokens, names)

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


def _goes_with(c: Clause) -> bool:
    """«قال س إن ...، كما أصيب 13»، «لكن الطريق ظل مغلقا»: within a sentence the report goes on."""
    if clauses.coordinated(c, c.first) and c.word(c.first) not in ("وكان", "وكانت", "وسبق"):
        return True
    word = c.word(c.first).removeprefix("و")
    return word in _GOING_ON or c.phrase(c.first, 2).removeprefix("و") in ("في حين", "في وقت")


_GOING_ON = frozenset(("كما", "فيما", "بينما", "لكن", "لكنه", "لكنها", "لكنهم", "حيث", "غير", "الا", "بيد"))


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
