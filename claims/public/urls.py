"""The public site's addresses, under /ar/ and /en/: one list of patterns per noun, kept beside its views."""

from django.urls import URLPattern, URLResolver

from claims.public import (
    card,
    checkpoint,
    correction,
    feed,
    home,
    incident,
    kept_text,
    prose,
    source,
    verdict,
    verdict_list,
)

app_name = "public"
urlpatterns: list[URLPattern | URLResolver] = [
    *home.urls,
    *verdict_list.urls,
    *card.urls,
    *verdict.urls,
    *kept_text.urls,
    *incident.urls,
    *source.urls,
    *correction.urls,
    *prose.urls,
    *feed.urls,
    *checkpoint.urls,
]
