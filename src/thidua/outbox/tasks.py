"""Work of this room that repeats."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from thidua.outbox import services
from thidua.support.queue import Run, task


@task(gettext_noop("Gửi thư trong hộp thư đi"))
def deliver(run: Run) -> str:
    """Hand what is due to the mail server."""
    done = services.deliver(at=run.at, tell=run.progress)
    parts = [
        (done.sent, "gửi {} thư"),
        (done.later, "{} thư sẽ gửi lại sau"),
        (done.refused, "{} thư bị trả lại"),
        (done.unsure, "{} thư chưa rõ đã đi chưa"),
    ]
    said = "; ".join(words.format(number) for number, words in parts if number)
    return f"{said}. {done.problem}".strip(". ") if said or done.problem else ""


@task(gettext_noop("Gửi thư gộp mỗi ngày"))
def digest(run: Run) -> str:
    """One mail a day for those who want it so."""
    return f"Đã lập {services.send_digests(actor=run.actor, at=run.at)} thư gộp."


@task(gettext_noop("Dọn thư và thông báo cũ"))
def forget(run: Run) -> str:
    """Take away what need not be kept."""
    return f"Đã dọn {services.forget(at=run.at)} thư và thông báo."
