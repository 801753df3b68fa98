"""People: make an account, change a role, close an account. And the system user, who acts for background work."""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from claims.actions.history import change
from claims.errors import Invalid, NotAllowed, Refused, ensure
from claims.models import Role, User
from claims.rules.role import may_administer

SYSTEM = "system"


def system_user() -> User:
    """The named user behind background work; made on first use, can never sign in."""
    found = User.objects.filter(username=SYSTEM).first()
    if found is not None:
        return found
    user = User(username=SYSTEM, role=Role.SYSTEM, display_name="System", password=make_password(None))
    with change(actor=user, action="person.added") as c:
        return c.add(user)


def add_person(
    *,
    actor: User,
    username: str,
    password: str,
    role: str,
    display_name: str = "",
    language: str = "ar",
    is_demo: bool = False,
) -> User:
    """An account with one role. Raises NotAllowed, Invalid (weak password, mixed-script name), Conflict("taken")."""
    if actor.role != Role.SYSTEM:
        ensure(may_administer(actor))
    if role not in {Role.EDITOR, Role.REVIEWER, Role.ADMIN}:
        raise Invalid("unknown-role", field="role")
    if not username.isascii():
        raise Invalid("username-ascii", field="username")
    user = User(
        username=username,
        role=role,
        display_name=display_name,
        language=language,
        is_demo=is_demo,
        is_staff=role == Role.ADMIN,
    )
    _strong(password, user)
    user.set_password(password)
    with change(actor=actor, action="person.added") as c:
        return c.add(user)


def change_role(*, actor: User, person_id: Any, role: str) -> User:
    """Give somebody another role; it holds from their next request on. Raises NotAllowed, Invalid, NotFound."""
    ensure(may_administer(actor))
    if role not in {Role.EDITOR, Role.REVIEWER, Role.ADMIN}:
        raise Invalid("unknown-role", field="role")
    with change(actor=actor, action="person.role-changed") as c:
        person = c.lock(User, person_id)
        _not_oneself(actor, person)
        person.role, person.is_staff = role, role == Role.ADMIN
        return c.save(person)


def set_active(*, actor: User, person_id: Any, active: bool) -> User:
    """Close or reopen an account; closing ends its sessions. Raises NotAllowed, NotFound."""
    ensure(may_administer(actor))
    with change(actor=actor, action="person.opened" if active else "person.closed") as c:
        person = c.lock(User, person_id)
        _not_oneself(actor, person)
        person.is_active = active
        return c.save(person)


def set_password(*, actor: User, person_id: Any, password: str) -> User:
    """A new password for somebody else, by an admin or from the shell; their sign-ins end with the old one.

    Whoever sets it could sign in with it. That is not prevented, since somebody must: it is told to everybody
    (claims.desk.access), like the second factor that is set up afterwards. Raises NotAllowed, Invalid, NotFound.
    """
    if actor.role != Role.SYSTEM:
        ensure(may_administer(actor))
    with change(actor=actor, action="person.password-set") as c:
        person = c.lock(User, person_id)
        _not_oneself(actor, person)
        _strong(password, person)
        person.set_password(password)
        return c.save(person)


def _not_oneself(actor: User, person: User) -> None:
    if person.pk == actor.pk or person.role == Role.SYSTEM:
        raise NotAllowed.because(Refused("oneself"))


def _strong(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid("weak-password", field="password", messages=error.messages) from error
