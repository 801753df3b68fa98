"""Processor time, which other work on the machine does not lengthen."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest


@pytest.fixture
def cpu_time() -> Callable[[Callable[[], object]], float]:
    """Seconds of processor time that a call takes."""

    def measure(work: Callable[[], object]) -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    return measure


@pytest.fixture
def cpu_seconds():
    """Fails where the block takes more seconds of processor time than stated."""

    @contextmanager
    def limit(seconds: float) -> Iterator[None]:
        start = time.process_time()
        yield
        assert time.process_time() - start < seconds

    return limit
