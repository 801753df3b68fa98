"""The archive as the settings want it: the only module of this floor that reads them."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from claims.archive.bucket import BucketAccess, BucketStore
from claims.archive.disk import DiskStore
from claims.archive.store import Store


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


@lru_cache(maxsize=2)
def _bucket(access: BucketAccess, spool: Path) -> BucketStore:
    """One client per process: making one costs a quarter of a second."""
    return BucketStore(access, spool=spool)
