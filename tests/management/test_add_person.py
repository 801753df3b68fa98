"""The first admin of a production installation comes from the shell, by the same action as everybody else."""

import io

import pytest
from django.core.management import CommandError, call_command

from claims.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def password(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse battery staple\n"))


def test_it_adds_an_admin_who_needs_a_second_factor(password, capsys):
    call_command("add_person", "rima", role="admin", name="ريما")
    person = User.objects.get(username="rima")
    assert person.role == "admin"
    assert person.must_have_second_factor
    assert person.check_password("correct horse battery staple")
    assert capsys.readouterr().out == "rima may sign in as admin.\n"


def test_a_weak_password_is_refused_with_the_reason(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    with pytest.raises(CommandError, match="Nobody was added"):
        call_command("add_person", "rima")
    assert not User.objects.filter(username="rima").exists()


def test_a_name_that_is_taken_is_refused(password):
    call_command("add_person", "rima")
    with pytest.raises(CommandError, match="Nobody was added"):
        call_command("add_person", "rima")
