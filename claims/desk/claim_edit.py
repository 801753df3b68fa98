"""Logging a claim by hand, and changing what one says."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from claims.actions.claim import edit_claim, log_claim
from claims.desk.answers import wording
from claims.desk.claim import back_to, found_claim
from claims.desk.claim_parts import Passage, passage_of
from claims.desk.comparison import Comparison, compare, compare_rows
from claims.desk.gate import DeskRequest, gate
from claims.desk.render import render
from claims.errors import Conflict, Invalid, ensure
from claims.forms.claim import (
    ClaimForm,
    QuantityForm,
    QuantityFormSet,
    counts_of,
    quantities_initial,
)
from claims.models import Claim
from claims.rules.claim import may_edit_claim
from claims.rules.role import may_write


@dataclass(frozen=True)
class ClaimEdit:
    """Context of desk/claim/form.html. `claim` is None while a new one is written."""

    claim: Claim | None
    passage: Passage | None
    form: ClaimForm
    quantities: "BaseFormSet[QuantityForm]"
    conflict: Comparison | None
    voids: bool
    cancel_url: str


@gate(may_write)
def claim_new(request: DeskRequest) -> HttpResponse:
    """Write a claim down by hand. Usually claims come out of intake."""
    if request.method != "POST":
        lang = "ar" if str(request.LANGUAGE_CODE).startswith("ar") else "en"
        initial = {
            "lang": lang,
            "incident_id": request.GET.get("incident"),
            "question_id": request.GET.get("question"),
        }
        return _form_page(request, None, ClaimForm(initial=initial), QuantityFormSet(prefix="quantity"))
    form, rows = ClaimForm(request.POST), QuantityFormSet(request.POST, prefix="quantity")
    if not (form.is_valid() & rows.is_valid()):
        return _form_page(request, None, form, rows, status=422)
    try:
        claim = log_claim(actor=request.user, fields=form.fields_of(), quantities=counts_of(rows))
    except Invalid as error:
        _blame(form, error)
        return _form_page(request, None, form, rows, status=422)
    messages.success(request, _("Claim logged. Next: who said it?"))
    return redirect(back_to(claim.pk))


@gate(may_write)
def claim_edit(request: DeskRequest, claim_id: Any) -> HttpResponse:
    """Change a claim. What is under review goes back to a draft (rule 3)."""
    claim = found_claim(request, claim_id)
    ensure(may_edit_claim(request.user, claim))
    if request.method != "POST":
        rows = QuantityFormSet(prefix="quantity", initial=quantities_initial(list(claim.quantities.all())))
        return _form_page(request, claim, ClaimForm(claim=claim), rows)
    form = ClaimForm(request.POST, claim=claim)
    rows = QuantityFormSet(
        request.POST, prefix="quantity", initial=quantities_initial(list(claim.quantities.all()))
    )
    if not (form.is_valid() & rows.is_valid()):
        return _form_page(request, claim, form, rows, status=422)
    return _save(request, claim, form, rows)


def _save(
    request: DeskRequest, claim: Claim, form: ClaimForm, rows: "BaseFormSet[QuantityForm]"
) -> HttpResponse:
    try:
        edit_claim(
            actor=request.user,
            claim_id=claim.pk,
            version=form.cleaned_data.get("version") or 0,
            fields=form.fields_of(),
            quantities=counts_of(rows) if rows.has_changed() else None,
        )
    except Conflict as error:
        if error.code != "stale":
            raise
        return _stale(request, found_claim(request, claim.pk), rows)
    except Invalid as error:
        _blame(form, error)
        return _form_page(request, claim, form, rows, status=422)
    messages.success(request, _("Saved."))
    return redirect(back_to(claim.pk))


def _stale(request: DeskRequest, current: Claim, rows: "BaseFormSet[QuantityForm]") -> HttpResponse:
    """409: the form as typed, over the newer version, with every field that differs."""
    data = request.POST.copy()
    data["version"] = str(current.version)
    form = ClaimForm(data, claim=current)
    form.is_valid()
    now = [_line(one) for one in quantities_initial(list(current.quantities.all()))]
    mine = [_line(row.cleaned_data) for row in rows if row.is_given() and not row.cleaned_data.get("DELETE")]
    found = compare(form, ClaimForm(claim=current), current, request.get_full_path())
    differing = [*found.rows, *compare_rows(_("Quantities"), mine, now)]
    conflict = Comparison(found.by, found.at, differing, found.reload_url)
    return _form_page(request, current, form, rows, conflict=conflict, status=409)


def _line(row: dict[str, Any]) -> str:
    low, high = (_short(row.get(name)) for name in ("low", "high"))
    return " ".join(part for part in (row.get("comparator") or "", low, high, row.get("unit") or "") if part)


def _short(value: Any) -> str:
    return (
        ""
        if value in (None, "")
        else format(value.normalize(), "f")
        if hasattr(value, "normalize")
        else str(value)
    )


def _blame(form: ClaimForm, error: Invalid) -> None:
    """Put an action's refusal at its field."""
    name = str(error.facts.get("field", ""))
    places = {"event_latest_at": "to_on", "question": "question_id", "incident": "incident_id"}
    field = places.get(name, name)
    form.add_error(field if field in form.fields else None, wording(error.code, error.facts))


def _form_page(
    request: DeskRequest,
    claim: Claim | None,
    form: ClaimForm,
    quantities: "BaseFormSet[QuantityForm]",
    *,
    conflict: Comparison | None = None,
    status: int = 200,
) -> HttpResponse:
    under_review = claim is not None and claim.verdicts.filter(state__in=["submitted", "approved"]).exists()
    context = ClaimEdit(
        claim=claim,
        passage=passage_of(claim) if claim else None,
        form=form,
        quantities=quantities,
        conflict=conflict,
        voids=under_review,
        cancel_url=back_to(claim.pk) if claim else "..",
    )
    return render(request, "desk/claim/form.html", context, status=status)


urls: list[URLPattern] = [
    path("claims/new/", claim_new, name="claim-new"),
    path("claims/<uuid:claim_id>/edit/", claim_edit, name="claim-edit"),
]
