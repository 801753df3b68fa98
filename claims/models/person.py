"""People: one role each, and the language they work in."""

import hashlib
import secrets
import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    EDITOR = "editor", _("Editor")
    REVIEWER = "reviewer", _("Reviewer")
    ADMIN = "admin", _("Admin")
    SYSTEM = "system", _("System")


class User(AbstractUser):
    """A person with one role. The system user acts for background work and can never sign in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.EDITOR)
    display_name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5, choices=[("ar", "العربية"), ("en", "English")], default="ar")
    # The worked example's people may work without a second factor; nobody else who approves may.
    is_demo = models.BooleanField(default=False)

    objects: ClassVar[UserManager["User"]] = UserManager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_known"),
        ]

    @property
    def name(self) -> str:
        """The name shown to colleagues; the system's in their language."""
        return str(Role.SYSTEM.label) if self.role == Role.SYSTEM else self.display_name or self.username

    @property
    def must_have_second_factor(self) -> bool:
        """Reviewers and admins, outside the demo (DESIGN §4, ACCEPTANCE A10).

        The example's people count as demo only where a trial runs: data once tried out may go into production.
        """
        in_trial = self.is_demo and (settings.LOOPBACK_ONLY or settings.DEMO)
        return self.role in {Role.REVIEWER, Role.ADMIN} and not in_trial

    @property
    def lacks_second_factor(self) -> bool:
        """Must have one and has none: every door but the page that sets one up stays shut."""
        from allauth.mfa.utils import is_mfa_enabled

        return self.must_have_second_factor and not is_mfa_enabled(self)


class ApiToken(models.Model):
    """A key for the machine door. Only its SHA-256 is kept; the key is shown once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    label = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    @staticmethod
    def new_secret() -> tuple[str, str]:
        """A fresh key and its SHA-256, hex."""
        secret = "fc_" + secrets.token_urlsafe(32)
        return secret, hashlib.sha256(secret.encode()).hexdigest()
