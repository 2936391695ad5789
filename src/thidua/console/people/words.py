"""Words, tones and ribbons of these screens."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from thidua.register.lifecycle import Status
from thidua.screening import vocabulary
from thidua.web.chips import Chip

VERDICTS = {
    "yes": Chip(_("Đạt"), "luc", "circle-check"),
    "no": Chip(_("Không đạt"), "gach", "circle-x"),
    "unknown": Chip(_("Chưa đủ dữ liệu"), "xam", "circle-help"),
    "refused": Chip(_("Không xét được"), "xam", "circle-slash"),
    "attested": Chip(_("Cần xác nhận"), "cam", "user-check"),
    "missing": Chip(_("Còn thiếu"), "cam", "hourglass"),
    "held": Chip(_("Đã có"), "luc", "circle-check"),
}
STATUSES = {
    Status.VALID: Chip(_("Còn hiệu lực"), "luc", "badge-check"),
    Status.CORRECTED: Chip(_("Đã đính chính"), "thanh", "file-pen-line"),
    Status.REISSUED: Chip(_("Đã cấp lại"), "cam", "copy"),
    Status.REVOKED: Chip(_("Đã thu hồi"), "gach", "ban"),
}
REASONS = {
    "name_and_birth": _("cùng họ tên và ngày sinh"),
    "name_and_birth_year": _("cùng họ tên và năm sinh"),
    "name_and_unit": _("cùng họ tên, từng ở cùng đơn vị"),
    "code": _("cùng mã nhân sự ở hai tổ chức"),
}


class Ribbon(NamedTuple):
    """The pattern of a title or form: ground, and bars as (x, colour)."""

    ground: str
    bars: tuple[tuple[int, str], ...]


_BLUE, _WHITE, _GOLD, _RED = "#25457F", "#FFFFFF", "#E9C46A", "#8F161B"
_RIBBONS = {
    "advanced-worker": Ribbon("#5B7083", ((15, "#D9DEE3"),)),
    "advanced-soldier": Ribbon("#5B7083", ((15, "#D9DEE3"),)),
    "grassroots-emulation-fighter": Ribbon("#1E6B55", ((15, _GOLD),)),
    "ministry-emulation-fighter": Ribbon(_RED, ((10, _GOLD), (20, _GOLD))),
    "national-emulation-fighter": Ribbon("#C4922A", ((6, _RED), (15, _RED), (24, _RED))),
}
# What has no pattern of its own takes that of its kind.
_BY_KIND = (
    ("commendation", Ribbon(_BLUE, ((15, _WHITE),))),
    ("certificate-of-merit", Ribbon(_BLUE, ((10, _WHITE), (20, _WHITE)))),
    ("order", Ribbon(_RED, ((4, _GOLD), (15, "#F6E7B4"), (26, _GOLD)))),
    ("medal", Ribbon("#0A5A75", ((6, _GOLD), (24, _GOLD)))),
    ("flag", Ribbon("#B02A2E", ((15, _GOLD),))),
)
_PLAIN = Ribbon("#573689", ((15, _GOLD),))


def ribbon_of(award: str) -> Ribbon:
    """The ribbon of an award."""
    if award in _RIBBONS:
        return _RIBBONS[award]
    return next((ribbon for part, ribbon in _BY_KIND if part in award), _PLAIN)


def say(name: str, word: str) -> str:
    """A word of the book in the language of the page."""
    return vocabulary.label(name, word, get_language() or "vi")


def say_award(award: str) -> str:
    """The name of an award in the language of the page."""
    return vocabulary.award_label(award, get_language() or "vi")
