"""The project's own files, as the house rules read them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ["claims", "factcheck", "templates", "tests", "bench"]


def files(*suffixes: str, under: tuple[str, ...] = tuple(OURS)) -> list[Path]:
    """Files of ours with one of these endings, migrations and other people's code apart."""
    found = [path for folder in under for path in (ROOT / folder).rglob("*") if path.suffix in suffixes]
    return sorted(path for path in found if not {"migrations", "vendor"} & set(path.parts))


def name(path: Path) -> str:
    """The path as it is written in these rules: from the project's folder, with slashes."""
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def method_calls(path: Path) -> Iterator[tuple[ast.Call, str, str]]:
    """Each call of a method in the file: the node, the source of what it is called on, the method's name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, ast.unparse(node.func.value), node.func.attr
