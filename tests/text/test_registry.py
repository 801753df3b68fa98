"""Matching a name to a source: alias, handle, folded form, apposition, and none where none fits."""

import pytest

from claims.text.registry import KINDS, KnownSource, by_key, known_sources, match_source

NAMES = [
    ("وكالة “سبوتنيك” الروسية", "sputnik", 0.9),
    ("الوكالة السورية الرسمية للأنباء (سانا)", "sana", 0.9),
    ("the Syrian state news agency (SANA)", "sana", 0.9),
    ("“المرصد السوري لحقوق الإنسان“", "sohr", 0.9),
    ("موقع “نورث برس” المحلي", "north-press", 0.8),
    ("شبكة “عين الفرات” المحلية", "ayn-al-furat", 0.8),
    ("Operation Inherent Resolve (@CJTFOIR)", "cjtf-oir", 1.0),
    ("أ ف ب", "afp", 0.9),
    ("القيادة المركزية الأميركية (سنتكوم)", "centcom", 0.9),
    ("المتحدث باسم قوات سوريا الديمقراطية فرهاد شامي", "sdf", 0.6),
]


@pytest.mark.parametrize(("surface", "key", "at_least"), NAMES)
def test_a_name_as_written_finds_its_source(surface, key, at_least):
    match = match_source(surface)
    assert match.key == key
    assert match.certainty >= at_least


@pytest.mark.parametrize("surface", ["شبكة كذا", "وكالة الأنباء", "a resident of the town", "", "السودان"])
def test_a_name_that_fits_none_matches_none(surface):
    assert match_source(surface) is None


def test_two_sources_of_one_name_ask():
    match = match_source("وكالة سبأ")
    assert {match.key, *match.others} == {"saba-sanaa", "saba-aden"}
    assert match.certainty < 0.6


def test_an_own_registry_replaces_the_one_that_comes_with_the_product():
    own = (KnownSource("mine", "My Wire", aliases=("برقيتي",)),)
    assert match_source("وكالة برقيتي", own).key == "mine"
    assert match_source("سانا", own) is None


def test_the_registry_is_sound():
    sources = known_sources()
    assert len({s.key for s in sources}) == len(sources) >= 73
    for source in sources:
        assert source.kind in KINDS
        assert source.name_en
        assert source.name_ar
        assert source.parent is None or source.parent in by_key()
    assert by_key()["yegorov"].parent == "russian-reconciliation-center"
    assert by_key()["cjtf-oir"].is_party
