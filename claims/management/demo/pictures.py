"""The files of the illustration, drawn when it is loaded. None shows anything that happened."""

from collections.abc import Callable
from math import sin

from PIL import Image, ImageDraw

from claims.management.demo.canvas import (
    AMBER,
    GREEN,
    INK,
    LINE,
    PAPER,
    QUIET,
    RED,
    SAND,
    SIZE,
    WATER,
    Canvas,
    encoded,
)


def map_al_omar() -> bytes:
    """Sketch map: the river, the base on its east side, where each account points."""
    sheet = Canvas("حقل العمر والفرات، بلا مقياس", "Al-Omar and the Euphrates, not to scale", SAND)
    river = [(x, 250 + (x - 40) * 0.38 + 26 * sin(x / 70)) for x in range(-20, SIZE[0] + 40, 12)]
    sheet.draw.line(river, fill=WATER, width=42, joint="curve")
    sheet.both((980, 585), "الفرات", "Euphrates", fill="#2f5d70")
    _dot(sheet, (190, 262), INK)
    sheet.both((205, 175), "دير الزور", "Deir ez-Zor")
    sheet.draw.rectangle([735, 300, 805, 350], outline=RED, width=5)
    sheet.both((770, 220), "قاعدة حقل العمر", "al-Omar base", fill=RED)
    sheet.arrow((725, 350), (430, 545), RED)
    sheet.both(
        (330, 580),
        "نورث برس: ثمانية صواريخ على الأقل غربًا",
        "North Press: at least 8 rockets, westward",
        size=22,
    )
    sheet.arrow((1090, 300), (830, 325), AMBER)
    sheet.both(
        (1020, 385),
        "عين الفرات: قذائف من الشرق (تقدير)",
        "Ayn al-Furat: shells from the east (estimate)",
        size=20,
    )
    return encoded(sheet.finished(), "PNG", optimize=True)


def map_damascus() -> bytes:
    """Sketch map: two accounts of one strike, on two sides of the city."""
    sheet = Canvas("جوار دمشق، بلا مقياس", "The Damascus area, not to scale", SAND)
    sheet.draw.ellipse([520, 270, 690, 390], fill="#ddd6c3", outline=QUIET, width=2)
    sheet.both((605, 310), "دمشق", "Damascus")
    _dot(sheet, (270, 260), RED)
    sheet.both((270, 150), "مطار الديماس العسكري", "Dimas airfield", size=26)
    sheet.both(
        (290, 300),
        "سبوتنيك عن إيغوروف: رادار ومدرج",
        "Sputnik, quoting Yegorov: radar and runway",
        size=20,
        fill=RED,
    )
    _dot(sheet, (690, 470), AMBER)
    sheet.both((640, 500), "السيدة زينب", "Sayyida Zaynab", size=26)
    _dot(sheet, (930, 500), AMBER)
    sheet.both((960, 530), "مطار دمشق الدولي", "Damascus International Airport", size=26)
    sheet.both(
        (820, 610),
        "صفحات محلية ومراسلون عسكريون",
        "Local pages and military correspondents",
        size=20,
        fill=AMBER,
    )
    sheet.arrow((300, 650), (520, 430), QUIET)
    sheet.both((250, 500), "سانا: من شمال شرق طبريا", "SANA: from NE of Lake Tiberias", size=20, fill=QUIET)
    return encoded(sheet.finished(), "PNG", optimize=True)


def counts() -> bytes:
    """The three counts on one axis: which can be true together."""
    sheet = Canvas("كم انفجارًا؟ ما قالته كل جهة", "How many explosions? What each source said")

    def x(number: float) -> float:
        return 330 + number * 70

    for number in range(11):
        sheet.draw.line([(x(number), 150), (x(number), 560)], fill=LINE, width=2)
        sheet.write((x(number), 590), str(number), fill=QUIET)
    rows = [
        (220, "سانا: عدة", "SANA: several", 2.0, True, AMBER),
        (340, "المرصد: خمسة على الأقل", "SOHR: at least five", 5.0, True, GREEN),
        (460, "عين الفرات: اثنان", "Ayn al-Furat: two", 2.0, False, RED),
    ]
    for y, ar, en, low, is_open, fill in rows:
        sheet.both((165, y - 16), ar, en, size=24)
        if is_open:
            sheet.arrow((x(low), y), (x(10.6), y), fill, width=7)
        _dot(sheet, (x(low), y), fill)
    sheet.both(
        (690, 630),
        "«اثنان» و«خمسة على الأقل» لا يصحّان معًا",
        "Two and at least five cannot both be true",
        size=22,
    )
    return encoded(sheet.finished(), "PNG", optimize=True)


