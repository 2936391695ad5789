"""Words for states of this group."""

from django.utils.translation import gettext_lazy as _

from thidua.web.chips import Chip

BOOK_CHIPS = {
    True: Chip(_("Đang mở"), "luc", "book-open"),
    False: Chip(_("Đã khóa"), "xam", "lock"),
}
NUMBER_CHIPS = {
    False: Chip(_("Còn hiệu lực"), "luc", "circle-check"),
    True: Chip(_("Hủy"), "gach", "ban"),
}
TEMPLATE_CHIPS = {
    "draft": Chip(_("Bản nháp"), "xam", "pencil-line"),
    "published": Chip(_("Đã công bố"), "luc", "circle-check"),
    "withdrawn": Chip(_("Đã rút"), "gach", "ban"),
}
