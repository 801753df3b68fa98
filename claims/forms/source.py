"""Sources, their other names and their accounts: what an editor types."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.forms.fields import Text
from claims.models import Language, Platform, Source, SourceKind


class SourceForm(forms.Form):
    """Who can say something. A name in one language is enough."""

    name_ar = Text(label=_("Name in Arabic"), max_length=200, required=False)
    name_en = Text(label=_("Name in English"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=SourceKind.choices)
    country = Text(label=_("Country"), max_length=40, required=False)
    affiliation = Text(
        label=_("Affiliation"),
        max_length=300,
        required=False,
        help_text=_("Owner, funder or side, as commonly described."),
    )
    is_party = forms.BooleanField(
        label=_("A party to the conflict"),
        required=False,
        help_text=_("A claim confirmed by parties alone asks for a published reason."),
    )
    interest = Text(label=_("Interest in the conflict"), max_length=2000, required=False, rows=2)
    parent = forms.ModelChoiceField(
        label=_("Belongs to"),
        queryset=Source.objects.none(),
        required=False,
        help_text=_("Sources under one parent count as one voice."),
    )
    notes = Text(label=_("Notes for colleagues"), max_length=5000, required=False, rows=2)

    def __init__(self, *args: Any, editing: Source | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parents = Source.objects.active().named().only("id", "name_ar", "name_en")
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        parent.queryset = parents.exclude(pk=editing.pk) if editing else parents

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("name_ar") or data.get("name_en")) and not self.errors:
            self.add_error("name_ar", _("Please give a name in Arabic or English."))
        parent = data.pop("parent", None)
        data["parent_id"] = parent.pk if parent else None
        return data


class AliasForm(forms.Form):
    """Another name; spelling variants that differ only in folding are the same name."""

    name = Text(label=_("Another name"), max_length=200)
    lang = forms.ChoiceField(
        label=_("Language"), choices=[(Language.ARABIC, "العربية"), (Language.ENGLISH, "English")]
    )


class AccountForm(forms.Form):
    """A handle on a platform."""

    platform = forms.ChoiceField(label=_("Platform"), choices=Platform.choices)
    handle = Text(label=_("Handle or address"), max_length=120)
    checked = forms.BooleanField(label=_("I have checked that it is theirs"), required=False)
