"""One line of English to the claims in it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from claims.text.calendar import Found
from claims.text.draft import Draft
from claims.text.english import clauses
from claims.text.english.attribution import find_report
from claims.text.english.cited import cites, whom
from claims.text.english.clause import Clause, Range, Said
from claims.text.english.dates import Dates, dateline_day, only_year
from claims.text.english.daycount import NamedDays
from claims.text.english.evidence import shown
from claims.text.english.goingon import carried
from claims.text.english.hearsay import (
    attributed_to,
    contradicted,
    heard,
    learns,
    own_statement,
    published_statement,
    retold,
    told_by,
    within,
)
from claims.text.english.lexicon import has
from claims.text.english.names import is_name
from claims.text.english.openings import by_colon, opening
from claims.text.english.phrases import according_to
from claims.text.english.propositions import is_claim
from claims.text.english.quantities import Quantities
from claims.text.english.relays import citing, outlet, quoted_passive, reported_by, told
from claims.text.english.silence import keeps_silent, silence
from claims.text.english.speech import mark_speech
from claims.text.english.stances import negative, stance
from claims.text.english.voices import Voices
from claims.text.memory import Memory
from claims.text.quotations import read_line
from claims.text.reading import Quantity, Stance, Voice
from claims.text.registry import KnownSource
from claims.text.tokens import Token


class EnglishReader:
    """Reads lines in order; what it has heard in one line resolves references in the next."""

    def __init__(self, text: str, published_on: date | None, sources: Sequence[KnownSource] | None) -> None:
        self.text = text
        self.published_on = published_on or dateline_day(text)
        self.sources = sources
        self.memory = Memory()
        self.voices = Voices(text, self.memory, sources)
        self.last: tuple[Voice, ...] = ()
        self.year = 0 if self.published_on else only_year(text)  # what days of an undated text belong to
        self.days = NamedDays()
        self.denied = ""  # who denied something in the claim before

    def read(self, tokens: tuple[Token, ...]) -> Iterator[Draft]:
        """Claims of one line, in order."""
        return read_line(
            self.text, mark_speech(self.text, _bodies(tokens)), self._sentence, lambda: self.last
        )

    def _sentence(self, tokens: tuple[Token, ...]) -> Iterator[Draft]:
        dates = list(Dates(tokens, self.published_on, self.year, self.days).find())
        taken = {i for d in dates for i in range(d.first, d.last)}
        quantities = list(Quantities(tokens, taken).find())
        before: tuple[Voice, ...] = ()
        head = spoken = False
        for clause, said in _merged(clauses.split(tokens, self.sources)):
            if head and said.code == "own-account":
                said = replace(said, code="continues", carries=True)
            chain = self.voices.chain(said, tokens, before)
            before = chain
            head = bool(chain) and (not said.tail or _goes_on(said, tokens))
            self.last = chain or self.last
            spoken = spoken or bool(chain)
            span = tokens[clause.first].start, tokens[clause.last - 1].end
            held = [
                q
                for q in quantities
                if span[0] <= q.start < span[1] and not _counts_speakers(q, said, tokens)
            ]
            within = [d for d in dates if clause.first <= d.first < clause.last]
            if not said.drop and is_claim(clause, said, held, within):
                draft = _draft(clause, said, chain, held, within)
                yield self._still_denied(draft, clause, said, tokens)
        if not spoken:
            self.voices.meet(tokens)

    def _still_denied(self, draft: Draft, clause: Clause, said: Said, tokens: Sequence[Token]) -> Draft:
        """What the same speaker says next is a denial too where it says that something is not so."""
        who = draft.chain[-1].surface if draft.chain else ""
        own = {tokens[r[0]].text for r in (*said.names[-1:], *((said.role,) if said.role else ()))}
        same = who and self.denied and (who == self.denied or not own.isdisjoint(("its", "their")))
        plain = draft.stance == "asserts" and not draft.verb.startswith("confirm")
        if same and plain and negative(clause):
            draft = replace(draft, stance="denies")
        if draft.chain:
            self.denied = who if draft.stance == "denies" else ""
        return draft


def _goes_on(said: Said, tokens: Sequence[Token]) -> bool:
    """ "Seven were driven off, he added, but three died": whoever is only a pronoun says the rest too."""
    return len(said.names) == 1 and has("pronouns", tokens[said.names[0][0]].text)


def _bodies(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The WHO is a body, and "who" in small letters a word that opens a clause."""
    return tuple(replace(t, text="w.h.o") if t.raw == "WHO" else t for t in tokens)


