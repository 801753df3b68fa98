import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.media.names import LONGEST, display_name, extension


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("../../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("a\nb\0c.jpg", "a bc.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("\ud800x.png", "x.png"),
        ("صورة من دير الزور.jpg", "صورة من دير الزور.jpg"),
        ("CON", "CON"),
        ("...", "file"),
        ("", "file"),
        ("/", "file"),
        ("می\u200cخواهم.txt", "می\u200cخواهم.txt"),
    ],
)
def test_c14_a_name_is_only_text_to_show(raw, shown):
    assert display_name(raw) == shown


def test_c14_a_long_name_keeps_its_beginning_and_extension():
    shown = display_name("ب" * 1000 + ".jpeg")
    assert len(shown) == LONGEST and shown.startswith("ببب") and extension(shown) == ".jpeg"


@given(st.text(st.characters(exclude_categories=()), max_size=400))
def test_whatever_is_typed_the_name_can_be_stored_and_shown(raw):
    shown = display_name(raw)
    assert 0 < len(shown) <= LONGEST and display_name(shown) == shown
    assert shown.encode() and "/" not in shown and "\\" not in shown
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in shown)
