"""What a reviewer asks the queue for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.forms.fields import choices_with
from claims.models import Value


class QueueFilterForm(forms.Form):
    """The filters of the review queue."""

    value = forms.ChoiceField(
        label=_("Verdict"), required=False, choices=choices_with(_("any"), Value.choices)
    )
    mine = forms.ChoiceField(
        label=_("Who may decide"),
        required=False,
        choices=[("", _("all")), ("yes", _("I may decide")), ("no", _("I had a hand in it"))],
    )
