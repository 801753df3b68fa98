"""One URL, one view, one template: the page, or the fragment of it that htmx asked for."""

from dataclasses import fields, is_dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as django_render
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from claims.models import User, Verdict


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asked for a part: not a boosted link, not the restoring of a page."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def go(request: HttpRequest, url: str) -> HttpResponse:
    """On to a page. htmx follows a plain redirect by itself and would put that whole page into one part; and a browser
    sent to another place of the page it is on does not load it again.
    """
    if not wants_fragment(request):
        return HttpResponseRedirect(url)
    current = urlsplit(request.headers.get("HX-Current-URL", "")).path
    return HttpResponseClientRefresh() if current == urlsplit(url).path else HttpResponseClientRedirect(url)


def _to_review(request: HttpRequest) -> int:
    """How many revisions wait for this person, for the bar; asked only where a page shows it."""
    user = request.user
    return Verdict.objects.awaiting(user).order_by()[:100].count() if isinstance(user, User) else 0


def render(
    request: HttpRequest, template: str, context: Any = None, *, fragment: str = "", status: int = 200
) -> HttpResponse:
    """The page `template`, or `template#fragment` for htmx. `context` is a frozen dataclass or a dict."""
    values = (
        {item.name: getattr(context, item.name) for item in fields(context)}
        if is_dataclass(context) and not isinstance(context, type)
        else dict(context or {})
    )
    values.setdefault("n_to_review", SimpleLazyObject(partial(_to_review, request)))
    name = f"{template}#{fragment}" if fragment and wants_fragment(request) else template
    response = django_render(request, name, values, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
