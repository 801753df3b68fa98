"""The claim page: what was said and by whom on one side; evidence, verdict and discussion on the other."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from claims.desk.answers import wording
from claims.desk.claim_parts import (
    Chain,
    Passage,
    Rival,
    Said,
    chains_of,
    discussion_of,
    link_to,
    passage_of,
    rivals_of,
)
from claims.desk.evidence_card import Card, cards_of, with_parts
from claims.desk.gate import DeskRequest, gate
from claims.desk.render import render
from claims.desk.verdict_box import VerdictBox, verdict_box
from claims.forms.claim import AssignForm, CommentForm, StateForm
from claims.forms.evidence import AttachForm
from claims.forms.verdict import VerdictForm
from claims.models import Claim, Evidence, Quantity
from claims.rules.claim import may_edit_claim, may_set_work_state
from claims.rules.role import may_use_desk, may_write
from claims.rules.verdict import Origins, origins_of


@dataclass(frozen=True)
class ClaimPage:
    """Context of desk/claim/detail.html."""

    claim: Claim
    passage: Passage | None
    chains: list[Chain]
    origins: Origins
    quantities: list[Quantity]
    rivals: list[Rival]
    evidence_cards: list[Card]
    retired_url: str
    attach_form: AttachForm | None
    limit: int
    box: VerdictBox
    discussion: list[Said]
    comment_form: CommentForm
    assign_form: AssignForm
    state_form: StateForm
    may_edit: bool
    edit_refused: str
    may_write: bool
    may_set_state: bool
    public_url: str
    attach_url: str


@gate(may_use_desk, methods=("GET",))
def claim_detail(request: DeskRequest, claim_id: Any) -> HttpResponse:
    """One claim with everything about it."""
    return claim_page(request, found_claim(request, claim_id))


def found_claim(request: DeskRequest, claim_id: Any) -> Claim:
    """The claim, where the person may see it. Raises Http404."""
    rows = Claim.objects.visible_to(request.user).defer("text_folded")
    joined = rows.select_related("incident", "question", "assignee", "created_by", "publication")
    return get_object_or_404(joined, pk=claim_id)


def claim_page(
    request: DeskRequest,
    claim: Claim,
    *,
    verdict_form: VerdictForm | None = None,
    comment_form: CommentForm | None = None,
    state_form: StateForm | None = None,
    conflict: Any = None,
    fragment: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page as it stands now, with a refused form as it was typed."""
    attached = list(with_parts(Evidence.objects.filter(claim=claim)).order_by("created_at"))
    evidence = [row for row in attached if row.retired_at is None]
    quantities = list(claim.quantities.all())
    refused = may_edit_claim(request.user, claim)
    context = ClaimPage(
        claim=claim,
        passage=passage_of(claim),
        chains=chains_of(claim),
        origins=origins_of(claim),
        quantities=quantities,
        rivals=rivals_of(claim, quantities),
        evidence_cards=cards_of(evidence),
        retired_url=_retired_url(claim) if len(attached) > len(evidence) else "",
        attach_form=AttachForm(auto_id="attach-%s") if refused is None else None,
        limit=settings.UPLOAD_LIMIT_BYTES,
        box=verdict_box(request.user, claim, evidence, form=verdict_form, conflict=conflict),
        discussion=discussion_of(claim, request.user),
        comment_form=comment_form or CommentForm(),
        assign_form=AssignForm(initial={"version": claim.version, "assignee": claim.assignee_id}),
        state_form=state_form or StateForm(initial={"version": claim.version, "state": claim.work_state}),
        may_edit=refused is None,
        edit_refused=wording(refused.code, refused.facts) if refused else "",
        may_write=may_write(request.user) is None,
        may_set_state=may_set_work_state(request.user, claim, "open") is None,
        public_url=link_to("public:verdict-detail", claim.slug) if claim.publication_id else "",
        attach_url=reverse("desk:evidence-attach", args=[claim.pk]),
    )
    return render(request, "desk/claim/detail.html", context, fragment=fragment, status=status)


def _retired_url(claim: Claim) -> str:
    return f"{reverse('desk:evidence-list')}?retired=yes&claim={claim.pk}"


def back_to(claim_id: Any, anchor: str = "") -> str:
    """The claim's address, perhaps at a part of the page."""
    return reverse("desk:claim-detail", args=[claim_id]) + (f"#{anchor}" if anchor else "")


urls: list[URLPattern] = [path("claims/<uuid:claim_id>/", claim_detail, name="claim-detail")]