def night() -> bytes:
    """An abstract night sky. Its metadata carries a planted date and place, for the examination to find."""
    sheet = Canvas("سماء ليلية متخيَّلة", "An imagined night sky", "#10141f", PAPER)
    for row in range(90, 690):
        shade = (row - 90) / 600
        colour = (int(16 + 40 * shade), int(20 + 26 * shade), int(31 + 8 * shade))
        sheet.draw.line([(0, row), (SIZE[0], row)], fill=colour)
    for star in range(90):
        sheet.draw.point((star * 389 % SIZE[0], 100 + star * 223 % 420), fill="#c9cede")
    trail = [(300 + step * 5, 600 - step * 4.4 + step * step * 0.014) for step in range(110)]
    sheet.draw.line(trail, fill="#f2b45c", width=5, joint="curve")
    sheet.draw.polygon(
        [(0, 690), (0, 620), (300, 598), (720, 630), (SIZE[0], 606), (SIZE[0], 690)], fill="#07090e"
    )
    sheet.write((600, 655), "ليست صورة لما جرى · not a picture of what happened", fill="#8f93a3", size=22)
    return encoded(sheet.finished(), "JPEG", quality=88, exif=_planted())


def memo() -> bytes:
    """A one-page document: how unnamed sources are read."""
    page = Image.new("RGB", (1240, 1754), "white")
    sheet = Canvas("وثيقة توضيحية", "Illustration document", "white")
    lines = [
        ("كيف نقرأ «مصادر محلية»", "How we read “local sources”"),
        ("من لا يُسمّى لا يُحسب أصلًا مستقلًا.", "Who is not named is not an independent origin."),
        ("عشر وسائل تنقل عن أصل واحد هي صوت واحد.", "Ten outlets relaying one origin are one voice."),
        ("نذكر النسبة كما وردت، ولا نزيد عليها.", "We give the attribution as it stands and add nothing."),
    ]
    for number, (ar, en) in enumerate(lines):
        sheet.both((SIZE[0] / 2, 150 + number * 125), ar, en, size=34 if number == 0 else 30)
    page.paste(sheet.finished(), (20, 120))
    ImageDraw.Draw(page).rectangle([20, 120, 20 + SIZE[0], 120 + SIZE[1]], outline=LINE, width=2)
    return encoded(page, "PDF", resolution=150.0, title="Factcheck illustration")


def _dot(sheet: Canvas, at: tuple[float, float], fill: str) -> None:
    sheet.draw.ellipse([at[0] - 11, at[1] - 11, at[0] + 11, at[1] + 11], fill=fill, outline=PAPER, width=3)


def _planted() -> Image.Exif:
    """Metadata of a camera that never was: taken two days before the night, near al-Omar."""
    exif = Image.Exif()
    exif[0x010E] = "Factcheck illustration, planted metadata"
    exif[0x010F] = "Illustration"
    exif[0x0110] = "Drawn, not photographed"
    exif[0x0132] = "2022:10:20 21:14:00"
    details = exif.get_ifd(0x8769)
    details[0x9003] = "2022:10:20 21:14:00"
    details[0x9011] = "+03:00"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (35.0, 5.0, 24.0)
    place[3], place[4] = "E", (40.0, 33.0, 0.0)
    return exif


PICTURES: dict[str, Callable[[], bytes]] = {
    "map-al-omar.png": map_al_omar,
    "map-damascus.png": map_damascus,
    "counts.png": counts,
    "night.jpg": night,
    "memo.pdf": memo,
}
