"""A piece of evidence as lists show it: a redrawn small picture, how it bears, its state, what was noticed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.actions.judgement import marks_of
from claims.desk.finding_words import Noticed, noticed
from claims.desk.job import Progress, label_of
from claims.models import (
    Capture,
    CaptureRole,
    Comment,
    Derivative,
    DerivativeKind,
    Evidence,
    EvidenceKind,
    EvidenceState,
    Job,
    JobState,
)

JOBS = ("evidence.capture", "evidence.examine")
LIVE = (JobState.READY, JobState.SENT, JobState.RUNNING)
UNDER_WAY = (EvidenceState.WAITING, EvidenceState.WORKING)
_FIRST = [CaptureRole.ORIGINAL, CaptureRole.SCREENSHOT, CaptureRole.MEDIA, CaptureRole.FRAME]


@dataclass(frozen=True)
class Card:
    """Context of desk/evidence/_card.html."""

    evidence: Evidence
    url: str
    kind: str
    title: str
    thumb_url: str
    n_bytes: int | None
    sha256: str
    captured_at: datetime | None
    findings: list[Noticed]
    n_comments: int
    progress: Progress | None
    card_url: str = ""
    claim_title: str = ""
    claim_url: str = ""
    captures: list[Capture] = field(default_factory=list)

    @property
    def is_under_way(self) -> bool:
        """Whether background work will change this card."""
        return self.progress is not None


def cards_of(rows: Sequence[Evidence]) -> list[Card]:
    """Cards of rows that were fetched by `with_parts`, in four more queries whatever their number."""
    keys = [row.pk for row in rows]
    counts = Comment.objects.filter(evidence_id__in=keys, struck_at=None).values_list("evidence_id")
    talked = dict(counts.annotate(n=Count("pk")).order_by())
    jobs = jobs_of(rows)
    marks = marks_of(rows)
    return [_card(row, talked.get(row.pk, 0), jobs.get(str(row.pk)), noticed(row, marks)) for row in rows]


def with_parts(rows: Any) -> Any:
    """Evidence with everything a card shows, the bodies of facts left out."""
    thumbs = Derivative.objects.filter(kind=DerivativeKind.THUMBNAIL, retired_at=None)
    captures = Capture.objects.defer("facts").prefetch_related(Prefetch("derivatives", thumbs))
    return rows.select_related("source").prefetch_related(Prefetch("captures", captures))


def jobs_of(rows: Sequence[Evidence]) -> dict[str, Job]:
    """The job under way for each piece of evidence that waits for one, by its id."""
    keys = [f"{name}:{row.pk}" for row in rows if row.state in UNDER_WAY for name in JOBS]
    live = Job.objects.filter(dedup_key__in=keys, state__in=LIVE).order_by("asked_at") if keys else []
    return {str(job.dedup_key).rpartition(":")[2]: job for job in live}


def progress_of(row: Evidence, job: Job | None) -> Progress | None:
    """How far the work on a piece of evidence is, for every colleague; None when nothing is under way."""
    if row.state not in UNDER_WAY or job is None:
        return None
    return Progress(
        id=str(job.pk),
        label=label_of(job),
        state="running" if job.state == JobState.RUNNING else "waiting",
        url=reverse("desk:evidence-progress", args=[row.pk]),
        percent=int(job.progress * 100),
        step=_(job.step) if job.step else "",
        error="",
        retry_url="",
    )


def _card(row: Evidence, n_comments: int, job: Job | None, findings: list[Noticed]) -> Card:
    captures = sorted(row.captures.all(), key=_order)
    main = captures[0] if captures else None
    return Card(
        evidence=row,
        url=reverse("desk:evidence-detail", args=[row.pk]),
        kind=kind_of(row, main),
        title=title_of(row, captures),
        thumb_url=next((copy_url(d) for c in captures for d in c.derivatives.all()), ""),
        n_bytes=main.size if main else None,
        sha256=main.sha256 if main else "",
        captured_at=main.captured_at if main else None,
        findings=findings,
        n_comments=n_comments,
        progress=progress_of(row, job),
        card_url=reverse("desk:evidence-card", args=[row.pk]),
        captures=captures,
    )


def _order(capture: Capture) -> tuple[int, datetime]:
    role = capture.role
    return (_FIRST.index(CaptureRole(role)) if role in _FIRST else len(_FIRST), capture.captured_at)


def title_of(row: Evidence, captures: Sequence[Capture]) -> str:
    """Its title; else the file's name, the address, or the beginning of the note."""
    named = next((c.file_name for c in captures if c.role == CaptureRole.ORIGINAL and c.file_name), "")
    return row.title or named or row.description[:80] or _("Untitled")


def kind_of(row: Evidence, main: Capture | None) -> str:
    """The word parts/_kind.html has for it."""
    if row.kind != EvidenceKind.FILE or main is None:
        return row.kind
    return main.media_kind if main.media_kind in {"image", "video", "audio", "pdf", "text"} else "file"


def copy_url(copy: Derivative) -> str:
    """Where the desk shows a redrawn copy."""
    return reverse("desk:evidence-copy", args=[copy.pk])
