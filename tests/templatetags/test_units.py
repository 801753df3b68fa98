"""Quantities in words, in both languages."""

from decimal import Decimal

import pytest
from django.utils import translation

from claims.actions.claim import Count
from claims.forms.fields import Unit
from claims.models.unit import unit_key
from claims.templatetags.units import counted

ROWS = [
    ("eq", 2, 2, "2 explosions", "انفجارات: 2"),
    ("ge", 5, None, "at least 5 explosions", "انفجارات: 5 على الأقل"),
    ("le", None, 3, "at most 3 explosions", "انفجارات: 3 على الأكثر"),
    ("range", 2, 3, "2 to 3 explosions", "انفجارات: من 2 إلى 3"),
    ("several", None, None, "several explosions", "انفجارات: عدة"),
]


def count(comparator: str, low: int | None, high: int | None, unit: str = "explosion") -> Count:
    bounds = (None if bound is None else Decimal(bound).quantize(Decimal("0.001")) for bound in (low, high))
    return Count(comparator, *bounds, unit, "as it was said")


@pytest.mark.parametrize(("comparator", "low", "high", "english", "arabic"), ROWS)
def test_a_quantity_reads_in_the_language_of_the_page(comparator, low, high, english, arabic):
    with translation.override("en"):
        assert counted(count(comparator, low, high)) == english
    with translation.override("ar"):
        assert counted(count(comparator, low, high)) == arabic


def test_a_unit_that_an_editor_typed_stays_as_it_is_and_none_is_left_out():
    with translation.override("en"):
        assert counted(count("eq", 2, 2, "برميل")) == "2 برميل"
        assert counted(count("eq", 2, 2, "")) == "2"


@pytest.mark.parametrize("typed", ["explosion", "explosions", "انفجارات", " انفجارات "])
def test_a_unit_is_kept_as_the_engines_whatever_language_it_was_typed_in(typed):
    assert unit_key(typed) == "explosion"
    assert not Unit(required=False).has_changed("explosion", typed)


def test_a_form_shows_the_unit_in_the_language_of_the_page():
    field = Unit(required=False)
    with translation.override("ar"):
        assert field.prepare_value("explosion") == "انفجارات"
        assert field.clean("انفجارات") == "explosion"
        assert field.clean("براميل") == "براميل"
