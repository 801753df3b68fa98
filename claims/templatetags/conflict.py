"""What a stale save meant to write beside what stands now. `{% load conflict %}`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import template
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

register = template.Library()


@dataclass(frozen=True)
class Row:
    """One field of a refused save: what the person typed, and what is stored."""

    name: str
    label: str
    mine: str
    theirs: str

    @property
    def differs(self) -> bool:
        return self.mine.strip() != self.theirs.strip()


@register.simple_tag
def conflict_rows(current: object, typed: Mapping[str, Sequence[str]]) -> list[Row]:
    """The typed fields that the stored row has too, under the names people know, where the two differ."""
    if not isinstance(current, Model):
        return []
    rows = [_row(current, name, values) for name, values in typed.items()]
    return [row for row in rows if row and row.differs]


def _row(current: Model, name: str, values: Sequence[str]) -> Row | None:
    try:
        field = current._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    stored = getattr(current, name, "")
    label = str(getattr(field, "verbose_name", name))
    return Row(name, label, "\n".join(values), "" if stored is None else str(stored))
