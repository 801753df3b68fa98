"""Examining evidence: redrawn copies for showing, and what the bytes tell, all in child processes."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image

from claims.actions.capture import Copy, Look, record_examination
from claims.archive.configured import store
from claims.archive.store import Stored
from claims.errors import Invalid
from claims.jobs import Effects, GiveUp, handler, progress
from claims.media import sandbox
from claims.media.digest import chunks_of
from claims.media.lookalike import Print
from claims.media.sniff import SUSPECT
from claims.models import Capture, CaptureRole, DerivativeKind, Evidence, EvidenceState, Job
from claims.rules.evidence import is_released

TOOL = "factcheck examine 3"
EXAMINED = {
    *(CaptureRole.ORIGINAL, CaptureRole.SCREENSHOT, CaptureRole.MEDIA),
    *(CaptureRole.FRAME, CaptureRole.TEXT),
}
# What is asked about look-alikes: a screenshot looks like every other page of its site.
COMPARED = {CaptureRole.ORIGINAL, CaptureRole.MEDIA}
MOST_TEXT = 20_000


@dataclass
class Found:
    """What the examination of one piece of evidence has brought so far."""

    facts: dict[Any, dict[str, Any]] = field(default_factory=dict)
    findings: list[dict[str, Any]] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    is_suspect: bool = False

    def note(self, capture: Capture, code: str, facts: dict[str, Any]) -> None:
        """Add a finding, once for the whole piece."""
        made = {"code": code, "facts": facts, "capture": str(capture.pk)}
        if not any(one["code"] == code and one["facts"] == facts for one in self.findings):
            self.findings.append(made)
        self.is_suspect = self.is_suspect or code in {*SUSPECT, "parser-died"}


@handler("evidence.examine")
def examine(job: Job, *, evidence: str) -> Effects:
    """Redraw and examine every capture that can be shown. What a parser dies of goes to quarantine, with the reason."""
    row = Evidence.objects.filter(pk=evidence).first()
    if row is None:
        raise GiveUp("the evidence is gone")
    captures = list(row.captures.filter(role__in=EXAMINED))
    found = Found()
    for done, capture in enumerate(captures):
        progress(job, done / max(len(captures), 1), "Examining the files")
        examine_capture(row, capture, found)
    return lambda: record_examination(
        evidence_id=row.pk,
        facts=found.facts,
        findings=found.findings,
        copies=found.copies,
        looks=found.looks,
        state=state_after(row, found),
        tool=TOOL,
        redaction=row.redaction,
    )


def state_after(row: Evidence, found: Found) -> str:
    """Quarantine until a person has looked; partial where a step of the last capture failed."""
    if found.is_suspect and not is_released(row):
        return EvidenceState.QUARANTINED
    failed = any(line.get("outcome") == "failed" for line in _last_capture(row.log))
    return EvidenceState.PARTIAL if failed and row.url else EvidenceState.READY


def _last_capture(log: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Its steps in the log, which begin with the fetch; what others did with the link afterwards is none of them."""
    begun = max((at for at, line in enumerate(log) if line.get("step") == "fetch"), default=0)
    return [line for line in log[begun:] if line.get("step") not in {"wayback", "released"}]


def examine_capture(row: Evidence, capture: Capture, found: Found) -> None:
    """Add what one capture tells. Whatever its bytes do happens in a child."""
    for noted in capture.facts.get("findings", []):
        found.note(capture, noted["code"], noted.get("facts", {}))
    base = {"media_type": capture.media_type, "size": capture.size}
    found.facts[capture.pk] = base
    with store().local(capture.sha256) as path:
        try:
            found.facts[capture.pk] = {**base, **_told(row, capture, path, found)}
            if capture.media_kind == "image" and not (found.is_suspect and not is_released(row)):
                found.copies += list(_public(row, capture, path))
        except Invalid as error:
            found.note(capture, error.code, error.facts)
        except sandbox.ParserDied as error:
            found.note(capture, error.code, error.facts)


def _told(row: Evidence, capture: Capture, path: Path, found: Found) -> dict[str, Any]:
    """Facts as JSON; copies, prints and findings are added to `found`."""
    if capture.role == CaptureRole.TEXT or capture.media_kind == "text":
        return {"text": _beginning(path)} if capture.role == CaptureRole.TEXT else {}
    with _folder() as folder:
        told = sandbox.run(
            "examine", path, out=str(folder), media_type=capture.media_type, kind=capture.media_kind
        )
        files = {made["what"]: folder / made["name"] for made in reversed(told["files"])}
        if "thumbnail" in files:
            found.copies.append(_kept(capture, files["thumbnail"], DerivativeKind.THUMBNAIL))
        for frame in (made for made in told["files"] if made["what"] == "frame"):
            kept = _kept(capture, folder / frame["name"], DerivativeKind.FRAME)
            found.copies.append(replace(kept, at_seconds=frame["at"]))
        text = _beginning(files["text"]) if "text" in files else ""
    facts = dict(told["facts"])
    for noted in facts.pop("findings"):
        found.note(capture, noted["code"], noted["facts"])
    if capture.role in COMPARED:
        found.looks += [Look(capture.pk, Print.from_json(one)) for one in told["prints"]]
        facts["mirrored"] = [one for one in told["mirrored"] if Print.from_json(one).whole][:40]
    return {**facts, **({"text": text} if text else {})}


def _beginning(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(MOST_TEXT * 4).decode("utf-8", "replace")[:MOST_TEXT].replace("\0", "")


def _public(row: Evidence, capture: Capture, path: Path) -> Iterator[Copy]:
    """The public copy. Boxes are kept as x, y, width, height and drawn as left, top, right, bottom; they were drawn on
    one picture and say nothing of where the same thing stands in another."""
    if not row.may_publish or row.redaction.get("capture") not in (None, str(capture.pk)):
        return
    crop, blur = row.redaction.get("crop"), row.redaction.get("blur") or []
    with _folder() as folder:
        out = folder / "copy.webp"
        sides: dict[str, Any] = {
            "crop": _sides(crop) if crop else None,
            "blur": [_sides(box) for box in blur],
        }
        sandbox.run("redrawn", path, out=str(out), **sides)
        yield _kept(capture, out, DerivativeKind.PUBLIC)


def _sides(box: list[float]) -> list[float]:
    x, y, width, height = box
    return [x, y, min(1.0, x + width), min(1.0, y + height)]


def _kept(capture: Capture, path: Path, kind: str) -> Copy:
    with Image.open(path, formats=["WEBP"]) as picture:
        width, height = picture.size
    with path.open("rb") as made:
        kept: Stored = store().put(chunks_of(made), limit=settings.UPLOAD_LIMIT_BYTES)
    return Copy(capture.pk, kind, kept, "image/webp", width, height)


@contextmanager
def _folder() -> Iterator[Path]:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="examine-") as folder:
        yield Path(folder)
