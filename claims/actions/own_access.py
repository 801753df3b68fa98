"""What people change about their own way in: allauth does it, and each change leaves an entry all the same."""

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_reset
from django.db.models.signals import post_delete, post_save

from claims.actions.history import change
from claims.models import User

FACTORS = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}


def listen() -> None:
    """Called once, when the application is ready."""
    # By the rows and not by allauth's signals, which come after the commit: no factor without its entry.
    post_save.connect(_saved, sender=Authenticator)
    post_delete.connect(_deleted, sender=Authenticator)
    password_changed.connect(_password_changed)
    authenticator_reset.connect(_renewed)


def _note(user: User, action: str) -> None:
    with change(actor=user, action=action, subject=user):
        pass


def _saved(instance: Authenticator, created: bool, **_: Any) -> None:
    if created and instance.type in FACTORS:  # recovery codes come with the first of them
        _note(instance.user, "person.factor-added")


def _deleted(instance: Authenticator, **_: Any) -> None:
    if instance.type in FACTORS:
        _note(instance.user, "person.factor-removed")


def _password_changed(user: User, **_: Any) -> None:
    _note(user, "person.password-changed")


def _renewed(user: User, **_: Any) -> None:
    _note(user, "person.codes-renewed")
