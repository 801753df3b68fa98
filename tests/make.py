"""Builders: rows made by the same actions people use, with keyword overrides and no hidden chance."""

from typing import Any

from claims.actions import attribution, claim, document, evidence, incident, person, publish, source, verdict
from claims.jobs import lease
from claims.models import (
    Claim,
    Document,
    Evidence,
    Incident,
    Job,
    JobState,
    Publication,
    Question,
    Role,
    Source,
    User,
    Verdict,
)


def user(username: str, role: str = Role.EDITOR, **fields: Any) -> User:
    return person.add_person(
        actor=person.system_user(),
        username=username,
        password=f"{username}-knows-the-way-7",
        role=role,
        is_demo=fields.pop("is_demo", True),
        **fields,
    )


def a_source(actor: User, name: str = "North Press", **fields: Any) -> Source:
    values = {"name_en": name, "kind": "local_agency", **fields}
    return source.add_source(actor=actor, fields=values)


def an_incident(actor: User, title: str = "Blasts near al-Omar", **fields: Any) -> Incident:
    return incident.open_incident(actor=actor, fields={"title_en": title, **fields})


def a_claim(actor: User, wording: str = "Five blasts were heard.", **fields: Any) -> Claim:
    return claim.log_claim(actor=actor, fields={"wording": wording, "lang": "en", **fields})


def a_chain(actor: User, made: Claim, *sources: Source, stance: str = "asserts") -> Claim:
    hops = [attribution.Hop(source=one, stance=stance) for one in sources]
    made.refresh_from_db()
    return attribution.add_chain(actor=actor, claim_id=made.pk, version=made.version, hops=hops)


TEXTS = {
    "reason_en": "One outlet only.",
    "rationale_en": "Nobody else reports it.",
    "would_settle_en": "A second origin.",
}


def a_draft(actor: User, made: Claim, value: str = "unverified", **fields: Any) -> Verdict:
    return verdict.propose_verdict(
        actor=actor,
        claim_id=made.pk,
        value=value,
        texts=fields.pop("texts", TEXTS),
        **fields,
    )


def submitted(actor: User, made: Claim, **fields: Any) -> Verdict:
    draft = a_draft(actor, made, **fields)
    return verdict.submit_verdict(actor=actor, verdict_id=draft.pk, version=draft.version)


def a_checkable_claim(actor: User, wording: str = "Five blasts were heard.") -> Claim:
    made = a_claim(actor, wording)
    return a_chain(actor, made, a_source(actor, f"Source of {wording}"))


def published(editor: User, reviewer: User, made: Claim | None = None, **fields: Any) -> Publication:
    made = made or a_checkable_claim(editor)
    row = submitted(editor, made, **fields)
    verdict.approve_verdict(actor=reviewer, verdict_id=row.pk, content_sha256=row.content_sha256)
    return publish.publish_verdict(actor=reviewer, verdict_id=row.pk, content_sha256=row.content_sha256)


def corrected(
    editor: User, reviewer: User, row: Publication, kind: str = "correction", **fields: Any
) -> Publication:
    """The next publication of a claim: a correction, clarification, update or withdrawal of `row`."""
    draft = publish.start_correction(actor=editor, verdict_id=row.verdict_id, kind=kind)
    texts = {**TEXTS, "change_en": "We had the wrong night.", **fields.pop("texts", {})}
    draft = verdict.propose_verdict(
        actor=editor,
        claim_id=row.claim_id,
        value=fields.pop("value", row.value),
        texts=texts,
        version=draft.version,
        **fields,
    )
    sent = verdict.submit_verdict(actor=editor, verdict_id=draft.pk, version=draft.version)
    verdict.approve_verdict(actor=reviewer, verdict_id=sent.pk, content_sha256=sent.content_sha256)
    return publish.publish_verdict(actor=reviewer, verdict_id=sent.pk, content_sha256=sent.content_sha256)


def withdrawn(editor: User, reviewer: User, row: Publication) -> Publication:
    return corrected(editor, reviewer, row, "withdrawal")


ARTICLE_EN = """North Press reported that at least eight rockets were launched from the base on Saturday evening.
The Syrian Observatory for Human Rights said it heard at least five explosions near the field.
Local sources told the Harbour Gazette that two houses were damaged in the village.
The Syrian state news agency SANA denied that any rocket had been fired from the town.
"""
ARTICLE_AR = """وذكرت وكالة نورث برس أن ثمانية صواريخ على الأقل أُطلقت من القاعدة مساء السبت.
وقال المرصد السوري لحقوق الإنسان إنه سمع دوي خمسة انفجارات على الأقل قرب الحقل.
ونقلت وكالة سبوتنيك عن مصادر محلية أن منزلين تضررا في القرية.
ونفت وكالة سانا إطلاق أي صاروخ من البلدة.
"""


def a_document(actor: User, body: str = ARTICLE_EN, **fields: Any) -> Document:
    options = {name: fields.pop(name) for name in ("again", "propose") if name in fields}
    return document.add_document(actor=actor, body=body, fields=fields, **options)


def a_question(actor: User, text: str = "How many explosions?", **fields: Any) -> Question:
    about = fields.pop("incident", None) or an_incident(actor)
    return incident.ask_question(actor=actor, incident_id=about.pk, text_en=text, **fields)


def run_jobs(name: str = "") -> int:
    """Do what waits, as a worker would but in this process; says how many jobs that were."""
    waiting = Job.objects.filter(state__in=[JobState.READY, JobState.SENT], name__startswith=name)
    done = 0
    for pk in list(waiting.order_by("asked_at").values_list("pk", flat=True)):
        begun = lease.begin(pk)
        assert begun is not None
        job, handler = begun
        lease.finish(job, handler.work(job, **job.args))
        done += 1
    return done


def a_note(actor: User, made: Claim, text: str = "Heard it from the roof.") -> Evidence:
    return evidence.attach_note(actor=actor, claim_id=made.pk, fields={"description_en": text})
