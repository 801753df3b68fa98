"""The reviewer's desk: what waits, and one revision exactly as it would be approved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from claims.actions.judgement import marks_of
from claims.actions.publish import publish_verdict
from claims.actions.snapshot import approval_snapshot
from claims.actions.verdict import approve_verdict, return_verdict
from claims.desk.access import Access, before
from claims.desk.answers import wording
from claims.desk.checklist_words import Step, steps_of
from claims.desk.claim import back_to
from claims.desk.claim_parts import Passage, Said, discussion_of, link_to, passage_of
from claims.desk.finding_words import Noticed, noticed
from claims.desk.gate import DeskRequest, gate
from claims.desk.pages import AnyPage, ids_of, query_without
from claims.desk.render import render
from claims.desk.snapshot_words import Changed, Frozen, FrozenEvidence, differences, frozen
from claims.errors import Conflict, Invalid
from claims.forms.page import page_asked
from claims.forms.review import QueueFilterForm
from claims.forms.verdict import DecisionForm
from claims.models import (
    Capture,
    Contribution,
    Derivative,
    DerivativeKind,
    Evidence,
    User,
    Verdict,
    VerdictState,
)
from claims.models.verdict import Review, VerdictKind
from claims.rules.publish import may_publish
from claims.rules.role import may_review, may_use_desk
from claims.rules.verdict import checklist, may_decide

PER_PAGE = 40


@dataclass(frozen=True)
class Waiting:
    """One revision in the queue. `hands` are the people who contributed to its round."""

    verdict: Verdict
    statement: str
    url: str
    hands: list[str]
    is_mine: bool


@dataclass(frozen=True)
class Queue:
    """Context of desk/review/list.html."""

    form: QueueFilterForm
    waiting: list[Waiting]
    approved: list[Waiting]
    page: AnyPage
    query: str
    may_review: bool
    is_filtered: bool
    clear_url: str


@dataclass(frozen=True)
class Proof:
    """A piece of cited evidence as frozen, with its findings and the way to its original as they are now."""

    item: Any
    url: str
    page_url: str
    findings: list[Noticed]


@dataclass(frozen=True)
class ReviewPage:
    """Context of desk/review/detail.html: the frozen snapshot, never the live rows."""

    verdict: Verdict
    content_sha256: str
    shown: Frozen
    passage: Passage | None
    proofs: list[Proof]
    since: Verdict | None
    changes: list[Changed]
    steps: list[Step]
    hands: list[str]
    form: DecisionForm
    may_decide: bool
    may_publish: bool
    refused: str
    decision: Review | None
    access: list[Access]
    discussion: list[Said]
    conflict: str
    conflict_changes: list[Changed]
    newest_url: str
    claim_url: str


@gate(may_use_desk, methods=("GET",))
def review_queue(request: DeskRequest) -> HttpResponse:
    """Submitted revisions, oldest first, and approved ones that nobody has published."""
    form = QueueFilterForm(request.GET)
    valid = form.is_valid()
    found = _submitted(request.user, form.cleaned_data) if valid else Verdict.objects.none()
    listed = ids_of(found, page_asked(request), PER_PAGE)
    query = query_without(request.GET, "page")
    context = Queue(
        form=form,
        waiting=_lines(_in_order(listed.ids), request.user),
        approved=_lines(
            _shown().filter(state=VerdictState.APPROVED).order_by("submitted_at")[:20], request.user
        ),
        page=listed.page,
        query=f"{query}&" if query else "",
        may_review=may_review(request.user) is None,
        is_filtered=bool(query),
        clear_url=reverse("desk:review-queue"),
    )
    return render(request, "desk/review/list.html", context, fragment="results", status=200 if valid else 422)


def _shown() -> "QuerySet[Verdict]":
    return Verdict.objects.select_related("claim", "claim__incident", "submitted_by").defer(
        "snapshot", "rationale_ar", "rationale_en", "claim__text_folded"
    )


def _in_order(ids: Sequence[Any]) -> list[Verdict]:
    by_id = {row.pk: row for row in _shown().filter(pk__in=ids)}
    return [by_id[pk] for pk in ids if pk in by_id]


def _submitted(user: User, wanted: dict[str, Any]) -> "QuerySet[Verdict]":
    rows = Verdict.objects.filter(state=VerdictState.SUBMITTED).order_by("submitted_at", "id")
    if wanted["value"]:
        rows = rows.filter(value=wanted["value"])
    if wanted["mine"]:
        hand = Exists(
            Contribution.objects.filter(claim=OuterRef("claim"), round=OuterRef("round"), user=user)
        )
        rows = rows.filter(~hand if wanted["mine"] == "yes" else hand)
    return rows


def _lines(verdicts: Any, user: User) -> list[Waiting]:
    rows = list(verdicts)
    hands = hands_in(rows)
    return [
        Waiting(
            verdict=row,
            statement=row.claim.statement,
            url=reverse("desk:review-detail", args=[row.pk]),
            hands=[person.name for person in hands.get(row.pk, [])],
            is_mine=user.pk in {person.pk for person in hands.get(row.pk, [])},
        )
        for row in rows
    ]


def hands_in(verdicts: Sequence[Verdict]) -> dict[Any, list[User]]:
    """Who contributed to each revision's round of work, in one query."""
    rounds = {(row.claim_id, row.round): row.pk for row in verdicts}
    found = Contribution.objects.filter(claim_id__in={row.claim_id for row in verdicts}).select_related(
        "user"
    )
    hands: dict[Any, list[User]] = {}
    for one in found.order_by("first_at", "pk"):
        if (one.claim_id, one.round) in rounds:
            hands.setdefault(rounds[one.claim_id, one.round], []).append(one.user)
    return hands


