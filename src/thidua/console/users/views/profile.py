"""One's own account: roles, loans, where to change what."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from thidua.accounts import services
from thidua.accounts.selectors import (
    count_sessions,
    get_own_account,
    has_second_factor,
    list_grants_of,
    list_lendable_of,
)
from thidua.console.users.chips import FACTORS, PHASES
from thidua.console.users.forms import OwnForm
from thidua.console.users.views.pages import act, lend_from, loan_rows, sure
from thidua.support.clock import local_date, now
from thidua.web.doors import StaffRequest


@require_safe
def profile(request: StaffRequest) -> HttpResponse:
    """What this account is, and who acts for it."""
    user, day = get_own_account(request.actor), local_date(now())
    context = {
        "title": _("Tài khoản của tôi"),
        "person": user,
        "factor": FACTORS[has_second_factor(user)],
        "sessions": count_sessions(user),
        "grants": [
            {"it": one.grant, "label": _(one.label), "chip": PHASES[one.phase]}
            for one in list_grants_of(user, day)
        ],
        "loans": loan_rows(user, request),
        "may_lend": list_lendable_of(user, day).exists(),
    }
    return render(request, "console/users/profile.html", context)


def change_own(request: StaffRequest) -> HttpResponse:
    """Correct one's telephone; name and mail address are the keeper's."""
    user = get_own_account(request.actor)

    def do(data: dict[str, Any]) -> str:
        services.change_user(user=user, actor=request.actor, at=now(), **data)
        return _("Đã lưu.")

    return act(
        request,
        form=OwnForm(request.POST or None, initial={"phone": user.phone}),
        do=do,
        title=_("Sửa thông tin của tôi"),
        submit=_("Lưu"),
        back=reverse("console:profile"),
        about=_("Họ tên và địa chỉ thư do người quản trị của đơn vị sửa."),
    )


@sure
def lend_own(request: StaffRequest) -> HttpResponse:
    """Lend a role of one's own."""
    return lend_from(request, get_own_account(request.actor), reverse("console:profile"))
