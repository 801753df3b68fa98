"""What files say about themselves, as rows a person reads. Every value is the file's own account, not a fact."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.models import Examination


@dataclass(frozen=True)
class Fact:
    """One row: what it is, and what the file says."""

    label: str
    value: str


def facts_of(examined: Sequence[Examination]) -> list[Fact]:
    """The facts of every examined file, in the order time, place, device, edits, texts, technique."""
    found: list[Fact] = []
    for examination in examined:
        facts = examination.facts
        found += [
            *_times(facts),
            *_places(facts),
            *_device(facts),
            *_edits(facts),
            *_texts(facts),
            *_technical(facts),
        ]
    return list(dict.fromkeys(found))


def _list(facts: Mapping[str, Any], name: str) -> Iterable[Mapping[str, Any]]:
    return [one for one in facts.get(name) or [] if isinstance(one, dict)]


def _times(facts: Mapping[str, Any]) -> list[Fact]:
    return [
        Fact(_("Time"), " ".join(filter(None, [one["local"], one.get("offset"), f"({one['source']})"])))
        for one in _list(facts, "taken")
    ]


def _places(facts: Mapping[str, Any]) -> list[Fact]:
    return [
        Fact(_("Place"), f"{one['latitude']}, {one['longitude']} ({one['source']})")
        for one in _list(facts, "places")
    ]


def _device(facts: Mapping[str, Any]) -> list[Fact]:
    device = facts.get("device") or {}
    return (
        [Fact(_("Device"), " · ".join(f"{name}: {value}" for name, value in device.items()))]
        if device
        else []
    )


def _edits(facts: Mapping[str, Any]) -> list[Fact]:
    return [
        Fact(
            pgettext("file", "Edit"),
            " · ".join(str(one[name]) for name in ("what", "program", "at") if one.get(name)),
        )
        for one in _list(facts, "edits")
    ]


def _texts(facts: Mapping[str, Any]) -> list[Fact]:
    texts = facts.get("texts") or {}
    label = _("Text in the file")
    return [Fact(f"{label} ({name})", str(value)[:500]) for name, value in texts.items()]


def _technical(facts: Mapping[str, Any]) -> list[Fact]:
    rows = []
    if facts.get("width") and facts.get("height"):
        rows.append(Fact(_("Size in pixels"), f"{facts['width']} × {facts['height']}"))
    if facts.get("seconds"):
        rows.append(Fact(_("Length in seconds"), f"{float(facts['seconds']):.1f}"))
    if facts.get("n_pages"):
        rows.append(Fact(_("Pages"), str(facts["n_pages"])))
    if facts.get("container"):
        rows.append(Fact(_("Format"), str(facts["container"])))
    for stream in _list(facts, "streams"):
        named = [
            str(stream[name]) for name in ("codec_type", "codec_name", "width", "height") if stream.get(name)
        ]
        rows.append(Fact(_("Track"), " ".join(named)))
    return rows
