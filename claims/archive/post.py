"""Posts on platforms: which other open addresses show the same post. Nothing here needs an account."""

import re
from urllib.parse import parse_qs, quote, urlsplit

_YOUTUBE = re.compile(r"(?:www\.|m\.)?youtube\.com")
_X = re.compile(r"(?:www\.|mobile\.)?(?:x|twitter)\.com")


def platform_of(url: str) -> str:
    """x, telegram, youtube, facebook, instagram, tiktok, or empty for any other site.

    >>> platform_of("https://t.me/s/SyriaNews/12"), platform_of("https://example.com/")
    ('telegram', '')
    """
    host = (urlsplit(url).hostname or "").lower()
    if _X.fullmatch(host):
        return "x"
    if _YOUTUBE.fullmatch(host) or host == "youtu.be":
        return "youtube"
    endings = {
        "t.me": "telegram",
        "facebook.com": "facebook",
        "fb.watch": "facebook",
        "instagram.com": "instagram",
        "tiktok.com": "tiktok",
    }
    return next((name for end, name in endings.items() if host == end or host.endswith(f".{end}")), "")


def open_views(url: str) -> list[str]:
    """Other addresses at which the platform itself shows the post to anybody; empty where there is none.

    Telegram: the embedded form. YouTube and X: their oEmbed answers, with title, author and text.
    >>> open_views("https://t.me/channel/7?single")
    ['https://t.me/channel/7?embed=1&mode=tme']
    """
    parts = urlsplit(url)
    platform, path = platform_of(url), parts.path.strip("/").split("/")
    if platform == "telegram" and path[-1].isdecimal() and len(path) >= 2:
        return [f"https://t.me/{path[-2]}/{path[-1]}?embed=1&mode=tme"]
    if platform == "x" and "status" in path:
        return [f"https://publish.twitter.com/oembed?omit_script=1&dnt=1&url={quote(url, safe='')}"]
    if platform == "youtube" and (parts.hostname == "youtu.be" or parse_qs(parts.query).get("v")):
        return [f"https://www.youtube.com/oembed?format=json&url={quote(url, safe='')}"]
    return []
