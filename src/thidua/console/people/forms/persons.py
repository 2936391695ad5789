"""Forms of persons, posts, households and positions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thidua.accounts.models import User
from thidua.accounts.selectors import find_user
from thidua.console.people.forms.fields import (
    MaybeField,
    PartialField,
    SourceForm,
    WordField,
    YearField,
    tick,
)
from thidua.people.lifecycle import write_partial
from thidua.people.models import Person, Post
from thidua.people.selectors import (
    find_people_named,
    list_categories,
    list_positions,
    list_units_to_edit,
)
from thidua.screening import vocabulary
from thidua.screening.selectors import CaseFrame
from thidua.support.actor import Actor
from thidua.support.clock import local_date, now
from thidua.support.text import match_key
from thidua.web.forms import DayField, LineField


class PersonForm(SourceForm):
    """Who somebody is."""

    full_name = LineField(label=_("Họ và tên"), max_length=120)
    sex = forms.ChoiceField(
        label=_("Giới tính"),
        required=False,
        choices=[("", _("chưa rõ")), ("female", _("nữ")), ("male", _("nam"))],
    )
    birth = PartialField(label=_("Ngày sinh"))
    ethnicity = LineField(label=_("Dân tộc"), required=False, max_length=60)
    classes = forms.MultipleChoiceField(
        label=_("Đối tượng theo luật"),
        required=False,
        choices=lambda: vocabulary.list_choices("classes", get_language() or "vi"),
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("Chỉ chọn khi không suy ra được từ chức danh. Giữ Ctrl để chọn nhiều."),
    )


class PostForm(forms.Form):
    """A post; `actor` decides which units are offered.

    `post`, when one is mended: its unit and position are offered too, though they may be no more.
    """

    unit = forms.TypedChoiceField(label=_("Đơn vị"), coerce=int)
    position = forms.TypedChoiceField(label=_("Chức danh"), coerce=int)
    is_main = tick(_("Là chức danh chính (bỏ chọn nếu kiêm nhiệm)"))
    valid_from = DayField(label=_("Từ ngày"))
    valid_until = DayField(
        label=_("Đến ngày"), required=False, help_text=_("Để trống nếu đang giữ.")
    )
    region = WordField("regions", label=_("Địa bàn"), required=False)
    decision = LineField(label=_("Theo quyết định"), required=False, max_length=200)

    def __init__(self, *args: Any, actor: Actor, post: Post | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = {unit.pk: unit.name for unit in list_units_to_edit(actor)}
        known = {one.pk: one.name for one in list_positions() if one.is_active}
        if post is not None:
            offered.setdefault(post.unit_id, post.unit.name)
            known.setdefault(post.position_id, post.position.name)
        for name, choices in (("unit", offered), ("position", known)):
            field: Any = self.fields[name]
            field.choices = [("", _("– chọn –")), *choices.items()]


class NewPersonForm(PersonForm, PostForm):
    """Somebody new, with the post that they hold."""

    field_order = ("full_name", "sex", "birth", "unit", "position", "valid_from")


class EndForm(forms.Form):
    """The last day of something."""

    last_day = DayField(label=_("Ngày cuối cùng"))
    reason = LineField(label=_("Theo quyết định"), required=False, max_length=300)


class CodeForm(forms.Form):
    """The employee code in an organisation."""

    organisation = forms.TypedChoiceField(label=_("Tổ chức cấp mã"), coerce=int)
    code = LineField(label=_("Mã nhân sự"), max_length=40)

    def __init__(self, *args: Any, units: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choice: Any = self.fields["organisation"]
        choice.choices = units


class AccountForm(forms.Form):
    """The account with which somebody opens their own page."""

    email = forms.EmailField(
        label=_("Địa chỉ thư đăng nhập"),
        required=False,
        help_text=_("Người này sẽ tự xem được hồ sơ của mình. Để trống thì gỡ tài khoản đang gắn."),
    )

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        self.account: User | None = None

    def clean_email(self) -> str:
        """An account of somebody with this name; others are as if they were not there."""
        address: str = self.cleaned_data["email"]
        if not address:
            return ""
        found = find_user(address)
        if found is None or match_key(found.full_name) != match_key(self.person.full_name):
            raise ValidationError(
                _now(
                    "Không có tài khoản nào của «%(name)s» với địa chỉ này. Hỏi quản trị hệ thống."
                )
                % {"name": self.person.full_name}
            )
        self.account = found
        return address


class PersonField(LineField):
    """Somebody by code or full name, among those whom the actor may see."""

    actor: Actor

    def clean(self, value: Any) -> Person | None:
        """The one person; raises ValidationError that lists the others."""
        text = super().clean(value)
        if not text:
            return None
        found = find_people_named(self.actor, text, now())
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(
                _now(
                    "Không thấy «%(text)s» trong phạm vi anh/chị xem được. Ghi đủ họ tên hoặc mã nhân sự."
                )
                % {"text": text}
            )
        listed = "; ".join(
            " · ".join(
                part
                for part in (
                    one.full_name,
                    write_partial(one.birth),
                    ", ".join(code.code for code in one.codes.all()),
                )
                if part
            )
            for one in found
        )
        raise ValidationError(
            _now("Có %(count)s người: %(listed)s. Ghi mã nhân sự của người cần chọn.")
            % {"count": len(found), "listed": listed}
        )


class PickForm(forms.Form):
    """Somebody to add."""

    person = PersonField(label=_("Họ và tên, hoặc mã nhân sự"))

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        picked: Any = self.fields["person"]
        picked.actor = actor


class AuthorForm(PickForm):
    """A co-author."""

    share = forms.IntegerField(
        label=_("Phần đóng góp (%)"), required=False, min_value=1, max_value=100
    )
    is_main = tick(_("Là tác giả chính"))


class MemberForm(PickForm):
    """A member of a household."""

    is_head = tick(_("Là chủ hộ"))
    relation = LineField(label=_("Quan hệ với chủ hộ"), required=False, max_length=60)
    valid_from = DayField(label=_("Từ ngày"), required=False)


class HouseholdForm(SourceForm):
    """A household."""

    name = LineField(
        label=_("Tên hộ"), max_length=160, help_text=_("Ví dụ: «Hộ ông Nguyễn Văn An».")
    )
    unit = forms.TypedChoiceField(label=_("Đơn vị theo dõi"), coerce=int)
    address = LineField(label=_("Địa chỉ"), required=False, max_length=200)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        units: Any = self.fields["unit"]
        units.choices = [("", _("– chọn –")), *((u.pk, u.name) for u in list_units_to_edit(actor))]


class PositionForm(forms.Form):
    """A position."""

    name = LineField(label=_("Tên chức danh"), max_length=120)
    category = forms.TypedChoiceField(label=_("Nhóm chức danh"), coerce=int)
    law_role = WordField(
        "roles",
        label=_("Tính cho khen thưởng quá trình cống hiến là"),
        required=False,
        help_text=_("Để trống nếu luật không kể chức danh này."),
    )
    is_active = tick(_("Đang dùng"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice: Any = self.fields["category"]
        choice.choices = [("", _("– chọn –")), *((c.pk, c.name) for c in list_categories())]


class CategoryForm(forms.Form):
    """A category of positions."""

    name = LineField(label=_("Tên nhóm"), max_length=120)
    law_category = WordField("categories", label=_("Theo luật là"), required=False)
    law_classes = forms.MultipleChoiceField(
        label=_("Thuộc đối tượng"),
        required=False,
        choices=lambda: vocabulary.list_choices("classes", get_language() or "vi"),
    )
    rank = forms.IntegerField(label=_("Thứ tự"), min_value=0, max_value=999, initial=0)
    is_active = tick(_("Đang dùng"))


class NewCategoryForm(CategoryForm):
    """A new category has its code."""

    code = forms.SlugField(
        label=_("Mã"), max_length=40, help_text=_("Chữ không dấu và gạch nối, ví dụ «lanh-dao».")
    )
    field_order = ("code", "name")


class CategoryStatusForm(forms.Form):
    """What a category means from a day on."""

    valid_from = DayField(label=_("Từ ngày"))
    is_leader = MaybeField(label=_("Là lãnh đạo, quản lý"))
    is_direct_worker = MaybeField(label=_("Là người trực tiếp lao động, sản xuất, công tác"))
    citation = LineField(
        label=_("Theo văn bản"),
        max_length=300,
        help_text=_("Ví dụ: «Quyết định 12/QĐ-BTTTT ngày 05/01/2024, phụ lục 1»."),
    )


class CaseForm(forms.Form):
    """For which year, on which day, and whether the last known text is read where none is in force."""

    year = YearField(label=_("Xét cho năm"), required=False)
    decided_on = DayField(label=_("Ngày quyết định"), required=False)
    received_on = DayField(label=_("Ngày nhận hồ sơ"), required=False)
    provisional = tick(_("Đọc tạm theo văn bản cuối cùng đã biết"))

    def read(self) -> tuple[CaseFrame, bool]:
        """The dates that were given; what is no date is as if it were not given."""
        self.is_valid()
        data = self.cleaned_data
        year, received = data.get("year"), data.get("received_on")
        decided = data.get("decided_on")
        if received and received > (decided or local_date(now())):
            received = None
        frame = CaseFrame(year, decided_on=decided, received_on=received)
        return frame, bool(data.get("provisional"))
