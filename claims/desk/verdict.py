"""The editor's side of a verdict: draft, submit, take back, discard, start a correction or withdrawal."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from claims.actions.publish import discard_draft, start_correction
from claims.actions.verdict import propose_verdict, submit_verdict, take_back_verdict
from claims.desk.answers import wording
from claims.desk.claim import back_to, claim_page, found_claim
from claims.desk.comparison import compare
from claims.desk.gate import DeskRequest, gate
from claims.desk.render import go, wants_fragment
from claims.errors import Conflict, Invalid, NotAllowed
from claims.forms.verdict import CorrectionForm, RevisionForm, VerdictForm
from claims.models import Claim, Evidence, Verdict, VerdictState
from claims.rules.role import may_write


@gate(may_write, methods=("POST",))
def verdict_save(request: DeskRequest, claim_id: Any) -> HttpResponse:
    """Save the draft; with `then=submit`, freeze it for the reviewers too."""
    claim = found_claim(request, claim_id)
    form = VerdictForm(request.POST, draft=_draft(claim), evidence=_evidence(claim))
    if not form.is_valid():
        return claim_page(request, claim, verdict_form=form, fragment="verdict", status=422)
    data = form.cleaned_data
    try:
        draft = propose_verdict(
            actor=request.user,
            claim_id=claim.pk,
            value=data["value"],
            texts=form.texts(),
            evidence_ids=data["evidence"],
            version=data["version"],
        )
    except Conflict as error:
        if error.code != "stale":
            raise
        return _stale(request, found_claim(request, claim_id))
    except Invalid as error:
        form.add_error(None, wording(error.code, error.facts))
        return claim_page(request, claim, verdict_form=form, fragment="verdict", status=422)
    if request.POST.get("then") == "submit":
        return _submit(request, claim.pk, draft.pk, draft.version)
    return _saved(request, claim)


def _submit(request: DeskRequest, claim_id: Any, verdict_id: Any, version: int) -> HttpResponse:
    """Submit; where something is missing the page says what, and the draft stays as saved."""
    try:
        submit_verdict(actor=request.user, verdict_id=verdict_id, version=version)
    except NotAllowed as error:
        if error.code != "checklist":
            raise
        return _incomplete(request, claim_id, wording(error.code, error.facts))
    messages.success(request, _("Submitted. A reviewer who had no hand in it decides."))
    return go(request, back_to(claim_id, "verdict"))


def _incomplete(request: DeskRequest, claim_id: Any, sentence: str) -> HttpResponse:
    """422: the draft as it was just saved, what is missing beside it."""
    claim = found_claim(request, claim_id)
    draft = _draft(claim)
    if "value" not in request.POST or draft is None:
        messages.error(request, sentence)
        return claim_page(request, claim, fragment="verdict", status=422)
    data = request.POST.copy()
    data["version"] = str(draft.version)
    form = VerdictForm(data, draft=draft, evidence=_evidence(claim))
    form.is_valid()
    form.add_error(None, sentence)
    return claim_page(request, claim, verdict_form=form, fragment="verdict", status=422)


def _saved(request: DeskRequest, claim: Claim) -> HttpResponse:
    if wants_fragment(request):
        return claim_page(request, found_claim(request, claim.pk), fragment="verdict")
    messages.success(request, _("Draft saved."))
    return redirect(back_to(claim.pk, "verdict"))


def _stale(request: DeskRequest, claim: Claim) -> HttpResponse:
    """409: what was typed, over the newer draft, with every field that differs."""
    draft, evidence = _draft(claim), _evidence(claim)
    data = request.POST.copy()
    data["version"] = str(draft.version) if draft else ""
    form = VerdictForm(data, draft=draft, evidence=evidence)
    form.is_valid()
    now = VerdictForm(draft=draft, evidence=evidence)
    conflict = compare(form, now, draft or claim, back_to(claim.pk, "verdict"))
    return claim_page(request, claim, verdict_form=form, conflict=conflict, fragment="verdict", status=409)


def _draft(claim: Claim) -> Verdict | None:
    return claim.verdicts.filter(state=VerdictState.DRAFT).first()


def _evidence(claim: Claim) -> list[Evidence]:
    return list(Evidence.objects.current().filter(claim=claim).order_by("created_at"))


@gate(may_write, methods=("POST",))
def verdict_submit(request: DeskRequest, claim_id: Any) -> HttpResponse:
    """Freeze the draft as it was last saved."""
    form = _step(request)
    return _submit(request, claim_id, form["verdict"], form["version"])


@gate(may_write, methods=("POST",))
def verdict_take_back(request: DeskRequest, claim_id: Any) -> HttpResponse:
    """Undo a submission before anybody decided."""
    form = _step(request)
    take_back_verdict(actor=request.user, verdict_id=form["verdict"], version=form["version"])
    messages.success(request, _("Taken back. The draft is open again."))
    return redirect(back_to(claim_id, "verdict"))


@gate(may_write, methods=("POST",))
def verdict_discard(request: DeskRequest, claim_id: Any) -> HttpResponse:
    """Drop the draft."""
    form = _step(request)
    discard_draft(actor=request.user, verdict_id=form["verdict"], version=form["version"])
    messages.success(request, _("Draft discarded."))
    return redirect(back_to(claim_id, "verdict"))


@gate(may_write, methods=("POST",))
def verdict_correct(request: DeskRequest, claim_id: Any) -> HttpResponse:
    """Start a correction, clarification, update or withdrawal of what is published."""
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        raise Invalid("unknown-kind", field="kind")
    start_correction(
        actor=request.user, verdict_id=form.cleaned_data["verdict"], kind=form.cleaned_data["kind"]
    )
    messages.success(request, _("A draft is open. Say what changed and why; the public sees it."))
    return redirect(back_to(claim_id, "verdict"))


def _step(request: DeskRequest) -> dict[str, Any]:
    """Which revision, as it stood. Raises Invalid."""
    form = RevisionForm(request.POST)
    if not form.is_valid():
        raise Invalid("invalid")
    return form.cleaned_data


urls: list[URLPattern] = [
    path("claims/<uuid:claim_id>/verdict/", verdict_save, name="verdict-save"),
    path("claims/<uuid:claim_id>/verdict/submit/", verdict_submit, name="verdict-submit"),
    path("claims/<uuid:claim_id>/verdict/take-back/", verdict_take_back, name="verdict-take-back"),
    path("claims/<uuid:claim_id>/verdict/discard/", verdict_discard, name="verdict-discard"),
    path("claims/<uuid:claim_id>/verdict/correct/", verdict_correct, name="verdict-correct"),
]
