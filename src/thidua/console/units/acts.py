"""Acts on units: found, rename, move, merge, split, dissolve."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from thidua.console.units.act import Act, Rows, UnitAct
from thidua.console.units.forms import (
    PARTS,
    ActForm,
    AddForm,
    DissolveForm,
    MergeForm,
    MoveForm,
    RenameForm,
    SplitForm,
)
from thidua.flows.dissolve_unit import dissolve_unit
from thidua.flows.merge_units import merge_units
from thidua.flows.split_unit import Part, split_unit
from thidua.flows.unit_heirs import Followed, Roles
from thidua.organizations import services
from thidua.organizations.models import Unit
from thidua.organizations.services import Founding
from thidua.people.selectors import list_staff
from thidua.support.clock import local_date, now
from thidua.web.words import say_day


def page_of(unit: Unit) -> str:
    """The unit's page."""
    return reverse("console:unit-detail", kwargs={"pk": unit.pk})


def undo_of(unit: Unit, what: str, row: int = 0) -> str:
    """The address that undoes an act on a unit."""
    return reverse("console:unit-undo", kwargs={"pk": unit.pk, "what": what, "row": row})


class Add(Act):
    """Found a unit."""

    title = gettext_lazy("Thêm đơn vị")
    submit = gettext_lazy("Thêm đơn vị")
    form_class = AddForm

    def get_options(self) -> dict[str, Any]:
        """A link of another page may say under which unit."""
        under = self.request.GET.get("duoi", "")
        return {"initial": {"parent": under}} if under.isdecimal() else {}

    def act(self, form: ActForm, who: dict[str, Any]) -> Unit:
        """Found it."""
        return services.create_unit(**form.cleaned_data, **who)

    def tell(self, form: ActForm, done: Unit) -> Rows:
        """Name, place, day."""
        data = form.cleaned_data
        since = say_day(data["on"]) if data["on"] else _("từ đầu")
        return [
            (_("Đơn vị mới"), f"{done.name} ({done.code}), {data['kind'].name}"),
            (_("Trực thuộc"), data["parent"].name),
            (_("Có từ ngày"), since),
        ]

    def answer(self, form: ActForm, done: Unit) -> tuple[str, str, str]:
        """To the new unit."""
        del form
        return page_of(done), _("Đã thêm «%s».") % done.name, undo_of(done, "found")


class Rename(UnitAct):
    """Another name."""

    title = gettext_lazy("Đổi tên đơn vị")
    submit = gettext_lazy("Đổi tên")
    about = gettext_lazy("Hồ sơ cũ vẫn ghi tên cũ; tìm bằng tên cũ vẫn thấy đơn vị.")
    form_class = RenameForm

    def act(self, form: ActForm, who: dict[str, Any]) -> Unit:
        """Rename it."""
        self.before = self.unit.name
        return services.rename_unit(unit=self.unit, **form.cleaned_data, **who)

    def tell(self, form: ActForm, done: Unit) -> Rows:
        """Old and new name."""
        del done
        data = form.cleaned_data
        return [
            (_("Tên cho đến hết ngày trước đó"), self.before),
            (_("Tên mới"), data["name"]),
            (_("Từ ngày"), say_day(data["on"])),
            (_("Căn cứ"), data["decision"]),
        ]

    def answer(self, form: ActForm, done: Unit) -> tuple[str, str, str]:
        """Back, with a way to undo."""
        row = done.names.get(valid_until=None)
        words = _("«%(name)s» mang tên mới từ ngày %(day)s.") % {
            "name": row.name,
            "day": say_day(form.cleaned_data["on"]),
        }
        return page_of(done), words, undo_of(done, "rename", row.pk)


class Move(UnitAct):
    """Another place in the tree."""

    title = gettext_lazy("Chuyển đơn vị sang cấp trên khác")
    submit = gettext_lazy("Chuyển đơn vị")
    form_class = MoveForm

    def act(self, form: ActForm, who: dict[str, Any]) -> Unit:
        """Move it."""
        link = self.unit.links_up.select_related("parent").filter(valid_until=None).first()
        self.before = link.parent.name if link else ""
        return services.move_unit(unit=self.unit, **form.cleaned_data, **who)

    def tell(self, form: ActForm, done: Unit) -> Rows:
        """From where to where, and what goes along."""
        data = form.cleaned_data
        return [
            (_("Đơn vị"), done.name),
            (_("Cấp trên hiện nay"), self.before),
            (_("Cấp trên mới"), data["parent"].name),
            (_("Từ ngày"), say_day(data["on"])),
            (_("Đi theo"), _("mọi đơn vị trực thuộc «%s»") % done.name),
        ]

    def answer(self, form: ActForm, done: Unit) -> tuple[str, str, str]:
        """Back, with a way to undo."""
        row = done.links_up.get(valid_until=None)
        words = _("«%(unit)s» trực thuộc «%(parent)s» từ ngày %(day)s.") % {
            "unit": done.name,
            "parent": form.cleaned_data["parent"].name,
            "day": say_day(form.cleaned_data["on"]),
        }
        return page_of(done), words, undo_of(done, "move", row.pk)


