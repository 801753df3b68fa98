"""Keys for the machine door: made, used, revoked. The key itself is shown once and never stored."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from claims.actions.history import change
from claims.errors import Conflict, Invalid, NotAllowed, NotFound, Refused, ensure
from claims.models import ApiToken, User
from claims.rules.role import may_use_desk

MOST = 20
_NOTED_EVERY = timedelta(minutes=1)


def create_token(*, actor: User, label: str) -> tuple[ApiToken, str]:
    """A key of the person's own, and its secret, which cannot be had again. Raises NotAllowed, Invalid, Conflict."""
    ensure(may_use_desk(actor))
    if not label.strip():
        raise Invalid("empty", field="label")
    with change(actor=actor, action="token.created") as c:
        c.lock(User, actor.pk)
        if actor.tokens.filter(revoked_at__isnull=True).count() >= MOST:
            raise Conflict("too-many-tokens", limit=MOST)
        secret, sha256 = ApiToken.new_secret()
        token = c.add(ApiToken(user=actor, label=label.strip(), sha256=sha256))
        return token, secret


def revoke_token(*, actor: User, token_id: Any) -> ApiToken:
    """End a key of one's own; requests with it are refused from now on. Raises NotAllowed, NotFound."""
    ensure(may_use_desk(actor))
    with change(actor=actor, action="token.revoked") as c:
        token = c.lock(ApiToken, token_id)
        if token.user_id != actor.pk:
            raise NotFound(what="token")
        if token.revoked_at is not None:
            raise NotAllowed.because(Refused("revoked"))
        token.revoked_at = timezone.now()
        return c.save(token)


def note_use(token: ApiToken) -> None:
    """Remember when a key was last used, to the minute. Bookkeeping: not a line of the history."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > _NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