def _counts_speakers(q: Quantity, said: Said, tokens: Sequence[Token]) -> bool:
    """ "One resident, Huda, said": that somebody says it is no figure; "two officials said" counts them."""
    if any(q.start == tokens[b - 1].start and b - a > 1 for a, b in said.names):  # "Witness 6"
        return True
    if q.value != 1:
        return False
    if said.role and q.start == tokens[said.role[0]].start:
        return True
    return any(tokens[a].start <= q.start <= tokens[min(a + 2, b - 1)].start for a, b in said.names)


def _merged(parts: list[Clause]) -> list[tuple[Clause, Said]]:
    """Clauses with who says them; what a sentence-final source covers is one claim with it."""
    out: list[tuple[Clause, Said]] = []
    for clause in (c for c in parts if c.last > c.first):
        said = attribute(clause)
        said = _accused(out[-1], said) if out else said
        covers = said.tail and out and out[-1][1].code == "own-account" and not _after_colon(clause)
        if covers and clause.word(clause.first) in _AGAINST:
            before = out[-1][0]
            out[-1] = before, replace(said, body=before.first, told=(), stance="asserts")
        elif covers:
            clause = Clause(clause.tokens, out.pop()[0].first, clause.last, clause.sources)
        out.append((clause, said))
    return out


def _accused(before: tuple[Clause, Said], said: Said) -> Said:
    """ "They accuse the militia of the killings, a charge it denies": the militia denies, not who accuses."""
    c, earlier = before
    pronoun = len(said.names) == 1 and said.names[0][1] - said.names[0][0] == 1
    if earlier.code != "responsibility" or said.stance != "denies" or not pronoun:
        return said
    first = earlier.cue[1]
    last = next((k for k in range(first, c.last) if c.word(k) in ("of", "for", "over", ",")), c.last)
    token = c.tokens[said.names[0][0]].text
    whole = has("pronouns", token) and is_name(c, (first, last), whole=True)
    return replace(said, names=((first, last),)) if whole else said


def _after_colon(c: Clause) -> bool:
    """A quotation after the outlet's own words and a colon: its speaker says no more than the quotation."""
    return c.first > 0 and c.tokens[c.first - 1].text == ":"


# A clause after these is a claim of its own, though one source at the end may cover both.
_AGAINST = ("and", "while", "but", "though", "although", "whereas")


def attribute(c: Clause) -> Said:
    """Who says the clause: by the first cue that fits."""
    on = contradicted(c, c.first) or carried(c)
    if on:
        return replace(on, stance="no_comment") if keeps_silent(c, on.body) else on
    at = opening(c)
    quiet = silence(c, at)
    if quiet:
        return _who_is_silent(c, at, quiet)
    head = according_to(c, at)
    if head and not head.tail:
        return _passed_on(c, head)
    said = (
        _colon(c, at)
        or _saying_within(c, at)
        or quoted_passive(c, at)
        or _at_second_hand(c, at)
        or _outer(c, at)
    )
    if said and head:
        return _both(c, said, head)
    if said:
        return _rounded(c, said)
    return (
        head
        or _whatever_verb(c, at)
        or reported_by(c, at)
        or _reported(c, at)
        or Said("own-account", body=at)
    )


def _whatever_verb(c: Clause, at: int) -> Said | None:
    """ "Ma'an, quoting an uncle, made him fourteen": what an outlet cites somebody for, it reports."""
    comma = next((k for k in range(at + 1, min(at + 8, c.last)) if c.word(k) == ","), 0)
    past = cites(c, comma + 1) if comma else 0
    end = next((k for k in range(past, min(past + 16, c.last)) if c.word(k) == ","), 0) if past else 0
    cited = whom(c, past, end) if end else None
    if not cited or not is_name(c, (at, comma), whole=True):
        return None
    return Said(
        "relays", names=((at, comma), cited), cue=(comma + 1, past), body=end + 1, told=((comma, end),)
    )


def _rounded(c: Clause, said: Said) -> Said:
    """A report with whoever else it is from; told an outlet that nothing is known, somebody keeps silent."""
    said = within(c, citing(c, said))
    mute = said.stance == "asserts" and not said.tail and keeps_silent(c, said.body)
    return replace(said, stance="no_comment") if mute else said


def _colon(c: Clause, at: int) -> Said | None:
    """ "S: P", "S: an official said P"."""
    head = by_colon(c, at)
    return replace(_passed_on(c, head), body=head.body) if head else None


def _at_second_hand(c: Clause, at: int) -> Said | None:
    if has("prepositions", c.word(at)):  # "In West Nile, teams have received accounts from ..."
        comma = next((k for k in range(at + 1, min(at + 8, c.last)) if c.word(k) == ","), at - 1)
        at = comma + 1
    kinds = (told_by, published_statement, heard, retold, learns, attributed_to, own_statement)
    return next((said for kind in kinds if (said := kind(c, at))), None)


