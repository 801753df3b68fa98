"""Folding: one definition for the whole product (ARABIC.md §4)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.text.normalise import fold, fold_with_map

SAME = [
    ("أإآٱ", "اااا"),
    ("مصطفى", "مصطفي"),
    ("قاعدة", "قاعده"),
    ("مسئول", "مسيول"),
    ("مؤتمر", "موتمر"),
    ("صَاروخٌ", "صاروخ"),
    ("هٰذا", "هذا"),
    ("صـــاروخ", "صاروخ"),
    ("ﻻ ﷲ", "لا الله"),
    ("\u200fسانا\u200e", "سانا"),
    ("\u202aسانا\u202c \u2066x\u2069", "سانا x"),
    ("می\u200cگوید", "ميgويد".replace("g", "گ")),
    ("دير\u00a0الزور", "دير الزور"),
    ("“سانا“ «سانا» ”سانا„", "سانا سانا سانا"),
    ("١٢٣ ۴۵۶", "123 456"),
    ("٪ ، ؛ ؟ ٬ ٫", "% , ; ? , ."),
    ("صـ.اروخ", "صاروخ"),
    ("قـ.اعدة", "قاعده"),
    ("قص.ف", "قصف"),
    ("د ا ع ش", "داعش"),
    ("أ.ف.ب", "افب"),
    ("د.فلان", "د.فلان"),
    ("الأحد.وأفادت", "الاحد.وافادت"),
    ("SANA’s Ünïted", "sanas united"),
]


@pytest.mark.parametrize(("written", "folded"), SAME)
def test_each_spelling_of_the_table_folds_as_stated(written, folded):
    assert fold(written) == folded


@given(st.text(max_size=300))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="اأإبدشعـ.ة و،«”1٢ \u200f\u064b", max_size=60))
def test_folding_dodged_arabic_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_the_map_leads_every_folded_character_back_in_order(text):
    folded, index = fold_with_map(text)
    assert folded == fold(text)
    assert len(index) == len(folded) + 1
    assert index == sorted(index)
    assert index[-1] == len(text)


def test_the_stored_text_is_what_the_map_points_into():
    text = "لـ”الفُرات” ١٢"
    folded, index = fold_with_map(text)
    at = folded.index("12")
    assert text[index[at] :] == "١٢"
