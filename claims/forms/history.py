"""What people ask the history for."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.forms.fields import Day, Picker
from claims.models import User


@dataclass(frozen=True)
class EntryFilter:
    """Which entries a page of the history shows; `before` is the sequence number the page ends before."""

    action: str = ""
    person: UUID | None = None
    since: date | None = None
    until: date | None = None
    subject: str = ""
    before: int | None = None


class EntryFilterForm(forms.Form):
    """The filters of the history, as its address carries them."""

    action = forms.ChoiceField(label=_("Action"), required=False)
    person = forms.UUIDField(label=_("Person"), required=False)
    since = Day(label=_("From"), required=False)
    until = Day(label=_("Until"), required=False)
    subject = forms.RegexField(
        r"\A[0-9a-f-]{1,40}\Z",
        label=_("About (id)"),
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    before = forms.IntegerField(
        required=False, min_value=1, max_value=9_000_000_000_000_000_000, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, actions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [("", _("any")), *actions]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Where an address begins at no entry, the newest ones are shown: nobody typed that number."""
        if self.errors.pop("before", None):
            self.cleaned_data["before"] = None
        return self.cleaned_data

    def offer(self) -> None:
        """Fill the picker of people."""
        people = [(str(row.pk), row.name) for row in User.objects.order_by("username")[:300]]
        self.fields["person"].widget = Picker(choices=[("", _("any")), *people])

    def wanted(self) -> EntryFilter:
        """The filter of a valid form."""
        return EntryFilter(
            **{name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        )
