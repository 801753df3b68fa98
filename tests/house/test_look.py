"""The look keeps its promises: contrast, mirroring, licences beside the fonts."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "claims" / "static" / "claims"
SHEETS = sorted(STATIC.rglob("*.css"))
TOKENS = (STATIC / "css" / "tokens.css").read_text()


def colours(scheme: int) -> dict[str, str]:
    """Token name to hex colour, in light (0) or dark (1)."""
    found = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", TOKENS)
    return {name: (light, dark)[scheme] for name, light, dark in found}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["ink", "soft", "link", "confirmed", "denied", "unverified"])
@pytest.mark.parametrize("ground", ["paper", "card", "sunk"])
def test_words_stand_out_from_every_ground(scheme: int, name: str, ground: str) -> None:
    assert contrast(colours(scheme)[name], colours(scheme)[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["confirmed", "denied", "unverified"])
def test_a_badge_is_legible_on_its_own_wash(scheme: int, name: str) -> None:
    assert contrast(colours(scheme)[name], colours(scheme)[f"{name}-wash"]) >= 4.5
    assert contrast(colours(scheme)["ink"], colours(scheme)[f"{name}-wash"]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["edge", "focus"])
@pytest.mark.parametrize("ground", ["paper", "card", "sunk"])
def test_borders_of_controls_and_the_focus_ring_can_be_seen(scheme: int, name: str, ground: str) -> None:
    assert contrast(colours(scheme)[name], colours(scheme)[ground]) >= 3


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_stylesheet_names_a_physical_side(sheet: Path) -> None:
    sides = r"(?:left|right|top|bottom)"
    alone = rf"[\s;{{](?:{sides}|width|height)\s*:"
    physical = rf"(?:margin|padding|border|inset)-{sides}|{alone}|(?:float|text-align)\s*:\s*{sides}"
    text = re.sub(r"/\*.*?\*/|@media[^{]*", "", sheet.read_text(), flags=re.S)
    assert not re.findall(physical, text)
    assert len(sheet.read_text().splitlines()) < 400


def test_every_font_has_its_licence_beside_it() -> None:
    licences = {path.stem.removeprefix("OFL-").lower() for path in (STATIC / "fonts").glob("OFL-*.txt")}
    families = {
        re.sub(r"-(arabic|latin|Regular|Bold).*", "", p.stem) for p in (STATIC / "fonts").glob("*.[wt]*f*")
    }
    assert {name.replace("-", "").lower() for name in families} <= {*licences, "notonaskh"}


def test_the_fonts_stay_small() -> None:
    assert sum(path.stat().st_size for path in (STATIC / "fonts").iterdir()) < 600_000


def test_every_face_named_by_a_stylesheet_is_here() -> None:
    for sheet in SHEETS:
        for address in re.findall(r'url\("([^"]+)"\)', sheet.read_text()):
            assert (sheet.parent / address).resolve().exists()
