"""How a text begins, where there is no room for all of it."""

import textwrap


def opening(text: str, most: int) -> str:
    """The first words of a text, at most so many characters; a first word longer than that is cut."""
    if len(text) <= most:
        return text
    return textwrap.shorten(text, most, placeholder="…") if " " in text[:most] else f"{text[: most - 1]}…"
