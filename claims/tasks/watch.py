"""Watching cited links: is what we cite still there? The capture is never touched."""

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from claims import jobs
from claims.actions.capture import record_observation
from claims.actions.checkpoint import is_any
from claims.archive.address import Refused
from claims.archive.configured import net, policy, store
from claims.archive.watch import Look, look, text_hash
from claims.jobs import Effects, GiveUp, handler
from claims.models import (
    Capture,
    CaptureRole,
    Evidence,
    EvidenceKind,
    Job,
    Observation,
    Publication,
    VerdictState,
)

EVERY = timedelta(days=1)
# An unchanged state is written down again only this seldom: the history is for what happens.
AGAIN = timedelta(days=7)
DOUBT = timedelta(hours=12)
AT_ONCE = 200
MOST_TEXT = 5 * 1024 * 1024
CITED = [VerdictState.SUBMITTED, VerdictState.APPROVED, VerdictState.PUBLISHED, VerdictState.SUPERSEDED]


@handler("evidence.watch-due")
def watch_due(job: Job) -> Effects | None:
    """Ask for a look at every cited link nobody has looked at for a day, a few hundred at a time."""
    recent = Job.objects.filter(name="evidence.watch", asked_at__gte=timezone.now() - EVERY)
    fresh = {str(key).rpartition(":")[2] for key in recent.values_list("dedup_key", flat=True)}
    due = [row for row in cited_links() if str(row) not in fresh][:AT_ONCE]
    return partial(_ask, due) if due else None


def cited_links() -> Iterable[Any]:
    """Keys of captured links that a verdict before reviewers or readers cites."""
    return (
        Evidence.objects.filter(kind=EvidenceKind.LINK, captures__isnull=False)
        .filter(citations__verdict__state__in=CITED)
        .order_by("pk")
        .values_list("pk", flat=True)
        .distinct()
    )


def _ask(keys: Iterable[Any]) -> None:
    for key in keys:
        jobs.ask("evidence.watch", queue="archive", dedup_key=f"evidence.watch:{key}", evidence=key)


@handler("publication.announce")
def announce(job: Job, *, publication: str) -> Effects | None:
    """What readers will be led to is looked at now, not only when its day comes round; and the first that is published
    is signed for at once, or nothing could be proven of it until the night."""
    row = Publication.objects.filter(pk=publication).first()
    if row is None:
        raise GiveUp("the publication is gone")
    cited = Evidence.objects.filter(citations__verdict=row.verdict_id, kind=EvidenceKind.LINK)
    keys = list(cited.filter(captures__isnull=False).values_list("pk", flat=True).distinct())
    is_first = not is_any()
    return partial(_after_publishing, keys, is_first) if keys or is_first else None


def _after_publishing(keys: Iterable[Any], is_first: bool) -> None:
    _ask(keys)
    if is_first:
        jobs.ask("checkpoint.make", dedup_key="checkpoint.make:first")


@handler("evidence.watch", retry_after=timedelta(minutes=10))
def watch(job: Job, *, evidence: str) -> Effects | None:
    """One look; kept when it differs from the last one, and else once a week."""
    row = Evidence.objects.filter(pk=evidence).first()
    if row is None:
        raise GiveUp("the evidence is gone")
    text_sha256, final_url = known_of(row)
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="watch-") as folder:
        seen = look(
            row.url,
            Path(folder),
            text_sha256=text_sha256,
            final_url=final_url,
            policy=policy(),
            net=net(),
        )
    last = row.observations.first()
    seen = _borne_out(seen, last)
    if last and last.outcome == seen.state and last.observed_at > timezone.now() - AGAIN:
        return None
    return partial(record_observation, evidence_id=row.pk, outcome=seen.state, detail=_detail(seen))


def _borne_out(seen: Look, last: Observation | None) -> Look:
    """A name that leads nowhere is gone once it led nowhere half a day ago, too: the first time it may be our own
    resolver, which would have every source told as gone."""
    if seen.reason != Refused.code or last is None or last.detail.get("reason") != Refused.code:
        return seen
    was_long_ago = last.observed_at < timezone.now() - DOUBT
    return replace(seen, state="gone") if was_long_ago or last.outcome == "gone" else seen


def known_of(row: Evidence) -> tuple[str, str]:
    """(hash of the text, final address) of the newest capture; empty where it has none."""
    captures = list(row.captures.order_by("-captured_at"))
    page = next((c for c in captures if c.role == CaptureRole.ORIGINAL and c.facts.get("final_url")), None)
    text = next((c for c in captures if c.role == CaptureRole.TEXT), None)
    final_url = str(page.facts["final_url"]) if page else ""
    if text is not None:
        return _text_hash(text), final_url
    # A file that is no page counts by its bytes, as claims.archive.watch counts it.
    is_file = page is not None and page.media_type not in ("text/html", "application/xhtml+xml")
    return (text_hash(page.sha256) if page and is_file else ""), final_url


def _text_hash(capture: Capture) -> str:
    data = b"".join(store().chunks(capture.sha256, length=MOST_TEXT))
    return text_hash(data.decode("utf-8", "replace"))


def _detail(seen: Look) -> dict[str, Any]:
    return {
        "reason": seen.reason,
        "status": seen.status,
        "final_url": seen.final_url,
        "text_sha256": seen.text_sha256,
    }
