"""Who does which work: handlers by name. Filled when AppConfig.ready() imports claims.tasks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

# What a handler gives back: its writes, called in the one transaction that also marks the job done.
Effects = Callable[[], object]
Work = Callable[..., Effects | None]


class GiveUp(Exception):
    """Raised by a handler when trying again cannot help: the job is parked at once with this reason."""


class Later(Exception):
    """Raised by a handler that must wait for something: tried again after `delay`, not counted as a failure."""

    def __init__(self, reason: str, delay: timedelta) -> None:
        super().__init__(reason)
        self.delay = delay


class Lost(Exception):
    """The job is no longer ours: its lease ran out and another worker has it. Nothing we did counts."""


@dataclass(frozen=True)
class Handler:
    """One kind of work. `version` is the newest form of the arguments it can read; `at_most` as of `handler`."""

    name: str
    work: Work
    version: int
    retry_after: timedelta
    at_most: timedelta | None = None


HANDLERS: dict[str, Handler] = {}


def handler(
    name: str,
    *,
    version: int = 1,
    retry_after: timedelta = timedelta(seconds=10),
    at_most: timedelta | None = None,
) -> Callable[[Work], Work]:
    """Registers `work(job, **ids)` under a name for good: waiting rows carry it across deployments.

    The work may take its time but may not write to the database (it is refused); it returns a callable with its
    writes, or None. `retry_after` is the wait after the first failure, four times longer after each further one.
    `at_most` is how long it may take where processes do the work, instead of what the settings allow all.
    """

    def register(work: Work) -> Work:
        known = HANDLERS.get(name)
        if known and known.work.__qualname__ != work.__qualname__:
            raise ValueError(f"two handlers are called {name}")
        HANDLERS[name] = Handler(name, work, version, retry_after, at_most)
        return work

    return register
