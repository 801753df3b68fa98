"""Container and codec facts of video and sound, and key frames of video, through ffprobe and ffmpeg.

The container's format is named to the program, and only the file itself may be opened: left to guess, ffmpeg
takes a playlist for a film and opens what it lists. Run inside the child of claims.media.sandbox.
"""

import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from claims.media.facts import Facts, Place, clean
from claims.media.tool import ToolFailed, output_of

FORMATS = {
    "video/mp4": "mov",
    "video/quicktime": "mov",
    "video/3gpp": "mov",
    "audio/mp4": "mov",
    "video/webm": "matroska",
    "video/x-matroska": "matroska",
    "video/x-msvideo": "avi",
    "video/mpeg": "mpeg",
    "video/mp2t": "mpegts",
    "video/x-flv": "flv",
    "video/x-ms-asf": "asf",
    "video/ogg": "ogg",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/aac": "aac",
    "audio/flac": "flac",
    "audio/wav": "wav",
    "audio/amr": "amr",
}
_KEPT = (
    "codec_type",
    "codec_name",
    "width",
    "height",
    "avg_frame_rate",
    "sample_rate",
    "channels",
    "bit_rate",
    "nb_frames",
)
_ISO6709 = re.compile(r"([+-]\d{2}(?:\.\d+)?)([+-]\d{3}(?:\.\d+)?)([+-]\d+(?:\.\d+)?)?")
_DEVICE = {"make": "make", "model": "model", "software": "software", "encoder": "software"}
_TEXTS = {
    "title": "title",
    "artist": "author",
    "comment": "comment",
    "description": "caption",
    "copyright": "rights",
}


def film_facts(path: Path, media_type: str) -> Facts:
    """What a film or sound file says about itself. Raises ToolMissing, ToolFailed."""
    said = output_of(
        "ffprobe",
        ["-v", "error", *_from(media_type), "-show_format", "-show_streams", "-of", "json", str(path)],
    )
    try:
        told = json.loads(said)
    except ValueError as error:
        raise ToolFailed(tool="ffprobe", exit=0) from error
    if not told.get("streams"):
        raise ToolFailed(tool="ffprobe", exit=0)
    return _facts(told)


def key_frames(
    path: Path, media_type: str, folder: Path, *, seconds: float, most: int = 12
) -> list[tuple[float, Path]]:
    """(second, JPEG file) of frames spread evenly over the film, written into `folder` without metadata."""
    made = []
    count = max(1, min(most, int(seconds) or 1))
    for number in range(count):
        at = round(seconds * (number + 0.5) / count, 3)
        file = folder / f"frame-{number:02}.jpg"
        with suppress(ToolFailed):
            output_of("ffmpeg", _frame_arguments(path, media_type, at, file), seconds=15.0)
        if file.exists() and file.stat().st_size:
            made.append((at, file))
    return made


def _from(media_type: str) -> list[str]:
    return ["-protocol_whitelist", "file", "-f", FORMATS[media_type]]


def _frame_arguments(path: Path, media_type: str, at: float, file: Path) -> list[str]:
    source = ["-nostdin", "-v", "error", "-threads", "1", "-ss", str(at), *_from(media_type), "-i", str(path)]
    frame = ["-map_metadata", "-1", "-an", "-sn", "-frames:v", "1", "-vf", "scale='min(1280,iw)':-2"]
    return [*source, *frame, "-q:v", "3", "-f", "image2", "-update", "1", "-y", str(file)]


def _facts(told: dict[str, Any]) -> Facts:
    facts = Facts(container=clean(told.get("format", {}).get("format_name", "")))
    with suppress(KeyError, ValueError):
        facts.seconds = round(float(told["format"]["duration"]), 3)
    for stream in told["streams"][:32]:
        kept = {key: stream[key] for key in _KEPT if key in stream}
        facts.streams.append(kept)
        if stream.get("codec_type") == "video" and facts.width is None:
            facts.width, facts.height = stream.get("width"), stream.get("height")
        _tags(stream.get("tags", {}), facts)
    _tags(told.get("format", {}).get("tags", {}), facts)
    if not (facts.taken or facts.places or facts.device):
        facts.note("no-metadata")
    return facts


def _tags(tags: dict[str, str], facts: Facts) -> None:
    for written, value in tags.items():
        name = written.lower().removeprefix("com.apple.quicktime.").removeprefix("com.android.")
        if name in ("creation_time", "creationdate", "date"):
            facts.take(f"container {name}", value)
        elif name in ("location", "location.iso6709", "location-eng"):
            _place(value, facts)
        elif name in _DEVICE:
            facts.device.setdefault(_DEVICE[name], clean(value)[:200])
            if _DEVICE[name] == "software":
                facts.edit("saved", value)
        elif name in _TEXTS:
            facts.say(_TEXTS[name], value)


def _place(value: str, facts: Facts) -> None:
    """ISO 6709 annex H: +35.3345+040.1512+210.5/"""
    found = _ISO6709.match(value)
    if found and not any(place.source == "container location" for place in facts.places):
        latitude, longitude = float(found[1]), float(found[2])
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            facts.places.append(
                Place("container location", latitude, longitude, float(found[3]) if found[3] else None)
            )
