"""Background work: asked for in the transaction of the change that needs it, done exactly once (DESIGN rule 9).

How to ask, how to write a handler and what happens when things die: docs/jobs.md.
"""

from claims.jobs.lease import Lost, progress, retry
from claims.jobs.registry import Effects, GiveUp, Later, handler
from claims.jobs.request import ask
from claims.jobs.table import Backlog, backlog, forget_finished

__all__ = [
    "Backlog",
    "Effects",
    "GiveUp",
    "Later",
    "Lost",
    "ask",
    "backlog",
    "forget_finished",
    "handler",
    "progress",
    "retry",
]
