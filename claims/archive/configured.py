"""The archive as the settings want it: the only module of this floor that reads them."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.x509 import Certificate
from django.conf import settings

from claims.archive.bucket import BucketAccess, BucketStore
from claims.archive.capture import Options
from claims.archive.disk import DiskStore
from claims.archive.fetch import Policy
from claims.archive.net import Net
from claims.archive.store import Store
from claims.archive.timestamp import certificates
from claims.archive.wayback import Keys


def store() -> Store:
    """Where evidence lies: S3_BUCKET when it is set, else the folder EVIDENCE_DIR."""
    if not settings.S3_BUCKET:
        return DiskStore(Path(settings.EVIDENCE_DIR))
    return _bucket(
        BucketAccess(
            bucket=settings.S3_BUCKET,
            endpoint_url=settings.S3_ENDPOINT_URL,
            region=settings.S3_REGION,
            access_key=settings.S3_ACCESS_KEY,
            secret_key=settings.S3_SECRET_KEY,
            lock_days=settings.S3_LOCK_DAYS,
        ),
        Path(settings.DATA_DIR) / "incoming",
    )


def net() -> Net:
    """The way out, through FETCH_PROXY when it is set."""
    return Net(proxy=settings.FETCH_PROXY)


def policy(before: Callable[[str], None] | None = None) -> Policy:
    """How we fetch. Our own public name is never fetched; `before` is the limit per host."""
    own = (urlsplit(settings.PUBLIC_URL).hostname or "").lower()
    made = Policy(user_agent=settings.FETCH_USER_AGENT, refused_hosts=frozenset({own}))
    return Policy(made.user_agent, made.limits, made.refused_hosts, before) if before else made


def capture_options(before: Callable[[str], None] | None = None) -> Options:
    """How we capture links."""
    return Options(policy=policy(before), program=settings.CHROMIUM)


def wayback_keys() -> Keys:
    """False where the operator has set none: then the Internet Archive is never asked."""
    return Keys(settings.WAYBACK_ACCESS_KEY, settings.WAYBACK_SECRET_KEY)


def authorities() -> tuple[list[str], list[Certificate]]:
    """(addresses of timestamp authorities, certificates we trust for stamps); both empty by default.

    Raises OSError, ValueError when TIMESTAMP_ROOTS names no readable PEM file.
    """
    roots = settings.TIMESTAMP_ROOTS
    return list(settings.TIMESTAMP_AUTHORITIES), certificates(Path(roots).read_bytes()) if roots else []


@lru_cache(maxsize=2)
def _bucket(access: BucketAccess, spool: Path) -> BucketStore:
    """One client per process: making one costs a quarter of a second."""
    return BucketStore(access, spool=spool)
