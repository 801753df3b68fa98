"""What people ask the list of claims for, and the giving of several claims at once."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.forms.claim import LANGUAGES, OFFERED
from claims.forms.fields import Day, Picker, Text, choices_with
from claims.models import Incident, Question, Source, User, Value, VerdictState, WorkState

SORTS = {
    "-updated": _("Last touched first"),
    "updated": _("Longest untouched first"),
    "-created": _("Newest first"),
    "created": _("Oldest first"),
    "-event": _("Latest event first"),
    "event": _("Earliest event first"),
}
SHORT = ["text", "state", "value", "assignee", "sort"]


@dataclass(frozen=True)
class ClaimFilter:
    """Which claims a list shows. Empty strings and None leave that question open; `evidence` is yes, no or open."""

    text: str = ""
    state: str = ""
    value: str = ""
    verdict_state: str = ""
    source: UUID | None = None
    incident: UUID | None = None
    question: UUID | None = None
    assignee: str = ""
    since: date | None = None
    until: date | None = None
    lang: str = ""
    evidence: str = ""
    sort: str = "-updated"


class ClaimFilterForm(forms.Form):
    """The filters of the claims list, as its address carries them."""

    text = Text(
        label=_("Words"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=choices_with(_("any"), WorkState.choices)
    )
    value = forms.ChoiceField(
        label=_("Verdict"), required=False, choices=choices_with(_("any"), Value.choices)
    )
    verdict_state = forms.ChoiceField(
        label=_("State of the verdict"), required=False, choices=choices_with(_("any"), VerdictState.choices)
    )
    source = forms.UUIDField(label=_("Source"), required=False)
    incident = forms.UUIDField(label=_("Incident"), required=False)
    question = forms.UUIDField(label=_("Question"), required=False)
    assignee = forms.CharField(label=_("Assigned to"), required=False, max_length=40)
    since = Day(label=_("Event from"), required=False)
    until = Day(label=_("Event until"), required=False)
    lang = forms.ChoiceField(label=_("Language"), required=False, choices=choices_with(_("any"), LANGUAGES))
    evidence = forms.ChoiceField(
        label=_("Evidence"),
        required=False,
        choices=choices_with(_("any"), [("yes", _("with evidence")), ("no", _("without evidence"))]),
    )
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=list(SORTS.items()))

    def offer(self, *, only_used: bool = False) -> None:
        """Fill the pickers with what there is to pick; with `only_used`, those whose words the results show.

        Questions belong to an incident: they are offered as soon as one is chosen.
        """
        pickers = {
            "source": self._sources,
            "incident": self._incidents,
            "question": self._questions,
            "assignee": self._people,
        }
        for name, offered in pickers.items():
            needed = name == "assignee" or (name == "question" and self.data.get("incident"))
            if needed or not only_used or self.data.get(name):
                self._pick(name, offered())

    def _sources(self) -> list[tuple[str, str]]:
        sources = Source.objects.active().named().only("id", "name_ar", "name_en")[:OFFERED]
        return [(str(row.pk), row.name) for row in sources]

    def _incidents(self) -> list[tuple[str, str]]:
        incidents = Incident.objects.only("id", "title_ar", "title_en").order_by("-created_at")[:OFFERED]
        return [(str(row.pk), row.title) for row in incidents]

    def _people(self) -> list[tuple[str, Any]]:
        people = User.objects.filter(is_active=True, role__in=["editor", "reviewer"]).order_by("username")
        named = [(str(row.pk), row.name) for row in people[:OFFERED]]
        return [("me", _("me")), ("nobody", _("nobody")), *named]

    def _questions(self) -> list[tuple[str, str]]:
        wanted = Q()
        for column, name in (("incident_id", "incident"), ("pk", "question")):
            with suppress(ValueError):
                wanted |= Q(**{column: UUID(str(self.data.get(name) or ""))})
        asked = Question.objects.filter(wanted) if wanted else Question.objects.none()
        return [(str(row.pk), row.text) for row in asked[:OFFERED]]

    def _pick(self, name: str, offered: Sequence[tuple[str, Any]]) -> None:
        given = str(self.data.get(name) or "")
        if given and given not in dict(offered):
            offered = [*offered, (given, given[:8])]
        self.fields[name].widget = Picker(choices=[("", _("any")), *offered])

    def clean_assignee(self) -> str:
        given = str(self.cleaned_data["assignee"])
        if given in {"", "me", "nobody"}:
            return given
        try:
            return str(UUID(given))
        except ValueError:
            raise forms.ValidationError(_("There is no such person.")) from None

    @property
    def short(self) -> list[Any]:
        """The filters always in sight."""
        return [self[name] for name in SHORT]

    @property
    def long(self) -> list[Any]:
        """The filters that fold away."""
        return [self[name] for name in self.fields if name not in SHORT]

    @property
    def long_used(self) -> bool:
        """Whether one of those is in use."""
        return any(self.data.get(field.name) for field in self.long)

    def wanted(self) -> ClaimFilter:
        """The filter of a valid form."""
        given = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return ClaimFilter(**given)


class BulkAssignForm(forms.Form):
    """One colleague for several claims of a list; each box carries the claim's id and version, `id:version`."""

    claim = forms.MultipleChoiceField(required=False, choices=[])
    to = forms.CharField(label=_("Assign to"), required=False, max_length=40)

    def chosen(self) -> list[tuple[UUID, int]]:
        """Ids and versions of the ticked claims. Raises ValueError for what no page of ours sent."""
        boxes = self.data.getlist("claim")[:200]  # type: ignore[attr-defined]
        pairs = [box.partition(":") for box in boxes]
        return [(UUID(pk), int(version)) for pk, _colon, version in pairs]
