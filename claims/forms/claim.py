"""What people type about a claim: filters of the list, the claim itself, its quantities, its work, the discussion."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from claims.actions.claim import Count
from claims.forms.fields import (
    Clock,
    Day,
    Number,
    Picker,
    Text,
    Unit,
    Version,
    choices_with,
    moment,
    newsroom_zone,
)
from claims.models import (
    Claim,
    Comparator,
    Incident,
    Precision,
    Quantity,
    Question,
    User,
    WorkState,
)

LANGUAGES = [("ar", "العربية"), ("en", "English"), ("other", _("Other"))]
OFFERED = 150


class ClaimForm(forms.Form):
    """What a claim says, where and when. `fields_of()` gives what actions.claim takes."""

    version = Version(required=False)
    wording = Text(label=_("Wording, as it was said"), max_length=20_000, rows=3)
    lang = forms.ChoiceField(label=_("Language of the wording"), choices=LANGUAGES)
    statement_ar = Text(label=_("Statement in Arabic"), required=False, max_length=2000, rows=2)
    statement_en = Text(label=_("Statement in English"), required=False, max_length=2000, rows=2)
    incident_id = forms.UUIDField(label=_("Incident"), required=False)
    question_id = forms.UUIDField(label=_("Question it answers"), required=False)
    answer_ar = Text(label=_("Short answer in Arabic"), required=False, max_length=200)
    answer_en = Text(label=_("Short answer in English"), required=False, max_length=200)
    from_on = Day(label=_("Event: from day"), required=False)
    from_clock = Clock(label=_("time"), required=False)
    to_on = Day(label=_("until day"), required=False)
    to_clock = Clock(label=_("time"), required=False)
    event_precision = forms.ChoiceField(
        label=_("How exactly this is known"), required=False, choices=choices_with("—", Precision.choices)
    )
    event_raw = Text(label=_("Time, as it was said"), required=False, max_length=200)
    place = Text(label=_("Place"), required=False, max_length=200)

    def __init__(self, *args: Any, claim: Claim | None = None, **kwargs: Any) -> None:
        self.claim = claim
        if claim is not None:
            kwargs.setdefault("initial", initial_of(claim))
        super().__init__(*args, **kwargs)
        if claim is not None and claim.document_id:
            # The wording is a passage of its document (rule 6): shown, never typed.
            self.fields["wording"].disabled = True
        self._offer()

    def _offer(self) -> None:
        incidents = Incident.objects.only("id", "title_ar", "title_en").order_by("-created_at")[:OFFERED]
        offered = [(str(row.pk), row.title) for row in incidents]
        chosen = self.claim.incident if self.claim else None
        if chosen and str(chosen.pk) not in dict(offered):
            offered.append((str(chosen.pk), chosen.title))
        self.fields["incident_id"].widget = Picker(choices=[("", "—"), *offered])
        asked = Question.objects.select_related("incident").order_by("-incident__created_at", "position")
        by_incident: dict[str, list[tuple[str, str]]] = {}
        for row in asked[:OFFERED]:
            by_incident.setdefault(row.incident.title, []).append((str(row.pk), row.text))
        self.fields["question_id"].widget = forms.Select(choices=[("", "—"), *by_incident.items()])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if (data.get("from_clock") and not data.get("from_on")) or (
            data.get("to_clock") and not data.get("to_on")
        ):
            raise forms.ValidationError(_("A time of day needs its day."))
        early, late = self._times()
        if early and late and early > late:
            self.add_error("to_on", _("The beginning lies after the end."))
        return data

    def _times(self) -> tuple[datetime | None, datetime | None]:
        data, zone = self.cleaned_data, zone_of(self.claim)
        first, last = data.get("from_on"), data.get("to_on")
        early = moment(first or last, data.get("from_clock") if first else None, zone)
        late = moment(last or first, data.get("to_clock") or data.get("from_clock"), zone, end=True)
        if last:
            late = moment(last, data.get("to_clock"), zone, end=True)
        return early, late

    def fields_of(self) -> dict[str, Any]:
        """The fields for actions.claim.log_claim or edit_claim."""
        data = self.cleaned_data
        plain = ["wording", "lang", "statement_ar", "statement_en", "incident_id", "question_id"]
        plain += ["answer_ar", "answer_en", "event_precision", "event_raw", "place"]
        fields = {name: data[name] for name in plain}
        if self.claim is not None and self.claim.document_id:
            del fields["wording"]
        if self.claim is None or self._times_changed():
            fields["event_earliest_at"], fields["event_latest_at"] = self._times()
            fields["event_zone"] = (
                str(zone_of(self.claim)) if fields["event_earliest_at"] or fields["event_latest_at"] else ""
            )
        return fields

    def _times_changed(self) -> bool:
        """Whether a time was typed: what the engine read to the second is not rounded by an edit elsewhere."""
        return bool({"from_on", "from_clock", "to_on", "to_clock"} & set(self.changed_data))


def zone_of(claim: Claim | None) -> ZoneInfo:
    """The zone a claim's times are typed and shown in."""
    if claim is not None and claim.event_zone:
        try:
            return ZoneInfo(claim.event_zone)
        except (KeyError, ValueError):
            pass
    return newsroom_zone()


