"""People: accounts and roles, for admins."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
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
        name = str(error.facts.get("field", ""))
        form.add_error(name if name in form.fields else None, wording(error.code, error.facts))
        for line in error.facts.get("messages", []):
            form.add_error(name if name in form.fields else None, line)
        return _page(request, form, 422)
    except Conflict:
        form.add_error("username", _("This user name is taken."))
        return _page(request, form, 409)
    messages.success(request, _("The account %(name)s is ready.") % {"name": person.username})
    return redirect("desk:person-list")


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


@gate(may_administer, methods=("POST",))
def person_password(request: DeskRequest, pk: str) -> HttpResponse:
    """A new password for whoever forgot theirs: no mail is sent from here, it is handed over in person."""
    form = PasswordForm(request.POST)
    if not form.is_valid():
        raise Invalid("empty", field="password")
    person = set_password(actor=request.user, person_id=pk, password=form.cleaned_data["password"])
    messages.success(
        request, _("%(name)s has a new password. Older sign-ins have ended.") % {"name": person.name}
    )
    return redirect("desk:person-list")


urls: list[URLPattern] = [
    path("people/", person_list, name="person-list"),
    path("people/<uuid:pk>/role/", person_role, name="person-role"),
    path("people/<uuid:pk>/active/", person_active, name="person-active"),
    path("people/<uuid:pk>/password/", person_password, name="person-password"),
]
