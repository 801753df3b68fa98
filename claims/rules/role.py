"""Who is what."""

from claims.errors import Refused
from claims.models import Role, User

WRITERS = {Role.EDITOR, Role.REVIEWER}


def may_use_desk(user: User) -> Refused | None:
    """Any signed-in, active person; the system user never signs in."""
    if not user.is_authenticated:
        return Refused("sign-in")
    if not user.is_active or user.role == Role.SYSTEM:
        return Refused("inactive")
    return None


def _is_system(user: User) -> bool:
    """Background work, which acts but never signs in. Readers who are nobody have no role at all."""
    return user.is_authenticated and user.role == Role.SYSTEM


def may_write(user: User) -> Refused | None:
    """Editors, and reviewers (who then cannot approve what they wrote). Admins run the place and write nothing."""
    if _is_system(user):
        return None
    refused = may_use_desk(user)
    if refused:
        return refused
    return None if user.role in WRITERS else Refused("role", needs="editor")


def may_review(user: User) -> Refused | None:
    """Reviewers only; whether of this revision is rules.verdict's question."""
    refused = may_use_desk(user)
    if refused:
        return refused
    return None if user.role == Role.REVIEWER else Refused("role", needs="reviewer")


def may_administer(user: User) -> Refused | None:
    """Admins only: people, jobs, checks. Never verdicts."""
    refused = may_use_desk(user)
    if refused:
        return refused
    return None if user.role == Role.ADMIN else Refused("role", needs="admin")


def may_edit_sources(user: User) -> Refused | None:
    """Editors, reviewers and admins keep the source registry."""
    if _is_system(user):
        return None
    refused = may_use_desk(user)
    if refused:
        return refused
    return None if user.role in {*WRITERS, Role.ADMIN} else Refused("role", needs="editor")
