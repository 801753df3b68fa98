"""Who is calling: a key in the Authorization header, never a session. And how often they may."""

import hashlib

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.throttling import AnonRateThrottle

from claims.actions.token import note_use
from claims.api.errors import Denied
from claims.models import ApiToken, User
from claims.rules.role import may_use_desk


class Key(HttpBearer):
    """The person whose key it is. Whoever must have a second factor at the desk must have one here."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        sha256 = hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
        row = ApiToken.objects.filter(sha256=sha256, revoked_at__isnull=True).select_related("user").first()
        if row is None or may_use_desk(row.user) is not None:
            return None
        if row.user.lacks_second_factor:
            raise Denied(403, "second-factor")
        note_use(row)
        return row.user


class Rate(AnonRateThrottle):
    """So many requests a minute: for each person with a key, else for each address.

    A cache that does not answer lets everybody through: the limit protects the service, not the data.
    """

    def get_cache_key(self, request: HttpRequest) -> str:
        person = getattr(request, "auth", None)
        ident = f"user-{person.pk}" if person else f"address-{_address(request)}"
        return f"rate:{ident}"

    def allow_request(self, request: HttpRequest) -> bool:
        try:
            return bool(super().allow_request(request))
        except OSError:
            return True
        except Exception as error:
            if type(error).__module__.startswith("redis"):
                return True
            raise


def _address(request: HttpRequest) -> str:
    """The caller's address; a proxy is believed only where the operator says there is one."""
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip()
    if settings.TRUSTED_PROXY and told:
        return str(told)
    return str(request.META.get("REMOTE_ADDR", ""))
