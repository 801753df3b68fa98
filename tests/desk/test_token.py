"""API keys: one's own, shown once, ended at once."""

import re
import uuid

import pytest
from django.test import Client

from claims.actions.token import MOST, create_token
from claims.models import ApiToken, Role
from tests import make

pytestmark = pytest.mark.django_db
PAGE = "/desk/tokens/"


@pytest.fixture
def amal(client):
    person = make.user("amal")
    client.force_login(person)
    return person


def test_a_new_key_is_shown_once_and_works(client, amal):
    answer = client.post(PAGE, {"label": "Our importer"})
    secret = re.search(r'<code id="secret">(fc_[-\w]+)</code>', answer.content.decode())[1]
    assert answer.status_code == 201 and answer.headers["Cache-Control"].startswith("no-store")
    assert secret not in client.get(PAGE).content.decode()
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.get("/api/v1/desk/claims").status_code == 200


def test_an_ended_key_works_no_more(client, amal):
    token, secret = create_token(actor=amal, label="old")
    assert client.post(f"{PAGE}{token.pk}/revoke/").status_code == 302
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.get("/api/v1/desk/claims").status_code == 401


def test_strangers_sign_in_first(client, db):
    assert client.get(PAGE).status_code == 302
    assert client.post(PAGE, {"label": "x"}).status_code == 302
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMIN])
def test_somebody_elses_key_does_not_exist_for_anybody_else(client, amal, role):
    token, _secret = create_token(actor=make.user("dina"), label="Dina's")
    client.force_login(make.user("ziad", role))
    assert client.post(f"{PAGE}{token.pk}/revoke/").status_code == 404
    assert b"Dina" not in client.get(PAGE).content


def test_a_key_that_is_not_there_is_404(client, amal):
    assert client.post(f"{PAGE}{uuid.uuid4()}/revoke/").status_code == 404


def test_looking_ends_no_key(client, amal):
    token, _secret = create_token(actor=amal, label="mine")
    assert client.get(f"{PAGE}{token.pk}/revoke/").status_code == 405


@pytest.mark.parametrize("label", ["", "   ", "x" * 81, "nul\x00"])
def test_a_key_needs_a_label_that_can_be_kept(client, amal, label):
    assert client.post(PAGE, {"label": label}).status_code == 422
    assert not ApiToken.objects.exists()


def test_nobody_hoards_keys(client, amal):
    for number in range(MOST):
        create_token(actor=amal, label=str(number))
    assert client.post(PAGE, {"label": "one more"}).status_code == 409
