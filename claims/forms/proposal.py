"""What an editor changes about a proposal before it becomes a claim."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from claims.actions.attribution import LONGEST_CHAIN
from claims.actions.terms import TEXTS, Teller, Terms
from claims.forms.document import place_of, recent_incidents
from claims.forms.fields import Day, Number, Text, Unit, Version
from claims.forms.naming import named
from claims.models import Comparator, Document, Incident, Precision, Proposal, Question, SourceKind, Stance
from claims.text.places import gazetteer, lookup


class ProposalForm(forms.Form):
    """All of a proposal but its chain and quantities."""

    version = Version()
    wording = Text(label=_("Wording, exactly as in the text"), rows=3, max_length=20_000)
    statement_ar = Text(label=_("Said in Arabic"), required=False, rows=2, max_length=2000)
    statement_en = Text(label=_("Said in English"), required=False, rows=2, max_length=2000)
    stance = forms.ChoiceField(label=_("Stance"), choices=Stance.choices)
    event_from = Day(label=_("It happened on"), required=False)
    event_to = Day(label=_("until"), required=False)
    event_precision = forms.ChoiceField(
        label=_("as exact as"), required=False, choices=[("", "—"), *Precision.choices]
    )
    event_raw = Text(label=_("in the words of the text"), required=False, max_length=200)
    place = Text(label=_("Place"), required=False, max_length=200)
    place_key = forms.ChoiceField(label=_("Which one?"), required=False)
    incident = forms.ModelChoiceField(label=_("Incident"), queryset=Incident.objects.all(), required=False)
    question = forms.ModelChoiceField(label=_("Question"), queryset=Question.objects.none(), required=False)
    answer_ar = Text(label=_("Short answer in Arabic"), required=False, max_length=200)
    answer_en = Text(label=_("Short answer in English"), required=False, max_length=200)

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        self._offer_places()
        name = str(self["place"].value() or "")
        choices = lookup(name) if name else ()
        if len(choices) > 1:
            self.fields["place_key"].choices = [  # type: ignore[attr-defined]
                ("", _("not decided")),
                *[(one.key, place_words(one.key)) for one in choices],
            ]
        else:
            del self.fields["place_key"]

    def _offer_places(self) -> None:
        """Recent incidents, and the questions of the one that the card names."""
        chosen = self["incident"].value()
        incident = (
            Incident.objects.filter(pk=getattr(chosen, "pk", chosen)).first() if _is_id(chosen) else None
        )
        self.fields["incident"].choices = recent_incidents(incident)  # type: ignore[attr-defined]
        self.fields["question"].queryset = Question.objects.all()  # type: ignore[attr-defined]
        questions = incident.questions.all() if incident else []
        self.fields["question"].choices = [  # type: ignore[attr-defined]
            ("", _("none yet")),
            *[(str(one.pk), one.text) for one in questions],
        ]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        self.span: tuple[int, int] | None = place_of(
            self.proposal.document.body, data.get("wording", ""), self.proposal.start
        )
        if data.get("wording") and self.span is None:
            self.add_error(
                "wording", _("These words do not stand in the text. Trim or extend them as they are there.")
            )
        first, last = data.get("event_from"), data.get("event_to")
        if last and (first is None or last < first):
            self.add_error("event_to", _("The beginning lies after the end."))
        incident, question = data.get("incident"), data.get("question")
        if incident and question and question.incident_id != incident.pk:
            self.add_error("question", _("The question belongs to another incident."))
        return data

    def edits(self) -> dict[str, Any]:
        """What differs from the form as it was shown, as the action takes it."""
        data = self.cleaned_data
        edits: dict[str, Any] = {name: data[name] for name in (*TEXTS, "stance") if name in self.changed_data}
        if {"event_from", "event_to", "event_precision", "event_raw"} & set(self.changed_data):
            edits["event"] = _event(data)
        if {"place", "place_key"} & set(self.changed_data):
            edits["place"] = (
                {"name": data["place"], "key": data.get("place_key") or ""} if data["place"] else None
            )
        for name in ("incident", "question"):
            if name in self.changed_data:
                edits[name] = str(data[name].pk) if data[name] else ""
        return edits


class TellerForm(forms.Form):
    """One hop: a source by any of its names, or an unnamed one, or a new one."""

    name = Text(label=_("Who"), required=False, max_length=300)
    source_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("who is"),
        required=False,
        choices=lambda: [
            ("", _("a source that is in the registry")),
            ("unnamed", _("not named in the text")),
            (_("a new source:"), [kind for kind in SourceKind.choices if kind[0] != SourceKind.UNNAMED]),
        ],
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        name, kind = data.get("name", ""), data.get("kind", "")
        self.source = named(name, data.get("source_id")) if name and kind != SourceKind.UNNAMED else None
        # A hop left as it was read may stay unknown for now: saving a date must not ask who somebody is.
        if name and self.source is None and not kind and self.has_changed():
            self.add_error(
                "name", _("The registry has no source of this name. Pick one, or say what kind it is.")
            )
        return data

    def voice(self) -> dict[str, Any]:
        """The hop as the action takes it."""
        if not self.has_changed() and "voice" in self.initial:
            return dict(self.initial["voice"])
        name, kind = self.cleaned_data["name"], self.cleaned_data["kind"]
        if kind == SourceKind.UNNAMED:
            return {"surface": name, "unnamed": True, "kind": kind}
        if self.source is not None:
            return {"surface": name, "source": str(self.source.pk)}
        return {"surface": name, "new": True, "kind": kind}


class CountForm(forms.Form):
    """One quantity."""

    comparator = forms.ChoiceField(label=_("How many"), required=False, choices=Comparator.choices)
    low = Number(label=_("from"), required=False)
    high = Number(label=_("to"), required=False)
    unit = Unit(label=_("of what"), required=False, max_length=60)
    raw = Text(label=_("in words"), required=False, max_length=200)
    scope = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        low, high = data.get("low"), data.get("high")
        if low is not None and high is not None and low > high:
            self.add_error("high", _("The beginning lies after the end."))
        if self.is_filled and low is None and high is None and data.get("comparator") != Comparator.SEVERAL:
            self.add_error("low", _("Please give a number."))
        return data

    @property
    def is_filled(self) -> bool:
        return any(self.cleaned_data.get(name) not in (None, "") for name in ("low", "high", "unit", "raw"))

    def count(self) -> dict[str, Any]:
        """The quantity as the action takes it; one number typed stands for the bound that its word asks for."""
        data = self.cleaned_data
        low, high = _bounds(data["comparator"], data["low"], data["high"])
        texts = {name: data[name] for name in ("unit", "raw", "scope")}
        return {"comparator": data["comparator"], "low": _text(low), "high": _text(high), **texts}


TellerFormSet: "type[BaseFormSet[TellerForm]]" = formset_factory(
    TellerForm, extra=1, max_num=LONGEST_CHAIN, absolute_max=LONGEST_CHAIN + 2, validate_max=True
)
CountFormSet: "type[BaseFormSet[CountForm]]" = formset_factory(
    CountForm, extra=1, max_num=12, absolute_max=14, validate_max=True
)


class ProposalForms:
    """The three forms of one proposal, valid together."""

    def __init__(self, proposal: Proposal, document: Document, terms: Terms, data: Any = None) -> None:
        prefix = f"p{proposal.pk}"
        self.main = ProposalForm(
            data, proposal=proposal, initial=_initial(proposal, document, terms), auto_id=f"{prefix}-%s"
        )
        self.chain = TellerFormSet(
            data, prefix=f"{prefix}-hop", initial=[_teller_initial(one) for one in terms.chain]
        )
        self.counts = CountFormSet(
            data, prefix=f"{prefix}-count", initial=[_count_initial(one) for one in terms.quantities]
        )

    def is_valid(self) -> bool:
        """All three are looked at, so that all errors show at once."""
        return all([self.main.is_valid(), self.chain.is_valid(), self.counts.is_valid()])

    def edits(self) -> dict[str, Any]:
        """What was changed, as the action takes it."""
        edits = self.main.edits()
        if self.chain.has_changed():
            edits["chain"] = [row.voice() for row in self.chain if row.cleaned_data.get("name")]
        if self.counts.has_changed():
            edits["quantities"] = [row.count() for row in self.counts if row.cleaned_data and row.is_filled]
        return edits

    def all_fields(self) -> list[forms.BoundField]:
        """Every field of the three, in the order shown."""
        return [*self.main, *(field for rows in (self.chain, self.counts) for row in rows for field in row)]

    @property
    def span(self) -> tuple[int, int] | None:
        """The span of the wording as typed."""
        return self.main.span


def place_words(key: str) -> str:
    """A place by both its names and the area it lies in."""
    place = gazetteer()[key]
    above = gazetteer().get(place.parent or "")
    return " · ".join(
        [place.name_ar, place.name_en, *([f"{above.name_ar} {above.name_en}"] if above else [])]
    )


def _is_id(value: Any) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


def _event(data: Mapping[str, Any]) -> dict[str, Any] | None:
    first, raw = data["event_from"], data["event_raw"]
    if first is None and not raw:
        return None
    last = data["event_to"] or first
    default = Precision.UNRESOLVED if first is None else Precision.DAY if first == last else Precision.WINDOW
    return {
        "earliest_on": first and first.isoformat(),
        "latest_on": last and last.isoformat(),
        "precision": data["event_precision"] or default,
        "raw": raw,
    }


def _bounds(
    comparator: str, low: Decimal | None, high: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    only = low if low is not None else high
    if comparator == Comparator.AT_LEAST:
        return only, None
    if comparator == Comparator.AT_MOST:
        return (None, high if high is not None else low)
    if comparator in {Comparator.EQUAL, Comparator.ABOUT}:
        return only, only
    return low, high


def _text(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def _teller_initial(one: Teller) -> dict[str, Any]:
    kind = {"unnamed": SourceKind.UNNAMED.value, "new": one.kind, "listed": ""}.get(one.how, "")
    source_id: UUID | None = one.source.pk if one.source else None
    return {"name": one.surface, "source_id": source_id, "kind": kind, "voice": one.voice}


def _count_initial(one: Any) -> dict[str, Any]:
    low, high = one.low, one.high
    if one.comparator in {Comparator.EQUAL, Comparator.ABOUT} and low == high:
        high = None
    return {
        "comparator": one.comparator,
        "low": None if low is None else low.normalize(),
        "high": None if high is None else high.normalize(),
        "unit": one.unit,
        "raw": one.raw,
        "scope": one.scope,
    }


def _initial(proposal: Proposal, document: Document, terms: Terms) -> dict[str, Any]:
    event, place = terms.event, terms.place
    return {
        "version": proposal.version,
        "wording": proposal.wording,
        **terms.texts,
        "stance": terms.stance,
        "event_from": event and event.earliest_on,
        "event_to": event and event.latest_on if event and event.latest_on != event.earliest_on else None,
        "event_precision": event.precision if event else "",
        "event_raw": event.raw if event else "",
        "place": place.name if place else "",
        "place_key": place.key if place else "",
        "incident": terms.incident_id or document.incident_id,
        "question": terms.question_id or None,
    }
