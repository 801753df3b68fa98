"""What a file says about itself, from whatever metadata it carries. Every value is a claim of the file, not a fact."""

import dataclasses
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from claims.media.finding import Finding

LONGEST = 2000
# Programs that change pixels; cameras and phones write their firmware into the same field.
EDITORS = re.compile(
    r"photoshop|lightroom|gimp|snapseed|picsart|canva|pixlr|affinity|paint\.net|luminar|facetune|figma|inkscape|"
    r"illustrator|premiere|after effects|capcut|davinci|final cut|imovie|inshot|kinemaster|lavf|handbrake|vlc",
    re.IGNORECASE,
)
GENERATORS = re.compile(
    r"trainedAlgorithmicMedia|stable.?diffusion|midjourney|dall.?e|firefly|comfyui|imagen|novelai|invokeai",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Moment:
    """A time the file gives: `local` as YYYY-MM-DDTHH:MM:SS, `offset` as +03:00, 'Z' or empty when not said."""

    source: str
    local: str
    offset: str = ""


@dataclass(frozen=True)
class Place:
    """A position the file gives, in degrees (WGS 84), metres, and degrees clockwise from north."""

    source: str
    latitude: float
    longitude: float
    altitude_m: float | None = None
    direction_deg: float | None = None


@dataclass(frozen=True)
class Edit:
    """A step of work the file records: what was done, with which program, when (as written)."""

    what: str
    program: str = ""
    at: str = ""


@dataclass
class Facts:
    """All that was read. `device` has make, model, lens, serial, software; `texts` captions, authors, rights;
    `streams` one dictionary for each track of a film. Values are cut to 2,000 characters."""

    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    n_pages: int | None = None
    container: str = ""
    taken: list[Moment] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    device: dict[str, str] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    streams: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Everything as JSON values."""
        return dataclasses.asdict(self)

    def note(self, code: str, **facts: Any) -> None:
        """Add a finding, once."""
        made = Finding(code, facts)
        if made not in self.findings:
            self.findings.append(made)

    def say(self, key: str, value: object) -> None:
        """Keep a text, if there is one."""
        text = clean(value)
        if text:
            self.texts.setdefault(key, text)

    def edit(self, what: str, program: str = "", at: str = "") -> None:
        """Keep a step of work, at most 50 of them."""
        made = Edit(clean(what), clean(program), clean(at))
        if made not in self.edits and len(self.edits) < 50:
            self.edits.append(made)
        if EDITORS.search(made.program):
            self.note("edited-with", program=made.program)

    def take(self, source: str, written: object, offset: str = "") -> None:
        """Keep a time, if it can be read."""
        moment = moment_of(source, clean(written), offset)
        if moment and moment not in self.taken:
            self.taken.append(moment)


def clean(value: object) -> str:
    """A metadata value as text to show: no control characters, no lone surrogates, at most 2,000 characters."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    text = str(value).encode("utf-8", "replace").decode()
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]+", " ", text).strip()[:LONGEST]


_WRITTEN = re.compile(
    r"(\d{4})[-:/](\d\d)[-:/](\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?",
    re.ASCII,
)


def moment_of(source: str, written: str, offset: str = "") -> Moment | None:
    """A time in EXIF, XMP, PDF-as-ISO or ISO spelling; None for what is no date between 1900 and 2100.

    >>> moment_of("EXIF", "2018:01:13 22:10:05", "+03:00")
    Moment(source='EXIF', local='2018-01-13T22:10:05', offset='+03:00')
    """
    found = _WRITTEN.match(written)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    try:
        at = datetime(year, month, day, hour, minute, second)  # its zone is kept beside it
    except ValueError:
        return None
    if not 1900 <= year <= 2100:
        return None
    zone = (found.group(7) or offset).replace("Z", "+00:00")
    zone = zone if ":" in zone or not zone else f"{zone[:3]}:{zone[3:]}"
    return Moment(source, at.isoformat(), zone if re.fullmatch(r"[+-]\d\d:\d\d", zone) else "")
