"""Noting where and when a piece of evidence was made, and judging its findings."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from claims.actions.fit import dated, located
from claims.actions.judgement import date_evidence, locate_evidence, mark_finding
from claims.desk.answers import wording
from claims.desk.evidence import found_evidence, page_of
from claims.desk.evidence_edit import to
from claims.desk.gate import DeskRequest, gate
from claims.desk.render import render
from claims.errors import Invalid
from claims.forms.judgement import DateForm, JudgementForm, LocateForm, MarkForm
from claims.models import Evidence
from claims.rules.role import may_write


@gate(may_write)
def evidence_locate(request: DeskRequest, evidence_id: Any) -> HttpResponse:
    """Say where it was made."""
    evidence, heading = found_evidence(request, evidence_id), _("Where it was made")
    if request.method != "POST":
        return _form(request, evidence, heading, LocateForm.of(evidence.version, located(evidence)))
    form = LocateForm(request.POST)
    if not form.is_valid():
        return _form(request, evidence, heading, form, 422)
    version = form.cleaned_data["version"]
    try:
        locate_evidence(actor=request.user, evidence_id=evidence.pk, version=version, fields=form.located())
    except Invalid as error:
        return _refused(request, evidence, heading, form, error)
    return _saved(request, evidence)


@gate(may_write)
def evidence_date(request: DeskRequest, evidence_id: Any) -> HttpResponse:
    """Say when it was made."""
    evidence, heading = found_evidence(request, evidence_id), _("When it was made")
    if request.method != "POST":
        form = DateForm.of(evidence.version, evidence.claim, dated(evidence))
        return _form(request, evidence, heading, form)
    form = DateForm(request.POST, claim=evidence.claim)
    if not form.is_valid():
        return _form(request, evidence, heading, form, 422)
    version = form.cleaned_data["version"]
    try:
        date_evidence(actor=request.user, evidence_id=evidence.pk, version=version, fields=form.dated())
    except Invalid as error:
        return _refused(request, evidence, heading, form, error)
    return _saved(request, evidence)


def _form(
    request: DeskRequest, evidence: Evidence, heading: str, form: JudgementForm, status: int = 200
) -> HttpResponse:
    context = {"evidence": evidence, "heading": heading, "form": form, "cancel_url": to(evidence, "where")}
    return render(request, "desk/evidence/judge.html", context, status=status)


def _refused(
    request: DeskRequest, evidence: Evidence, heading: str, form: JudgementForm, error: Invalid
) -> HttpResponse:
    field = error.facts.get("field")
    form.add_error(field if field in form.fields else None, wording(error.code, error.facts))
    return _form(request, evidence, heading, form, 422)


def _saved(request: DeskRequest, evidence: Evidence) -> HttpResponse:
    messages.success(request, _("Noted. Earlier answers are kept below it."))
    return redirect(to(evidence, "where"))


@gate(may_write, methods=("POST",))
def evidence_mark(request: DeskRequest, evidence_id: Any, finding: str) -> HttpResponse:
    """Say that a finding matters, or that it does not, and why."""
    evidence = found_evidence(request, evidence_id)
    form = MarkForm(request.POST)
    if not form.is_valid():
        form.finding = finding
        context = {**vars(page_of(request.user, evidence)), "mark_form": form}
        return render(request, "desk/evidence/detail.html", context, status=422)
    given = form.cleaned_data
    mark_finding(
        actor=request.user,
        evidence_id=evidence.pk,
        version=given["version"],
        finding=finding,
        mark=given["mark"],
        reason=given["reason"],
    )
    messages.success(request, _("Saved."))
    return redirect(to(evidence, f"finding-{finding}"))


urls: list[URLPattern] = [
    path("evidence/<uuid:evidence_id>/place/", evidence_locate, name="evidence-locate"),
    path("evidence/<uuid:evidence_id>/time/", evidence_date, name="evidence-date"),
    path("evidence/<uuid:evidence_id>/findings/<slug:finding>/", evidence_mark, name="evidence-mark"),
]
