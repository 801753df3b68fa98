"""Addresses for machines: one each, outside the languages."""

from django.urls import URLPattern, URLResolver

from claims.public import checkpoint, copy, data, feed, health

urlpatterns: list[URLPattern | URLResolver] = [
    *health.urls,
    *copy.urls,
    *feed.machine,
    *data.urls,
    *checkpoint.machine,
]
