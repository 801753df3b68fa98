"""What every response carries, and what no request may carry. Outermost: errors and static files included."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

Answer = Callable[[HttpRequest], HttpResponseBase]
STANDING = {
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
        return response


class ReadableInput:
    """NUL and broken UTF-8 in an address are refused alike whatever the database makes of them (ACCEPTANCE K3, K4)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path or not _readable(asked):
            return HttpResponse(
                _("The address holds signs that cannot be read."), status=400, content_type="text/plain"
            )
        return self.get_response(request)


def _readable(query: str) -> bool:
    raw = unquote_to_bytes(query)
    if b"\x00" in raw:
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
