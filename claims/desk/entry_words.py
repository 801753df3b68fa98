"""The words of the history: what each action is called, what each field is called, how its values read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from claims.desk.claim_parts import link_to
from claims.desk.finding_words import finding_words
from claims.desk.row_pairs import paired, spread
from claims.desk.row_words import FIELDS, SILENT_FIELDS, SILENT_TABLES, TABLES
from claims.models import Document, Evidence, Incident, Question, Source, User
from claims.models.unit import unit_word
from claims.templatetags import days

ACTIONS: dict[str, Promise] = {
    "checkpoint.made": gettext_lazy("signed the history"),
    "dossier.exported": gettext_lazy("exported a dossier"),
    "claim.logged": gettext_lazy("logged the claim"),
    "claim.edited": gettext_lazy("edited the claim"),
    "claim.assigned": gettext_lazy("assigned the claim"),
    "claim.state-set": gettext_lazy("set the state of the work"),
    "claim.commented": gettext_lazy("commented"),
    "claim.comment-struck": gettext_lazy("struck out a comment"),
    "claim.chain-added": gettext_lazy("added a chain"),
    "claim.chain-changed": gettext_lazy("changed a chain"),
    "document.added": gettext_lazy("added a document"),
    "document.edited": gettext_lazy("edited a document"),
    "document.read": gettext_lazy("read a document"),
    "proposal.accepted": gettext_lazy("accepted a proposed claim"),
    "proposal.edited": gettext_lazy("edited a proposed claim"),
    "proposal.marked": gettext_lazy("marked a claim by hand"),
    "proposal.merged": gettext_lazy("merged proposed claims"),
    "proposal.rejected": gettext_lazy("rejected a proposed claim"),
    "proposal.restored": gettext_lazy("restored a proposed claim"),
    "proposal.split": gettext_lazy("split a proposed claim"),
    "evidence.attached": gettext_lazy("attached evidence"),
    "evidence.dated": gettext_lazy("noted when evidence was made"),
    "evidence.edited": gettext_lazy("edited evidence"),
    "evidence.captured": gettext_lazy("captured evidence"),
    "evidence.not-captured": gettext_lazy("could not capture evidence"),
    "evidence.examined": gettext_lazy("examined evidence"),
    "evidence.finding-marked": gettext_lazy("judged a finding"),
    "evidence.located": gettext_lazy("noted where evidence was made"),
    "evidence.observed": gettext_lazy("looked at a cited link again"),
    "evidence.original-opened": gettext_lazy("opened an original"),
    "evidence.recapture-asked": gettext_lazy("asked for a new capture"),
    "evidence.redacted": gettext_lazy("hid parts of a picture"),
    "evidence.released": gettext_lazy("took evidence out of quarantine"),
    "evidence.step-logged": gettext_lazy("noted what came of a capture"),
    "evidence.restored": gettext_lazy("restored evidence"),
    "evidence.retired": gettext_lazy("set evidence aside"),
    "incident.opened": gettext_lazy("opened an incident"),
    "incident.edited": gettext_lazy("edited an incident"),
    "incident.question-asked": gettext_lazy("asked a question"),
    "incident.question-edited": gettext_lazy("reworded a question"),
    "incident.question-removed": gettext_lazy("removed a question"),
    "incident.questions-ordered": gettext_lazy("reordered the questions"),
    "source.added": gettext_lazy("added a source"),
    "source.edited": gettext_lazy("edited a source"),
    "source.retired": gettext_lazy("retired a source"),
    "source.alias-added": gettext_lazy("added a name of a source"),
    "source.alias-removed": gettext_lazy("removed a name of a source"),
    "source.account-added": gettext_lazy("added an account of a source"),
    "source.account-removed": gettext_lazy("removed an account of a source"),
    "verdict.drafted": gettext_lazy("drafted a verdict"),
    "verdict.submitted": gettext_lazy("submitted a verdict for review"),
    "verdict.taken-back": gettext_lazy("took a submission back"),
    "verdict.returned": gettext_lazy("returned a verdict"),
    "verdict.approved": gettext_lazy("approved a verdict"),
    "verdict.published": gettext_lazy("published a verdict"),
    "verdict.correction-started": gettext_lazy("started a correction"),
    "verdict.draft-discarded": gettext_lazy("discarded a draft"),
    "job.retried": gettext_lazy("started background work again"),
    "person.added": gettext_lazy("added a person"),
    "person.role-changed": gettext_lazy("changed a role"),
    "person.opened": gettext_lazy("reopened an account"),
    "person.closed": gettext_lazy("closed an account"),
    "person.password-set": gettext_lazy("set a password"),
    "person.password-changed": gettext_lazy("changed their own password"),
    "person.factor-added": gettext_lazy("set up a second factor"),
    "person.factor-removed": gettext_lazy("removed a second factor"),
    "person.codes-renewed": gettext_lazy("made new recovery codes"),
    "token.created": gettext_lazy("made an API key"),
    "token.revoked": gettext_lazy("ended an API key"),
}

_NAMED: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "incident_id": (Incident, ("title_ar", "title_en")),
    "question_id": (Question, ("text_ar", "text_en")),
    "source_id": (Source, ("name_ar", "name_en")),
    "parent_id": (Source, ("name_ar", "name_en")),
    "publisher_id": (Source, ("name_ar", "name_en")),
    "assignee_id": (User, ("username", "display_name", "role")),
    "submitted_by_id": (User, ("username", "display_name", "role")),
    "evidence_id": (Evidence, ("title_ar", "title_en", "url")),
    "document_id": (Document, ("title",)),
}

# What tells a reader most of a part that is kept as data, best first.
_TELLING = ("surface", "name", "raw", "earliest_on")


@dataclass(frozen=True)
class Edit:
    """One field of one row that an action changed. `old` is empty for a row that is new."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class RowChange:
    """One row an action touched: made, changed or removed."""

    table: str
    how: str
    edits: list[Edit]


