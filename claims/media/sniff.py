"""What a file really is, by its bytes, and what does not fit: its name, its end, something hidden in it."""

import re
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import puremagic

from claims.media.finding import Finding
from claims.media.names import extension
from claims.media.signature import CLAIMING, OTHER, TYPES, Kind, Type, signature
from claims.media.structure import extent

HEAD = 64 * 1024
SUSPECT = {"polyglot", "extension-mismatch", "declared-mismatch", "malformed"}
_MARKUP = re.compile(rb"<(?:html|script|body|iframe)[\s>/]|<\?php|<!doctype html", re.IGNORECASE)
_PDF_ACTION = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|SubmitForm)\b")
_ZIP_END = b"PK\x05\x06"
_ARABIC_1256 = re.compile(rb"[\xc0-\xff]{2}")
_TEXT_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Sniffed:
    """The type by bytes, and findings: polyglot, extension-mismatch, declared-mismatch, malformed, truncated,
    trailing-data, active-content. `charset` is a guess for text and empty otherwise."""

    media_type: str
    kind: Kind
    extension: str
    charset: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def suspect(self) -> bool:
        """Must a person look before this is used? Then it stays in quarantine."""
        return any(f.code in SUSPECT for f in self.findings)

    def as_json(self) -> dict[str, Any]:
        """The answer as one JSON object."""
        return {**vars(self), "findings": [f.as_json() for f in self.findings]}


def sniff(path: Path, *, name: str = "", declared: str = "") -> Sniffed:
    """Type and findings of a stored file. `name` and `declared` are what the sender said; they decide nothing.

    The file must not change meanwhile (it is mapped, not read). Raises ValueError for an empty file.
    """
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        found, charset = type_of(data[:HEAD])
        findings = [*_end_findings(data, found), *_hidden(data, found), *_active(data, found)]
    findings += _name_findings(found, name, declared)
    first = found.extensions[0] if found.extensions else ""
    return Sniffed(found.media_type, found.kind, first, charset, tuple(findings))


def type_of(head: bytes) -> tuple[Type, str]:
    """(type, charset) by the first bytes; the charset is empty for what is not text."""
    announced = signature(head)
    if announced:
        return announced, ""
    charset = _charset(head)
    if charset:
        return TYPES[_text_type(head.decode(charset, "replace"))], charset
    return _by_library(head), ""


def _charset(head: bytes) -> str:
    if head.startswith(_UTF16):
        return "utf-16"
    if _TEXT_CONTROLS.search(head):
        return ""
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3:
            # Old Arabic pages: two letters side by side, which Latin-1 prose hardly ever has.
            return "windows-1256" if len(_ARABIC_1256.findall(head)) > len(head) // 20 else ""
    return "utf-8-sig" if head.startswith(b"\xef\xbb\xbf") else "utf-8"


def _text_type(text: str) -> str:
    start = re.sub(r"^\s*(?:<\?xml[^>]*\?>|<!--.*?-->|\s)*", "", text[:4096], flags=re.DOTALL).lower()
    if re.match(r"<!doctype html|<html[\s>]", start):
        return "text/html"
    if re.match(r"(?:<!doctype svg[^>]*>\s*)?<svg[\s>]", start):
        return "image/svg+xml"
    if text.lstrip().startswith("<?xml"):
        return "application/xml"
    if re.match(r"<(?:head|body|script|iframe|meta|table|div|p|a|img)[\s>/]", start):
        return "text/html"
    if re.search(r"^content-type:\s*multipart/related", text[:8192], re.IGNORECASE | re.MULTILINE):
        return "multipart/related"
    return "text/plain"


def _by_library(head: bytes) -> Type:
    """What is not on our list gets the library's name for it, but stays 'other': nothing of ours opens it."""
    try:
        guess = puremagic.magic_string(head)[0]
    except (puremagic.PureError, ValueError, IndexError):
        return OTHER
    known = re.fullmatch(r"[a-z]+/[\w.+-]{1,80}", guess.mime_type or "")
    return Type(known.group(), "other", (guess.extension,) if guess.extension else ()) if known else OTHER


def _end_findings(data: mmap, found: Type) -> list[Finding]:
    span = extent(data, found.media_type)
    if span is None:
        return []
    end, whole = span
    if whole:
        return [Finding("trailing-data", {"offset": end, "size": len(data) - end})] if end < len(data) else []
    broken = "truncated" if end >= len(data) else "malformed"
    return [Finding(broken, {"offset": min(end, len(data))})]


def _hidden(data: mmap, found: Type) -> list[Finding]:
    """A second format inside a picture, PDF or sound: pages, scripts, archives, PDF."""
    if found.kind not in ("image", "pdf", "audio", "video"):
        return []
    within = len(data) if found.kind in ("image", "pdf") else HEAD
    inside = []
    markup = _MARKUP.search(data, 0, within)
    if markup and found.kind != "pdf":
        inside.append(("markup", markup.start()))
    if _is_zip_end(data):
        inside.append(("zip", data.rfind(_ZIP_END)))
    if found.kind != "pdf" and b"%PDF-" in data[:1024]:
        inside.append(("pdf", data.find(b"%PDF-")))
    if found.kind == "pdf" and signature(data[:16]) is not None and data[:5] != b"%PDF-":
        inside.append(("before-pdf", 0))
    return [Finding("polyglot", {"also": what, "offset": at}) for what, at in inside]


def _is_zip_end(data: mmap) -> bool:
    """An end-of-central-directory record whose comment reaches exactly the end of the file (APPNOTE 4.3.16)."""
    at = data.rfind(_ZIP_END, max(0, len(data) - 65557))
    if at < 0 or at + 22 > len(data):
        return False
    return at + 22 + int.from_bytes(data[at + 20 : at + 22], "little") == len(data)


def _active(data: mmap, found: Type) -> list[Finding]:
    """What would run or call out if a browser or reader opened it."""
    if found.media_type == "application/pdf":
        acts = sorted({m.group(1).decode() for m in _PDF_ACTION.finditer(data)})
        return [Finding("active-content", {"what": acts})] if acts else []
    if found.media_type in ("text/html", "image/svg+xml", "application/xml", "multipart/related"):
        return [Finding("active-content", {"what": [found.media_type]})]
    if found.media_type in (
        "application/x-shockwave-flash",
        "application/x-msdownload",
        "application/x-executable",
    ):
        return [Finding("active-content", {"what": [found.media_type]})]
    return []


def _name_findings(found: Type, name: str, declared: str) -> list[Finding]:
    findings = []
    said = extension(name)
    if said and said not in found.extensions and _claims_something(said):
        findings.append(Finding("extension-mismatch", {"extension": said, "media_type": found.media_type}))
    told = TYPES.get(declared.partition(";")[0].strip().lower())
    if (
        told
        and OTHER not in (told, found)
        and told.kind != found.kind
        and {told.kind, found.kind} != {"audio", "video"}
    ):
        facts = {"declared": told.media_type, "media_type": found.media_type}
        findings.append(Finding("declared-mismatch", facts))
    return findings


def _claims_something(said: str) -> bool:
    return said in CLAIMING or any(said in t.extensions for t in TYPES.values())
