"""The daily checkpoint, stamped by the authorities the operator names."""

import base64
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings

from claims.actions.checkpoint import drafted, keep_checkpoint
from claims.archive.configured import authorities
from claims.archive.timestamp import stamp
from claims.errors import FactcheckError
from claims.jobs import Effects, handler
from claims.models import Job


@handler("checkpoint.make")
def make_checkpoint(job: Job) -> Effects | None:
    """Sign the history as it stands. An authority that does not answer is written down, and stops nothing."""
    draft = drafted()
    if draft is None:
        return None
    stamps = list(_stamped(draft.statement.message()))
    return partial(keep_checkpoint, replace(draft, stamps=stamps))


def _stamped(message: bytes) -> Iterator[dict[str, Any]]:
    try:
        addresses, roots = authorities()
    except (OSError, ValueError) as error:
        yield {"authority": "", "error": f"TIMESTAMP_ROOTS: {type(error).__name__}"}
        return
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    for address in addresses:
        with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="stamp-") as folder:
            try:
                made = stamp(message, address, roots, Path(folder))
            except FactcheckError as error:
                yield {"authority": address, "error": str(error.facts.get("reason") or error.code)}
                continue
        yield {
            "authority": address,
            "stamped_at": made.stamped_at.isoformat(),
            "serial": str(made.serial),
            "answer": base64.b64encode(made.answer).decode("ascii"),
        }
