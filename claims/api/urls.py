"""The machine door under /api/v1/: what is published for everybody, the desk for those with a key."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern
from ninja import NinjaAPI

from claims.api import claim, published, verdict
from claims.api.auth import Key, Rate
from claims.api.body import StrictJson, unfit
from claims.api.errors import envelope, handle_errors

PER_MINUTE = 240

# No docs page: it would need scripts from elsewhere or inline. openapi.json is read by any viewer.
api = NinjaAPI(
    title="Factcheck",
    version="1",
    description=(
        "What is published is open to all. The desk needs a key: Authorization: Bearer fc_…, made on the desk under "
        'API keys. Errors are {"error": {"code", "message", "field"}}: 401 no valid key, 403 a rule says no, 404 no '
        "such thing, 409 somebody was first, 410 withdrawn, 413 too long, 415 no JSON, 422 cannot be taken, 429 too "
        "many requests."
    ),
    urls_namespace="api",
    docs_url=None,
    parser=StrictJson(),
    throttle=Rate(f"{PER_MINUTE}/m"),
)
handle_errors(api)
api.add_router("", published.router)
api.add_router("/desk", claim.router)
api.add_router("/desk", verdict.router)


def _declared(view: Callable[..., HttpResponse], *, by_key: bool) -> Callable[..., HttpResponse]:
    """The view with its rule stated, its wrong-method answer in the one shape, and how long others may keep it."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = (_refused(request) if by_key else None) or view(request, *args, **kwargs)
        if response.status_code == 405:
            allow = response.headers.get("Allow", "")
            response = JsonResponse(envelope("method"), status=405, headers={"Allow": allow})
        kept = "no-store, private" if by_key else "public, max-age=30"
        response.headers.setdefault(
            "Cache-Control", kept if response.status_code < 400 or by_key else "no-store"
        )
        return response

    answered.rule = Key.__name__ if by_key else "open to all"  # type: ignore[attr-defined]
    return answered


def _refused(request: HttpRequest) -> HttpResponse | None:
    status, code = unfit(request) or (0, "")
    return JsonResponse(envelope(code), status=status) if code else None


patterns, _app, _namespace = api.urls
for pattern in patterns:
    assert isinstance(pattern, URLPattern)
    pattern.callback = _declared(pattern.callback, by_key=str(pattern.pattern).startswith("desk/"))

urls = (patterns, "api", "api")
