"""Metadata, page images and text of a PDF. Run inside the child of claims.media.sandbox."""

import re
from collections.abc import Iterator
from contextlib import closing, suppress
from mmap import ACCESS_READ, mmap
from pathlib import Path

import pypdfium2
from PIL import Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from claims.errors import Invalid
from claims.media import xmp
from claims.media.facts import Facts, clean
from claims.media.tool import output_of

MOST_PAGE_PIXELS = 8_000_000
MOST_TEXT = 4 * 1024 * 1024
_TEXTS = {"/Title": "title", "/Author": "author", "/Subject": "caption", "/Keywords": "keywords"}
_DATE = re.compile(
    r"D?:?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([Zz])|([+-])(\d\d)'?(\d\d)?'?)?", re.ASCII
)


class UnreadablePdf(Invalid):
    """Broken, or encrypted with a password. Facts: reason."""

    code = "unreadable-pdf"


def pdf_facts(path: Path) -> Facts:
    """What a PDF says about itself. Findings: pdf-revised, encrypted, attachments. Raises UnreadablePdf."""
    facts = Facts(container="PDF")
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        _revisions(data, facts)
        xmp.read(data, facts)
    try:
        reader = PdfReader(path)
        if reader.is_encrypted:
            facts.note("encrypted")
            reader.decrypt("")
        facts.n_pages = len(reader.pages)
        _info(reader, facts)
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        NotImplementedError,
    ) as error:
        raise UnreadablePdf(reason=type(error).__name__) from error
    return facts


def page_images(path: Path, *, most: int = 5, dpi: int = 110) -> Iterator[Image.Image]:
    """The first pages as pictures, scripts not run, forms not drawn. Raises UnreadablePdf."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise UnreadablePdf(reason="pdfium") from error
    with closing(document):
        for number in range(min(most, len(document))):
            page = document[number]
            width, height = page.get_size()
            scale = min(dpi / 72, (MOST_PAGE_PIXELS / max(1.0, width * height)) ** 0.5)
            yield page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")


def pdf_text(path: Path, *, pages: int = 300) -> str:
    """The text in reading order, pages parted by form feeds, at most 4 MB. Raises ToolMissing, ToolFailed.

    Only poppler keeps the logical order of Arabic; the Python libraries turn it round (DEPENDENCIES, 2026-11).
    """
    said = output_of("pdftotext", ["-enc", "UTF-8", "-l", str(pages), str(path), "-"], most=MOST_TEXT)
    return said.decode("utf-8", "replace").replace("\0", "")


def _revisions(data: mmap, facts: Facts) -> None:
    """Each saving 'on top' adds one more %%EOF; a linearised file has two from the start."""
    ends, at = 0, data.find(b"%%EOF")
    while at >= 0 and ends < 100:
        ends, at = ends + 1, data.find(b"%%EOF", at + 5)
    ends -= data[:2048].find(b"/Linearized") >= 0
    if ends > 1:
        facts.note("pdf-revised", n_versions=ends)


def _info(reader: PdfReader, facts: Facts) -> None:
    info: dict[str, object] = dict(reader.metadata or {})
    for key, name in _TEXTS.items():
        facts.say(name, info.get(key, ""))
    for key, source in (("/CreationDate", "PDF CreationDate"), ("/ModDate", "PDF ModDate")):
        facts.take(source, _iso(clean(info.get(key, ""))))
    if info.get("/Creator"):
        facts.edit("written", clean(info["/Creator"]))
    if info.get("/Producer"):
        facts.edit("saved", clean(info["/Producer"]), _iso(clean(info.get("/ModDate", ""))))
    with suppress(Exception):
        if reader.attachments:
            facts.note("attachments", names=[clean(name)[:200] for name in list(reader.attachments)[:20]])


def _iso(written: str) -> str:
    """ISO 32000-1, 7.9.4: D:YYYYMMDDHHmmSSOHH'mm', where all but the year may be left out."""
    found = _DATE.match(written)
    if not found:
        return ""
    year, month, day, hour, minute, second, utc, sign, hours, minutes = found.groups()
    zone = "Z" if utc else f"{sign}{hours}:{minutes or '00'}" if sign else ""
    return f"{year}-{month or '01'}-{day or '01'}T{hour or '00'}:{minute or '00'}:{second or '00'}{zone}"
