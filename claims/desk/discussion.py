"""The work on a claim and the talk about it: assign, set its state, comment, strike one's own comment."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from claims.actions.claim import assign_claim, comment, set_work_state, strike_comment
from claims.desk.answers import wording
from claims.desk.claim import back_to, claim_page, found_claim
from claims.desk.gate import DeskRequest, gate
from claims.desk.render import wants_fragment
from claims.errors import Invalid
from claims.forms.claim import AssignForm, CommentForm, StateForm
from claims.models import Comment
from claims.rules.role import may_use_desk, may_write


@gate(may_use_desk, methods=("POST",))
def claim_comment(request: DeskRequest, claim_id: Any) -> HttpResponse:
    """Say something; for htmx the discussion comes back and nothing else on the page is touched."""
    claim = found_claim(request, claim_id)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return claim_page(request, claim, comment_form=form, fragment="discussion", status=422)
    data = form.cleaned_data
    comment(actor=request.user, claim_id=claim.pk, body=data["body"], evidence_id=data["evidence"])
    if wants_fragment(request):
        return claim_page(request, claim, fragment="discussion")
    return redirect(back_to(claim.pk, "discussion"))


@gate(may_use_desk, methods=("POST",))
def comment_strike(request: DeskRequest, comment_id: int) -> HttpResponse:
    """Strike out one's own comment."""
    row = get_object_or_404(Comment, pk=comment_id)
    strike_comment(actor=request.user, comment_id=row.pk)
    if wants_fragment(request):
        return claim_page(request, found_claim(request, row.claim_id), fragment="discussion")
    return redirect(back_to(row.claim_id, "discussion"))


@gate(may_write, methods=("POST",))
def claim_assign(request: DeskRequest, claim_id: Any) -> HttpResponse:
    """Give the claim to somebody, to oneself, or to nobody."""
    claim = found_claim(request, claim_id)
    form = AssignForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("There is no such person."))
        return claim_page(request, claim, status=422)
    assign_claim(
        actor=request.user,
        claim_id=claim.pk,
        version=form.cleaned_data["version"],
        assignee=form.cleaned_data["assignee"],
    )
    messages.success(request, _("Saved."))
    return redirect(back_to(claim.pk))


@gate(may_write, methods=("POST",))
def claim_state(request: DeskRequest, claim_id: Any) -> HttpResponse:
    """Open, put on hold, or set aside as not checkable."""
    claim = found_claim(request, claim_id)
    form = StateForm(request.POST)
    if not form.is_valid():
        return claim_page(request, claim, state_form=form, status=422)
    data = form.cleaned_data
    try:
        set_work_state(
            actor=request.user,
            claim_id=claim.pk,
            version=data["version"],
            state=data["state"],
            reason=data["reason"],
        )
    except Invalid as error:
        form.add_error("reason", wording(error.code, error.facts))
        return claim_page(request, claim, state_form=form, status=422)
    messages.success(request, _("Saved."))
    return redirect(back_to(claim.pk))


urls: list[URLPattern] = [
    path("claims/<uuid:claim_id>/comment/", claim_comment, name="claim-comment"),
    path("claims/<uuid:claim_id>/assign/", claim_assign, name="claim-assign"),
    path("claims/<uuid:claim_id>/state/", claim_state, name="claim-state"),
    path("comments/<int:comment_id>/strike/", comment_strike, name="comment-strike"),
]
