"""Plain pages: how we work, and who we are. Their prose stands in templates, one per language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from claims.public.door import open_to_all
from claims.public.shown import language, newsroom


@open_to_all
def methodology(request: HttpRequest) -> HttpResponse:
    return _prose(request, "methodology")


@open_to_all
def about(request: HttpRequest) -> HttpResponse:
    return _prose(request, "about")


def _prose(request: HttpRequest, name: str) -> HttpResponse:
    lang = language()
    context = {
        "prose": f"public/prose/{name}.{lang}.html",
        "newsroom": newsroom(lang).name,
        "contact": settings.NEWSROOM_CONTACT,
        "own_words": settings.NEWSROOM_ABOUT_AR if lang == "ar" else settings.NEWSROOM_ABOUT_EN,
        "demo": settings.DEMO,
    }
    return render(request, f"public/prose/{name}.html", context)


urls: list[URLPattern] = [
    path("methodology/", methodology, name="methodology"),
    path("about/", about, name="about"),
]