@gate(may_use_desk, methods=("GET",))
def review_detail(request: DeskRequest, verdict_id: Any) -> HttpResponse:
    """The revision as frozen, with what changed since last time."""
    return review_page(request, _found(verdict_id))


def _found(verdict_id: Any) -> Verdict:
    rows = Verdict.objects.exclude(state=VerdictState.DRAFT)
    return get_object_or_404(rows.select_related("claim", "submitted_by"), pk=verdict_id)


def review_page(
    request: DeskRequest,
    verdict: Verdict,
    *,
    form: DecisionForm | None = None,
    conflict: Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    """The review page, with a refused form as typed, or with what changed under the reviewer's hands."""
    shown, user = frozen(verdict.snapshot), request.user
    since = _last_seen(verdict)
    refusal = (
        may_decide(user, verdict) if verdict.state != VerdictState.APPROVED else may_publish(user, verdict)
    )
    newest = verdict.claim.verdicts.order_by("-revision").first()
    decision = verdict.reviews.select_related("reviewer").first()
    context = ReviewPage(
        verdict=verdict,
        content_sha256=verdict.content_sha256,
        shown=shown,
        passage=passage_of(verdict.claim),
        proofs=_proofs(shown.evidence),
        since=since,
        changes=differences(since.snapshot, verdict.snapshot) if since else [],
        steps=steps_of(checklist(verdict.claim, verdict), {}),
        hands=[person.name for person in hands_in([verdict]).get(verdict.pk, [])],
        form=form or DecisionForm(initial={"content_sha256": verdict.content_sha256}),
        may_decide=refusal is None and verdict.state == VerdictState.SUBMITTED,
        may_publish=refusal is None and verdict.state == VerdictState.APPROVED,
        refused=wording(refusal.code, refusal.facts) if refusal and verdict.state in _UNDECIDED else "",
        decision=decision,
        access=before(decision),
        discussion=discussion_of(verdict.claim, user),
        conflict=wording(conflict.code, conflict.facts) if conflict else "",
        conflict_changes=_changed_meanwhile(verdict, newest) if conflict else [],
        newest_url=_newest_url(verdict, newest),
        claim_url=back_to(verdict.claim_id, "verdict"),
    )
    return render(request, "desk/review/detail.html", context, status=status)


_UNDECIDED = {VerdictState.SUBMITTED, VerdictState.APPROVED}


def _last_seen(verdict: Verdict) -> Verdict | None:
    """The revision that was last decided or shown to the public before this one."""
    before = verdict.claim.verdicts.filter(revision__lt=verdict.revision).exclude(state=VerdictState.DRAFT)
    return before.exclude(snapshot="").order_by("-revision").first()


def _proofs(evidence: Sequence[FrozenEvidence]) -> list[Proof]:
    """Each piece with its picture and the way to the very bytes that were frozen; a note has neither."""
    captures = Capture.objects.filter(evidence__in=[each.id for each in evidence], sha256__gt="")
    by_bytes = {(str(row.evidence_id), row.sha256): row.pk for row in captures.only("evidence_id", "sha256")}
    small = Derivative.objects.filter(
        capture__in=by_bytes.values(), kind=DerivativeKind.THUMBNAIL, retired_at__isnull=True
    )
    pictures = dict(small.values_list("capture_id", "pk"))
    rows = {str(row.pk): row for row in Evidence.objects.filter(pk__in=[each.id for each in evidence])}
    marks = marks_of(rows.values())
    found = []
    for each in evidence:
        capture = by_bytes.get((each.id, each.sha256))
        picture = pictures.get(capture) if capture else None
        thumb = reverse("desk:evidence-copy", args=[picture]) if picture else ""
        url = reverse("desk:evidence-original", args=[capture]) if capture else ""
        page = reverse("desk:evidence-detail", args=[each.id])
        row = rows.get(each.id)
        found.append(Proof(replace(each, thumb_url=thumb), url, page, noticed(row, marks) if row else []))
    return found


def _newest_url(verdict: Verdict, newest: Verdict | None) -> str:
    if newest is None or newest.pk == verdict.pk:
        return ""
    if newest.state == VerdictState.DRAFT:
        return back_to(verdict.claim_id, "verdict")
    return reverse("desk:review-detail", args=[newest.pk])


def _changed_meanwhile(verdict: Verdict, newest: Verdict | None) -> list[Changed]:
    """What the reviewer read against what stands now: the newest revision, frozen or as its draft would freeze."""
    now = newest if newest is not None else verdict
    return differences(
        verdict.snapshot,
        approval_snapshot(now.claim, now) if not now.snapshot or now.pk == verdict.pk else now.snapshot,
    )


@gate(may_review, methods=("POST",))
def review_approve(request: DeskRequest, verdict_id: Any) -> HttpResponse:
    """Approve exactly what was read; with `publish`, show it to the public too: two actions, two entries."""
    verdict = _found(verdict_id)
    form = _decision(request)
    sha256 = form.cleaned_data["content_sha256"]
    try:
        approve_verdict(
            actor=request.user, verdict_id=verdict.pk, content_sha256=sha256, note=form.cleaned_data["note"]
        )
    except Conflict as error:
        return review_page(request, _found(verdict_id), form=form, conflict=error, status=409)
    if form.cleaned_data["publish"]:
        return _publish(request, verdict_id, sha256)
    messages.success(request, _("Approved. It is published when you say so."))
    return redirect("desk:review-detail", verdict_id=verdict_id)


@gate(may_review, methods=("POST",))
def review_publish(request: DeskRequest, verdict_id: Any) -> HttpResponse:
    """Show an approved revision to the public."""
    return _publish(request, _found(verdict_id).pk, _decision(request).cleaned_data["content_sha256"])


def _publish(request: DeskRequest, verdict_id: Any, sha256: str) -> HttpResponse:
    try:
        shown = publish_verdict(actor=request.user, verdict_id=verdict_id, content_sha256=sha256)
    except Conflict as error:
        return review_page(request, _found(verdict_id), conflict=error, status=409)
    gone = shown.kind == VerdictKind.WITHDRAWAL
    done = _("Withdrawn. Its address says so, and why.") if gone else _("Published.")
    link = format_html('<a href="{}">{}</a>', link_to("public:verdict-detail", shown.slug), _("Public page"))
    messages.success(request, format_html("{} {}", done, link))
    return redirect("desk:review-queue")


@gate(may_review, methods=("POST",))
def review_return(request: DeskRequest, verdict_id: Any) -> HttpResponse:
    """Send it back, saying why."""
    verdict = _found(verdict_id)
    form = _decision(request)
    try:
        return_verdict(
            actor=request.user,
            verdict_id=verdict.pk,
            content_sha256=form.cleaned_data["content_sha256"],
            note=form.cleaned_data["note"],
        )
    except Conflict as error:
        return review_page(request, _found(verdict_id), form=form, conflict=error, status=409)
    except Invalid as error:
        form.add_error("note", wording(error.code, error.facts))
        return review_page(request, verdict, form=form, status=422)
    messages.success(request, _("Returned. The editor sees your reasons."))
    return redirect("desk:review-queue")


def _decision(request: DeskRequest) -> DecisionForm:
    """The decision. Raises Invalid where the revision is not named or the note is too long."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise Invalid("invalid", messages=[str(m) for errors in form.errors.values() for m in errors])
    return form


urls: list[URLPattern] = [
    path("review/", review_queue, name="review-queue"),
    path("review/<uuid:verdict_id>/", review_detail, name="review-detail"),
    path("review/<uuid:verdict_id>/approve/", review_approve, name="review-approve"),
    path("review/<uuid:verdict_id>/publish/", review_publish, name="review-publish"),
    path("review/<uuid:verdict_id>/return/", review_return, name="review-return"),
]
