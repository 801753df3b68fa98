"""What a body must be before anybody reads it: JSON and called so, of bounded length, each name in it once."""

import json
from typing import Any, NoReturn

from django.conf import settings
from django.http import HttpRequest
from ninja.parser import Parser

WITH_BODY = {"POST", "PUT", "PATCH"}


class StrictJson(Parser):
    """JSON as RFC 8259 has it. Of a name given twice one value would be lost in silence; NaN is no number."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The value. Raises ValueError."""
        return json.loads(request.body, object_pairs_hook=_once, parse_constant=_no_number)


def unfit(request: HttpRequest) -> tuple[int, str] | None:
    """Status and code for a body that is not read at all, None where it may be."""
    if request.method not in WITH_BODY:
        return None
    said = str(request.META.get("CONTENT_LENGTH") or "0")
    if not (said.isascii() and said.isdigit()) or int(said[:12]) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return 413, "too-large"
    return None if request.content_type == "application/json" else (415, "content-type")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
