"""People: what an admin types."""

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.models import Role

ROLES = [(role.value, role.label) for role in (Role.EDITOR, Role.REVIEWER, Role.ADMIN)]


class PersonForm(forms.Form):
    """A new account. The password is handed over once, in person; its owner changes it."""

    username = forms.SlugField(
        label=_("User name"), max_length=150, help_text=_("Latin letters, digits, - and _")
    )
    display_name = forms.CharField(label=_("Name shown to colleagues"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=ROLES)
    language = forms.ChoiceField(label=_("Language"), choices=[("ar", "العربية"), ("en", "English")])
    password = forms.CharField(
        label=_("First password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters."),
        strip=False,
    )


class PasswordForm(forms.Form):
    """A new password for somebody else, handed over in person like the first one."""

    password = forms.CharField(
        label=_("New password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
        help_text=_("At least 12 characters."),
        max_length=128,
        strip=False,
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=ROLES)
