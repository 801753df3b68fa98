"""Incidents and questions: what an editor types."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.forms.fields import Moment, Text


class IncidentForm(forms.Form):
    """What happened, in both languages or one."""

    title_ar = Text(label=_("Title in Arabic"), max_length=300, required=False)
    title_en = Text(label=_("Title in English"), max_length=300, required=False)
    summary_ar = Text(label=_("Summary in Arabic"), max_length=5000, required=False, rows=3)
    summary_en = Text(label=_("Summary in English"), max_length=5000, required=False, rows=3)
    place = Text(label=_("Place"), max_length=200, required=False)
    earliest_at = Moment(label=_("From"), required=False)
    latest_at = Moment(label=_("To"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("title_ar") or data.get("title_en")) and not self.errors:
            self.add_error("title_ar", _("Please give a title in Arabic or English."))
        early, late = data.get("earliest_at"), data.get("latest_at")
        if early and late and early > late:
            self.add_error("latest_at", _("The beginning lies after the end."))
        return data


class QuestionForm(forms.Form):
    """What is disputed, in both languages or one."""

    text_ar = Text(label=_("Question in Arabic"), max_length=300, required=False)
    text_en = Text(label=_("Question in English"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("text_ar") or data.get("text_en")) and not self.errors:
            self.add_error("text_ar", _("Please write the question in Arabic or English."))
        return data
