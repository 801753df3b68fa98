"""The evidence of the illustration made ready before verdicts cite it: files examined, the link's page captured."""

from claims.actions.capture import Part, record_capture, record_examination
from claims.archive.configured import store
from claims.jobs import lease
from claims.jobs.registry import HANDLERS
from claims.management.demo.content import DATA, Item, rows
from claims.management.demo.stage import Stage
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
    if job is not None and job.name in HANDLERS:
        run(str(job.pk))
    else:
        record_examination(
            evidence_id=evidence.pk, facts={}, findings=[], state=EvidenceState.READY, tool=TOOL
        )


def _capture(evidence: Evidence, item: Item) -> None:
    """The page is a file of ours, so the job that would fetch it is done without going out."""
    job = _job("evidence.capture", evidence)
    begun = lease.begin(job.pk) if job is not None and job.name in HANDLERS else None
    page = (DATA / item["capture"]).read_bytes()
    part = Part(
        role=CaptureRole.ORIGINAL,
        kept=store().put([page], limit=len(page)),
        media_type="text/html",
        media_kind="text",
        url=item["url"],
        file_name=item["capture"],
        tool=TOOL,
        facts={"illustration": True},
    )
    step = {"step": "page", "outcome": "ok", "detail": "illustration: a page of ours, not fetched"}

    def keep() -> Evidence:
        return record_capture(evidence_id=evidence.pk, parts=[part], log=[step], state=EvidenceState.READY)

    if begun is None:
        keep()
    else:
        lease.finish(begun[0], keep)


def _job(name: str, evidence: Evidence) -> Job | None:
    return Job.objects.filter(name=name, args__evidence=str(evidence.pk)).order_by("asked_at").first()
