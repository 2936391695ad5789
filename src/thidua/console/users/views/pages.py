"""The list, the page of one account, and what a keeper does there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.core.mail import send_mail
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from thidua.accounts import services
from thidua.accounts.errors import AccountFault
from thidua.accounts.lifecycle import Phase
from thidua.accounts.models import User
from thidua.accounts.permissions import can_manage, can_manage_users
from thidua.accounts.selectors import (
    count_sessions,
    get_grant_for,
    get_lines,
    get_loan_for,
    get_user_for,
    list_grants_of,
    list_happenings,
    list_loans_of,
    list_users_for,
)
from thidua.console.users.chips import FACTORS, HAPPENINGS, LOANS, PHASES, STATES
from thidua.console.users.forms import (
    ChangeUserForm,
    EndRoleForm,
    LoanForm,
    NewUserForm,
    OptionalReasonForm,
    ReasonForm,
    RoleForm,
)
from thidua.console.users.tables import UserFilters, UserTable, role_label
from thidua.support.clock import local_date, now
from thidua.support.queue import enqueue
from thidua.web.doors import StaffRequest
from thidua.web.listing import Empty, Listing
from thidua.web.words import Label


def sure(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Who changes rights shows once more who they are, when the last time is long ago."""
    proven = reauthentication_required(view)

    @wraps(view)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = proven(request, *args, **kwargs)
        return answer

    return guarded


class UserList(Listing):
    """Accounts that the actor may see."""

    title = gettext_lazy("Tài khoản")
    table_class = UserTable
    filters_class = UserFilters
    search = ("folded",)
    search_label = gettext_lazy("Họ tên, địa chỉ thư")
    empty = Empty(
        gettext_lazy("Chưa có tài khoản nào"),
        gettext_lazy("Mời từng người, hoặc nạp cả danh sách từ Excel."),
        gettext_lazy("Mời người"),
        "console:user-add",
    )

    def get_rows(self) -> Any:
        """By a selector that knows the actor."""
        return list_users_for(self.request.actor, now())

    def get_acts(self) -> list[dict[str, Any]]:
        """For keepers; others only read."""
        if not can_manage_users(self.request.actor):
            return []
        return [
            {"url": reverse("console:user-add"), "label": _("Mời người"), "icon": "user-plus"},
            {"url": reverse("console:user-import"), "label": _("Nạp từ Excel"), "icon": "upload"},
        ]


def find(request: StaffRequest, pk: int) -> User:
    """An account that the actor sees; else 404."""
    user = get_user_for(request.actor, pk, now())
    if user is None:
        raise Http404
    return user


def find_managed(request: StaffRequest, pk: int) -> User:
    """An account that the actor may change; one that they only see is shown, with the reason."""
    user = find(request, pk)
    if not can_manage(request.actor, get_lines(user, now())):
        raise Http404
    return user


