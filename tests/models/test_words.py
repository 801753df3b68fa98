"""The index of words finds what reading every claim finds, and follows every change."""

import pytest
from django.db import connection

from claims.actions import claim as claims
from claims.models import Claim, words
from claims.text.normalise import fold
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def amal(db):
    return make.user("amal")


def found(text: str) -> set[str]:
    return set(Claim.objects.matching(fold(text)).values_list("wording", flat=True))


def test_it_stands_in_a_migrated_database(db):
    assert words.stands(connection)


@pytest.mark.parametrize(
    "text", ["انفجار", "فجارا", "حقل العمر", "ان", "في", "١٢", "Rocket", "rock", 'a"b', "%", "_", "'"]
)
def test_it_finds_what_reading_every_claim_finds(amal, monkeypatch, text):
    for wording in (
        "سُمع دويّ الانفجارات في حقل العُمر",
        "12 rockets left the base",
        'a"b 100% a_b',
        "Nothing of it",
    ):
        make.a_claim(amal, wording, lang="ar")
    by_index = found(text)
    monkeypatch.setattr(words, "candidates", lambda wanted: None)
    assert by_index == found(text)


def test_it_follows_an_edit_and_a_removal(amal):
    claim = make.a_claim(amal, "Rockets were seen.")
    claims.edit_claim(
        actor=amal, claim_id=claim.pk, version=1, fields={"place": "Hajin", "wording": "Drones."}
    )
    claims.edit_claim(
        actor=amal, claim_id=claim.pk, version=2, fields={"statement_en": "Drones were seen over the bend."}
    )
    assert (found("Rockets"), found("hajin bend")) == (set(), {"Drones."})
    Claim.objects.all().delete()
    claim.contributions.all().delete()
    assert found("bend") == set()


def test_taking_it_away_and_putting_it_back_finds_the_same(amal):
    make.a_claim(amal, "Rockets were seen.")
    connection.check_constraints()
    words.remove(connection)
    assert found("rockets") == {"Rockets were seen."}
    assert words.install(connection)
    assert found("rockets") == {"Rockets were seen."}
