"""A worker's ear at the broker."""

from typing import Any

from celery.worker.consumer import Consumer
from celery.worker.state import requests


class PatientConsumer(Consumer):
    """Outlives its broker while jobs run.

    Messages of a lost connection are neither given back to the broker nor acknowledged when their jobs end: kombu would
    do it through a channel that has let go of its connection, and the AttributeError ends the worker (Celery 5.7 and
    kombu 5.7 over Redis, seen 2026-11-26). Nothing is missed: the job table knows what is done and sends again what was
    lost.
    """

    task_consumer: Any

    def on_connection_error_after_connected(self, exc: Exception) -> Any:
        if self.task_consumer is not None:
            self.task_consumer.channel.do_restore = False
        for request in list(requests.values()):
            request.acknowledged = True
        return super().on_connection_error_after_connected(exc)