@require_safe
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One account: roles, loans, what happened."""
    user, at = find(request, pk), now()
    day, actor = local_date(at), request.actor
    manages = can_manage(actor, get_lines(user, at))
    context = {
        "title": user.full_name,
        "person": user,
        "state": STATES[user.state],  # type: ignore[attr-defined]
        "factor": FACTORS[user.has_second_factor],  # type: ignore[attr-defined]
        "sessions": count_sessions(user),
        "grants": [
            {"it": one.grant, "label": _(one.label), "chip": PHASES[one.phase]}
            for one in list_grants_of(user, day, seen_by=actor)
        ],
        "loans": loan_rows(user, request),
        "happenings": [
            {
                "at": one.at,
                "what": HAPPENINGS.get(one.action, one.action),
                "who": _who(one.actor_name),
            }
            for one in list_happenings(user)
        ],
        "manages": manages,
        "is_self": actor.user_id == user.pk,
        "keeps": can_manage_users(actor),
    }
    return render(request, "console/users/detail.html", context)


def _who(name: str) -> str:
    return _("hệ thống") if name.startswith("system:") else name


def loan_rows(user: User, request: StaffRequest) -> list[dict[str, Any]]:
    """Loans as they are shown."""
    day = local_date(now())
    return [
        {
            "it": one.loan,
            "label": _(one.label),
            "chip": LOANS[one.phase],
            "is_held": one.is_held,
            "is_over": one.phase is Phase.PAST,
        }
        for one in list_loans_of(user, day, seen_by=request.actor)
    ]


def act(
    request: StaffRequest,
    *,
    form: forms.Form,
    do: Callable[[dict[str, Any]], str | None],
    title: Label,
    submit: Label,
    back: str,
    about: Label = "",
) -> HttpResponse:
    """A form that does one thing; what a service refuses is said above it, what was typed stays.

    `do` gets what was read and gives the sentence that is shown on the next page.
    """
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                said = do(form.cleaned_data)
        except AccountFault as fault:
            form.add_error(None, str(fault))
        else:
            if said:
                messages.success(request, said)
            return redirect(back)
    context = {"title": title, "form": form, "submit": submit, "back": back, "about": about}
    return render(request, "console/users/act.html", context)


def page_of(user_id: int) -> str:
    """The address of an account."""
    return reverse("console:user-detail", args=[user_id])


@sure
def add(request: StaffRequest) -> HttpResponse:
    """Invite somebody new."""

    def do(data: dict[str, Any]) -> str:
        user = services.open_account(actor=request.actor, at=now(), **data)
        queue_invitation(request, user)
        return _("Đã lập tài khoản; thư mời đang gửi tới %(mail)s.") % {"mail": user.email}

    return act(
        request,
        form=NewUserForm(request.POST or None, actor=request.actor),
        do=do,
        title=_("Mời người vào hệ thống"),
        submit=_("Lập tài khoản và gửi thư mời"),
        back=reverse("console:user-list"),
    )


@sure
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct name, address, telephone."""
    user = find_managed(request, pk)
    before = user.email
    initial = {"full_name": user.full_name, "email": user.email, "phone": user.phone}

    def do(data: dict[str, Any]) -> str:
        services.change_user(user=user, actor=request.actor, at=now(), **data)
        if user.email != before:
            _tell_old_address(before)
        return _("Đã lưu.")

    return act(
        request,
        form=ChangeUserForm(request.POST or None, initial=initial),
        do=do,
        title=_("Sửa tài khoản của %(name)s") % {"name": user.full_name},
        submit=_("Lưu"),
        back=page_of(pk),
    )


def _tell_old_address(address: str) -> None:
    subject = f"[Thi Đua] {_('Địa chỉ đăng nhập đã đổi')}"
    text = _(
        "Người quản trị vừa đổi địa chỉ thư đăng nhập của tài khoản này sang địa chỉ khác. "
        "Không phải anh/chị yêu cầu? Báo ngay cho người quản trị của đơn vị."
    )
    transaction.on_commit(lambda: send_mail(subject, text, None, [address]))


@sure
def disable(request: StaffRequest, pk: int) -> HttpResponse:
    """Close an account."""
    user = find_managed(request, pk)

    def do(data: dict[str, Any]) -> str:
        services.disable_user(user=user, actor=request.actor, at=now(), **data)
        return _("Đã khóa tài khoản; mọi phiên đang mở đã bị đăng xuất.")

    return act(
        request,
        form=ReasonForm(request.POST or None),
        do=do,
        title=_("Khóa tài khoản của %(name)s") % {"name": user.full_name},
        submit=_("Khóa tài khoản"),
        back=page_of(pk),
        about=_("Người này bị đăng xuất ngay. Vai trò và lịch sử giữ nguyên; mở khóa lại được."),
    )


@sure
def enable(request: StaffRequest, pk: int) -> HttpResponse:
    """Open a closed account."""
    user = find_managed(request, pk)

    def do(data: dict[str, Any]) -> str:
        services.enable_user(user=user, actor=request.actor, at=now(), **data)
        return _("Đã mở khóa tài khoản.")

    return act(
        request,
        form=ReasonForm(request.POST or None),
        do=do,
        title=_("Mở khóa tài khoản của %(name)s") % {"name": user.full_name},
        submit=_("Mở khóa"),
        back=page_of(pk),
        about=_("Các vai trò còn trong thời hạn có hiệu lực trở lại."),
    )


@sure
def reset_factors(request: StaffRequest, pk: int) -> HttpResponse:
    """Forget the second factors of somebody who lost them."""
    user = find_managed(request, pk)

    def do(data: dict[str, Any]) -> str:
        services.reset_second_factors(user=user, actor=request.actor, at=now(), **data)
        return _("Đã đặt lại. Lần đăng nhập tới, người này bật lại lớp xác thực.")

    return act(
        request,
        form=ReasonForm(request.POST or None),
        do=do,
        title=_("Đặt lại xác thực hai lớp của %(name)s") % {"name": user.full_name},
        submit=_("Đặt lại"),
        back=page_of(pk),
        about=_(
            "Chỉ làm khi đã chắc người yêu cầu là chính chủ, ví dụ gặp mặt hoặc gọi lại số cơ quan."
        ),
    )


