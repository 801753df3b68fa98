"""Amounts: what a number word allows, and whether two amounts can both be true."""

from claims.text.reading import Comparator, Quantity

__all__ = ["Comparator", "Quantity", "agree", "interval"]

_SLACK = 0.1


def interval(q: Quantity) -> tuple[float, float]:
    """The closed interval of values the words allow; *about* is a tenth either way."""
    low = q.low if q.low is not None else 0.0
    high = q.high if q.high is not None else float("inf")
    if q.comparator == "approx":
        return low * (1 - _SLACK), high * (1 + _SLACK)
    return low, high


def agree(a: Quantity, b: Quantity) -> bool:
    """Whether both can be true at once: *several* and *at least five* can, *two* and *at least five* cannot.

    Amounts of different things or of different scopes never conflict, so they agree.
    """
    if (a.unit and b.unit and a.unit != b.unit) or (a.scope != b.scope):
        return True
    (low_a, high_a), (low_b, high_b) = interval(a), interval(b)
    return low_a <= high_b and low_b <= high_a
