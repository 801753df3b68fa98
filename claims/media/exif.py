"""Time, place, device and edits a picture's metadata give: EXIF, IPTC, PNG text, XMP; and what does not fit.

Parses hostile bytes: call it through claims.media.sandbox.
"""

import io
import math
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin

from claims.media import xmp
from claims.media.facts import EDITORS, GENERATORS, Facts, Place, clean
from claims.media.lookalike import fine_agrees, prints
from claims.media.picture import MOST_PIXELS, Unreadable, opened, upright

_TIMES = {0x9003: ("EXIF DateTimeOriginal", 0x9011), 0x9004: ("EXIF DateTimeDigitized", 0x9012)}
_DEVICE = {0x010F: "make", 0x0110: "model", 0x0131: "software"}
_EXIF_DEVICE = {0xA431: "serial", 0xA434: "lens", 0xA435: "lens-serial"}
_TEXTS = {0x010E: "caption", 0x013B: "author", 0x8298: "rights"}
_IPTC = {(2, 120): "caption", (2, 80): "author", (2, 116): "rights", (2, 110): "credit", (2, 115): "source"}
_IPTC |= {(2, 90): "city", (2, 101): "country", (2, 105): "headline", (2, 25): "keywords"}
_PNG_GENERATED = {"parameters", "prompt", "workflow", "dream", "sd-metadata"}
EARLIEST_CLOCK = "1995-01-01"


def picture_facts(path: Path) -> tuple[Facts, Image.Image | None]:
    """What a picture says about itself, and the picture itself upright, or None where we cannot decode it.

    A picture of a format on our list that is broken raises Unreadable or TooManyPixels; metadata that is
    broken is left out.
    """
    facts = Facts()
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        image = _decoded(path, data)
        with suppress(Exception):
            xmp.read(data, facts)
        exif, blob = _exif(image, data)
    for part in (_base, _camera, _gps):
        with suppress(Exception):  # one broken tag must not hide the others
            part(exif, facts)
    seen = None
    if image is not None:
        _of_file(image, facts)
        seen = upright(image)
        facts.width, facts.height = seen.size
        with suppress(Exception):
            _thumbnail(exif, blob, image, facts)
    _judge(facts)
    return facts, seen


def _decoded(path: Path, data: mmap) -> ImageFile.ImageFile | None:
    """None only for HEIC without its optional decoder: its metadata can still be read."""
    try:
        return opened(path)
    except Unreadable:
        if data[4:8] == b"ftyp":
            return None
        raise


def _exif(image: ImageFile.ImageFile | None, data: mmap) -> tuple[Image.Exif, bytes]:
    """The EXIF block and its raw bytes from the TIFF header on. Without a decoder it is searched for."""
    exif = Image.Exif()
    blob = bytes(image.info.get("exif", b"")) if image is not None else b""
    if not blob and image is not None:
        return _exif_in_place(image), b""
    if not blob:
        at = data.find(b"Exif\0\0")
        blob = data[at : at + 65536] if at >= 0 else b""
    with suppress(Exception):
        exif.load(blob)
    return exif, blob.removeprefix(b"Exif\0\0")


def _exif_in_place(image: ImageFile.ImageFile) -> Image.Exif:
    """TIFF keeps its tags all over the file, which decoding closes: they are read from a second opening."""
    with Image.open(image.filename, formats=[image.format or ""]) as again:
        exif = again.getexif()
        for part in (0x8769, 0x8825):
            exif.get_ifd(part)
    return exif


def _base(exif: Image.Exif, facts: Facts) -> None:
    for tag, name in _DEVICE.items():
        if exif.get(tag):
            facts.device[name] = clean(exif[tag])[:200]
    for tag, name in _TEXTS.items():
        facts.say(name, exif.get(tag, ""))
    software = clean(exif.get(0x0131, ""))
    if software and EDITORS.search(software):
        facts.edit("saved", software, clean(exif.get(0x0132, "")))
    if GENERATORS.search(software):
        facts.note("generated", by=software)


def _camera(exif: Image.Exif, facts: Facts) -> None:
    camera = exif.get_ifd(0x8769)
    for tag, (source, zone) in _TIMES.items():
        facts.take(source, camera.get(tag, ""), clean(camera.get(zone, camera.get(0x9010, ""))))
    facts.take("EXIF DateTime", exif.get(0x0132, ""), clean(camera.get(0x9010, "")))
    for tag, name in _EXIF_DEVICE.items():
        if camera.get(tag):
            facts.device[name] = clean(camera[tag])[:200]
    comment = camera.get(0x9286)
    if isinstance(comment, bytes):
        comment = re.sub(rb"^(ASCII|UNICODE|JIS)?\x00+", b"", comment)
    facts.say("comment", comment or "")