def initial_of(claim: Claim) -> dict[str, Any]:
    """A claim as the form shows it."""
    names = ["version", "wording", "lang", "statement_ar", "statement_en", "answer_ar", "answer_en"]
    names += ["event_precision", "event_raw", "place"]
    zone = zone_of(claim)
    from_on, from_clock = day_and_clock(claim.event_earliest_at, zone, end=False)
    to_on, to_clock = day_and_clock(claim.event_latest_at, zone, end=True)
    return {
        **{name: getattr(claim, name) for name in names},
        "incident_id": str(claim.incident_id or ""),
        "question_id": str(claim.question_id or ""),
        "from_on": from_on,
        "from_clock": from_clock,
        "to_on": to_on,
        "to_clock": to_clock,
    }


def day_and_clock(at: datetime | None, zone: ZoneInfo, *, end: bool) -> tuple[date | None, Any]:
    """Day and time of day; the first minute of a day, or as an end its last or the midnight after, is the whole day."""
    if at is None:
        return None, None
    local = at.astimezone(zone)
    if end and (local.hour, local.minute, local.second) == (0, 0, 0):
        local = (local.astimezone(UTC) - timedelta(seconds=1)).astimezone(zone)
    whole = (local.hour, local.minute) == ((23, 59) if end else (0, 0))
    return local.date(), None if whole else local.time().replace(second=0, microsecond=0)


class QuantityForm(forms.Form):
    """One number of a claim, with its bound and the words it stood in."""

    raw = Text(label=_("As it was said"), required=False, max_length=200)
    comparator = forms.ChoiceField(label=_("Kind"), required=False, choices=Comparator.choices)
    low = Number(label=_("from"), required=False)
    high = Number(label=_("to"), required=False)
    unit = Unit(label=_("of what"), required=False, max_length=60)
    scope = Text(label=_("covering"), required=False, max_length=200, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        low, high, kind = data.get("low"), data.get("high"), data.get("comparator")
        if low is not None and high is not None and low > high:
            self.add_error("high", _("The lower bound lies above the upper one."))
        if (
            self.is_given()
            and low is None
            and high is None
            and kind != Comparator.SEVERAL
            and not self.errors
        ):
            self.add_error("low", _("Please give a number."))
        return data

    def is_given(self) -> bool:
        """Whether the row says anything."""
        data = self.cleaned_data
        return bool(
            data.get("raw") or data.get("unit") or data.get("low") is not None or data.get("high") is not None
        )

    def count(self) -> Count:
        """The quantity for actions.claim. *Exactly* closes the interval, *at least* and *at most* open one side."""
        data = self.cleaned_data
        low, high = _bounds(data["comparator"] or Comparator.EQUAL, data["low"], data["high"])
        raw = data["raw"] or " ".join(
            str(part) for part in (low if low is not None else high, data["unit"]) if part
        )
        return Count(
            data["comparator"] or Comparator.EQUAL, low, high, data["unit"], raw[:200], data["scope"]
        )


def _bounds(kind: str, low: Any, high: Any) -> tuple[Any, Any]:
    either = low if low is not None else high
    if kind in {Comparator.EQUAL, Comparator.ABOUT}:
        return either, high if high is not None else either
    if kind == Comparator.AT_LEAST:
        return either, None
    if kind == Comparator.AT_MOST:
        return None, high if high is not None else low
    return low, high


QuantityFormSet: "type[BaseFormSet[QuantityForm]]" = formset_factory(
    QuantityForm, extra=2, max_num=20, absolute_max=40, validate_max=True, can_delete=True
)


def quantities_initial(rows: Sequence[Quantity]) -> list[dict[str, Any]]:
    """Quantities as their form rows show them."""
    names = ["raw", "comparator", "unit", "scope"]
    return [
        {**{name: getattr(row, name) for name in names}, "low": _short(row.low), "high": _short(row.high)}
        for row in rows
    ]


def _short(value: Any) -> str:
    return "" if value is None else format(value.normalize(), "f")


def counts_of(rows: "BaseFormSet[QuantityForm]") -> list[Count]:
    """The quantities of a valid set of rows, without empty and removed ones."""
    return [row.count() for row in rows if row.is_given() and not row.cleaned_data.get("DELETE")]


class AssignForm(forms.Form):
    """Who works on it."""

    version = Version()
    assignee = forms.ModelChoiceField(
        User.objects.filter(is_active=True, role__in=["editor", "reviewer"]).order_by("username"),
        label=_("Assigned to"),
        required=False,
        empty_label=_("nobody"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["assignee"]
        field.label_from_instance = lambda person: person.name  # type: ignore[attr-defined]


class StateForm(forms.Form):
    """Where the work stands, as far as a person sets it."""

    version = Version()
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            (state.value, state.label)
            for state in (WorkState.NEW, WorkState.OPEN, WorkState.ON_HOLD, WorkState.REJECTED)
        ],
    )
    reason = Text(label=_("Reason"), required=False, max_length=500)


class CommentForm(forms.Form):
    """Something said about a claim, or about one piece of its evidence."""

    body = Text(label=_("Comment"), max_length=5000, rows=2)
    evidence = forms.UUIDField(required=False, widget=forms.HiddenInput)
