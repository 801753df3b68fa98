"""Addresses for machines: one each, outside the languages."""

from django.urls import URLPattern, URLResolver

from claims.public import health

urlpatterns: list[URLPattern | URLResolver] = [*health.urls]
