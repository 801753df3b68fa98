"""Everything we learn from one file in one go: facts, findings, small pictures, look-alike prints, text.

Steps of claims.media.child, so each runs under its limits. Files are written into the folder `out`:
thumb.webp, page-NN.webp, frame-NN.webp, text.txt.
"""

from pathlib import Path
from typing import Any

from PIL import Image

from claims.errors import FactcheckError
from claims.media import manifest
from claims.media.facts import Facts
from claims.media.lookalike import mirrored_prints, prints
from claims.media.picture import encoded

SMALL = (480, 480)
PAGE = (1400, 1400)
# Large enough to tell a place by.
FRAME = (1280, 1280)


def examine(path: Path, media_type: str, kind: str, out: Path) -> dict[str, Any]:
    """{facts, prints, mirrored, files}: files lists {name, what, at} with `at` a page from 1 or a second.

    `prints` and `mirrored` (of the picture, or of all key frames) are as Print.as_json writes them. A part
    that could not be read is a finding, not an error; a picture or PDF that is broken raises Invalid.
    """
    steps = {"image": _picture, "pdf": _pdf, "video": _film, "audio": _film, "text": _text}
    made = _Made(out)
    step = steps.get(kind)
    facts = step(path, media_type, made) if step else Facts()
    if kind in ("image", "video", "audio", "pdf"):
        manifest.note(path, media_type, facts)
    return {"facts": facts.as_json(), "prints": made.prints, "mirrored": made.mirrored, "files": made.files}


class _Made:
    """What an examination writes down as it goes."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.files: list[dict[str, Any]] = []
        self.prints: list[list[Any]] = []
        self.mirrored: list[list[Any]] = []

    def picture(
        self, image: Image.Image, name: str, what: str, at: float | None, box: tuple[int, int] = SMALL
    ) -> None:
        small = image.copy()
        small.thumbnail(box, Image.Resampling.LANCZOS, reducing_gap=2.0)
        (self.out / name).write_bytes(encoded(small, "WEBP", quality=80))
        self.files.append({"name": name, "what": what, "at": at})

    def look(self, image: Image.Image) -> None:
        self.prints += [p.as_json() for p in prints(image)]
        self.mirrored += [p.as_json() for p in mirrored_prints(image)]


def _picture(path: Path, media_type: str, made: _Made) -> Facts:
    from claims.media.exif import picture_facts

    facts, image = picture_facts(path)
    if image is None:
        facts.note("tool-missing", tool="pillow-heif")
        return facts
    made.picture(image, "thumb.webp", "thumbnail", None)
    made.look(image)
    return facts


def _pdf(path: Path, media_type: str, made: _Made) -> Facts:
    from claims.media.pdf import page_images, pdf_facts, pdf_text

    facts = pdf_facts(path)
    for number, image in enumerate(page_images(path), 1):
        if number == 1:
            made.picture(image, "thumb.webp", "thumbnail", None)
        made.picture(image, f"page-{number:02}.webp", "page", number, PAGE)
    try:
        text = pdf_text(path)
    except FactcheckError as missing:
        facts.note(missing.code, **missing.facts)
    else:
        (made.out / "text.txt").write_text(text, encoding="utf-8")
        made.files.append({"name": "text.txt", "what": "text", "at": None})
    return facts


def _film(path: Path, media_type: str, made: _Made) -> Facts:
    from claims.media.film import film_facts

    try:
        facts = film_facts(path, media_type)
    except FactcheckError as failed:
        facts = Facts()
        facts.note(failed.code, **failed.facts)
        return facts
    if any(stream.get("codec_type") == "video" for stream in facts.streams):
        _frames(path, media_type, facts, made)
    return facts


def _frames(path: Path, media_type: str, facts: Facts, made: _Made) -> None:
    from claims.media.film import key_frames

    try:
        frames = key_frames(path, media_type, made.out, seconds=facts.seconds or 1.0)
    except FactcheckError as missing:
        facts.note(missing.code, **missing.facts)
        return
    for number, (at, file) in enumerate(frames, 1):
        with Image.open(file, formats=("JPEG",)) as opened:
            image = opened.convert("RGB")
        if number == 1:
            made.picture(image, "thumb.webp", "thumbnail", None)
        made.picture(image, f"frame-{number:02}.webp", "frame", at, FRAME)
        made.look(image)
        file.unlink()


def _text(path: Path, media_type: str, made: _Made) -> Facts:
    return Facts()