def _both(c: Clause, said: Said, head: Said) -> Said:
    """ "X said P, according to S": an outlet passes on what X said, else X has it from S."""
    if head.names and said.code == "footage" and not said.names:  # what pictures show, by whoever looked
        return replace(said, names=head.names, told=(*said.told, *head.told))
    if len(said.names) != 1 or not head.names or said.carries or said.drop:
        return said
    passes = said.tail or outlet(c, head.names[0], trusted=False)
    names = (*head.names, *said.names) if passes else (*said.names, *head.names)
    return replace(said, code="relays", names=names)


def _outer(c: Clause, at: int) -> Said | None:
    """A report, else what pictures or papers show; a report at the end stands outside what they show."""
    report = find_report(c, at)
    if report and report.tail:
        return report
    if report and len(report.names) == 1 and outlet(c, report.names[0], trusted=False):
        report = _passed_on(c, report)
    evidence = shown(c, at)
    # "A memo seen by the paper says inspectors found": what the memo says, not what they found
    first = (
        report
        and evidence
        and report.begin == at
        and report.cue[0] < evidence.cue[0]
        and has("plain-say", c.word(report.cue[0]))
    )
    return report if first else evidence or report


def _who_is_silent(c: Clause, at: int, quiet: Said) -> Said:
    """ "We do not comment on operations," a spokesman said: whoever says it is the one who is silent."""
    said = find_report(c, at) if c.speech(at) else None
    return replace(quiet, names=said.names, role=said.role) if said else quiet


def _passed_on(c: Clause, head: Said) -> Said:
    """ "According to S, the ministry said P": the speaker inside is a hop."""
    inner = find_report(c, head.body + (c.word(head.body) == ",")) if len(head.names) == 1 else None
    if (
        not inner
        or inner.tail
        or inner.drop
        or has("pronouns", c.word(inner.names[0][0]))
        or inner.begin > head.body + 1
    ):
        return head
    names = (*head.names, *inner.names)
    if has("cite", c.word(head.cue[0])):
        names = (*inner.names, *(n for n in head.names if not _is_thing(c, n)))
    return replace(head, code="relays", names=names, stance=inner.stance, body=inner.body)


def _is_thing(c: Clause, name: Range) -> bool:
    """ "Citing satellite imagery": no voice."""
    return any(has("pictures", w) or has("papers", w) for w in c.words(name))


def _saying_within(c: Clause, at: int) -> Said | None:
    """ "with the Red Crescent saying it evacuated", "its spokesman telling Y that"."""
    verb = clauses.speaking(c, at)
    if c.word(c.first) == "with":
        verb = next((k for k in range(at + 1, min(at + 12, c.last)) if c.participle(k)), 0)
    if verb <= at:
        return None
    medium, body = told(c, verb)
    names = (medium, (at, verb)) if medium else ((at, verb),)
    kind = c.participle(verb)
    stance: Stance = "denies" if kind == "deny" else "estimates" if kind == "estimate" else "asserts"
    return Said("reports", stance, names, (verb, verb + 1), body=body, drop=kind == "call")


def _reported(c: Clause, at: int) -> Said | None:
    """ "was reported", "is believed to": nobody named says it."""
    text = f" {c.text(at, c.last)} "
    if " reportedly " in text or " was reported" in text or " were reported" in text:
        return Said("passive", body=at)
    return None


def _event(c: Clause, said: Said, within: list[Found]) -> tuple[Found | None, Found | None]:
    told = [d for d in within if _dates_the_saying(c, said, d)]
    dated = [d for d in within if d not in told and not d.open_period]
    exact = [d for d in dated if d.precision in ("day", "days", "night", "part_of_day")] or dated
    exact.sort(key=lambda d: "inferred" in d.notes)  # "on the day of the raid, May 9": the day as written
    return (exact[0] if exact else None), (told[0] if told else None)


def _dates_the_saying(c: Clause, said: Said, d: Found) -> bool:
    """Whether a date belongs to the report: not in "images taken on 4 May show", "survivors of the 4 May raid"."""
    if any(a <= d.first < b for a, b in said.names) and has("incidents", c.word(d.last)):
        return False
    within = any(a <= d.first < b for a, b in (*said.told, *said.names))
    return within and not (
        said.code == "footage" and any(has("takes", w) for w in c.words((d.first - 3, d.first)))
    )


def _draft(
    c: Clause, said: Said, chain: tuple[Voice, ...], held: list[Quantity], within: list[Found]
) -> Draft:
    event, told = _event(c, said, within)
    words = " ".join(t.raw for t in c.tokens[said.cue[0] : said.cue[1]])
    background = said.code in ("own-account", "passive") and not within and not held
    return Draft(
        tuple(c.tokens), c.first, c.last, chain, said.code, stance(c, said), words, tuple(held), (), event, told,
        said.doubted, background,
    )  # fmt: skip
