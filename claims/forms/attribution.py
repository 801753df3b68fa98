"""What people type about who said it: the hops of one chain, each with a source known by any of its names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from claims.actions.attribution import LONGEST_CHAIN
from claims.forms.fields import Clock, Day, Text, choices_with, moment, newsroom_zone
from claims.forms.naming import named, search
from claims.models import Attribution, Source, SourceKind, Stance


@dataclass(frozen=True)
class TypedHop:
    """One hop as typed. `source` is None where a new one of `new_kind` is to be made from `name`."""

    source: Source | None
    name: str
    new_kind: str
    hop_id: UUID | None
    stance: str
    verb: str
    url: str
    said_at: datetime | None


class HopForm(forms.Form):
    """One hop. The source is typed by any of its names, in either script; a new name asks what kind it is."""

    hop = forms.UUIDField(required=False, widget=forms.HiddenInput)
    source_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = Text(label=_("Source"), required=False, max_length=200)
    new_kind = forms.ChoiceField(
        label=_("Not in the registry? Add it as"),
        required=False,
        choices=choices_with("—", SourceKind.choices),
    )
    stance = forms.ChoiceField(label=_("Stance"), required=False, choices=Stance.choices)
    verb = Text(label=_("Verb, as written"), required=False, max_length=80)
    said_on = Day(label=_("Said on"), required=False)
    said_clock = Clock(label=_("at"), required=False)
    url = forms.URLField(label=_("Link"), required=False, max_length=2000, assume_scheme="https")

    found: Source | None = None
    candidates: Sequence[Source] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs |= {"list": f"{self.prefix}-names", "autocomplete": "off"}

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("said_clock") and not data.get("said_on"):
            self.add_error("said_on", _("A time of day needs its day."))
        name = data.get("name", "")
        if not name:
            return data
        self.found = (
            None if data.get("new_kind") == SourceKind.UNNAMED else named(name, data.get("source_id"))
        )
        if self.found is None and not data.get("new_kind"):
            self.candidates = search(name, 6)
            self.add_error(
                "name", _("No source of the registry has this name. Choose one, or say what kind it is.")
            )
        return data

    def typed(self) -> TypedHop:
        """The hop of a valid row."""
        data = self.cleaned_data
        at = moment(data["said_on"], data["said_clock"], newsroom_zone())
        return TypedHop(
            source=self.found,
            name=data["name"],
            new_kind=data["new_kind"],
            hop_id=data["hop"],
            stance=data["stance"] or Stance.ASSERTS,
            verb=data["verb"],
            url=data["url"],
            said_at=at,
        )


HopFormSet: "type[BaseFormSet[HopForm]]" = formset_factory(
    HopForm,
    extra=2,
    max_num=LONGEST_CHAIN,
    absolute_max=LONGEST_CHAIN + 4,
    validate_max=True,
    can_delete=True,
)


def hops_of(rows: "BaseFormSet[HopForm]") -> list[TypedHop]:
    """The hops of a valid set of rows, outermost first, without empty and removed ones."""
    return [
        row.typed() for row in rows if row.cleaned_data.get("name") and not row.cleaned_data.get("DELETE")
    ]


def hop_initial(hop: Attribution) -> dict[str, Any]:
    """A hop as its row shows it."""
    local = hop.said_at.astimezone(newsroom_zone()) if hop.said_at else None
    return {
        "hop": hop.pk,
        "source_id": hop.source_id,
        "name": hop.source.name,
        "stance": hop.stance,
        "verb": hop.verb,
        "said_on": local.date() if local else None,
        "said_clock": local.time().replace(second=0, microsecond=0) if local else None,
        "url": hop.url,
    }
