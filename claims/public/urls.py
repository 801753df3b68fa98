"""The public site's addresses, under /ar/ and /en/: one list of patterns per noun, kept beside its views."""

from django.urls import URLPattern, URLResolver

from claims.public import verdict

app_name = "public"
urlpatterns: list[URLPattern | URLResolver] = [*verdict.urls]
