"""The gazetteer: longest match, folding as for names, and no guessing."""

import json

import pytest

from claims.rules.mismatch import distance_km
from claims.text.mentions import find_places
from claims.text.places import DATA, gazetteer, lookup


@pytest.mark.parametrize("name", ["دير الزور", "Deir ez-Zor", "ديرالزور", "Deir Ezzor"])
def test_every_spelling_finds_the_same_place(name):
    assert [p.key for p in lookup(name)] == ["deir-ez-zor"]


def test_the_longest_name_wins_and_quotation_marks_stay_in_the_span():
    text = "ومطار “دمشق” الدولي"
    (found,) = find_places(text)
    assert found.keys == ("damascus-airport",)
    assert text[found.start : found.end] == found.surface == "مطار “دمشق” الدولي"


def test_a_clitic_is_no_part_of_the_place():
    (found,) = find_places("قصف بحمص")
    assert found.surface == "حمص"


@pytest.mark.parametrize("name", ["طرابلس", "Tripoli", "أريحا"])
def test_a_name_of_two_places_asks(name):
    (found,) = find_places(f"in {name} today")
    assert found.ambiguous
    assert len(lookup(name)) == 2


def test_every_place_has_a_point_on_earth_a_precision_and_a_parent_that_exists():
    for place in gazetteer().values():
        assert -90 <= place.lat <= 90
        assert -180 <= place.lon <= 180
        assert place.precision_km > 0
        assert place.parent is None or place.parent in gazetteer()


def test_the_places_of_the_worked_example_are_known():
    for name in ("حقل العمر", "القرية الخضراء", "نهر الفرات", "بحيرة طبريا", "السيدة زينب", "مطار الديماس"):
        assert lookup(name), name


def test_a_place_lies_within_what_its_area_says_of_itself():
    for place in gazetteer().values():
        area = gazetteer().get(place.parent or "")
        if area and area.kind not in ("city", "town"):
            off = distance_km(place.lat, place.lon, area.lat, area.lon)
            assert off <= area.precision_km, (place.key, area.key, off)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("بلدة تادف", "tadif"), ("Tadef", "tadif"), ("Hasaka", "hasakah"), ("al-Qusair", "qusayr"),
        ("رقة", "raqqa"), ("مدينة الخليل", "hebron"), ("Sahem Al Golan", "saham-al-jawlan"),
    ],
)  # fmt: skip
def test_a_name_typed_in_another_way_is_looked_up(name, key):
    assert [p.key for p in lookup(name)] == [key]


@pytest.mark.parametrize("name", ["مطار تادف", "قضاء تادف", "Tadef airport", "ريف تادف"])
def test_an_airport_or_a_district_is_not_the_town_that_it_is_named_after(name):
    assert lookup(name) == ()


def test_keys_are_not_used_twice():
    assert len(json.loads(DATA.read_text(encoding="utf-8"))) == len(gazetteer())
