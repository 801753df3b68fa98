"""The Django admin: support views for admins. It shows, and writes nothing: every write goes through an action."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from claims.models import (
    Attribution,
    Capture,
    Claim,
    Document,
    Evidence,
    Incident,
    Job,
    Publication,
    Review,
    Source,
    User,
    Verdict,
)
from claims.rules.role import may_administer


def may_look(request: HttpRequest) -> bool:
    """Admins with their second factor, as at the desk: this door shows the same and more."""
    user = request.user
    return user.is_authenticated and may_administer(user) is None and not user.lacks_second_factor


def sign_in(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """The desk's way in. Django's own form is never shown: it asks for a password alone, and for no limit."""
    user = request.user
    if not user.is_authenticated:
        return redirect_to_login(request.GET.get("next") or "/admin/", settings.LOGIN_URL)
    if may_look(request):
        return redirect("admin:index")
    if may_administer(user) is None:
        return redirect("mfa_index")
    raise PermissionDenied


admin.site.has_permission = may_look  # type: ignore[method-assign]
admin.site.login = sign_in  # type: ignore[method-assign]


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """Admins look; nobody adds, changes or deletes here."""

    show_full_result_count = False
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return may_look(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(User)
class Users(ReadOnly):
    list_display = ["username", "display_name", "role", "is_active", "last_login"]
    fields = [
        "username",
        "display_name",
        "role",
        "language",
        "is_active",
        "is_demo",
        "date_joined",
        "last_login",
    ]


@admin.register(Job)
class Jobs(ReadOnly):
    list_display = ["name", "state", "attempts", "due_at", "asked_at", "last_error"]
    list_filter = ["state", "name"]


@admin.register(
    Claim, Document, Incident, Source, Attribution, Evidence, Capture, Verdict, Review, Publication
)
class Rows(ReadOnly):
    list_display = ["pk", "__str__"]
