"""What the process tests plant: run as `python processes.py COMMAND…`, a management command.

Tasks may only be queued by names of the rooms' `tasks.py`, so they are put there first.
"""

import os
import sys
import time
from pathlib import Path

import django

LOG = Path(os.environ["PLANTED_LOG"])


def write(line: str) -> None:
    with LOG.open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def rows(run, count):
    """Each step is keyed by its row: done again, it changes nothing."""
    for number in range(count):
        run.progress(number, count)
        write(f"row {number}")
        time.sleep(0.05)
    return f"Đã ghi {count} dòng."


def greedy(run):
    write("greedy")
    return str(len(bytearray(3 * 2**30)))


def quick(run):
    write(f"quick {run.at.timestamp()}")


def plant():
    import thidua.jobs.tasks
    from thidua.support.queue import task

    for function in (rows, greedy, quick):
        setattr(thidua.jobs.tasks, function.__name__, task("Việc thử")(function))


if __name__ == "__main__":
    django.setup()
    plant()
    if sys.argv[1] == "eval":
        exec(sys.argv[2])  # a line of the test that started this process
    else:
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
