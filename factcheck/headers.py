"""What every response carries, and what no request may carry. Outermost: errors and static files included."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

Answer = Callable[[HttpRequest], HttpResponseBase]
STANDING = {
    # What says nothing of its own is kept nowhere: errors, redirects, and the pages of others' applications, which
    # show sessions and recovery codes (ACCEPTANCE I2, I13).
    "Cache-Control": "no-store, private",
    # Django's middleware sets it too, and is never reached by files, redirects and refusals further out.
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


class StandingHeaders:
    """Headers of every answer that Django's own middleware does not set (ACCEPTANCE I10, I2)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in STANDING.items():
            response.headers.setdefault(name, value)
        if request.method == "POST" and request.path.endswith("/logout/") and response.status_code == 302:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return _bare(response) if request.method == "HEAD" else response


def _bare(response: HttpResponseBase) -> HttpResponseBase:
    """Headers alone (RFC 9110, 9.3.2). waitress sends on whatever body it is given: whole originals went out, which no
    custody log knew of, and what is read next on the same connection was the rest of one.
    """
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = iter(())
    elif isinstance(response, HttpResponse):
        response.content = b""
    return response


class ReadableInput:
    """NUL and broken UTF-8 are refused alike whatever the database makes of them (ACCEPTANCE K3, K4).

    Stands after the language is known, so that the refusal is in it. Django would put a replacement sign where a form's
    bytes are no text: something else than what was sent would be kept.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        raw = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
        if "\x00" in request.path or b"\x00" in raw or not _is_text(raw):
            return _refusal(_("The address holds signs that cannot be read."))
        if request.content_type == _FORM and not _is_text(unquote_to_bytes(request.body)):
            return _refusal(_("What was sent holds signs that cannot be read. Nothing was changed."))
        return self.get_response(request)


_FORM = "application/x-www-form-urlencoded"


def _is_text(raw: bytes) -> bool:
    """Whether bytes are UTF-8: halves of surrogate pairs are not."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _refusal(sentence: str) -> HttpResponse:
    return HttpResponse(sentence, status=400, content_type="text/plain; charset=utf-8")
