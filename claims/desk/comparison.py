"""Both texts of a stale save, side by side, so that nothing typed is lost (DESIGN rule 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from claims.models import Claim, User
from claims.models.history import Entry
from claims.models.row import Row


@dataclass(frozen=True)
class Difference:
    """One field, as typed and as saved meanwhile."""

    label: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Comparison:
    """What parts/_conflict.html shows: who saved meanwhile, when, and every field that differs."""

    by: str
    at: Any
    rows: list[Difference]
    reload_url: str


def compare(typed: forms.Form, now: forms.Form, current: Row, reload_url: str) -> Comparison:
    """The comparison of a bound form with an unbound one filled from the row as it stands."""
    rows = [
        Difference(str(field.label), shown(typed[name]), shown(now[name]))
        for name, field in typed.fields.items()
        if name in now.fields and name != "version" and shown(typed[name]) != shown(now[name])
    ]
    by, at = last_touch(current)
    return Comparison(by, at, rows, reload_url)


def compare_rows(label: str, typed: Sequence[str], now: Sequence[str]) -> list[Difference]:
    """The same for a list of rows written as lines."""
    mine, theirs = "\n".join(typed), "\n".join(now)
    return [Difference(label, mine, theirs)] if mine != theirs else []


def shown(field: BoundField) -> str:
    """A field's value as a person reads it: the words of a choice, not its key."""
    value = field.value()
    choices = _flat(getattr(field.field.widget, "choices", ()) or ())
    values = value if isinstance(value, list | tuple) else [value]
    words = [str(choices.get(str(one), "" if one is None else one)) for one in values]
    return "\n".join(words).replace("\r\n", "\n").strip()


def _flat(choices: Any) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, label in choices:
        if isinstance(label, list | tuple):
            flat |= {str(inner): str(text) for inner, text in label}
        else:
            flat[str(key)] = "" if not key else str(label)
    return flat


def last_touch(row: Row) -> tuple[str, Any]:
    """Who changed a row last, and when, by the history."""
    entries = (
        Entry.objects.filter(claim_id=row.pk)
        if isinstance(row, Claim)
        else Entry.objects.filter(subject_id=str(row.pk))
    )
    last = entries.order_by("-seq").values_list("actor_id", "at").first()
    if last is None:
        return "", row.updated_at
    person = User.objects.filter(pk=last[0]).first()
    return (person.name if person else ""), last[1]
