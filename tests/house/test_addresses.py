"""Deny by default: an address whose view declares no rule fails the build."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# Other people's views: allauth and the admin guard their own, set_language only sets a cookie.
GUARDED_ELSEWHERE = ("accounts/", "admin/", "i18n/")


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Each pattern with its whole path. Language prefixes read as the language that is active."""
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, path)
        else:
            yield path, pattern


def ours() -> list[tuple[str, URLPattern]]:
    """The addresses whose views are written here."""
    return [each for each in addresses(get_resolver()) if not each[0].startswith(GUARDED_ELSEWHERE)]


def test_every_address_states_its_rule():
    assert [path for path, pattern in ours() if not getattr(pattern.callback, "rule", None)] == []


def test_every_desk_address_asks_for_a_sign_in():
    desk = [each for each in addresses(get_resolver()) if each[0].startswith("desk/")]
    assert [path for path, pattern in desk if pattern.callback.rule == "open to all"] == []


def test_every_address_has_a_name():
    assert [path for path, pattern in ours() if not pattern.name] == []
