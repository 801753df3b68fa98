"""The evidence of the illustration made ready before verdicts cite it: files examined, the link's page captured."""

from functools import cache
from typing import Any

from django.utils import timezone

from claims.actions.capture import Part, record_capture
from claims.archive.configured import store
from claims.jobs import lease
from claims.management.demo.content import DATA, Item, rows
from claims.management.demo.stage import Stage
from claims.media import sandbox
from claims.models import CaptureRole, Evidence, EvidenceKind, EvidenceState, Job
from claims.tasks.run import run

TOOL = "illustration 1"


def settle_evidence(stage: Stage) -> None:
    """Does now what a worker would do later, for what is cited in a submission; nothing is fetched from anywhere."""
    cited = {key for item in rows("verdicts", "verdict") if len(item["walk"]) > 1 for key in item["cites"]}
    for item in rows("evidence", "evidence"):
        if item["key"] not in cited:
            continue
        evidence = Evidence.objects.get(pk=stage.evidence[item["key"]].pk)
        if evidence.state == EvidenceState.WAITING:
            settle = _capture if evidence.kind == EvidenceKind.LINK else _examine
            settle(evidence, item)


def _examine(evidence: Evidence, item: Item) -> None:
    job = _job("evidence.examine", evidence)
    if job is not None:
        run(str(job.pk))


def _capture(evidence: Evidence, item: Item) -> None:
    """The page is a file of ours, so the job that would fetch it is done without going out."""
    read = _read(item["capture"], item["url"])
    facts = {name: read[name] for name in ("title", "author", "published_on", "language")}
    page = _part(item, CaptureRole.ORIGINAL, "text/html", (DATA / item["capture"]).read_bytes())
    words = _part(item, CaptureRole.TEXT, "text/plain", read["text"].encode())
    log = [_line("fetch", "skipped", illustration=True), _line("text", "ok", n_characters=len(read["text"]))]

    def keep() -> Evidence:
        return record_capture(
            evidence_id=evidence.pk,
            parts=[Part(**page, facts={"what": "body", "final_url": item["url"], **facts}), Part(**words)],
            log=log,
            state=EvidenceState.READY,
        )

    job = _job("evidence.capture", evidence)
    begun = lease.begin(job.pk) if job is not None else None
    if begun is None:
        keep()
    else:
        lease.finish(begun[0], keep)


def _part(item: Item, role: str, media_type: str, content: bytes) -> dict[str, Any]:
    return {
        "role": role,
        "kept": store().put([content], limit=len(content)),
        "media_type": media_type,
        "media_kind": "text",
        "url": item["url"],
        "tool": TOOL,
    }


@cache
def _read(file: str, url: str) -> dict[str, Any]:
    """What a capture reads out of a page, by the same step."""
    read: dict[str, Any] = sandbox.run("article", DATA / file, url=url, charset="utf-8")
    return read


def _line(step: str, outcome: str, **facts: Any) -> dict[str, Any]:
    return {"step": step, "outcome": outcome, "reason": "", "at": timezone.now().isoformat(), "facts": facts}


def _job(name: str, evidence: Evidence) -> Job | None:
    return Job.objects.filter(name=name, args__evidence=str(evidence.pk)).order_by("asked_at").first()
