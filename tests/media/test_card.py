"""Cards: the claim fits, reads from its own side, and carries nothing hidden."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from claims.media.card import Card, Fonts, drawn, plain

FOLDER = Path(__file__).parents[2] / "claims/static/claims/fonts"
FONTS = Fonts(FOLDER / "Vazirmatn-Regular.ttf", FOLDER / "Vazirmatn-Bold.ttf")
AR = Card("ar", "سُمع دويّ خمسة انفجارات قرب حقل العمر.", "denied", "منفي", "فاكت تشيك", "مثال توضيحي")
EN = Card("en", "Five blasts were heard near the al-Omar field.", "confirmed", "Confirmed", "Factcheck")


def picture(card, **options):
    return Image.open(BytesIO(drawn(card, FONTS, **options)))


def ink(image, box):
    """How much of a box is not paper."""
    part = image.crop(box).convert("RGB")
    return (
        ImageChops.difference(part, Image.new("RGB", part.size, "#fbfaf7"))
        .convert("L")
        .point(bool)
        .histogram()[1]
    )


@pytest.mark.parametrize("raqm", [True, False])
@pytest.mark.parametrize("card", [AR, EN], ids=["ar", "en"])
def test_it_reads_from_its_own_side(card, raqm):
    image = picture(card, raqm=raqm)
    before, after = ink(image, (0, 130, 400, 450)), ink(image, (800, 130, 1200, 450))
    assert (after > before) == (card.lang == "ar")


@pytest.mark.parametrize("raqm", [True, False])
def test_arabic_letters_are_joined(raqm):
    joined = picture(AR, raqm=raqm)
    apart = picture(Card("ar", "\u200c".join(AR.claim), "denied", "منفي", "فاكت تشيك"), raqm=raqm)
    assert ImageChops.difference(joined, apart).crop((0, 100, 1200, 460)).getbbox()


@pytest.mark.parametrize("claim", ["x" * 3000, "كلمة " * 800, "", "\u202e\u2066 \x07", "🙂" * 50, "a\nb"])
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_any_claim_fits_between_head_and_band(lang, claim):
    image = picture(Card(lang, claim, "unverified", "?", "N"))
    assert image.size == (1200, 630)
    assert ink(image, (0, 100, 60, 480)) == ink(image, (1140, 100, 1200, 480)) == 0
    assert ink(image, (0, 470, 1200, 485)) == 0


@pytest.mark.parametrize("value", ["confirmed", "denied", "unverified"])
def test_each_verdict_has_its_own_shape_beside_its_colour(value):
    others = {"confirmed", "denied", "unverified"} - {value}
    shape = (70, 520, 150, 600)
    mine = picture(Card("en", "c", value, "w", "n")).crop(shape).convert("1")
    for other in others:
        theirs = picture(Card("en", "c", other, "w", "n")).crop(shape).convert("1")
        assert ImageChops.logical_xor(mine, theirs).getbbox()


def test_it_carries_no_metadata():
    image = picture(AR)
    assert image.info == {}


def test_signs_that_cannot_be_seen_are_left_out():
    assert plain("a\u202eb\u0007\n c\u200cd") == "ab c\u200cd"
