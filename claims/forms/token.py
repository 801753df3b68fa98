"""API keys: what their owner types."""

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.forms.fields import Text


class TokenForm(forms.Form):
    label = Text(label=_("What it is for"), max_length=80, help_text=_("So that you know it again."))