@require_POST
def send_again(request: StaffRequest, pk: int) -> HttpResponse:
    """A new invitation; the older one opens nothing any more."""
    user = find_managed(request, pk)
    if user.is_active:
        queue_invitation(request, user)
        messages.success(request, _("Đang gửi thư mời mới; thư cũ hết hiệu lực."))
    else:
        messages.error(request, _("Tài khoản đang bị khóa. Mở khóa rồi mới mời được."))
    return redirect(page_of(pk))


def queue_invitation(request: StaffRequest, user: User) -> None:
    """Let a mail be sent; the link in it is made when it is sent."""
    enqueue(
        "thidua.accounts.tasks.send_invitation",
        key=f"accounts.invite:{user.pk}",
        actor=request.actor,
        user_id=user.pk,
        base_url=request.build_absolute_uri("/").rstrip("/"),
    )


@sure
def grant(request: StaffRequest, pk: int) -> HttpResponse:
    """Give a role."""
    user = find(request, pk)

    def do(data: dict[str, Any]) -> str:
        services.grant_role(user=user, actor=request.actor, at=now(), **data)
        return _("Đã giao vai trò «%(role)s».") % {"role": role_label(data["role"])}

    return act(
        request,
        form=RoleForm(request.POST or None, actor=request.actor),
        do=do,
        title=_("Giao vai trò cho %(name)s") % {"name": user.full_name},
        submit=_("Giao vai trò"),
        back=page_of(pk),
    )


@sure
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a role end."""
    held = get_grant_for(request.actor, pk)
    if held is None:
        raise Http404
    day = local_date(now())

    def do(data: dict[str, Any]) -> str:
        services.end_role(grant=held, actor=request.actor, at=now(), **data)
        return _("Đã ghi ngày thôi vai trò.")

    title = _("Cho thôi vai trò «%(role)s» của %(name)s") % {
        "role": role_label(held.role),
        "name": held.user.full_name,
    }
    return act(
        request,
        form=EndRoleForm(request.POST or None, initial={"last_day": day}),
        do=do,
        title=title,
        submit=_("Ghi ngày thôi"),
        back=page_of(held.user_id),
        about=_("Ủy quyền từ vai trò này kết thúc theo."),
    )


@sure
def lend(request: StaffRequest, pk: int) -> HttpResponse:
    """Enter a loan that the owner of a role has signed."""
    owner = find(request, pk)
    return lend_from(request, owner, page_of(pk))


def lend_from(request: StaffRequest, owner: User, back: str) -> HttpResponse:
    """The form of a loan."""

    def do(data: dict[str, Any]) -> str:
        services.delegate(actor=request.actor, at=now(), **data)
        return _("Đã lập ủy quyền cho %(name)s.") % {"name": data["to_user"].full_name}

    return act(
        request,
        form=LoanForm(request.POST or None, owner=owner, actor=request.actor),
        do=do,
        title=_("Ủy quyền vai trò của %(name)s") % {"name": owner.full_name},
        submit=_("Lập ủy quyền"),
        back=back,
        about=_(
            "Người nhận làm việc thay trong thời hạn; nhật ký ghi cả hai tên. Vai trò được ủy quyền "
            "không ủy quyền tiếp được; phiếu kín, kiểm phiếu, kiểm toán không ủy quyền."
        ),
    )


@sure
def revoke(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a loan back."""
    loan = get_loan_for(request.actor, pk)
    if loan is None:
        raise Http404
    is_own = loan.grant.user_id == request.actor.user_id
    back = reverse("console:profile") if is_own else page_of(loan.grant.user_id)

    def do(data: dict[str, Any]) -> str:
        services.revoke_delegation(delegation=loan, actor=request.actor, at=now(), **data)
        return _("Đã thu lại ủy quyền; có hiệu lực ngay.")

    return act(
        request,
        form=OptionalReasonForm(request.POST or None),
        do=do,
        title=_("Thu lại ủy quyền của %(name)s") % {"name": loan.to_user.full_name},
        submit=_("Thu lại ngay"),
        back=back,
    )
