"""One proposal: its card, and what one does with it. A card and the counts are all that changes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from claims.actions import proposal as actions
from claims.actions.terms import terms_of
from claims.desk.answers import wording
from claims.desk.document import default_question, show
from claims.desk.gate import DeskRequest, gate
from claims.desk.pieces import page_with, pages_of
from claims.desk.render import render, wants_fragment
from claims.desk.triage import Card, Opened, Tally, differing, one_card, tally_of
from claims.errors import Conflict, Invalid, NotFound
from claims.forms.proposal import ProposalForms
from claims.models import Document, Proposal, ProposalState
from claims.rules.role import may_use_desk, may_write


@dataclass(frozen=True)
class CardAnswer:
    """Context of desk/document/detail.html#answer: the card, and the counts that change with it."""

    card: Card
    document: Document
    tally: Tally
    page: int
    may_write: bool
    out_of_band: bool = True


@gate(may_use_desk, methods=("GET",))
def proposal_detail(request: DeskRequest, pk: int) -> HttpResponse:
    """The card: closed, with `?edit` open for editing, with `?split` to be cut."""
    proposal = found(pk)
    opened = None
    if proposal.state == ProposalState.PROPOSED and may_write(request.user) is None:
        if "edit" in request.GET:
            opened = Opened(proposal.pk, forms=_forms(proposal))
        elif "split" in request.GET:
            opened = Opened(proposal.pk, splitting=True)
    return answer(request, proposal, opened=opened)


@gate(may_write, methods=("POST",))
def proposal_edit(request: DeskRequest, pk: int) -> HttpResponse:
    """Save what was typed; the proposal still waits."""
    return _with_forms(request, found(pk), actions.edit_proposal)


@gate(may_write, methods=("POST",))
def proposal_accept(request: DeskRequest, pk: int) -> HttpResponse:
    """Make it a claim, with what was typed if it was open."""
    proposal = found(pk)
    if "wording" in request.POST:
        return _with_forms(request, proposal, actions.accept_proposal)
    return _decide(request, proposal, _accept, edits=_defaults(request, proposal, {}))


@gate(may_write, methods=("POST",))
def proposal_reject(request: DeskRequest, pk: int) -> HttpResponse:
    """No claim of ours."""
    return _decide(request, found(pk), actions.reject_proposal)


@gate(may_write, methods=("POST",))
def proposal_restore(request: DeskRequest, pk: int) -> HttpResponse:
    """Take the decision back."""
    return _decide(request, found(pk), actions.restore_proposal)


@gate(may_write, methods=("POST",))
def proposal_merge(request: DeskRequest, pk: int) -> HttpResponse:
    """Make one of it and its next neighbour."""
    return _decide(request, found(pk), actions.merge_proposals, whole=True)


@gate(may_write, methods=("POST",))
def proposal_split(request: DeskRequest, pk: int) -> HttpResponse:
    """Cut it before the code point `at`; asked without one, offer the places."""
    proposal = found(pk)
    at = str(request.POST.get("at", ""))
    if not (at.isascii() and at.isdigit() and len(at) < 10):
        return answer(request, proposal, opened=Opened(proposal.pk, splitting=True))
    return _decide(request, proposal, actions.split_proposal, whole=True, at=int(at))


def found(pk: int) -> Proposal:
    """The proposal with its document, publisher and incident. Raises NotFound."""
    rows = Proposal.objects.select_related("document__publisher", "document__incident", "claim")
    proposal = rows.filter(pk=pk).first() if pk < 2**63 else None
    if proposal is None:
        raise NotFound(what="proposal")
    return proposal


def answer(
    request: DeskRequest, proposal: Proposal, *, opened: Opened | None = None, status: int = 200
) -> HttpResponse:
    """The card and the counts for htmx, else the page with that card."""
    document = proposal.document
    if not wants_fragment(request) or request.htmx.target == "triage":
        return show(request, document, at=proposal.start, current=proposal.pk, opened=opened, status=status)
    card = one_card(proposal, document, default_question(request, document), opened)
    page = page_with(pages_of(document.body), proposal.start)
    may = may_write(request.user) is None
    context = CardAnswer(card, document, tally_of(document, request.user), page, may)
    return render(request, "desk/document/detail.html", context, fragment="answer", status=status)


