"""All evidence: filters in the address, pages."""

from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any

from django.core.paginator import Page
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.urls import URLPattern, path, reverse

from claims.desk.claim_list import Chip
from claims.desk.evidence_card import Card, cards_of, with_parts
from claims.desk.gate import DeskRequest, gate
from claims.desk.pages import ids_of, query_without
from claims.desk.render import render
from claims.forms.evidence import EvidenceFilterForm
from claims.forms.page import page_asked
from claims.models import Capture, Evidence
from claims.rules.role import may_use_desk

PER_PAGE = 40


@dataclass(frozen=True)
class EvidenceList:
    """Context of desk/evidence/list.html."""

    form: EvidenceFilterForm
    page: "Page[Any]"
    cards: list[Card]
    active: list[Chip]
    query: str
    clear_url: str
    is_filtered: bool
    is_capped: bool


@gate(may_use_desk, methods=("GET",))
def evidence_list(request: DeskRequest) -> HttpResponse:
    """The evidence that the address asks for, newest first; for htmx the results alone."""
    form = EvidenceFilterForm(request.GET)
    valid = form.is_valid()
    found = select(form.cleaned_data) if valid else Evidence.objects.none()
    listed = ids_of(found, page_asked(request), PER_PAGE)
    query = query_without(request.GET, "page")
    context = EvidenceList(
        form=form,
        page=listed.page,
        cards=[_with_claim(card) for card in cards_of(_fetched(listed.ids))],
        active=_chips(request, form),
        query=f"{query}&" if query else "",
        clear_url=reverse("desk:evidence-list"),
        is_filtered=bool(query),
        is_capped=listed.is_capped,
    )
    return render(
        request, "desk/evidence/list.html", context, fragment="results", status=200 if valid else 422
    )


def select(wanted: dict[str, Any]) -> "QuerySet[Evidence]":
    """The evidence a filter asks for, newest first."""
    found = Evidence.objects.filter(retired_at__isnull=wanted["retired"] != "yes")
    for name in ("kind", "state", "relation"):
        if wanted[name]:
            found = found.filter(**{name: wanted[name]})
    if wanted["claim"]:
        found = found.filter(claim_id=wanted["claim"])
    if wanted["findings"]:
        none = Q(findings=[])
        found = found.exclude(none) if wanted["findings"] == "yes" else found.filter(none)
    words = wanted["text"].split()[:8]
    if not words:
        return found.order_by("-created_at", "pk")
    # A search reads every row: in the order the rows lie in, which this order, the same without its index, leaves to
    # the database. Along the index a rare word takes twice as long.
    anyhow = Coalesce("created_at", "updated_at")
    return found.filter(*(_holds(word) for word in words)).order_by(anyhow.desc(), "pk")


def _holds(word: str) -> Q:
    """The word stands in the evidence. Where a script has no capitals, PostgreSQL need not fold every row to them."""
    how = "icontains" if word.upper() != word.lower() else "contains"
    texts = ("title_ar", "title_en", "description_ar", "description_en", "url")
    return reduce(or_, (Q(**{f"{name}__{how}": word}) for name in texts), Q(pk__in=_with_file(word)))


def _with_file(word: str) -> Any:
    """Evidence whose file is called so, or has this hash."""
    named = Q(file_name__icontains=word) | Q(sha256=word.lower())
    return Capture.objects.filter(named, evidence__isnull=False).values("evidence_id")


def _fetched(ids: list[Any]) -> list[Evidence]:
    rows = {row.pk: row for row in with_parts(Evidence.objects.filter(pk__in=ids).select_related("claim"))}
    return [rows[pk] for pk in ids if pk in rows]


def _with_claim(card: Card) -> Card:
    claim = card.evidence.claim
    url = reverse("desk:claim-detail", args=[claim.pk])
    return replace(card, claim_title=claim.statement[:160], claim_url=url)


def _chips(request: DeskRequest, form: EvidenceFilterForm) -> list[Chip]:
    chips = []
    for name, field in form.fields.items():
        given = request.GET.get(name, "")
        if given:
            label = str(dict(getattr(field, "choices", []) or []).get(given, given))[:80]
            off = "?" + query_without(request.GET, "page", name)
            chips.append(Chip(str(field.label), label, off))
    return chips


urls: list[URLPattern] = [path("evidence/", evidence_list, name="evidence-list")]
