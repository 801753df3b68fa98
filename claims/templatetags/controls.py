"""Characters that change the direction of text without being seen, and how to name them."""

import re

# These only set a direction at one point and are common in honest Arabic; the others can disguise a name.
MILD = {"\u200e": "LRM", "\u200f": "RLM", "\u061c": "ALM"}
NAMES = MILD | {
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}
ANY = re.compile(f"[{''.join(NAMES)}]")


def spelled(text: str) -> str:
    """The text with each control named in brackets; mild marks are dropped."""
    return ANY.sub(lambda found: "" if found.group() in MILD else f"[{NAMES[found.group()]}]", text)
