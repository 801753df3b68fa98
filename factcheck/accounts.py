"""How allauth behaves here: nobody signs up by themselves, and nothing is sent by mail."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, re_path
from django.views.decorators.http import require_safe


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Admins make accounts; allauth signs people in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


@require_safe
def by_mail(request: HttpRequest) -> HttpResponse:
    """Where others send links by mail: we send none, to whoever asks alike, and say who helps instead."""
    return render(request, "account/password_reset.html")


# Before allauth's own: its forms would try to send mail, which fails for anybody who asks.
urlpatterns: list[URLPattern] = [
    re_path(r"^(?:password/reset|password/set|email|confirm-email|login/code)/", by_mail, name="by_mail")
]
