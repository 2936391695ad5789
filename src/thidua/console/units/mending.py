"""What was recorded wrongly is put right here, or an act of today is undone: each with its reason."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.console.units.act import Rows, UnitAct
from thidua.console.units.acts import page_of, say_people, say_units
from thidua.console.units.forms import (
    ActForm,
    CorrectDetailsForm,
    CorrectEndForm,
    CorrectFoundingForm,
    CorrectLinkForm,
    CorrectNameForm,
    ReasonForm,
)
from thidua.flows.reopen_unit import reopen_unit
from thidua.flows.unit_heirs import Followed
from thidua.organizations import services
from thidua.organizations.models import UnitLink, UnitName


class Mending(UnitAct):
    """`what` and `row` of the address say what is mended: the row of a name or a link."""

    has_preview = False
    row: UnitName | UnitLink | None = None
    kinds: tuple[str, ...] = ()

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Find the row; 404 for what is no row of this unit."""
        super().setup(request, *args, **kwargs)
        self.what: str = kwargs["what"]
        if self.what not in self.kinds:
            raise Http404
        if self.what in {"name", "rename"}:
            self.row = get_object_or_404(self.unit.names.all(), pk=kwargs["row"])
        elif self.what in {"link", "move"}:
            self.row = get_object_or_404(self.unit.links_up.all(), pk=kwargs["row"])

    def tell(self, form: ActForm, done: Any) -> Rows:
        """No preview: one field is mended, and can be mended again."""
        raise NotImplementedError


class Correct(Mending):
    """Founding, a name, a link, the end, code and kind."""

    title = gettext_lazy("Đính chính")
    submit = gettext_lazy("Ghi đính chính")
    about = gettext_lazy(
        "Dùng khi đã ghi sai. Nếu đơn vị thật sự đổi tên, chuyển cấp trên… thì ghi việc đó, đừng đính "
        "chính. Đính chính hiện trong lịch sử đơn vị, kèm lý do và tên người ghi."
    )
    kinds = ("founding", "name", "link", "end", "details")

    def get_form(self, data: Any = None) -> ActForm:
        """The form of what is mended, filled with what is stored."""
        unit, row = self.unit, self.row
        if isinstance(row, UnitName):
            stored = {
                "name": row.name,
                "short_name": row.short_name,
                "on": row.valid_from,
                "decision": row.decision,
            }
            return CorrectNameForm(data, initial=stored)
        if isinstance(row, UnitLink):
            link = {"parent": row.parent_id, "on": row.valid_from, "decision": row.decision}
            return CorrectLinkForm(data, initial=link, unit=unit)
        if self.what == "end":
            end = {"on": unit.dissolved_on, "decision": unit.end_decision}
            return CorrectEndForm(data, initial=end)
        if self.what == "details":
            return CorrectDetailsForm(data, initial={"code": unit.code, "kind": unit.kind_id})
        return CorrectFoundingForm(data, initial={"on": unit.founded_on})

    def act(self, form: ActForm, who: dict[str, Any]) -> None:
        """Put it right."""
        data = form.cleaned_data
        if isinstance(self.row, UnitName):
            services.correct_name(row=self.row, **data, **who)
        elif isinstance(self.row, UnitLink):
            services.correct_link(row=self.row, **data, **who)
        elif self.what == "end":
            services.correct_end(unit=self.unit, **data, **who)
        elif self.what == "details":
            services.correct_details(unit=self.unit, **data, **who)
        else:
            services.correct_founding(unit=self.unit, **data, **who)

    def answer(self, form: ActForm, done: Any) -> tuple[str, str, str]:
        """Back; another correction mends this one."""
        del form, done
        return page_of(self.unit), _("Đã đính chính."), ""


class Undo(Mending):
    """A founding, a renaming, a move, an end that never took place."""

    submit = gettext_lazy("Bỏ việc đã ghi")
    form_class = ReasonForm
    kinds = ("found", "rename", "move", "end")
    titles = {  # noqa: RUF012 - a table of words
        "found": gettext_lazy("Xóa đơn vị ghi nhầm"),
        "rename": gettext_lazy("Bỏ lần đổi tên ghi nhầm"),
        "move": gettext_lazy("Bỏ lần chuyển ghi nhầm"),
        "end": gettext_lazy("Mở lại đơn vị đã ghi kết thúc nhầm"),
    }

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """The page is named after what is undone."""
        super().setup(request, *args, **kwargs)
        self.title = self.titles[self.what]

    def get_options(self) -> dict[str, Any]:
        """The form needs to know nothing."""
        return {}

    def get_data(self) -> Any:
        """From the toast right after the act there is no form: the reason is that."""
        if "reason" in self.request.POST:
            return self.request.POST
        return {"reason": _("Hoàn tác ngay sau khi ghi")}

    def act(self, form: ActForm, who: dict[str, Any]) -> Followed | None:
        """Undo it."""
        reason = form.cleaned_data["reason"]
        if isinstance(self.row, UnitName):
            services.drop_name(row=self.row, reason=reason, **who)
        elif isinstance(self.row, UnitLink):
            services.drop_link(row=self.row, reason=reason, **who)
        elif self.what == "end":
            return reopen_unit(unit=self.unit, reason=reason, **who)
        else:
            services.remove_unit(unit=self.unit, reason=reason, **who)
        return None

    def answer(self, form: ActForm, done: Followed | None) -> tuple[str, str, str]:
        """Where the unit is still there, to it."""
        del form
        if self.what == "found":
            words = _("Đã xóa «%s».") % self.unit.name
            return reverse("console:unit-list"), words, ""
        if done is None:
            return page_of(self.unit), _("Đã bỏ, đơn vị trở lại như trước đó."), ""
        back = [say_units(done.moved_units)] if done.moved_units else []
        back.append(say_people(len({post.person_id for post in done.posts})))
        words = _("«%(unit)s» hoạt động trở lại. Trở về: %(back)s. Vai trò cần giao lại.") % {
            "unit": self.unit.name,
            "back": ", ".join(back),
        }
        return page_of(self.unit), words, ""
