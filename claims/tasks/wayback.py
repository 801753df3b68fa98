"""A copy at the Internet Archive of each captured link, where the operator has set keys for it; off otherwise."""

import tempfile
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from claims import jobs
from claims.actions.capture import record_step
from claims.archive import wayback
from claims.archive.configured import net, policy, wayback_keys
from claims.archive.wayback import Copy, WaybackFailed
from claims.jobs import Effects, GiveUp, Later, handler
from claims.models import Evidence, Job

FIRST_LOOK = timedelta(minutes=1)
AGAIN = timedelta(minutes=2)
PATIENCE = timedelta(hours=12)
MOST_ANSWER = 4000


def ask_for_copy(evidence_id: Any) -> None:
    """Ask for the job, in the caller's transaction, where the operator wants copies at all."""
    if wayback_keys():
        jobs.ask(
            "evidence.wayback",
            queue="archive",
            dedup_key=f"evidence.wayback:{evidence_id}",
            evidence=evidence_id,
        )


@handler("evidence.wayback", retry_after=timedelta(minutes=5))
def wayback_ask(job: Job, *, evidence: str) -> Effects | None:
    """Ask the archive to save the page; what came of it is asked for later."""
    row, keys = _row(evidence), wayback_keys()
    if not keys:
        return None
    try:
        with _folder() as folder:
            asked = wayback.ask(row.url, keys, Path(folder), policy=policy(), net=net())
    except WaybackFailed as error:
        return partial(
            record_step, evidence_id=row.pk, line=_line("failed", str(error.facts.get("reason", "")))
        )
    return lambda: jobs.ask(
        "evidence.wayback-answer",
        queue="archive",
        dedup_key=f"evidence.wayback-answer:{row.pk}",
        delay=FIRST_LOOK,
        evidence=row.pk,
        at=asked.job,
    )


@handler("evidence.wayback-answer", retry_after=timedelta(minutes=5))
def wayback_answer(job: Job, *, evidence: str, at: str) -> Effects | None:
    """What became of it; the archive's answer is kept as it came."""
    row, keys = _row(evidence), wayback_keys()
    if not keys:
        return None
    with _folder() as folder:
        seen = wayback.progress(at, keys, Path(folder), policy=policy(), net=net())
    if seen.state == "pending":
        if timezone.now() - job.asked_at > PATIENCE:
            raise GiveUp("the archive has not answered for twelve hours")
        raise Later("the archive is still at it", AGAIN)
    return partial(record_step, evidence_id=row.pk, line=_outcome(seen))


def _outcome(seen: Copy) -> dict[str, Any]:
    line = _line("ok" if seen.state == "success" else "failed", seen.url)
    return {**line, "facts": {"answer": seen.answer[:MOST_ANSWER]}}


def _line(outcome: str, detail: str) -> dict[str, Any]:
    return {"step": "wayback", "outcome": outcome, "detail": detail[:2000], "at": timezone.now().isoformat()}


def _row(evidence: str) -> Evidence:
    row = Evidence.objects.filter(pk=evidence).first()
    if row is None:
        raise GiveUp("the evidence is gone")
    return row


def _folder() -> Any:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="wayback-")