class Merge(UnitAct):
    """Into another unit, or together with others into a new one."""

    title = gettext_lazy("Sáp nhập, hợp nhất đơn vị")
    submit = gettext_lazy("Sáp nhập")
    about = gettext_lazy(
        "Đơn vị kết thúc vào ngày trước ngày có hiệu lực. Người và đơn vị trực thuộc chuyển về đơn vị "
        "tiếp nhận; lịch sử vẫn đọc được dưới tên cũ."
    )
    form_class = MergeForm

    def act(self, form: Any, who: dict[str, Any]) -> Followed:
        """Merge them."""
        data = form.cleaned_data
        return merge_units(
            units=[self.unit, *data["others"]],
            into=form.heir(),
            on=data["on"],
            decision=data["decision"],
            roles=Roles(data["roles"]),
            **who,
        )

    def tell(self, form: ActForm, done: Followed) -> Rows:
        """What ends, what succeeds, who goes along."""
        return told(form, done)

    def answer(self, form: ActForm, done: Followed) -> tuple[str, str, str]:
        """To the heir."""
        heir = done.heirs[0]
        words = _("Đã sáp nhập vào «%(heir)s»: %(people)s.") % {
            "heir": heir.name,
            "people": count_people(done),
        }
        del form
        return page_of(heir), words, undo_of(self.unit, "end")


class Split(UnitAct):
    """Into several new units."""

    title = gettext_lazy("Chia, tách đơn vị")
    submit = gettext_lazy("Chia, tách")
    about = gettext_lazy(
        "Đơn vị kết thúc, các đơn vị mới kế thừa. Đơn vị trực thuộc phải chuyển đi trước, vì chỉ "
        "quyết định mới nói đơn vị nào về đâu."
    )
    form_class = SplitForm

    def get_options(self) -> dict[str, Any]:
        """Those who stand in the unit today or later."""
        return {"unit": self.unit, "people": list_staff(self.unit.pk, local_date(now()))}

    def act(self, form: ActForm, who: dict[str, Any]) -> Followed:
        """Split it."""
        data = form.cleaned_data
        link = self.unit.links_up.select_related("parent").filter(valid_until=None).first()
        parts = [
            Part(
                Founding(
                    data[f"code_{number}"],
                    self.unit.kind,
                    data[f"name_{number}"],
                    link.parent if link else None,
                    on=data["on"],
                    decision=data["decision"],
                ),
                [one.pk for one in data.get(f"people_{number}") or ()],
            )
            for number in PARTS
            if data[f"code_{number}"]
        ]
        return split_unit(
            unit=self.unit,
            parts=parts,
            on=data["on"],
            decision=data["decision"],
            roles=Roles(data["roles"]),
            **who,
        )

    def tell(self, form: ActForm, done: Followed) -> Rows:
        """What ends, what succeeds, who goes where."""
        rows = told(form, done)
        for heir in done.heirs:
            number = sum(post.unit_id == heir.pk for post in done.posts)
            rows.append((_("Về «%s»") % heir.name, say_people(number)))
        return rows

    def answer(self, form: ActForm, done: Followed) -> tuple[str, str, str]:
        """To the unit that was."""
        del form
        words = _("Đã chia thành %(heirs)s: %(people)s.") % {
            "heirs": say_units(done.heirs),
            "people": count_people(done),
        }
        return page_of(self.unit), words, undo_of(self.unit, "end")


class Dissolve(UnitAct):
    """With no successor."""

    title = gettext_lazy("Giải thể đơn vị")
    submit = gettext_lazy("Giải thể")
    about = gettext_lazy("Đơn vị trực thuộc phải chuyển đi trước.")
    form_class = DissolveForm

    def act(self, form: ActForm, who: dict[str, Any]) -> Followed:
        """End it."""
        data = dict(form.cleaned_data)
        roles = Roles(data.pop("roles"))
        return dissolve_unit(unit=self.unit, roles=roles, **data, **who)

    def tell(self, form: ActForm, done: Followed) -> Rows:
        """What ends, and what becomes of its people."""
        rows = told(form, done)
        if not done.heirs:
            rows.append((_("Chức danh kết thúc cùng đơn vị"), say_people(len(done.posts))))
        return rows

    def answer(self, form: ActForm, done: Followed) -> tuple[str, str, str]:
        """To the unit that was."""
        words = _("«%(unit)s» hoạt động đến hết ngày %(day)s.") % {
            "unit": self.unit.name,
            "day": say_day(form.cleaned_data["on"]),
        }
        del done
        return page_of(self.unit), words, undo_of(self.unit, "end")


def told(form: ActForm, done: Followed) -> Rows:
    """The rows that the endings share."""
    rows: Rows = [
        (_("Kết thúc"), say_units(done.ended)),
        (_("Ngày ghi trong quyết định"), say_day(form.cleaned_data["on"])),
    ]
    if done.heirs:
        rows.append((_("Tiếp nhận"), say_units(done.heirs)))
        rows.append((_("Người chuyển sang"), count_people(done)))
    if done.moved_units:
        rows.append((_("Đơn vị chuyển theo"), say_units(done.moved_units)))
    if done.roles_ended:
        rows.append((_("Vai trò thôi giao"), _say_roles(done.roles_ended)))
    if done.roles_carried:
        rows.append((_("Vai trò chuyển sang"), _say_roles(done.roles_carried)))
    return rows


def say_units(units: Iterable[Unit]) -> str:
    """«Cục A», «Cục B»."""
    return ", ".join(f"«{one.name}»" for one in units)


def say_people(number: int) -> str:
    """12 người."""
    return ngettext("%d người", "%d người", number) % number


def count_people(done: Followed) -> str:
    """How many people went along: each once, whatever posts they hold."""
    return say_people(len({post.person_id for post in done.posts}))


def _say_roles(grants: list[Any]) -> str:
    names = sorted({grant.user.full_name for grant in grants})
    return _("%(number)d vai trò của %(names)s") % {
        "number": len(grants),
        "names": ", ".join(names),
    }
