"""The list of published verdicts, and what readers may ask of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.forms.page import page_asked
from claims.models import Value
from claims.public.door import open_to_all
from claims.public.readable import Words
from claims.public.shown import Shown, said, shown
from claims.rules.published import Index, Line, current, index, with_words

PER_PAGE = 20
DAY = {"type": "date"}


class Filters(forms.Form):
    """Anything unreadable is shown as an error and asks for nothing."""

    q = Words(label=gettext_lazy("Search"), required=False, max_length=200)
    value = forms.ChoiceField(
        label=gettext_lazy("Verdict"),
        required=False,
        choices=[("", gettext_lazy("all")), *Value.choices],
    )
    source = forms.ChoiceField(label=gettext_lazy("Source"), required=False)
    incident = forms.ChoiceField(label=gettext_lazy("Incident"), required=False)
    since = forms.DateField(
        label=gettext_lazy("Published from"), required=False, widget=forms.DateInput(attrs=DAY)
    )
    until = forms.DateField(
        label=gettext_lazy("Published until"), required=False, widget=forms.DateInput(attrs=DAY)
    )
    lang = forms.ChoiceField(
        label=gettext_lazy("Language of the claim"),
        required=False,
        choices=[
            ("", gettext_lazy("all")),
            ("ar", gettext_lazy("Arabic")),
            ("en", gettext_lazy("English")),
            ("other", gettext_lazy("Other")),
        ],
    )

    def __init__(self, data: Any, known: Index) -> None:
        super().__init__(data)
        named = [(slug, said(facts, "name").text) for slug, facts in known.names.items()]
        people = [(slug, name) for slug, name in named if known.names[slug]["kind"] != "unnamed"]
        about = [(slug, said(lines[0].incident, "title").text) for slug, lines in known.incidents().items()]
        self._offer("source", sorted(people, key=lambda each: each[1]))
        self._offer("incident", about)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("all")), *choices]

    def in_use(self) -> dict[str, str]:
        """What was asked, by field, as sent."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}


@dataclass(frozen=True)
class Chip:
    """A filter in use, and the list without it."""

    label: str
    value: str
    remove_url: str


@dataclass(frozen=True)
class ListPage:
    """The list of published verdicts."""

    form: Filters
    page: Page[Any]
    items: list[Shown]
    query: str
    active: list[Chip]
    clear_url: str


@open_to_all
def verdict_list(request: HttpRequest) -> HttpResponse:
    known = index()
    form = Filters(request.GET, known)
    lines = _filtered(form.cleaned_data, known) if form.is_valid() else []
    page = Paginator(lines, PER_PAGE).get_page(page_asked(request))
    query = urlencode(form.in_use())
    context = ListPage(
        form=form,
        page=page,
        items=_shown(list(page)),
        query=f"{query}&" if query else "",
        active=_chips(form),
        clear_url=reverse("public:verdict-list"),
    )
    return render(request, "public/verdict/list.html", vars(context))


def _shown(lines: list[Line]) -> list[Shown]:
    rows = {row.slug: row for row in current().filter(slug__in=[line.slug for line in lines])}
    return [shown(rows[line.slug]) for line in lines if line.slug in rows]


def _filtered(asked: dict[str, Any], known: Index) -> list[Line]:
    kept = with_words(asked["q"])
    return [line for line in known.lines if (kept is None or line.slug in kept) and _fits(line, asked)]


def _fits(line: Line, asked: dict[str, Any]) -> bool:
    return (
        asked["value"] in {"", line.value}
        and asked["incident"] in {"", line.incident_slug}
        and asked["lang"] in {"", line.lang}
        and (not asked["source"] or any(voice.slug == asked["source"] for voice in line.voices))
        and (asked["since"] or date.min) <= _day(line.published_at) <= (asked["until"] or date.max)
    )


def _day(at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings.NEWSROOM_TIME_ZONE)).date()


def _chips(form: Filters) -> list[Chip]:
    if not form.is_valid():
        return []
    used = form.in_use()
    here = reverse("public:verdict-list")
    return [
        Chip(
            str(form.fields[name].label),
            _words(form, name, value),
            f"{here}?{urlencode({k: v for k, v in used.items() if k != name})}",
        )
        for name, value in used.items()
    ]


def _words(form: Filters, name: str, value: str) -> str:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    return value


urls: list[URLPattern] = [path("verdicts/", verdict_list, name="verdict-list")]
