"""One at a time: whoever runs or replaces what is in a data folder holds it."""

import contextlib
from collections.abc import Iterator

from django.conf import settings
from django.core.management.base import CommandError


@contextlib.contextmanager
def only_start() -> Iterator[None]:
    """Hold the data folder: the in-memory broker allows one worker, so a second start on it is refused."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / "start.lock").open("a+") as held:
        try:
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:  # no such lock on Windows; the port still refuses a second start
            pass
        except BlockingIOError:
            raise CommandError(
                f"Another start is already using {settings.DATA_DIR}. Stop it, or set DATA_DIR to another folder."
            ) from None
        yield
