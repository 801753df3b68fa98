"""Intake: paste a text or choose a file, and go on with those that are not done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from claims.actions.document import add_document
from claims.actions.source import add_source
from claims.desk.answers import wording
from claims.desk.gate import DeskRequest, gate
from claims.desk.pieces import OPENING, first_words
from claims.desk.render import render
from claims.errors import Conflict, Invalid
from claims.forms.document import IntakeForm, found_in
from claims.forms.page import page_asked
from claims.models import Document, Proposal, ProposalState
from claims.rules.role import may_use_desk, may_write

PER_PAGE = 20


@dataclass(frozen=True)
class Unfinished:
    """A text that is not done. `name` is its title or first line."""

    document: Document
    name: str
    n_waiting: int
    n_decided: int


@dataclass(frozen=True)
class IntakePage:
    """Context of desk/document/intake.html. `known` is the text that is here already."""

    form: IntakeForm
    unfinished: list[Unfinished]
    page: Page[Document]
    known: Document | None
    from_page: bool
    may_write: bool


@gate(may_use_desk)
def intake(request: DeskRequest) -> HttpResponse:
    """The form and the texts that are not done; a POST adds a text and goes on to its proposals."""
    if request.method != "POST":
        return _page(request, IntakeForm())
    refused = may_write(request.user)
    form = IntakeForm(request.POST, request.FILES)
    if refused is not None:
        form.full_clean()
        form.add_error(None, wording(refused.code, refused.facts))
        return _page(request, form, status=403)
    if not form.is_valid():
        return _page(request, form, status=422)
    if form.page is not None:
        offered = IntakeForm(
            initial={**form.cleaned_data, "file": None, **found_in(form.page, form.cleaned_data)}
        )
        return _page(request, offered, from_page=True)
    return _add(request, form)


def _add(request: DeskRequest, form: IntakeForm) -> HttpResponse:
    data = form.cleaned_data
    try:
        fields = form.facts()
        if form.new_outlet:
            fields["publisher_id"] = add_source(actor=request.user, fields=form.new_outlet).pk
        document = add_document(actor=request.user, body=data["body"], fields=fields, again=data["again"])
    except Invalid as error:
        field = str(error.facts.get("field"))
        for sentence in [*error.facts.get("messages", [])] or [wording(error.code, error.facts)]:
            form.add_error(field if field in form.fields else None, sentence)
        return _page(request, form, status=422)
    except Conflict as error:
        known = error.facts.get("current")
        if not isinstance(known, Document):
            form.add_error("outlet", _("Another source already has this name."))
            return _page(request, form, status=409)
        return _page(request, form, known=known, status=409)
    return redirect("desk:document-detail", document.pk)


def _page(
    request: DeskRequest,
    form: IntakeForm,
    *,
    known: Document | None = None,
    from_page: bool = False,
    status: int = 200,
) -> HttpResponse:
    page = Paginator(_unfinished(), PER_PAGE).get_page(page_asked(request))
    may = may_write(request.user) is None
    context = IntakePage(form, _lines(page), page, known, from_page, may)
    return render(request, "desk/document/intake.html", context, status=status)


def _unfinished() -> "QuerySet[Document]":
    """Texts with something that waits, newest first. Counts are asked apart: grouping would drag every body along."""
    waiting = Proposal.objects.filter(document=OuterRef("pk"), state=ProposalState.PROPOSED)
    rows = Document.objects.filter(Exists(waiting) | Q(reading_state="reading"))
    rows = rows.annotate(opening=Left("body", OPENING)).defer("body")
    return rows.select_related("publisher", "created_by").order_by("-created_at")


def _line(row: Any, counts: Mapping[tuple[Any, str], int]) -> Unfinished:
    def n(*states: str) -> int:
        return sum(counts.get((row.pk, state), 0) for state in states)

    return Unfinished(
        document=row,
        name=row.title or first_words(row.opening),
        n_waiting=n(ProposalState.PROPOSED),
        n_decided=n(ProposalState.ACCEPTED, ProposalState.REJECTED),
    )


def _lines(page: Page[Document]) -> list[Unfinished]:
    rows = list(page.object_list)
    states = Proposal.objects.filter(document__in=[row.pk for row in rows]).values_list("document", "state")
    counts = {(pk, state): n for pk, state, n in states.order_by().annotate(n=Count("pk"))}
    return [_line(row, counts) for row in rows]


urls: list[URLPattern] = [path("intake/", intake, name="intake")]
