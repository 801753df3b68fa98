"""What people type about where and when a piece of evidence was made, and about its findings."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.actions.judgement import GIVEN
from claims.forms.claim import day_and_clock, zone_of
from claims.forms.fields import Clock, Day, Number, Text, Version, choices_with, moment
from claims.models import Chronolocation, Claim, Confidence, Geolocation, Mark, Precision
from claims.rules.judged import coordinates
from claims.text.coordinates import point_of
from claims.text.places import lookup


class JudgementForm(forms.Form):
    """Confidence and the way to an answer, in at least one language."""

    version = Version()
    confidence = forms.ChoiceField(
        label=_("Confidence"), choices=choices_with("—", Confidence.choices), widget=forms.Select
    )
    reasoning_ar = Text(label=_("Reasoning in Arabic"), required=False, max_length=5000, rows=4)
    reasoning_en = Text(label=_("Reasoning in English"), required=False, max_length=5000, rows=4)
    compared = Text(
        label=_("What it was compared with"),
        help_text=_("Satellite pictures, street views, other films, shadows, weather: with their addresses."),
        required=False,
        max_length=2000,
        rows=3,
    )
    may_publish = forms.BooleanField(
        label=_("Readers may see this answer with the published verdict"),
        help_text=_("Leave it off where it could lead somebody to a person who should not be found."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not ((data.get("reasoning_ar") or "").strip() or (data.get("reasoning_en") or "").strip()):
            self.add_error("reasoning_ar", _("Say how you know, in at least one language."))
        return data

    @property
    def is_known(self) -> bool:
        """Whether the person answered, and did not say that it cannot be told."""
        return self.cleaned_data.get("confidence") != Confidence.NONE

    def refuse_both(self, *names: str) -> None:
        """Who gives an answer and says that it cannot be told means one of them: neither is dropped in silence."""
        if not self.is_known and any(self.cleaned_data.get(name) for name in names):
            self.add_error(
                "confidence",
                _("You give an answer, and say that it cannot be told: empty it, or say how sure you are."),
            )

    def reasoned(self) -> dict[str, Any]:
        """The part that both kinds of answer share."""
        return {name: self.cleaned_data[name] for name in GIVEN}


class LocateForm(JudgementForm):
    """A place by its name, by coordinates, or both."""

    place = Text(label=_("Place"), required=False, max_length=200)
    point = Text(
        label=_("Coordinates"),
        help_text=_("Latitude first: 35.33450, 40.15120, or 35°20'04\"N 40°09'04\"E."),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    precision_m = Number(
        label=_("How far off it may be, in metres"), required=False, min_value=0, max_value=20_000_000
    )
    field_order = ("version", "place", "point", "precision_m", *GIVEN)

    @classmethod
    def of(cls, version: int, now: Geolocation | None) -> "LocateForm":
        """Filled with the answer that counts."""
        return cls(initial={"version": version, **(_where(now) if now else {})})

    def clean_point(self) -> tuple[float, float] | None:
        written: str = self.cleaned_data["point"]
        if not written:
            return None
        found = point_of(written)
        if found is None:
            raise forms.ValidationError(
                _("These are no coordinates: latitude from -90 to 90, longitude from -180 to 180.")
            )
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.refuse_both("place", "point", "precision_m")
        place, point = data.get("place"), data.get("point")
        if self.is_known and not (place or point or "point" in self.errors):
            self.add_error("place", _("Name the place, give its coordinates, or say that it cannot be told."))
        known = lookup(place) if place and not point else ()
        if self.is_known and len(known) > 1:
            told = "; ".join(coordinates(one.lat, one.lon) for one in known)
            asked = _("More than one place is called so. Give the coordinates: %(points)s.") % {
                "points": told
            }
            self.add_error("place", asked)
        return data

    def located(self) -> dict[str, Any]:
        """What actions.judgement.locate_evidence takes as `fields`."""
        data, point = self.cleaned_data, self.cleaned_data["point"] or (None, None)
        metres = data["precision_m"]
        return {
            **self.reasoned(),
            "place": data["place"],
            "latitude": point[0],
            "longitude": point[1],
            "precision_m": round(metres) if metres is not None else None,
        }


def _where(now: Geolocation) -> dict[str, Any]:
    return {
        **{name: getattr(now, name) for name in GIVEN},
        "place": now.place,
        "point": coordinates(now.latitude, now.longitude),
        "precision_m": now.precision_m,
    }


class DateForm(JudgementForm):
    """An instant, or a span of time, on the clock of the claim."""

    from_on = Day(label=_("Earliest day"), required=False)
    from_clock = Clock(label=_("Earliest time"), required=False)
    to_on = Day(label=_("Latest day"), required=False)
    to_clock = Clock(label=_("Latest time"), required=False)
    precision = forms.ChoiceField(
        label=_("How exactly this is known"), required=False, choices=choices_with("—", Precision.choices)
    )
    field_order = ("version", "from_on", "from_clock", "to_on", "to_clock", "precision", *GIVEN)

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        self.zone = zone_of(claim)
        super().__init__(*args, **kwargs)
        self.fields["from_clock"].help_text = _("On the clock of %(zone)s.") % {"zone": self.zone}

    @classmethod
    def of(cls, version: int, claim: Claim, now: Chronolocation | None) -> "DateForm":
        """Filled with the answer that counts."""
        form = cls(claim=claim)
        form.initial = {"version": version, **(form._when(now) if now else {})}
        return form

    def _when(self, now: Chronolocation) -> dict[str, Any]:
        from_on, from_clock = day_and_clock(now.earliest_at, self.zone, end=False)
        to_on, to_clock = day_and_clock(now.latest_at, self.zone, end=True)
        return {
            **{name: getattr(now, name) for name in (*GIVEN, "precision")},
            **{"from_on": from_on, "from_clock": from_clock, "to_on": to_on, "to_clock": to_clock},
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if (data.get("from_clock") and not data.get("from_on")) or (
            data.get("to_clock") and not data.get("to_on")
        ):
            raise forms.ValidationError(_("A time of day needs its day."))
        self.refuse_both("from_on", "to_on")
        first, last = self._span()
        if self.is_known and first is None and not {"from_on", "to_on"} & set(self.errors):
            self.add_error("from_on", _("Give a day, or say that it cannot be told."))
        if first and last and first > last:
            self.add_error("to_on", _("The beginning lies after the end."))
        return data

    def _span(self) -> tuple[datetime | None, datetime | None]:
        """One day or time alone stands for both ends."""
        data = self.cleaned_data
        from_on, to_on = data.get("from_on"), data.get("to_on")
        from_clock, to_clock = data.get("from_clock"), data.get("to_clock")
        if from_on is None:
            from_on, from_clock = to_on, to_clock
        if to_on is None:
            to_on, to_clock = from_on, to_clock or from_clock
        return moment(from_on, from_clock, self.zone), moment(to_on, to_clock, self.zone, end=True)

    def dated(self) -> dict[str, Any]:
        """What actions.judgement.date_evidence takes as `fields`."""
        data = self.cleaned_data
        first, last = self._span()
        exact = Precision.MINUTE if data["from_clock"] or data["to_clock"] else Precision.DAY
        return {
            **self.reasoned(),
            "earliest_at": first,
            "latest_at": last,
            "precision": data["precision"] or exact,
            "zone": str(self.zone),
        }


class MarkForm(forms.Form):
    """What somebody makes of one finding. `finding` is its key: the page opens the form that was refused."""

    version = Version()
    mark = forms.ChoiceField(label=_("What it means"), choices=Mark.choices)
    reason = Text(label=_("Why"), max_length=500)
    finding = ""
