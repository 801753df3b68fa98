"""Page numbers as readers send them."""

from django.http import HttpRequest


def page_number(request: HttpRequest) -> str:
    """The page asked for, or the first: a number that no database chokes on."""
    asked = request.GET.get("page", "1")
    return asked if asked.isascii() and asked.isdigit() and len(asked) < 9 else "1"
