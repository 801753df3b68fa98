"""What the triage screen shows of a text: its pieces, a card for each proposal, and how far one is."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count as Counted
from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from claims.actions.terms import Directory, Teller, Terms, directory, terms_of
from claims.desk.pieces import Piece, first_words, page_with, pages_of, pieces
from claims.desk.why_words import notes_of, why_words
from claims.forms.proposal import ProposalForms
from claims.models import Document, Incident, Precision, Proposal, ProposalState, Question, Stance, User
from claims.models.incident import in_language
from claims.templatetags.units import counted

SHOWN = (ProposalState.PROPOSED, ProposalState.ACCEPTED, ProposalState.REJECTED)
STATE_WORDS = {
    "proposed": pgettext_lazy("proposal", "Waiting"),
    "accepted": pgettext_lazy("proposal", "Accepted"),
    "rejected": pgettext_lazy("proposal", "Rejected"),
    "merged": pgettext_lazy("proposal", "Merged"),
    "split": pgettext_lazy("proposal", "Split"),
}
# A sentence is most likely cut after a comma, or before a word that begins another clause.
_WORD = re.compile(r"\S+\s*")
_CLAUSE = re.compile(r"^(و\w{2,}|فيما|بينما|حيث|مشير|and|but|while|adding)", re.IGNORECASE)
MOST_CUTS = 60


@dataclass(frozen=True)
class Chip:
    """One hop of a chain. `how` as in terms.Teller; `also` is how the text calls the source, where that differs."""

    name: str
    how: str
    also: str
    url: str


@dataclass(frozen=True)
class Cut:
    """A word of a wording, and where a cut before it would be; `likely` where a clause begins."""

    word: str
    at: int
    likely: bool
    offered: bool


@dataclass(frozen=True)
class Differing:
    """One field of a stale save: what was typed, and what stands."""

    label: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Card:
    """One proposal as its card shows it; `forms` when it is open for editing, `cuts` when it is being split."""

    proposal: Proposal
    number: int
    state_word: str
    chain: Sequence[Chip]
    stance: str
    stance_word: str
    counts: Sequence[tuple[str, str]]
    terms: Terms
    precision_word: str
    why: str
    notes: Sequence[str]
    incident: Incident | None
    question: Question | None
    claim_url: str = ""
    problem: str = ""
    forms: ProposalForms | None = None
    cuts: Sequence[Cut] = ()
    conflict: Sequence[Differing] = ()


@dataclass(frozen=True)
class Tally:
    """How far one is. `to_undo` is the actor's last decision; `incident_url` where the claims went."""

    n_all: int
    n_accepted: int
    n_rejected: int
    n_waiting: int
    reading: bool
    failed: bool
    percent_read: int
    to_undo: Proposal | None
    incident_url: str
    next_url: str

    @property
    def n_decided(self) -> int:
        return self.n_accepted + self.n_rejected

    @property
    def is_done(self) -> bool:
        return self.n_all > 0 and self.n_waiting == 0 and not self.reading


@dataclass(frozen=True)
class Opened:
    """The card that is not as it was: open, being split, or refused, and why."""

    pk: int
    forms: ProposalForms | None = None
    splitting: bool = False
    problem: str = ""
    conflict: Sequence[Differing] = ()


@dataclass(frozen=True)
class Triage:
    """The part of the page that changes with decisions."""

    document: Document
    page: int
    n_pages: int
    pieces: list[Piece]
    cards: list[Card]
    tally: Tally
    question: Question | None
    current: str = ""


def shown(document: Document) -> "QuerySet[Proposal]":
    """The proposals of a text that have a card: not those that became others."""
    return document.proposals.filter(state__in=SHOWN).select_related("claim")


def triage(
    document: Document,
    actor: User,
    *,
    page: int = 0,
    at: int | None = None,
    current: str = "",
    question: Question | None = None,
    opened: Opened | None = None,
) -> Triage:
    """One page of a text. Without `page`, the one where the code point `at` stands, else where something waits."""
    starts = pages_of(document.body)
    if not page:
        page = page_with(starts, _first_waiting(document) if at is None else at)
    page = min(max(page, 1), len(starts) - 1)
    first, last = starts[page - 1], starts[page]
    over = list(shown(document).filter(start__lt=last, end__gt=first))
    here = [row for row in over if row.start >= first]
    before = shown(document).filter(start__lt=first).count()
    numbers = {row.pk: number for number, row in enumerate(here, before + 1)}
    known, places = directory(here), _places(document, here, question)
    cards = [card_of(row, document, numbers[row.pk], known, places, opened) for row in here]
    return Triage(
        document=document,
        page=page,
        n_pages=len(starts) - 1,
        pieces=pieces(document.body, first, last, over),
        cards=cards,
        tally=tally_of(document, actor),
        question=question,
        current=current,
    )


def _first_waiting(document: Document) -> int:
    waiting = document.proposals.filter(state=ProposalState.PROPOSED).values_list("start", flat=True)
    return waiting.first() or 0


@dataclass(frozen=True)
class Places:
    """Incidents and questions by id, and those that a proposal goes to where it names none."""

    incidents: Mapping[str, Incident]
    questions: Mapping[str, Question]
    question: Question | None


def _places(document: Document, rows: Iterable[Proposal], question: Question | None) -> Places:
    edits = [row.edits for row in rows]
    incident_ids = {one.get("incident") for one in edits} | {document.incident_id}
    incidents = Incident.objects.filter(pk__in={str(pk) for pk in incident_ids if pk})
    questions = Question.objects.filter(pk__in={one.get("question") for one in edits if one.get("question")})
    return Places(
        {str(row.pk): row for row in incidents},
        {str(row.pk): row for row in questions.select_related("incident")},
        question,
    )


