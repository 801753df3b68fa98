"""What people type about evidence: attaching it, describing it, hiding parts of a picture, filtering the list."""

import uuid
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.forms.fields import Number, Picker, Text, Version, choices_with
from claims.models import Evidence, EvidenceKind, EvidenceState, Relation, Source

MOST_BLURS = 6
_OFFERED = 300
WORDS = ("title_ar", "title_en", "description_ar", "description_en")


class Described(forms.Form):
    """How a piece of evidence bears on the claim, what it is, and what may be shown of it."""

    relation = forms.ChoiceField(label=_("How it bears on the claim"), choices=Relation.choices)
    title_ar = Text(label=_("Title in Arabic"), required=False, max_length=300)
    title_en = Text(label=_("Title in English"), required=False, max_length=300)
    description_ar = Text(label=_("Description in Arabic"), required=False, max_length=5000, rows=3)
    description_en = Text(label=_("Description in English"), required=False, max_length=5000, rows=3)
    source = forms.UUIDField(label=_("Where it comes from"), required=False)
    is_sensitive = forms.BooleanField(
        label=_("Graphic or personal: hide it until somebody asks to see it"), required=False
    )
    may_publish = forms.BooleanField(
        label=_("A redrawn copy, without any metadata, may be published"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = Source.objects.active().named().only("id", "name_ar", "name_en")[:_OFFERED]
        offered = [("", "—"), *((str(row.pk), row.name) for row in named)]
        given = str(self["source"].value() or "")
        if given and given not in dict(offered):
            offered.append((given, given[:8]))
        self.fields["source"].widget = Picker(choices=offered)

    def clean_source(self) -> UUID | None:
        key: UUID | None = self.cleaned_data["source"]
        if key is not None and not Source.objects.active().filter(pk=key).exists():
            raise forms.ValidationError(_("There is no such source."))
        return key

    def described(self) -> dict[str, Any]:
        """What actions.evidence takes as `fields`."""
        given = self.cleaned_data
        plain = ("relation", *WORDS, "is_sensitive", "may_publish")
        return {**{name: given[name] for name in plain}, "source_id": given["source"]}


class AttachForm(Described):
    """A file, or a link, or else a note in words. `once` is the new row's key: the same form sent twice is one."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    url = Text(
        label=_("or a link"),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "placeholder": "https://"}),
    )
    file = forms.FileField(label=_("A file"), required=False, allow_empty_file=True, max_length=None)
    field_order = ("once", "file", "url", "relation", *WORDS, "source", "is_sensitive", "may_publish")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        first = {"once": uuid.uuid4(), "relation": Relation.SUPPORTS, "may_publish": True}
        kwargs["initial"] = {**first, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("file") and given.get("url"):
            raise forms.ValidationError(
                _("Give a file or a link, not both: attach them one after the other.")
            )
        words = (given.get("description_ar") or given.get("description_en") or "").strip()
        if not (given.get("file") or given.get("url") or words):
            raise forms.ValidationError(_("Choose a file, paste a link, or write a note as the description."))
        return given


class DescribeForm(Described):
    """The description of evidence that is there, with the version it was read at."""

    version = Version()

    @classmethod
    def of(cls, evidence: Evidence) -> "DescribeForm":
        """Filled from the row."""
        plain = ("relation", *WORDS, "is_sensitive", "may_publish", "version")
        return cls(
            initial={**{name: getattr(evidence, name) for name in plain}, "source": evidence.source_id}
        )


class ReasonForm(forms.Form):
    """Setting evidence aside needs a reason."""

    version = Version()
    reason = Text(label=_("Why"), max_length=500, rows=2)


class BoxForm(forms.Form):
    """One rectangle, in percent of the picture. All four empty: none."""

    left = Number(label=_("From the left, %"), required=False, min_value=0, max_value=100)
    top = Number(label=_("From the top, %"), required=False, min_value=0, max_value=100)
    width = Number(label=_("Width, %"), required=False, min_value=0, max_value=100)
    height = Number(label=_("Height, %"), required=False, min_value=0, max_value=100)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        sides = [given.get(name) for name in ("left", "top", "width", "height")]
        if all(side is None for side in sides):
            return given
        if any(side is None for side in sides) or not given["width"] or not given["height"]:
            raise forms.ValidationError(_("Give all four numbers of the area, or none."))
        if given["left"] + given["width"] > 100 or given["top"] + given["height"] > 100:
            raise forms.ValidationError(_("The area reaches beyond the picture."))
        return given

    @property
    def box(self) -> list[float] | None:
        """[x, y, width, height] as fractions, or None."""
        given = [self.cleaned_data.get(name) for name in ("left", "top", "width", "height")]
        return None if given[0] is None else [float(side) / 100 for side in given if side is not None]


def box_forms(redaction: Mapping[str, Any], data: Any = None) -> tuple[BoxForm, list[BoxForm]]:
    """(what to keep, what to blur): one form for each box there may be."""
    kept, blurs = redaction.get("crop"), redaction.get("blur") or []
    blurs = [*blurs, *[None] * MOST_BLURS][:MOST_BLURS]
    return (
        BoxForm(data, prefix="crop", initial=_percent(kept)),
        [BoxForm(data, prefix=f"blur-{n}", initial=_percent(box)) for n, box in enumerate(blurs)],
    )


def _percent(box: list[float] | None) -> dict[str, str]:
    names = ("left", "top", "width", "height")
    return {name: f"{100 * side:.4g}" for name, side in zip(names, box, strict=True)} if box else {}


class EvidenceFilterForm(forms.Form):
    """The filters of the evidence list, as its address carries them."""

    text = Text(
        label=_("Words"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=choices_with(_("any"), EvidenceKind.choices)
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=choices_with(_("any"), EvidenceState.choices)
    )
    relation = forms.ChoiceField(
        label=_("How it bears"), required=False, choices=choices_with(_("any"), Relation.choices)
    )
    findings = forms.ChoiceField(
        label=_("Findings"),
        required=False,
        choices=choices_with(_("any"), [("yes", _("with findings")), ("no", _("without findings"))]),
    )
    claim = forms.UUIDField(label=_("Claim"), required=False, widget=forms.HiddenInput)
    retired = forms.ChoiceField(
        label=_("Set aside"), required=False, choices=choices_with(_("no"), [("yes", _("only these"))])
    )
