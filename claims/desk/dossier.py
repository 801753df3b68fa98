"""Exporting a dossier from the desk."""

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from claims.actions.dossier import export_dossier
from claims.desk.gate import DeskRequest, gate
from claims.rules.role import may_use_desk


@gate(may_use_desk, methods=("POST",))
def dossier(request: DeskRequest, slug: str) -> HttpResponseBase:
    """The ZIP, written while it is sent; `public=yes` leaves out what is not for everybody."""
    public = request.POST.get("public") == "yes"
    pieces = export_dossier(actor=request.user, slug=slug, public=public)
    answer = StreamingHttpResponse(pieces, content_type="application/zip")
    name = f"dossier-{slug}{'-public' if public else ''}.zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


urls: list[URLPattern] = [path("dossiers/<slug:slug>/", dossier, name="dossier")]
