"""Texts that try to act when a page shows them, in every field that takes text, from the log to the published page."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from PIL import Image

from claims.actions import (
    attribution,
    claim,
    document,
    evidence,
    incident,
    judgement,
    person,
    publish,
    source,
    verdict,
)
from claims.media.finding import Finding
from claims.models import Publication, Role, User
from tests import make

# Tag, attribute, address, template, htmx, end of a script block, and what only some parsers take for line ends.
HOSTILE = (
    "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>"
    "{{7*7}}{% now %}<b hx-get=/desk/ hx-trigger=load>${alert(4)}`javascript:alert(5)\u2028\u202ealert(6)"
)
SHORT = "\"'><img src=x onerror=alert(7)></script><script>alert(8)</script>"
ADDRESS = "https://example.org/\"'><img/src=x/onerror=alert(9)>#javascript:alert(10)"


def a_picture() -> bytes:
    """A photograph whose caption, maker and comment try to act."""
    found = Image.new("RGB", (64, 48), "olive")
    exif = Image.Exif()
    for tag in (0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x8298):
        exif[tag] = SHORT
    out = BytesIO()
    found.save(out, "JPEG", exif=exif, comment=SHORT.encode())
    return out.getvalue()


def people() -> tuple[User, User, User]:
    """An editor, a reviewer and an admin whose shown names try to act."""
    roles = {"amal": Role.EDITOR, "basim": Role.REVIEWER, "huda": Role.ADMIN}
    editor, reviewer, admin = (
        make.user(name, role, display_name=SHORT[:100]) for name, role in roles.items()
    )
    return editor, reviewer, admin


def _both(name: str, text: str) -> dict[str, str]:
    return {f"{name}_ar": text, f"{name}_en": text}


def _a_claim(editor: User, wording: str) -> Any:
    about = incident.open_incident(
        actor=editor, fields={**_both("title", SHORT), **_both("summary", HOSTILE), "place": SHORT}
    )
    question = incident.ask_question(
        actor=editor, incident_id=about.pk, text_ar=f"{SHORT}؟", text_en=f"{SHORT}?"
    )
    fields = {
        **_both("statement", HOSTILE),
        **_both("answer", SHORT),
        "wording": wording,
        "lang": "en",
        "place": SHORT,
        "event_raw": SHORT,
        "incident_id": about.pk,
        "question_id": question.pk,
    }
    count = claim.Count(comparator="several", low=None, high=None, unit=SHORT[:60], raw=SHORT, scope=SHORT)
    return claim.log_claim(actor=editor, fields=fields, quantities=[count])


def _a_chain(editor: User, made: Any) -> None:
    hops = []
    for kind in ("local_agency", "ministry"):
        names = {"name_ar": f"{kind} {SHORT}", "name_en": f"{kind} {SHORT}"}
        row = source.add_source(
            actor=editor,
            fields={**names, "kind": kind, "affiliation": SHORT, "interest": HOSTILE, "notes": HOSTILE},
        )
        source.add_alias(actor=editor, source_id=row.pk, name=f"{SHORT} {kind}")
        source.add_account(actor=editor, source_id=row.pk, platform="x", handle=f"{SHORT[:40]}{kind}")
        hops.append(attribution.Hop(source=row, verb=SHORT[:80], surface=SHORT, said_raw=SHORT, url=ADDRESS))
    made.refresh_from_db()
    attribution.add_chain(actor=editor, claim_id=made.pk, version=made.version, hops=hops)


def _evidence(editor: User, made: Any) -> list[Any]:
    texts = {**_both("title", SHORT), **_both("description", HOSTILE), "may_publish": True}
    picture = evidence.attach_file(
        actor=editor, claim_id=made.pk, chunks=[a_picture()], file_name=f"{SHORT}.jpg", fields=texts
    )
    page = evidence.attach_file(
        actor=editor, claim_id=made.pk, chunks=[HOSTILE.encode()], file_name=f"{SHORT}.html", fields=texts
    )
    note = evidence.attach_note(actor=editor, claim_id=made.pk, fields=texts)
    make.run_jobs("evidence")
    for row in (picture, page):
        row.refresh_from_db()
        if row.state == "quarantined":
            evidence.release_evidence(actor=editor, evidence_id=row.pk, version=row.version, reason=HOSTILE)
    make.run_jobs("evidence")
    _judge(editor, picture)
    claim.comment(actor=editor, claim_id=made.pk, body=HOSTILE)
    claim.comment(actor=editor, claim_id=made.pk, body=HOSTILE, evidence_id=page.pk)
    return [picture, note]


def _judge(editor: User, row: Any) -> None:
    """Where and when it was made, and a judgement of every finding, in words that try to act."""
    given = {**_both("reasoning", HOSTILE), "compared": HOSTILE, "confidence": "low", "may_publish": True}
    where = {**given, "place": SHORT, "latitude": 35.0, "longitude": 40.0}
    at = datetime(2022, 10, 22, tzinfo=UTC)
    when = {**given, "earliest_at": at, "latest_at": at, "precision": "day"}
    for act, fields in ((judgement.locate_evidence, where), (judgement.date_evidence, when)):
        row.refresh_from_db()
        act(actor=editor, evidence_id=row.pk, version=row.version, fields=fields)
    row.refresh_from_db()
    for found in map(Finding.from_json, list(row.findings)):
        judgement.mark_finding(
            actor=editor,
            evidence_id=row.pk,
            version=row.version,
            finding=found.key,
            mark="relevant",
            reason=HOSTILE,
        )
        row.refresh_from_db()


def published(editor: User, reviewer: User) -> Publication:
    """One claim all the way to the public, returned once and corrected once, and another that waits for review."""
    made = _a_claim(editor, HOSTILE)
    _a_chain(editor, made)
    cited = [row.pk for row in _evidence(editor, made)]
    names = ("reason", "rationale", "would_settle", "exception", "change")
    texts = {key: text for name in names for key, text in _both(name, HOSTILE[:300]).items()}
    sent = make.submitted(editor, made, value="denied", texts=texts, evidence_ids=cited)
    verdict.return_verdict(
        actor=reviewer, verdict_id=sent.pk, content_sha256=sent.content_sha256, note=HOSTILE
    )
    draft = made.verdicts.get(state="draft")
    sent = verdict.submit_verdict(actor=editor, verdict_id=draft.pk, version=draft.version)
    verdict.approve_verdict(
        actor=reviewer, verdict_id=sent.pk, content_sha256=sent.content_sha256, note=HOSTILE
    )
    shown = publish.publish_verdict(actor=reviewer, verdict_id=sent.pk, content_sha256=sent.content_sha256)
    make.corrected(editor, reviewer, shown, texts=texts, evidence_ids=cited)
    other = _a_claim(editor, f"{HOSTILE} again")
    _a_chain_of_one(editor, other)
    make.submitted(editor, other, texts=texts)
    document.add_document(
        actor=editor,
        body=f"{make.ARTICLE_EN}\nNorth Press reported that five {HOSTILE} were heard on Saturday.\n",
        fields={"title": SHORT, "url": ADDRESS, "lang": "en"},
    )
    person.add_person(
        actor=User.objects.get(username="huda"),
        username="dina",
        password="dina-knows-the-way-7",
        role=Role.EDITOR,
        display_name=SHORT[:100],
    )
    make.run_jobs()
    return shown


def _a_chain_of_one(editor: User, made: Any) -> None:
    row = source.add_source(actor=editor, fields={"name_en": f"third {SHORT}", "kind": "local_agency"})
    made.refresh_from_db()
    attribution.add_chain(
        actor=editor, claim_id=made.pk, version=made.version, hops=[attribution.Hop(source=row)]
    )
