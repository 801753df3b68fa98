"""Examining evidence: redrawn copies for showing, and what the bytes tell, all in child processes."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image

from claims.actions.capture import Copy, record_examination
from claims.archive.configured import store
from claims.archive.store import Stored
from claims.errors import Invalid
from claims.jobs import Effects, GiveUp, handler, progress
from claims.media import sandbox
from claims.media.digest import chunks_of
from claims.models import Capture, CaptureRole, DerivativeKind, Evidence, EvidenceState, Job

TOOL = "factcheck examine 1"
SHOWN = {CaptureRole.ORIGINAL, CaptureRole.SCREENSHOT, CaptureRole.MEDIA, CaptureRole.FRAME}
THUMBNAIL_BOX = [480, 480]


@dataclass
class Found:
    """What the examination of one piece of evidence has brought so far."""

    facts: dict[Any, dict[str, Any]] = field(default_factory=dict)
    findings: list[dict[str, Any]] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    state: str = EvidenceState.READY


@handler("evidence.examine")
def examine(job: Job, *, evidence: str) -> Effects:
    """Redraw and examine every capture that can be shown. What a parser dies of goes to quarantine, with the reason."""
    row = Evidence.objects.filter(pk=evidence).first()
    if row is None:
        raise GiveUp("the evidence is gone")
    captures = list(row.captures.filter(role__in=SHOWN))
    found = Found()
    for done, capture in enumerate(captures):
        progress(job, done / max(len(captures), 1), capture.role)
        _examine(row, capture, found)
    return lambda: record_examination(
        evidence_id=row.pk,
        facts=found.facts,
        findings=found.findings,
        copies=found.copies,
        state=found.state,
        tool=TOOL,
    )


def _examine(row: Evidence, capture: Capture, found: Found) -> None:
    found.findings += capture.facts.get("findings", [])
    found.facts[capture.pk] = {"media_type": capture.media_type, "size": capture.size}
    if capture.media_kind != "image":
        return
    with store().local(capture.sha256) as path:
        try:
            found.copies += list(_copies(row, capture, path))
        except Invalid as error:
            found.findings.append({"code": error.code, "facts": error.facts, "capture": str(capture.pk)})
        except sandbox.ParserDied as error:
            found.state = EvidenceState.QUARANTINED
            found.findings.append({"code": error.code, "facts": error.facts, "capture": str(capture.pk)})


def _copies(row: Evidence, capture: Capture, path: Path) -> Iterator[Copy]:
    yield _redrawn(capture, path, "thumbnail", DerivativeKind.THUMBNAIL, box=THUMBNAIL_BOX)
    if row.may_publish:
        crop, blur = row.redaction.get("crop"), row.redaction.get("blur") or []
        yield _redrawn(capture, path, "redrawn", DerivativeKind.PUBLIC, crop=crop, blur=blur)


def _redrawn(capture: Capture, path: Path, step: str, kind: str, **arguments: Any) -> Copy:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="redraw-") as folder:
        out = Path(folder) / "copy.webp"
        sandbox.run(step, path, out=str(out), **arguments)
        with Image.open(out, formats=["WEBP"]) as picture:
            width, height = picture.size
        with out.open("rb") as made:
            kept: Stored = store().put(chunks_of(made), limit=settings.UPLOAD_LIMIT_BYTES)
    return Copy(capture.pk, kind, kept, "image/webp", width, height)
