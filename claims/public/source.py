"""Sources for readers: who they are, and how what they said has held up where we checked it.

A source is public once a published verdict names it; one that an editor only keeps in the registry is not.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from claims.forms.page import page_asked
from claims.models import Account, Alias, Source, SourceKind
from claims.models.incident import half_in_language
from claims.public.cached import page as kept_page
from claims.public.door import open_to_all
from claims.public.readable import Words
from claims.public.shown import Shown, shown
from claims.rules.published import Index, Line, Record, current, index, part_of, record_of
from claims.text.normalise import fold

PER_PAGE = 40
SHOWN = 50


@dataclass(frozen=True)
class Named:
    """A source in a list."""

    source: Source
    record: Record
    url: str


@dataclass(frozen=True)
class SourceList:
    form: forms.Form
    page: Page[Any]
    items: list[Named]
    query: str


@dataclass(frozen=True)
class SourcePage:
    """One source and its record."""

    source: Source
    kind: str
    other_name: str
    other_lang: str
    affiliation: str
    interest: str
    parent: Source | None
    parent_url: str
    aliases: list[Alias]
    accounts: list[Account]
    record: Record
    said: list[Shown]
    denied: list[Shown]
    relayed: list[Shown]
    is_illustration: bool


class Filters(forms.Form):
    q = Words(label=_("Search"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *SourceKind.choices])


def public_sources(known: Index) -> QuerySet[Source]:
    """Sources that a published verdict names; those without a name of their own have no page."""
    return Source.objects.named().filter(slug__in=known.names)


@open_to_all
def source_list(request: HttpRequest) -> HttpResponse:
    known = index()
    form = Filters(request.GET)
    rows = _filtered(known, form.cleaned_data) if form.is_valid() else Source.objects.none()
    page = Paginator(rows.order_by("name_en", "name_ar", "slug"), PER_PAGE).get_page(page_asked(request))
    items = [
        Named(
            row,
            record_of(row.slug, known.of_source(row.slug)),
            reverse("public:source-detail", args=[row.slug]),
        )
        for row in page
    ]
    query = urlencode({k: request.GET[k] for k in form.fields if request.GET.get(k)})
    context = SourceList(form, page, items, f"{query}&" if query else "")
    return render(request, "public/source/list.html", vars(context))


def _filtered(known: Index, asked: dict[str, Any]) -> QuerySet[Source]:
    rows = public_sources(known)
    for word in fold(asked["q"]).split()[:12]:
        rows = rows.filter(names_folded__contains=word)
    return rows.filter(kind=asked["kind"]) if asked["kind"] else rows


@open_to_all
def source_detail(request: HttpRequest, slug: str) -> HttpResponse:
    known = index()
    source = public_sources(known).filter(slug=slug).select_related("parent").first()
    if source is None:
        raise Http404("no such source")
    lines = known.of_source(slug)
    state = f"{source.pk}/{source.version}/{source.updated_at.isoformat()}/{known.state}"
    return kept_page(request, state, lambda: _drawn(request, source, lines, known))


def _drawn(request: HttpRequest, source: Source, lines: list[Line], known: Index) -> HttpResponse:
    rows = current().filter(slug__in=[line.slug for line in lines]).order_by("-published_at", "-number")
    pages = {row.slug: shown(row) for row in rows}
    parts: dict[str, list[Shown]] = {"said": [], "denied": [], "relayed": [], "silent": []}
    for line in lines:
        parts[part_of(line, source.slug)].append(pages[line.slug])
    parent = source.parent if source.parent and source.parent.slug in known.names else None
    other = source.name_en if source.name == source.name_ar else source.name_ar
    context = SourcePage(
        source=source,
        kind=str(SourceKind(source.kind).label),
        other_name=other,
        other_lang="en" if other == source.name_en else "ar",
        affiliation=half_in_language(source.affiliation),
        interest=half_in_language(source.interest),
        parent=parent,
        parent_url=reverse("public:source-detail", args=[parent.slug]) if parent else "",
        aliases=list(source.aliases.all()),
        accounts=list(source.accounts.filter(checked=True)),
        record=record_of(source.slug, lines),
        said=parts["said"][:SHOWN],
        denied=parts["denied"][:SHOWN],
        relayed=parts["relayed"][:SHOWN],
        is_illustration=any(line.is_illustration for line in lines),
    )
    return render(request, "public/source/detail.html", vars(context))


urls: list[URLPattern] = [
    path("sources/", source_list, name="source-list"),
    path("sources/<slug:slug>/", source_detail, name="source-detail"),
]
