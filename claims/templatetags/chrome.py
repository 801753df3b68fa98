"""What stands round a page: the site's name, navigation, addresses of the same page in the other language."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.forms import BoundField
from django.forms.widgets import CheckboxInput, Input, Textarea
from django.http import HttpRequest
from django.template import Context
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy

register = template.Library()

_PUBLIC = [
    ("public:incident-list", gettext_lazy("Incidents")),
    ("public:verdict-list", gettext_lazy("Verdicts")),
    ("public:source-list", gettext_lazy("Sources")),
    ("public:correction-list", gettext_lazy("Corrections")),
    ("public:methodology", gettext_lazy("How we work")),
]
_FOOT = [
    ("public:about", gettext_lazy("About us")),
    ("public:methodology", gettext_lazy("How we work")),
    ("public:correction-list", gettext_lazy("Corrections")),
    ("public:feed", gettext_lazy("Feed")),
]
_DESK = [
    ("desk:home", gettext_lazy("My work")),
    ("desk:intake", gettext_lazy("Intake")),
    ("desk:claim-list", gettext_lazy("Claims")),
    ("desk:incident-list", gettext_lazy("Incidents")),
    ("desk:source-list", gettext_lazy("Sources")),
    ("desk:evidence-list", gettext_lazy("Evidence")),
    ("desk:review-queue", gettext_lazy("Review")),
    ("desk:history", gettext_lazy("History")),
]
_PLACES = {"public": _PUBLIC, "foot": _FOOT, "desk": _DESK}


@dataclass(frozen=True)
class Site:
    """Who publishes, in the page's language."""

    name: str
    language: str
    direction: str
    demo: bool
    home: str
    desk: str


@dataclass(frozen=True)
class Item:
    """One entry of a navigation. `name` is its URL name, `current` whether the page is in that section."""

    name: str
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Address:
    """The page in one language."""

    language: str
    label: str
    path: str
    url: str
    current: bool


@register.simple_tag
def site() -> Site:
    """The newsroom's name and language facts for the head of a page."""
    arabic = (get_language() or "").startswith("ar")
    return Site(
        name=settings.NEWSROOM_NAME_AR if arabic else settings.NEWSROOM_NAME_EN,
        language="ar" if arabic else "en",
        direction="rtl" if arabic else "ltr",
        demo=settings.DEMO,
        home=_reversed("public:home") or "/",
        desk=_reversed("desk:home") or "/desk/",
    )


@register.simple_tag(takes_context=True)
def nav(context: Context, place: str) -> list[Item]:
    """Entries of `public`, `foot` or `desk`; one whose address does not exist is left out."""
    path = _path(context)
    found = [(name, str(label), _reversed(name)) for name, label in _PLACES[place]]
    home = _reversed("desk:home")
    return [
        Item(name, label, url, path == url if url == home else path.startswith(url))
        for name, label, url in found
        if url
    ]


@register.simple_tag(takes_context=True)
def addresses(context: Context) -> list[Address]:
    """This page in every language, its own included, for links, canonical and hreflang."""
    here, now = _path(context), (get_language() or "")[:2]
    paths = [(code, label, translate_url(here, code)) for code, label in settings.LANGUAGES]
    return [
        Address(code, label, path, settings.PUBLIC_URL + path, code == now) for code, label, path in paths
    ]


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """A form field's control: free text takes the direction of what is typed; addresses run left to right."""
    attrs: dict[str, str | bool] = {}
    control = field.field.widget
    if control.attrs.get("placeholder") == field.label:
        attrs["placeholder"] = False
    if isinstance(control, Textarea) or getattr(control, "input_type", "") in {"text", "search"}:
        attrs["dir"] = "auto"
    elif isinstance(control, Input) and control.input_type in {"url", "email", "tel", "password"}:
        attrs["dir"] = "ltr"
    return field.as_widget(attrs={**attrs, **_kept(control.attrs)})


@register.filter
def is_check(field: BoundField) -> bool:
    """Whether the label stands after the control, as with a single checkbox."""
    return isinstance(field.field.widget, CheckboxInput)


def _kept(attrs: dict[str, str]) -> dict[str, str]:
    return {"dir": attrs["dir"]} if "dir" in attrs else {}


def _path(context: Context) -> str:
    request = context.get("request")
    return request.path if isinstance(request, HttpRequest) else "/"


def _reversed(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
