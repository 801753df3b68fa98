"""The bytes themselves: originals, each view an entry of the custody log; and redrawn copies for showing."""

import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.cache import get_conditional_response

from claims.actions.evidence import open_original
from claims.archive.configured import store
from claims.archive.store import NotStored
from claims.desk.gate import DeskRequest, gate
from claims.errors import NotFound
from claims.models import Capture, Derivative
from claims.rules.role import may_use_desk

# What a browser may be told it is. Everything else is bytes to be kept, not shown: SVG, HTML and PDF act when opened.
PLAIN = re.compile(
    r"(?:image/(?:jpeg|png|gif|webp|avif|tiff|bmp|heic)|video/[\w.+-]+|audio/[\w.+-]+|application/pdf)"
)
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
OPENED = "opened-originals"
# A film is watched in parts; what is asked for later than this is another view.
SAME_VIEW_SECONDS = 3600
SHUT = "default-src 'none'; sandbox"


@gate(may_use_desk, methods=("GET",))
def evidence_original(request: DeskRequest, capture_id: Any) -> HttpResponseBase:
    """A capture as it came, to be saved and never shown in place. A player's later parts are no new view."""
    capture = get_object_or_404(Capture, pk=capture_id, evidence__isnull=False)
    wanted = request.headers.get("Range", "")
    try:
        size = store().size(capture.sha256)
    except NotStored as error:
        raise NotFound(what="capture") from error
    span = _span(wanted, size)
    if span is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if request.method != "HEAD" and not _goes_on(request, str(capture.pk), span[0]):
        open_original(actor=request.user, capture_id=capture.pk)
    return _streamed(capture, wanted, span, size)


def _goes_on(request: DeskRequest, capture_id: str, start: int) -> bool:
    """Whether this is a later part of what the same sign-in has just opened. The beginning, however it is asked for, is
    a view of its own."""
    now = int(time.time())
    kept = request.session.get(OPENED)
    opened: dict[str, int] = kept if isinstance(kept, dict) else {}
    if start and now - opened.get(capture_id, 0) < SAME_VIEW_SECONDS:
        return True
    newest = sorted({**opened, capture_id: now}.items(), key=lambda one: one[1])[-50:]
    request.session[OPENED] = dict(newest)
    return False


def _streamed(capture: Capture, wanted: str, span: tuple[int, int], size: int) -> HttpResponseBase:
    start, length = span
    media_type = capture.media_type if PLAIN.fullmatch(capture.media_type) else "application/octet-stream"
    answer = StreamingHttpResponse(_bytes(capture.sha256, start, length), content_type=media_type)
    if wanted:
        answer.status_code = 206
        answer.headers["Content-Range"] = f"bytes {start}-{start + length - 1}/{size}"
    answer.headers["Content-Length"] = str(length)
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Content-Disposition"] = disposition(capture)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = SHUT
    return answer


def _bytes(sha256: str, start: int, length: int) -> Iterator[bytes]:
    yield from store().chunks(sha256, start=start, length=length)


def _span(wanted: str, size: int) -> tuple[int, int] | None:
    """(start, length) of one range; the whole for none or one we do not read (RFC 9110, 14.2); None outside."""
    found = _RANGE.fullmatch(wanted.replace(" ", ""))
    if not found or found.groups() == ("", ""):
        return (0, size) if not wanted else None
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size - 1
    else:
        start, end = int(first), min(int(last) if last else size - 1, size - 1)
    return (start, end - start + 1) if start <= end else None


def disposition(capture: Capture) -> str:
    """Always an attachment. The name: ours in ASCII, and the person's as RFC 6266 writes it."""
    end = re.search(r"\.[A-Za-z0-9]{1,8}$", capture.file_name)
    plain = f"{capture.role}-{capture.sha256[:12]}{end.group() if end else ''}"
    named = f"; filename*=UTF-8''{quote(capture.file_name, safe='')}" if capture.file_name else ""
    return f'attachment; filename="{plain}"{named}'


@gate(may_use_desk, methods=("GET",))
def evidence_copy(request: DeskRequest, copy_id: Any) -> HttpResponseBase:
    """A redrawn copy: our own pixels, shown in place."""
    copy = get_object_or_404(Derivative, pk=copy_id)
    etag = f'"{copy.sha256}"'
    answer = get_conditional_response(request, etag=etag) or _copy(copy)
    # Kept by the browser, as a page shows many and lines are slow, and shown from there only after the gate was asked
    # again: whoever signs out, or loses the account, leaves no picture to the next person at the machine.
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["ETag"] = etag
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = SHUT
    return answer


def _copy(copy: Derivative) -> HttpResponseBase:
    try:
        size = store().size(copy.sha256)
    except NotStored as error:
        raise NotFound(what="copy") from error
    answer = StreamingHttpResponse(_bytes(copy.sha256, 0, size), content_type=copy.media_type)
    answer.headers["Content-Length"] = str(size)
    return answer


urls: list[URLPattern] = [
    path("captures/<uuid:capture_id>/original/", evidence_original, name="evidence-original"),
    path("copies/<uuid:copy_id>/", evidence_copy, name="evidence-copy"),
]
