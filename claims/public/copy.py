"""Public copies of evidence: redrawn pixels, by a random name, while a verdict that stands cites them."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import URLPattern, path

from claims.archive.configured import store
from claims.archive.store import NotStored
from claims.models import Derivative, DerivativeKind, Publication, VerdictKind
from claims.public.door import open_to_all
from claims.public.gone import gone

KEPT_SECONDS = 60  # how long a withdrawn picture may still come out of a cache on the way
ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"


@open_to_all
def copy(request: HttpRequest, token: str) -> HttpResponseBase:
    """The copy's bytes; 410 once its verdict is withdrawn, 404 for anything no standing verdict cites."""
    row = (
        Derivative.objects.filter(token=token, kind=DerivativeKind.PUBLIC, retired_at__isnull=True)
        .select_related("capture__evidence__claim__publication")
        .first()
    )
    publication = _publication(row)
    if row is None or publication is None:
        raise Http404("no such copy")
    if publication.kind == VerdictKind.WITHDRAWAL:
        return gone(request)
    if token not in tokens_of(publication):
        raise Http404("no such copy")
    return _answer(request, row)


def _publication(row: Derivative | None) -> Publication | None:
    evidence = row.capture.evidence if row else None
    return evidence.claim.publication if evidence else None


def tokens_of(publication: Publication) -> set[str]:
    """Names of the copies that a publication shows."""
    whole: dict[str, Any] = json.loads(publication.snapshot)
    return {copy["token"] for item in whole["evidence"] for copy in item["copies"]}


def _answer(request: HttpRequest, row: Derivative) -> HttpResponseBase:
    tag = f'"{row.token}"'
    if request.headers.get("If-None-Match") == tag:
        return _dressed(HttpResponse(status=304), tag)
    try:
        size = store().size(row.sha256)
    except NotStored:
        raise Http404("no such copy") from None
    pieces: Any = [] if request.method == "HEAD" else store().chunks(row.sha256)
    response = StreamingHttpResponse(pieces, content_type=row.media_type)
    response.headers["Content-Length"] = str(size)
    return _dressed(response, tag)


def _dressed(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}, immutable"
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["Content-Disposition"] = "inline"
    return response


urls: list[URLPattern] = [path("media/<str:token>", copy, name="copy")]
