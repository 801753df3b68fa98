"""Slices of the original text with their quotation marks kept in pairs."""

from claims.text.tokens import QUOTE_MARKS


def balanced(text: str, start: int, end: int, *, whole: bool = True) -> tuple[int, int]:
    """The span with a quotation mark taken in at either end where one of the pair would be cut off.

    `whole` also takes in the pair that stands round all of it.
    """
    n_marks = sum(c in QUOTE_MARKS for c in text[start:end])
    if n_marks % 2:
        if end < len(text) and text[end] in QUOTE_MARKS:
            return start, end + 1
        if start and text[start - 1] in QUOTE_MARKS:
            return start - 1, end
    elif whole and start and end < len(text) and text[start - 1] in QUOTE_MARKS and text[end] in QUOTE_MARKS:
        return start - 1, end + 1
    return start, end


def odd_marks(text: str) -> bool:
    """Whether an odd number of quotation marks stands in `text`: marks pair by order, not by shape."""
    return (sum(c in QUOTE_MARKS for c in text) + text.count("''")) % 2 == 1
