"""My work and what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Left
from django.http import HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from claims.desk.access import Access, lately
from claims.desk.claim import back_to
from claims.desk.claim_parts import link_to
from claims.desk.gate import DeskRequest, gate
from claims.desk.pieces import OPENING, first_words
from claims.desk.render import render
from claims.models import (
    Claim,
    Comment,
    Contribution,
    Decision,
    Document,
    EvidenceKind,
    Job,
    JobState,
    Observation,
    Proposal,
    ProposalState,
    Review,
    User,
    Verdict,
    VerdictState,
    WorkState,
)
from claims.rules.role import may_administer, may_review, may_use_desk, may_write

SHOWN = 12
RECENT = timedelta(days=7)
MONTH = timedelta(days=30)
ORDER = [WorkState.IN_REVIEW, WorkState.OPEN, WorkState.NEW, WorkState.ON_HOLD]


@dataclass(frozen=True)
class Mine:
    """My claims in one state."""

    state: str
    n: int
    claims: list[Claim]
    more_url: str


@dataclass(frozen=True)
class CameBack:
    """A revision of mine that a reviewer returned, with the reasons."""

    statement: str
    url: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Unfinished:
    """A document whose proposals nobody has finished going through."""

    title: str
    url: str
    n_left: int
    state: str
    at: datetime


@dataclass(frozen=True)
class Home:
    """Context of desk/home/page.html."""

    mine: list[Mine]
    drafts: list[Verdict]
    came_back: list[CameBack]
    waiting: list[Verdict]
    n_waiting: int
    talk: list[Comment]
    unfinished: list[Unfinished]
    parked: list[Job]
    links: list[Observation]
    access: list[Access]
    may_write: bool
    may_review: bool
    is_empty: bool
    intake_url: str
    jobs_url: str


@gate(may_use_desk, methods=("GET",))
def home(request: DeskRequest) -> HttpResponse:
    """What I work on, what came back to me, what waits for me."""
    user = request.user
    reviews, administers = may_review(user) is None, may_administer(user) is None
    waiting = _waiting(user) if reviews else []
    mine, drafts, back = _mine(user), _drafts(user), _came_back(user)
    talk, unfinished, links, access = _talk(user), _unfinished(user), _links(user), lately()
    parked = (
        list(Job.objects.filter(state=JobState.PARKED).order_by("-asked_at")[:SHOWN]) if administers else []
    )
    context = Home(
        mine=mine,
        drafts=drafts,
        came_back=back,
        waiting=waiting,
        n_waiting=_n_waiting(user, waiting),
        talk=talk,
        unfinished=unfinished,
        parked=parked,
        links=links,
        access=access,
        may_write=may_write(user) is None,
        may_review=reviews,
        is_empty=not any([mine, drafts, back, waiting, talk, unfinished, parked, links, access]),
        intake_url=link_to("desk:intake"),
        jobs_url=link_to("desk:job-list"),
    )
    return render(request, "desk/home/page.html", context)


def _mine(user: User) -> list[Mine]:
    """My claims by state, the newest touched first: one query for the counts, one for each state that has any."""
    counts = dict(
        Claim.objects.filter(assignee=user).values_list("work_state").annotate(n=Count("pk")).order_by()
    )
    return [_in_state(user, state, counts[state]) for state in ORDER if counts.get(state)]


def _in_state(user: User, state: str, n: int) -> Mine:
    rows = Claim.objects.filter(assignee=user, work_state=state).defer("text_folded").order_by("-updated_at")
    url = f"{reverse('desk:claim-list')}?assignee=me&state={state}"
    return Mine(state, n, list(rows[:SHOWN]), url if n > SHOWN else "")


def _drafts(user: User) -> list[Verdict]:
    """Drafts of rounds I had a hand in."""
    hand = Exists(Contribution.objects.filter(user=user, claim=OuterRef("claim")))
    rows = Verdict.objects.filter(Q(created_by=user) | hand, state=VerdictState.DRAFT)
    return list(
        rows.select_related("claim").defer("snapshot", "claim__text_folded").order_by("-updated_at")[:SHOWN]
    )


def _came_back(user: User) -> list[CameBack]:
    """Revisions I submitted that came back and have not been submitted again."""
    rows = (
        Review.objects.filter(
            decision=Decision.RETURN, proposer=user, verdict__claim__work_state=WorkState.OPEN
        )
        .select_related("verdict__claim", "reviewer")
        .defer("verdict__snapshot", "verdict__claim__text_folded")
        .order_by("-decided_at")[:SHOWN]
    )
    newest: dict[Any, CameBack] = {}
    for row in rows:
        claim = row.verdict.claim
        found = CameBack(
            claim.statement, back_to(claim.pk, "verdict"), row.note, row.reviewer.name, row.decided_at
        )
        newest.setdefault(claim.pk, found)
    return list(newest.values())


def _waiting(user: User) -> list[Verdict]:
    """What I may decide on, oldest first."""
    rows = Verdict.objects.awaiting(user).select_related("claim", "submitted_by")
    return list(rows.defer("snapshot", "claim__text_folded").order_by("submitted_at", "id")[:SHOWN])


def _n_waiting(user: User, shown: list[Verdict]) -> int:
    """How many those are, counted no further than anybody would."""
    if len(shown) < SHOWN:
        return len(shown)
    return Verdict.objects.awaiting(user).order_by()[:200].count()


def _talk(user: User) -> list[Comment]:
    """What others said in the last week about claims that are mine or that I had a hand in."""
    since = timezone.now() - RECENT
    spoken = Comment.objects.filter(claim=OuterRef("claim"), author=user)
    mine = Q(claim__assignee=user) | Q(claim__created_by=user) | Exists(spoken)
    rows = Comment.objects.filter(mine, created_at__gte=since, struck_at__isnull=True).exclude(author=user)
    return list(rows.select_related("author", "claim").order_by("-created_at")[:SHOWN])


def _links(user: User) -> list[Observation]:
    """Links on my claims that are not what they were when captured, by the newest look at each."""
    mine = Q(evidence__claim__assignee=user) | Q(evidence__claim__created_by=user)
    later = Observation.objects.filter(evidence=OuterRef("evidence")).filter(
        Q(observed_at__gt=OuterRef("observed_at"))
        | Q(observed_at=OuterRef("observed_at"), id__gt=OuterRef("pk"))
    )
    rows = Observation.objects.filter(
        mine | Q(evidence__created_by=user),
        ~Exists(later),
        observed_at__gte=timezone.now() - MONTH,
        evidence__retired_at__isnull=True,
        evidence__kind=EvidenceKind.LINK,
    )
    changed = rows.exclude(outcome__in=["alive", "unreachable"]).select_related("evidence__claim")
    return list(changed.order_by("-observed_at")[:SHOWN])


def _unfinished(user: User) -> list[Unfinished]:
    """Documents I brought in with proposals still to be decided, or still being read."""
    left = Proposal.objects.filter(document=OuterRef("pk"), state=ProposalState.PROPOSED).order_by()
    n_left = left.values("document").annotate(n=Count("pk")).values("n")
    rows = Document.objects.filter(
        Exists(left) | Q(reading_state__in=["waiting", "reading"]), created_by=user
    )
    listed = list(
        rows.defer("body").annotate(n_left=Coalesce(Subquery(n_left), 0)).order_by("-created_at")[:SHOWN]
    )
    openings = Document.objects.filter(pk__in=[row.pk for row in listed]).annotate(
        opening=Left("body", OPENING)
    )
    names = {pk: first_words(opening) for pk, opening in openings.values_list("pk", "opening")}
    return [
        Unfinished(
            row.title or names.get(row.pk, ""),
            _document_url(row),
            row.n_left,
            row.reading_state,
            row.created_at,
        )
        for row in listed
    ]


def _document_url(row: Document) -> str:
    names: Sequence[str] = ("desk:intake-triage", "desk:document-triage", "desk:document-detail")
    return next((url for name in names if (url := link_to(name, row.pk))), "")


urls: list[URLPattern] = [path("", home, name="home")]
