"""Amounts in words and digits, and whether two can both be true (ARABIC.md §3)."""

import pytest

from claims.text.arabic.dates import Dates
from claims.text.arabic.quantities import Quantities
from claims.text.english.quantities import Quantities as EnglishQuantities
from claims.text.numbers import agree
from claims.text.tokens import tokenise


def arabic(text):
    tokens = tokenise(text)
    taken = {i for d in Dates(tokens, None).find() for i in range(d.first, d.last)}
    return list(Quantities(tokens, taken).find())


def english(text):
    return list(EnglishQuantities(tokenise(text)).find())


VALUES = [
    ("إطلاق ثمانية صواريخ على الأقل", [("ge", 8)]),
    ("بثلاثة صواريخ من عيار “107 مم”", [("eq", 3), ("eq", 107)]),
    ("خمسة وعشرون شخصا", [("eq", 25)]),
    ("اثنتي عشرة غارة وثلاثة عشر قتيلا", [("eq", 12), ("eq", 13)]),
    ("ثلاثمئة وخمسة وأربعون", [("eq", 345)]),
    ("18 ألفا و608 قتلى", [("eq", 18608)]),
    ("٣٣ ألفا و۶۸۶", [("eq", 33686)]),
    ("3 آلاف", [("eq", 3000)]),
    ("ألفا قتيل", [("eq", 2000)]),
    ("نحو 3.5 مليون", [("approx", 3500000)]),
    ("١٬٢٠٠ و١٢٫٥", [("eq", 1200), ("eq", 12.5)]),
    ("دوي انفجارين", [("eq", 2)]),
    ("طائرتين مسيّرتين", [("eq", 2)]),
    ("بينهم سوريان", [("eq", 2)]),
    ("نحو ساعتين", [("eq", 2)]),
    ("أكثر من مئة ذخيرة", [("ge", 100)]),
    ("أقل من 20 شخصا", [("le", 20)]),
    ("قرابة 70 بالمئة", [("approx", 70)]),
    ("عدة انفجارات", [("several", None)]),
    ("بضعة صواريخ", [("several", None)]),
    ("اللواء 29 ودرعا 24 وإف-16 وYLC-6M", []),
    ("في لبنان وفلسطين والجولان وكوردستان ميدان", []),
    ("عشرة مواطنين", [("eq", 10)]),
    ("الساعة 2:20 و3:45", []),
    ("للمرة الثانية عشرة", []),
    ("السبت 22 من تشرين الأول 2022", []),
    ("منذ عام 2011", []),
    ("مدنيين ومسلحين", []),
]


@pytest.mark.parametrize(("text", "values"), VALUES)
def test_arabic_amounts_are_read_with_their_bounds(text, values):
    assert [(q.comparator, q.value) for q in arabic(text)] == values


ENGLISH = [
    ("At least 36 people and more than 50 others", [("ge", 36), ("ge", 50)]),
    ("Seventy-eight people", [("eq", 78)]),
    ("two dozen trucks, a hundred men, half a million", [("eq", 24), ("eq", 100), ("eq", 500000)]),
    ("a 12-year-old girl", [("eq", 12)]),
    ("1,500 killed, 1.5 million displaced", [("eq", 1500), ("eq", 1500000)]),
    ("an F-16, a Shahed-136, the 25th Division at 2:30", []),
    ("no one and another one", []),
    ("dozens of rockets", [("several", None)]),
    ("up to 40 drones", [("le", 40)]),
]


@pytest.mark.parametrize(("text", "values"), ENGLISH)
def test_english_amounts_are_read_with_their_bounds(text, values):
    assert [(q.comparator, q.value) for q in english(text)] == values


def test_a_range_keeps_both_ends():
    (arabic_range,) = arabic("بما بين 100 و300 قتيل")
    (english_range,) = english("between 100 and 300 dead")
    assert (arabic_range.low, arabic_range.high) == (english_range.low, english_range.high) == (100, 300)
    assert arabic_range.unit == english_range.unit == "killed"


AGREE = [
    ("عدة انفجارات", "خمسة انفجارات على الأقل", True),
    ("انفجارين", "خمسة انفجارات على الأقل", False),
    ("عدة انفجارات", "انفجارين", True),
    ("ثمانية صواريخ على الأقل", "انفجارين", True),
    ("نحو 100 قتيل", "105 قتلى", True),
    ("نحو 100 قتيل", "150 قتيلا", False),
    ("أقل من 20 قتيلا", "30 قتيلا", False),
    ("20 قتيلا منذ فجر اليوم", "300 قتيل منذ 7 أكتوبر", True),
]


@pytest.mark.parametrize(("a", "b", "expected"), AGREE)
def test_amounts_agree_where_their_intervals_meet_and_never_across_units_or_scopes(a, b, expected):
    one, other = arabic(a)[0], arabic(b)[0]
    assert agree(one, other) is expected
    assert agree(other, one) is expected


def test_a_masculine_dual_that_may_be_a_plural_is_unsure():
    assert not arabic("دوي انفجارين")[0].sure
    assert arabic("غارتين")[0].sure
