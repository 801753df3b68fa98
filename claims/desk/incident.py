"""Incidents at the desk: the list, the matrix, the questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.actions.incident import (
    ask_question,
    edit_incident,
    edit_question,
    open_incident,
    order_questions,
    remove_question,
)
from claims.desk.gate import DeskRequest, gate
from claims.desk.render import render
from claims.forms.incident import IncidentForm, QuestionForm
from claims.forms.page import page_asked
from claims.match.matrix import Answer, matrix_of
from claims.models import Attribution, Claim, Evidence, Incident, Question, Verdict, VerdictState, WorkState
from claims.rules.role import may_use_desk, may_write
from claims.templatetags.grid import Asked, Column, Laid, Words, laid_out
from claims.templatetags.opening import opening
from claims.templatetags.units import counted
from claims.text.normalise import fold
from claims.text.reading import Quantity as Amount

PER_PAGE = 25
UNASKED = "unasked"


@dataclass(frozen=True)
class Hop:
    """One hop as the chain parts draw it."""

    key: str
    name: str
    url: str
    unnamed: bool


@dataclass(frozen=True)
class Event:
    """One line of the timeline."""

    earliest: Any
    latest: Any
    precision: str
    title: str
    url: str
    who: str
    verdict: str


@dataclass(frozen=True)
class ListPage:
    page: Page[Any]
    q: str
    query: str
    may_write: bool


@dataclass(frozen=True)
class IncidentPage:
    """Everything about one incident."""

    incident: Incident
    matrix: Laid
    n_claims: int
    n_sources: int
    chains: list[list[Hop]]
    events: list[Event]
    evidence: list[Evidence]
    unplaced: list[Claim]
    questions: Sequence[Question]
    question_form: QuestionForm
    may_write: bool


@gate(may_use_desk, methods=("GET",))
def incident_list(request: DeskRequest) -> HttpResponse:
    asked = request.GET.get("q", "")[:200]
    rows = Incident.objects.order_by("-earliest_at", "-created_at").defer("text_folded")
    for word in fold(asked).split()[:12]:
        rows = rows.filter(text_folded__contains=word)
    page = Paginator(rows, PER_PAGE).get_page(page_asked(request))
    page.object_list = _counted(page.object_list)
    query = f"{urlencode({'q': asked})}&" if asked else ""
    context = ListPage(page, asked, query, may_write(request.user) is None)
    return render(request, "desk/incident/list.html", context, fragment="results")


def _counted(incidents: Iterable[Incident]) -> list[Incident]:
    """These incidents, each with the number of its claims as `n_claims`."""
    rows = list(incidents)
    counts = Claim.objects.filter(incident__in=rows).order_by().values_list("incident")
    n_claims = dict(counts.annotate(n=Count("pk")))
    for row in rows:
        row.n_claims = n_claims.get(row.pk, 0)  # type: ignore[attr-defined]
    return rows


@gate(may_write)
def incident_new(request: DeskRequest) -> HttpResponse:
    form = IncidentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        incident = open_incident(actor=request.user, fields=form.cleaned_data)
        return redirect("desk:incident-detail", slug=incident.slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/incident/form.html", {"form": form, "incident": None}, status=status)


@gate(may_write)
def incident_edit(request: DeskRequest, slug: str) -> HttpResponse:
    incident = _incident(slug)
    initial = {name: getattr(incident, name) for name in IncidentForm.base_fields}
    form = IncidentForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        edit_incident(
            actor=request.user,
            incident_id=incident.pk,
            version=_version(request),
            fields=form.cleaned_data,
        )
        messages.success(request, _("Saved."))
        return redirect("desk:incident-detail", slug=slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/incident/form.html", {"form": form, "incident": incident}, status=status)


@gate(may_use_desk, methods=("GET",))
def incident_detail(request: DeskRequest, slug: str) -> HttpResponse:
    return _detail(request, _incident(slug), QuestionForm())


@gate(may_write, methods=("POST",))
def question_new(request: DeskRequest, slug: str) -> HttpResponse:
    incident = _incident(slug)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _detail(request, incident, form, 422)
    ask_question(actor=request.user, incident_id=incident.pk, **form.cleaned_data)
    return redirect(f"{reverse('desk:incident-detail', args=[slug])}#questions")


@gate(may_write)
def question_edit(request: DeskRequest, slug: str, pk: Any) -> HttpResponse:
    question = Question.objects.filter(pk=pk, incident__slug=slug).select_related("incident").first()
    if question is None:
        raise Http404
    initial = {"text_ar": question.text_ar, "text_en": question.text_en}
    form = QuestionForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        edit_question(
            actor=request.user, question_id=question.pk, version=_version(request), **form.cleaned_data
        )
        return redirect(f"{reverse('desk:incident-detail', args=[slug])}#questions")
    context = {"form": form, "question": question, "incident": question.incident}
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/incident/question.html", context, status=status)


@gate(may_write, methods=("POST",))
def question_remove(request: DeskRequest, slug: str, pk: Any) -> HttpResponse:
    if not Question.objects.filter(pk=pk, incident__slug=slug).exists():
        raise Http404
    remove_question(actor=request.user, question_id=pk, version=_version(request))
    return redirect(f"{reverse('desk:incident-detail', args=[slug])}#questions")


@gate(may_write, methods=("POST",))
def question_order(request: DeskRequest, slug: str) -> HttpResponse:
    """Move one question up by one: `pk` in the form."""
    incident = _incident(slug)
    order = [str(pk) for pk in incident.questions.values_list("pk", flat=True)]
    moved = request.POST.get("pk", "")
    if moved in order and (at := order.index(moved)) > 0:
        order[at - 1], order[at] = order[at], order[at - 1]
        order_questions(actor=request.user, incident_id=incident.pk, question_ids=order)
    return redirect(f"{reverse('desk:incident-detail', args=[slug])}#questions")


def _incident(slug: str) -> Incident:
    incident = Incident.objects.filter(slug=slug).first()
    if incident is None:
        raise Http404
    return incident


def _version(request: DeskRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1


def _detail(request: DeskRequest, incident: Incident, form: QuestionForm, status: int = 200) -> HttpResponse:
    claims = list(
        incident.claims.exclude(work_state=WorkState.REJECTED)
        .prefetch_related("attributions__source", "quantities")
        .order_by("event_earliest_at", "created_at")
    )
    verdicts = _verdicts(claims)
    questions = list(incident.questions.annotate(n_claims=Count("claims")).order_by("position", "created_at"))
    matrix = _matrix(claims, questions, verdicts)
    context = IncidentPage(
        incident=incident,
        matrix=matrix,
        n_claims=len(claims),
        n_sources=len(matrix.columns),
        chains=[chain for claim in claims for chain in _chains(claim)],
        events=[_event(claim, verdicts) for claim in claims if claim.event_earliest_at],
        evidence=list(
            Evidence.objects.current().filter(claim__incident=incident).select_related("claim", "source")[:50]
        ),
        unplaced=[claim for claim in claims if claim.question_id is None],
        questions=questions,
        question_form=form,
        may_write=may_write(request.user) is None,
    )
    return render(request, "desk/incident/detail.html", context, status=status)


def _verdicts(claims: Iterable[Claim]) -> dict[Any, str]:
    """What is published on each claim: a draft's mark would pass for a finding."""
    rows = Verdict.objects.filter(claim__in=list(claims), state=VerdictState.PUBLISHED)
    return dict(rows.order_by().values_list("claim_id", "value"))


