"""A database that lost its guards is not served, and can still be given them back."""

import pytest
from django.db import connection

from claims.checks import triggers_stand
from claims.models import triggers

pytestmark = pytest.mark.django_db


@pytest.fixture
def unguarded(db):
    triggers.remove(connection)
    yield
    triggers.install(connection)


def test_missing_triggers_are_an_error(unguarded):
    assert [message.id for message in triggers_stand(["default"])] == ["claims.E001"]


def test_the_command_that_puts_them_back_is_not_stopped(unguarded, monkeypatch):
    monkeypatch.setattr("sys.argv", ["manage.py", "migrate"])
    assert triggers_stand(["default"]) == []


def test_with_all_in_place_there_is_nothing_to_say(db):
    assert triggers_stand(["default"]) == []
