"""Whoever forgot their password gets a new one from the shell: an entry tells of it, their sessions end."""

import io

import pytest
from django.core.management import CommandError, call_command

from claims.models.history import Entry
from tests import make
from tests.desk.cast import signed_in

pytestmark = pytest.mark.django_db


def typed(monkeypatch, text):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{text}\n"))


def test_it_sets_the_password_ends_sessions_and_leaves_an_entry(monkeypatch, capsys):
    amal = make.user("amal")
    elsewhere = signed_in(amal)
    assert elsewhere.get("/desk/").status_code == 200
    typed(monkeypatch, "correct horse battery staple")
    call_command("set_password", "amal")
    amal.refresh_from_db()
    assert amal.check_password("correct horse battery staple")
    assert elsewhere.get("/desk/").status_code == 302
    assert Entry.objects.order_by("seq").last().action == "person.password-set"
    assert "staple" not in capsys.readouterr().out + Entry.objects.order_by("seq").last().body


@pytest.mark.parametrize(
    ("name", "password"), [("amal", "short"), ("nobody", "correct horse battery staple")]
)
def test_what_cannot_be_done_is_said(monkeypatch, name, password):
    amal = make.user("amal")
    typed(monkeypatch, password)
    with pytest.raises(CommandError, match="Nothing was done"):
        call_command("set_password", name)
    before = amal.password
    amal.refresh_from_db()
    assert amal.password == before
