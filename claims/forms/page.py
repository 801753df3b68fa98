"""Page numbers as people send them."""

from django.http import HttpRequest

# Behind the end of every list, and still a number that no database chokes on.
BEYOND = 10**9


def page_asked(request: HttpRequest) -> int:
    """The page asked for, from 1; the first for what is no number. Lists show their last page for one behind it."""
    asked = request.GET.get("page", "")
    if not asked.isdecimal():
        return 1
    number = asked.lstrip("0٠۰")
    return min(max(int(number or 1), 1), BEYOND) if len(number) < 11 else BEYOND
