"""Mail and work of nobody's unit: one of each, made by the system."""

from factories.accounts import AT, SYSTEM
from thidua.jobs.models import Job, Schedule
from thidua.jobs.services import ensure_schedules
from thidua.outbox import services
from thidua.outbox.models import Batch, Message
from thidua.support.queue import enqueue


def samples(unit, text, world):
    """`batch` (held), `message` (in it), `job` (waiting), `schedule`."""
    del unit, text, world
    if not Batch.objects.exists():
        ensure_schedules(at=AT)
        enqueue("thidua.jobs.tasks.prune", key="sample", actor=SYSTEM)
        services.queue_message(
            kind="reminder",
            to="mau@bo.example",
            key="sample",
            values={"noi_dung": "Việc mẫu"},
            batch=services.open_batch(title="Đợt mẫu", actor=SYSTEM, at=AT),
            actor=SYSTEM,
            at=AT,
        )
    return {
        "batch": Batch.objects.get(),
        "message": Message.objects.get(key="sample"),
        "job": Job.objects.get(key="sample"),
        "schedule": Schedule.objects.get(name="job-prune"),
    }
