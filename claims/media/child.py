"""The child of claims.media.sandbox: reads one task from standard input, answers one JSON object.

Each step takes the file's path and JSON arguments. Results that are bytes are written to the path given
as `out`, which the asker made; the answer then says how many.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from claims.errors import Invalid


def thumbnail(path: Path, *, out: str, box: list[int], output: str = "WEBP") -> Any:
    """Writes a thumbnail: see picture.thumbnail."""
    from claims.media import picture

    return Path(out).write_bytes(picture.thumbnail(path, (box[0], box[1]), output=output))  # type: ignore[arg-type]


def redrawn(
    path: Path, *, out: str, crop: Any = None, blur: Any = (), longest: int = 2560, output: str = "WEBP"
) -> Any:
    """Writes a public derivative: see picture.redrawn. Boxes are lists of four fractions."""
    from claims.media import picture

    made = picture.redrawn(
        path,
        crop=picture.Box(*crop) if crop else None,
        blur=[picture.Box(*box) for box in blur],
        longest=longest,
        output=output,  # type: ignore[arg-type]
    )
    return Path(out).write_bytes(made)


def sniff(path: Path, *, name: str = "", declared: str = "") -> Any:
    """What the file is: see sniff.sniff."""
    from claims.media.sniff import sniff as look

    return look(path, name=name, declared=declared).as_json()


def examine(path: Path, *, out: str, media_type: str, kind: str) -> Any:
    """Everything about a file: see examine.examine. `out` is a folder here."""
    from claims.media.examine import examine as learn

    return learn(path, media_type, kind, Path(out))


def article(path: Path, *, url: str, charset: str = "") -> Any:
    """The readable part of a page: see article.article."""
    from claims.media.article import article as read

    return read(path, url, charset=charset).as_json()


def saved_page(path: Path) -> Any:
    """A page that somebody brings: see saved_page.saved_page."""
    from claims.media.saved_page import saved_page as read

    return read(path)


STEPS: dict[str, Callable[..., Any]] = {
    "thumbnail": thumbnail,
    "redrawn": redrawn,
    "sniff": sniff,
    "examine": examine,
    "article": article,
    "saved_page": saved_page,
}


def limit(cpu: int, memory: int, written: int) -> None:
    """Take the limits upon ourselves. Where the system has none (Windows) the asker's clock is what remains."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, written),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 128),
    ):
        _, hard = resource.getrlimit(what)
        lowest = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (lowest, lowest))


def answer(task: dict[str, Any]) -> dict[str, Any]:
    """The task's result, or why there is none."""
    try:
        return {"result": STEPS[task["step"]](Path(task["path"]), **task["arguments"])}
    except Invalid as refused:
        return {"refused": refused.code, "facts": refused.facts}
    except MemoryError:
        return {"died": "memory"}
    except Exception as error:  # noqa: BLE001 - whatever a parser raises, the asker must learn of it
        return {"died": f"{type(error).__name__}"}


def main() -> None:
    """Read, limit, work, answer."""
    task = json.load(sys.stdin)
    limit(**task["limits"])
    json.dump(answer(task), sys.stdout)


if __name__ == "__main__":
    main()
