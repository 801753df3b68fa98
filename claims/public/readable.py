"""Words that readers send, taken only where they can be searched for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class Words(forms.CharField):
    """Text in either script; a lone surrogate, which no database takes, is an error and not a failure."""

    def to_python(self, value: Any) -> str:
        asked: str = super().to_python(value) or ""
        try:
            asked.encode("utf-8")
        except UnicodeEncodeError:
            raise ValidationError(_("These signs cannot be searched for.")) from None
        return asked
