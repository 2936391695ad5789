"""Lists of this group."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from thidua.console.statutes.chips import EFFECTS, RULE_CHIPS
from thidua.statutes.models import OverlayRule
from thidua.statutes.selectors.vocabulary import say_award
from thidua.web.listing import ChipColumn, Column, DayColumn, Filters, Table


class AwardColumn(Column):
    """An award by its name."""

    def render(self, value: str) -> str:
        """The name."""
        return say_award(value)

    value = render


class EffectColumn(Column):
    """What a rule does."""

    def render(self, value: str) -> str:
        """In words."""
        return str(EFFECTS[value])

    value = render


class OverlayTable(Table):
    """Own rules."""

    symbol = Column(_("Văn bản"), sort="symbol", link="console:overlay-detail")
    award = AwardColumn(_("Danh hiệu, hình thức"))
    effect = EffectColumn(_("Quy định"))
    starts_on = DayColumn(_("Từ ngày"), sort="starts_on")
    ends_on = DayColumn(_("Đến hết ngày"), sort="ends_on")
    state = ChipColumn(_("Trạng thái"), RULE_CHIPS, sort="state")


class OverlayFilters(Filters):
    """Own rules by state."""

    state = django_filters.ChoiceFilter(
        label=_("Trạng thái"),
        choices=[(state, chip.label) for state, chip in RULE_CHIPS.items()],
        empty_label=_("Mọi trạng thái"),
    )

    class Meta:
        model = OverlayRule
        fields = ("state",)
