"""Is a cited link still what it was? Alive, changed, redirected, gone, soft-gone, or not to be reached now."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from claims.archive.address import BadUrl, Refused, parse
from claims.archive.fetch import Fetched, Policy, fetch
from claims.archive.net import Net
from claims.archive.wire import FetchFailed
from claims.errors import Invalid
from claims.media import sandbox

State = Literal["alive", "changed", "redirected", "gone", "soft-gone", "unreachable"]
# What sites say, with status 200, where a page was. Arabic with and without hamza, as sites write it.
_GONE = re.compile(
    r"page (?:not found|does(?:n.t| not) exist)|\b404\b|no longer (?:available|exists?)|has been (?:removed|deleted)|"
    r"(?:content|video|post|tweet|account) (?:is )?(?:unavailable|isn.t available|not available|suspended)|"
    r"(?:الصفحة|الخبر|المقال|المحتوى|المنشور|الفيديو|التغريدة)[^.]{0,30}"
    r"(?:غير موجود|غير متاح|غير متوفر|لم يعد|تم حذف|محذوف)|"
    r"لم يتم العثور على|تعذر العثور على|عذر[اً]{1,2}،? (?:الصفحة|لم)|"
    r"تم (?:حذف|إزالة|ازالة) (?:هذا|هذه|المنشور|المحتوى|الصفحة|الفيديو)",
    re.IGNORECASE,
)
_FRONT = re.compile(r"/(?:index\.\w+|home|ar|en)?/?$")


@dataclass(frozen=True)
class Look:
    """What a re-check saw. `text_sha256` is of the readable text with its spaces evened, to compare next time."""

    state: State
    reason: str = ""
    status: int | None = None
    final_url: str = ""
    text_sha256: str = ""


def look(
    url: str,
    folder: Path,
    *,
    text_sha256: str = "",
    final_url: str = "",
    policy: Policy | None = None,
    net: Net | None = None,
) -> Look:
    """Go and see, with what the last capture knew: the hash of its text and where it ended up.

    A name that leads nowhere is 'unreachable' with the reason Refused.code: whether the site is gone or our resolver
    away, one look cannot tell. Raises nothing for what the other side does.
    """
    try:
        fetched = fetch(url, folder, policy=policy, net=net)
    except (FetchFailed, BadUrl, Refused) as error:
        return Look("unreachable", error.code)
    return judge(fetched, url, text_sha256=text_sha256, final_url=final_url or url)


def judge(fetched: Fetched, url: str, *, text_sha256: str, final_url: str) -> Look:
    """The state of a page that answered."""
    status = fetched.answer.status
    if status in (404, 410, 451):
        return Look("gone", f"status-{status}", status, fetched.url)
    if status >= 400:
        return Look("unreachable", f"status-{status}", status, fetched.url)
    try:
        title, text = _read(fetched)
    except sandbox.ParserDied as error:
        return Look("unreachable", error.code, status, fetched.url)
    now = text_hash(text)
    is_same = bool(text_sha256) and now == text_sha256
    # What says the same as when it was captured is there, even if a brief report says that somebody was removed.
    if not is_same and _says_gone(title, text):
        return Look("soft-gone", "phrase", status, fetched.url, now)
    if _moved(fetched.url, final_url):
        to_front = bool(_FRONT.search(parse(fetched.url).path)) and not _FRONT.search(parse(url).path)
        return Look(
            "soft-gone" if to_front else "redirected",
            "front-page" if to_front else "",
            status,
            fetched.url,
            now,
        )
    changed = bool(text_sha256) and not is_same
    return Look("changed" if changed else "alive", "text" if changed else "", status, fetched.url, now)


def _says_gone(title: str, text: str) -> bool:
    return bool(_GONE.search(title) or (len(text) < 1500 and _GONE.search(text)))


def text_hash(text: str) -> str:
    """SHA-256 of a text with runs of white space as one space, so that layout alone is no change."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()


def _moved(now: str, before: str) -> bool:
    """Another host or path; www, a slash at the end and https instead of http do not count."""

    def plain(url: str) -> tuple[str, str]:
        target = parse(url)
        return target.host.removeprefix("www."), target.path.rstrip("/")

    return plain(now) != plain(before)


def _read(fetched: Fetched) -> tuple[str, str]:
    """(title, text), empty where there is none; a file that is no page counts by its bytes. Raises ParserDied."""
    charset = fetched.answer.header("content-type").lower().partition("charset=")[2].strip(" \"';")[:40]
    if fetched.media_type not in ("text/html", "application/xhtml+xml", ""):
        with fetched.body.open("rb") as file:
            return "", hashlib.file_digest(file, "sha256").hexdigest()
    try:
        read = sandbox.run("article", fetched.body, url=fetched.url, charset=charset)
    except Invalid:
        return "", ""
    return str(read["title"]), str(read["text"])
