from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "thidua.jobs"
    verbose_name = "Việc nền"

    def ready(self) -> None:
        """Make this room the queue that `support.queue.enqueue` hands its work to."""
        from thidua.jobs.services import add_job  # noqa: PLC0415 - tables are ready only now
        from thidua.support import queue  # noqa: PLC0415

        queue.register(add_job)
