"""The source registry at the desk: find, add, edit, name, retire; and the record of each source."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from claims.actions import source as actions
from claims.desk.answers import wording
from claims.desk.gate import DeskRequest, gate
from claims.desk.pages import ids_of, page_of, query_without
from claims.desk.render import render
from claims.errors import Conflict, FactcheckError, Invalid
from claims.forms.page import page_asked
from claims.forms.source import AccountForm, AliasForm, SourceForm
from claims.models import Attribution, Source, SourceKind, Verdict, VerdictState
from claims.rules.role import may_edit_sources, may_use_desk
from claims.text.normalise import fold

PER_PAGE = 40


@dataclass(frozen=True)
class ListPage:
    page: Page[Any]
    q: str
    kind: str
    kinds: list[tuple[str, Any]]
    query: str
    may_edit: bool


@dataclass(frozen=True)
class Record:
    """What became of what this source said first-hand: published verdicts by value. Relays are left out."""

    confirmed: int
    denied: int
    unverified: int

    @property
    def total(self) -> int:
        return self.confirmed + self.denied + self.unverified


@dataclass(frozen=True)
class SourcePage:
    source: Source
    record: Record
    page: Page[Any]
    n_relayed: int
    alias_form: AliasForm
    account_form: AccountForm
    may_edit: bool


@gate(may_use_desk, methods=("GET",))
def source_list(request: DeskRequest) -> HttpResponse:
    asked, kind = request.GET.get("q", "")[:200], request.GET.get("kind", "")
    page = page_of(_found(asked, kind), page_asked(request), PER_PAGE)
    query = query_without(request.GET, "page")
    context = ListPage(
        page,
        asked,
        kind,
        list(SourceKind.choices),
        f"{query}&" if query else "",
        may_edit_sources(request.user) is None,
    )
    return render(request, "desk/source/list.html", context, fragment="results")


def _found(asked: str, kind: str) -> QuerySet[Source]:
    said = Attribution.objects.filter(source=OuterRef("pk")).order_by().values("source")
    n_said = Coalesce(Subquery(said.annotate(n=Count("pk")).values("n")), 0)
    rows = Source.objects.active().named().annotate(n_said=n_said)
    for word in fold(asked).split()[:12]:
        rows = rows.filter(names_folded__contains=word)
    if kind in SourceKind.values:
        rows = rows.filter(kind=kind)
    return rows.order_by("-n_said", "name_en", "name_ar")


@gate(may_edit_sources)
def source_new(request: DeskRequest) -> HttpResponse:
    form = SourceForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form, None)
    try:
        source = actions.add_source(actor=request.user, fields=form.cleaned_data)
    except (Conflict, Invalid) as error:
        return _refused(request, form, error, None)
    return redirect("desk:source-detail", slug=source.slug)


@gate(may_edit_sources)
def source_edit(request: DeskRequest, slug: str) -> HttpResponse:
    source = _source(slug)
    initial = {name: getattr(source, name, None) for name in SourceForm.base_fields}
    form = SourceForm(request.POST if request.method == "POST" else None, initial=initial, editing=source)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form, source)
    try:
        actions.edit_source(
            actor=request.user, source_id=source.pk, version=_version(request), fields=form.cleaned_data
        )
    except Invalid as error:
        return _refused(request, form, error, source)
    messages.success(request, _("Saved."))
    return redirect("desk:source-detail", slug=slug)


def _form_page(request: DeskRequest, form: SourceForm, source: Source | None) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/source/form.html", {"form": form, "source": source}, status=status)


def _refused(
    request: DeskRequest, form: SourceForm, error: FactcheckError, source: Source | None
) -> HttpResponse:
    name = str(error.facts.get("field", ""))
    form.add_error(name if name in form.fields else None, wording(error.code, error.facts))
    return _form_page(request, form, source)


@gate(may_use_desk, methods=("GET",))
def source_detail(request: DeskRequest, slug: str) -> HttpResponse:
    return _detail(request, _source(slug), AliasForm(), AccountForm())


@gate(may_edit_sources, methods=("POST",))
def alias_new(request: DeskRequest, slug: str) -> HttpResponse:
    source, form = _source(slug), AliasForm(request.POST)
    if not form.is_valid():
        return _detail(request, source, form, AccountForm(), 422)
    try:
        actions.add_alias(actor=request.user, source_id=source.pk, **form.cleaned_data)
    except Conflict as error:
        taken = error.facts.get("current")
        form.add_error("name", f"{wording(error.code, error.facts)} {taken or ''}".strip())
        return _detail(request, source, form, AccountForm(), 409)
    return redirect("desk:source-detail", slug=slug)


@gate(may_edit_sources, methods=("POST",))
def alias_remove(request: DeskRequest, slug: str, pk: int) -> HttpResponse:
    if not _source(slug).aliases.filter(pk=pk).exists():
        raise Http404
    actions.remove_alias(actor=request.user, alias_id=pk)
    return redirect("desk:source-detail", slug=slug)


@gate(may_edit_sources, methods=("POST",))
def account_new(request: DeskRequest, slug: str) -> HttpResponse:
    source, form = _source(slug), AccountForm(request.POST)
    if not form.is_valid():
        return _detail(request, source, AliasForm(), form, 422)
    try:
        actions.add_account(actor=request.user, source_id=source.pk, **form.cleaned_data)
    except Conflict:
        form.add_error("handle", _("This account already belongs to a source."))
        return _detail(request, source, AliasForm(), form, 409)
    return redirect("desk:source-detail", slug=slug)


@gate(may_edit_sources, methods=("POST",))
def account_remove(request: DeskRequest, slug: str, pk: int) -> HttpResponse:
    if not _source(slug).accounts.filter(pk=pk).exists():
        raise Http404
    actions.remove_account(actor=request.user, account_id=pk)
    return redirect("desk:source-detail", slug=slug)


@gate(may_edit_sources, methods=("POST",))
def source_retire(request: DeskRequest, slug: str) -> HttpResponse:
    source = _source(slug)
    actions.retire_source(actor=request.user, source_id=source.pk, version=_version(request))
    messages.success(request, _("The source is offered no more. What it said stays."))
    return redirect("desk:source-list")


def _source(slug: str) -> Source:
    source = Source.objects.filter(slug=slug).select_related("parent").first()
    if source is None:
        raise Http404
    return source


def _version(request: DeskRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1


def _detail(
    request: DeskRequest, source: Source, alias: AliasForm, account: AccountForm, status: int = 200
) -> HttpResponse:
    said = Attribution.objects.filter(source=source)
    listed = ids_of(said.order_by("-created_at", "id"), page_asked(request), PER_PAGE)
    listed.page.object_list = _hops(listed.ids)
    context = SourcePage(
        source=source,
        record=_record(source),
        page=listed.page,
        n_relayed=said.filter(hop__gt=0).count(),
        alias_form=alias,
        account_form=account,
        may_edit=may_edit_sources(request.user) is None,
    )
    return render(request, "desk/source/detail.html", context, status=status)


def _record(source: Source) -> Record:
    own = Attribution.objects.filter(source=source, hop=0).order_by().values("claim")
    published = Verdict.objects.filter(state=VerdictState.PUBLISHED, claim__in=own)
    counted = dict(published.order_by().values_list("value").annotate(n=Count("pk")))
    return Record(*(counted.get(value, 0) for value in ("confirmed", "denied", "unverified")))


def _hops(ids: Sequence[Any]) -> list[Attribution]:
    """What was said, in the order of the ids."""
    rows = Attribution.objects.select_related("claim__incident").defer("claim__text_folded").in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


urls: list[URLPattern] = [
    path("sources/", source_list, name="source-list"),
    path("sources/new/", source_new, name="source-new"),
    path("sources/<slug:slug>/", source_detail, name="source-detail"),
    path("sources/<slug:slug>/edit/", source_edit, name="source-edit"),
    path("sources/<slug:slug>/retire/", source_retire, name="source-retire"),
    path("sources/<slug:slug>/names/", alias_new, name="alias-new"),
    path("sources/<slug:slug>/names/<int:pk>/remove/", alias_remove, name="alias-remove"),
    path("sources/<slug:slug>/accounts/", account_new, name="account-new"),
    path("sources/<slug:slug>/accounts/<int:pk>/remove/", account_remove, name="account-remove"),
]