def _matrix(claims: list[Claim], questions: Sequence[Question], verdicts: dict[Any, str]) -> Laid:
    answers, words, columns = [], {}, {}
    for claim in claims:
        for outermost in _outermost(claim):
            key = f"{claim.pk}-{outermost.pk}"
            source = outermost.source
            question = str(claim.question_id or UNASKED)
            answers.append(
                Answer(
                    key, question, str(source.pk), _short(claim), _stance(claim, outermost), amounts(claim)
                )
            )
            url = reverse("desk:claim-detail", args=[claim.pk])
            hops = _chain_from(claim, outermost)
            words[key] = Words(claim.wording, verdicts.get(claim.pk, ""), _gloss(claim), url, hops)
            columns[str(source.pk)] = Column(
                source.name,
                _("party to the conflict") if source.is_party else str(source.get_kind_display()),
                "" if source.is_unnamed else reverse("desk:source-detail", args=[source.slug]),
            )
    asked = {str(question.pk): Asked(question.text) for question in questions}
    return laid_out(matrix_of(list(asked), answers), asked, columns, words)


def _short(claim: Claim) -> str:
    """The answer as an editor put it; else the one number of the claim; else its first words."""
    told = amounts(claim)
    number = counted(told[0]) if len(told) == 1 else ""
    return claim.answer or number or opening(claim.statement, 80)


