"""The role that operators are told to run the product as: it works, and takes no guard away (ACCEPTANCE F1)."""

import re
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from claims.models import Role, triggers
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
TOLD = Path(__file__).parents[2] / "docs" / "operators.md"
AWAY = [
    "TRUNCATE claims_entry",
    "TRUNCATE claims_contribution",
    "ALTER TABLE claims_review DISABLE TRIGGER ALL",
    "ALTER TABLE claims_entry RENAME TO elsewhere",
    "DROP TRIGGER claims_review_second_person ON claims_review",
    "DROP FUNCTION claims_review_second_person CASCADE",
    "CREATE OR REPLACE FUNCTION claims_review_second_person() RETURNS trigger LANGUAGE plpgsql AS "
    "$$BEGIN RETURN NEW; END$$",
    "CREATE RULE nothing AS ON INSERT TO claims_entry DO INSTEAD NOTHING",
    "SET LOCAL session_replication_role = replica",
    "DROP TABLE claims_entry CASCADE",
]


@pytest.fixture
def _as_the_role_that_owns_nothing():
    [statements] = re.findall(r"```sql\n(CREATE ROLE .*?)```", TOLD.read_text(encoding="utf-8"), re.S)
    with connection.cursor() as cursor:
        cursor.execute(statements)
        cursor.execute("SET LOCAL ROLE factcheck_app")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@pytest.mark.usefixtures("_as_the_role_that_owns_nothing")
def test_f1_the_role_does_all_the_work():
    shown = make.published(make.user("amal"), make.user("basim", Role.REVIEWER))
    make.corrected(make.user("dina"), shown.published_by, shown)
    assert triggers.missing(connection) == set()


@pytest.mark.parametrize("statement", AWAY)
@pytest.mark.usefixtures("_as_the_role_that_owns_nothing")
def test_f1_the_role_takes_no_guard_away(statement):
    refused = pytest.raises(DatabaseError, match=r"must be owner|permission denied")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
