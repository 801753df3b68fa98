"""The public door: a view for readers says so, and only looks (GET and HEAD)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

View = Callable[..., HttpResponseBase]


def open_to_all(view: View) -> View:
    """Declare that anybody may look, without signing in. A view that declares no rule fails the build."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        response = view(request, *args, **kwargs)
        if response.status_code < 400:
            # The same for everybody, so a browser may keep it; what it shows may have been corrected since.
            response.headers.setdefault("Cache-Control", "public, no-cache")
        return response

    guarded.rule = "open to all"  # type: ignore[attr-defined]
    guarded.methods = ["GET", "HEAD"]  # type: ignore[attr-defined]
    return guarded
