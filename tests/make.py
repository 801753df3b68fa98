"""Builders: rows made by the same actions people use, with keyword overrides and no hidden chance."""

from typing import Any

from claims.actions import attribution, claim, incident, person, publish, source, verdict
from claims.models import Claim, Incident, Publication, Role, Source, User, Verdict


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
