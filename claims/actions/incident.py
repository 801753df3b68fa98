"""Incidents and their questions: open, edit, ask, order."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import slugify

from claims.actions.history import change
from claims.errors import Invalid, ensure
from claims.models import Incident, Question, User
from claims.rules.role import may_write
from claims.text.normalise import fold

EDITABLE = {
    *("title_ar", "title_en", "summary_ar", "summary_en", "place", "place_key", "latitude", "longitude"),
    *("place_precision_m", "earliest_at", "latest_at", "is_illustration"),
}


def open_incident(*, actor: User, fields: Mapping[str, Any], slug: str = "") -> Incident:
    """A new incident. Raises NotAllowed, Invalid, Conflict("taken")."""
    ensure(may_write(actor))
    with change(actor=actor, action="incident.opened") as c:
        incident = Incident(created_by=actor, **_checked(fields))
        _sound(incident)
        incident.slug = slug or _slug(incident)
        return c.add(incident)


def edit_incident(*, actor: User, incident_id: Any, version: int, fields: Mapping[str, Any]) -> Incident:
    """Change what is known of an incident. Raises NotAllowed, Invalid, Conflict("stale")."""
    with change(actor=actor, action="incident.edited") as c:
        incident = c.lock(Incident, incident_id, version)
        ensure(may_write(actor))
        for name, value in _checked(fields).items():
            setattr(incident, name, value)
        _sound(incident)
        return c.save(incident)


def ask_question(*, actor: User, incident_id: Any, text_ar: str = "", text_en: str = "") -> Question:
    """Another question about the incident, last in order. Raises NotAllowed, Invalid, NotFound."""
    ensure(may_write(actor))
    with change(actor=actor, action="incident.question-asked") as c:
        incident = c.lock(Incident, incident_id)
        _asks(text_ar, text_en)
        last = incident.questions.order_by("-position").values_list("position", flat=True).first()
        position = 0 if last is None else last + 1
        return c.add(
            Question(
                incident=incident,
                text_ar=text_ar.strip(),
                text_en=text_en.strip(),
                position=position,
                created_by=actor,
            )
        )


def edit_question(
    *, actor: User, question_id: Any, version: int, text_ar: str = "", text_en: str = ""
) -> Question:
    """Word a question better. Raises NotAllowed, Invalid, Conflict("stale")."""
    with change(actor=actor, action="incident.question-edited") as c:
        question = c.lock(Question, question_id, version)
        ensure(may_write(actor))
        _asks(text_ar, text_en)
        question.text_ar, question.text_en = text_ar.strip(), text_en.strip()
        return c.save(question)


def remove_question(*, actor: User, question_id: Any, version: int) -> None:
    """Drop a question nobody answers. Raises NotAllowed, Invalid("question-answered"), Conflict("stale")."""
    with change(actor=actor, action="incident.question-removed") as c:
        question = c.lock(Question, question_id, version)
        ensure(may_write(actor))
        if question.claims.exists():
            raise Invalid("question-answered", field="question")
        c.subject = question.incident
        c.remove(question)


def order_questions(*, actor: User, incident_id: Any, question_ids: Sequence[Any]) -> Incident:
    """Put the incident's questions in this order; all of them, once each. Raises NotAllowed, Invalid, NotFound."""
    ensure(may_write(actor))
    with change(actor=actor, action="incident.questions-ordered") as c:
        incident = c.lock(Incident, incident_id)
        c.subject = incident
        rows = {str(question.pk): question for question in incident.questions.all()}
        if sorted(rows) != sorted(str(pk) for pk in question_ids):
            raise Invalid("not-all-questions", field="questions")
        for position, pk in enumerate(question_ids):
            question = c.remember(rows[str(pk)])
            if question.position != position:
                question.position = position
                c.save(question)
        return incident


def _checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - EDITABLE
    if unknown:
        raise Invalid("unknown-field", field=min(unknown))
    for name in ("summary_ar", "summary_en"):
        if len(fields.get(name) or "") > 5000:
            raise Invalid("too-long", field=name, limit=5000)
    return dict(fields)


def _sound(incident: Incident) -> None:
    if not (incident.title_ar.strip() or incident.title_en.strip()):
        raise Invalid("title-missing", field="title_ar")
    if incident.earliest_at and incident.latest_at and incident.earliest_at > incident.latest_at:
        raise Invalid("from-after-to", field="latest_at")
    incident.text_folded = fold(
        "\n".join(
            [incident.title_ar, incident.title_en, incident.summary_ar, incident.summary_en, incident.place]
        )
    )


def _asks(text_ar: str, text_en: str) -> None:
    if not (text_ar.strip() or text_en.strip()):
        raise Invalid("empty", field="text_ar")


def _slug(incident: Incident) -> str:
    words = slugify(incident.title_en)[:60].strip("-")
    if words and not Incident.objects.filter(slug=words).exists():
        return words
    return f"{words or 'incident'}-{secrets.token_hex(3)}"
