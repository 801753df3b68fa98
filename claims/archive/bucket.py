"""The store in an S3-compatible bucket."""

import base64
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, cast

from claims.archive.store import (
    SHA256,
    Damaged,
    Found,
    Health,
    NotStored,
    Store,
    Stored,
    StoreUnavailable,
    key_of,
    spooled,
    swept,
)
from claims.media.digest import chunks_of

PREFIX = "evidence/"
ABSENT = {"404", "NoSuchKey", "NotFound"}
TAKEN = {"412", "PreconditionFailed", "409", "ConditionalRequestConflict"}


@dataclass(frozen=True)
class BucketAccess:
    """How a bucket is reached. Empty strings leave the choice to the S3 library (environment, role)."""

    bucket: str
    endpoint_url: str = ""
    region: str = ""
    access_key: str = ""
    secret_key: str = ""
    lock_days: int = 0


def connect(access: BucketAccess) -> Any:
    """An S3 client with short time limits and few retries: our own jobs do the waiting."""
    import boto3  # production extra, absent from the embedded default
    from botocore.config import Config

    settings = Config(
        connect_timeout=5,
        read_timeout=60,
        retries={"max_attempts": 3, "mode": "standard"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    return boto3.client(
        "s3",
        endpoint_url=access.endpoint_url or None,
        region_name=access.region or None,
        aws_access_key_id=access.access_key or None,
        aws_secret_access_key=access.secret_key or None,
        config=settings,
    )


class BucketStore(Store):
    """Objects under evidence/ab/cd/<sha256>. Writes are conditional on absence and read back.

    An ETag is never taken for a hash: for multipart uploads it is none. Turn on versioning and object lock
    on the bucket; with `lock_days` each object is put under compliance retention for so long.
    """

    def __init__(self, access: BucketAccess, *, spool: Path | None = None) -> None:
        self.access = access
        self.spool = spool or Path(tempfile.gettempdir()) / "factcheck-incoming"
        self._client: Any = None

    @property
    def client(self) -> Any:
        """Made at first use, so that a start needs no network."""
        if self._client is None:
            self._client = connect(self.access)
        return self._client

    def put(self, chunks: Iterable[bytes], *, limit: int) -> Stored:
        """See Store.put. The name is only known at the end, so the stream is spooled to local disk first."""
        with spooled(chunks, limit=limit, folder=self.spool) as (arrived, stored):
            self._send(arrived, stored)
            health = self.verify(stored.sha256, size=stored.size)
        if health.state in ("missing", "unreadable"):
            raise StoreUnavailable(reason=health.state)
        if health.state != "ok":
            raise Damaged(sha256=stored.sha256, state=health.state)
        return stored

    @contextmanager
    def open(self, sha256: str, *, start: int = 0) -> Iterator[IO[bytes]]:
        """See Store.open. Not seekable."""
        with self._mapped(sha256):
            # S3 refuses a range that starts at or after the end of the object.
            wanted = {"Range": f"bytes={start}-"} if start else {}
            answer = self.client.get_object(Bucket=self.access.bucket, Key=PREFIX + key_of(sha256), **wanted)
            with closing(answer["Body"]) as body:
                yield cast("IO[bytes]", body)

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        """See Store.local: a temporary copy. Raises Damaged when its bytes are not what the name says."""
        with (
            self.open(sha256) as body,
            spooled(chunks_of(body), limit=1 << 62, folder=self.spool) as (path, got),
        ):
            if got.sha256 != sha256:
                raise Damaged(sha256=sha256, state="changed")
            yield path

    def exists(self, sha256: str) -> bool:
        """See Store.exists."""
        try:
            self.size(sha256)
        except NotStored:
            return False
        return True

    def size(self, sha256: str) -> int:
        """See Store.size."""
        with self._mapped(sha256):
            facts = self.client.head_object(Bucket=self.access.bucket, Key=PREFIX + key_of(sha256))
        return int(facts["ContentLength"])

    def verify(self, sha256: str, *, size: int | None = None) -> Health:
        """See Store.verify: our own SHA-256 over every byte read back."""
        try:
            return self._health(sha256, held=self.size(sha256), size=size)
        except NotStored:
            return Health(sha256, "missing")
        except StoreUnavailable as error:
            return Health(sha256, "unreadable", error.facts)

    def walk(self) -> Iterator[Found]:
        """See Store.walk. Only what lies under our prefix."""
        pages = self.client.get_paginator("list_objects_v2").paginate(
            Bucket=self.access.bucket, Prefix=PREFIX
        )
        with self._mapped(""):
            for item in (item for page in pages for item in page.get("Contents", ())):
                shown = item["Key"].removeprefix(PREFIX)
                name = shown.rpartition("/")[2]
                belongs = bool(SHA256.fullmatch(name)) and shown == key_of(name)
                yield Found(shown, name if belongs else None, item["Size"])

    def sweep(self, older_than: float) -> int:
        """See Store.sweep: the spool, which is all of it that lies here."""
        return swept(self.spool, older_than)

    def _send(self, path: Path, stored: Stored) -> None:
        """One conditional PUT; that the name is taken already is no failure."""
        with path.open("rb") as file, self._mapped(stored.sha256, taken_is_fine=True):
            self.client.put_object(
                Bucket=self.access.bucket,
                Key=PREFIX + key_of(stored.sha256),
                Body=file,
                ContentLength=stored.size,
                ContentType="application/octet-stream",
                ChecksumAlgorithm="SHA256",
                ChecksumSHA256=base64.b64encode(bytes.fromhex(stored.sha256)).decode(),
                IfNoneMatch="*",
                **self._retention(),
            )

    def _retention(self) -> dict[str, Any]:
        if not self.access.lock_days:
            return {}
        until = datetime.now(UTC) + timedelta(days=self.access.lock_days)
        return {"ObjectLockMode": "COMPLIANCE", "ObjectLockRetainUntilDate": until}

    @contextmanager
    def _mapped(self, sha256: str, *, taken_is_fine: bool = False) -> Iterator[None]:
        """The S3 library's errors as ours."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if taken_is_fine and code in TAKEN:
                return
            if code in ABSENT:
                raise NotStored(sha256=sha256) from error
            raise StoreUnavailable(reason=code) from error
        except BotoCoreError as error:
            raise StoreUnavailable(reason=type(error).__name__) from error