def _gloss(claim: Claim) -> str:
    """The statement in the page's language, where the source's own words are in another; they stay a tap away."""
    if claim.lang == (get_language() or "ar")[:2]:
        return ""
    return opening(claim.statement, 60)


def _stance(claim: Claim, outermost: Attribution) -> str:
    """What the chain's origin says; relays only carry it."""
    hops = _hops_from(claim, outermost)
    return hops[-1].stance


def amounts(claim: Claim) -> tuple[Amount, ...]:
    """A claim's quantities as intervals that can be compared."""
    return tuple(
        Amount(
            comparator=q.comparator,  # type: ignore[arg-type]
            low=None if q.low is None else float(q.low),
            high=None if q.high is None else float(q.high),
            unit=q.unit,
            raw=q.raw,
            start=0,
            end=0,
            scope=q.scope,
        )
        for q in claim.quantities.all()
    )


def _outermost(claim: Claim) -> list[Attribution]:
    relayed = {hop.relays_id for hop in claim.attributions.all()}
    return [hop for hop in claim.attributions.all() if hop.pk not in relayed]


def _hops_from(claim: Claim, outermost: Attribution) -> list[Attribution]:
    by_id = {hop.pk: hop for hop in claim.attributions.all()}
    hops, at = [], by_id.get(outermost.pk)
    while at is not None:
        hops.append(at)
        at = by_id.get(at.relays_id) if at.relays_id else None
    return hops


def _chain_from(claim: Claim, outermost: Attribution) -> list[Hop]:
    return [
        Hop(str(hop.source_id), hop.source.name, "", hop.source.is_unnamed)
        for hop in _hops_from(claim, outermost)
    ]


def _chains(claim: Claim) -> list[list[Hop]]:
    return [_chain_from(claim, outermost) for outermost in _outermost(claim)]


def _event(claim: Claim, verdicts: dict[Any, str]) -> Event:
    who = ", ".join(hop.source.name for hop in _outermost(claim))
    url = reverse("desk:claim-detail", args=[claim.pk])
    return Event(
        claim.event_earliest_at,
        claim.event_latest_at,
        claim.event_precision,
        claim.statement[:160],
        url,
        who,
        verdicts.get(claim.pk, ""),
    )


urls: list[URLPattern] = [
    path("incidents/", incident_list, name="incident-list"),
    path("incidents/new/", incident_new, name="incident-new"),
    path("incidents/<slug:slug>/", incident_detail, name="incident-detail"),
    path("incidents/<slug:slug>/edit/", incident_edit, name="incident-edit"),
    path("incidents/<slug:slug>/questions/", question_new, name="question-new"),
    path("incidents/<slug:slug>/questions/order/", question_order, name="question-order"),
    path("incidents/<slug:slug>/questions/<uuid:pk>/", question_edit, name="question-edit"),
    path("incidents/<slug:slug>/questions/<uuid:pk>/remove/", question_remove, name="question-remove"),
]
