"""Readers, and what they find: people of the cast and a published verdict."""

from typing import Any

import pytest
from django.core.cache import cache

from claims.models import Publication, Role, User
from tests import make


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    cache.clear()


@pytest.fixture
def amal(db: None) -> User:
    return make.user("amal-the-editor")


@pytest.fixture
def basim(db: None) -> User:
    return make.user("basim-the-reviewer", Role.REVIEWER)


@pytest.fixture
def row(amal: User, basim: User) -> Publication:
    """A published verdict of an incident, with a question and a chain of two."""
    question = make.a_question(amal)
    fields: dict[str, Any] = {"incident_id": question.incident_id, "question_id": question.pk}
    claim = make.a_claim(amal, "Five blasts were heard.", answer_en="five", **fields)
    chain = [make.a_source(amal, "Sputnik"), make.a_source(amal, "Oleg Yegorov", kind="official")]
    return make.published(amal, basim, make.a_chain(amal, claim, *chain))
