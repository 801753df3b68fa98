"""API keys of the person who is signed in: make one, end one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from claims.actions.token import MOST, create_token, revoke_token
from claims.desk.gate import DeskRequest, gate
from claims.desk.render import render
from claims.errors import Conflict
from claims.forms.token import TokenForm
from claims.models import ApiToken
from claims.rules.role import may_use_desk


@dataclass(frozen=True)
class TokenPage:
    """One's own keys; `secret` only in the answer that made one."""

    tokens: list[ApiToken]
    form: TokenForm
    secret: str
    most: int


@gate(may_use_desk)
def token_list(request: DeskRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, TokenForm())
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        _token, secret = create_token(actor=request.user, label=form.cleaned_data["label"])
    except Conflict:
        form.add_error(None, _("You have as many keys as one person may have. End one first."))
        return _page(request, form, status=409)
    return _page(request, TokenForm(), secret=secret, status=201)


@gate(may_use_desk, methods=("POST",))
def token_revoke(request: DeskRequest, pk: Any) -> HttpResponse:
    revoke_token(actor=request.user, token_id=pk)
    messages.success(request, _("The key no longer works."))
    return redirect("desk:token-list")


def _page(request: DeskRequest, form: TokenForm, *, secret: str = "", status: int = 200) -> HttpResponse:
    tokens = list(request.user.tokens.order_by("revoked_at", "-created_at"))
    return render(request, "desk/token/list.html", TokenPage(tokens, form, secret, MOST), status=status)


urls: list[URLPattern] = [
    path("tokens/", token_list, name="token-list"),
    path("tokens/<uuid:pk>/revoke/", token_revoke, name="token-revoke"),
]
