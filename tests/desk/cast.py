"""The cast at the desk, each with a browser of their own."""

from typing import Any

from django.test import Client

from claims.models import User

NOBODY = "00000000-0000-4000-8000-000000000000"


def signed_in(person: User) -> Client:
    """A browser in which the person is signed in, in English."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    return client


def page(client: Client, path: str, status: int = 200, **headers: Any) -> str:
    """The text of a page that answers with `status`."""
    answer = client.get(path, headers=headers or None)
    assert answer.status_code == status, answer.content[:500]
    return str(answer.content.decode())


HTMX = {"HX-Request": "true"}
