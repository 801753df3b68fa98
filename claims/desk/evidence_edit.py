"""Work on a piece of evidence: describe it, hide parts of its picture, set it aside, capture it again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from claims.actions.claim import comment
from claims.actions.evidence import (
    edit_evidence,
    recapture_evidence,
    redact_evidence,
    release_evidence,
    restore_evidence,
    retire_evidence,
)
from claims.desk.answers import wording
from claims.desk.evidence import found_evidence, page_of
from claims.desk.evidence_card import copy_url
from claims.desk.gate import DeskRequest, gate
from claims.desk.render import render
from claims.errors import Conflict, Invalid, NotFound
from claims.forms.claim import CommentForm
from claims.forms.evidence import DescribeForm, ReasonForm, box_forms
from claims.models import Capture, Derivative, DerivativeKind, Evidence
from claims.rules.evidence import pictures_of
from claims.rules.role import may_use_desk, may_write


def to(evidence: Evidence, anchor: str = "") -> str:
    """The page of a piece of evidence."""
    return reverse("desk:evidence-detail", args=[evidence.pk]) + (f"#{anchor}" if anchor else "")


@gate(may_write)
def evidence_edit(request: DeskRequest, evidence_id: Any) -> HttpResponse:
    """Describe it. A stale save shows both texts."""
    evidence = found_evidence(request, evidence_id)
    if request.method != "POST":
        return _form(request, evidence, DescribeForm.of(evidence))
    form = DescribeForm(request.POST)
    if not form.is_valid():
        return _form(request, evidence, form, status=422)
    try:
        version = form.cleaned_data["version"]
        edit_evidence(actor=request.user, evidence_id=evidence.pk, version=version, fields=form.described())
    except Conflict as error:
        return _stale(request, evidence, form, error)
    except Invalid as error:
        form.add_error(None, wording(error.code, error.facts))
        return _form(request, evidence, form, status=422)
    messages.success(request, _("Saved."))
    return redirect(to(evidence))


def _form(
    request: DeskRequest, evidence: Evidence, form: DescribeForm, conflict: Any = None, status: int = 200
) -> HttpResponse:
    context = {"evidence": evidence, "form": form, "conflict": conflict, "cancel_url": to(evidence)}
    return render(request, "desk/evidence/form.html", context, status=status)


def _stale(request: DeskRequest, evidence: Evidence, form: DescribeForm, error: Conflict) -> HttpResponse:
    """Both texts, and the form as typed over the version that stands now."""
    current = Evidence.objects.get(pk=evidence.pk)
    names = ("title_ar", "title_en", "description_ar", "description_en")
    rows = [
        {"label": form[name].label, "mine": form.cleaned_data[name], "theirs": getattr(current, name)}
        for name in names
        if form.cleaned_data[name] != getattr(current, name)
    ]
    typed = request.POST.copy()
    typed["version"] = str(current.version)
    again = DescribeForm(typed)
    conflict = {"by": None, "at": current.updated_at, "rows": rows, "reload_url": to(current)}
    return _form(request, evidence, again, conflict, status=409)


@gate(may_write)
def evidence_redact(request: DeskRequest, evidence_id: Any) -> HttpResponse:
    """Which part of the picture the public copy shows; by numbers, or with a pointer over the small picture."""
    evidence = found_evidence(request, evidence_id)
    post = request.POST if request.method == "POST" else None
    picture = _drawn_on(evidence, str((post or request.GET).get("capture") or ""))
    set_here = evidence.redaction.get("capture") in (None, str(picture.pk))
    crop, blurs = box_forms(evidence.redaction if set_here else {}, post)
    if post is None or not all(form.is_valid() for form in (crop, *blurs)):
        return _redaction(request, evidence, picture, (crop, blurs), 422 if post is not None else 200)
    version = str(request.POST.get("version", ""))
    redact_evidence(
        actor=request.user,
        evidence_id=evidence.pk,
        version=int(version) if version.isascii() and version.isdigit() and len(version) < 10 else -1,
        crop=crop.box,
        blur=[form.box for form in blurs if form.box is not None],
        capture_id=picture.pk,
    )
    messages.success(request, _("The public copy is being drawn anew. The original stays as it came."))
    return redirect(to(evidence))


def _drawn_on(evidence: Evidence, asked: str) -> Capture:
    """The picture that was asked for, else the one that areas are set on, else the first. Raises NotFound."""
    pictures = {str(one.pk): one for one in pictures_of(evidence)}
    key = asked or str(evidence.redaction.get("capture") or "") or next(iter(pictures), "")
    if key not in pictures:
        raise NotFound(what="capture")
    return pictures[key]


def _redaction(
    request: DeskRequest, evidence: Evidence, picture: Capture, forms: tuple[Any, Any], status: int
) -> HttpResponse:
    crop, blurs = forms
    whole = Derivative.objects.filter(capture=picture, kind=DerivativeKind.THUMBNAIL, retired_at=None).first()
    context = {
        "evidence": evidence,
        "picture": picture,
        "pictures": pictures_of(evidence),
        "crop": crop,
        "blurs": blurs,
        "whole": whole,
        "whole_url": copy_url(whole) if whole else "",
        "cancel_url": to(evidence),
    }
    return render(request, "desk/evidence/redact.html", context, status=status)


@gate(may_write)
def evidence_retire(request: DeskRequest, evidence_id: Any) -> HttpResponse:
    """Set it aside, with the reason."""
    evidence = found_evidence(request, evidence_id)
    form = ReasonForm(
        request.POST if request.method == "POST" else None, initial={"version": evidence.version}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        retire_evidence(
            actor=request.user, evidence_id=evidence.pk, version=given["version"], reason=given["reason"]
        )
        messages.success(request, _("Set aside. It stays in the history, and can be taken up again."))
        return redirect(to(evidence))
    context = {"evidence": evidence, "form": form, "cancel_url": to(evidence)}
    return render(request, "desk/evidence/retire.html", context, status=422 if form.is_bound else 200)


@gate(may_write, methods=("POST",))
def evidence_release(request: DeskRequest, evidence_id: Any) -> HttpResponse:
    """Take it out of quarantine, with the reason."""
    evidence = found_evidence(request, evidence_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        context = {**vars(page_of(request.user, evidence)), "release_form": form}
        return render(request, "desk/evidence/detail.html", context, status=422)
    given = form.cleaned_data
    release_evidence(
        actor=request.user, evidence_id=evidence.pk, version=given["version"], reason=given["reason"]
    )
    messages.success(request, _("Taken out of quarantine. It is being examined anew."))
    return redirect(to(evidence))


@gate(may_write, methods=("POST",))
def evidence_restore(request: DeskRequest, evidence_id: Any) -> HttpResponse:
    """Take it up again."""
    evidence = found_evidence(request, evidence_id)
    restore_evidence(actor=request.user, evidence_id=evidence.pk, version=evidence.version)
    messages.success(request, _("Taken up again."))
    return redirect(to(evidence))


@gate(may_write, methods=("POST",))
def evidence_recapture(request: DeskRequest, evidence_id: Any) -> HttpResponse:
    """Fetch the link again, or examine the file again. Earlier captures stay."""
    evidence = found_evidence(request, evidence_id)
    recapture_evidence(actor=request.user, evidence_id=evidence.pk)
    messages.success(request, _("Asked for. This page shows how far it is."))
    return redirect(to(evidence))


@gate(may_use_desk, methods=("POST",))
def evidence_comment(request: DeskRequest, evidence_id: Any) -> HttpResponse:
    """Say something about this piece."""
    evidence = found_evidence(request, evidence_id)
    form = CommentForm(request.POST)
    if not form.is_valid():
        context = {**vars(page_of(request.user, evidence)), "comment_form": form}
        return render(request, "desk/evidence/detail.html", context, status=422)
    comment(
        actor=request.user,
        claim_id=evidence.claim_id,
        body=form.cleaned_data["body"],
        evidence_id=evidence.pk,
    )
    return redirect(to(evidence, "comments"))


urls: list[URLPattern] = [
    path("evidence/<uuid:evidence_id>/edit/", evidence_edit, name="evidence-edit"),
    path("evidence/<uuid:evidence_id>/redact/", evidence_redact, name="evidence-redact"),
    path("evidence/<uuid:evidence_id>/retire/", evidence_retire, name="evidence-retire"),
    path("evidence/<uuid:evidence_id>/release/", evidence_release, name="evidence-release"),
    path("evidence/<uuid:evidence_id>/restore/", evidence_restore, name="evidence-restore"),
    path("evidence/<uuid:evidence_id>/recapture/", evidence_recapture, name="evidence-recapture"),
    path("evidence/<uuid:evidence_id>/comment/", evidence_comment, name="evidence-comment"),
]
