"""Text that every database can keep: no NUL, no lone surrogate."""

from typing import Annotated

from pydantic import AfterValidator


def readable(text: str) -> str:
    """The text as it came. Raises ValueError for what no column takes on either engine."""
    if "\x00" in text:
        raise ValueError("holds a NUL")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("holds half a surrogate pair") from None
    return text


Readable = Annotated[str, AfterValidator(readable)]
