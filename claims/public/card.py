"""The picture of a verdict for those who share it."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from claims.markup.rating import word
from claims.media.card import Card, Fonts, drawn
from claims.models import Publication, VerdictKind
from claims.public.cached import page as kept_page
from claims.public.door import open_to_all
from claims.public.gone import gone
from claims.public.shown import language, newsroom, shown
from claims.public.verdict import newest

ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"


@open_to_all
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """Drawn once per state and language; others may show it on their pages."""
    row = newest(slug)
    if row.kind == VerdictKind.WITHDRAWAL:
        return gone(request)
    response = kept_page(request, f"card/{row.snapshot_sha256}", lambda: _drawn(row))
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _drawn(row: Publication) -> HttpResponse:
    page, lang = shown(row), language()
    facts = Card(
        lang=lang,
        claim=page.statement.text,
        value=page.value,
        word=word(page.value, lang),
        newsroom=newsroom(lang).name,
        note=_("Illustration") if page.is_illustration or settings.DEMO else "",
    )
    return HttpResponse(drawn(facts, fonts()), content_type="image/png")


def fonts() -> Fonts:
    """The faces the product ships."""
    regular, bold = (finders.find(f"claims/fonts/Vazirmatn-{weight}.ttf") for weight in ("Regular", "Bold"))
    return Fonts(Path(str(regular)), Path(str(bold)))


urls: list[URLPattern] = [path("verdicts/<slug:slug>/card.png", card, name="card")]
