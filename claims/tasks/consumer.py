"""A worker's ear at the broker."""

from typing import Any

from celery.worker.consumer import Consumer


class PatientConsumer(Consumer):
    """Outlives its broker while jobs run.

    When the connection is lost, kombu would give back to the broker what was not acknowledged yet, through a channel
    that has let go of its address: an AttributeError, which ends the worker as soon as its running jobs have ended,
    and nothing is taken up until then (Celery 5.7 and kombu 5.7 over Redis, seen 2026-11-26). There is nothing to give
    back: the job table sends again what was lost.
    """

    task_consumer: Any

    def on_connection_error_after_connected(self, exc: Exception) -> Any:
        if self.task_consumer is not None:
            self.task_consumer.channel.do_restore = False
        return super().on_connection_error_after_connected(exc)
