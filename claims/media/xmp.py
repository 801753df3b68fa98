"""XMP packets (ISO 16684-1) wherever they stand in a file, read without a library that resolves entities."""

import re
from mmap import mmap
from xml.parsers import expat

from claims.media.facts import GENERATORS, Facts, Place

MOST_BYTES = 1024 * 1024
MOST_PACKETS = 4
MOST_VALUES = 500
_TIMES = {
    "CreateDate": "XMP CreateDate",
    "DateCreated": "XMP DateCreated",
    "DateTimeOriginal": "XMP DateTimeOriginal",
}
_TEXTS = {
    "title": "title",
    "description": "caption",
    "creator": "author",
    "rights": "rights",
    "Credit": "credit",
    "Source": "source",
    "City": "city",
    "Country": "country",
    "Headline": "headline",
    "DigitalSourceType": "digital-source-type",
}
_DEVICE = {
    "Make": "make",
    "Model": "model",
    "SerialNumber": "serial",
    "LensModel": "lens",
    "CreatorTool": "software",
}


class _Refused(Exception):
    """The packet has a document type: nothing honest does."""


def packets(data: mmap) -> list[bytes]:
    """The packets that stand in the file as plain text, at most four of a megabyte."""
    found: list[bytes] = []
    at = 0
    while len(found) < MOST_PACKETS:
        start = data.find(b"<x:xmpmeta", at)
        end = data.find(b"</x:xmpmeta>", start)
        if start < 0 or end < 0:
            break
        at = end + 12
        if at - start <= MOST_BYTES:
            found.append(data[start:at])
    return found


def values(packet: bytes) -> list[tuple[str, str]]:
    """(local name, text) of every attribute and leaf element, in order. Empty for a packet that is broken."""
    reader = _Reader()
    try:
        reader.parser.Parse(packet, True)
    except (expat.ExpatError, _Refused, ValueError):
        return []
    return reader.found[:MOST_VALUES]


class _Reader:
    """Collects names and texts. Lists (rdf:Alt, rdf:Seq, rdf:li) count under the name around them."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self.names: list[str] = []
        self.text = ""
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.doctype

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self.names.append(self.names[-1] if local in ("Alt", "Seq", "Bag", "li") and self.names else local)
        self.text = ""
        self.found += [(key.rpartition(" ")[2], value) for key, value in attributes.items() if value]

    def end(self, name: str) -> None:
        around = self.names.pop()
        if self.text.strip():
            self.found.append((around, self.text.strip()))
        self.text = ""

    def characters(self, text: str) -> None:
        self.text += text

    def doctype(self, *_: object) -> None:
        raise _Refused


def read(data: mmap, facts: Facts) -> None:
    """Add what the file's packets say."""
    for packet in packets(data):
        found = values(packet)
        for name, value in found:
            _one(name, value, facts)
        _history(found, facts)
        _place(dict(reversed(found)), facts)


def _one(name: str, value: str, facts: Facts) -> None:
    if name in _TIMES:
        facts.take(_TIMES[name], value)
    elif name in _TEXTS:
        facts.say(_TEXTS[name], value)
    elif name in _DEVICE:
        facts.device.setdefault(_DEVICE[name], value[:200])
    if name == "CreatorTool":
        facts.edit("created", value)
    if name in ("DigitalSourceType", "CreatorTool") and GENERATORS.search(value):
        facts.note("generated", by=value[:200])


_ANGLE = re.compile(r"(\d{1,3}),(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?([NSEW])", re.ASCII)


def _place(found: dict[str, str], facts: Facts) -> None:
    """exif:GPSLatitude and GPSLongitude: degrees, then minutes with a fraction or minutes and seconds."""
    angles = []
    for name in ("GPSLatitude", "GPSLongitude"):
        read = _ANGLE.fullmatch(found.get(name, ""))
        if not read:
            return
        angle = int(read[1]) + float(read[2]) / 60 + float(read[3] or 0) / 3600
        angles.append(round(-angle if read[4] in "SW" else angle, 6))
    if abs(angles[0]) <= 90 and abs(angles[1]) <= 180:
        facts.places.append(Place("XMP GPS", angles[0], angles[1]))


def _history(found: list[tuple[str, str]], facts: Facts) -> None:
    """xmpMM:History: action, when, softwareAgent follow each other; a new action begins a new step."""
    steps: list[dict[str, str]] = []
    for name, value in found:
        if name == "action":
            steps.append({"action": value})
        elif name in ("when", "softwareAgent", "changed") and steps:
            steps[-1].setdefault(name, value)
    for step in steps:
        facts.edit(step["action"], step.get("softwareAgent", ""), step.get("when", ""))
