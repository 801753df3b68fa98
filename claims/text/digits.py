"""Numbers written in digits, once they are folded to ASCII."""


def plain_number(word: str) -> float | None:
    """The value of a digit token: a comma or dot before three digits groups, another dot is a decimal point.

    None for clock times, numeric dates and more than fifteen digits.
    """
    if ":" in word or "/" in word or len(word) > 15:
        return None
    groups = word.replace(".", ",").split(",")
    if len(groups) > 1 and all(len(g) == 3 for g in groups[1:]) and len(groups[0]) <= 3 and groups[0] != "0":
        return float("".join(groups))
    if len(groups) == 2:
        return float(".".join(groups))
    return float(groups[0]) if len(groups) == 1 else None
