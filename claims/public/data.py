"""Verdicts for machines: ClaimReview of one, a DataFeed of many, oEmbed, sitemap, robots."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import override

from claims.markup.claimreview import claim_review, data_feed
from claims.markup.rating import word
from claims.models import VerdictKind
from claims.public.cached import page as kept_page
from claims.public.door import open_to_all
from claims.public.gone import withdrawn_json
from claims.public.shown import absolute, newsroom, reviewed, shown
from claims.public.verdict import newest
from claims.rules.published import Index, current, index, state

CARD_SIZE = (1200, 630)
MOST = 1000  # reviews in one feed; older ones have their own addresses in the sitemap
LANGUAGES = [code for code, _label in settings.LANGUAGES]
_VERDICT = re.compile(r"^/(ar|en)/verdicts/([-\w]+)/$", re.ASCII)


def asked_language(request: HttpRequest) -> str:
    """`?lang=`, or the newsroom's first language."""
    asked = request.GET.get("lang", "")
    return asked if asked in LANGUAGES else settings.LANGUAGE_CODE


@open_to_all
def verdict_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    """ClaimReview of the verdict as it stands."""
    row = newest(slug)
    lang = asked_language(request)
    with override(lang):
        if row.kind == VerdictKind.WITHDRAWAL:
            return withdrawn_json(row)
        return kept_page(
            request,
            f"json/{row.snapshot_sha256}",
            lambda: _ld(claim_review(reviewed(row, lang), newsroom(lang))),
        )


@open_to_all
def claimreview(request: HttpRequest) -> HttpResponse:
    """The newest verdicts as a schema.org DataFeed."""
    lang = asked_language(request)
    with override(lang):
        return kept_page(request, f"claimreview/{state()}", lambda: _feed(lang))


def _feed(lang: str) -> HttpResponse:
    rows = list(current().order_by("-published_at", "-number")[:MOST])
    reviews = [claim_review(reviewed(row, lang), newsroom(lang)) for row in rows]
    return _ld(data_feed(reviews, newsroom(lang), rows[0].published_at.isoformat() if rows else ""))


def _ld(value: dict[str, Any]) -> HttpResponse:
    response = JsonResponse(value, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Content-Type"] = "application/ld+json; charset=utf-8"
    return response


@open_to_all
def oembed(request: HttpRequest) -> HttpResponse:
    """oEmbed of a verdict page, as a link with its card (oembed.com, §2.3.4.3): nothing of ours is framed."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse("only json", status=501, content_type="text/plain")
    asked = request.GET.get("url", "")
    found = _VERDICT.match(urlsplit(asked).path) if asked.startswith(f"{settings.PUBLIC_URL}/") else None
    if found is None:
        raise Http404("no such verdict")
    lang, slug = found.groups()
    row = newest(slug)
    with override(lang):
        if row.kind == VerdictKind.WITHDRAWAL:
            return withdrawn_json(row)
        page, us = shown(row), newsroom(lang)
        width, height = CARD_SIZE
        answer = {
            "version": "1.0",
            "type": "link",
            "title": f"{word(page.value, lang)}: {page.statement.text}",
            "author_name": us.name,
            "author_url": us.url,
            "provider_name": us.name,
            "provider_url": us.url,
            "cache_age": 3600,
            "thumbnail_url": absolute(reverse("public:card", args=[slug])),
            "thumbnail_width": width,
            "thumbnail_height": height,
        }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


@open_to_all
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that stands, each with its other language (sitemaps.org; hreflang by xhtml:link)."""
    known = index()
    return kept_page(request, f"sitemap/{known.state}", lambda: _sitemap(request, known))


def _sitemap(request: HttpRequest, known: Index) -> HttpResponse:
    newest_at = known.lines[0].published_at if known.lines else None
    places: list[tuple[str, list[str], Any]] = [
        (f"public:{name}", [], newest_at) for name in ("home", "verdict-list", "incident-list", "source-list")
    ]
    places += [(f"public:{name}", [], None) for name in ("correction-list", "methodology", "about")]
    places += [("public:verdict-detail", [line.slug], line.published_at) for line in known.lines]
    places += [
        ("public:incident-detail", [slug], lines[0].published_at) for slug, lines in known.incidents().items()
    ]
    named = [slug for slug, facts in known.names.items() if facts["kind"] != "unnamed"]
    places += [("public:source-detail", [slug], known.of_source(slug)[0].published_at) for slug in named]
    pages = [(_in_each(name, args), at) for name, args, at in places]
    context = {"pages": pages, "first": settings.LANGUAGE_CODE}
    return render(request, "public/sitemap.xml", context, content_type="application/xml; charset=utf-8")


def _in_each(name: str, args: list[str]) -> list[tuple[str, str]]:
    """A page's address in each language."""
    found = []
    for lang in LANGUAGES:
        with override(lang):
            found.append((lang, absolute(reverse(name, args=args))))
    return found


@open_to_all
def robots(request: HttpRequest) -> HttpResponse:
    closed = ["/desk/", "/accounts/", "/admin/", "/i18n/", "/api/v1/desk/"]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {absolute('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


urls: list[URLPattern] = [
    path("verdicts/<slug:slug>.json", verdict_json, name="verdict-json"),
    path("claimreview.json", claimreview, name="claimreview"),
    path("oembed", oembed, name="oembed"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", robots, name="robots"),
]
