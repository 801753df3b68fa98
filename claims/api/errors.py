"""One shape for everything that goes wrong: {"error": {"code", "message", "field"}}."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from claims.errors import Conflict, FactcheckError, Invalid, NotAllowed, NotFound

STATUS: list[tuple[type[FactcheckError], int]] = [
    (NotFound, 404),
    (NotAllowed, 403),
    (Conflict, 409),
    (Invalid, 422),
]
MESSAGES = {
    "sign-in": "A valid key is needed: Authorization: Bearer …",
    "not-found": "There is no such thing.",
    "withdrawn": "The verdict was withdrawn.",
    "own-work": "Whoever contributed to a revision cannot approve or publish it.",
    "role": "The role of this key's owner does not allow it.",
    "second-factor": "The owner of this key must set up a second factor first.",
    "stale": "Somebody else changed this since it was read. Read it again and repeat.",
    "revision-changed": "The revision named by this SHA-256 is not the one that stands now.",
    "incomplete": "Something is missing before this can be submitted.",
    "invalid": "The input cannot be taken.",
    "malformed": "The body is no JSON that can be read: each name once, and no NaN.",
    "content-type": "Send JSON: Content-Type: application/json.",
    "too-large": "The body is too long.",
    "rate": "Too many requests. Wait, then try again.",
    "method": "This address does not take that method.",
}


class Denied(Exception):
    """An answer of the API's own: status, stable code, and whatever the caller should know."""

    def __init__(self, status: int, code: str, **extra: Any) -> None:
        self.status, self.code, self.extra = status, code, extra
        super().__init__(code)


def envelope(code: str, *, message: str = "", field: str | None = None, **extra: Any) -> dict[str, Any]:
    """The body of every error."""
    told = message or MESSAGES.get(code) or code.replace("-", " ").capitalize() + "."
    return {"error": {"code": code, "message": told, "field": field}, **extra}


def handle_errors(api: NinjaAPI) -> None:
    """Give every kind of error the one shape."""

    def answering(
        told: Callable[[Any], tuple[int, dict[str, Any]]],
    ) -> Callable[[HttpRequest, Any], HttpResponse]:
        def answer(request: HttpRequest, error: Any) -> HttpResponse:
            status, body = told(error)
            response = api.create_response(request, body, status=status)
            if status == 429:
                response.headers["Retry-After"] = str(int(getattr(error, "wait", None) or 60))
            return response

        return answer

    for kind, told in TOLD:
        api.add_exception_handler(kind, answering(told))


def _ours(error: FactcheckError) -> tuple[int, dict[str, Any]]:
    status = next((number for kind, number in STATUS if isinstance(error, kind)), 400)
    return status, envelope(error.code, field=_field(error), **_facts(error))


def _denied(error: Denied) -> tuple[int, dict[str, Any]]:
    return error.status, envelope(error.code, **error.extra)


def _invalid(error: ValidationError) -> tuple[int, dict[str, Any]]:
    """The first thing that is wrong, by the path of its field."""
    first = error.errors[0] if error.errors else {}
    outer = {"body", "query", "path", "given", "asked"}
    place = [str(part) for part in first.get("loc", ()) if str(part) not in outer]
    return 422, envelope("invalid", message=str(first.get("msg", "")), field=".".join(place) or None)


def _http(error: HttpError) -> tuple[int, dict[str, Any]]:
    return error.status_code, envelope("malformed" if error.status_code == 400 else "invalid")


TOLD: list[tuple[type[Exception], Callable[[Any], tuple[int, dict[str, Any]]]]] = [
    (FactcheckError, _ours),
    (Denied, _denied),
    (ValidationError, _invalid),
    (Throttled, lambda error: (429, envelope("rate"))),
    (AuthenticationError, lambda error: (401, envelope("sign-in"))),
    (Http404, lambda error: (404, envelope("not-found"))),
    (HttpError, _http),
]


def _field(error: FactcheckError) -> str | None:
    field = error.facts.get("field")
    return str(field) if field else None


def _facts(error: FactcheckError) -> dict[str, Any]:
    """Facts a machine can act on: the version that stands, and what is missing."""
    kept = {}
    if isinstance(error.facts.get("version"), int):
        kept["version"] = error.facts["version"]
    if isinstance(error.facts.get("missing"), list | tuple):
        kept["missing"] = [str(each) for each in error.facts["missing"]]
    return kept
