"""Background work: asked for in the transaction of the change that needs it, done exactly once (DESIGN rule 9).

How to ask, how to write a handler and what happens when things die: docs/jobs.md.
"""

from claims.jobs.lease import progress, retry
from claims.jobs.registry import Effects, GiveUp, Later, Lost, handler
from claims.jobs.request import ask
from claims.jobs.table import Backlog, backlog, forget_finished
from claims.jobs.turns import host_has_place, person_has_place

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
    "host_has_place",
    "person_has_place",
    "progress",
    "retry",
]