def _decide(
    request: DeskRequest, proposal: Proposal, act: Callable[..., Any], *, whole: bool = False, **more: Any
) -> HttpResponse:
    """Do it; where that cannot be, the card says why. `whole`: the text and the list of cards change, too."""
    try:
        done = act(actor=request.user, proposal_id=proposal.pk, version=_version(request), **more)
    except Invalid as error:
        forms = _forms(proposal) if error.code == "source-unknown" else None
        problem = wording(error.code, error.facts)
        return answer(request, proposal, opened=Opened(proposal.pk, forms, problem=problem), status=422)
    except Conflict as error:
        problem = wording(error.code, error.facts)
        return answer(request, found(proposal.pk), opened=Opened(proposal.pk, problem=problem), status=409)
    if whole:
        first = done[0] if isinstance(done, tuple) else done
        return _onward(request, proposal.document, first, current=first.pk)
    return _onward(request, proposal.document, proposal)


def _with_forms(request: DeskRequest, proposal: Proposal, act: Callable[..., Any]) -> HttpResponse:
    """Save the open card by `act`, keeping what was typed wherever it cannot be saved."""
    forms = _forms(proposal, request.POST)
    if not forms.is_valid():
        return answer(request, proposal, opened=Opened(proposal.pk, forms), status=422)
    edits = forms.edits()
    if act is actions.accept_proposal:
        edits = _defaults(request, proposal, edits)
    try:
        act(
            actor=request.user,
            proposal_id=proposal.pk,
            version=forms.main.cleaned_data["version"],
            edits=edits,
            span=forms.span,
        )
    except Invalid as error:
        opened = Opened(proposal.pk, forms, problem=wording(error.code, error.facts))
        return answer(request, proposal, opened=opened, status=422)
    except Conflict as error:
        return _overtaken(request, proposal, forms, error)
    return _onward(request, proposal.document, proposal)


def _overtaken(
    request: DeskRequest, proposal: Proposal, forms: ProposalForms, error: Conflict
) -> HttpResponse:
    """409: what was typed stays in the form, beside what stands now; saving again saves it over that."""
    now = found(proposal.pk)
    problem = wording(error.code, error.facts)
    if now.state != ProposalState.PROPOSED:
        return answer(request, now, opened=Opened(now.pk, problem=problem), status=409)
    typed = request.POST.copy()
    typed["version"] = str(now.version)
    mine = _forms(now, typed)
    mine.is_valid()
    opened = Opened(now.pk, mine, problem=problem, conflict=differing(mine, _forms(now)))
    return answer(request, now, opened=opened, status=409)


def _onward(
    request: DeskRequest, document: Document, proposal: Proposal, current: int | None = None
) -> HttpResponse:
    """After a change: the parts of the page for htmx, else the page at what waits next."""
    if wants_fragment(request):
        if current is not None or request.htmx.target == "triage":
            return show(request, document, at=proposal.start, current=current or proposal.pk)
        return answer(request, found(proposal.pk))
    waiting = document.proposals.filter(state=ProposalState.PROPOSED)
    following = waiting.filter(start__gte=proposal.start).first() or waiting.first()
    target = following or proposal
    page = page_with(pages_of(document.body), target.start)
    address = reverse("desk:document-detail", args=[document.pk])
    return redirect(f"{address}?{urlencode({'page': page})}#p{target.pk}")


def _accept(**given: Any) -> Any:
    return actions.accept_proposal(**given)


def _defaults(request: DeskRequest, proposal: Proposal, edits: dict[str, Any]) -> dict[str, Any]:
    """The question that the next claims go to, where this proposal names none and it fits its incident."""
    question = default_question(request, proposal.document)
    stands = {**proposal.edits, **edits}
    if question is None or stands.get("question") or "question" in edits:
        return edits
    incident = stands.get("incident") or str(proposal.document.incident_id)
    return {**edits, "question": str(question.pk)} if incident == str(question.incident_id) else edits


def _forms(proposal: Proposal, data: Any = None) -> ProposalForms:
    document = proposal.document
    return ProposalForms(proposal, document, terms_of(proposal, document), data)


def _version(request: DeskRequest) -> int:
    """The version the card was drawn from; one that is no number is never the row's."""
    given = str(request.POST.get("version", ""))
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1


urls: list[URLPattern] = [
    path("proposals/<int:pk>/", proposal_detail, name="proposal-detail"),
    path("proposals/<int:pk>/edit/", proposal_edit, name="proposal-edit"),
    path("proposals/<int:pk>/accept/", proposal_accept, name="proposal-accept"),
    path("proposals/<int:pk>/reject/", proposal_reject, name="proposal-reject"),
    path("proposals/<int:pk>/restore/", proposal_restore, name="proposal-restore"),
    path("proposals/<int:pk>/merge/", proposal_merge, name="proposal-merge"),
    path("proposals/<int:pk>/split/", proposal_split, name="proposal-split"),
]
