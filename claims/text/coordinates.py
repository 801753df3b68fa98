"""A point on the globe as people write it: decimal degrees, or degrees, minutes and seconds, letters or none."""

import re

# North, south, east, west, in English and as one letter or word in Arabic.
_LETTERS = {
    **{"n": (0, 1), "s": (0, -1), "e": (1, 1), "w": (1, -1)},
    **{"شمالا": (0, 1), "جنوبا": (0, -1), "شرقا": (1, 1), "غربا": (1, -1)},
    **{"ش": (0, 1), "ج": (0, -1), "ق": (1, 1), "غ": (1, -1)},
}
_LETTER = "|".join(sorted(_LETTERS, key=len, reverse=True))
_NUMBER = r"\d{1,3}(?:\.\d{1,12})?"
_SIDE = re.compile(
    rf"""(?P<sign>[+-]?)(?P<degrees>{_NUMBER})\s*°?\s*
         (?:(?P<minutes>\d{{1,2}}(?:\.\d{{1,9}})?)\s*'\s*)?
         (?:(?P<seconds>\d{{1,2}}(?:\.\d{{1,9}})?)\s*"\s*)?
         (?P<letter>{_LETTER})?""",
    re.VERBOSE | re.ASCII,
)
_DIGITS = {sign: str(n % 10) for n, sign in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_SIGNS = str.maketrans(
    _DIGITS
    | {"−": "-", "–": "-", "٫": ".", "،": ",", "؛": ",", ";": ",", "º": "°", "′": "'", "’": "'", "´": "'"}
    | {"″": '"', "”": '"', "“": '"'}
)
_MARKS = re.compile("[\u064b-\u0652\u200e\u200f\u061c\u2066-\u2069\u202a-\u202e]")


def point_of(written: str) -> tuple[float, float] | None:
    """(latitude, longitude) in degrees; None for what is no point on the globe. Latitude first unless letters say so.

    >>> point_of("35.3345, 40.1512")
    (35.3345, 40.1512)
    >>> point_of("40°09'04.5\\"E 35°20'04\\"N")
    (35.334444, 40.15125)
    >>> point_of("٣٥٫٣٣ ، ٤٠٫١٥")
    (35.33, 40.15)
    """
    text = _MARKS.sub("", written.translate(_SIGNS)).replace("''", '"').strip().lower()
    first = _SIDE.match(text)
    if first is None:
        return None
    gap = text[first.end() :]
    rest = gap.removeprefix(",").lstrip()
    apart = rest != gap or first["letter"] or first.group()[-1] in "'\"° "
    second = _SIDE.fullmatch(rest)
    if second is None or not apart:
        return None
    return _together(first, second)


def _together(first: re.Match[str], second: re.Match[str]) -> tuple[float, float] | None:
    axes = [_LETTERS[one["letter"]][0] if one["letter"] else None for one in (first, second)]
    values = [_degrees(first), _degrees(second)]
    if None in values or (None in axes and axes != [None, None]) or axes[0] == axes[1] is not None:
        return None
    latitude, longitude = values if axes[0] in (None, 0) else reversed(values)
    assert latitude is not None and longitude is not None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _degrees(side: re.Match[str]) -> float | None:
    minutes, seconds = float(side["minutes"] or 0), float(side["seconds"] or 0)
    whole = not (side["minutes"] or side["seconds"]) or "." not in side["degrees"]
    if not whole or minutes >= 60 or seconds >= 60 or (side["sign"] == "-" and side["letter"]):
        return None
    way = -1 if side["sign"] == "-" else _LETTERS[side["letter"]][1] if side["letter"] else 1
    return round(way * (float(side["degrees"]) + minutes / 60 + seconds / 3600), 6)
