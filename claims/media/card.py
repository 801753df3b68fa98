"""A verdict as a picture of 1200 by 630: claim, word, drawn shape, colour and the newsroom's name.

Arabic needs its letters joined and its lines set from right to left. Pillow does both with raqm; without it
arabic-reshaper and python-bidi do, line by line.
"""

import io
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import arabic_reshaper
from bidi.algorithm import get_display
from PIL import Image, ImageDraw, ImageFont, features

WIDE, HIGH, EDGE = 1200, 630, 72
PAPER, INK, SOFT, LINE = "#fbfaf7", "#1c1f23", "#5a5f68", "#e2ded5"
COLOURS = {"confirmed": "#1a6b43", "denied": "#a3261d", "unverified": "#755200"}
SIZES = (64, 56, 50, 44, 38, 34)
MOST_LINES, CLAIM_TOP, CLAIM_BOTTOM = 5, 120, 455
LEADING = 1.5


@dataclass(frozen=True)
class Fonts:
    """Two TrueType files that hold Arabic and Latin letters."""

    regular: Path
    bold: Path


@dataclass(frozen=True)
class Card:
    """What the picture says. `lang` is "ar" or "en" and decides the side it reads from."""

    lang: str
    claim: str
    value: str
    word: str
    newsroom: str
    note: str = ""


@dataclass(frozen=True)
class _Pen:
    draw: ImageDraw.ImageDraw
    rtl: bool
    raqm: bool

    def width(self, text: str, font: ImageFont.FreeTypeFont) -> float:
        return self.draw.textlength(self._set(text), font=font, **self._options())

    def line(self, inset: float, y: float, text: str, font: ImageFont.FreeTypeFont, fill: str) -> None:
        """One line whose start is `inset` from the side where reading starts; `y` is its middle."""
        x = WIDE - inset if self.rtl else inset
        anchor = "rm" if self.rtl else "lm"
        self.draw.text((x, y), self._set(text), font=font, fill=fill, anchor=anchor, **self._options())

    def _options(self) -> dict[str, Any]:
        return {"direction": "rtl" if self.rtl else "ltr"} if self.raqm else {}

    def _set(self, text: str) -> str:
        if self.raqm:
            return text
        return str(get_display(arabic_reshaper.reshape(text), base_dir="R" if self.rtl else "L"))


def drawn(card: Card, fonts: Fonts, *, raqm: bool | None = None) -> bytes:
    """The picture as PNG, without metadata. `raqm` forces one way of setting text; by default the best there is."""
    image = Image.new("RGB", (WIDE, HIGH), PAPER)
    pen = _Pen(
        ImageDraw.Draw(image), card.lang == "ar", bool(features.check("raqm") if raqm is None else raqm)
    )
    colour = COLOURS[card.value]
    small = _font(fonts.regular, 30, pen)
    pen.line(EDGE, 66, plain(card.newsroom), _font(fonts.bold, 32, pen), INK)
    if card.note:
        inset = WIDE - EDGE - pen.width(card.note, small)
        pen.line(inset, 66, card.note, small, SOFT)
    _claim(card, fonts, pen)
    _verdict(card, fonts, pen, colour)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def plain(text: str) -> str:
    """Text on one line without signs that cannot be seen, bidi controls among them; joiners stay, letters need them."""
    kept = "".join(
        sign
        for sign in text
        if sign in "\u200c\u200d" or sign.isspace() or unicodedata.category(sign)[0] != "C"
    )
    return " ".join(kept.split())


def _font(file: Path, size: int, pen: _Pen) -> ImageFont.FreeTypeFont:
    engine = ImageFont.Layout.RAQM if pen.raqm else ImageFont.Layout.BASIC
    return ImageFont.truetype(str(file), size, layout_engine=engine)


def _claim(card: Card, fonts: Fonts, pen: _Pen) -> None:
    """The claim in the largest size that fits, cut with an ellipsis when none does."""
    for size in SIZES:
        font = _font(fonts.bold, size, pen)
        lines = _wrapped(plain(card.claim), font, pen)
        if len(lines) <= MOST_LINES and len(lines) * size * LEADING <= CLAIM_BOTTOM - CLAIM_TOP:
            break
    else:
        lines = _cut(lines, font, pen)
    step = size * LEADING
    top = CLAIM_TOP + (CLAIM_BOTTOM - CLAIM_TOP - len(lines) * step) / 2
    for number, line in enumerate(lines):
        pen.line(EDGE, top + step * (number + 0.5), line, font, INK)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, pen: _Pen) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        for piece in _pieces(word, font, pen):
            longer = f"{lines[-1]} {piece}" if lines else piece
            if lines and pen.width(longer, font) <= WIDE - 2 * EDGE:
                lines[-1] = longer
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, font: ImageFont.FreeTypeFont, pen: _Pen) -> list[str]:
    """A word, or parts of it where one alone is wider than the card."""
    pieces = [""]
    for sign in word[:400]:
        if pieces[-1] and pen.width(pieces[-1] + sign, font) > WIDE - 2 * EDGE:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def _cut(lines: list[str], font: ImageFont.FreeTypeFont, pen: _Pen) -> list[str]:
    kept = lines[:MOST_LINES]
    last = kept[-1]
    while last and pen.width(f"{last} …", font) > WIDE - 2 * EDGE:
        last = last[:-1].rstrip()
    return [*kept[:-1], f"{last} …"]


def _verdict(card: Card, fonts: Fonts, pen: _Pen, colour: str) -> None:
    """A band across the foot: the shape in a disc, then the word."""
    pen.draw.rectangle((0, 486, WIDE, HIGH), fill=colour)
    middle, radius = 558, 36
    centre = WIDE - EDGE - radius if pen.rtl else EDGE + radius
    pen.draw.ellipse((centre - radius, middle - radius, centre + radius, middle + radius), fill="#fff")
    _shape(card.value, pen, centre, middle, colour, fonts)
    pen.line(EDGE + 2 * radius + 28, middle, card.word, _font(fonts.bold, 60, pen), "#fff")


def _shape(value: str, pen: _Pen, x: float, y: float, colour: str, fonts: Fonts) -> None:
    if value == "confirmed":
        pen.draw.line((x - 17, y + 1, x - 5, y + 14, x + 18, y - 13), fill=colour, width=9, joint="curve")
    elif value == "denied":
        pen.draw.line((x - 15, y - 15, x + 15, y + 15), fill=colour, width=9)
        pen.draw.line((x - 15, y + 15, x + 15, y - 15), fill=colour, width=9)
    else:
        font = _font(fonts.bold, 50, pen)
        pen.draw.text((x, y), "؟" if pen.rtl else "?", font=font, fill=colour, anchor="mm")
