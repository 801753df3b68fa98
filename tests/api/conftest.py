"""Callers of the API: a client with somebody's key, and the people of the cast."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from claims.actions.token import create_token
from claims.models import Role, User
from tests import make


class Caller:
    """A program with one person's key."""

    def __init__(self, user: User) -> None:
        _token, secret = create_token(actor=user, label="test")
        self.user, self.secret = user, secret
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1/desk/{path}")

    def send(self, path: str, method: str = "post", **given: Any) -> Any:
        call = getattr(self.client, method)
        return call(f"/api/v1/desk/{path}", given, content_type="application/json")


@pytest.fixture(autouse=True)
def _nobody_has_called_yet():
    cache.clear()


@pytest.fixture
def amal(db: None) -> User:
    return make.user("amal")


@pytest.fixture
def basim(db: None) -> User:
    return make.user("basim", Role.REVIEWER)


@pytest.fixture
def caller() -> Callable[[User], Caller]:
    return Caller


def error_of(answer: Any) -> dict[str, Any]:
    """The error in its one shape."""
    body = answer.json()
    assert set(body["error"]) == {"code", "message", "field"}
    assert body["error"]["message"]
    return body["error"]
