"""The Django admin: support views for admins. It shows, and writes nothing: every write goes through an action."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

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

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """Admins look; nobody adds, changes or deletes here."""

    show_full_result_count = False
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return request.user.is_authenticated and may_administer(request.user) is None

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
