"""What was public and was taken back: 410, with the reason where the verdict's own page is asked for."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from claims.models import Publication
from claims.public.shown import shown

KEPT = "public, max-age=30"


def withdrawn(request: HttpRequest, row: Publication) -> HttpResponse:
    """The page of a withdrawn verdict (rule 10)."""
    context = {"reason": shown(row).change.text, "withdrawn_at": row.published_at}
    response = render(request, "410.html", context, status=410)
    response.headers["Cache-Control"] = KEPT
    return response


def withdrawn_json(row: Publication) -> JsonResponse:
    """The same for machines."""
    error = {"code": "withdrawn", "message": shown(row).change.text, "field": None}
    answer = {"error": error, "withdrawn_at": row.published_at.isoformat()}
    response = JsonResponse(answer, status=410, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = KEPT
    return response


def gone(request: HttpRequest) -> HttpResponse:
    """A picture or a card of it."""
    response = HttpResponse("gone", status=410, content_type="text/plain")
    response.headers["Cache-Control"] = KEPT
    return response
