"""A text and the claims proposed from it: the triage screen, its facts, where its claims go, passages by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from claims.actions.document import edit_document, read_again
from claims.actions.incident import ask_question, open_incident
from claims.actions.proposal import last_decided, mark_passage, restore_proposal
from claims.actions.source import add_source
from claims.desk.answers import wording
from claims.desk.gate import DeskRequest, gate
from claims.desk.pieces import page_with, pages_of
from claims.desk.render import render, wants_fragment
from claims.desk.triage import Card, Opened, Tally, Triage, headline, triage
from claims.errors import Conflict, Invalid, NotFound
from claims.forms.document import EditFactsForm, PassageForm, WhereForm, facts_initial
from claims.forms.page import page_asked
from claims.models import Document, Incident, Job, JobState, Question, Source
from claims.rules.role import may_use_desk, may_write

_QUESTIONS = "intake-questions"


@dataclass(frozen=True)
class DocumentPage:
    """Context of desk/document/detail.html. `current` is the card to stand on; `error` what could not be done."""

    document: Document
    headline: str
    triage: Triage
    cards: list[Card]
    tally: Tally
    page: int
    facts: EditFactsForm
    where: WhereForm
    passage: PassageForm
    question: Question | None
    current: str
    error: str
    may_write: bool
    reading_failed: bool
    out_of_band: bool = False


@gate(may_use_desk, methods=("GET",))
def document_detail(request: DeskRequest, pk: Any) -> HttpResponse:
    """The text beside its proposals; `?page=` for one page of a long one."""
    return show(request, found(pk), page=page_asked(request) if request.GET.get("page") else 0)


@gate(may_write, methods=("POST",))
def document_edit(request: DeskRequest, pk: Any) -> HttpResponse:
    """Change what is known of the text; another date or language reads again what is undecided."""
    document = found(pk)
    form = EditFactsForm(request.POST, initial=facts_initial(document))
    if not form.is_valid():
        return show(request, document, facts=form, status=422)

    def act() -> None:
        fields = form.facts()
        if form.new_outlet:
            fields["publisher_id"] = _outlet(request, form.new_outlet)
        edit_document(
            actor=request.user, document_id=document.pk, version=form.cleaned_data["version"], fields=fields
        )

    return _done(request, document, act, form)


@gate(may_write, methods=("POST",))
def document_where(request: DeskRequest, pk: Any) -> HttpResponse:
    """Which incident and question the next claims go to."""
    document = found(pk)
    form = WhereForm(request.POST, incident=document.incident)
    if not form.is_valid():
        return show(request, document, where=form, status=422)
    return _done(request, document, lambda: _file(request, document, form), form)


@gate(may_write, methods=("POST",))
def document_mark(request: DeskRequest, pk: Any) -> HttpResponse:
    """A proposal for a passage chosen in the text, or typed word by word."""
    document = found(pk)
    form = PassageForm(request.POST)
    span = form.span(document.body) if form.is_valid() else None
    if span is None:
        if not form.errors:
            form.add_error("words", _("These words do not stand in the text."))
        return show(request, document, passage=form, status=422)
    try:
        marked = mark_passage(actor=request.user, document_id=document.pk, start=span[0], end=span[1])
    except Invalid as error:
        form.add_error("words", wording(error.code, error.facts))
        return show(request, document, passage=form, status=422)
    return _at(request, document, marked.start, marked.pk)


@gate(may_write, methods=("POST",))
def document_undo(request: DeskRequest, pk: Any) -> HttpResponse:
    """Take back one's last decision in this text."""
    document = found(pk)
    last = last_decided(document, request.user)
    if last is None:
        return show(request, document, error=_("There is nothing to take back."), status=409)
    try:
        back = restore_proposal(actor=request.user, proposal_id=last.pk, version=last.version)
    except Conflict as error:
        sentence = wording(error.code, error.facts)
        return show(request, document, at=last.start, current=last.pk, error=sentence, status=409)
    return _at(request, document, back.start, back.pk)


@gate(may_write)
def document_reading(request: DeskRequest, pk: Any) -> HttpResponse:
    """How far the engine is, asked again and again while it reads; a POST has it read once more."""
    document = found(pk)
    if request.method == "POST":
        read_again(actor=request.user, document_id=document.pk)
        return _at(request, found(pk), None, None)
    if not wants_fragment(request):
        return redirect("desk:document-detail", document.pk)
    return show(request, document, fragment="reading", page=1)


def found(pk: Any) -> Document:
    """The text with its publisher and incident. Raises NotFound."""
    document = Document.objects.select_related("publisher", "incident").filter(pk=pk).first()
    if document is None:
        raise NotFound(what="document")
    return document


