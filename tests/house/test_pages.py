"""What a strict Content-Security-Policy asks of templates and styles; tests of the look hold the rest."""

import re

import pytest

from tests.house.source import files, name

INLINE = {
    "script without src": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)[^>]*>", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "style attribute": re.compile(r"\sstyle\s*=", re.I),
    "event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "script address": re.compile(r"javascript:", re.I),
    "htmx that evaluates": re.compile(r"\shx-on[:=-]|hx-vals=[\"']js:|hx-vars", re.I),
}


def lines(*suffixes):
    for path in files(*suffixes, under=("claims", "templates", "factcheck")):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"/\*.*?\*/|\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", _blank, text, flags=re.S)
        for number, line in enumerate(text.splitlines(), start=1):
            yield f"{name(path)}:{number}", line


def _blank(match: re.Match[str]) -> str:
    return "\n" * match.group().count("\n")


@pytest.mark.parametrize("what", INLINE)
def test_templates_carry_no_inline_code_or_style(what):
    assert [where for where, line in lines(".html") if INLINE[what].search(line)] == []


def test_styles_and_templates_load_nothing_from_elsewhere():
    elsewhere = re.compile(r"(?:src|href)=[\"'](?:https?:)?//|url\([\"']?(?:https?:)?//|@import")
    assert [where for where, line in lines(".css", ".html") if elsewhere.search(line)] == []
