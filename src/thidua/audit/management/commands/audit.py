"""`python -m thidua.config audit …`: what `thidua audit` starts."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from thidua.audit import tasks
from thidua.audit.errors import AuditError
from thidua.audit.lifecycle.notes import BadNote
from thidua.audit.selectors.reading import find_code, get_newest_checkpoint
from thidua.audit.selectors.sentences import number, say_report
from thidua.support.actor import system
from thidua.support.clock import now


class Command(BaseCommand):
    help = "Nhật ký: kiểm tra, xếp thứ tự, khóa, kỳ, mã in trên giấy."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One word says what to do."""
        acts = parser.add_subparsers(dest="act", required=True)
        check = acts.add_parser("verify")
        check.add_argument("--external", type=Path)
        check.add_argument("--since", type=Path)
        check.add_argument("--json", action="store_true")
        acts.add_parser("sequence")
        acts.add_parser("checkpoint")
        key = acts.add_parser("init-key")
        key.add_argument("--name", required=True)
        epoch = acts.add_parser("new-epoch")
        epoch.add_argument("--reason", required=True)
        epoch.add_argument("--external", type=Path)
        acts.add_parser("code").add_argument("code")

    def handle(self, *, act: str, **options: Any) -> None:
        """Do it; what cannot be done ends with one sentence and status 2."""
        try:
            status = getattr(self, f"_{act.replace('-', '_')}")(**options)
        except (AuditError, OSError) as error:
            self.stderr.write(str(error))
            status = 2
        except BadNote as error:
            self.stderr.write(f"Không phải điểm kiểm do khóa này ký ({error}).")
            status = 2
        if status:
            sys.exit(status)

    def _verify(self, *, external: Path | None, since: Path | None, json: bool, **_: Any) -> int:
        report = tasks.check_trail(at=now(), external=external, since=since)
        if json:
            self.stdout.write(_dump(report.as_json()))
        else:
            for line in say_report(report):
                self.stdout.write(line)
        return 0 if report.is_good else 1

    def _sequence(self, **_: Any) -> None:
        count, sent = tasks.place_events(at=now())
        self.stdout.write(f"Đã xếp {number(count)} sự kiện, gửi {sent} bản ngoài.")

    def _checkpoint(self, **_: Any) -> int:
        newest = get_newest_checkpoint()
        if newest is None:
            self.stderr.write("Chưa có điểm kiểm nào.")
            return 1
        self.stdout.write(newest.text, ending="")
        return 0

    def _init_key(self, *, name: str, **_: Any) -> None:
        verifier = tasks.make_key(name=name)
        self.stdout.write("Đã tạo khóa ký. Khóa công khai, chép ra ngoài và giao cho kiểm toán:")
        self.stdout.write(verifier.text)

    def _new_epoch(self, *, reason: str, external: Path | None, **_: Any) -> None:
        epoch, report = tasks.close_epoch(
            actor=system("audit"), at=now(), reason=reason, external=external
        )
        found = number(sum(report.counts.values()))
        self.stdout.write(
            f"Đã khép kỳ {epoch.number - 1} với {found} chỗ sai và mở kỳ {epoch.number}. "
            "Gửi điểm kiểm mới ra ngoài: thidua audit sequence"
        )

    def _code(self, *, code: str, **_: Any) -> int:
        found = find_code(code)
        for place in found:
            event = place.event
            self.stdout.write(
                f"Số {number(place.seq)}, ngày {event.at:%d/%m/%Y}: {event.action}, {event.stream}"
            )
        if not found:
            self.stderr.write("Không có sự kiện nào mang mã này.")
        return 0 if found else 1


def _dump(words: dict[str, Any]) -> str:
    return json.dumps(words, ensure_ascii=False, indent=2)