def show(
    request: DeskRequest,
    document: Document,
    *,
    page: int = 0,
    at: int | None = None,
    current: int | None = None,
    opened: Opened | None = None,
    facts: EditFactsForm | None = None,
    where: WhereForm | None = None,
    passage: PassageForm | None = None,
    error: str = "",
    status: int = 200,
    fragment: str = "triage",
) -> HttpResponse:
    """The page of a text, or for htmx what of it changes; forms that were refused keep what was typed."""
    document = found(document.pk)
    question = default_question(request, document)
    name = str(current or (opened.pk if opened else ""))
    seen = triage(document, request.user, page=page, at=at, current=name, question=question, opened=opened)
    context = DocumentPage(
        document=document,
        headline=headline(document),
        triage=seen,
        cards=seen.cards,
        tally=seen.tally,
        page=seen.page,
        facts=facts or EditFactsForm(initial=facts_initial(document), auto_id="facts-%s"),
        where=where or _where_form(document, question),
        passage=passage or PassageForm(auto_id="passage-%s"),
        question=question,
        current=name,
        error=error,
        may_write=may_write(request.user) is None,
        reading_failed=_reading_failed(document),
    )
    return render(request, "desk/document/detail.html", context, fragment=fragment, status=status)


def default_question(request: DeskRequest, document: Document) -> Question | None:
    """The question that this person files the next claims of this text under, kept with their sign-in."""
    pk = request.session.get(_QUESTIONS, {}).get(str(document.pk))
    if not pk or document.incident_id is None:
        return None
    return Question.objects.filter(pk=pk, incident=document.incident_id).select_related("incident").first()


def _where_form(document: Document, question: Question | None) -> WhereForm:
    initial = {
        "incident": document.incident_id,
        "question": question and str(question.pk),
        "version": document.version,
    }
    return WhereForm(initial=initial, incident=document.incident, auto_id="where-%s")


def _file(request: DeskRequest, document: Document, form: WhereForm) -> None:
    data = form.cleaned_data
    incident: Incident | None = data["incident"]
    if data["new_incident"]:
        incident = open_incident(actor=request.user, fields=_in_script("title", data["new_incident"]))
    question = data["question"] if incident and not data["new_incident"] else ""
    if data["new_question"] and incident:
        texts = _in_script("text", data["new_question"])
        question = str(ask_question(actor=request.user, incident_id=incident.pk, **texts).pk)
    if (incident and incident.pk) != document.incident_id:
        edit_document(
            actor=request.user,
            document_id=document.pk,
            version=data["version"],
            fields={"incident_id": incident and incident.pk},
        )
    kept = {**request.session.get(_QUESTIONS, {}), str(document.pk): question}
    request.session[_QUESTIONS] = dict(list(kept.items())[-50:])


def _in_script(name: str, text: str) -> dict[str, str]:
    """The text under its name in the language of its letters."""
    return {f"{name}_ar" if any("\u0600" <= char <= "\u06ff" for char in text) else f"{name}_en": text}


def _outlet(request: DeskRequest, fields: dict[str, str]) -> Any:
    source: Source = add_source(actor=request.user, fields=fields)
    return source.pk


def _done(request: DeskRequest, document: Document, act: Callable[[], None], form: Any) -> HttpResponse:
    """Do it and show the page; what cannot be is said in the form, and what was typed stays."""
    name = "facts" if isinstance(form, EditFactsForm) else "where"
    try:
        act()
    except Invalid as error:
        field = {"publisher": "outlet"}.get(str(error.facts.get("field")), str(error.facts.get("field")))
        form.add_error(field if field in form.fields else None, wording(error.code, error.facts))
        return show(request, document, status=422, **{name: form})
    except Conflict as error:
        # The form keeps what was typed, and the version of what stands: saving once more is then on purpose.
        form.data = {**form.data.dict(), "version": found(document.pk).version}
        form.add_error(None, wording(error.code, error.facts))
        return show(request, document, status=409, **{name: form})
    if not wants_fragment(request):
        messages.success(request, _("Saved."))
    return _at(request, document, None, None)


def _at(request: DeskRequest, document: Document, at: int | None, current: int | None) -> HttpResponse:
    """The changed part for htmx, else a redirect to the page and card."""
    if wants_fragment(request):
        return show(request, document, at=at, current=current)
    address = reverse("desk:document-detail", args=[document.pk])
    if at is None:
        return redirect(address)
    return redirect(f"{address}?page={page_with(pages_of(document.body), at)}#p{current}")


def _reading_failed(document: Document) -> bool:
    """Whether the job that reads on was given up."""
    if document.reading_state != "reading":
        return document.reading_state == "failed"
    key = f"document.read:{document.pk}"
    last = Job.objects.filter(dedup_key=key).order_by("-asked_at").values_list("state", flat=True).first()
    return last == JobState.PARKED


urls: list[URLPattern] = [
    path("intake/<uuid:pk>/", document_detail, name="document-detail"),
    path("intake/<uuid:pk>/facts/", document_edit, name="document-edit"),
    path("intake/<uuid:pk>/where/", document_where, name="document-where"),
    path("intake/<uuid:pk>/mark/", document_mark, name="document-mark"),
    path("intake/<uuid:pk>/undo/", document_undo, name="document-undo"),
    path("intake/<uuid:pk>/reading/", document_reading, name="document-reading"),
]
