"""The public site as static files: every page a reader can reach, with links that work from any folder of any host."""

import html
import mimetypes
import os
import re
import shutil
import tempfile
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.test import Client

from claims.errors import Invalid

MARK = ".baked"
OPEN = re.compile(
    r"^/(?:(?:ar|en|media|static|verdicts)/|(?:claimreview\.json|feed\.atom|checkpoints\.(?:json|atom)|sitemap\.xml|robots\.txt)\b)"
)
_LINK = re.compile(r'\b(href|src)="([/?][^"]*)"')
_IN_STYLE = re.compile(r"url\([\"']?([^)\"'#?]+)")
# What only a server can do: searching a list, and describing a page that is asked for.
_SERVED = re.compile(
    r'<form\b[^>]*\brole="search".*?</form>|<link\b[^>]*application/json\+oembed[^>]*>', re.S
)
STARTS = ["/sitemap.xml", "/robots.txt", "/claimreview.json", "/feed.atom", "/checkpoints.json"]


@dataclass
class Baked:
    """What came out: files by the address they stand for, and what went wrong."""

    files: dict[str, str] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.failed and not self.broken


def bake(folder: Path) -> Baked:
    """Write the site into a new folder and put it in the place of the old one, so that readers never see half a site.

    Raises Invalid("not-ours") for a folder with something in it that was not baked.
    """
    folder = folder.resolve()
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise Invalid("not-ours", field="folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        baked = _fetched(new)
        _relinked(new, baked)
        if baked.is_whole:
            _in_place_of(folder, new)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return baked


def _in_place_of(folder: Path, new: Path) -> None:
    (new / MARK).touch()
    new.chmod(0o755)
    old = folder.with_name(f".{folder.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _fetched(new: Path) -> Baked:
    """Every address that can be reached from the two front pages, as it is served."""
    baked, seen = Baked(), set()
    languages = [code for code, _label in settings.LANGUAGES]
    feeds = [f"/claimreview.json?lang={code}" for code in languages]
    waiting = deque([*(f"/{code}/" for code in languages), *STARTS, *feeds])
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    client = Client(SERVER_NAME=host, raise_request_exception=False)
    while waiting:
        address = waiting.popleft()
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address, secure=settings.HTTPS)
        if response.status_code not in {200, 410}:
            baked.failed.append(f"{response.status_code} {address}")
            continue
        body, kind = _body(response), response.headers["Content-Type"].split(";")[0]
        name = _file_of(address, kind)
        baked.files[address] = name
        _write(new / name, body)
        waiting += [link for link in _links(body, kind, address) if link not in seen]
    (new / "index.html").write_text(_front(), encoding="utf-8")
    return baked


def _body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


def _write(file: Path, body: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)


def _file_of(address: str, kind: str) -> str:
    """The file an address is kept in: pages of lists in folders, copies with an ending, other languages beside."""
    parts = urlsplit(address)
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    path = parts.path.lstrip("/")
    if path.endswith("/"):
        page = asked.get("page", "1")
        return f"{path}index.html" if page == "1" else f"{path}page/{int(page)}/index.html"
    if asked.get("lang", settings.LANGUAGE_CODE) != settings.LANGUAGE_CODE:
        stem, _dot, ending = path.rpartition(".")
        return f"{stem}.{asked['lang']}.{ending}"
    if path.startswith("media/"):
        return path + (mimetypes.guess_extension(kind) or "")
    return path


def _links(body: bytes, kind: str, address: str) -> list[str]:
    """Addresses of ours that a page or a style sheet leads to."""
    if kind == "text/html":
        text = _SERVED.sub("", body.decode("utf-8"))
        absolute = re.findall(rf'\b(?:href|content)="{re.escape(settings.PUBLIC_URL)}(/[^"]*)"', text)
        ours = [*absolute, *(link for _name, link in _LINK.findall(text))]
        found = [_target(link, address)[0] for link in ours]
        return [link for link in found if OPEN.match(link)]
    if kind == "text/css":
        base = os.path.dirname(urlsplit(address).path)  # noqa: PTH120 (an address, not a file)
        found = [os.path.normpath(f"{base}/{link}") for link in _IN_STYLE.findall(body.decode("utf-8"))]
        return [link for link in found if OPEN.match(link)]
    return []


def _target(link: str, address: str) -> tuple[str, str]:
    """The address an attribute names, and its fragment with the mark; `?page=2` is of the page it stands on."""
    whole, mark, fragment = html.unescape(link).partition("#")
    if whole.startswith("?"):
        whole = urlsplit(address).path + whole
    return whole, mark + fragment


def _relinked(new: Path, baked: Baked) -> None:
    """Make the links of every page relative, to the very file; note those that lead nowhere."""
    for address, name in baked.files.items():
        if not name.endswith(".html"):
            continue
        file = new / name
        text = _SERVED.sub("", file.read_text(encoding="utf-8"))

        def relative(match: re.Match[str], name: str = name, address: str = address) -> str:
            target, fragment = _target(match[2], address)
            there = baked.files.get(target)
            if there is None:
                baked.broken.append(f"{address} → {target}")
                return match[0]
            link = os.path.relpath(there, os.path.dirname(name))  # noqa: PTH120 (an address)
            return f'{match[1]}="{html.escape(link + fragment)}"'

        file.write_text(_LINK.sub(relative, text), encoding="utf-8")


def _front() -> str:
    """The folder's own page: on to the newsroom's first language, with links for those who are not taken."""
    first = settings.LANGUAGE_CODE
    links = " · ".join(
        f'<a href="{code}/index.html" lang="{code}">{label}</a>' for code, label in settings.LANGUAGES
    )
    name = html.escape(settings.NEWSROOM_NAME_EN)
    return (
        f'<!doctype html><html lang="{first}"><head><meta charset="utf-8"><title>{name}</title>'
        f'<meta http-equiv="refresh" content="0; url={first}/index.html"></head><body><p>{links}</p></body></html>\n'
    )
