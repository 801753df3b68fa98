"""How a text begins, where there is no room for all of it."""


def opening(text: str, most: int) -> str:
    """The first words of a text, at most so many characters with the dots; a longer first word is cut itself."""
    if len(text) <= most:
        return text
    room = text[: most - 1]
    if text[most - 1].isspace() or room[-1:].isspace():
        return f"{room.rstrip()}…"
    words = room.rsplit(maxsplit=1)
    return f"{words[0] if len(words) > 1 else room}…"
