"""One URL, one view, one template: the page, or the fragment of it that htmx asked for."""

from dataclasses import fields, is_dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as django_render
from django.utils.cache import patch_vary_headers


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asked for a part: not a boosted link, not the restoring of a page."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render(
    request: HttpRequest, template: str, context: Any = None, *, fragment: str = "", status: int = 200
) -> HttpResponse:
    """The page `template`, or `template#fragment` for htmx. `context` is a frozen dataclass or a dict."""
    values = (
        {item.name: getattr(context, item.name) for item in fields(context)}
        if is_dataclass(context) and not isinstance(context, type)
        else dict(context or {})
    )
    name = f"{template}#{fragment}" if fragment and wants_fragment(request) else template
    response = django_render(request, name, values, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
