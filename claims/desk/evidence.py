"""One piece of evidence: what was captured, what its files say, who else has it, who looked at it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.dateparse import parse_datetime

from claims.desk.answers import wording
from claims.desk.entry_words import action_words
from claims.desk.evidence_alike import Alike, alike_to, same_bytes
from claims.desk.evidence_card import Card, cards_of, copy_url, jobs_of, progress_of, with_parts
from claims.desk.evidence_facts import Fact, facts_of
from claims.desk.finding_words import Noticed, reason_words, step_words
from claims.desk.gate import DeskRequest, gate
from claims.desk.render import render
from claims.desk.where_when import WhereWhen, where_when
from claims.forms.claim import CommentForm
from claims.forms.evidence import ReasonForm
from claims.forms.judgement import MarkForm
from claims.media.lookalike import Print
from claims.models import (
    Capture,
    Comment,
    Derivative,
    DerivativeKind,
    Evidence,
    EvidenceKind,
    Examination,
    User,
)
from claims.models.history import Entry
from claims.rules.evidence import may_edit_evidence, may_release, may_retire_evidence
from claims.rules.role import may_use_desk
from claims.templatetags.show import link_outcome

_PLAYED = {"video", "audio"}


@dataclass(frozen=True)
class Step:
    """One line of a capture's log."""

    label: str
    state: str
    note: str
    at: datetime | None


@dataclass(frozen=True)
class Kept:
    """One capture: its bytes' name, and the way to them."""

    capture: Capture
    role: str
    url: str
    played: str


@dataclass(frozen=True)
class Frame:
    """One key frame of a film. `clock` is where in the film it stands."""

    url: str
    clock: str
    width: int | None
    height: int | None


@dataclass(frozen=True)
class Custody:
    """One entry of the custody log."""

    seq: int
    at: datetime
    who: str
    what: str


@dataclass(frozen=True)
class Seen:
    """One later look at the address."""

    at: datetime
    what: str
    is_bad: bool
    status: Any


@dataclass(frozen=True)
class EvidencePage:
    """Context of desk/evidence/detail.html."""

    evidence: Evidence
    claim: Any
    card: Card
    picture: Derivative | None
    picture_url: str
    is_public_copy: bool
    kept: list[Kept]
    steps: list[Step]
    findings: list[Noticed]
    mark_form: MarkForm
    frames: list[Frame]
    place_time: WhereWhen
    facts: list[Fact]
    text: str
    same: list[Alike]
    alike: list[Alike]
    seen: list[Seen]
    custody: list[Custody]
    comments: list[Comment]
    comment_form: CommentForm
    may_edit: bool
    may_retire: bool
    release_form: ReasonForm | None
    retire_refused: str
    is_picture: bool


@gate(may_use_desk, methods=("GET",))
def evidence_detail(request: DeskRequest, evidence_id: Any) -> HttpResponse:
    """Everything about one piece of evidence."""
    evidence = found_evidence(request, evidence_id)
    return render(request, "desk/evidence/detail.html", page_of(request.user, evidence))


@gate(may_use_desk, methods=("GET",))
def evidence_card(request: DeskRequest, evidence_id: Any) -> HttpResponse:
    """One card by itself, to put in place of an older one."""
    evidence = found_evidence(request, evidence_id)
    return render(request, "desk/evidence/_card.html", {"card": cards_of([evidence])[0]})


@gate(may_use_desk, methods=("GET",))
def evidence_progress(request: DeskRequest, evidence_id: Any) -> HttpResponse:
    """How far the capture is; when it is over the event `job-over` says so to the card around it."""
    evidence = found_evidence(request, evidence_id)
    progress = progress_of(evidence, jobs_of([evidence]).get(str(evidence.pk)))
    if progress is not None:
        return render(request, "desk/evidence/_progress.html", {"job": progress})
    answer = HttpResponse("")
    answer.headers["HX-Trigger"] = "job-over"
    return answer


def found_evidence(request: DeskRequest, evidence_id: Any) -> Evidence:
    """The row with its captures and claim, where the person may see it. Raises Http404."""
    row: Evidence = get_object_or_404(with_parts(Evidence.objects.select_related("claim")), pk=evidence_id)
    return row


