"""Published verdicts: the list, the page, and every state it had."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from claims.markup.claimreview import claim_review, embedded
from claims.models import Claim, Publication, Value, VerdictKind
from claims.public.cached import page as kept_page
from claims.public.door import open_to_all
from claims.public.shown import Shown, absolute, language, newsroom, reviewed, shown
from claims.text.normalise import fold

PER_PAGE = 20


class Filters(forms.Form):
    """What readers may ask of the list; anything unreadable is shown as an error and asks for nothing."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    value = forms.ChoiceField(label=_("Verdict"), required=False, choices=[("", _("all")), *Value.choices])
    source = forms.SlugField(label=_("Source"), required=False, widget=forms.HiddenInput)
    incident = forms.SlugField(label=_("Incident"), required=False, widget=forms.HiddenInput)

    def clean_q(self) -> str:
        asked: str = self.cleaned_data["q"]
        try:
            asked.encode("utf-8")
        except UnicodeEncodeError:
            raise ValidationError(_("These signs cannot be searched for.")) from None
        return asked


@dataclass(frozen=True)
class ListPage:
    """The list of published verdicts."""

    form: Filters
    page: Page[Any]
    items: list[Shown]
    query: str


def published() -> QuerySet[Publication]:
    """The current publication of every claim that is not withdrawn, newest first."""
    return Publication.objects.filter(
        pk__in=Claim.objects.filter(publication__isnull=False).values("publication_id")
    ).exclude(kind=VerdictKind.WITHDRAWAL)


@open_to_all
def verdict_list(request: HttpRequest) -> HttpResponse:
    form = Filters(request.GET)
    rows = _filtered(form) if form.is_valid() else published().none()
    page = Paginator(rows.order_by("-published_at", "-number"), PER_PAGE).get_page(_number(request))
    query = urlencode({k: v for k, v in request.GET.items() if k in form.fields and v})
    context = ListPage(form, page, [shown(row) for row in page], f"{query}&" if query else "")
    return render(request, "public/verdict/list.html", vars(context))


def _filtered(form: Filters) -> QuerySet[Publication]:
    asked, rows = form.cleaned_data, published()
    for word in fold(asked["q"]).split()[:12]:
        rows = rows.filter(text_folded__contains=word)
    if asked["value"]:
        rows = rows.filter(value=asked["value"])
    if asked["source"]:
        rows = rows.filter(claim__attributions__source__slug=asked["source"]).distinct()
    if asked["incident"]:
        rows = rows.filter(claim__incident__slug=asked["incident"])
    return rows


def _number(request: HttpRequest) -> str:
    """A page number that no database chokes on."""
    asked = request.GET.get("page", "1")
    return asked if asked.isascii() and asked.isdigit() and len(asked) < 9 else "1"


@dataclass(frozen=True)
class State:
    """One published state in a page's history."""

    number: int
    kind: str
    value: str
    at: datetime
    until: datetime | None
    change: str
    sha256: str


@dataclass(frozen=True)
class VerdictPage:
    """A verdict page, as it stands or as it stood."""

    verdict: Shown
    states: list[State]
    jsonld: str
    is_current: bool
    site_name: str
    canonical: str
    card_url: str
    json_url: str
    oembed_url: str


def newest(slug: str) -> Publication:
    """The newest publication at an address, a withdrawal included. Raises Http404."""
    row = Publication.objects.filter(slug=slug).order_by("-number").first()
    if row is None:
        raise Http404("no such verdict")
    return row


@open_to_all
def verdict_detail(request: HttpRequest, slug: str) -> HttpResponse:
    row = newest(slug)
    if row.kind == VerdictKind.WITHDRAWAL:
        return withdrawn(request, row)
    return kept_page(request, row.snapshot_sha256, lambda: _drawn(request, row, is_current=True))


@open_to_all
def verdict_state(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The page as it stood. Earlier states of a withdrawn page are gone with it."""
    last = newest(slug)
    if last.kind == VerdictKind.WITHDRAWAL:
        return withdrawn(request, last)
    row = Publication.objects.filter(slug=slug, number=number).first()
    if row is None:
        raise Http404("no such state")
    is_current = row.pk == last.pk
    state = f"{row.snapshot_sha256}/{last.number}"
    return kept_page(request, state, lambda: _drawn(request, row, is_current=is_current))


@open_to_all
def verdict_history(request: HttpRequest, slug: str) -> HttpResponse:
    last = newest(slug)
    if last.kind == VerdictKind.WITHDRAWAL:
        return withdrawn(request, last)
    context = {"verdict": shown(last), "states": states_of(slug)}
    return kept_page(
        request, last.snapshot_sha256, lambda: render(request, "public/verdict/history.html", context)
    )


def withdrawn(request: HttpRequest, row: Publication) -> HttpResponse:
    """410, with the reason (rule 10)."""
    context = {"reason": shown(row).change.text, "withdrawn_at": row.published_at}
    response = render(request, "410.html", context, status=410)
    response.headers["Cache-Control"] = "public, max-age=30"
    return response


def states_of(slug: str) -> list[State]:
    """Every published state of an address, newest first."""
    rows = list(Publication.objects.filter(slug=slug).order_by("-number"))
    later: list[Publication | None] = [None, *rows]
    return [
        State(
            number=row.number,
            kind=row.kind,
            value=row.value,
            at=row.published_at,
            until=after.published_at if after else None,
            change=shown(row).change.text,
            sha256=row.snapshot_sha256,
        )
        for after, row in pairwise([*later])
        if row is not None
    ]


def _drawn(request: HttpRequest, row: Publication, *, is_current: bool) -> HttpResponse:
    lang = language()
    canonical = absolute(reverse("public:verdict-detail", args=[row.slug]))
    context = VerdictPage(
        verdict=shown(row),
        states=states_of(row.slug),
        jsonld=embedded(claim_review(reviewed(row, lang), newsroom(lang))),
        is_current=is_current,
        site_name=newsroom(lang).name,
        canonical=canonical,
        card_url=absolute(reverse("public:card", args=[row.slug])),
        json_url=reverse("verdict-json", args=[row.slug]),
        oembed_url=f"{reverse('oembed')}?{urlencode({'url': canonical})}",
    )
    return render(request, "public/verdict/detail.html", vars(context))


urls: list[URLPattern] = [
    path("verdicts/", verdict_list, name="verdict-list"),
    path("verdicts/<slug:slug>/", verdict_detail, name="verdict-detail"),
    path("verdicts/<slug:slug>/history/", verdict_history, name="verdict-history"),
    path("verdicts/<slug:slug>/history/<int:number>/", verdict_state, name="verdict-state"),
]
