"""Amal logs, Dina edits elsewhere, Basim reviews, Huda runs the place; and a stranger who is not signed in."""

import pytest

from claims.models import Role
from tests import make
from tests.desk.cast import signed_in


@pytest.fixture
def amal(db):
    return make.user("amal")


@pytest.fixture
def dina(db):
    return make.user("dina")


@pytest.fixture
def basim(db):
    return make.user("basim", Role.REVIEWER)


@pytest.fixture
def huda(db):
    return make.user("huda", Role.ADMIN)


@pytest.fixture
def as_amal(amal):
    return signed_in(amal)


@pytest.fixture
def as_dina(dina):
    return signed_in(dina)


@pytest.fixture
def as_basim(basim):
    return signed_in(basim)


@pytest.fixture
def as_huda(huda):
    return signed_in(huda)
