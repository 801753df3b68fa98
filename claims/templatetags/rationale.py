"""Markdown of rationales as safe HTML: a small set of elements, links that give nothing away."""

import nh3
from django import template
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from claims.templatetags.controls import spelled

register = template.Library()
TAGS = {"p", "strong", "em", "ul", "ol", "li", "blockquote", "a", "br", "h3", "h4", "code", "hr"}
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False})


@register.filter
def markdown(text: object) -> SafeString:
    """HTML of a Markdown text: raw HTML is shown as typed, scripts and pictures never pass, bidi controls are named."""
    html = _MARKDOWN.render(spelled(str(text or "")))
    safe = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https"},
        link_rel="nofollow noopener noreferrer",
    )
    return mark_safe(safe)  # noqa: S308 - cleaned in the line above
