"""`manage.py make_bucket`: the bucket for evidence, where S3_BUCKET names one that is not there yet."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.archive.bucket import BucketAccess, BucketStore
from claims.archive.configured import store

SECONDS_BETWEEN_TRIES = 2


class Command(BaseCommand):
    help = "Create the evidence bucket where it is missing, waiting for the store to answer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--wait", type=int, default=60, metavar="SECONDS", help="how long to wait (60)")

    def handle(self, *args: Any, **options: Any) -> None:
        kept = store()
        if not isinstance(kept, BucketStore):
            self.stdout.write("Evidence is kept in a folder; no bucket is needed.")
            return
        end = time.monotonic() + options["wait"]
        while problem := not_answering(kept):
            if time.monotonic() > end:
                raise CommandError(f"The store for {kept.access.bucket} does not answer: {problem}")
            time.sleep(SECONDS_BETWEEN_TRIES)
        self.stdout.write(f"Bucket {kept.access.bucket} is there.")


def not_answering(kept: BucketStore) -> str:
    """Make sure of the bucket; returns why the store cannot be reached, empty when the bucket is there.

    Raises CommandError when the store answers, and refuses.
    """
    from botocore.exceptions import BotoCoreError, ClientError  # production extra

    try:
        kept.client.create_bucket(**wanted(kept.access))
    except ClientError as error:
        if error.response["Error"]["Code"] != "BucketAlreadyOwnedByYou":
            raise CommandError(f"The store refuses to make {kept.access.bucket}: {error}") from error
    except BotoCoreError as error:
        return str(error)
    return ""


def wanted(access: BucketAccess) -> dict[str, Any]:
    """What to ask the store for: object lock can only be had at the making; us-east-1 must not be named."""
    asked: dict[str, Any] = {"Bucket": access.bucket, "ObjectLockEnabledForBucket": access.lock_days > 0}
    if access.region not in ("", "us-east-1"):
        asked["CreateBucketConfiguration"] = {"LocationConstraint": access.region}
    return asked