def page_of(user: User, evidence: Evidence) -> EvidencePage:
    """The page as it stands now."""
    card = cards_of([evidence])[0]
    captures = list(evidence.captures.all())
    copy = _picture(captures)
    retire = may_retire_evidence(user, evidence)
    examined = _examined(captures)
    return EvidencePage(
        evidence=evidence,
        claim=evidence.claim,
        card=card,
        picture=copy,
        picture_url=copy_url(copy) if copy else "",
        is_public_copy=copy is not None and copy.kind == DerivativeKind.PUBLIC,
        kept=[_kept(capture) for capture in card.captures],
        steps=[_step(line) for line in evidence.log],
        findings=card.findings,
        mark_form=MarkForm(),
        frames=_frames(captures),
        place_time=where_when(evidence, examined),
        facts=facts_of(examined),
        text=next((str(e.facts["text"]) for e in examined if e.facts.get("text")), ""),
        same=same_bytes(evidence, captures),
        alike=alike_to(evidence, captures, _mirrored(examined)),
        seen=_seen(evidence),
        custody=_custody(evidence),
        comments=list(
            Comment.objects.filter(evidence=evidence, struck_at=None).select_related("author").order_by("pk")
        ),
        comment_form=CommentForm(initial={"evidence": evidence.pk}),
        may_edit=may_edit_evidence(user, evidence) is None,
        may_retire=retire is None,
        release_form=_release_form(user, evidence),
        retire_refused=wording(retire.code, retire.facts) if retire else "",
        is_picture=any(c.media_kind == "image" for c in captures),
    )


def _picture(captures: Sequence[Capture]) -> Derivative | None:
    """The best redrawn copy there is: the public one, else the small one."""
    copies = Derivative.objects.filter(capture__in=[c.pk for c in captures], retired_at=None)
    copies = copies.exclude(kind=DerivativeKind.FRAME)
    found: Derivative | None = copies.order_by("kind", "created_at").first()
    return found


def _frames(captures: Sequence[Capture]) -> list[Frame]:
    """The key frames of its films, in the order of each film."""
    films = [c.pk for c in captures if c.media_kind == "video"]
    rows = Derivative.objects.filter(capture__in=films, kind=DerivativeKind.FRAME, retired_at=None)
    return [
        Frame(copy_url(row), film_clock(row.at_seconds or 0.0), row.width, row.height)
        for row in rows.order_by("capture_id", "at_seconds", "pk")
    ]


def film_clock(seconds: float) -> str:
    """Where in a film: 0:07.5, 12:05.0, 1:02:05.0."""
    tenths = round(seconds * 10)
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    lead = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{lead}:{rest // 10:02}.{rest % 10}"


def _examined(captures: Sequence[Capture]) -> list[Examination]:
    """The newest examination of each capture."""
    newest: dict[Any, Examination] = {}
    rows = Examination.objects.filter(capture__in=[c.pk for c in captures])
    for row in rows.order_by("examined_at", "id"):
        newest[row.capture_id] = row
    return [newest[c.pk] for c in captures if c.pk in newest]


def _mirrored(examined: Sequence[Examination]) -> list[Print]:
    return [Print.from_json(one) for row in examined for one in row.facts.get("mirrored") or []]


def _kept(capture: Capture) -> Kept:
    url = reverse("desk:evidence-original", args=[capture.pk])
    played = capture.media_kind if capture.media_kind in _PLAYED else ""
    return Kept(capture, str(capture.get_role_display()), url, played)


def _step(line: Any) -> Step:
    state = {"ok": "done", "failed": "failed"}.get(str(line.get("outcome")), "skipped")
    reason = str(line.get("reason") or "")
    note = reason_words(reason) if reason else str(line.get("detail") or "")
    return Step(step_words(str(line.get("step", ""))), state, note, parse_datetime(str(line.get("at") or "")))


def _seen(evidence: Evidence) -> list[Seen]:
    if evidence.kind != EvidenceKind.LINK:
        return []
    return [
        Seen(
            row.observed_at,
            link_outcome(row.outcome),
            row.outcome != "alive",
            row.detail.get("status"),
        )
        for row in evidence.observations.all()[:20]
    ]


def _custody(evidence: Evidence) -> list[Custody]:
    """The newest hundred entries about this evidence, exports of its claim among them, from the history itself."""
    exported = Q(claim_id=evidence.claim_id, action="dossier.exported")
    own = Q(subject_type="evidence", subject_id=str(evidence.pk))
    rows = list(Entry.objects.filter(own | exported)[:100])
    names = {row.pk: row.name for row in User.objects.filter(pk__in={row.actor_id for row in rows})}
    return [
        Custody(row.seq, row.at, names.get(row.actor_id, _actor(row)), str(action_words(row.action)))
        for row in rows
    ]


def _actor(row: Entry) -> str:
    return str(json.loads(row.body)["actor"]["username"])


def _release_form(user: User, evidence: Evidence) -> ReasonForm | None:
    if may_release(user, evidence) is not None:
        return None
    return ReasonForm(initial={"version": evidence.version})


urls: list[URLPattern] = [
    path("evidence/<uuid:evidence_id>/", evidence_detail, name="evidence-detail"),
    path("evidence/<uuid:evidence_id>/card/", evidence_card, name="evidence-card"),
    path("evidence/<uuid:evidence_id>/progress/", evidence_progress, name="evidence-progress"),
]