def action_words(action: str) -> str:
    """What the actor did, as the rest of a sentence that begins with the actor."""
    return str(ACTIONS.get(action, action))


def action_choices() -> list[tuple[str, str]]:
    """Every action there are words for."""
    return [(key, str(text)) for key, text in ACTIONS.items()]


def names_in(bodies: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Names for the ids that these entries mention: one query for each kind of row, however many entries."""
    wanted: dict[type[models.Model], set[str]] = {}
    for changed in (change for body in bodies for change in body.get("changes", [])):
        for field, value in _mentioned(changed):
            wanted.setdefault(_NAMED[field][0], set()).add(value)
    found: dict[str, str] = {}
    for model, ids in wanted.items():
        columns = next(names for kind, names in _NAMED.values() if kind is model)
        for row in model._default_manager.filter(pk__in=ids).only(*columns):
            found[str(row.pk)] = str(
                getattr(row, "name", "") or getattr(row, "title", "") or getattr(row, "text", "")
            )
    return found


def _mentioned(changed: dict[str, Any]) -> list[tuple[str, str]]:
    pairs = [(field, value) for field, values in changed.get("changed", {}).items() for value in values]
    pairs += [*changed.get("is", {}).items(), *changed.get("was", {}).items()]
    edits = [value for field, value in pairs if field == "edits" and isinstance(value, dict)]
    pairs += [("question_id", each.get("question")) for each in edits]
    return [(field, str(value)) for field, value in pairs if field in _NAMED and value]


def changes_of(body: dict[str, Any], names: dict[str, str]) -> list[RowChange]:
    """What an entry's action did to each row, in the words of the page."""
    changes = paired(body.get("changes", []))
    return [row for change in changes if (row := _row_change(change, names)) is not None]


def _row_change(change: dict[str, Any], names: dict[str, str]) -> RowChange | None:
    kind = str(change.get("type", ""))
    if kind in SILENT_TABLES:
        return None
    if "changed" in change:
        how, pairs = "changed", [(f, old, new) for f, (old, new) in change["changed"].items()]
    elif "was" in change:
        how, pairs = "removed", [(f, old, "") for f, old in change["was"].items()]
    else:
        how, pairs = "made", [(f, "", new) for f, new in change.get("is", {}).items()]
    pairs = [pair for field, old, new in pairs for pair in spread(field, old, new)]
    edits = [
        Edit(field_words(field), value_words(kind, field, old, names), value_words(kind, field, new, names))
        for field, old, new in pairs
        if field not in SILENT_FIELDS
    ]
    edits = [edit for edit in edits if edit.old or edit.new]
    return RowChange(str(TABLES.get(kind, kind)), how, edits) if edits or how != "changed" else None


def field_words(field: str) -> str:
    """What a column is called on the page."""
    return str(FIELDS.get(field, field.removesuffix("_id").replace("_", " ")))


def value_words(kind: str, field: str, value: Any, names: dict[str, str]) -> str:
    """A stored value as a person reads it: names for ids, words for choices, the newsroom's clock for times."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict | list):
        return _parts(kind, value, names)
    text = str(value)
    if field in _NAMED:
        return names.get(text, text[:8])
    if field.endswith("_at") and (at := parse_datetime(text)):
        return clock_words(at)
    if field.endswith("_on") and (on := parse_date(text)):
        return days.moment(on, "day")
    return unit_word(text) if field == "unit" else _choice(kind, field, text)


def _parts(kind: str, value: dict[str, Any] | list[Any], names: dict[str, str]) -> str:
    """What a person can read of a stored structure: findings in words, who and how many as written, values by name."""
    if isinstance(value, list):
        told = [one for part in value if isinstance(part, dict) for one in [_part(part)] if one]
        return pgettext("list separator", ", ").join(told)
    if told_by := _part(value):
        return told_by
    plain = [
        (name, one) for name, one in value.items() if name in FIELDS and not isinstance(one, dict | list)
    ]
    read = [(field_words(name), value_words(kind, name, one, names)) for name, one in plain]
    return " · ".join(f"{label}: {words}" for label, words in read if words)


def _part(part: dict[str, Any]) -> str:
    if "code" in part:
        return finding_words(part)
    return next((str(part[key]) for key in _TELLING if part.get(key)), "")


def clock_words(at: datetime) -> str:
    """A time on the newsroom's clock."""
    return days.moment(at, "full")


def _choice(kind: str, field: str, text: str) -> str:
    """The word for a choice. A proposal holds what its claim and hops will hold, under the same names."""
    for name in (kind, "claim", "attribution") if kind == "proposal" else (kind,):
        try:
            column = apps.get_model("claims", name)._meta.get_field(field)
        except (LookupError, FieldDoesNotExist):
            continue
        offered: Sequence[Any] = getattr(column, "flatchoices", None) or ()
        return str(dict(offered).get(text, text))
    return text


@dataclass(frozen=True)
class Subject:
    """What an entry is about, where it is not a claim: its name and its page."""

    name: str
    url: str


_PAGES: dict[str, tuple[type[models.Model], str, str]] = {
    "incident": (Incident, "desk:incident-detail", "slug"),
    "source": (Source, "desk:source-detail", "slug"),
    "document": (Document, "desk:document-detail", "pk"),
    "user": (User, "", "pk"),
}


def subjects_of(subjects: Iterable[tuple[str, str]]) -> dict[str, Subject]:
    """Name and page of each subject by its id: one query for each kind of row, however many subjects."""
    wanted: dict[str, set[str]] = {}
    for kind, pk in subjects:
        if kind in _PAGES:
            wanted.setdefault(kind, set()).add(pk)
    found: dict[str, Subject] = {}
    for kind, ids in wanted.items():
        model, page, key = _PAGES[kind]
        rows = model._default_manager.filter(pk__in=ids)
        for row in rows.defer("body") if model is Document else rows:
            url = link_to(page, getattr(row, key)) if page else ""
            found[str(row.pk)] = Subject(str(getattr(row, "name", "") or getattr(row, "title", "")), url)
    return found
