"""People: accounts and roles, for admins."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from claims.actions.person import add_person, change_role, set_active, set_password
from claims.desk.answers import wording
from claims.desk.gate import DeskRequest, gate
from claims.desk.render import render
from claims.errors import Conflict, Invalid
from claims.forms.person import PasswordForm, PersonForm, RoleForm
from claims.models import Role, User
from claims.rules.role import may_administer


@dataclass(frozen=True)
class PeoplePage:
    """Everybody with an account, and the form for one more."""

    people: list[User]
    form: PersonForm
    roles: list[tuple[str, str]]


@dataclass(frozen=True)
class PasswordPage:
    """Context of desk/person/password.html."""

    person: User
    form: PasswordForm


def _page(request: DeskRequest, form: PersonForm, status: int = 200) -> HttpResponse:
    people = list(User.objects.exclude(role=Role.SYSTEM).order_by("-is_active", "username"))
    roles = [(role.value, str(role.label)) for role in (Role.EDITOR, Role.REVIEWER, Role.ADMIN)]
    return render(request, "desk/person/list.html", PeoplePage(people, form, roles), status=status)


@gate(may_administer)
def person_list(request: DeskRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, PersonForm(initial={"language": "ar"}))
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        person = add_person(actor=request.user, **form.cleaned_data)
    except Invalid as error:
        _add_errors(form, error)
        return _page(request, form, 422)
    except Conflict:
        form.add_error("username", _("This user name is taken."))
        return _page(request, form, 409)
    messages.success(request, _("The account %(name)s is ready.") % {"name": person.username})
    return redirect("desk:person-list")


def _add_errors(form: forms.Form, error: Invalid) -> None:
    name = str(error.facts.get("field", ""))
    for line in [wording(error.code, error.facts), *error.facts.get("messages", [])]:
        form.add_error(name if name in form.fields else None, line)


@gate(may_administer, methods=("POST",))
def person_role(request: DeskRequest, pk: str) -> HttpResponse:
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Invalid("unknown-role", field="role")
    person = change_role(actor=request.user, person_id=pk, role=form.cleaned_data["role"])
    messages.success(
        request, _("%(name)s is now %(role)s.") % {"name": person.name, "role": person.get_role_display()}
    )
    return redirect("desk:person-list")


@gate(may_administer, methods=("POST",))
def person_active(request: DeskRequest, pk: str) -> HttpResponse:
    person = set_active(actor=request.user, person_id=pk, active=request.POST.get("active") == "yes")
    done = _("The account %(name)s is open.") if person.is_active else _("The account %(name)s is closed.")
    messages.success(request, done % {"name": person.username})
    return redirect("desk:person-list")


@gate(may_administer)
def person_password(request: DeskRequest, pk: Any) -> HttpResponse:
    """A new password for whoever forgot theirs: no mail is sent from here, it is handed over in person."""
    person = get_object_or_404(User.objects.exclude(role=Role.SYSTEM), pk=pk)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            set_password(actor=request.user, person_id=pk, password=form.cleaned_data["password"])
        except Invalid as error:
            _add_errors(form, error)
        else:
            done = _("%(name)s has a new password. Older sign-ins have ended.")
            messages.success(request, done % {"name": person.name})
            return redirect("desk:person-list")
    status = 422 if form.is_bound else 200
    return render(request, "desk/person/password.html", PasswordPage(person, form), status=status)


urls: list[URLPattern] = [
    path("people/", person_list, name="person-list"),
    path("people/<uuid:pk>/role/", person_role, name="person-role"),
    path("people/<uuid:pk>/active/", person_active, name="person-active"),
    path("people/<uuid:pk>/password/", person_password, name="person-password"),
]
