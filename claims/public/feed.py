"""The Atom feed: one entry per verdict; a correction or withdrawal brings the same entry to the top again."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from claims.markup.rating import word
from claims.models import Claim, Publication, VerdictKind
from claims.public.cached import page as kept_page
from claims.public.door import open_to_all
from claims.public.shown import absolute, language, newsroom, shown
from claims.rules.published import state

ENTRIES = 50


@open_to_all
def feed(request: HttpRequest) -> HttpResponse:
    """The feed in the page's language."""
    return _kept(request)


@open_to_all
def root_feed(request: HttpRequest) -> HttpResponse:
    """The feed in the newsroom's first language."""
    with override(settings.LANGUAGE_CODE):
        return _kept(request)


def _kept(request: HttpRequest) -> HttpResponse:
    return kept_page(request, f"feed/{state()}", lambda: _drawn(language()))


def _drawn(lang: str) -> HttpResponse:
    us = newsroom(lang)
    rows = Publication.objects.filter(pk__in=Claim.objects.exclude(publication=None).values("publication_id"))
    made = Atom1Feed(
        title=us.name,
        link=us.url,
        description=_("Claims from the war, who made them, and what the evidence shows."),
        language=lang,
        feed_url=absolute(reverse("public:feed")),
        author_name=us.name,
        author_link=us.url,
    )
    for row in rows.order_by("-published_at", "-number")[:ENTRIES]:
        _add(made, row, lang)
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _add(made: Atom1Feed, row: Publication, lang: str) -> None:
    page = shown(row)
    link = absolute(reverse("public:verdict-detail", args=[row.slug]))
    gone = row.kind == VerdictKind.WITHDRAWAL
    title = _("Withdrawn") if gone else f"{word(row.value, lang)}: {page.statement.text}"
    said = [page.change.text] if page.change else []
    made.add_item(
        title=readable(title),
        link=link,
        unique_id=link,
        # Readers of feeds take a summary for HTML: a sentence in it stays a sentence.
        description=escape(readable(" · ".join(said if gone else [*said, page.reason.text]))),
        pubdate=page.first_published_at,
        updateddate=row.published_at,
        author_name=newsroom(lang).name,
    )


def readable(text: str) -> str:
    """Text without the control signs that XML cannot hold."""
    return "".join(sign for sign in text if sign >= " " or sign in "\n\t")


urls: list[URLPattern] = [path("feed.atom", feed, name="feed")]
machine: list[URLPattern] = [path("feed.atom", root_feed, name="feed")]
