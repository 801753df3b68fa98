"""Places on public pages: as written, or by the gazetteer's name in the language of the page."""

import pytest
from django.utils.translation import override

from claims.public.shown import place_shown


@pytest.mark.parametrize(
    ("written", "key", "lang", "expected"),
    [
        ("قرب حقل العمر", "al-omar-field", "ar", "قرب حقل العمر"),
        ("قرب حقل العمر", "al-omar-field", "en", "al-Omar oil field"),
        ("outskirts of Damascus", "damascus", "ar", "دمشق"),
        ("outskirts of Damascus", "damascus", "en", "outskirts of Damascus"),
        ("قرية لا نعرفها", "", "en", "قرية لا نعرفها"),
        ("", "", "en", ""),
    ],
)
def test_a_place_is_said_in_the_language_of_the_page(written, key, lang, expected):
    with override(lang):
        assert place_shown({"place": written, "place_key": key}) == expected
