"""Attribution chains as a picture made by the server: who relays whom, and how few voices there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from claims.templatetags.controls import spelled

register = template.Library()

_HIGH, _GAP_X, _GAP_Y = 34, 64, 14
# The longest name that is written out, and the boxes: as wide as their longest name, letters taken at their widest.
_LETTERS, _LETTER, _PAD, _NARROWEST = 34, 7, 28, 120


@dataclass
class _Node:
    key: str
    name: str
    unnamed: bool
    layer: int = 0
    row: int = 0
    relays: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Grid:
    """How wide the whole and each box is, in the units of the picture."""

    width: int
    box: int

    def x(self, layer: int) -> int:
        start = layer * (self.box + _GAP_X)
        return self.width - start - self.box if get_language_bidi() else start


@register.simple_tag
def chain_graph(chains: Iterable[Sequence[Any]]) -> SafeString:
    """An SVG of chains, each a sequence of hops (`.key`, `.name`, `.unnamed`), outermost first.

    Hops with one key are one box. Outlets stand where reading starts, origins where it ends; arrows run from
    the origin to who relays it. Empty for no chains.
    """
    nodes = _nodes(chains)
    if not nodes:
        return mark_safe("")
    _place(nodes)
    grid = _grid(nodes)
    width = grid.width
    height = (max(n.row for n in nodes.values()) + 1) * (_HIGH + _GAP_Y) - _GAP_Y
    body = format_html_join("\n", "{}", ((part,) for part in [*_arrows(nodes, grid), *_boxes(nodes, grid)]))
    return format_html(
        '<svg viewBox="-2 -2 {} {}" width="{}" height="{}" role="img" aria-label="{}">{}</svg>',
        width + 4, height + 4, width + 4, height + 4, _spoken(nodes), body,
    )  # fmt: skip


@register.simple_tag
def chain_count(chains: Iterable[Sequence[Any]]) -> str:
    """ "3 outlets, 1 origin": distinct first hops, and distinct last hops that have a name."""
    chains = [chain for chain in chains if chain]
    outlets = {chain[0].key for chain in chains}
    origins = {chain[-1].key for chain in chains if not chain[-1].unnamed}
    first = ngettext("%(n)d outlet", "%(n)d outlets", len(outlets)) % {"n": len(outlets)}
    if not origins:
        return _("%(outlets)s, no known origin") % {"outlets": first}
    second = ngettext("%(n)d origin", "%(n)d origins", len(origins)) % {"n": len(origins)}
    return _("%(outlets)s, %(origins)s") % {"outlets": first, "origins": second}


def _nodes(chains: Iterable[Sequence[Any]]) -> dict[str, _Node]:
    nodes: dict[str, _Node] = {}
    for chain in chains:
        for hop in chain:
            nodes.setdefault(str(hop.key), _Node(str(hop.key), spelled(str(hop.name)), bool(hop.unnamed)))
        for outer, inner in pairwise(chain):
            relays = nodes[str(outer.key)].relays
            if str(inner.key) not in relays and inner.key != outer.key:
                relays.append(str(inner.key))
    return nodes


def _place(nodes: dict[str, _Node]) -> None:
    """Layer 0: those nobody relays; a source one layer past the last who relays it. Rows by first mention."""
    for _pass in nodes:
        for node in nodes.values():
            for key in node.relays:
                nodes[key].layer = min(max(nodes[key].layer, node.layer + 1), len(nodes))
    deepest = max(node.layer for node in nodes.values())
    for node in nodes.values():
        if not node.relays and node.layer:
            node.layer = deepest
    rows: dict[int, int] = {}
    for node in nodes.values():
        node.row = rows.get(node.layer, 0)
        rows[node.layer] = node.row + 1


def _grid(nodes: dict[str, _Node]) -> _Grid:
    longest = max(min(len(node.name), _LETTERS) for node in nodes.values())
    box = max(_NARROWEST, longest * _LETTER + _PAD)
    layers = max(node.layer for node in nodes.values()) + 1
    return _Grid(layers * (box + _GAP_X) - _GAP_X, box)


def _y(row: int) -> int:
    return row * (_HIGH + _GAP_Y)


def _arrows(nodes: dict[str, _Node], grid: _Grid) -> list[SafeString]:
    return [_arrow(node, nodes[key], grid) for node in nodes.values() for key in node.relays]


def _arrow(outer: _Node, inner: _Node, grid: _Grid) -> SafeString:
    """A curve from the source to who relays it, with its head at the relay."""
    way = -1 if get_language_bidi() else 1
    near = grid.x(outer.layer) + (grid.box if way > 0 else 0)
    far = grid.x(inner.layer) + (0 if way > 0 else grid.box)
    y1, y2 = _y(outer.row) + _HIGH // 2, _y(inner.row) + _HIGH // 2
    bend = (far - near) // 2
    curve = f"M{far} {y2}C{far - bend} {y2} {near + bend} {y1} {near + 7 * way} {y1}"
    head = f"M{near} {y1}l{8 * way} -4.5v9z"
    return format_html('<path d="{}"/><path class="head" d="{}"/>', curve, head)


def _boxes(nodes: dict[str, _Node], grid: _Grid) -> list[SafeString]:
    return [_box(node, grid) for node in nodes.values()]


def _box(node: _Node, grid: _Grid) -> SafeString:
    x, y = grid.x(node.layer), _y(node.row)
    kind = "unnamed" if node.unnamed else "outlet" if node.relays else "origin"
    name = node.name if len(node.name) <= _LETTERS else node.name[: _LETTERS - 1] + "…"
    return format_html(
        '<g class="{}"><title>{}</title><rect x="{}" y="{}" width="{}" height="{}"/>'
        '<text x="{}" y="{}" text-anchor="middle" dominant-baseline="central">{}</text></g>',
        kind, node.name, x, y, grid.box, _HIGH, x + grid.box // 2, y + _HIGH // 2, name,
    )  # fmt: skip


def _spoken(nodes: dict[str, _Node]) -> str:
    """The picture in words: "A quotes B; C quotes B"."""
    pairs = [(node.name, nodes[key].name) for node in nodes.values() for key in node.relays]
    spoken = [_("%(outer)s quotes %(inner)s") % {"outer": outer, "inner": inner} for outer, inner in pairs]
    return "; ".join(spoken) or ", ".join(node.name for node in nodes.values())