def one_card(
    proposal: Proposal, document: Document, question: Question | None, opened: Opened | None = None
) -> Card:
    """The card of one proposal by itself."""
    before = shown(document).filter(start__lt=proposal.start).count()
    same = shown(document).filter(start=proposal.start).values_list("pk", flat=True)
    number = before + list(same).index(proposal.pk) + 1 if proposal.state in SHOWN else before
    return card_of(
        proposal, document, number, directory([proposal]), _places(document, [proposal], question), opened
    )


def card_of(
    proposal: Proposal,
    document: Document,
    number: int,
    known: Directory,
    places: Places,
    opened: Opened | None,
) -> Card:
    """What a card shows, with the words for everything in it."""
    terms = terms_of(proposal, document, known)
    mine = opened if opened and opened.pk == proposal.pk else None
    incident, question = _filed(terms, document, places)
    return Card(
        proposal=proposal,
        number=number,
        state_word=str(STATE_WORDS[proposal.state]),
        chain=[_chip(one) for one in terms.chain],
        stance=terms.stance,
        stance_word=str(Stance(terms.stance).label),
        counts=[(counted(one), one.raw) for one in terms.quantities],
        terms=terms,
        precision_word=str(Precision(terms.event.precision).label) if terms.event else "",
        why=why_words(proposal.reading),
        notes=notes_of(proposal.reading, terms),
        incident=incident,
        question=question,
        claim_url=address("desk:claim-detail", proposal.claim_id) if proposal.claim_id else "",
        problem=mine.problem if mine else "",
        forms=mine.forms if mine else None,
        cuts=cuts_of(proposal) if mine and mine.splitting else (),
        conflict=mine.conflict if mine else (),
    )


def _filed(terms: Terms, document: Document, places: Places) -> tuple[Incident | None, Question | None]:
    question = places.questions.get(terms.question_id)
    incident = places.incidents.get(terms.incident_id or str(document.incident_id))
    default = places.question
    if question is None and default is not None and incident and default.incident_id == incident.pk:
        question = default
    return (question.incident if question else incident), question


def _chip(one: Teller) -> Chip:
    if one.source is not None:
        also = one.surface if one.surface != one.source.name else ""
        return Chip(one.source.name, one.how, also, address("desk:source-detail", one.source.slug))
    if one.listed is not None:
        return Chip(in_language(one.listed.name_ar, one.listed.name_en), one.how, one.surface, "")
    return Chip(one.surface, one.how, "", "")


def cuts_of(proposal: Proposal) -> list[Cut]:
    """The words of a wording with the places where it may be cut; in a long one only the likely places."""
    found = list(_WORD.finditer(proposal.wording))
    cuts: list[Cut] = []
    for number, match in enumerate(found):
        word = match.group()
        before = found[number - 1].group().rstrip() if number else ""
        likely = bool(number and (before.endswith(("،", ",", ";", "؛", ".", ":")) or _CLAUSE.match(word)))
        offered = number > 0 and (likely or len(found) <= MOST_CUTS)
        cuts.append(Cut(word, proposal.start + match.start(), likely, offered))
    return cuts


def tally_of(document: Document, actor: User) -> Tally:
    """The counts of the whole text."""
    rows = document.proposals.values_list("state").annotate(n=Counted("pk"))
    by_state: dict[str, int] = dict(rows)
    last = document.proposals.filter(decided_by=actor).exclude(state=ProposalState.PROPOSED)
    return Tally(
        n_all=sum(by_state.get(state, 0) for state in SHOWN),
        n_accepted=by_state.get(ProposalState.ACCEPTED, 0),
        n_rejected=by_state.get(ProposalState.REJECTED, 0),
        n_waiting=by_state.get(ProposalState.PROPOSED, 0),
        reading=document.reading_state == "reading",
        failed=document.reading_state == "failed",
        percent_read=int(100 * document.reading_progress),
        to_undo=last.order_by("-decided_at", "-pk").first(),
        incident_url=address("desk:incident-detail", document.incident.slug) if document.incident else "",
        next_url=_next_url(document),
    )


def _next_url(document: Document) -> str:
    waiting = document.proposals.filter(state=ProposalState.PROPOSED).values_list("pk", "start").first()
    if waiting is None:
        return ""
    page = page_with(pages_of(document.body), waiting[1])
    return f"{reverse('desk:document-detail', args=[document.pk])}?page={page}#p{waiting[0]}"


def headline(document: Document) -> str:
    """The title, or the first words of a text that has none."""
    return document.title or first_words(document.body)


def address(name: str, key: Any) -> str:
    """The address of a row's page; "" while that page does not exist."""
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return ""


def differing(mine: ProposalForms, theirs: ProposalForms) -> list[Differing]:
    """The fields where what was typed is not what stands now."""
    rows = []
    for bound, now in zip(mine.all_fields(), theirs.all_fields(), strict=False):
        typed, stands = _shown_value(bound.value()), _shown_value(now.value())
        if typed != stands and not bound.is_hidden:
            rows.append(Differing(str(bound.label), typed, stands))
    return rows


def _shown_value(value: Any) -> str:
    return _("nothing") if value in (None, "") else str(getattr(value, "pk", value)).replace("\r\n", "\n")
