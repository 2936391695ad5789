"""`python -m thidua.config set_up`, started by `thidua setup`: reads one JSON object from stdin.

A password never stands on a command line, where every user of the machine could read it.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from thidua.accounts.errors import AccountFault
from thidua.console.setup.code import forget_code
from thidua.documents.errors import DocumentFault
from thidua.flows.set_up import Administrator, Mail, Organisation, SetUpClosed, is_open, set_up
from thidua.organizations.errors import UnitError
from thidua.support.clock import now


class Command(BaseCommand):
    help = "Thiết lập lần đầu: cơ quan, người quản trị đầu tiên, máy chủ thư."

    def handle(self, **_: Any) -> None:
        """Set up, or say in one sentence why not."""
        if not is_open():
            raise CommandError("Hệ thống đã được thiết lập từ trước.")
        said = json.load(sys.stdin)
        try:
            user = set_up(
                organisation=Organisation(**said["organisation"]),
                administrator=Administrator(**said["administrator"]),
                mail=Mail(**said.get("mail", {})),
                at=now(),
            )
        except (SetUpClosed, UnitError, AccountFault, DocumentFault) as fault:
            raise CommandError(str(fault)) from None
        forget_code()
        self.stdout.write(f"Đã thiết lập. Đăng nhập bằng {user.email}, rồi bật xác thực hai lớp.")