def _gps(exif: Image.Exif, facts: Facts) -> None:
    """EXIF 2.32, 4.6.6: degrees, minutes, seconds as rationals; date and time stamps are UTC."""
    gps = exif.get_ifd(0x8825)
    latitude, longitude = _degrees(gps, 2, 1, b"S"), _degrees(gps, 4, 3, b"W")
    if latitude is not None and longitude is not None and abs(latitude) <= 90 and abs(longitude) <= 180:
        altitude = _number(gps.get(6))
        below = altitude is not None and gps.get(5) in (1, b"\x01")
        facts.places.append(
            Place(
                "EXIF GPS",
                round(latitude, 6),
                round(longitude, 6),
                -altitude if below and altitude else altitude,
                _number(gps.get(17)),
            )
        )
    if gps.get(29) and gps.get(7):
        hour, minute, second = (int(_number(part) or 0) for part in gps[7])
        facts.take("EXIF GPS time", f"{clean(gps[29])} {hour:02}:{minute:02}:{second:02}", "+00:00")


def _degrees(gps: Mapping[int, Any], tag: int, letter_tag: int, negative: bytes) -> float | None:
    parts = [_number(part) for part in gps.get(tag) or ()]
    if len(parts) != 3 or any(part is None for part in parts):
        return None
    degrees, minutes, seconds = (part or 0.0 for part in parts)
    letter = clean(gps.get(letter_tag, ""))
    return (degrees + minutes / 60 + seconds / 3600) * (
        -1 if letter.upper().startswith(negative.decode()) else 1
    )


def _number(value: Any) -> float | None:
    with suppress(TypeError, ValueError, ZeroDivisionError, OverflowError):
        number = float(value)
        return round(number, 6) if math.isfinite(number) else None
    return None


def _of_file(image: ImageFile.ImageFile, facts: Facts) -> None:
    """What stands outside EXIF and XMP: IPTC, PNG text, JPEG and GIF comments, the format itself."""
    facts.container = image.format or ""
    with suppress(Exception):
        for key, value in (IptcImagePlugin.getiptcinfo(image) or {}).items():
            if key in _IPTC:
                facts.say(_IPTC[key], b", ".join(value) if isinstance(value, list) else value)
    for key, value in dict(getattr(image, "text", None) or {}).items():
        if not str(key).startswith("XML:"):
            facts.say(f"png:{clean(key)[:80]}", value)
        if str(key).lower() in _PNG_GENERATED:
            facts.note("generated", by=f"PNG {clean(key)}")
    facts.say("comment", image.info.get("comment", ""))


def _thumbnail(exif: Image.Exif, blob: bytes, image: Image.Image, facts: Facts) -> None:
    """Does the small picture inside show the same as the large one? Programs that crop or paint forget it."""
    first = exif.get_ifd(ExifTags.IFD.IFD1)
    start, length = int(first.get(0x0201, 0)), int(first.get(0x0202, 0))
    if not start or not length or not blob:
        return
    with Image.open(io.BytesIO(blob[start : start + length]), formats=("JPEG",)) as small:
        if small.width * small.height > MOST_PIXELS:
            return
        inside = [p for p in prints(small.convert("RGB")) if p.whole]
    outside = [p for p in prints(image.convert("RGB")) if p.whole]
    # Cameras letterbox and sharpen thumbnails, so this is looser than a look-alike search.
    nearest = min((a.coarse ^ b.coarse).bit_count() for a in inside for b in outside)
    agrees = any(fine_agrees(a.fine, b.fine) for a in inside for b in outside)
    if nearest > 16 or (nearest > 10 and not agrees):
        facts.note("thumbnail-differs", bits=nearest, of=64)


def _judge(facts: Facts) -> None:
    """Findings that need more than one value."""
    times = {moment.source: moment.local for moment in facts.taken}
    original, changed = times.get("EXIF DateTimeOriginal"), times.get("EXIF DateTime")
    if original and changed:
        gap = datetime.fromisoformat(changed) - datetime.fromisoformat(original)
        if gap > timedelta(minutes=2):
            facts.note("modified-after", seconds=int(gap.total_seconds()))
    if any(moment.local < EARLIEST_CLOCK for moment in facts.taken):
        facts.note("clock-unset")
    if any(abs(place.latitude) < 0.01 and abs(place.longitude) < 0.01 for place in facts.places):
        facts.note("place-zero")
    if not (facts.taken or facts.places or facts.device):
        facts.note("no-metadata")
