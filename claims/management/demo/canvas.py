"""Paper, ink and lettering for the drawn illustrations, in Arabic and Latin letters."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import arabic_reshaper
from bidi.algorithm import get_display
from PIL import Image, ImageDraw, ImageFont, features

FONTS = Path(__file__).resolve().parents[2] / "static" / "claims" / "fonts"
PAPER, INK, QUIET, LINE = "#faf9f5", "#1d1f23", "#6b6a64", "#d9d7cf"
WATER, SAND, RED, GREEN, AMBER = "#9fc0cf", "#efe9da", "#a3282b", "#1d6b45", "#8a5a00"
LABEL_AR, LABEL_EN = "رسم توضيحي", "Drawn illustration"
SIZE = (1200, 760)

Point = tuple[float, float]


class Canvas:
    """A sheet that says at its foot, in both languages, that it is a drawing."""

    def __init__(self, title_ar: str, title_en: str, ground: str = PAPER, ink: str = INK) -> None:
        self.image = Image.new("RGB", SIZE, ground)
        self.draw = ImageDraw.Draw(self.image)
        self.ink = ink
        self.write((SIZE[0] - 40, 46), title_ar, size=34, bold=True, anchor="rm")
        self.write((40, 46), title_en, size=24, anchor="lm")

    def write(
        self, at: Point, text: str, *, size: int = 24, bold: bool = False, fill: str = "", anchor: str = "mm"
    ) -> None:
        """One line of text; Arabic is joined and runs from the right whether or not Pillow can do it itself."""
        font = _font(size, bold)
        rtl = any("؀" <= letter <= "ۿ" for letter in text)
        if rtl and not _shapes_itself():
            text = get_display(arabic_reshaper.reshape(text))
        direction: dict[str, Any] = {"direction": "rtl" if rtl else "ltr"} if _shapes_itself() else {}
        self.draw.text(at, text, font=font, fill=fill or self.ink, anchor=anchor, **direction)

    def both(self, at: Point, ar: str, en: str, *, size: int = 24, fill: str = "") -> None:
        """A name in both languages, Arabic above."""
        self.write(at, ar, size=size, bold=True, fill=fill)
        self.write((at[0], at[1] + size * 1.25), en, size=int(size * 0.75), fill=fill)

    def arrow(self, start: Point, end: Point, fill: str, width: int = 4) -> None:
        """A straight arrow."""
        length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5 or 1.0
        ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
        base = (end[0] - ux * 20, end[1] - uy * 20)
        self.draw.line([start, base], fill=fill, width=width)
        self.draw.polygon(
            [end, (base[0] - uy * 9, base[1] + ux * 9), (base[0] + uy * 9, base[1] - ux * 9)], fill=fill
        )

    def finished(self) -> Image.Image:
        """The sheet with its label."""
        y = SIZE[1] - 36
        self.draw.rectangle([0, SIZE[1] - 70, *SIZE], fill=INK)
        self.write((SIZE[0] - 40, y), f"{LABEL_AR}، رسمه الفريق", fill=PAPER, bold=True, anchor="rm")
        self.write((40, y), f"{LABEL_EN}, made by our team", fill=PAPER, size=22, anchor="lm")
        return self.image


def encoded(image: Image.Image, format_name: str, **options: Any) -> bytes:
    """The picture as a file's bytes."""
    out = BytesIO()
    image.save(out, format_name, **options)
    return out.getvalue()


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"Vazirmatn-{'Bold' if bold else 'Regular'}.ttf"), size)


@cache
def _shapes_itself() -> bool:
    return bool(features.check("raqm"))
