"""File names as people typed them: for showing only, never for finding a file."""

import re
import unicodedata

LONGEST = 200
UNNAMED = "file"
# Explicit direction marks and what hides characters; joiners stay, Persian and emoji need them.
HIDDEN = {0x061C, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def display_name(raw: str) -> str:
    """The last part of a name, without control, direction or surrogate characters, at most 200 code points.

    A long name keeps its beginning and its extension. What is empty afterwards is called 'file'.
    >>> display_name("../../../etc/passwd"), display_name("a\\n\\x00b\\u202egpj.exe")
    ('passwd', 'a bgpj.exe')
    """
    last = re.split(r"[/\\]", raw.strip().rstrip("/\\"))[-1]
    spaced = "".join(" " if c in "\t\n\r" or unicodedata.category(c) in ("Zl", "Zp") else c for c in last)
    shown = "".join(c for c in spaced if not _hides(c))
    shown = unicodedata.normalize("NFC", re.sub(r"\s+", " ", shown)).strip(" .")
    return _shortened(shown) or UNNAMED


def extension(name: str) -> str:
    """The extension of a shown name: lower case, with its dot, ASCII; empty when there is none.

    >>> extension("Video.MP4"), extension("notes"), extension(".htaccess")
    ('.mp4', '', '.htaccess')
    """
    found = re.search(r"\.[A-Za-z0-9]{1,12}$", name)
    return found.group().lower() if found else ""


def _hides(character: str) -> bool:
    return ord(character) in HIDDEN or unicodedata.category(character) in ("Cc", "Cs", "Cn", "Co")


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    tail = extension(name)
    return name[: LONGEST - 1 - len(tail)] + "…" + tail
