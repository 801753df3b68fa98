"""Public pages are the same for every reader: drawn once per state and language, kept, and answered with an ETag."""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

from claims.public.shown import language

# A new release draws its pages anew, whatever browsers and caches still hold of the last one.
RELEASE = hashlib.sha256(
    b"".join(file.read_bytes() for file in sorted((settings.BASE_DIR / "templates").rglob("*.html")))
    + b"".join(file.read_bytes() for file in sorted(settings.LOCALE_PATHS[0].rglob("*.mo")))
).hexdigest()
KEPT_SECONDS = 600
READERS_SECONDS = 30


def page(request: HttpRequest, state: str, draw: Callable[[], HttpResponse]) -> HttpResponse:
    """The page for `state` (anything that changes when the page would), drawn at most once per language while kept.

    A cache that does not answer costs the drawing, never the page.
    """
    fingerprint = hashlib.sha256(
        f"{settings.SECRET_KEY}|{RELEASE}|{state}|{language()}|{request.path}".encode()
    ).hexdigest()
    tag = f'"{fingerprint[:32]}"'
    if tag in request.headers.get("If-None-Match", ""):
        return _for_readers(HttpResponseNotModified(), tag)
    kept = cache.get(f"page:{fingerprint}")
    if kept is None:
        drawn = draw()
        if drawn.status_code != 200:
            return drawn
        kept = drawn.headers["Content-Type"], drawn.content
        cache.set(f"page:{fingerprint}", kept, KEPT_SECONDS)
    content_type, body = kept
    return _for_readers(HttpResponse(body, content_type=content_type), tag)


def _for_readers(response: HttpResponse, tag: str) -> HttpResponse:
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = f"public, max-age={READERS_SECONDS}"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
