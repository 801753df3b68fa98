"""The desk's addresses, under /desk/: one list of patterns per noun, kept beside its views."""

from django.urls import URLPattern, URLResolver

from claims.desk import job, person

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [*job.urls, *person.urls]
